"""The rules every search obeys, tried with random requests on the real methods.

The six small methods of the tests lie among them, because they leave much unsaid.
"""

from __future__ import annotations

import math
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.build.builder import build
from catalogue.model.method import Method, Size
from catalogue.model.sizes import todays_pounds
from catalogue.search.engine import SearchPage, search
from catalogue.search.search_request import SORTS, SearchRequest
from catalogue.search.sets.method_set import in_any_size
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from tests.conftest import linked_copy
from tests.support.search_helpers import ask, tries

GOOD = Path(__file__).parents[1] / "data" / "methods_good"
METHODS = Path(__file__).parents[2] / "methods"

WORDS = (
    "",
    "jury",
    "young people online",
    "cheap survey",
    '"citizens\' assembly"',
    "consensus zork",
    '"no such phrase anywhere" map',
    "the of",
    "budget vote decide money",
)
FILTERS = VOCABULARY.filters
FACET_NAMES = [facet.name for facet in FILTERS]
LARGEST = {"people": 5000, "weeks": 60, "hours": 60, "budget": 200_000}
SIZES = st.sampled_from((1, 2, 3, 7, 20, 40))


@pytest.fixture(scope="session")
def real(real_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A build of the real and the six small methods, opened."""
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(METHODS, folder / "methods")
    shutil.copytree(GOOD, folder / "methods", dirs_exist_ok=True)
    index_dir = linked_copy(real_index, folder / "search_index")
    return Snapshot(build(folder / "methods", index_dir).folder)


def options(facet: str) -> st.SearchStrategy[str]:
    return st.sampled_from((*VOCABULARY.facets[facet].values, UNKNOWN))


def in_order(facet: str, values: set[str]) -> tuple[str, ...]:
    return tuple(v for v in (*VOCABULARY.facets[facet].values, UNKNOWN) if v in values)


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    """Make a request with few filters, so that most find something."""
    choices = {
        name: in_order(name, draw(st.sets(options(name), min_size=1, max_size=5)))
        for name in FACET_NAMES
        if draw(st.integers(0, 3)) == 3
    }
    ranges = {}
    for name, largest in LARGEST.items():
        if draw(st.integers(0, 5)) == 5:
            low, high = sorted(draw(st.tuples(*[st.integers(0, largest)] * 2)))
            ranges[name] = (float(low), float(high))
    words = draw(st.sampled_from(WORDS))
    sorts = ("", "cost", "time", "reviewed", *(("title",) if words else ()))
    return SearchRequest(words, choices, ranges, draw(st.sampled_from(sorts)))


def with_choice(request: SearchRequest, facet: str, values: set[str]) -> SearchRequest:
    """Return the request with these options of a facet, and no others of it."""
    choices = {**request.choices, facet: in_order(facet, values)}
    return replace(request, choices={n: choices[n] for n in FACET_NAMES if choices.get(n)})


def everything(snapshot: Snapshot, request: SearchRequest) -> SearchPage:
    """Return all results of a request on one page, weaker matches too."""
    all_ = replace(request, weaker=True, page=1, per_page=max(1, len(snapshot.cards)))
    return search(snapshot, all_)


def found(snapshot: Snapshot, request: SearchRequest) -> set[str]:
    return {result.card.slug for result in everything(snapshot, request).results}


def total(snapshot: Snapshot, request: SearchRequest) -> int:
    return search(snapshot, replace(request, per_page=1)).total


def satisfies(method: Method, request: SearchRequest) -> bool:
    """Judge from the method itself, not from the snapshot's sets, whether it passes the filters in one of its sizes."""
    for facet, values in request.choices.items():
        possible = {"purpose": method.supports, "audience": method.audience_possible}.get(facet, ())
        own = {*method.choices(facet), *possible} or {UNKNOWN}
        if facet not in ("cost", "facilitation") and not own & set(values):
            return False
    sizes = {"light": method.light, "usual": method, "large": method.large}
    return any(size and fits(method, size, request) for size in sizes.values())


def fits(method: Method, size: Method | Size, request: SearchRequest) -> bool:
    """Whether one size of a method, which takes from the usual run what it leaves out, meets all numbers and options."""
    cost = size.cost or method.cost
    people = size.people_in_all or method.people_in_all or method.group_size
    numbers = {
        "people": people,
        "weeks": size.lead_time_weeks or method.lead_time_weeks,
        "hours": size.participant_hours or method.participant_hours,
        "budget": todays_pounds(cost),
    }
    chosen = {
        "cost": cost.band if cost else UNKNOWN,
        "facilitation": size.facilitation or method.facilitation or UNKNOWN,
    }
    for name, (low, high) in request.ranges.items():
        own = numbers[name]
        if own is None or own.low > high or (own.high is not None and own.high < low):
            return False
    return all(chosen[name] in values for name, values in request.choices.items() if name in chosen)


@tries(40)
@given(request=requests(), data=st.data())
def test_adding_an_option_within_a_facet_never_loses_a_result(
    real: Snapshot, request: SearchRequest, data: st.DataObject
) -> None:
    facet = data.draw(st.sampled_from(FACET_NAMES))
    first = {data.draw(options(facet)), *request.choices.get(facet, ())}
    more = first | {data.draw(options(facet))}
    narrow = with_choice(request, facet, first)
    wide = with_choice(request, facet, more)
    assert found(real, narrow) <= found(real, wide)


@tries(40)
@given(request=requests(), data=st.data())
def test_adding_a_facet_or_a_range_never_adds_a_result(
    real: Snapshot, request: SearchRequest, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([*FACET_NAMES, *LARGEST]))
    if name in LARGEST:
        high = float(data.draw(st.integers(0, LARGEST[name])))
        without = request.without_range(name)
        narrowed = replace(without, ranges={**without.ranges, name: (0.0, high)})
    else:
        without = with_choice(request, name, set())
        narrowed = with_choice(request, name, {data.draw(options(name)), data.draw(options(name))})
    assert found(real, narrowed) <= found(real, without)


@tries(20)
@given(request=requests())
def test_a_count_is_what_choosing_that_option_would_bring(
    real: Snapshot, request: SearchRequest
) -> None:
    counted, brought = {}, {}
    for entry in search(real, request).facets:
        for option, methods in entry.methods.items():
            key = entry.facet.name, option
            counted[key] = methods
            brought[key] = total(real, with_choice(request, key[0], {option}))
    assert counted == brought
    assert len(counted) >= sum(len(facet.values) for facet in FILTERS)


@tries(40)
@given(request=requests(), random=st.randoms(use_true_random=False))
def test_the_order_of_parameters_does_not_matter(
    real: Snapshot, request: SearchRequest, random: Random
) -> None:
    pairs = request.pairs()
    random.shuffle(pairs)
    assert search(real, ask(urlencode(pairs))) == search(real, request)


@tries(60)
@given(request=requests())
def test_the_results_are_those_methods_that_satisfy_every_filter(
    real: Snapshot, request: SearchRequest
) -> None:
    matching_words = found(real, replace(request, choices={}, ranges={}))
    expected = set()
    for slug in matching_words:
        page = real.page(slug)
        assert page is not None
        if satisfies(page.method, request):
            expected.add(slug)
    assert found(real, request) == expected


def only_possible(method: Method, request: SearchRequest) -> bool:
    """Whether a method is made for none of the chosen purposes or audiences, though some are possible."""
    facets = {
        "purpose": (method.purposes, method.supports),
        "audience": (method.audience or (UNKNOWN,), method.audience_possible),
    }
    return any(
        not chosen & set(own) and bool(chosen & set(possible))
        for facet, (own, possible) in facets.items()
        if (chosen := set(request.choices.get(facet, ())))
    )


@tries(40)
@given(request=requests(), data=st.data())
def test_methods_made_for_what_was_chosen_come_before_those_for_which_it_is_possible(
    real: Snapshot, request: SearchRequest, data: st.DataObject
) -> None:
    facet = data.draw(st.sampled_from(("purpose", "audience")))
    asked = with_choice(
        request, facet, {data.draw(st.sampled_from(VOCABULARY.facets[facet].values))}
    )
    page = everything(real, asked)
    after = []
    for result in page.results:
        found_page = real.page(result.card.slug)
        assert found_page is not None
        after.append(only_possible(found_page.method, asked))
    start = 0
    for _, count in page.groups:
        group = after[start : start + count]
        assert group == sorted(group)
        start += count
    assert page.made_for == after.count(False)


@tries(40)
@given(request=requests(), facet=st.sampled_from(FACET_NAMES))
def test_all_options_of_a_facet_with_unknown_together_bring_everything(
    real: Snapshot, request: SearchRequest, facet: str
) -> None:
    lifted = with_choice(request, facet, set())
    values = (*VOCABULARY.facets[facet].values, UNKNOWN)
    assert found(real, with_choice(request, facet, set(values))) == found(real, lifted)
    assert set().union(
        *(found(real, with_choice(request, facet, {value})) for value in values)
    ) == found(real, lifted)


@tries(30)
@given(request=requests())
def test_sorting_never_changes_which_methods_are_found(
    real: Snapshot, request: SearchRequest
) -> None:
    answers = [everything(real, replace(request, sort=sort)) for sort in ("", *SORTS)]
    sets = [frozenset(result.card.slug for result in answer.results) for answer in answers]
    assert len(set(sets)) == 1
    assert len({answer.total for answer in answers}) == 1
    assert all(answer.facets == answers[0].facets for answer in answers)


@tries(40)
@given(request=requests(), size=SIZES)
def test_paging_neither_repeats_nor_drops(
    real: Snapshot, request: SearchRequest, size: int
) -> None:
    whole = everything(real, request)
    listed = sum(count for _, count in whole.groups)
    paged = replace(request, per_page=size, weaker=True)
    pages = search(real, paged).pages
    assert pages == max(1, math.ceil(listed / size))
    parts = [search(real, paged.with_page(number)).results for number in range(1, pages + 1)]
    assert all(len(part) == size for part in parts[:-1])
    slugs = [result.card.slug for part in parts for result in part]
    assert slugs == [result.card.slug for result in whole.results]
    assert len(set(slugs)) == listed


@tries(40)
@given(request=requests())
def test_no_count_is_larger_than_the_catalogue_and_no_chosen_option_is_lost(
    real: Snapshot, request: SearchRequest
) -> None:
    page = search(real, request)
    shown = {entry.facet.name: entry.chosen for entry in page.facets if entry.chosen}
    assert shown == request.choices
    assert all(set(entry.chosen) <= set(entry.methods) for entry in page.facets)
    assert all(
        0 <= methods <= len(real.cards)
        for entry in page.facets
        for methods in entry.methods.values()
    )


def test_random_requests_are_tried_on_a_catalogue_worth_filtering(real: Snapshot) -> None:
    assert len(real.cards) >= 30
    unknown = {name: in_any_size(sized[UNKNOWN]) for name, sized in real.sizes.options.items()}
    assert all(0 < unknown[name] < real.all for name in ("weeks", "hours", "budget"))
    some_unknown = [name for name in FACET_NAMES if real.options[name][UNKNOWN]]
    assert {"cost", "level", "recruitment", "facilitation"} <= set(some_unknown)
