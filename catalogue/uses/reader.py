"""Reads the files of uses/: each becomes a `Use`, or problems that say why not, as method files do.

The same readers of values serve both; what is asked of a use besides is that it names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from catalogue.model.letters import name_key
from catalogue.model.problems import Problem, shown
from catalogue.model.slugs import MEANT, NO_SLUG, near_slugs, slug_of
from catalogue.uses.use import FIELDS, Use
from catalogue.validation.composites import record
from catalogue.validation.front_matter import Node, split_fields
from catalogue.validation.guard import guarded
from catalogue.validation.reader import NOT_METHODS, digest, read_text, shown_name
from catalogue.validation.scalars import Faults
from catalogue.validation.unprintable_checks import unprintable_problems

ENDING = ".yaml"
FOLDER = "uses"
# What a file is called that says nothing to name it by.
NO_NAME = "report"
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Ten digits or more with nothing else between them than what stands in telephone numbers.
TELEPHONE = re.compile(r"(?<![\w.,£$€-])\+?\(?0?\d(?:[ ()-]{0,2}\d){9,}(?!\w)")

# Fields whose values are judged as what they are: a sum of money is no telephone number.
NO_TEXTS = {field.name for field in FIELDS if field.type != "text"}


@dataclass(frozen=True)
class UseReading:
    """What one file gave: its use, None where an error keeps it off the site, and its problems.

    `method` is the slug it names, and the line and column on which it does; "" where none can be read.
    """

    path: str
    use: Use | None
    problems: tuple[Problem, ...]
    method: tuple[str, int, int] = ("", 1, 1)


def use_slug(when: str, place: str, method: str) -> str:
    """Return the name of the file of a use, without .yaml, made of what it says."""
    slug = slug_of(f"{when} {place} {method}")
    return NO_NAME if slug == NO_SLUG else slug


def free_slug(slug: str, known: Iterable[Use]) -> str:
    """Return the name of a file of a use, with a number behind it where a known use has that name."""
    taken = {use.slug for use in known}
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(name for name in chain([slug], numbered) if name not in taken)


def uses_folder(methods_dir: Path) -> Path:
    """Return the folder of the uses that belong to a folder of methods: its neighbour, which need not exist."""
    return methods_dir.absolute().parent / FOLDER


def use_files(folder: Path) -> list[Path]:
    """Return everything in a folder of uses that is, or may have been meant as, a use; [] if there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if not path.name.startswith((".", "_")) and path.name not in NOT_METHODS
    )


def use_digests(methods_dir: Path) -> dict[str, str]:
    """Return the digests of the files of uses that belong to a folder of methods, by names that no method file has."""
    files = use_files(uses_folder(methods_dir))
    return {f"{FOLDER}/{shown_name(file)}": digest(file) for file in files}


def read_uses(methods_dir: Path) -> list[UseReading]:
    """Read all uses that belong to a folder of methods, by name. Never raises for what is in a file."""
    return [read_use_file(file) for file in use_files(uses_folder(methods_dir))]


def read_use_file(file: Path) -> UseReading:
    """Read one file of a use. Never raises for what is in it."""
    path = f"{FOLDER}/{shown_name(file)}"
    reading, problem = guarded(path, _read_use_file, path, file)
    return reading or UseReading(path, None, (problem,) if problem else ())


def _read_use_file(path: str, file: Path) -> UseReading:
    text, problems = read_text(path, file, ENDING)
    if not text:
        return UseReading(path, None, tuple(problems))
    return read_use_text(path, text, problems)


def read_use_text(path: str, text: str, problems: list[Problem] | None = None) -> UseReading:
    """Read a use from its text; `problems` are those already found with its file."""
    problems = list(problems or ())
    split, faults = split_fields(path, text)
    problems += faults
    found = Faults(path)
    values = record(found, FIELDS, split.node, "", split.whole)
    problems += found.problems
    problems += unprintable_problems(path, text, 1)
    problems += _personal(path, split.fields)
    use = None
    if not any(problem.severity == "error" for problem in problems):
        use = Use(slug=path.rpartition("/")[2].removesuffix(ENDING), **values)
    named, node = values.get("method", ""), split.fields.get("method")
    place = (named, node.line, node.column) if node else (named, 1, 1)
    return UseReading(path, use, tuple(sorted(problems)), place)


def _personal(path: str, fields: dict[str, Node]) -> Iterator[Problem]:
    """Yield the texts that hold an e-mail address or a telephone number: a use names organisations alone."""
    for name, node in fields.items():
        if not isinstance(node.value, str) or name in NO_TEXTS:
            continue
        for variant, pattern in (("", E_MAIL), ("telephone", TELEPHONE)):
            if match := pattern.search(node.value):
                values = {"field": name, "found": shown(match[0])}
                yield Problem("use-personal", path, node.line, node.column, values, variant)


def with_unknown_method(reading: UseReading, slugs: Collection[str]) -> UseReading:
    """Return a reading with a problem added if there is no method of the name it gives."""
    slug, line, column = reading.method
    if not slug or slug in slugs:
        return reading
    near = near_slugs(slug, sorted(slugs), 1, MEANT)
    values = {"slug": shown(slug), "near": near[0] if near else ""}
    variant = "near" if near else ""
    problem = Problem("use-method-unknown", reading.path, line, column, values, variant)
    problems = tuple(sorted((*reading.problems, problem)))
    return UseReading(reading.path, None, problems, reading.method)


def with_known_use(reading: UseReading, known: Iterable[Use]) -> UseReading:
    """Return a reading with a problem added if its use is among those that are known, or one of its name or occasion is."""
    use = reading.use
    if use is None:
        return reading
    known = list(known)
    alike = [each for each in known if _occasion(each) == _occasion(use)]
    same = [each for each in alike if name_key(each.what_happened) == name_key(use.what_happened)]
    found = [*same, *alike, *(each for each in known if each.slug == use.slug)]
    if not found:
        return reading
    there = found[0]
    values = {"path": f"{FOLDER}/{there.slug}{ENDING}", "place": there.place, "when": there.when}
    code = "use-here" if same else "use-alike"
    problem = Problem(code, reading.path, *reading.method[1:], values)
    problems = tuple(sorted((*reading.problems, problem)))
    return UseReading(reading.path, None if same else use, problems, reading.method)


def _occasion(use: Use) -> tuple[str, str, str]:
    """Return the method, the place and the month of a use."""
    return use.method, name_key(use.place), use.when
