"""Fixes in the text of a method file what is mechanical: spelling, quotation marks, white space, order.

Takes a text and gives it back with notes of what was done; authoring/fix/fix_files.py does so to files. Every change
is read again, and is kept only if it does what it is for and brings up no problem of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from catalogue.authoring.fix import fix_names, fix_values
from catalogue.authoring.fix.editable_text import Edit, Text, plain_values
from catalogue.model.fields import FIELDS
from catalogue.model.problems import Problem

# Bounds against files made to be slow. A method has 10,000 characters and its author a few slips;
# what has hundreds is something else, and each change is a file read again.
MAX_CHARACTERS = 60_000
MAX_PROBLEMS = 200
MAX_ROUNDS = 30
MAX_TRIES = 20
ORDERED = "the fields stand in the usual order"


@dataclass(frozen=True)
class Note:
    """One thing that was fixed, and the line on which it stands."""

    line: int
    what: str


@dataclass(frozen=True)
class FixedText:
    """A text after fixing, what was done, and how many problems are gone."""

    text: str
    notes: tuple[Note, ...]
    gone: int


def fix(path: str, text: str, slugs: frozenset[str] = frozenset()) -> FixedText:
    """Fix what is mechanical in the text of a method file; everything else stays as it is.

    `slugs` are those of the methods there are, for titles that stand in place of them.

    A text without front matter is left alone: it may not be a method at all. So is one of unlikely
    length, or with more faults than slips would make. Fixing again changes nothing.
    """
    before = current = Text(path, text, slugs)
    notes: list[Note] = []
    if len(text) > MAX_CHARACTERS or len(before.problems) > MAX_PROBLEMS:
        return FixedText(text, (), 0)
    if any(problem.code == "front-matter-missing" for problem in before.problems):
        return FixedText(text, (), 0)
    for _ in range(MAX_ROUNDS):
        start = current.whole
        for rule, kept in RULES:
            current, done = _applied(current, list(rule(current)), kept)
            notes += done
        current, done = _in_order(current)
        notes += done
        if current.whole == start:
            break
    gone = (before.counted - current.counted).total()
    return FixedText(current.whole, tuple(sorted(notes, key=lambda note: note.line)), gone)


# Whether a change does what its rule is for: (the text before, the text after).
Kept = Callable[[Text, Text], bool]


def _fewer_problems(before: Text, after: Text) -> bool:
    return bool(before.counted - after.counted)


def _says_the_same(before: Text, after: Text) -> bool:
    return _values(before) == _values(after) and before.counted == after.counted


def _brings_nothing_new(before: Text, after: Text) -> bool:
    return not after.counted - before.counted


RULES: tuple[tuple[Callable[[Text], Iterable[Edit]], Kept], ...] = (
    (fix_values.line_ends, _says_the_same),
    (fix_values.tabs, _fewer_problems),
    (fix_values.colons, _fewer_problems),
    (fix_values.quotes, _fewer_problems),
    (fix_values.traps, _fewer_problems),
    (fix_values.numbers, _fewer_problems),
    (fix_values.flags, _fewer_problems),
    (fix_values.days, _fewer_problems),
    (fix_values.curly, _brings_nothing_new),
    (fix_names.fields, _fewer_problems),
    (fix_names.options, _fewer_problems),
    (fix_names.lists, _fewer_problems),
    (fix_names.related, _fewer_problems),
    (fix_names.headings, _fewer_problems),
)


def _applied(text: Text, edits: list[Edit], kept: Kept) -> tuple[Text, list[Note]]:
    """Make all edits of a rule at once or, where that does harm, those that do none."""
    if not edits:
        return text, []
    after = text.changed(edits)
    if kept(text, after) and _harmless(text, after, edits):
        return after, _notes(edits)
    done: list[Edit] = []
    for edit in edits[:MAX_TRIES]:
        if any(edit.line == other.line for other in done):
            continue  # its place may have moved; the next round proposes it again
        after = text.changed([edit])
        if kept(text, after) and _harmless(text, after, [edit]):
            text, done = after, [*done, edit]
    return text, _notes(done)


def _notes(edits: list[Edit]) -> list[Note]:
    """Return one note for each thing on a line, and one for all the white space."""
    notes: dict[object, Note] = {}
    for edit in edits:
        key = (
            edit.note if edit.note in (fix_values.ENDS, fix_values.TABS) else (edit.note, edit.line)
        )
        notes.setdefault(key, Note(edit.line, edit.note))
    return list(notes.values())


def _harmless(before: Text, after: Text, edits: list[Edit]) -> bool:
    """Whether each problem that comes up was only hidden behind one that is fixed.

    A field that could not be read before may have faults of its own; and only when all
    of the front matter can be read is it known which fields are missing.
    """
    if before.split.body_line != after.split.body_line:
        return False
    new = after.counted - before.counted
    touched = {line for edit in edits for line in after.field_lines(edit.line)}
    last = max(edit.line for edit in edits)
    in_body = last > before.split.body_line
    for problem in after.problems:
        if (problem.code, problem.message) not in new:
            continue
        if in_body:
            hidden = problem.code in ("heading-order", "section-empty")
        elif problem.code == "field-missing" and not before.split.whole:
            hidden = True
        else:
            hidden = problem.line in touched and _may_be_hidden(problem, last)
        if not hidden:
            return False
    return True


def _may_be_hidden(problem: Problem, last: int) -> bool:
    """Whether a problem within a field may have been there all along; `last` is the line fixed."""
    if problem.code.startswith("yaml-") and problem.code != "yaml-trap":
        return problem.line > last  # YAML names one fault of a field at a time, the first
    return not problem.code.endswith("repeated") and problem.code != "front-matter-shape"


def _in_order(text: Text) -> tuple[Text, list[Note]]:
    """Put the fields into the usual order, each with the lines of its remarks."""
    names = [field.name for field in FIELDS]
    found = text.split.fields
    if list(found) == [name for name in names if name in found]:
        return text, []
    unsure = re.compile(r"key-repeated|yaml-(?!trap)")
    if any(unsure.match(problem.code) for problem in text.problems):
        return text, []
    if not text.split.whole or not set(found) <= set(names):
        return text, []
    blocks = dict(_blocks(text))
    parts = text.parts
    start = min(block.start for block in blocks.values())
    moved = [parts[n - 1] for name in names if name in blocks for n in blocks[name]]
    whole = [*parts[: start - 1], *moved, *parts[text.split.body_line - 1 :]]
    after = replace(text, whole="".join(line + end for line, end in whole))
    if len(whole) != len(parts) or not _says_the_same(text, after):
        return text, []
    first = next(name for name, other in zip(found, sorted(found, key=names.index), strict=True)
                 if name != other)  # fmt: skip
    return after, [Note(found[first].line, ORDERED)]


def _blocks(text: Text) -> Iterator[tuple[str, range]]:
    """Yield the lines of each field: its own, and the remarks right above its name."""
    starts = {}
    for name, node in text.split.fields.items():
        start = node.line
        while start - 1 > text.first and text.line(start - 1).startswith("#"):
            start -= 1
        starts[name] = start
    bounds = sorted((start, name) for name, start in starts.items())
    for (start, name), (end, _) in pairwise([*bounds, (text.split.body_line, "")]):
        yield name, range(start, end)


def _values(text: Text) -> object:
    return plain_values(text.split.node)
