"""`catalogue export`: writes the catalogue into a folder, in formats that other programs read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click
from werkzeug.datastructures import MultiDict

from catalogue.cli.failures import IOFailedError, build_failed, open_build
from catalogue.exports.data_files import open_data
from catalogue.exports.documents.committee_report import PARTS_FILE, PartsError, read_parts
from catalogue.exports.documents.word_file import word_file
from catalogue.exports.handbook.epub import epub
from catalogue.exports.uses_csv import uses_csv
from catalogue.i18n import language
from catalogue.model.problems import shown
from catalogue.planner.steps.picked import look_up
from catalogue.presentation.notice_texts import notice_text
from catalogue.search.judgements.judged_searches import JudgedSearchesError
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError
from catalogue.web import create_app
from catalogue.web.choice.committee_paper import report_document
from catalogue.web.choice.plan_address import read_address
from catalogue.web.static_site.walk import site_files

# The file by which an export knows a folder that an earlier one filled.
MARK = ".catalogue-export"
FOLDER = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@click.group("export")
def export_command() -> None:
    """Write the catalogue into a folder, in formats that other programs read."""


@export_command.command("data")
@FOLDER
@click.pass_obj
def export_data(settings: Settings, folder: Path) -> None:
    """Write the open data into FOLDER: the same files as the page /data offers."""
    claim_folder(folder)
    current = open_build(settings)
    with language(settings.language):
        data = open_data(current, settings.methods_dir, settings.site_url)
    write_files(folder, ((file.name, file.content) for file in data.files.values()))
    click.echo(f"{len(data.files)} files of {data.methods} methods written to {folder}.")


@export_command.command("site")
@FOLDER
@click.pass_obj
def export_site(settings: Settings, folder: Path) -> None:
    """Write the whole site as files into FOLDER, for any web server and any path, or for a USB stick.

    CATALOGUE_SITE_URL, if set, is where the site itself is: for the planner and forms, which need a server.
    """
    claim_folder(folder)
    app = create_app(replace(settings, reload=False))
    files = 0
    try:
        with language(settings.language):
            for name, content in site_files(app):
                write_files(folder, [(name, content)])
                files += 1
    except BuildError as error:
        raise build_failed(error) from error
    except (JudgedSearchesError, RuntimeError) as error:
        raise IOFailedError(str(error)) from error
    click.echo(f"{files} files written to {folder}.")


@export_command.command("uses")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_uses(settings: Settings, file: Path) -> None:
    """Write all reports from practice into FILE, as CSV for spreadsheets."""
    current = open_build(settings)
    # With the mark that tells spreadsheets it is UTF-8.
    write_files(file.parent, [(file.name, uses_csv(current).encode("utf-8-sig"))])
    reports = sum(map(len, current.uses.values()))
    click.echo(f"{reports} {'report' if reports == 1 else 'reports'} written to {file}.")


@export_command.command("epub")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_epub(settings: Settings, file: Path) -> None:
    """Write the handbook, all methods by purpose, into FILE for readers of e-books (EPUB)."""
    current = open_build(settings)
    with language(settings.language):
        content = epub(current, settings)
    write_files(file.parent, [(file.name, content)])
    click.echo(f"{len(current.cards)} methods written to {file}.")


@export_command.command("report")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("steps", nargs=-1, required=True)
@click.option("--weeks", help="At most so many weeks, or a range such as 4-12.")
@click.option("--budget", help="At most so much outside spending in pounds.")
@click.option("--hours", help="At most so many hours of each participant.")
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="NAME=VALUE",
    help="An answer to Help me choose as its address has it, such as purpose=deliberate; may be repeated. The report then has the points.",
)
@click.option("--headings", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A YAML file with the parts of the report, in its order and with its headings.")  # fmt: skip
@click.pass_obj
def export_report(settings: Settings, /, file: Path, steps: tuple[str, ...], answers: tuple[str, ...],
                  headings: Path | None, **limits: str | None) -> None:  # fmt: skip
    """Write a report to a committee on a plan into FILE, for Word.

    STEPS are methods in their order, such as survey:light citizens-jury.
    """
    pairs = [("m", step) for step in steps]
    pairs += [(name, value) for name, value in limits.items() if value]
    pairs += [(name, value) for name, _, value in (answer.partition("=") for answer in answers)]
    current = open_build(settings)
    try:
        parts = read_parts(headings or settings.committee_report or PARTS_FILE)
    except PartsError as error:
        raise click.UsageError(str(error)) from error
    with language(settings.language):
        address, notices = read_address(MultiDict(pairs))
        picked = look_up(current, address.chosen.plan, notices)
        for notice in notices:
            click.echo(notice_text(notice), err=True)
        if not picked:
            raise click.UsageError("None of the steps is a method of the catalogue.")
        document = report_document(current, address, picked, settings, parts)
    write_files(file.parent, [(file.name, word_file(document))])
    click.echo(f"{len(picked)} {'step' if len(picked) == 1 else 'steps'} written to {file}.")


def claim_folder(folder: Path) -> None:
    """Mark a folder as one that exports write: the folder of the project would lose its method files to an export.

    Raises UsageError where it holds files and no mark of an earlier export, and IOFailedError.
    """
    try:
        other = next(folder.iterdir(), None) if folder.exists() else None
        if other and not (folder / MARK).exists():
            raise click.UsageError(
                f"{folder} holds files that no export wrote, such as {shown(other.name)}. They could be written over. "
                "Choose an empty folder, or one that an earlier export filled."
            )
    except OSError as error:
        raise IOFailedError(f"{error.filename or folder}: {error.strerror}.") from error
    write_files(
        folder, [(MARK, b"Written by catalogue export, which may write over what is here.\n")]
    )


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files, by their paths below a folder, which is made. Raises IOFailedError."""
    try:
        for name, content in files:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    except OSError as error:
        raise IOFailedError(f"{error.filename or folder}: {error.strerror}.") from error
