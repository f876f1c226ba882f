"""The script of the copy without a server is given the weights that the server recommends methods by, as far as it can use them."""

from __future__ import annotations

from typing import Any

import pytest

from catalogue.exports.static_site.judgements_data import LEAST
from catalogue.exports.static_site.words_data import words_data
from catalogue.search.judgements.recommended import LEARNED, OFTEN
from catalogue.search.judgements.weights import Weights, read_weights
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import stems_of


@pytest.fixture(scope="module")
def words(real: Snapshot) -> dict[str, Any]:
    return words_data(real)


@pytest.fixture(scope="module")
def judged(words: dict[str, Any]) -> dict[str, Any]:
    return dict(words["judged"])


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights()


def test_each_weight_is_that_of_the_server_in_hundredths_and_only_small_ones_are_left_out(
    judged: dict[str, Any], weights: Weights, real: Snapshot
) -> None:
    assert len(judged["features"]) > 3000
    places = {name: place for place, name in enumerate(weights.names)}
    for name, (idf, *flat) in judged["features"].items():
        place = places[name]
        of_server = real.recommended.by_ordinal(weights.weights[place]).tolist()
        written = dict(zip(flat[::2], flat[1::2], strict=True))
        hundredths = {n: round(weight * 100) for n, weight in enumerate(of_server)}
        assert written == {n: w for n, w in hundredths.items() if abs(w) >= LEAST}, name
        assert idf == round(weights.idf[place] * 100), name


def test_what_counts_and_how_often_each_method_is_recommended_are_those_of_the_server(
    judged: dict[str, Any], weights: Weights, real: Snapshot
) -> None:
    assert (judged["learned"], judged["often"]) == (LEARNED, OFTEN)
    assert judged["new"] == round(weights.new_idf * 100) > round(weights.idf.max() * 100)
    assert judged["mean"] == [round(share * 100) for share in real.recommended.often.tolist()]
    assert max(judged["mean"]) > 10


def test_no_numbers_wants_or_groups_are_written_which_the_script_does_not_read(
    judged: dict[str, Any], weights: Weights
) -> None:
    unread = {"budget:", "weeks:", "wants:inform", "car_park"}
    assert unread <= set(weights.names)
    assert not unread & judged["features"].keys()


def test_each_fact_that_words_name_has_its_features(
    words: dict[str, Any], judged: dict[str, Any]
) -> None:
    assert len(judged["facts"]) == len(words["fits"])
    number, _ = words["facts"]["young people"]
    assert judged["facts"][number] == ["audience:young-people"]
    assert "audience:young-people" in judged["features"]


def test_words_that_only_judged_searches_have_are_known_by_their_stems(
    words: dict[str, Any], judged: dict[str, Any]
) -> None:
    texts = {word for forms in words["forms"].values() for word in forms}
    assert judged["forms"]
    for stem, forms in judged["forms"].items():
        assert stem in judged["features"]
        assert not texts & set(forms)
        assert {stems_of(form) for form in forms} == {(stem,)}


def test_methods_that_no_judged_search_names_have_no_weights(snapshot: Snapshot) -> None:
    judged = words_data(snapshot)["judged"]
    assert judged["features"] == judged["forms"] == {}
    assert judged["mean"] == [0] * len(snapshot.cards)
