"""`catalogue serve`: the site on this machine, for writing or, with --production, for the public."""

from __future__ import annotations

import logging.config
import os
from dataclasses import replace

import click
from werkzeug.serving import run_simple

from catalogue.build.builder import build
from catalogue.build.sources import belongs_to
from catalogue.cli.failures import build_failed, require_free
from catalogue.hosting.logging_config import log_config
from catalogue.hosting.servers import (
    SERVERS,
    THREADS,
    host_port,
    run_gunicorn,
    run_waitress,
    usual_server,
    usual_workers,
    warn_of_memory,
)
from catalogue.search.live_build import LiveBuild
from catalogue.search.served_build import log_problems
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError, current_build, read_manifest
from catalogue.storage.temporary import remove_abandoned
from catalogue.web import create_app

LOG = logging.getLogger("catalogue")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535),
              help="The port to listen on.")  # fmt: skip
@click.option("--production", is_flag=True, help="Serve the public, with a server made for it.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; with --production.  "
              "[default: one for each core, at least two, if memory allows]")  # fmt: skip
@click.option("--threads", type=click.IntRange(1, 256), help="Threads of each process; with "
              "--production.  [default: 4; waitress: 8]")  # fmt: skip
@click.option("--server", type=click.Choice(SERVERS), help="The server; with --production.  "
              "[default: gunicorn; on Windows: waitress]")  # fmt: skip
@click.pass_obj
def serve_command(
    settings: Settings,
    host: str,
    port: int,
    production: bool,
    workers: int | None,
    threads: int | None,
    server: str | None,
) -> None:
    """Build what changed and serve the site on this machine.

    A method file that is edited meanwhile shows on the next request. With --production it shows
    after `catalogue build`, or after a SIGHUP, which takes up changed code too.
    """
    remove_abandoned()
    host = host.removeprefix("[").removesuffix("]")  # of an IPv6 address as URLs have it
    if not production and (workers or threads or server):
        raise click.UsageError("--workers, --threads and --server need --production.")
    require_free(host, port)
    if production:
        chosen = server or usual_server()
        _serve_production(settings, host, port, chosen, workers, threads or THREADS[chosen])
    else:
        _serve_here(settings, host, port)


def _serve_here(settings: Settings, host: str, port: int) -> None:
    """Serve authors, in this process: an edited file shows on the next request."""
    app = create_app(replace(settings, reload=True))
    live_build: LiveBuild = app.extensions["catalogue"]
    try:
        click.echo(_announcement(len(live_build.snapshot().cards), host, port))
        run_simple(host, port, app, threaded=True)
    except BuildError as error:
        raise build_failed(error) from error


def _serve_production(
    settings: Settings, host: str, port: int, server: str, workers: int | None, threads: int
) -> None:
    """Serve the public: build first, then run the server. The setting RELOAD is ignored."""
    if server == "waitress" and workers not in (None, 1):
        raise click.UsageError("waitress serves from one process. Leave out --workers.")
    logging.config.dictConfig(log_config(settings.log_format))
    # For gunicorn too, which would only say that its workers cannot start.
    app = create_app(replace(settings, reload=False))
    LOG.info("%s", _announcement(_methods_to_serve(settings), host, port))
    if server == "gunicorn":
        # Whole paths, because gunicorn works in the project's folder.
        environment = {
            **os.environ,
            "CATALOGUE_RELOAD": "no",
            "CATALOGUE_METHODS_DIR": str(settings.methods_dir),
            "CATALOGUE_INDEX_DIR": str(settings.index_dir),
            "CATALOGUE_COMMITTEE_REPORT": str(settings.committee_report or ""),
        }
        count = workers or usual_workers(server)
        warn_of_memory(count)
        run_gunicorn(host, port, count, threads, environment)
    live_build: LiveBuild = app.extensions["catalogue"]
    live_build.watch()
    run_waitress(app, host, port, threads, settings.secure)


def _methods_to_serve(settings: Settings) -> int:
    """Bring the build up to date and return how many methods it has; an older build is served if this one fails."""
    try:
        result = build(settings.methods_dir, settings.index_dir)
    except BuildError as error:
        older = current_build(settings.index_dir)
        if older is None or not belongs_to(read_manifest(older), settings.methods_dir):
            raise build_failed(error) from error
        LOG.error("%s", error)
        return read_manifest(older).methods
    log_problems(result)
    return result.manifest.methods


def _announcement(total: int, host: str, port: int) -> str:
    return f"{total} methods on http://{host_port(host, port)}/ (stop with Ctrl and C)"
