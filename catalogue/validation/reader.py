"""Reads the files of the methods folder: each becomes a `Method`, or problems that say why not.

Joins validation/front_matter.py, validation/composites.py and validation/sections.py; validation/cross_checks.py then looks across all files, and
build/builder.py makes the database and the index from what is left.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from catalogue.model.fields import FIELDS
from catalogue.model.method import Method
from catalogue.model.problems import Problem, printable
from catalogue.model.slugs import SLUG, proposed_slug
from catalogue.model.unseen import unseen_problems
from catalogue.regular_file import (
    Kind,
    NotRegularError,
    TooLargeError,
    kind_of,
    read_regular_file,
)
from catalogue.validation.composites import NOTHING, record
from catalogue.validation.front_matter import Node, split_file
from catalogue.validation.guard import guarded
from catalogue.validation.scalars import Faults
from catalogue.validation.sections import Mention, method_links, read_body

# So many names and links of one list are compared with other files; more have been refused already.
MOST_NAMES = max(field.at_most for field in FIELDS if field.type in ("texts", "slugs"))
# Files that may lie beside the methods and are not methods.
NOT_METHODS = ("README.md", "LICENSE", "LICENCE", "LICENSE.md", "LICENCE.md")
# Nearly twice the longest method. Markdown can take minutes over a text of ten times that.
MAX_BYTES = 30_000

# How files of other programs begin that people rename to .md.
KINDS = {
    b"PK\x03\x04": "a Word file or another archive",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "a rich-text file",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}


@dataclass(frozen=True)
class Reading:
    """What one file gave: its method, its problems, its names and links.

    `usable` if nothing is wrong that keeps it off the site; `method` is None if something is, or
    if the reading comes from an earlier build. `names` are the title and aliases, `related` and
    `links` the slugs it points to, each with its place, for the checks across files.
    """

    path: str
    slug: str
    method: Method | None
    problems: tuple[Problem, ...]
    names: tuple[Mention, ...] = ()
    related: tuple[Mention, ...] = ()
    links: tuple[Mention, ...] = ()
    usable: bool = False

    @property
    def lasts(self) -> bool:
        """Whether the same file gives the same tomorrow, or once a wrong clock is put right."""
        return not {"date-future", "year-unlikely"} & {problem.code for problem in self.problems}


def shown_name(file: Path) -> str:
    """Return a file's name as text that can be printed and stored, whatever bytes it is made of.

    No two names of a folder give the same text.
    """
    return printable(file.name.replace("\\", "\\\\"))


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
    problems: list[Problem] = []
    text = ""
    try:
        problems += _check_name(path, file)
        if not problems or problems[0].code == "file-name":
            text, faults = _read_text(path, file)
            problems += faults
    except NotRegularError as error:
        problems.append(_kind_problem(path, error.kind))
    except OSError as error:
        what = f"this file cannot be read ({error.strerror})"
        problems.append(_file_problem(path, "file-unreadable", what, "Check its permissions."))
    if not text:
        return Reading(path, slug, None, tuple(problems))
    return read_method_text(path, slug, text, problems)


def read_method_text(
    path: str, slug: str, text: str, problems: list[Problem] | None = None
) -> Reading:
    """Read a method from its text; `problems` are those already found with its file."""
    problems = list(problems or ())
    split, faults = split_file(path, text)
    problems += faults
    found = Faults(path)
    top = Node(dict(split.fields), 1, 1, "dict")
    values = record(found, FIELDS, top, "", split.whole)
    # What stands in the file itself is named where it stands; the field names what an escape of YAML stands for.
    unseen = list(unseen_problems(path, text, split.body_line))
    problems += unseen
    problems += [p for p in found.problems if not unseen or p.code != unseen[0].code]
    sections, faults = read_body(path, split.body, split.body_line)
    problems += faults
    method = None
    if not any(problem.severity == "error" for problem in problems):
        method = Method(slug=slug, sections=sections, **values)
    return Reading(
        path=path,
        slug=slug,
        method=method,
        problems=tuple(sorted(problems)),
        names=tuple(_mentions(split.fields, "title", "aliases")),
        # A word that can be no slug has been reported already.
        related=tuple(m for m in _mentions(split.fields, "related") if SLUG.fullmatch(m.text)),
        links=tuple(method_links(split.body, split.body_line)),
        usable=method is not None,
    )


def _mentions(fields: dict[str, Node], *names: str) -> Iterator[Mention]:
    for name in names:
        node = fields.get(name)
        if node is None or node.kind in NOTHING:
            continue
        items = node.value if isinstance(node.value, list) else [node]
        for item in items[:MOST_NAMES]:
            if isinstance(item.value, str) and item.value.strip() and item.kind not in NOTHING:
                yield Mention(" ".join(item.value.split()), item.line, item.column)


def _file_problem(path: str, code: str, what: str, mend: str) -> Problem:
    return Problem(path, 1, 1, code, what, mend)


def _check_name(path: str, file: Path) -> Iterator[Problem]:
    """Yield what is wrong with a file's name or kind; where it cannot be a method, that alone."""
    if kind := kind_of(file.lstat().st_mode):
        yield _kind_problem(path, kind)
    else:
        yield from name_problems(path)


def _kind_problem(path: str, kind: Kind) -> Problem:
    folder = path.partition("/")[0]
    if kind == "link":
        what = "this is a link to a file somewhere else, and is not followed"
        return _file_problem(path, "file-link", what, "Put the file itself here.")
    if kind == "folder":
        what = "this is a folder, and folders are not looked into"
        mend = f"Put each method straight into {folder}/."
        return _file_problem(path, "file-folder", what, mend)
    what = "this is not an ordinary file"
    return _file_problem(path, "file-kind", what, f"Take it out of {folder}/.")


def name_problems(path: str) -> Iterator[Problem]:
    """Yield what is wrong with the name of a file, given as folder/name."""
    folder, name = path.split("/", 1)
    if not name.endswith(".md"):
        stem = re.sub(r"(\.(markdown|mdown|mkd|md|txt|text))+$", "", name.rstrip("~"), flags=re.I)
        what = "this file has no .md ending, so it will never be published"
        mend = f"Rename it to {folder}/{proposed_slug(stem)}.md, or take it out."
        yield _file_problem(path, "file-ending", what, mend)
    elif not SLUG.fullmatch(name.removesuffix(".md")):
        what = f'the file name "{name}" has {_odd_in_name(name.removesuffix(".md"))}'
        mend = f"Rename it to {folder}/{proposed_slug(name.removesuffix('.md'))}.md."
        yield _file_problem(path, "file-name", what, mend)


def _odd_in_name(stem: str) -> str:
    odd = []
    if " " in stem:
        odd.append("a space")
    if stem != stem.lower():
        odd.append("capitals")
    if re.search(r"[^A-Za-z0-9 -]", stem):
        odd.append("characters other than letters, figures and hyphens")
    return " and ".join(odd) or "a hyphen too many"


def _read_text(path: str, file: Path) -> tuple[str, list[Problem]]:
    try:
        raw = read_regular_file(file.parent, file.name, MAX_BYTES)
    except TooLargeError as error:
        return decode(path, b"", error.size)
    return decode(path, raw, len(raw))


def decode(path: str, raw: bytes, size: int) -> tuple[str, list[Problem]]:
    """Return the text in a file's bytes, or the problem that keeps it from being read.

    `size` is that of the file, whose bytes need not have been read if it is too large.
    """
    if size > MAX_BYTES:
        what = f"this file has {size:,} bytes and the limit is {MAX_BYTES:,}"
        mend = "A method has about 10,000. Keep the text short and leave pictures out."
        return "", [_file_problem(path, "file-large", what, mend)]
    raw = raw.removeprefix(BOM_UTF8)
    if not raw.strip():
        mend = "Write the method, or take the file out."
        return "", [_file_problem(path, "file-empty", "this file is empty", mend)]
    if kind := next((kind for sign, kind in KINDS.items() if raw.startswith(sign)), ""):
        what = f"this is {kind}, whatever its name says"
        mend = "Open it in its own program and save it as plain text."
        return "", [_file_problem(path, "file-binary", what, mend)]
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        what = "this file is in UTF-16, which is not what we read"
        mend = 'Save it again with the encoding "UTF-8".'
        return "", [_file_problem(path, "file-encoding", what, mend)]
    if b"\0" in raw:
        what = "this is not a text file, whatever its name says"
        return "", [_file_problem(path, "file-binary", what, "Save it as plain text.")]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = "this file is not in UTF-8, so its accents cannot be read"
        mend = 'Save it again with the encoding "UTF-8".'
        return "", [Problem(path, line, 1, "file-encoding", what, mend)]
