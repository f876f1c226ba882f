"""Checks the method files somebody asks about, among all the others of the folder.

`catalogue check` and the panel of a site in development use it. The rules themselves are those of
validation/reader.py, validation/cross_checks.py and validation/style_checks.py; authoring/check/output_formats.py writes down what comes out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from catalogue.model.codes import Severity
from catalogue.model.problems import Problem
from catalogue.model.unprintable import escape
from catalogue.rendering.hrefs import link_problems
from catalogue.rendering.site_texts import TEXTS_DIR, TextsError, read_text, text_names
from catalogue.settings import PROJECT
from catalogue.uses.reader import (
    FOLDER,
    read_use_file,
    use_files,
    uses_folder,
    with_unknown_method,
)
from catalogue.validation.cross_checks import check_across, unknown_methods
from catalogue.validation.guard import guarded
from catalogue.validation.guides import KINDS, read_advice, read_guidance
from catalogue.validation.reader import (
    Reading,
    conflicts,
    method_files,
    read_method_file,
    shown_path,
)
from catalogue.validation.style_checks import prose_problems
from catalogue.validation.unprintable_checks import unprintable_problems

METHODS_DIR = (PROJECT / "methods").resolve()


@dataclass(frozen=True)
class Checked:
    """What a check found: the readings of the files asked for, and all their problems.

    Both stand in the order in which the files were given, problems by line within it.
    """

    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]

    def count(self, severity: Severity) -> int:
        """Return the number of problems of a severity."""
        return sum(problem.severity == severity for problem in self.problems)

    def with_problems(self, more: Iterable[Problem]) -> Checked:
        """Return this check with problems added that were found in some other way; those of other files come last."""
        order = {reading.path: place for place, reading in enumerate(self.readings)}
        found = sorted(
            (*self.problems, *more),
            key=lambda problem: (order.get(problem.path, len(order)), problem),
        )
        return replace(self, problems=tuple(found))


def check_files(folder: Path, files: Sequence[Path], today: date) -> Checked:
    """Check `files`, or the whole folder and the site's own texts if there are none; names and links across all files.

    Files of uses may be among them: those that end in .yaml or lie in a folder called uses.
    A file from elsewhere takes the place of the one of the same name in the folder. Those asked for
    are read last, so that a name they share with another file is their problem. Raises
    OSError for a folder or a file that is not there.
    """
    for file in files:
        file.lstat()  # a file that is not there is misuse, not a problem
    uses = [file for file in files if is_use(file)]
    given = {shown(file, folder): file for file in files if file not in uses}
    names = {file.name for file in given.values()}
    others = [path for path in method_files(folder) if path.name not in names]
    readings = [read_method_file(folder, path) for path in others]
    for name, file in given.items():
        readings.append(_named(read_method_file(file.absolute().parent, file), name))
    checked = {reading.path: reading for reading in check_across(readings)}
    slugs = {reading.slug for reading in readings}
    if files:
        asked = (*(checked[path] for path in given), *_uses(folder, uses, slugs))
    else:
        every = use_files(uses_folder(folder))
        asked = (*checked.values(), *_uses(folder, every, slugs), *faulty_texts())
    problems = [problem for reading in asked for problem in reading.problems]
    for reading in asked:
        if reading.draft:
            found, problem = guarded(
                reading.path, prose_problems, reading.path, reading.draft, today, reading.unread
            )
            problems += [problem] if problem else found or []
    # The texts are about our methods; a host may serve others.
    if not files and folder.resolve() == METHODS_DIR:
        problems += unknown_methods(slugs)
    return Checked(asked, ()).with_problems(problems)


def is_use(file: Path) -> bool:
    """Whether a file is, or was meant as, a report from practice and not a method."""
    return file.suffix in (".yaml", ".yml") or file.absolute().parent.name == FOLDER


def _uses(folder: Path, files: Iterable[Path], slugs: Collection[str]) -> Iterator[Reading]:
    """Yield a reading for each file of a use; `slugs` are those of the methods in `folder`."""
    for file in files:
        found = with_unknown_method(read_use_file(file), slugs)
        reading = Reading("", found.path, None, found.problems, usable=found.use is not None)
        yield _named(reading, shown(file, uses_folder(folder)))


def faulty_texts(folder: Path = TEXTS_DIR) -> Iterator[Reading]:
    """Yield a reading for each of the site's own texts that has a problem."""
    problems: list[Problem] = []
    folders = [kind.folder for kind in KINDS]
    for name in text_names(folder):
        if name.partition("/")[0] in folders:
            continue
        path = escape(f"{folder.name}/{name}")
        try:
            text = read_text(folder, name)
        except TextsError as error:
            problems.append(error.problem)
        else:
            problems += [
                *conflicts(path, text.encode()),
                *unprintable_problems(path, text, 1),
                *link_problems(path, text, 1),
            ]
    problems += read_guidance(folder).problems
    problems += read_advice(folder).problems
    for path, found in groupby(sorted(set(problems)), key=lambda problem: problem.path):
        yield Reading(path, path, None, tuple(found))


def shown(file: Path, folder: Path) -> str:
    """Return how messages name a file that was given: as one of the folder's, or as it was typed.

    A colon at the beginning would be taken for a command in the log of a forge.
    """
    if file.absolute().parent.resolve() == folder.resolve():
        return shown_path(folder, file)
    name = escape(str(file))
    return f"./{name}" if name.startswith(":") else name


def _named(reading: Reading, path: str) -> Reading:
    """Return a reading whose messages name the file in another way."""
    problems = tuple(replace(problem, path=path) for problem in reading.problems)
    return replace(reading, path=path, problems=problems)
