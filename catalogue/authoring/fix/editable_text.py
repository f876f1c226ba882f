"""Holds the text of a method file as its lines, and changes places in them without touching the rest.

The ground that authoring/fix/fixes.py works on: lines keep their own ends, an edit replaces a piece of one
line, and what was read of the text stands beside it, so that a change can be judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from catalogue.model.fields import FIELDS, Field
from catalogue.model.problems import Problem
from catalogue.validation.front_matter import Node, Split, split_file
from catalogue.validation.reader import read_method_text

LINE_END = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True)
class Edit:
    """One change: on `line`, counted from 1, what stands from `start` to `end` becomes `new`.

    `note` tells people of it; edits with one note are one thing to them.
    """

    line: int
    start: int
    end: int
    new: str
    note: str


@dataclass(frozen=True)
class Text:
    """The text of a method file, read: its lines with their ends, its fields, its problems.

    `slugs` are those of the methods that stand beside it.
    """

    path: str
    whole: str
    slugs: frozenset[str] = frozenset()

    @cached_property
    def parts(self) -> list[tuple[str, str]]:
        """Each line and what ends it: a line feed, a carriage return, both, or nothing."""
        pieces = [*LINE_END.split(self.whole), ""]
        return list(zip(pieces[::2], pieces[1::2], strict=True))

    @cached_property
    def split(self) -> Split:
        """The front matter as located nodes, and the body."""
        return split_file(self.path, self.whole)[0]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the text, by the rules for one file."""
        return read_method_text(self.path, "", self.whole).problems

    @cached_property
    def counted(self) -> Counter[tuple[str, str]]:
        """How often each problem is there, wherever it stands."""
        return Counter((problem.code, problem.message) for problem in self.problems)

    @cached_property
    def first(self) -> int:
        """The number of the line with the first three hyphens."""
        before = self.whole[: len(self.whole) - len(self.whole.lstrip())]
        return 1 + len(LINE_END.findall(before))

    def line(self, number: int) -> str:
        """Return a line without its end; "" where there is none."""
        return self.parts[number - 1][0] if 0 < number <= len(self.parts) else ""

    def changed(self, edits: Iterable[Edit]) -> Text:
        """Return the text with edits made; one that overlaps another is left out."""
        lines = [line for line, _ in self.parts]
        free: dict[int, int] = {}
        for edit in sorted(edits, key=lambda edit: (edit.line, -edit.start)):
            old = lines[edit.line - 1]
            if edit.end <= free.get(edit.line, len(old)):
                lines[edit.line - 1] = old[: edit.start] + edit.new + old[edit.end :]
                free[edit.line] = edit.start
        ends = [end for _, end in self.parts]
        return replace(self, whole="".join(map("".join, zip(lines, ends, strict=True))))

    def field_lines(self, number: int) -> range:
        """Return the lines of the top-level field, as far as it can be read, in which a line stands."""
        starts = sorted({node.line for node in self.split.fields.values()})
        first = max((start for start in starts if start <= number), default=self.first)
        last = min((start for start in starts if start > number), default=self.split.body_line)
        return range(first, max(last, number + 1))

    def key_span(self, key: str, node: Node) -> tuple[int, int] | None:
        """Return where the name of a field stands on its line; `node` is the field's value."""
        line, at = self.line(node.line), node.column - 1
        name = rf"(?:{re.escape(key)}|\"{re.escape(key)}\"|'{re.escape(key)}')"
        # A group on lines of its own is placed where its name stands.
        found = re.compile(rf"{name}(?=\s*:)").match(line, at)
        found = found or re.search(rf"(?<![\w-]){name}(?=\s*:\s*$)", line[:at])
        return found.span() if found else None

    def value_span(self, node: Node) -> tuple[int, int] | None:
        """Return where a value stands, with its quotation marks; None unless written as it reads."""
        line, at = self.line(node.line), node.column - 1
        for written in (f'"{node.value}"', f"'{node.value}'", node.value):
            if written and isinstance(written, str) and line.startswith(written, at):
                return at, at + len(written)
        return None


def groups(
    node: Node, fields: tuple[Field, ...] = FIELDS
) -> Iterator[tuple[tuple[Field, ...], dict[str, Node]]]:
    """Yield each group of fields within the front matter, itself first, with the fields it may have."""
    if not isinstance(node.value, dict):
        return
    yield fields, node.value
    for field in fields:
        child = node.value.get(field.name)
        if child is not None and field.fields:
            for item in child.value if isinstance(child.value, list) else [child]:
                yield from groups(item, field.fields)


def single_values(node: Node) -> Iterator[tuple[Field, Node]]:
    """Yield each value that is not made of others, with its field."""
    for fields, found in groups(node):
        for field in fields:
            child = found.get(field.name)
            if child is None or field.fields:
                continue
            held = child.value.values() if isinstance(child.value, dict) else child.value
            for item in [child] if isinstance(held, str) else held:
                if isinstance(item.value, str):
                    yield field, item


def plain_values(node: Node) -> object:
    """Return what a node holds, without places, and with single spaces, as the reader sees it."""
    if isinstance(node.value, list):
        return [plain_values(item) for item in node.value]
    if isinstance(node.value, dict):
        return {name: plain_values(item) for name, item in node.value.items()}
    return " ".join(node.value.split()), node.kind
