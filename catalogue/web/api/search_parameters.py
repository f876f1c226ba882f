"""The parameters of a search, as the OpenAPI document describes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catalogue.i18n import gettext
from catalogue.search.parameters import MAX_WORDS_LENGTH
from catalogue.search.search_request import (
    LIMITS_OFF,
    MAX_PER_PAGE,
    PER_PAGE,
    SORTS,
    WEAKER_SHOWN,
)
from catalogue.vocabulary import UNKNOWN, VOCABULARY

# An object of the document.
Schema = dict[str, Any]


def words_parameter() -> Schema:
    """Return the parameter of words."""
    return parameter(
        "q",
        gettext("The words to search for. Those in “quotation marks” must be there as they are."),
        {"type": "string", "maxLength": MAX_WORDS_LENGTH},
    )


def search_parameters() -> Iterator[Schema]:
    """Yield every parameter of a search."""
    yield words_parameter()
    for facet in VOCABULARY.filters:
        options = {"type": "string", "enum": [*facet.values, UNKNOWN]}
        yield parameter(
            facet.name,
            gettext("%(question)s Can be given several times.", question=gettext(facet.question)),
            {"type": "array", "items": options, "uniqueItems": True},
        )
    for span in VOCABULARY.ranges.values():
        yield parameter(
            span.name,
            gettext(
                "%(question)s A number, a range such as 20-40, or “unknown” for methods that do not say.",
                question=gettext(span.question),
            ),
            {
                "type": "string",
                "pattern": rf"^(\d{{1,9}}(-\d{{1,9}})?|{UNKNOWN})$",
                "examples": [span.example],
            },
        )
    yield parameter(
        "sort", gettext("How the list is sorted."), {"type": "string", "enum": list(SORTS)}
    )
    yield parameter(
        "limits",
        gettext("Whether limits in the words, such as a sum or a time, put what fits first."),
        {"type": "string", "enum": [LIMITS_OFF]},
    )
    yield parameter(
        "weaker",
        gettext("Whether weaker matches are listed after the strong ones."),
        {"type": "string", "enum": [WEAKER_SHOWN]},
    )
    yield parameter(
        "page",
        gettext("Which page of the list; one beyond the last gives the last."),
        {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1},
    )
    yield parameter(
        "per_page",
        gettext("How many methods a page holds."),
        {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE, "default": PER_PAGE},
    )


def parameter(name: str, description: str, schema: Schema) -> Schema:
    """Return one parameter of a query string."""
    return {"name": name, "in": "query", "description": description, "schema": schema}
