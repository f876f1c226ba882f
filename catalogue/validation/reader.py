"""Reads the files of the methods folder: each becomes a `Method`, or problems that say why not.

Joins validation/front_matter.py, validation/composites.py, validation/sections.py and validation/fact_checks.py; validation/cross_checks.py then looks across all files, and
build/builder.py makes the database and the index from what is left.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from catalogue.model.fields import FIELDS
from catalogue.model.method import Method, Section, split_language
from catalogue.model.problems import Problem
from catalogue.model.slugs import RESERVED_NAMES, SLUG, file_slug
from catalogue.model.unprintable import escape
from catalogue.regular_file import NotRegularError, TooLargeError, kind_of, read_regular_file
from catalogue.rendering.anchors import anchor
from catalogue.rendering.markdown import scan_headings
from catalogue.validation.composites import record
from catalogue.validation.fact_checks import fact_problems
from catalogue.validation.front_matter import Split, split_file
from catalogue.validation.guard import guarded
from catalogue.validation.scalars import Faults
from catalogue.validation.sections import COSTLY, Mention, mentions, method_links, read_body
from catalogue.validation.unprintable_checks import unprintable_problems

# Files that may lie beside the methods and are not methods.
NOT_METHODS = ("README.md", "LICENSE", "LICENCE", "LICENSE.md", "LICENCE.md")
KIND_CODES = {"link": "file-link", "folder": "file-folder", "special": "file-kind"}
# Nearly twice the longest method. Markdown can take minutes over a text of ten times that.
MAX_BYTES = 30_000
# What git leaves of a merge that it could not finish.
CONFLICT = re.compile(rb"^<{7} .*?^>{7} ", re.MULTILINE | re.DOTALL)

# How files of other programs begin that people rename to .md, and the variant of the message that names them.
BINARY = {
    b"PK\x03\x04": "archive",
    b"\xd0\xcf\x11\xe0": "word",
    b"{\\rtf": "rich",
    b"%PDF": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
}


@dataclass(frozen=True)
class Reading:
    """What one file gave: its method, its problems, its names and links.

    `usable` if nothing is wrong that keeps it off the site; `method` is None if something is, or
    if the reading comes from an earlier build. `draft` is the method without what is wrong in it, None
    where no text was read, and `unread` are the fields with errors, "sections" for the text. `names` are the title and aliases, `was` its old slugs, `related` and
    `links` the slugs it points to, each with its place, and `anchors` those of its smaller headings, for the checks
    across files.
    """

    path: str
    slug: str
    method: Method | None
    problems: tuple[Problem, ...]
    names: tuple[Mention, ...] = ()
    related: tuple[Mention, ...] = ()
    was: tuple[Mention, ...] = ()
    links: tuple[Mention, ...] = ()
    anchors: tuple[str, ...] = ()
    usable: bool = False
    draft: Method | None = None
    unread: tuple[str, ...] = ()

    @property
    def lasts(self) -> bool:
        """Whether the same file gives the same tomorrow, or once a wrong clock is put right."""
        return not {"date-future", "year-unlikely"} & {problem.code for problem in self.problems}


def shown_name(file: Path) -> str:
    """Return a file's name as text that can be printed and stored, whatever bytes it is made of.

    No two names of a folder give the same text.
    """
    return escape(file.name.replace("\\", "\\\\"))


def shown_path(folder: Path, file: Path) -> str:
    """Return how messages name a file: the folder's name and the file's."""
    return f"{folder.name}/{shown_name(file)}"


def method_files(folder: Path) -> list[Path]:
    """Return everything in the methods folder that is, or may have been meant as, a method.

    Names that begin with a dot or an underscore, and the folder's own README and licence, are
    passed over. Raises FileNotFoundError or NotADirectoryError if there is no such folder.
    """
    return sorted(
        (
            path
            for path in folder.iterdir()
            if not path.name.startswith((".", "_")) and path.name not in NOT_METHODS
        ),
        key=lambda path: path.name,
    )


def digest(path: Path) -> str:
    """Return a fingerprint of a file's bytes; of its kind, where it is not an ordinary file."""
    try:
        content = read_regular_file(path.parent, path.name, MAX_BYTES)
    except NotRegularError:
        content = b"not a plain file"
    except TooLargeError as error:
        content = f"too large: {error.size}".encode()
    except OSError as error:
        content = f"unreadable: {error.errno}".encode()
    return blake2b(content, digest_size=16).hexdigest()


def read_method_file(folder: Path, file: Path) -> Reading:
    """Read one file of the methods folder. Never raises for what is in the file."""
    path = shown_path(folder, file)
    slug = shown_name(file).removesuffix(".md")
    reading, problem = guarded(path, _read_method_file, path, slug, file)
    return reading or Reading(path, slug, None, (problem,) if problem else ())


def _read_method_file(path: str, slug: str, file: Path) -> Reading:
    text, problems = read_text(path, file)
    if not text:
        return Reading(path, slug, None, tuple(problems))
    return read_method_text(path, slug, text, problems)


def read_text(path: str, file: Path, ending: str = ".md") -> tuple[str, list[Problem]]:
    """Return the text of a file that messages call `path`, and the problems of its name, kind, size and encoding.

    The text is "" where a problem keeps it from being read.
    """
    text, problems = "", list[Problem]()
    try:
        problems += _check_name(path, file, ending)
        if not problems or problems[0].code == "file-name":
            text, faults = _read_text(path, file)
            problems += faults
    except NotRegularError as error:
        values = {"folder": path.rpartition("/")[0]}
        problems.append(Problem(KIND_CODES[error.kind], path, 1, 1, values))
    except OSError as error:
        values = {"reason": str(error.strerror)}
        problems.append(Problem("file-unreadable", path, 1, 1, values))
    return text, problems


def read_method_text(
    path: str, slug: str, text: str, problems: list[Problem] | None = None
) -> Reading:
    """Read a method from its text; `problems` are those already found with its file."""
    problems = list(problems or ())
    split, faults = split_file(path, text)
    problems += faults
    found = Faults(path)
    values = record(found, FIELDS, split.node, "", split.whole)
    # What stands in the file itself is named where it stands; the field names what an escape of YAML stands for.
    unprintable = list(unprintable_problems(path, text, split.body_line))
    problems += unprintable
    problems += [p for p in found.problems if not unprintable or p.code != unprintable[0].code]
    sections, faults = read_body(path, split.body, split.body_line)
    problems += faults
    problems += fact_problems(path, split.fields, values, sections)
    draft = _draft(slug, values, sections, problems)
    method = None if any(problem.severity == "error" for problem in problems) else draft
    return Reading(
        path=path,
        slug=slug,
        method=method,
        problems=tuple(sorted(problems)),
        names=tuple(mentions(split.fields, "title", "aliases")),
        # A word that can be no slug has been reported already.
        related=tuple(m for m in mentions(split.fields, "related") if SLUG.fullmatch(m.text)),
        was=tuple(mentions(split.fields, "was")),
        links=tuple(method_links(split.body, split.body_line)),
        anchors=tuple(anchor(heading.text) for heading in scan_headings(split.body).headings),
        usable=method is not None,
        draft=draft,
        unread=tuple(sorted(_unread(split, problems))),
    )


def _unread(split: Split, problems: list[Problem]) -> set[str]:
    """Return the fields in which an error stands, is missing or was meant; "sections" for the text."""
    starts = sorted((node.line, name) for name, node in split.fields.items())
    found = set()
    for problem in problems:
        if problem.severity != "error":
            continue
        if problem.line > split.body_line or problem.code == "heading-missing":
            found.add("sections")
        else:
            before = [name for line, name in starts if line <= problem.line]
            found |= {*before[-1:], str(problem.values.get("near"))}
    return found if split.whole else {*found, *(field.name for field in FIELDS)}


def _draft(
    slug: str, values: dict[str, Any], sections: tuple[Section, ...], problems: list[Problem]
) -> Method:
    """Return a method of what could be read of a file, without what would keep a computer busy."""
    costly = [problem.line for problem in problems if problem.code in COSTLY]
    sound = tuple(
        section
        for section in sections
        if section.markdown
        and not any(section.line <= line <= section.last_line for line in costly)
    )
    blank = {"title": "", "summary": "", "purposes": (), "sources": ()}
    names = dict(map(split_language, values.get("aliases", ())))
    languages = {name: language for name, language in names.items() if language}
    known = {**blank, **values, "aliases": tuple(names), "languages": languages}
    return Method(slug=slug, sections=sound, **known)


def _check_name(path: str, file: Path, ending: str) -> Iterator[Problem]:
    """Yield what is wrong with a file's name or kind; where it cannot be a method, that alone."""
    if kind := kind_of(file.lstat().st_mode):
        yield Problem(KIND_CODES[kind], path, 1, 1, {"folder": path.rpartition("/")[0]})
    else:
        folder, name = path.rsplit("/", 1)
        other = file.with_name(f"{file_slug(name)}{ending}")
        taken = other.exists() and not other.samefile(file)
        for problem in name_problems(folder, name, ending):
            yield (
                replace(problem, variant="taken")
                if taken and problem.code == "file-name"
                else problem
            )


def name_problems(folder: str, name: str, ending: str = ".md", slug: str = "") -> Iterator[Problem]:
    """Yield what is wrong with the name of a file in a folder; `slug` is what it should be called, if that is known."""
    path, stem = f"{folder}/{name}", name.removesuffix(ending)
    better = f"{folder}/{slug or file_slug(name)}{ending}"
    if not name.endswith(ending):
        yield Problem("file-ending", path, 1, 1, {"ending": ending, "better": better})
    elif stem in RESERVED_NAMES:
        yield Problem("file-name", path, 1, 1, {"name": name, "better": better}, "reserved")
    elif not SLUG.fullmatch(stem):
        odd = {
            "space": " " in stem,
            "capitals": stem != stem.lower(),
            "characters": re.search(r"[^A-Za-z0-9 -]", stem),
        }
        variant = "-".join(kind for kind, found in odd.items() if found)
        yield Problem("file-name", path, 1, 1, {"name": name, "better": better}, variant)


def _read_text(path: str, file: Path) -> tuple[str, list[Problem]]:
    try:
        raw = read_regular_file(file.parent, file.name, MAX_BYTES)
    except TooLargeError as error:
        return decode(path, error.start, error.size)
    return decode(path, raw, len(raw))


def conflicts(path: str, raw: bytes) -> list[Problem]:
    """Return the problem of the first merge that git left in a file's bytes, if there is one."""
    found = CONFLICT.search(raw)
    line = raw.count(b"\n", 0, found.start()) + 1 if found else 0
    return [Problem("file-conflict", path, line, 1)] if found else []


def decode(path: str, raw: bytes, size: int) -> tuple[str, list[Problem]]:
    """Return the text in a file's bytes, or the problem that keeps it from being read.

    `size` is that of the file, of whose bytes only the beginning need have been read if it is too large.
    """
    raw = raw.removeprefix(BOM_UTF8)
    # What kind of file it is comes first: a picture is no text that is too long, and UTF-16 takes two bytes a letter.
    if kind := next((kind for start, kind in BINARY.items() if raw.startswith(start)), ""):
        return "", [Problem("file-binary", path, 1, 1, variant=kind)]
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "", [Problem("file-encoding", path, 1, 1, variant="wide")]
    if size > MAX_BYTES:
        return "", [Problem("file-large", path, 1, 1, {"size": size, "limit": MAX_BYTES})]
    if b"\0" in raw:
        return "", [Problem("file-binary", path, 1, 1)]
    if not raw.strip():
        return "", [Problem("file-empty", path, 1, 1)]
    if found := conflicts(path, raw):
        return "", found
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", [Problem("file-encoding", path, line, 1)]
