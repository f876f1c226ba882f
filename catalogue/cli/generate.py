"""`catalogue generate`: writes the files that are made from the code and the vocabulary."""

from __future__ import annotations

import click

from catalogue.authoring.reference.generated_files import GENERATED, outdated, write_outdated
from catalogue.cli.failures import IOFailedError
from catalogue.exit_codes import PROBLEMS_FOUND
from catalogue.settings import PROJECT


@click.command("generate")
@click.option("--check", is_flag=True, help="Only say which files are out of date.")
def generate_command(check: bool) -> None:
    """Write the files that are made from the code and the vocabulary.

    These are the guides to fields and problems, the schema and the like. Run it after a change to
    model/fields.py, to the messages or to vocabulary.yaml.
    """
    try:
        changed = outdated(PROJECT) if check else write_outdated(PROJECT)
    except OSError as error:
        raise IOFailedError(f"{error.filename}: {error.strerror}.") from error
    for path in changed:
        click.echo(
            f"{path} is out of date. Run catalogue generate." if check else f"{path} written."
        )
    if not changed:
        click.echo(f"All {len(GENERATED)} generated files are current.")
    if check and changed:
        raise click.exceptions.Exit(PROBLEMS_FOUND)
