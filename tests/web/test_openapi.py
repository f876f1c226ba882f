"""The description of the API is a proper document, complete, and true of real answers."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from catalogue import __version__
from catalogue.model.method import Method
from catalogue.presentation.api_types import TYPES, Ready
from catalogue.search.search_request import MAX_PER_PAGE, SORTS
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from catalogue.web.api.openapi import PREFIXES
from tests.web.test_api import SEARCHES

ROUTES = {
    "/api/v1/methods",
    "/api/v1/methods/{slug}",
    "/api/v1/plan",
    "/api/v1/suggest",
    "/api/v1/openapi.json",
    "/healthz",
    "/readyz",
}


@pytest.fixture(scope="module")
def described(app: Flask) -> dict[str, Any]:
    """The document."""
    found = app.test_client().get("/api/v1/openapi.json").get_json()
    assert isinstance(found, dict)
    return found


def faults(described: dict[str, Any], path: str, answer: Any, status: str = "200") -> list[str]:
    """Return where an answer differs from what is described for a path and a status."""
    responses = described["paths"][path]["get"]["responses"]
    schema = responses[status]["content"]["application/json"]["schema"]
    whole = {**schema, "components": described["components"]}
    return [f"{e.json_path}: {e.message}" for e in Draft202012Validator(whole).iter_errors(answer)]


def test_the_description_is_a_proper_openapi_document(described: dict[str, Any]) -> None:
    validate(described)
    assert described["openapi"] == "3.1.0"
    assert described["info"]["version"] == __version__


def test_every_address_for_programs_is_described_and_no_other(
    app: Flask, described: dict[str, Any]
) -> None:
    routes = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PREFIXES)
    }
    assert set(described["paths"]) == routes == ROUTES


def test_only_reading_is_described(described: dict[str, Any]) -> None:
    assert {method for path in described["paths"].values() for method in path} == {"get"}


def test_every_parameter_of_a_search_is_described_with_its_options(
    described: dict[str, Any],
) -> None:
    parameters = described["paths"]["/api/v1/methods"]["get"]["parameters"]
    schemas = {parameter["name"]: parameter["schema"] for parameter in parameters}
    filters = [facet.name for facet in VOCABULARY.filters]
    assert list(schemas) == [
        "q",
        *filters,
        *VOCABULARY.ranges,
        "sort",
        "limits",
        "weaker",
        "page",
        "per_page",
    ]
    for facet in VOCABULARY.filters:
        assert schemas[facet.name]["items"]["enum"] == [*facet.values, UNKNOWN]
    assert schemas["sort"]["enum"] == list(SORTS)
    assert schemas["per_page"]["maximum"] == MAX_PER_PAGE


def test_everything_described_says_what_it_means(described: dict[str, Any]) -> None:
    silent = [
        f"{name}.{key}"
        for name, schema in described["components"]["schemas"].items()
        for key, part in {"": schema, **schema["properties"]}.items()
        if not part.get("description", "").strip()
    ]
    silent += [
        f"{path} {parameter['name']}"
        for path, methods in described["paths"].items()
        for parameter in methods["get"]["parameters"]
        if not parameter["description"]
    ]
    assert silent == []


def test_nothing_is_described_that_nothing_uses(described: dict[str, Any]) -> None:
    text = str(described)
    unused = [name for name in described["components"]["schemas"]
              if f"#/components/schemas/{name}'" not in text]  # fmt: skip
    assert unused == []


@pytest.mark.parametrize("query", SEARCHES)
def test_answers_to_searches_are_as_described(
    client: FlaskClient, described: dict[str, Any], query: str
) -> None:
    answer = client.get(f"/api/v1/methods{query}").get_json()
    assert faults(described, "/api/v1/methods", answer) == []


def test_every_method_is_answered_as_described(
    app: Flask, client: FlaskClient, described: dict[str, Any]
) -> None:
    slugs = app.extensions["catalogue"].snapshot().slugs
    assert len(slugs) == 6
    for slug in slugs:
        answer = client.get(f"/api/v1/methods/{slug}").get_json()
        assert faults(described, "/api/v1/methods/{slug}", answer) == []


@pytest.mark.parametrize(
    ("path", "address", "status"),
    [
        ("/api/v1/suggest", "/api/v1/suggest?q=ju", "200"),
        ("/healthz", "/healthz", "200"),
        ("/readyz", "/readyz", "200"),
        ("/api/v1/methods/{slug}", "/api/v1/methods/zzz", "404"),
        ("/api/v1/methods", "/api/v1/methods?q=" + "a" * 20_000, "default"),
    ],
)
def test_other_answers_are_as_described(
    client: FlaskClient, described: dict[str, Any], path: str, address: str, status: str
) -> None:
    assert faults(described, path, client.get(address).get_json(), status) == []


def test_an_answer_that_is_not_as_described_is_noticed(
    client: FlaskClient, described: dict[str, Any]
) -> None:
    answer = client.get("/api/v1/methods").get_json()
    answer["items"][0]["purposes"] = ["dancing"]
    del answer["items"][1]["slug"]
    answer["more"] = 1
    found = faults(described, "/api/v1/methods", answer)
    assert sorted(fault.partition(": ")[0] for fault in found) == [
        "$",
        "$.items[0].purposes[0]",
        "$.items[1]",
    ]


def test_a_method_is_described_with_all_its_fields(described: dict[str, Any]) -> None:
    properties = described["components"]["schemas"]["Method"]["properties"]
    assert set(properties) == {*Method.__dataclass_fields__, "url", "sizes"}


def test_every_type_lists_all_its_properties_in_their_order_and_allows_no_others(
    described: dict[str, Any],
) -> None:
    schemas = described["components"]["schemas"]
    assert list(schemas) == [kind.__name__ for kind in TYPES]
    for kind in TYPES:
        schema = schemas[kind.__name__]
        names = [f.name for f in fields(kind)] if is_dataclass(kind) else [*kind.__annotations__]
        assert list(schema["properties"]) == names + ["url", "sizes"] * (kind is Method)
        left_out = set(schema["properties"]) - set(schema["required"])
        assert left_out == ({"reason", "search"} if kind is Ready else set())
        assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("name", "key", "schema"),
    [
        ("Range", "low", {"type": "number"}),
        ("Range", "high", {"type": ["number", "null"]}),
        ("Range", "note", {"type": "string"}),
        ("Cost", "year", {"type": ["integer", "null"]}),
        ("Item", "cost", {"anyOf": [{"$ref": "#/components/schemas/ItemCost"}, {"type": "null"}]}),
        ("Method", "inclusion", {"type": "object", "additionalProperties": {"type": "string"}}),
        ("Method", "sections",
         {"type": "array", "items": {"$ref": "#/components/schemas/SectionText"}}),
        ("Method", "last_reviewed",
         {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}),
    ],
)  # fmt: skip
def test_the_type_of_a_property_is_described(
    described: dict[str, Any], name: str, key: str, schema: dict[str, Any]
) -> None:
    found = described["components"]["schemas"][name]["properties"][key]
    assert {word: part for word, part in found.items() if word != "description"} == schema
