"""Suggestions while somebody types: methods, their other names, purposes; never more than eight."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from catalogue.snapshot import Snapshot
from catalogue.suggest import Suggestion, suggest


def test_a_title_that_begins_so_comes_first(snapshot: Snapshot) -> None:
    assert suggest(snapshot, "har")[0] == Suggestion(
        "method", "Harvest jury", "/methods/harvest-jury"
    )


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
            }
        ]
    }
    assert client.get("/api/v1/suggest").get_json() == {"items": []}
