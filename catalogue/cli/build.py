"""`catalogue build`: the database and the search index, made from the method files."""

from __future__ import annotations

import time

import click

from catalogue.build.builder import build
from catalogue.build.renderer import Progress
from catalogue.cli.failures import build_failed
from catalogue.exit_codes import PROBLEMS_FOUND
from catalogue.search.served_build import log_problems
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError

SHOW_PROGRESS_AFTER_SECONDS = 1.0


@click.command("build")
@click.pass_obj
def build_command(settings: Settings) -> None:
    """Build the database and the search index from the method files.

    Does nothing if nothing changed. Files with errors are named and left out.
    """
    started = time.monotonic()
    try:
        result = build(settings.methods_dir, settings.index_dir, _progress())
    except BuildError as error:
        raise build_failed(error) from error
    log_problems(result)
    seconds = time.monotonic() - started
    done = f"{result.rendered} rendered" if result.made else "nothing had changed"
    click.echo(f"{result.manifest.methods} methods, {done}, {seconds:.2f} seconds.")
    if any(problem.severity == "error" for problem in result.problems):
        raise click.exceptions.Exit(PROBLEMS_FOUND)


def _progress() -> Progress:
    """Return a progress printer that stays silent for a build of less than a second."""
    started = time.monotonic()
    last = [started]

    def tell(what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - started > SHOW_PROGRESS_AFTER_SECONDS and (now - last[0] > 0.5 or done == total):
            last[0] = now
            count = f" {done} of {total}" if total > 1 else ""
            click.echo(f"{what}{count} …", err=True)

    return tell
