"""`catalogue mcp`: answers assistants over the Model Context Protocol."""

from __future__ import annotations

import click

from catalogue.cli.failures import build_failed, require_free
from catalogue.search.live_build import LiveBuild
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError


@click.command("mcp")
@click.option(
    "--http",
    is_flag=True,
    help="Answer over HTTP at 127.0.0.1 instead of standard input and output.",
)
@click.option(
    "--port",
    default=8100,
    show_default=True,
    type=click.IntRange(1, 65_535),
    help="The port for --http.",
)
@click.pass_obj
def mcp_command(settings: Settings, http: bool, port: int) -> None:
    """Let an assistant search, read, plan and compare, over the Model Context Protocol.

    Needs the extra "assistants": pip install 'participation-catalogue[assistants]'. Set CATALOGUE_SITE_URL, so that
    the addresses in its answers have a host.
    """
    try:
        from catalogue.assistants.server import make_server  # the extra need not be installed
    except ModuleNotFoundError as error:
        raise click.UsageError(
            f"{error.name} is not installed. Run: pip install '.[assistants]'"
        ) from error
    if http:
        require_free("127.0.0.1", port)
    live_build = LiveBuild(settings)
    try:
        live_build.snapshot()
    except BuildError as error:
        raise build_failed(error) from error
    server = make_server(live_build)
    if http:
        server.run("streamable-http", host="127.0.0.1", port=port)
    else:
        server.run("stdio")
