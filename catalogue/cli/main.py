"""The `catalogue` command: build, check, serve and search from a terminal.

Reads the settings; each command is a module of this folder.
"""

from __future__ import annotations

import logging
import os

import click

from catalogue import __version__
from catalogue.cli.build import build_command
from catalogue.cli.check import check_command
from catalogue.cli.due import due_command
from catalogue.cli.evaluations.evaluate_plans import evaluate_plans_command
from catalogue.cli.evaluations.evaluate_search import evaluate_command
from catalogue.cli.evaluations.learn import learn_command
from catalogue.cli.generate import generate_command
from catalogue.cli.new import new_command
from catalogue.cli.plan import plan_command
from catalogue.cli.search import search_command
from catalogue.cli.serve import serve_command
from catalogue.cli.take_away.export import export_command
from catalogue.cli.take_away.mcp import mcp_command
from catalogue.exit_codes import explained
from catalogue.settings import REQUEST_LOGGER, SettingsError, read_settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=explained())
@click.version_option(__version__, prog_name="catalogue")
@click.pass_context
def main(context: click.Context) -> None:
    """Build, check, serve and search a catalogue of participation methods.

    Settings are read from CATALOGUE_* environment variables; README.md lists them.
    """
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    for name in ("werkzeug", REQUEST_LOGGER):
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        context.obj = read_settings(os.environ)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


for command in (
    build_command,
    check_command,
    due_command,
    new_command,
    serve_command,
    search_command,
    plan_command,
    evaluate_command,
    evaluate_plans_command,
    learn_command,
    generate_command,
    export_command,
    mcp_command,
):
    main.add_command(command)
