"""`catalogue new`: begins a method file, with what is known and remarks for the rest.

Part of the terminal. It asks with choices or takes options; authoring/form/new_file.py makes the text.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import click

from catalogue.authoring.check.similar_methods import near_names
from catalogue.authoring.form.new_file import skeleton
from catalogue.model.fields import FIELDS
from catalogue.model.problems import nearest
from catalogue.model.slugs import NO_SLUG, slug_of
from catalogue.model.unprintable import strip_line
from catalogue.settings import Settings
from catalogue.validation.reader import method_files, read_method_file, shown_path
from catalogue.vocabulary import VOCABULARY, Facet

BY_NAME = {field.name: field for field in FIELDS}
# What is asked, by the name of the option: the field it fills. The rest is easier in the file.
ASKED = {
    "purpose": "purposes",
    "level": "level",
    "audience": "audience",
    "recruitment": "recruitment",
    "cost": "cost",
    "facilitation": "facilitation",
    "format": "format",
}


@click.command("new")
@click.argument("name", required=False)
@click.option("--summary", help="One sentence that says what happens.")
@click.option("--by", help="Your name, as it shall stand on the page.")
@click.option("--despite-similar", is_flag=True,
              help="Go on although a method has nearly the same name.")  # fmt: skip
@click.option("--no-input", is_flag=True, help="Ask nothing; take what the options say.")
@click.pass_obj
def new_command(settings: Settings, /, name: str | None, summary: str | None, by: str | None,
                despite_similar: bool, no_input: bool, **given: Any) -> None:  # fmt: skip
    """Begin a method file for the method called NAME.

    Asks a few questions, or takes the answers as options. Nothing is written until all are answered.
    """
    try:
        title, file = _place(settings.methods_dir, name, despite_similar, no_input)
        values = _answers(title, summary, by, given, no_input)
    except click.Abort as error:
        click.echo(err=True)
        raise click.ClickException("Stopped. Nothing was written.") from error
    _write(file, skeleton(values, date.today()))
    shown = os.path.relpath(file) if file.is_relative_to(Path.cwd()) else str(file)
    click.echo(f"{shown} is begun. What to do next:")
    click.echo(f"  1. Open {shown} in an editor and write. Lines that begin with # help you.")
    click.echo(f"  2. catalogue check {shown}   says what is still to do.")
    click.echo(f"  3. catalogue serve   shows it: http://127.0.0.1:8000/methods/{file.stem}")


def _place(
    folder: Path, name: str | None, despite_similar: bool, no_input: bool
) -> tuple[str, Path]:
    """Return the name and the file it gets. Raises ClickException if another method is in the way."""
    if name is None:
        if no_input:
            raise click.UsageError('Give the NAME of the method, such as "Citizens\' jury".')
        name = click.prompt("What is the method called? Its usual English name")
    title = strip_line(name or "")
    if slug_of(title) == NO_SLUG:
        raise click.UsageError(
            f'No file name can be made of "{title}". Give the usual English name in Latin letters; '
            "names in other languages go into the file, as aliases."
        )
    limit = BY_NAME["title"].at_most
    if len(title) > limit:
        raise click.UsageError(f"The name has {len(title)} characters and the limit is {limit}.")
    file = folder / f"{slug_of(title)}.md"
    if os.path.lexists(file):
        raise click.ClickException(
            f"{shown_path(folder, file)} is there already. Improve that file, or give yours "
            "another name."
        )
    if not despite_similar:
        _refuse_similar(folder, title)
    return title, file


def _refuse_similar(folder: Path, title: str) -> None:
    """Stop where a method has nearly this name, and say how to go on."""
    try:
        readings = [read_method_file(folder, file) for file in method_files(folder)]
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be read: {error.strerror}.") from error
    owners = {name.text: reading.path for reading in readings for name in reading.names}
    if near := near_names(title, owners):
        raise click.ClickException(
            f'"{title}" is very like "{near[0]}" in {owners[near[0]]}. Improve that file if it is '
            "the same method. If yours is another, go on with --despite-similar."
        )


def _answers(title: str, summary: str | None, by: str | None, given: dict[str, Any],
             no_input: bool) -> dict[str, Any]:  # fmt: skip
    """Return the values of the file: what the options gave, and what was asked for."""
    ask = not no_input
    if over := _too_long(strip_line(summary or "")):
        raise click.UsageError(f"The summary is too long. {over}")
    if ask:
        click.echo("Press Enter to leave a question for later.", err=True)
    if summary is None and ask:
        summary = _ask_summary()
    values: dict[str, Any] = {"title": title, "summary": summary or ""}
    for option, field_name in ASKED.items():
        facet, answer = _facet(option), given[option]
        answer = _ask_choice(facet, _most(facet)) if ask and not answer else _several(answer)
        if option == "cost":
            values["cost"] = {"basis": "judgement", "band": answer[0]} if answer else {}
        else:
            values[field_name] = list(answer) if facet.several else "".join(answer)
    if by is None and ask:
        by = _ask_text("Your name, if it shall stand on the page")
    if by:
        values["contributors"] = [{"name": by, "role": "wrote"}]
    return values


def _several(answer: Any) -> tuple[str, ...]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, str) else tuple(dict.fromkeys(answer))


def _ask_text(question: str) -> str:
    return strip_line(click.prompt(question, default="", show_default=False, err=True))


def _ask_summary() -> str:
    limit = BY_NAME["summary"].at_most
    while True:
        summary = _ask_text(f"One sentence that says what happens (at most {limit} characters)")
        if not (over := _too_long(summary)):
            return summary
        click.echo(over, err=True)


def _too_long(summary: str) -> str:
    over = len(summary) - BY_NAME["summary"].at_most
    return f"It has {len(summary)} characters. Cut {over}." if over > 0 else ""


def _ask_choice(facet: Facet, most: int) -> tuple[str, ...]:
    """Offer the options of a facet with numbers; take numbers or values until they make sense."""
    click.echo(f"\n{facet.question}", err=True)
    for number, option in enumerate(facet.options, start=1):
        about = f" ({option.help})" if option.help else ""
        click.echo(f"{number:4}  {option.label}{about}", err=True)
    wanted = "One number" if most == 1 else f"Up to {most} numbers, the best first, such as 1, 3"
    while True:
        words = _ask_text(wanted).replace(",", " ").split()
        chosen = [_option(facet, word) for word in words]
        unknown = [word for word, value in zip(words, chosen, strict=True) if not value]
        if unknown:
            near = nearest(unknown[0], facet.values, synonyms=facet.by_synonym)
            hint = f' Did you mean "{near}"?' if near else ""
            options = f"Choose one of {', '.join(facet.values)}.{hint}"
            click.echo(f'"{unknown[0]}" is not on the list. {options}', err=True)
        elif len(set(chosen)) > most:
            click.echo(f"Choose at most {most}.", err=True)
        else:
            return tuple(dict.fromkeys(chosen))


def _option(facet: Facet, word: str) -> str:
    """Return the option that a number or a value stands for; "" if there is none."""
    if word.isascii() and word.isdecimal() and 1 <= int(word[:9]) <= len(facet.values):
        return facet.values[int(word[:9]) - 1]
    return word if word in facet.values else ""


def _facet(option: str) -> Facet:
    return VOCABULARY.facets[option]


def _most(facet: Facet) -> int:
    """Return how many options a method may have in a facet."""
    return BY_NAME[facet.field].at_most if facet.several else 1


def _write(file: Path, text: str) -> None:
    """Write a file that must not be there yet, whole or not at all."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            try:
                new.write(text)
                new.flush()
            except BaseException:
                file.unlink()
                raise
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error


def _add_choices() -> None:
    """Give `new` one option for each question with choices."""
    for name in ASKED:
        facet = _facet(name)
        click.option(f"--{name}", multiple=facet.several, metavar="OPTION",
                     type=click.Choice(facet.values),
                     help=f"{facet.question} Choose from: {', '.join(facet.values)}.")(new_command)  # fmt: skip


_add_choices()
