"""`catalogue new`: creates a method file with the values of its options, and comments for the rest."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import click

from catalogue.authoring.check.similar_methods import near_names
from catalogue.authoring.form.new_file import new_file_text
from catalogue.cli.failures import IOFailedError
from catalogue.model.fields import FIELDS
from catalogue.model.slugs import NO_SLUG, slug_of
from catalogue.model.unprintable import strip_line
from catalogue.settings import Settings
from catalogue.urls import Urls
from catalogue.validation.reader import method_files, read_method_file, shown_path
from catalogue.vocabulary import VOCABULARY

MAX_LENGTHS = {field.name: field.at_most for field in FIELDS}
# The facets that have an option of the command; the others are easier to write in the file.
FACETS = ("purpose", "level", "audience", "recruitment", "cost", "facilitation", "format")
# The URL of `catalogue serve`.
HOST = "http://127.0.0.1:8000"


@click.command("new")
@click.argument("name", required=False)
@click.option("--summary", default="", help="One sentence that says what happens.")
@click.option("--by", default="", help="Your name, as it shall stand on the page.")
@click.option("--despite-similar", is_flag=True,
              help="Go on although a method has nearly the same name.")  # fmt: skip
@click.option("--no-input", is_flag=True, expose_value=False,
              help="Changes nothing: nothing is ever asked.")  # fmt: skip
@click.pass_obj
def new_command(settings: Settings, /, name: str | None, summary: str, by: str,
                despite_similar: bool, **options: Any) -> None:  # fmt: skip
    """Begin a method file for the method called NAME.

    Takes what is known as options; the rest is to be written in the file.
    """
    urls = Urls(settings.url_prefix)
    title = _title(name, f"{HOST}{urls.contribute_new}")
    file = _free_file(settings.methods_dir, title)
    if not despite_similar:
        _refuse_similar(settings.methods_dir, title)
    _write(file, new_file_text(_values(title, summary, by, options), date.today()))
    shown = os.path.relpath(file) if file.is_relative_to(Path.cwd()) else str(file)
    click.echo(f"{shown} is begun. What to do next:")
    click.echo(f"  1. Open {shown} in an editor and write. Lines that begin with # help you.")
    click.echo(f"  2. catalogue check {shown}   says what is still to do.")
    click.echo(f"  3. catalogue serve   shows it: {HOST}{urls.method(file.stem)}")


def _title(name: str | None, form: str) -> str:
    """Return the title. Raises UsageError if there is none, or none that a file can have; `form` is a URL."""
    if name is None:
        raise click.UsageError(
            'Give the NAME of the method, such as "Citizens\' jury". If you would rather be asked, '
            f"run catalogue serve and fill in the form at {form}."
        )
    title = strip_line(name)
    if slug_of(title) == NO_SLUG:
        raise click.UsageError(
            f'No file name can be made of "{title}". Give the usual English name in Latin letters; '
            "names in other languages go into the file, as aliases."
        )
    limit = MAX_LENGTHS["title"]
    if len(title) > limit:
        raise click.UsageError(f"The name has {len(title)} characters and the limit is {limit}.")
    return title


def _free_file(folder: Path, title: str) -> Path:
    """Return the file for a title. Raises ClickException if it exists."""
    file = folder / f"{slug_of(title)}.md"
    if os.path.lexists(file):
        raise click.ClickException(
            f"{shown_path(folder, file)} is there already. Improve that file, or give yours "
            "another name."
        )
    return file


def _refuse_similar(folder: Path, title: str) -> None:
    """Raise ClickException if a method has nearly this name; it says how to go on."""
    try:
        readings = [read_method_file(folder, file) for file in method_files(folder)]
    except OSError as error:
        raise IOFailedError(f"{error.filename} cannot be read: {error.strerror}.") from error
    owners = {name.text: reading.path for reading in readings for name in reading.names}
    if near := near_names(title, owners):
        raise click.ClickException(
            f'"{title}" is very like "{near[0]}" in {owners[near[0]]}. Improve that file if it is '
            "the same method. If yours is another, go on with --despite-similar."
        )


def _values(title: str, summary: str, by: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the file. Raises UsageError if the summary is too long."""
    length = len(strip_line(summary))
    if (over := length - MAX_LENGTHS["summary"]) > 0:
        raise click.UsageError(f"The summary is too long. It has {length} characters. Cut {over}.")
    values: dict[str, Any] = {"title": title, "summary": summary}
    for name in FACETS:
        facet, option = VOCABULARY.facets[name], options[name]
        if name == "cost":
            values["cost"] = {"basis": "judgement", "band": option} if option else {}
        else:
            values[facet.field] = list(dict.fromkeys(option)) if facet.several else option or ""
    if by:
        values["contributors"] = [{"name": by, "role": "wrote"}]
    return values


def _write(file: Path, text: str) -> None:
    """Write a file that must not exist yet, whole or not at all."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            try:
                new.write(text)
                new.flush()
            except BaseException:
                file.unlink()
                raise
    except OSError as error:
        raise IOFailedError(f"{file} cannot be written: {error.strerror}.") from error


for _name in FACETS:
    _facet = VOCABULARY.facets[_name]
    click.option(f"--{_name}", multiple=_facet.several, metavar="OPTION",
                 type=click.Choice(_facet.values),
                 help=f"{_facet.question} Choose from: {', '.join(_facet.values)}.")(new_command)  # fmt: skip
