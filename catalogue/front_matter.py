"""Splits a method file into front matter and text, and keeps the line of every value.

First step of the flow: text in, a tree of located `Node`s and a body out, or problems that
say in plain words what YAML stumbled over. Nothing is raised and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import yaml
from frontmatter.default_handlers import YAMLHandler

from catalogue.problems import Problem

# The compiled loader is about ten times faster; both give the same events.
LOADER = cast(type[yaml.SafeLoader], getattr(yaml, "CSafeLoader", yaml.SafeLoader))
RESOLVER = yaml.SafeLoader("")
MAX_DEPTH = 6
MAX_YAML_FAULTS = 20
TAGS = "tag:yaml.org,2002:"
# YAML ends a line at these and no editor does, so its line numbers would be wrong.
YAML_LINE_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")

# Reports one problem: code, line, column, what is wrong, how to mend it.
Report = Callable[[str, int, int, str, str], None]


@dataclass(frozen=True)
class Node:
    """A value and where it stands. `value` is a text, a list of nodes or a dict of nodes.

    `kind` is what YAML takes an unquoted text for: str, int, float, bool, null or timestamp;
    it is "list" or "dict" for the other two.
    """

    value: str | list[Node] | dict[str, Node]
    line: int
    column: int
    kind: str = "str"


@dataclass(frozen=True)
class Split:
    """A method file in two parts; `body_line` is the line on which the body begins.

    `whole` is False where some of the front matter could not be read, so that nobody is told
    a field is missing that is there but unreadable.
    """

    fields: dict[str, Node]
    body: str
    body_line: int
    whole: bool = True


class LocatedYAMLHandler(YAMLHandler):
    """python-frontmatter's handler, with a boundary that swallows no blank lines."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)


def split_file(path: str, text: str) -> tuple[Split, list[Problem]]:
    """Split the text of a method file; `path` is only for the problems.

    Where the front matter cannot be read, the lines at fault are left out and the rest is read,
    so that one run reports everything.
    """
    problems: list[Problem] = []

    def report(code: str, line: int, column: int, what: str, mend: str) -> None:
        problems.append(Problem(path, line, column, code, what, mend))

    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(YAML_LINE_ENDS)
    start = len(text) - len(text.lstrip())
    first_line = 1 + text.count("\n", 0, start)
    text = text[start:]
    handler = LocatedYAMLHandler()
    if not handler.detect(text):
        what = "this file does not begin with a line of three hyphens"
        mend = "Put the facts of the method at the top, between two lines of ---. "
        mend += "docs/writing-a-method.md shows a whole file."
        report("front-matter-missing", first_line, 1, what, mend)
        return Split({}, text, first_line, whole=False), problems
    try:
        front, body = handler.split(text)
    except ValueError:
        what = "the front matter begins here and does not end"
        mend = "Put a line of three hyphens (---) below the last field, before the text."
        report("front-matter-open", first_line, 1, what, mend)
        front, heading, prose = text[3:].partition("\n## ")
        body = heading + prose
    fields = _read_yaml(front, first_line, report)
    whole = all(problem.code == "key-repeated" for problem in problems)
    return Split(fields, body, first_line + front.count("\n"), whole), problems


def _read_yaml(front: str, first_line: int, report: Report) -> dict[str, Node]:
    """Read the fields; after a fault, blank out the field it stands in and read again."""
    lines = front.split("\n")
    for _ in range(MAX_YAML_FAULTS):
        events: list[yaml.Event] = []
        try:
            _add_events(events, "\n".join(lines))
            if not (refused := list(_refused(events, first_line))):
                return _build(events, first_line, report)
            for fault in refused:
                report(*fault)
            return {}
        except yaml.YAMLError as error:
            quoted = _quoted_before(error, events)
            at, column = _fault_place(error, lines, quoted)
            code, what, mend = _in_plain_words(error, lines[at], quoted)
            report(code, at + first_line, column, what, mend)
            first, last = _field_around(lines, at)
            lines[first:last] = [""] * (last - first)
    return {}


def _add_events(events: list[yaml.Event], front: str) -> None:
    """Add YAML's events, up to a fault or the first too deep (reading on could take minutes)."""
    depth = 0
    for event in yaml.parse(front, Loader=LOADER):
        events.append(event)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            break


def _quoted_before(error: yaml.YAMLError, events: list[Any]) -> Any:
    """Return the text in quotation marks that ends on the line of a fault, right before it."""
    mark = getattr(error, "problem_mark", None)
    last: Any = events[-1] if events else None
    if mark is None or getattr(last, "style", None) not in ('"', "'"):
        return None
    return last if last.end_mark.line == mark.line else None


def _fault_place(error: yaml.YAMLError, lines: list[str], quoted: Any) -> tuple[int, int]:
    """Return index and column of what has to be mended, which is not always where YAML noticed."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", ""))
    if mark is None:  # a character YAML does not allow; it gives a position, not a line
        return next((i for i, line in enumerate(lines) if _CONTROL.search(line)), 0), 1
    if quoted and quoted.start_mark.line < mark.line:
        mark = quoted.start_mark
    elif context and not quoted and ("end of stream" in reason or "expected ',' or" in reason):
        mark = context
    at, column = min(mark.line, len(lines) - 1), mark.column + 1
    while at and not lines[at].strip():
        at, column = at - 1, 1
    return at, column


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_FIELD_START = re.compile(r"^[^\s#\-\]})][^\n]*")


def _field_around(lines: list[str], at: int) -> tuple[int, int]:
    """Return the first and one past the last line of the top-level field around line `at`."""
    first = at
    while first and not _FIELD_START.match(lines[first]):
        first -= 1
    last = at + 1
    while last < len(lines) and not _FIELD_START.match(lines[last]):
        last += 1
    return first, last


def _in_plain_words(error: yaml.YAMLError, line: str, quoted: Any) -> tuple[str, str, str]:
    """Return code, complaint and mend for what YAML stumbled over, as people really make it."""
    reason = str(getattr(error, "problem", "") or "")
    shown = line.strip()[:60]
    key = re.match(r"\s*(?:- )?([^:]+):\s+(\S.*:(?:\s.*)?)$", line)
    colon = key and "mapping values are not allowed" in reason
    odd = line.replace('\\"', "").count('"') % 2
    unclosed = "quoted" in str(getattr(error, "context", "")) and "end of stream" in reason
    unclosed = unclosed or bool(quoted and quoted.start_mark.line < quoted.end_mark.line)
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in reason:
        what = "this line is indented with a tab, which YAML does not allow"
        mend, code = "Use two spaces instead of each tab.", "yaml-tab"
    elif unclosed or (odd and not colon):
        what = f'a quotation mark is opened here and not closed ("{shown}")'
        mend = 'End the text with a second ". A " inside the text is written \\".'
        mend = mend if odd else "Put the whole text in double quotation marks."
        code = "yaml-quote"
    elif key and colon:
        value = key[2].replace('"', '\\"')
        what = f'this line cannot be read because its text contains a colon ("{shown}")'
        named = f': {key[1]}: "{value}"' if re.fullmatch(r"[a-z_]+", key[1]) else ""
        mend = f"Put the whole text in double quotation marks{named}."
        code = "yaml-colon"
    elif "expected ',' or" in reason:
        what = f'a bracket is opened here and not closed, or a comma is missing ("{shown}")'
        mend, code = "Write lists as [one, two] and groups as {min: 1, max: 2}.", "yaml-bracket"
    elif quoted:
        what = f'there is more behind a closing quotation mark ("{shown}")'
        mend = 'Put the whole text in double quotation marks, and write a " inside it as \\".'
        code = "yaml-quote"
    elif _CONTROL.search(line):
        what, mend = "this line holds a character that cannot be seen", "Type the line again."
        code = "yaml-character"
    elif "cannot start any token" in reason:
        what = f'this text begins with a character that has a meaning of its own ("{shown}")'
        mend, code = "Put the whole text in double quotation marks.", "yaml-character"
    else:
        what = f'this line cannot be read ("{shown}")'
        mend = "Write a field as name: value, with one space after the colon, and indent what "
        mend += "belongs to it by two spaces."
        code = "yaml-unreadable"
    return code, what, mend


def _refused(events: list[yaml.Event], first_line: int) -> Iterator[tuple[str, int, int, str, str]]:
    """Yield what YAML allows and we do not: aliases (they can expand without end), tags, depth."""
    depth = 0
    for event in events:
        line, column = _place(event, first_line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth == MAX_DEPTH + 1:
                what = "values are nested too deeply here"
                mend = "docs/writing-a-method.md shows the deepest form we use."
                yield "yaml-deep", line, column, what, mend
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if getattr(event, "explicit", False) and isinstance(event, yaml.DocumentStartEvent):
            what = "this line begins a second set of facts, which is not read"
            yield "yaml-document", line, column, what, "Take the three hyphens out."
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = "YAML's anchors and aliases (& and *) are not used in method files"
            mend = "Write the value out, or put the text in double quotation marks."
            yield "yaml-alias", line, column, what, mend
        if tag := getattr(event, "tag", None):
            what = f'YAML\'s tags are not used in method files ("{tag.replace(TAGS, "!!")}")'
            mend = "Take the word that begins with ! out, or put the text in quotation marks."
            yield "yaml-tag", line, column, what, mend


def _place(event: yaml.Event, first_line: int) -> tuple[int, int]:
    """Return the line of the file and the column on which an event begins."""
    mark = event.start_mark
    return (first_line, 1) if mark is None else (mark.line + first_line, mark.column + 1)


def _build(events: list[yaml.Event], first_line: int, report: Report) -> dict[str, Node]:
    """Make the tree of nodes from YAML's events; report repeated keys and a missing mapping."""
    queue = iter(events)

    def node(event: yaml.Event) -> Node:
        line, column = _place(event, first_line)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(child := next(queue), yaml.SequenceEndEvent):
                items.append(node(child))
            return Node(items, line, column, "list")
        if isinstance(event, yaml.MappingStartEvent):
            return Node(mapping(), line, column, "dict")
        scalar = cast(yaml.ScalarEvent, event)
        return Node(scalar.value, line, column, _kind(scalar))

    def mapping() -> dict[str, Node]:
        found: dict[str, Node] = {}
        seen: dict[str, int] = {}
        while not isinstance(event := next(queue), yaml.MappingEndEvent):
            key, value = node(event), node(next(queue))
            if value.line > key.line:  # a group is spoken of where its name stands
                value = replace(value, line=key.line, column=key.column)
            name = key.value if isinstance(key.value, str) else "[…]"
            if name in seen:
                what = f'"{name}" is given twice; the first time on line {seen[name]}'
                report("key-repeated", key.line, key.column, what, "Keep one of the two.")
            seen.setdefault(name, key.line)
            found.setdefault(name, value)
        return found

    for event in queue:
        if isinstance(event, yaml.MappingStartEvent):
            return mapping()
        if isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent)):
            line, _ = _place(event, first_line)
            what = "the front matter is not made of fields"
            report("front-matter-shape", line, 1, what, 'Write one field a line: title: "…".')
            break
    return {}


def _kind(scalar: yaml.ScalarEvent) -> str:
    """Return what YAML 1.1 takes an unquoted scalar for; "str" for a quoted one."""
    if scalar.style:
        return "str"
    tag: str = RESOLVER.resolve(yaml.ScalarNode, scalar.value, (True, False))  # type: ignore[no-untyped-call]
    return tag.removeprefix(TAGS)
