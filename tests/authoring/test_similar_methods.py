"""The methods nearest to a new one: the same under another name first, then what the search finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.authoring.check.similar_methods import (
    MAX_METHODS,
    SimilarMethod,
    near_names,
    similar_methods,
)
from catalogue.search.snapshot import Snapshot
from tests.support.search_helpers import tries


def named(found: list[SimilarMethod]) -> list[tuple[str, str]]:
    """Return (slug, name that is the same) of the methods that are probably the same method."""
    return [(method.card.slug, method.name) for method in found if method.same]


@pytest.mark.parametrize(
    ("title", "aliases", "same"),
    [
        ("Citizen's Jury", [], ("citizens-jury", "Citizens' jury")),
        ("Citizens juries", [], ("citizens-jury", "Citizens' jury")),
        ("Talking to strangers", ["Bürgerjury"], ("citizens-jury", "Bürgerjury")),
        ("Town hall", [], ("public-meeting", "Town hall")),
    ],
)
def test_a_method_that_has_the_name_already_comes_first(
    real: Snapshot, title: str, aliases: list[str], same: tuple[str, str]
) -> None:
    assert named(similar_methods(real, title, aliases))[0] == same


def test_a_method_of_another_name_is_found_by_what_it_does(real: Snapshot) -> None:
    summary = "Residents chosen by lottery hear witnesses for several days and give a verdict."
    found = similar_methods(real, "The Appleby way", [], summary)
    assert named(found) == []
    assert "citizens-jury" in [method.card.slug for method in found]


def test_nothing_typed_has_no_similar_methods(real: Snapshot) -> None:
    assert similar_methods(real, "", ["", " "], "") == []


@tries(60)
@given(title=st.text(max_size=80), aliases=st.lists(st.text(max_size=20), max_size=3))
def test_any_title_has_at_most_five_different_similar_methods(
    snapshot: Snapshot, title: str, aliases: list[str]
) -> None:
    slugs = [method.card.slug for method in similar_methods(snapshot, title, aliases, title)]
    assert len(slugs) == len(set(slugs)) <= MAX_METHODS


def test_names_but_for_a_slip_are_near_and_others_are_not() -> None:
    known = ["Citizens' jury", "Citizens' panel", "World café"]
    assert near_names("citizen's juries", known) == ["Citizens' jury"]
    assert near_names("World Cafe", known) == ["World café"]
    assert near_names("Photovoice", known) == []
    assert near_names("市民会議", ["参与式预算", "市民会議所", "ワークショップ"]) == ["市民会議所"]


WISDOM = (
    "A group of residents chosen by lottery works for a day and a half on a question of its own "
    "and presents what it agreed."
)


def test_what_it_does_counts_as_much_as_a_title_that_is_like_others(real: Snapshot) -> None:
    found = similar_methods(real, "Wisdom council", [], WISDOM, ["deliberate"])
    slugs = [each.card.slug for each in found]
    assert {"citizens-jury", "planning-cell", "youth-council"} <= set(slugs)


def test_of_two_alike_the_one_that_shares_a_purpose_comes_first(real: Snapshot) -> None:
    def order(purpose: str) -> list[str]:
        pair = ("citizens-assembly", "citizens-jury")
        found = similar_methods(real, "", [], WISDOM, [purpose])
        return [each.card.slug for each in found if each.card.slug in pair]

    assert order("inform") == ["citizens-jury", "citizens-assembly"]
    assert order("generate-ideas") == ["citizens-assembly", "citizens-jury"]
