"""The JSON answers are a contract: their keys and types, and the same totals as the pages.

Search: {"total", "page", "per_page", "items", "facets", "notices"}. Health: {"status", "build",
"methods", "version"}. Errors: test_error_shape.py.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from catalogue.model.method import Method
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from catalogue.web import create_app
from tests.support.page import PageClient
from tests.support.reading import texts, words

# What every answer to a search has; more may be added, nothing may be taken away.
CONTRACT = {
    "total": int,
    "page": int,
    "per_page": int,
    "items": list,
    "facets": dict,
    "notices": list,
}
HARVEST_JURY = {
    "slug": "harvest-jury",
    "title": "Harvest jury",
    "summary": "Twelve people drawn by lottery hear evidence about the harvest and give a verdict.",
    "url": "/methods/harvest-jury",
    "purposes": ["deliberate", "make-decisions"],
    "audience": ["cross-section", "local-residents"],
    "level": ["involve"],
    "format": ["in-person"],
    "recruitment": "random",
    "facilitation": "specialist",
    "cost": {
        "low": 40000,
        "high": 90000,
        "currency": "GBP",
        "year": 2024,
        "basis": "source",
        "band": "high",
    },
    "group_size": {"min": 12, "max": 24},
    "participant_hours": {"min": 14, "max": 30},
    "lead_time_weeks": {"min": 12, "max": 20},
    "last_reviewed": "2026-01-15",
}
WEB_IDEA_BOX = {
    "slug": "web-idea-box",
    "title": "Web idea box",
    "summary": "People post ideas on a website and vote for those of others.",
    "url": "/methods/web-idea-box",
    "purposes": ["generate-ideas"],
    "audience": ["general-public"],
    "level": [],
    "format": ["online"],
    "recruitment": None,
    "facilitation": None,
    "cost": None,
    "group_size": {"min": 50, "max": None},
    "participant_hours": None,
    "lead_time_weeks": None,
    "last_reviewed": None,
}


def answer(client: FlaskClient, address: str, status: int = 200) -> Any:
    response = client.get(address)
    assert response.status_code == status
    assert response.content_type == "application/json"
    return response.get_json()


def test_a_search_answers_with_these_keys_of_these_types(client: FlaskClient) -> None:
    found = answer(client, "/api/v1/methods?per_page=500")
    assert {name: type(found[name]) for name in CONTRACT} == CONTRACT
    assert (found["total"], found["page"], found["per_page"]) == (6, 1, 100)
    assert [type(notice) for notice in found["notices"]] == [str]


def test_an_item_holds_what_a_card_shows(client: FlaskClient) -> None:
    items = {item["slug"]: item for item in answer(client, "/api/v1/methods")["items"]}
    for expected in (HARVEST_JURY, WEB_IDEA_BOX):
        item = items[expected["slug"]]
        assert {name: item[name] for name in expected} == expected


def test_items_come_in_the_order_of_the_page(client: FlaskClient, page: PageClient) -> None:
    for query in ("", "?sort=cost", "?q=village", "?sort=reviewed&purpose=gather-views"):
        slugs = [item["slug"] for item in answer(client, f"/api/v1/methods{query}")["items"]]
        links = [link["href"] for link in page.get(f"/methods{query}").select(".card__title a")]
        assert [f"/methods/{slug}" for slug in slugs] == links


def test_every_filter_is_counted_with_every_option(client: FlaskClient) -> None:
    facets = answer(client, "/api/v1/methods?cost=low")["facets"]
    assert list(facets) == [facet.name for facet in VOCABULARY.filters]
    for facet in VOCABULARY.filters:
        values = [option["value"] for option in facets[facet.name]]
        assert [value for value in values if value != UNKNOWN] == list(facet.values)
        for option in facets[facet.name]:
            assert set(option) >= {"value", "label", "count", "selected"}
            assert type(option["count"]) is int
            assert option["selected"] is (facet.name == "cost" and option["value"] == "low")


def test_counts_ignore_the_choice_in_their_own_filter(client: FlaskClient) -> None:
    found = answer(client, "/api/v1/methods?cost=low&purpose=gather-views")
    counts = {
        name: {option["value"]: option["count"] for option in options}
        for name, options in found["facets"].items()
    }
    assert found["total"] == 2
    assert counts["cost"] == {
        "minimal": 0, "low": 2, "moderate": 0, "high": 0, "very-high": 0, "unknown": 0,
    }  # fmt: skip
    assert counts["purpose"]["understand-needs"] == 1
    assert counts["purpose"]["shape-vision"] == 0


def test_an_option_has_the_label_people_read(client: FlaskClient) -> None:
    options = answer(client, "/api/v1/methods")["facets"]["cost"]
    assert [(option["value"], option["label"]) for option in options] == [
        ("minimal", "Minimal"),
        ("low", "Low"),
        ("moderate", "Moderate"),
        ("high", "High"),
        ("very-high", "Very high"),
        ("unknown", "Not known"),
    ]


SEARCHES = [
    "",
    "?q=village",
    "?q=nowhere-to-be-found",
    "?q=%22guide+to%22",
    "?purpose=inform&purpose=deliberate",
    "?purpose=gather-views&cost=low&audience=local-residents",
    "?cost=unknown",
    "?people=20-40&weeks=12&hours=3&budget=5000",
    "?level=involve&format=in-person&recruitment=targeted&facilitation=none",
    "?per_page=2&page=3",
    "?per_page=2&page=99",
    "?colour=red&cost=cheap&people=abc",
]


@pytest.mark.parametrize("query", SEARCHES)
def test_total_counts_and_notices_are_those_of_the_page(
    client: FlaskClient, page: PageClient, query: str
) -> None:
    found = answer(client, f"/api/v1/methods{query}")
    shown = page.get(f"/methods{query}")
    heading = shown.select_one(".results__count")
    assert heading is not None
    total = found["total"]
    noun = "method" if total == 1 else "methods"
    assert heading.get_text().startswith(f"{total} {noun}")
    assert len(found["items"]) == len(shown.select(".card"))
    assert found["notices"] == [p.get_text() for p in shown.select(".notices p")]
    for name, options in found["facets"].items():
        for option in options:
            label = shown.select_one(f'label[for="{name}-{option["value"]}"] .count')
            assert label is not None
            assert label.get_text().split()[-1] == str(option["count"])


@pytest.mark.parametrize(
    ("query", "page_given", "per_page", "items", "notices"),
    [
        ("?per_page=4", 1, 4, 4, []),
        ("?per_page=4&page=2", 2, 4, 2, []),
        ("?per_page=100", 1, 100, 6, []),
        ("?per_page=101", 1, 100, 6, ["Results per page is at most 100. We used that."]),
        (
            "?per_page=0",
            1,
            20,
            6,
            ["We ignored “0” for Results per page. Write a whole number from 1."],
        ),
        (
            "?per_page=4&page=9",
            2,
            4,
            2,
            ["There is no page 9. This is the last one, page 2."],
        ),
    ],
)
def test_pages_have_at_most_100_items(
    client: FlaskClient,
    query: str,
    page_given: int,
    per_page: int,
    items: int,
    notices: list[str],
) -> None:
    found = answer(client, f"/api/v1/methods{query}")
    assert (found["page"], found["per_page"], len(found["items"])) == (page_given, per_page, items)
    assert found["total"] == 6
    assert found["notices"] == notices


def test_pages_together_hold_every_method_once(client: FlaskClient) -> None:
    slugs = [
        item["slug"]
        for number in (1, 2, 3)
        for item in answer(client, f"/api/v1/methods?per_page=2&page={number}")["items"]
    ]
    assert slugs == sorted(set(slugs))
    assert len(slugs) == 6


def test_one_method_is_answered_whole(client: FlaskClient) -> None:
    found = answer(client, "/api/v1/methods/harvest-jury")
    assert set(found) >= {field.name for field in fields(Method)} | {"url"}
    assert found["url"] == "/methods/harvest-jury"
    assert found["not_for"] == [
        "It will not show what everybody thinks.",
        "It will not be quick.",
    ]
    assert found["group_size"] == {"low": 12, "high": 24, "note": "our estimate"}
    assert found["last_reviewed"] == "2026-01-15"


def test_the_text_of_a_method_comes_as_markdown_and_as_html(client: FlaskClient) -> None:
    sections = answer(client, "/api/v1/methods/harvest-jury")["sections"]
    assert [section["heading"] for section in sections] == list(VOCABULARY.headings)
    first = sections[0]
    assert first["markdown"] == (
        "People chosen by lottery listen to **witnesses** and weigh the question of water rights."
    )
    html = BeautifulSoup(first["html"], "html.parser")
    # Words of the glossary may be links to it.
    assert words(html) == first["markdown"].replace("**", "")
    assert texts(html, "strong") == ["witnesses"]


def test_a_missing_fact_is_null_or_empty_and_never_no(client: FlaskClient) -> None:
    found = answer(client, "/api/v1/methods/web-idea-box")
    assert found["cost"] is None
    assert found["participant_hours"] is None
    assert found["last_reviewed"] is None
    assert found["decision_capable"] == ""
    assert found["level"] == []


def test_addresses_carry_the_host_where_it_is_set(app: Flask) -> None:
    settings = replace(app.extensions["catalogue"].settings, site_url="https://example.org")
    client = create_app(settings).test_client()
    address = "https://example.org/methods/harvest-jury"
    assert answer(client, "/api/v1/methods?q=harvest")["items"][0]["url"] == address
    assert answer(client, "/api/v1/methods/harvest-jury")["url"] == address


def test_programs_on_other_sites_may_read_the_answers(client: FlaskClient) -> None:
    for address in ("/api/v1/methods", "/api/v1/methods/harvest-jury"):
        assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"
