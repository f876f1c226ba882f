"""The nearest methods of an empty list miss the fewest filters, and by the least; each says which ones."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from catalogue.model.facts import Fact
from catalogue.model.method import POSSIBLE
from catalogue.model.sizes import SIZED_FACETS, runs
from catalogue.presentation.view_models import missed_texts
from catalogue.search.engine import search
from catalogue.search.nearest import MAX_NEAREST
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY
from tests.search.test_filters_property import requests
from tests.support.search_helpers import ask, tries


def missed(snapshot: Snapshot, slug: str, request: SearchRequest) -> dict[str, list[Fact]]:
    """Judge from the method itself which filters of a request each of its sizes misses."""
    page = snapshot.page(slug)
    assert page is not None
    facts: dict[str, list[Fact]] = {}
    for run in runs(page.method):
        found = facts.setdefault(run.size, [])
        for name, values in request.choices.items():
            own = run.choices(name) if name in SIZED_FACETS else page.method.choices(name)
            if name in POSSIBLE:
                own = (*own, *page.method.possible(name))
            if not set(own or ("unknown",)) & set(values):
                found.append(Fact(name, values))
        for name, (low, high) in request.ranges.items():
            numbers = run.number_range(name)
            top = math.inf if not numbers or numbers.high is None else numbers.high
            if not numbers or numbers.low > high or top < low:
                found.append(Fact(name, numbers=(low, high)))
    return facts


@tries(60)
@given(request=requests())
def test_no_method_misses_fewer_filters_than_the_nearest_and_each_says_which(
    real: Snapshot, request: SearchRequest
) -> None:
    page = search(real, request)
    matched = real.matched(request.words)
    if page.total or not request.filtered or not matched.methods:
        return
    counts = sorted(
        min(map(len, missed(real, real.cards[ordinal].slug, request).values()))
        for ordinal in matched.best_first
    )
    assert [len(near.missed) for near in page.nearest] == counts[:MAX_NEAREST]
    for near in page.nearest:
        assert list(near.missed) == missed(real, near.card.slug, request)[near.run.size]
        assert len(missed_texts(near)) == len(near.missed)


def test_of_methods_that_miss_as_many_the_one_that_misses_by_least_comes_first(
    real: Snapshot,
) -> None:
    page = search(real, ask("weeks=0.1"))
    assert page.total == 0
    lows = [near.run.weeks.low for near in page.nearest if near.run.weeks]
    known = [[run.weeks.low for run in card.runs if run.weeks] for card in real.cards]
    assert lows == sorted(min(sizes) for sizes in known if sizes)[:MAX_NEAREST]


def test_a_nearer_band_of_cost_comes_before_one_that_is_far_and_what_is_not_known_last(
    snapshot: Snapshot,
) -> None:
    page = search(snapshot, ask("cost=very-high"))
    bands = [near.card.cost.band if near.card.cost else "" for near in page.nearest]
    order = ["", *VOCABULARY.facets["cost"].values]
    assert page.total == 0
    assert bands == sorted(bands, key=lambda band: -order.index(band))


@pytest.mark.parametrize(
    ("query", "slug", "texts"),
    [
        (
            "weeks=0.5",
            "orchard-walk",
            ["You asked for “From idea to result: up to 2.5 days”; here it is: 1 to 3 weeks."],
        ),
        (
            "q=idea&budget=100&format=in-person",
            "web-idea-box",
            [
                "You asked for “Format: In person”; here it is: Online.",
                "You asked for “Budget: up to £100”; this one does not say.",
            ],
        ),
    ],
)
def test_what_a_near_method_misses_is_said_with_what_it_has(
    snapshot: Snapshot, query: str, slug: str, texts: list[str]
) -> None:
    page = search(snapshot, ask(query))
    assert page.total == 0
    (near,) = [near for near in page.nearest if near.card.slug == slug]
    assert missed_texts(near) == texts


def test_a_search_that_no_method_matches_has_methods_of_a_like_name_near(real: Snapshot) -> None:
    page = search(real, ask('q="citizens jurx"&cost=low'))
    assert page.total == 0
    assert page.nearest[0].card.slug == "citizens-jury"
    assert page.nearest[0].missed == ()
    assert search(real, ask("q=市民陪審")).nearest == ()
