"""Writes the text of a method file from plain values, in the order and with the quoting we ask for.

The other direction of validation/reader.py, for forms and for `catalogue new`: what is written here reads
back as the same values. Values are not judged; the reader does that, once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import yaml

from catalogue.model.fields import FIELDS, Field, options_of
from catalogue.model.unprintable import strip, strip_line
from catalogue.rendering.markdown import headings, unclosed_fence
from catalogue.vocabulary import VOCABULARY

SECTIONS = "sections"
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?")
_PLAIN_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
# PyYAML escapes what lies beyond the first 65,536 characters, such as emoji. A backslash that was typed is written twice.
_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\U([0-9A-F]{8})")
_RESOLVER = yaml.SafeLoader("")
_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
# These stand on lines of their own, because their texts are long; other lists stay on one line.
_ON_LINES = ("cost", "light", "large", "not_for")


class _Dumper(yaml.SafeDumper):
    """PyYAML's writer, with the items of a list indented below its name, as in all our files."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def write_method(values: Mapping[str, Any]) -> str:
    """Return the text of a method file.

    `values` holds front matter fields by name and, under "sections", texts by the id of their section. Lists are
    lists, ranges, costs, cases, sources and credits are mappings by the names of model/fields.py, numbers
    and years are numbers or texts, dates are dates or texts. What is None, "" or empty is left out
    ("not known"), except a section: its heading is written even without text. Texts are cleaned by
    `strip_line` and `clean_prose`. A text where a number, year, date or flag belongs is written in
    quotation marks unless it reads as one, so that the reader can say what is wrong with it.
    Raises KeyError for a field, option or section that does not exist.
    """
    known = {field.name: field for field in FIELDS}
    for name in values:
        if name != SECTIONS:
            known[name]  # raises KeyError for a name that is not ours
    front = write_fields(FIELDS, values)
    return f"---\n{front}---\n{_body(values.get(SECTIONS) or {})}"


def write_fields(fields: tuple[Field, ...], values: Mapping[str, Any]) -> str:
    """Return values by the names of fields as lines of YAML, as `write_method` does; "" for none."""
    node = _mapping(fields, values)
    written = yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=sys.maxsize)
    return _ESCAPE.sub(lambda m: m[1] + chr(int(m[2], 16)), str(written)) if node.value else ""


def clean_prose(text: str) -> str:
    """Return the text of a section as it stands in a file.

    Line ends become one kind, unseen characters, blank lines at the beginning and white space at
    the end go. A heading of the first or second level, which would end the section, becomes one of
    the third; `##word` keeps its signs behind a backslash; code that is opened and not closed is closed.
    """
    text = strip(_LINE_ENDS.sub("\n", text))
    lines = text.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    text = "\n".join(lines).rstrip()
    while found := headings(text):
        lines = text.split("\n")
        for heading in reversed(found):
            first = lines[heading.line]
            kept = f"\\{first}" if heading.loose else f"### {heading.text}".rstrip()
            lines[heading.line : heading.end] = [kept]
        text = "\n".join(lines)
    fence = unclosed_fence(text)
    return f"{text}\n{fence}" if fence else text


def _body(sections: Mapping[str, str]) -> str:
    unknown = set(sections) - set(VOCABULARY.sections)
    if unknown:
        raise KeyError(min(unknown))
    parts = []
    for section in VOCABULARY.sections.values():
        if section.id in sections:
            text = clean_prose(sections[section.id] or "")
            if section.optional and not text:
                continue
            parts.append(f"\n## {section.heading}\n" + (f"\n{text}\n" if text else ""))
    return "".join(parts)


def _mapping(fields: tuple[Field, ...], values: Mapping[str, Any], flow: bool = False) -> yaml.Node:
    """Return the fields that have a value, in the order of their table."""
    pairs = []
    for field in fields:
        value = values.get(field.name)
        if value is None or (isinstance(value, str) and not strip_line(value)):
            continue
        if isinstance(value, (list, tuple, dict)) and not value:
            continue
        node = _WRITERS[field.type](field, value)
        if not isinstance(node, yaml.CollectionNode) or node.value:
            pairs.append((yaml.ScalarNode(_STR, field.name), node))
    return yaml.MappingNode(_MAP, pairs, flow_style=flow)


def _text(_: Field, value: Any) -> yaml.Node:
    return yaml.ScalarNode(_STR, strip_line(str(value)), style='"')


def _bare(value: str) -> yaml.Node:
    """Return a value without quotation marks; its tag is what YAML takes it for, so none is written."""
    tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return yaml.ScalarNode(tag, value)


def _number(field: Field, value: Any) -> yaml.Node:
    if isinstance(value, float):
        value = f"{value:.15g}"
    text = strip_line(str(value))
    return _bare(text) if _PLAIN_NUMBER.fullmatch(text) else _text(field, text)


def _flag(field: Field, value: Any) -> yaml.Node:
    text = strip_line(str(value))
    if value is True or value is False:
        text = text.lower()
    return _bare(text) if text in ("true", "false") else _text(field, text)


def _date(field: Field, value: Any) -> yaml.Node:
    text = value.isoformat() if isinstance(value, date) else strip_line(str(value))
    return _bare(text) if _PLAIN_DATE.fullmatch(text) else _text(field, text)


def _choice(field: Field, value: Any) -> yaml.Node:
    text = strip_line(str(value))
    node = _bare(text)
    # A bare yes or no is true or false to YAML.
    safe = _PLAIN_WORD.fullmatch(text) and node.tag == _STR
    return node if safe else _text(field, text)


def _list(write: Callable[[Field, Any], yaml.Node]) -> Callable[[Field, Any], yaml.Node]:
    def write_all(field: Field, value: Any) -> yaml.Node:
        items = [write(field, item) for item in value if strip_line(str(item))]
        return yaml.SequenceNode(_SEQ, items, flow_style=field.name not in _ON_LINES)

    return write_all


def _record(field: Field, value: Any) -> yaml.Node:
    """Return a group on lines of its own, or on one; what lies inside stays on its line."""
    node = _mapping(field.fields, value, flow=field.name not in _ON_LINES)
    for _, inner in node.value:
        if isinstance(inner, yaml.CollectionNode):
            inner.flow_style = True
    return node


def _records(field: Field, value: Any) -> yaml.Node:
    flow = field.name in ("contributors", "timeline")
    items = [_mapping(field.fields, item, flow) for item in value]
    return yaml.SequenceNode(_SEQ, [item for item in items if item.value], flow_style=False)


def _sentences(field: Field, value: Any) -> yaml.Node:
    options = options_of(field)
    unknown = set(value) - set(options.values)
    if unknown:
        raise KeyError(min(unknown))
    pairs = [
        (_choice(field, option), _text(field, value[option]))
        for option in options.values
        if strip_line(str(value.get(option) or ""))
    ]
    return yaml.MappingNode(_MAP, pairs, flow_style=False)


_WRITERS: dict[str, Callable[[Field, Any], yaml.Node]] = {
    "text": _text,
    "address": _text,
    "number": _number,
    "year": _number,
    "flag": _flag,
    "date": _date,
    "month": _choice,
    "slug": _choice,
    "choice": _choice,
    "texts": _list(_text),
    "choices": _list(_choice),
    "slugs": _list(_choice),
    "range": _record,
    "people": _record,
    "cost": _record,
    "record": _record,
    "records": _records,
    "sentences": _sentences,
}
