"""The OpenAPI 3.1 document of the API, made from the code it describes.

Routes come from Flask, parameters and options from the vocabulary, schemas of responses from their types.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from inspect import getdoc
from typing import Annotated, Any, NotRequired, get_args, get_origin, get_type_hints

import msgspec
from flask import Flask

from catalogue import __version__
from catalogue.i18n import gettext
from catalogue.model.fields import DUTY_FIELDS, FIELDS, ROOM_FIELDS, SIZE_FIELDS, STEP_FIELDS, Field
from catalogue.model.method import POSSIBLE, Cost, Duty, Method, Room, Size, Step
from catalogue.presentation.api_meanings import MEANINGS
from catalogue.presentation.api_types import (
    TYPES,
    Alive,
    ErrorAnswer,
    Item,
    ItemCost,
    NotReady,
    ProblemDetails,
    Ready,
    SearchAnswer,
    SectionText,
    SizeData,
    Suggestions,
)
from catalogue.settings import Settings
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY
from catalogue.web.api.plan_parameters import plan_operation
from catalogue.web.api.search_parameters import Schema, search_parameters, words_parameter

OPENAPI = "3.1.0"
REFERENCE = "#/components/schemas/"
# The paths that are for programs.
PREFIXES = (f"{PATHS.api}/", PATHS.healthz, PATHS.readyz)
# The statuses that any path may have: 400, 405, 413, 414, 500 and 503.
ERROR = "default"


@dataclass(frozen=True)
class Operation:
    """One operation: a summary, its parameters, its response, and an example URL.

    `kind` is the type of the response; None for one without a type of ours. `other` holds the types of
    responses with another status than 200, by status.
    """

    summary: str
    kind: Any
    parameters: tuple[Schema, ...] = ()
    example: str = ""
    other: tuple[tuple[str, Any], ...] = ()


def operations() -> dict[str, Operation]:
    """Return all operations by the name of their endpoint, in the current language."""
    slug = {
        "name": "slug",
        "in": "path",
        "required": True,
        "description": gettext("The name of the method in addresses."),
        "schema": {"type": "string"},
    }
    return {
        "api.methods": Operation(
            gettext("Search the methods, with the same words and filters as the page of methods."),
            SearchAnswer,
            tuple(search_parameters()),
            f"{PATHS.api_methods}?q=young+people&cost=low",
        ),
        "api.method": Operation(
            gettext("One method whole, with its text as Markdown and as HTML."),
            Method,
            (slug,),
            other=(("404", ErrorAnswer),),
        ),
        "api.plan": Operation(*plan_operation()),
        "api.suggestions": Operation(
            gettext(
                "Suggestions while somebody types: methods by any of their names, and purposes."
            ),
            Suggestions,
            (words_parameter(),),
            f"{PATHS.api_suggest}?q=jur",
        ),
        "health.alive": Operation(gettext("That the site is alive."), Alive, example=PATHS.healthz),
        "health.ready": Operation(
            gettext("Which build is served, and whether it is the newest."),
            Ready,
            example=PATHS.readyz,
            other=(("503", NotReady),),
        ),
        "reference.described": Operation(
            gettext("This description, as an OpenAPI document."),
            None,
            example=PATHS.openapi,
        ),
    }


# The classes that are groups of fields of a method file, whose meanings stand with the fields.
FIELD_MEANINGS: dict[type, tuple[Field, ...]] = {
    Method: FIELDS,
    Size: SIZE_FIELDS,
    Step: STEP_FIELDS,
    Duty: DUTY_FIELDS,
    Room: ROOM_FIELDS,
}


def document(app: Flask, settings: Settings) -> Schema:
    """Return the OpenAPI document of an application, as plain values that JSON can carry."""
    known = operations()
    paths = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule): {
            "get": _operation(rule.endpoint, known[rule.endpoint])
        }
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PREFIXES) and rule.endpoint in known
    }
    return {
        "openapi": OPENAPI,
        "info": {
            "title": settings.site_name,
            "version": __version__,
            "description": gettext(
                "All addresses can only be read, need no key, and may be asked from any site. "
                "What cannot be understood in a request is left out and named in the answer."
            ),
            "license": {"name": "CC-BY-4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": settings.site_url or "/"}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _operation(endpoint: str, operation: Operation) -> Schema:
    schema = _reference(operation.kind) if operation.kind else {"type": "object"}
    return {
        "operationId": endpoint.replace(".", "_"),
        "summary": operation.summary,
        "parameters": list(operation.parameters),
        "responses": {
            "200": _response(gettext("The answer."), schema),
            **{
                status: _response(gettext("There is none."), _reference(kind))
                if kind is not ErrorAnswer
                else _error_response(gettext("There is none."))
                for status, kind in operation.other
            },
            ERROR: _error_response(gettext("The request could not be answered.")),
        },
    }


def _response(description: str, schema: Schema) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _error_response(description: str) -> Schema:
    """Return the response to an error in both of its forms."""
    response = _response(description, _reference(ErrorAnswer))
    response["content"]["application/problem+json"] = {"schema": _reference(ProblemDetails)}
    return response


def _reference(kind: type) -> Schema:
    return {"$ref": f"{REFERENCE}{kind.__name__}"}


def _schemas() -> dict[str, Schema]:
    """Return the schemas of all types by name, each property with its meaning and its options."""
    _, found = msgspec.json.schema_components(TYPES, ref_template=f"{REFERENCE}{{name}}")
    method = found[Method.__name__]
    # The model has lines where the API has HTML, and no URL.
    method["properties"]["sections"] = {"type": "array", "items": _reference(SectionText)}
    method["properties"]["url"] = {"type": "string"}
    method["properties"]["sizes"] = {"type": "array", "items": _reference(SizeData)}
    named = {kind.__name__: _closed(kind, found[kind.__name__]) for kind in TYPES}
    options = {facet.field: facet.values for facet in VOCABULARY.facets.values()}
    options |= {field: VOCABULARY.facets[name].values for name, field in POSSIBLE.items()}
    for kind in (Method, Item):
        properties = named[kind.__name__]["properties"]
        for field in options.keys() & properties.keys():
            _limit(properties[field], options[field])
    return named


def _closed(kind: type, schema: Schema) -> Schema:
    """Return the schema of a class with its properties as the class orders them, and no others."""
    meanings, parts = _meanings(kind), schema["properties"]
    # msgspec orders the properties of a TypedDict by name.
    own = [field.name for field in fields(kind)] if is_dataclass(kind) else kind.__annotations__
    names = {**dict.fromkeys(own), **parts}
    return {
        "type": "object",
        "description": gettext(getdoc(kind) or ""),
        "properties": {
            name: {**_short(parts[name]), "description": gettext(meanings[name])} for name in names
        },
        # What has a default in a dataclass is in every response too.
        "required": [n for n in names if n in schema["required"] or is_dataclass(kind)],
        "additionalProperties": False,
    }


def _short(schema: Schema) -> Schema:
    """Return a schema with a union of plain types as a list of types, and without its default."""
    types = [option["type"] for option in schema.get("anyOf", ()) if set(option) == {"type"}]
    if not types or len(types) < len(schema["anyOf"]):
        return {key: value for key, value in schema.items() if key != "default"}
    # Every integer is a number.
    types = [name for name in types if name != "integer" or "number" not in types]
    return {"type": types if len(types) > 1 else types[0]}


def _meanings(kind: type) -> dict[str, str]:
    """Return what each property of a class means, by its name."""
    own = {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        inner = get_args(hint)[0] if get_origin(hint) is NotRequired else hint
        if get_origin(inner) is Annotated:
            own[name] = inner.__metadata__[0]
    if kind in FIELD_MEANINGS:
        own = {field.name: field.meaning for field in FIELD_MEANINGS[kind]}
    if kind is Cost:
        own = _meanings(ItemCost)
    if kind is Method:
        questions = {f.field: f.question or f.label for f in VOCABULARY.facets.values()}
        questions |= {span.field: span.question for span in VOCABULARY.ranges.values()}
        own = own | questions | _meanings(Item)
    return own | MEANINGS.get(kind.__name__, {})


def _limit(schema: Schema, values: tuple[str, ...]) -> None:
    """Put the options into the schema of a field that holds one of them, or several."""
    if schema.get("type") == "array":
        schema["items"]["enum"] = list(values)
    elif schema.get("type") == "string":
        schema["enum"] = ["", *values]
    elif schema.get("type") == ["string", "null"]:
        schema["enum"] = [None, *values]
