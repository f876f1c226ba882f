"""The documentation of the API: an OpenAPI document for programs, and a page for people made from it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from catalogue.i18n import gettext
from catalogue.urls import PATHS
from catalogue.web.api.openapi import REFERENCE, document, operations
from catalogue.web.api.search_parameters import Schema
from catalogue.web.api.views import allow_everyone
from catalogue.web.request_context import live_build, snapshot

blueprint = Blueprint("reference", __name__)


@dataclass(frozen=True)
class Part:
    """A parameter or property: its name, its type in a few words, what it means, its options.

    `shape` names the schema of its value, so that the page can link to it; "" for none.
    """

    name: str
    kind: str
    meaning: str
    options: tuple[str, ...] = ()
    shape: str = ""


@dataclass(frozen=True)
class Entry:
    """One operation as the page shows it."""

    path: str
    name: str
    summary: str
    parameters: tuple[Part, ...]
    shape: str
    example: str


@blueprint.get(PATHS.openapi)
def described() -> ResponseReturnValue:
    """Describe the API to programs."""
    return allow_everyone(jsonify(_document()))


@blueprint.get(PATHS.api)
def page() -> ResponseReturnValue:
    """Explain the API to people."""
    described = _document()
    shapes = {
        name: (schema["description"], [_part(key, value) for key, value in
                                       schema["properties"].items()])
        for name, schema in described["components"]["schemas"].items()
    }  # fmt: skip
    return render_template("api/api.html", entries=_entries(described), shapes=shapes)


def _document() -> Schema:
    return document(current_app, live_build().settings)


def _entries(described: Schema) -> list[Entry]:
    examples = {name.replace(".", "_"): o.example for name, o in operations().items()}
    # A method that this site has, whatever its methods are.
    for card in snapshot().cards[:1]:
        examples["api_method"] = PATHS.api_method(card.slug)
    entries = []
    for path, methods in described["paths"].items():
        operation = methods["get"]
        response = operation["responses"]["200"]["content"]["application/json"]["schema"]
        entries.append(
            Entry(
                path=path,
                name=operation["operationId"],
                summary=operation["summary"],
                parameters=tuple(
                    _part(p["name"], {**p["schema"], "description": p["description"]})
                    for p in operation["parameters"]
                ),
                shape=_shape(response),
                example=examples[operation["operationId"]] or path,
            )
        )
    return entries


def _part(name: str, schema: Schema) -> Part:
    inner = schema.get("items") or schema.get("additionalProperties") or schema
    options = [str(option) for option in inner.get("enum", ()) if option]
    return Part(name, _kind(schema), schema.get("description", ""), tuple(options), _shape(schema))


def _shape(schema: Schema) -> str:
    """Return the name of the schema that a schema refers to, itself, in a list or by name; "" for none."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(REFERENCE)
    inner = [schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", ())]
    return next((found for part in inner if part and (found := _shape(part))), "")


def _kind(schema: Schema) -> str:
    """Return the type of a value in words."""
    if "anyOf" in schema:
        return gettext(" or ").join(_kind(part) for part in schema["anyOf"])
    if "$ref" in schema:
        return gettext("object")
    words = {
        "string": gettext("text"),
        "integer": gettext("whole number"),
        "number": gettext("number"),
        "boolean": gettext("true or false"),
        "null": gettext("null"),
        "array": gettext("list"),
        "object": gettext("objects by name"),
    }
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return gettext(" or ").join(words[kind] for kind in kinds)
