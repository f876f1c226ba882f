"""The JSON Schema of the front matter (draft 2020-12), made from model/fields.py and the vocabulary.

Editors complete and check with it, and programs can read it at /schema/method.schema.json. It judges
as the validator does in everything that a schema can say; tests/authoring/test_front_matter_schema.py names what it cannot.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from catalogue.model.fields import FIELDS, Field, options_of
from catalogue.model.slugs import SLUG
from catalogue.model.unprintable import REJECTED
from catalogue.validation.scalars import (
    DAY,
    MAX_NUMBER,
    MIN_YEAR,
    WEB_ADDRESS,
)

Schema = dict[str, Any]

# A character that can be seen: neither white space nor a control character.
SEEN = rf"[^\s{REJECTED}]"


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(method_schema(), indent=2, ensure_ascii=False) + "\n"


def method_schema() -> Schema:
    """Return the schema of the front matter of one method file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A participation method",
        "description": "The facts at the top of a method file.",
        **_record(FIELDS),
    }


def _record(fields: Iterable[Field]) -> Schema:
    """Return the schema of a group of fields; one that is left empty counts as left out."""
    fields = tuple(fields)
    found: Schema = {
        "type": "object",
        "properties": {field.name: _described(field) for field in fields},
        "additionalProperties": False,
    }
    if required := [field.name for field in fields if field.required]:
        found["required"] = required
    return found


def _described(field: Field) -> Schema:
    made = MAKERS[field.type](field)
    if not field.required:
        made = _or_nothing(made)
    return {
        "title": field.name.replace("_", " ").capitalize(),
        "description": _meaning(field),
        **made,
    }


def _or_nothing(made: Schema) -> Schema:
    """Let a value be left empty too, which means "not known"."""
    made = {**made, "type": [made["type"], "null"]}
    if "enum" in made:
        made["enum"] = [*made["enum"], None]
        made["enumDescriptions"] = [*made["enumDescriptions"], "Not known."]
    return made


def _meaning(field: Field) -> str:
    """Return what a field holds, with its options and what each means."""
    if not field.options:
        return field.meaning
    options = options_of(field).options
    return "\n".join([field.meaning, "", *(f"- {o.value}: {o.help or o.label}" for o in options)])


def _text(field: Field) -> Schema:
    """Return the schema of a text; its length is counted with each run of white space as one."""
    most = field.at_most if field.type == "text" else 0
    times = f"{{1,{most}}}" if most else "+"
    words = f"Write some words{f', at most {most} characters' if most else ''}."
    return {
        "type": "string",
        "pattern": rf"^\s*(?:{SEEN}|\s+(?=\S)){times}\s*$",
        "patternErrorMessage": words,
    }


def _address(field: Field) -> Schema:
    shape = WEB_ADDRESS.pattern.replace(r"[^\s", SEEN[:-1])
    return {
        "type": "string",
        "pattern": rf"^\s*(?:{shape})\s*$",
        "patternErrorMessage": "Write the whole address, beginning with https://.",
    }


def _number(field: Field) -> Schema:
    return {"type": "number", "minimum": 0, "maximum": MAX_NUMBER}


def _year(field: Field) -> Schema:
    return {"type": "integer", "minimum": MIN_YEAR, "maximum": 9999}


def _flag(field: Field) -> Schema:
    return {"type": "boolean"}


def _date(field: Field) -> Schema:
    return {
        "type": "string",
        "format": "date",
        "pattern": f"^{DAY.pattern}$",
        "patternErrorMessage": "Write year, month and day: 2026-11-23.",
    }


def _choice(field: Field) -> Schema:
    options = options_of(field).options
    return {
        "type": "string",
        "enum": [option.value for option in options],
        "enumDescriptions": [option.help or option.label for option in options],
    }


def _list(field: Field, items: Schema) -> Schema:
    found: Schema = {"type": "array", "items": items}
    if field.at_least:
        found["minItems"] = field.at_least
    if field.at_most:
        found["maxItems"] = field.at_most
    return found


def _slug(field: Field) -> Schema:
    return {
        "type": "string",
        "pattern": rf"^\s*{SLUG.pattern}\s*$",
        "patternErrorMessage": "Write the file name without .md.",
    }


def _cost(field: Field) -> Schema:
    """Return the schema of a cost: two figures and no band, or a band."""
    figures = {name: {"type": "number"} for name in ("low", "high")}
    return {
        **_record(field.fields),
        "if": {"properties": figures, "required": list(figures)},
        "then": {"properties": {"band": {"type": "null"}}},
        "else": {"properties": {"band": {"type": "string"}}, "required": ["band"]},
    }


def _sentences(field: Field) -> Schema:
    sentence = _or_nothing(_text(field))
    return {
        "type": "object",
        "properties": {
            option.value: {"title": option.label, "description": option.help, **sentence}
            for option in options_of(field).options
        },
        "additionalProperties": False,
    }


MAKERS: dict[str, Callable[[Field], Schema]] = {
    "text": _text,
    "address": _address,
    "number": _number,
    "year": _year,
    "flag": _flag,
    "date": _date,
    "choice": _choice,
    "texts": lambda field: _list(field, _text(field)),
    "choices": lambda field: {**_list(field, _choice(field)), "uniqueItems": True},
    "slugs": lambda field: _list(field, _slug(field)),
    "range": lambda field: _record(field.fields),
    "people": lambda field: _record(field.fields),
    "record": lambda field: _record(field.fields),
    "cost": _cost,
    "records": lambda field: _list(field, _record(field.fields)),
    "sentences": _sentences,
}
