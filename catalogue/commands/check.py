"""`catalogue check`: says what to mend in method files, with file and line.

Part of the terminal; the rules are those of reader.py, checks.py, prose.py and links.py.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from catalogue.checks import check_across
from catalogue.links import check_links, find_addresses
from catalogue.problems import Problem
from catalogue.prose import prose_problems
from catalogue.reader import Reading, method_files, read_method_file, shown_path
from catalogue.settings import Settings

PROBLEMS_FOUND = 1
# What makes `check` end with 1, without and with --strict.
COUNTED = {False: ("error",), True: ("error", "warning")}


@click.command("check")
@click.option("--strict", is_flag=True, help="Count warnings as problems too.")
@click.option("--links", is_flag=True, help="Ask for every web address too; takes minutes.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def check_command(settings: Settings, files: tuple[Path, ...], strict: bool, links: bool) -> None:
    """Check method files and say what to mend, with file and line.

    Without FILES, the whole folder is checked. Names and links are always compared with those of all
    other files.
    """
    try:
        readings = _readings(settings.methods_dir, files)
    except OSError as error:
        raise click.UsageError(f"{error.filename} cannot be read: {error.strerror}.") from error
    problems = [problem for reading in readings for problem in reading.problems]
    for reading in readings:
        if reading.method:
            problems += prose_problems(reading.path, reading.method, date.today())
    if links:
        problems += _link_problems(settings.methods_dir, files)
    for problem in sorted(problems):
        click.echo(str(problem))
    counted = [p for p in problems if p.severity in COUNTED[strict]]
    click.echo(_verdict(len(readings), problems), err=True)
    if counted:
        sys.exit(PROBLEMS_FOUND)


def _readings(folder: Path, files: tuple[Path, ...]) -> list[Reading]:
    """Read the whole folder and the files given; return the readings of those asked for.

    A file from elsewhere takes the place of the one of the same name in the folder. Those asked for
    come last, so that a name they share with another file is their problem.
    """
    for file in files:
        file.lstat()  # a file that is not there is misuse, not a problem
    own = {shown_path(folder, path): path for path in method_files(folder)}
    asked = [_shown(file, folder) for file in files]
    given = dict(zip(asked, files, strict=True))
    names = {file.name for file in files}
    readings = [read_method_file(folder, path) for path in own.values() if path.name not in names]
    for shown, file in given.items():
        readings.append(replace_path(read_method_file(file.absolute().parent, file), shown))
    checked = check_across(readings)
    return [reading for reading in checked if not files or reading.path in given]


def _link_problems(folder: Path, files: tuple[Path, ...]) -> list[Problem]:
    """Ask for the web addresses in the files, saying how far it has come."""
    asked = files or [path for path in method_files(folder) if path.suffix == ".md"]
    found = [pair for file in asked for pair in find_addresses(_shown(file, folder), file)]
    return check_links(found, lambda done, of: click.echo(f"{done} of {of} addresses", err=True))


def _shown(file: Path, folder: Path) -> str:
    return shown_path(folder, file) if _inside(file, folder) else str(file)


def _inside(file: Path, folder: Path) -> bool:
    return file.absolute().parent.resolve() == folder.resolve()


def replace_path(reading: Reading, shown: str) -> Reading:
    """Return a reading whose messages name the file as it was given."""
    problems = tuple(replace(problem, path=shown) for problem in reading.problems)
    return replace(reading, path=shown, problems=problems)


def _verdict(files: int, problems: list[Problem]) -> str:
    read = f"{files} file{'' if files == 1 else 's'} checked"
    counts = Counter(problem.severity for problem in problems)
    parts = [
        f"{counts[name]} {name}{'' if counts[name] == 1 else 's'}"
        for name in ("error", "warning", "reminder")
        if counts[name]
    ]
    return f"{read}: {', '.join(parts)}." if parts else f"{read}, nothing to mend."
