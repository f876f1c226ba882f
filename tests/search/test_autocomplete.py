"""Suggestions while somebody types: methods, their other names, purposes; never more than eight."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.autocomplete import MAX_SUGGESTIONS, Suggestion, suggest
from catalogue.search.snapshot import Snapshot
from tests.support.page import PageClient
from tests.support.search_helpers import tries


def test_a_title_that_begins_so_comes_first(snapshot: Snapshot) -> None:
    assert suggest(snapshot, "har")[0] == Suggestion(
        "method", "Harvest jury", "/methods/harvest-jury"
    )


def test_titles_come_before_other_names_which_may_be_of_other_languages(real: Snapshot) -> None:
    assert suggest(real, "jur")[0].text == "Citizens' jury"
    for typed in ("jur", "pan", "bür", "cit", "par"):
        kinds = [suggestion.kind for suggestion in suggest(real, typed)]
        titles = kinds.count("method")
        assert kinds[:titles] == ["method"] * titles


def test_another_name_says_whose_it_is(snapshot: Snapshot) -> None:
    found = suggest(snapshot, "ernte")
    assert found == [Suggestion("name", "Erntejury", "/methods/harvest-jury", "Harvest jury")]


def test_a_method_is_suggested_once_however_many_names_fit(snapshot: Snapshot) -> None:
    paths = [suggestion.path for suggestion in suggest(snapshot, "jury")]
    assert paths.count("/methods/harvest-jury") == 1


def test_purposes_are_suggested_by_label_and_synonym(snapshot: Snapshot) -> None:
    for typed in ("tell pe", "awaren"):
        assert Suggestion("purpose", "Tell people", "/purposes/inform") in suggest(snapshot, typed)


def test_a_word_inside_a_name_is_found_too(snapshot: Snapshot) -> None:
    assert "/methods/postcard-survey" in [s.path for s in suggest(snapshot, "surv")]


@pytest.mark.parametrize("typed", ["", " ", "h", "  *", "zzzz"])
def test_nothing_is_suggested_for_next_to_nothing(snapshot: Snapshot, typed: str) -> None:
    assert suggest(snapshot, typed) == []


def test_accents_and_capitals_make_no_difference(real: Snapshot) -> None:
    assert suggest(real, "BURGERRAT") == suggest(real, "bürgerrat")
    assert suggest(real, "world café")[0].path == "/methods/world-cafe"


def test_never_more_than_eight(real: Snapshot) -> None:
    assert len(suggest(real, "ci")) == 8


def test_the_api_answers_with_suggestions(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggest?q=ernte").get_json()
    assert answer == {
        "items": [
            {
                "kind": "name",
                "text": "Erntejury",
                "path": "/methods/harvest-jury",
                "also": "Harvest jury",
                "language": "",
            }
        ]
    }
    assert client.get("/api/v1/suggest").get_json() == {"items": []}


def test_titles_suggest_their_methods_first_and_other_names_among_the_rest(real: Snapshot) -> None:
    for card in real.cards:
        assert suggest(real, card.title)[0].path == f"/methods/{card.slug}"
        for name in card.names[:3]:
            assert f"/methods/{card.slug}" in [s.path for s in suggest(real, name)], name


def test_every_suggestion_leads_to_a_page(snapshot: Snapshot, page: PageClient) -> None:
    found = [s for typed in ("ju", "an", "po", "tell", "vi") for s in suggest(snapshot, typed)]
    assert {s.kind for s in found} == {"method", "name", "purpose"}
    for path in {s.path for s in found}:
        page.get(path)


@tries(150)
@given(typed=st.one_of(st.text(max_size=40), st.text("abcdeiostu éü-'\"", max_size=6)))
def test_whatever_is_typed_suggestions_are_few_and_each_leads_elsewhere(
    real: Snapshot, typed: str
) -> None:
    paths = [suggestion.path for suggestion in suggest(real, typed)]
    assert len(set(paths)) == len(paths) <= MAX_SUGGESTIONS


def test_odd_parameters_are_answered_with_nothing(client: FlaskClient) -> None:
    for query in ("q=", "q=%00%1b", "q=a", "q=%ff", "x=ernte", "q=" + "z" * 5000):
        answer = client.get(f"/api/v1/suggest?{query}")
        assert (answer.status_code, answer.get_json()) == (200, {"items": []})
