"""Splits a method file into front matter and text, and keeps the line of every value.

First step of the flow: text in, a tree of located `Node`s and a body out, or problems that
say in plain words what YAML stumbled over. Nothing is raised and nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Protocol, cast

import yaml
from frontmatter.default_handlers import YAMLHandler

from catalogue.model.letters import compose
from catalogue.model.problems import Problem, Value, shown
from catalogue.validation.yaml_errors import MAX_DEPTH, TAGS, Draft, fault_of, refused
from catalogue.vocabulary import LOADER

# The kind of a value that had to be left out.
UNREADABLE = "unreadable"
RESOLVER = yaml.SafeLoader("")
# Each fault costs one more reading, and a second one where leaving out its value did not help.
MAX_YAML_FAULTS = 20
MAX_READINGS = 30
# YAML ends a line at these and no editor does, so its line numbers would be wrong.
YAML_LINE_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")

# The beginning and the rest of a number that a comma cuts in two within braces: {low: £5,000, high: 7.500,00 €}.
NUMBER_START = re.compile(r"[^\d\s,]{0,4} ?\d[\d.,'\u2019_\s]*")
NUMBER_REST = re.compile(r"\d{1,4}(?:\.\d+)?(?:\s?[^\d\s]{1,4})?")

FIELD = re.compile(r"[A-Za-z_]+:\s")
# How files of other programs begin, and the variant of the message that says so.
FOREIGN = {"+++": "toml", "{{": "wiki", "{": "json", "<": "html"}


class Report(Protocol):
    """A function that takes up one problem of the file."""

    def __call__(
        self, code: str, line: int, column: int, variant: str = "", **values: Value
    ) -> None:
        """Take up a problem with the values of its message."""


@dataclass(frozen=True)
class Node:
    """A value and where it stands. `value` is a text, a list of nodes or a dict of nodes.

    `kind` is what YAML takes an unquoted text for: str, int, float, bool, null or timestamp;
    it is "list" or "dict" for the other two, and UNREADABLE where a value had to be left out.
    """

    value: str | list[Node] | dict[str, Node]
    line: int
    column: int
    kind: str = "str"

    @property
    def whole(self) -> bool:
        """Whether every value directly inside could be read."""
        inside = self.value.values() if isinstance(self.value, dict) else self.value
        return all(isinstance(item, str) or item.kind != UNREADABLE for item in inside)


@dataclass(frozen=True)
class Split:
    """A method file in two parts; `body_line` is the line on which the body begins.

    `whole` is False where a field may have been lost with its name, so that nobody is told that a
    field is missing which is there and cannot be read.
    """

    fields: dict[str, Node]
    body: str
    body_line: int
    whole: bool = True

    @property
    def node(self) -> Node:
        """All fields as one value."""
        return Node(self.fields, 1, 1, "dict")


class LocatedYAMLHandler(YAMLHandler):
    """python-frontmatter's handler, with a boundary that swallows no blank lines."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)


def split_file(path: str, text: str) -> tuple[Split, list[Problem]]:
    """Split the text of a method file; `path` is only for the problems.

    Where the front matter cannot be read, the lines at fault are left out and the rest is read,
    so that one run reports everything.
    """
    problems: list[Problem] = []
    report = _reporter(path, problems)
    text = _with_plain_ends(text)
    start = len(text) - len(text.lstrip())
    first_line = 1 + text.count("\n", 0, start)
    text = text[start:]
    handler = LocatedYAMLHandler()
    if not handler.detect(text):
        variants = (variant for start, variant in FOREIGN.items() if text.startswith(start))
        report("front-matter-missing", first_line, 1, variant := next(variants, ""))
        # Facts in another form, or without the line above them, may all be there.
        given = variant in ("toml", "json") or FIELD.match(text)
        return Split({}, text, first_line, whole=not given), problems
    try:
        front, body = handler.split(text)
    except ValueError:
        report("front-matter-open", first_line, 1)
        front, heading, prose = text[3:].partition("\n## ")
        body = heading + prose
    fields, whole = _read_yaml(front, first_line, report)
    whole = whole and not any(problem.code.startswith("front-matter-") for problem in problems)
    return Split(fields, compose(body), first_line + front.count("\n"), whole), problems


def split_fields(path: str, text: str) -> tuple[Split, list[Problem]]:
    """Read a file that is YAML from its first line to its last, as the front matter of a method is read."""
    problems: list[Problem] = []
    front = _with_plain_ends(text).removeprefix("---")
    fields, whole = _read_yaml(front, 1, _reporter(path, problems))
    shapeless = any(problem.code.startswith("front-matter-") for problem in problems)
    return Split(fields, "", 1, whole and not shapeless), problems


def _reporter(path: str, problems: list[Problem]) -> Report:
    """Return what adds the problems of a file to a list."""

    def report(code: str, line: int, column: int, variant: str = "", **values: Value) -> None:
        problems.append(Problem(code, path, line, column, values, variant))

    return report


def _with_plain_ends(text: str) -> str:
    """Return a text whose lines end as editors see them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(YAML_LINE_ENDS)


def _read_yaml(front: str, first_line: int, report: Report) -> tuple[dict[str, Node], bool]:
    """Read the fields; after a fault, leave out what is at fault and read again.

    Also says whether all fields kept at least their names.
    """
    draft = Draft(front.split("\n"))
    reported = 0
    for _ in range(MAX_READINGS):
        events: list[yaml.Event] = []
        try:
            _add_events(events, "\n".join(draft.lines))
            faults = list(refused(events))
        except yaml.YAMLError as error:
            faults = [fault_of(error, events, draft.lines)]
        if not faults:
            return _build(events, first_line, draft.gaps, report), draft.whole
        first_of_line = {fault.at: fault for fault in reversed(faults)}
        for _, fault in sorted(first_of_line.items()):
            if draft.leave_out(fault):
                line = fault.at + first_line
                report(fault.code, line, fault.column, fault.variant, **fault.values)
                reported += 1
            if reported == MAX_YAML_FAULTS:
                return {}, False
    return {}, False


def _add_events(events: list[yaml.Event], front: str) -> None:
    """Add YAML's events, up to a fault or the first too deep (reading on could take minutes)."""
    depth = 0
    for event in yaml.parse(front, Loader=LOADER):
        events.append(event)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            break


def _place(event: yaml.Event, first_line: int) -> tuple[int, int]:
    """Return the line of the file and the column on which an event begins."""
    mark = event.start_mark
    return (first_line, 1) if mark is None else (mark.line + first_line, mark.column + 1)


def _build(
    events: list[yaml.Event], first_line: int, gaps: set[tuple[int, int]], report: Report
) -> dict[str, Node]:
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
        gap = (line - first_line, column - 1) in gaps
        return Node(compose(scalar.value), line, column, UNREADABLE if gap else _kind(scalar))

    def mapping() -> dict[str, Node]:
        found: dict[str, Node] = {}
        seen: dict[str, int] = {}
        last = ""
        while not isinstance(event := next(queue), yaml.MappingEndEvent):
            key, value = node(event), node(next(queue))
            if value.line > key.line:  # a group is spoken of where its name stands
                value = replace(value, line=key.line, column=key.column)
            name = key.value if isinstance(key.value, str) else "[…]"
            before = found.get(last)
            if before and _goes_on(before, key, value):
                found[last] = replace(before, value=f"{before.value},{name}", kind="str")
                continue
            last = name
            if name in seen:
                first = seen[name]
                report("key-repeated", key.line, key.column, name=shown(name), first=first)
            seen.setdefault(name, key.line)
            found.setdefault(name, value)
        return found

    for event in queue:
        if isinstance(event, yaml.MappingStartEvent):
            return mapping()
        if isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent)):
            line, _ = _place(event, first_line)
            report("front-matter-shape", line, 1)
            break
    return {}


def _goes_on(before: Node, key: Node, value: Node) -> bool:
    """Whether a name without a value is the rest of the number right before it: "000" after "£5"."""
    return (
        before.line == key.line
        and key.column == before.column + len(before.value) + 1
        and value.kind == "null"
        and not value.value
        and isinstance(before.value, str)
        and isinstance(key.value, str)
        and NUMBER_START.fullmatch(before.value) is not None
        and NUMBER_REST.fullmatch(key.value) is not None
    )


def _kind(scalar: yaml.ScalarEvent) -> str:
    """Return what YAML 1.1 takes an unquoted scalar for; "str" for a quoted one."""
    if scalar.style:
        return "str"
    tag: str = RESOLVER.resolve(yaml.ScalarNode, scalar.value, (True, False))  # type: ignore[no-untyped-call]
    return tag.removeprefix(TAGS)
