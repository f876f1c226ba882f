"""Says in plain words what YAML stumbled over, and leaves it out so that the rest can be read.

Used by validation/front_matter.py: after a fault the value at fault is left out of the draft and the draft is read
again, so that one run names every fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from catalogue.model.problems import MAX_REPEATED

MAX_DEPTH = 6
TAGS = "tag:yaml.org,2002:"
# A line that gives a field a value, or a list an item: what stands before the value.
NAMED = re.compile(r"( *(?:- +)*)[a-z_][a-z0-9_]*:(?= |$)")
ITEM = re.compile(r"( *(?:- +)*)-(?= |$)")
FIELD_START = re.compile(r"^[^\s#\-\]})][^\n]*")
# What YAML does not allow anywhere.
CONTROL = yaml.reader.Reader.NON_PRINTABLE

# Of these YAML tells some lines below, or at the end, what began further up.
NOTICED_LATE = ("end of stream", "expected ',' or", "could not find expected ':'")


@dataclass(frozen=True)
class Fault:
    """What is wrong with the YAML; `at` counts lines of the front matter from 0, `column` from 1.

    `values` and `variant` are those of the problem that reports it.
    """

    code: str
    at: int
    column: int
    values: dict[str, str] = field(default_factory=dict)
    variant: str = ""


@dataclass
class Draft:
    """The lines of the front matter, with what cannot be read left out.

    `gaps` are the line and column, from 0, of the nulls that stand for what was left out. `whole` is
    False where a field was lost with its name.
    """

    lines: list[str]
    gaps: set[tuple[int, int]] = field(default_factory=set)
    whole: bool = True
    _tried: list[int] = field(default_factory=list)

    def leave_out(self, fault: Fault) -> bool:
        """Leave out the value at fault, and say whether the fault is one of its own.

        It is not where leaving out a value did not help, or tore a bracket open that begins on a line
        before it; then the whole field goes.
        """
        at = fault.at
        first, last = _field_around(self.lines, at)
        torn = fault.code == "yaml-bracket" and any(at < tried < last for tried in self._tried)
        new = at not in self._tried and not torn
        self._tried.append(at)
        line = self.lines[at]
        named = NAMED.match(line) or ITEM.match(line)
        if fault.code == "yaml-document":
            self._blank(at, at + 1)
        elif new and "\t" in line:
            self.lines[at] = line.replace("\t", "  ")
        elif new and named:
            self.lines[at] = f"{line[: named.end()]} ~"
            self.gaps.add((at, named.end() + 1))
            self._blank(at + 1, _end_of_value(self.lines, at, len(named[1])))
        else:
            self._blank(first, last)
            self.whole = False
        return new

    def _blank(self, first: int, last: int) -> None:
        self.lines[first:last] = [""] * (last - first)


def _end_of_value(lines: list[str], at: int, column: int) -> int:
    """Return one past the last line that belongs to a value whose name or hyphen stands in a column."""
    end = at + 1
    while end < len(lines) and (
        not (bare := lines[end].lstrip()) or len(lines[end]) - len(bare) > column
    ):
        end += 1
    return end


def _field_around(lines: list[str], at: int) -> tuple[int, int]:
    """Return the first and one past the last line of the top-level field around line `at`."""
    first = at
    while first and not FIELD_START.match(lines[first]):
        first -= 1
    last = at + 1
    while last < len(lines) and not FIELD_START.match(lines[last]):
        last += 1
    return first, last


def fault_of(error: yaml.YAMLError, events: list[Any], lines: list[str]) -> Fault:
    """Return what YAML stumbled over after these events, and where it has to be fixed."""
    quoted = _quoted_before(error, events)
    at, column = _fault_position(error, lines, quoted)
    code, values, variant = _cause(error, lines[at], quoted)
    return Fault(code, at, column, values, variant)


def _quoted_before(error: yaml.YAMLError, events: list[Any]) -> Any:
    """Return the text in quotation marks that ends on the line of a fault, right before it."""
    mark = getattr(error, "problem_mark", None)
    last: Any = events[-1] if events else None
    if mark is None or getattr(last, "style", None) not in ('"', "'"):
        return None
    return last if last.end_mark.line == mark.line else None


def _fault_position(error: yaml.YAMLError, lines: list[str], quoted: Any) -> tuple[int, int]:
    """Return index and column of what has to be fixed, which is not always where YAML noticed."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", ""))
    if mark is None:  # a character YAML does not allow; it gives a position, not a line
        return next((i for i, line in enumerate(lines) if CONTROL.search(line)), 0), 1
    if quoted and quoted.start_mark.line < mark.line:
        mark = quoted.start_mark
    elif context and not quoted and any(early in reason for early in NOTICED_LATE):
        mark = context
    at, column = min(mark.line, len(lines) - 1), mark.column + 1
    while at and not lines[at].strip():
        at, column = at - 1, 1
    return at, column


def _cause(error: yaml.YAMLError, line: str, quoted: Any) -> tuple[str, dict[str, str], str]:
    """Return code, values and variant for what YAML stumbled over, as people really make it."""
    reason = str(getattr(error, "problem", "") or "")
    written = {"written": line.strip()[:60]}
    key = re.match(r"\s*(?:- )?([^:]+):\s+(\S.*:(?:\s.*)?)$", line)
    colon = key and "mapping values are not allowed" in reason
    odd = line.replace('\\"', "").count('"') % 2
    unclosed = "quoted" in str(getattr(error, "context", "")) and "end of stream" in reason
    unclosed = unclosed or bool(quoted and quoted.start_mark.line < quoted.end_mark.line)
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in reason:
        return "yaml-tab", {}, ""
    if unclosed or (odd and not colon):
        return "yaml-quote", written, "" if odd else "even"
    if key and colon:
        value = key[2].replace('"', '\\"')
        named = re.fullmatch(r"[a-z_]+", key[1]) and len(value) <= MAX_REPEATED
        values = {**written, "name": key[1], "value": value} if named else written
        return "yaml-colon", values, "" if named else "unnamed"
    if "expected ',' or" in reason:
        return "yaml-bracket", written, ""
    if quoted:
        return "yaml-quote", written, "behind"
    if CONTROL.search(line):
        return "yaml-character", {}, "unseen"
    if "cannot start any token" in reason:
        return "yaml-character", written, ""
    return "yaml-unreadable", written, ""


def refused(events: list[yaml.Event]) -> Iterator[Fault]:
    """Yield what YAML allows and we do not: aliases (they can expand without end), tags, depth."""
    depth = 0
    for event in events:
        mark = event.start_mark
        at, column = (0, 1) if mark is None else (mark.line, mark.column + 1)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth == MAX_DEPTH + 1:
                yield Fault("yaml-deep", at, column)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if getattr(event, "explicit", False) and isinstance(event, yaml.DocumentStartEvent):
            yield Fault("yaml-document", at, column)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield Fault("yaml-alias", at, column)
        if tag := getattr(event, "tag", None):
            yield Fault("yaml-tag", at, column, {"tag": tag.replace(TAGS, "!!")[:60]})
