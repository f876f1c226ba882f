"""Fixes how values are written: quotation marks, tabs, white space.

Proposes edits to authoring/fix/fixes.py, each to one line, where the validator found that YAML reads a value
otherwise than it was meant, or where a slip does no harm yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.authoring.fix.editable_text import Edit, Text, groups, single_values
from catalogue.model.numbers import as_digits, read_days, read_number
from catalogue.validation.front_matter import Node
from catalogue.validation.scalars import YAML_READS

# What comes before a value: indentation, the hyphens of a list, the name of a field.
HEAD = re.compile(r"[ \t]*(?:- +)*(?:[A-Za-z_][\w-]*:[ \t]+)?")
# A remark in YAML. A "#" right before a word is more likely part of the text: "the #1 choice".
REMARK = re.compile(r"[ \t]+# ")
TIGHT = re.compile(r"([ \t]*(?:- +)*[a-z_]+:)(?=[^\s:/])")
TEXTS = ("text", "texts", "address", "choice", "choices", "slugs", "sentences")
CURLY = "\u201c\u201d\u201e\u201f"
QUOTED = "the text stands in quotation marks"
YES_OR_NO = {"yes": "true", "y": "true", "on": "true", "true": "true",
             "no": "false", "n": "false", "off": "false", "false": "false"}  # fmt: skip
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
        # A remark stays one, whatever sign in it YAML stumbles over.
        if not text.line(number).lstrip().startswith("#"):
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
    for field, node in single_values(text.split.node):
        if field.type in TEXTS and node.kind in YAML_READS and (span := text.value_span(node)):
            yield Edit(node.line, *span, f'"{node.value}"', QUOTED)


def numbers(text: Text) -> Iterator[Edit]:
    """Propose numbers as digits, where they can be read in one way only and in the currency of their cost."""
    for known, found in groups(text.split.node):
        stated = found.get("currency")
        for field in known:
            node = found.get(field.name)
            if not node or node.kind != "str" or field.type not in ("number", "year"):
                continue
            written = read_number(str(node.value), whole=bool(field.unit))
            same = written.currency in ("", str(stated.value) if stated else "GBP")
            span = text.value_span(node)
            if written.sure is None or not same or not span:
                continue
            plain = as_digits(written.sure)
            note = f'{field.name}: "{node.value}" is now {plain}'
            yield Edit(node.line, *span, plain, UNQUOTED if node.value == plain else note)


def flags(text: Text) -> Iterator[Edit]:
    """Propose true and false for other words that mean them, and without quotation marks."""
    for field, node in single_values(text.split.node):
        meant = YES_OR_NO.get(str(node.value).lower()) if field.type == "flag" else None
        if not meant or (meant == node.value and node.kind != "str"):
            continue
        if span := text.value_span(node):
            yield Edit(node.line, *span, meant, f'{field.name}: "{node.value}" is now {meant}')


def days(text: Text) -> Iterator[Edit]:
    """Propose dates as year, month and day, where it is sure which figure is the day."""
    for field, node in single_values(text.split.node):
        meant = read_days(str(node.value)) if field.type == "date" else ()
        if len(meant) == 1 and meant[0] != node.value and (span := text.value_span(node)):
            note = f'{field.name}: "{node.value}" is now {meant[0]}'
            yield Edit(node.line, *span, meant[0], note)


def curly(text: Text) -> Iterator[Edit]:
    """Propose straight quotation marks where a whole value stands between curly ones."""
    for field, node in single_values(text.split.node):
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
