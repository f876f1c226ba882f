"""Describes the API to other programs: an OpenAPI 3.1 document, made from the code it describes.

Routes come from Flask, parameters and options from the vocabulary, answers from their types. The
page /api shows the same document to people (web/api/api_docs.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask

from catalogue import __version__
from catalogue.i18n import gettext
from catalogue.model.method import Cost, Method, Section
from catalogue.search.search_request import MAX_PER_PAGE, MAX_WORDS_LENGTH, PER_PAGE, SORTS
from catalogue.settings import Settings
from catalogue.urls import PATHS
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from catalogue.web.api.api_types import (
    MEANINGS,
    Alive,
    ErrorAnswer,
    Item,
    ItemCost,
    NotReady,
    Ready,
    SearchAnswer,
    SectionText,
    Suggestions,
)
from catalogue.web.api.json_schema import Schema, Schemas

OPENAPI = "3.1.0"
# Which addresses are for programs.
PREFIXES = (f"{PATHS.api}/", PATHS.healthz, PATHS.readyz)
# Answered for any address: 400, 405, 413, 414, 500 and 503.
ERROR = "default"


@dataclass(frozen=True)
class Operation:
    """What one address does: in a line, its parameters, its answer, and an address to try.

    `kind` is the type of the answer; None for one without a type of ours. `other` holds the types of
    answers with another status than 200, by status.
    """

    summary: str
    kind: Any
    parameters: tuple[Schema, ...] = ()
    example: str = ""
    other: tuple[tuple[str, Any], ...] = ()


def operations() -> dict[str, Operation]:
    """Return all operations by the name of their endpoint, in the reader's language."""
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
            tuple(_search_parameters()),
            f"{PATHS.api_methods}?q=young+people&cost=low",
        ),
        "api.method": Operation(
            gettext("One method whole, with its text as Markdown and as HTML."),
            Method,
            (slug,),
            PATHS.api_method("citizens-jury"),
            other=(("404", ErrorAnswer),),
        ),
        "api.suggestions": Operation(
            gettext(
                "Suggestions while somebody types: methods by any of their names, and purposes."
            ),
            Suggestions,
            (_words(),),
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


def _words() -> Schema:
    return _parameter(
        "q",
        gettext("The words to search for. Those in “quotation marks” must be there as they are."),
        {"type": "string", "maxLength": MAX_WORDS_LENGTH},
    )


def _search_parameters() -> Iterator[Schema]:
    yield _words()
    for facet in VOCABULARY.filters:
        options = {"type": "string", "enum": [*facet.values, UNKNOWN]}
        yield _parameter(
            facet.name,
            gettext("%(question)s Can be given several times.", question=gettext(facet.question)),
            {"type": "array", "items": options, "uniqueItems": True},
        )
    for span in VOCABULARY.ranges.values():
        yield _parameter(
            span.name,
            gettext(
                "%(question)s A number, or a range such as 20-40.", question=gettext(span.question)
            ),
            {"type": "string", "pattern": r"^\d{1,9}(-\d{1,9})?$", "examples": [span.example]},
        )
    yield _parameter(
        "sort", gettext("How the list is sorted."), {"type": "string", "enum": list(SORTS)}
    )
    yield _parameter(
        "page",
        gettext("Which page of the list; one beyond the last gives the last."),
        {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1},
    )
    yield _parameter(
        "per_page",
        gettext("How many methods a page holds."),
        {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE, "default": PER_PAGE},
    )


def _parameter(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def document(app: Flask, settings: Settings) -> Schema:
    """Return the OpenAPI document of an application, as plain values that JSON can carry."""
    schemas = Schemas(gettext)
    known = operations()
    paths = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule): {
            "get": _operation(rule.endpoint, known[rule.endpoint], schemas)
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
        "components": {"schemas": _completed(schemas.named)},
    }


def _operation(endpoint: str, operation: Operation, schemas: Schemas) -> Schema:
    shape = schemas.of(operation.kind) if operation.kind else {"type": "object"}
    return {
        "operationId": endpoint.replace(".", "_"),
        "summary": operation.summary,
        "parameters": list(operation.parameters),
        "responses": {
            "200": _answer(gettext("The answer."), shape),
            **{
                status: _answer(gettext("There is none."), schemas.of(kind))
                for status, kind in operation.other
            },
            ERROR: _answer(gettext("The request could not be answered."), schemas.of(ErrorAnswer)),
        },
    }


def _answer(description: str, shape: Schema) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": shape}}}


def _completed(named: dict[str, Schema]) -> dict[str, Schema]:
    """Return the schemas with all meanings and options, and a method as the API answers it."""
    parts = Schemas(gettext)
    section = parts.of(SectionText)
    item, method = named[Item.__name__], named[Method.__name__]
    # A file knows lines where the API gives HTML, and no address.
    del named[Section.__name__]
    method["properties"]["sections"] = {"type": "array", "items": section}
    method["properties"]["url"] = {"type": "string"}
    method["required"].append("url")
    for facet in VOCABULARY.facets.values():
        for schema in (method, item):
            if facet.field in schema["properties"]:
                _limit(schema["properties"][facet.field], facet.values)
    questions = {f.field: f.question or f.label for f in VOCABULARY.facets.values()}
    questions |= {span.field: span.question for span in VOCABULARY.ranges.values()}
    own = {name: part.get("description", "") for name, part in item["properties"].items()}
    costs = named[ItemCost.__name__]["properties"]
    own_costs = {name: part["description"] for name, part in costs.items()}
    for name, schema in named.items():
        meanings = {key: gettext(text) for key, text in MEANINGS.get(name, {}).items()}
        if schema is method:
            meanings = {**{k: gettext(q) for k, q in questions.items()}, **own, **meanings}
        if name == Cost.__name__:
            meanings = {**own_costs, **meanings}
        for key, part in schema["properties"].items():
            part.setdefault("description", meanings.get(key, ""))
    return {**named, **parts.named}


def _limit(schema: Schema, values: tuple[str, ...]) -> None:
    """Put the options into the schema of a field that holds one of them, or several."""
    if schema.get("type") == "array":
        schema["items"]["enum"] = list(values)
    elif schema.get("type") == "string":
        schema["enum"] = ["", *values]
    elif schema.get("type") == ["string", "null"]:
        schema["enum"] = [None, *values]
