"""Turns Python types into JSON Schema: TypedDicts, dataclasses and what they are made of.

Only what the answers of the API use is understood; anything else is an error, so that nothing is
described wrongly. web/api/openapi.py asks it for each answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from inspect import cleandoc
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

Schema = dict[str, Any]

PLAIN: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
}


class Schemas:
    """Schemas by the name of their class, gathered while types are described."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        """Take a function that puts the meaning of a field into the reader's language."""
        self.named: dict[str, Schema] = {}
        self._translate = translate

    def of(self, kind: Any) -> Schema:
        """Return the schema of a type. Raises TypeError for one that answers cannot have."""
        if kind in PLAIN:
            return dict(PLAIN[kind])
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            inner, meaning = arguments
            return {**self.of(inner), "description": self._translate(meaning)}
        if origin is NotRequired:
            return self.of(arguments[0])
        if origin in (Union, UnionType):
            return self._one_of(arguments)
        if origin in (list, tuple):
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        if is_typeddict(kind) or is_dataclass(kind):
            return self._named(kind)
        raise TypeError(f"{kind!r} has no JSON form here.")

    def _one_of(self, kinds: tuple[Any, ...]) -> Schema:
        found = [self.of(kind) for kind in kinds]
        if all(set(schema) == {"type"} for schema in found):
            return {"type": [schema["type"] for schema in found]}
        return {"anyOf": found}

    def _named(self, kind: Any) -> Schema:
        name = kind.__name__
        if name not in self.named:
            self.named[name] = {}  # stops a type that holds itself
            hints = get_type_hints(kind, include_extras=True)
            names = [f.name for f in fields(kind)] if is_dataclass(kind) else list(hints)
            self.named[name] = {
                "type": "object",
                "description": self._translate(cleandoc(kind.__doc__ or "")),
                "properties": {key: self.of(hints[key]) for key in names},
                "required": [n for n in names if get_origin(hints[n]) is not NotRequired],
                "additionalProperties": False,
            }
        return {"$ref": f"#/components/schemas/{name}"}
