"""Fixes how values are written: quotation marks, tabs, white space.

Proposes edits to authoring/fix/fixes.py, each to one line, where the validator found that YAML reads a value
otherwise than it was meant, or where a slip does no harm yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.authoring.fix.editable_text import Edit, Text, single_values
from catalogue.validation.front_matter import Node
from catalogue.validation.scalars import YAML_READS

# What comes before a value: indentation, the hyphens of a list, the name of a field.
HEAD = re.compile(r"[ \t]*(?:- +)*(?:[A-Za-z_][\w-]*:[ \t]+)?")
# A remark in YAML. A "#" right before a word is more likely part of the text: "the #1 choice".
REMARK = re.compile(r"[ \t]+# ")
TIGHT = re.compile(r"([ \t]*(?:- +)*[a-z_]+:)(?=[^\s:/])")
TEXTS = ("text", "texts", "address", "choice", "choices", "slugs", "sentences")
NUMBER = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
CURLY = "\u201c\u201d\u201e\u201f"
QUOTED = "the text stands in quotation marks"
# A number as people write sums of money; other currencies are named in the field "currency".
MONEY = re.compile(r"£? ?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
PLAIN = "the number stands without signs and commas"
YES_OR_NO = {"yes": "true", "y": "true", "on": "true", "true": "true",
             "no": "false", "n": "false", "off": "false", "false": "false"}  # fmt: skip
# Day, month and year as people write them, or the year first with other signs.
DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})")
UNQUOTED = "the number stands without quotation marks"
STRAIGHT = "straight quotation marks in place of curly ones"
SPACED = "a space behind the colon"
TABS = "spaces in place of tabs"
ENDS = "no white space at the ends of lines"


def line_ends(text: Text) -> Iterator[Edit]:
    """Propose front matter without white space at the ends of its lines."""
    for number in range(text.first, text.split.body_line + 1):
        line = text.line(number)
        bare = line.rstrip(" \t")
        if bare != line and not bare.endswith("\\"):
            yield Edit(number, len(bare), len(line), "", ENDS)


def tabs(text: Text) -> Iterator[Edit]:
    """Propose two spaces for each tab of an indentation, in all of a field."""
    for at in _lines_with(text, "yaml-tab"):
        for number in text.field_lines(at):
            line = text.line(number)
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            if "\t" in indent:
                yield Edit(number, 0, len(indent), indent.replace("\t", "  "), TABS)


def colons(text: Text) -> Iterator[Edit]:
    """Propose a space behind the colon of a field's name."""
    faulty = _lines_with(text, "yaml-unreadable", "yaml-colon", "yaml-quote", "front-matter-shape")
    # YAML may stumble only over the line that follows.
    for number in sorted({*faulty, *(at - 1 for at in faulty)}):
        if number > text.first and (tight := TIGHT.match(text.line(number))):
            yield Edit(number, tight.end(), tight.end(), " ", SPACED)


def quotes(text: Text) -> Iterator[Edit]:
    """Propose quotation marks round texts that YAML cannot read without."""
    for number in _lines_with(text, "yaml-colon", "yaml-character", "yaml-quote"):
        head = HEAD.match(text.line(number))
        yield from _quoted_from(text, number, head.end() if head else 0)
    for name in ("aliases", "asked_as", "not_for"):
        found = text.split.fields.get(name)
        for item in found.value if found and isinstance(found.value, list) else ():
            # "It costs: a lot" is a group of fields to YAML.
            if isinstance(item, Node) and isinstance(item.value, dict):
                yield from _quoted_from(text, item.line, item.column - 1)


def _quoted_from(text: Text, number: int, start: int) -> Iterator[Edit]:
    value = text.line(number)[start:]
    if value[:1] not in ('"', "'"):
        value = REMARK.split(value)[0]
    value = value.rstrip()
    if value and value[0] not in "[{|>":
        yield Edit(number, start, start + len(value), quoted(value), QUOTED)


def traps(text: Text) -> Iterator[Edit]:
    """Propose quotation marks round texts that YAML takes for numbers, dates, true or false."""
    for field, node in single_values(_top(text)):
        if field.type in TEXTS and node.kind in YAML_READS and (span := text.value_span(node)):
            yield Edit(node.line, *span, f'"{node.value}"', QUOTED)


def numbers(text: Text) -> Iterator[Edit]:
    """Propose numbers, and true and false, without the quotation marks they were given."""
    for field, node in single_values(_top(text)):
        value = str(node.value)
        bare = (field.type in ("number", "year") and NUMBER.fullmatch(value)) or (
            field.type == "flag" and value in ("true", "false")
        )
        if bare and node.kind == "str" and (span := text.value_span(node)):
            yield Edit(node.line, *span, value, UNQUOTED)


def sums(text: Text) -> Iterator[Edit]:
    """Propose numbers without the sign of the pound and commas; other signs say another currency."""
    cost = text.split.fields.get("cost")
    parts = cost.value if cost and isinstance(cost.value, dict) else {}
    foreign = "currency" in parts and parts["currency"].value != "GBP"
    for field, node in single_values(_top(text)):
        found = MONEY.fullmatch(str(node.value)) if field.type == "number" else None
        if found and node.kind == "str" and not (foreign and "£" in found[0]):
            plain = found[1].replace(",", "") + (found[2] or "")
            if span := text.value_span(node):
                yield Edit(node.line, *span, plain, PLAIN)


def flags(text: Text) -> Iterator[Edit]:
    """Propose true and false for other words that mean them."""
    for field, node in single_values(_top(text)):
        meant = YES_OR_NO.get(str(node.value).lower()) if field.type == "flag" else None
        if meant and meant != node.value and (span := text.value_span(node)):
            yield Edit(node.line, *span, meant, f'{field.name}: "{node.value}" is now {meant}')


def days(text: Text) -> Iterator[Edit]:
    """Propose dates as year, month and day, where it is sure which figure is the day."""
    for field, node in single_values(_top(text)):
        better = _day(str(node.value)) if field.type == "date" else ""
        if better and (span := text.value_span(node)):
            yield Edit(node.line, *span, better, f'{field.name}: "{node.value}" is now {better}')


def _day(written: str) -> str:
    """Return a date as 2026-11-23; "" if it is no date, or 3/11 may be the third or the eleventh."""
    if found := YEAR_FIRST.fullmatch(written):
        year, month, day = found[1], found[3], found[4]
    elif found := DAY_FIRST.fullmatch(written):
        year, day, month = found[4], found[1], found[3]
        if int(month) > 12:
            day, month = month, day
        elif int(day) <= 12 and day != month:
            return ""
    else:
        return ""
    return f"{year}-{month:0>2}-{day:0>2}"


def curly(text: Text) -> Iterator[Edit]:
    """Propose straight quotation marks where a whole value stands between curly ones."""
    for field, node in single_values(_top(text)):
        span = text.value_span(node)
        if span and field.type in TEXTS and _between_curly(text.line(node.line)[slice(*span)]):
            yield Edit(node.line, *span, quoted(str(node.value)), STRAIGHT)


def _between_curly(written: str) -> bool:
    inner = set(written[1:-1])
    ends = len(written) > 2 and written[0] in CURLY and written[-1] in CURLY
    return ends and not inner & set(CURLY)


def quoted(value: str) -> str:
    """Return a text in double quotation marks; those it stands in already are taken off first."""
    if len(value) > 1 and value[0] in CURLY and value[-1] in CURLY:
        return f'"{_escaped(value[1:-1])}"'
    if len(value) > 1 and value[0] == value[-1] == "'":
        return f'"{_escaped(value[1:-1].replace(2 * value[0], value[0]))}"'
    if value[0] != '"':
        return f'"{_escaped(value)}"'
    # Opened by a quotation mark: what stands behind a backslash is written as YAML wants it.
    inner = value[1:-1] if len(value) > 1 and re.search(r'(?<!\\)(?:\\\\)*"$', value) else value[1:]
    if inner == value[1:] and re.search(r'(?<!\\)"', inner):
        inner = value  # only its first words stood in quotation marks
    inner = re.sub(r'\\.|"', lambda found: '\\"' if found[0] == '"' else found[0], inner)
    return f'"{inner}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _lines_with(text: Text, *codes: str) -> list[int]:
    """Return the lines on which one of some problems stands."""
    return sorted({problem.line for problem in text.problems if problem.code in codes})


def _top(text: Text) -> Node:
    return Node(text.split.fields, 1, 1, "dict")
