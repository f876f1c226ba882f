"""Limits that words name put what fits first; the list says what fits and what breaks, and stops where matches are weak."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.engine import search
from catalogue.search.order.groups import FITS, MIN_STRONG, OUTSIDE, UNKNOWN_FIGURES, WEAKER
from catalogue.search.order.limits import limits_of
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from tests.support.page import PageClient
from tests.support.search_helpers import asked, slugs, tries

LIMITED = ["under £500", "three weeks before cabinet", "50 people for half a day", "no trained facilitator",
           "online and under £1,000", "priorities in 3 weeks", "bus timetable, no money", "angry neighbours"]  # fmt: skip


@tries(30)
@given(words=st.sampled_from(LIMITED))
def test_what_fits_the_limits_comes_first_then_unknown_figures_then_the_rest(
    real: Snapshot, words: str
) -> None:
    page = search(real, SearchRequest(words=words, weaker=True, per_page=len(real.cards)))
    limits = limits_of(real, real.matched(words).query.facts)
    assert limits is not None
    start = 0
    for name, count in page.groups:
        for result in page.results[start : start + count]:
            ordinal = real.ordinals[result.card.slug]
            fits, unknown = limits.fits >> ordinal & 1, limits.unknown >> ordinal & 1
            if name == FITS:
                assert fits
            elif name == UNKNOWN_FIGURES:
                assert unknown
            elif name == OUTSIDE:
                assert not (fits or unknown)
        start += count
    names = [name for name, _ in page.groups]
    assert names == [n for n in (FITS, UNKNOWN_FIGURES, OUTSIDE, WEAKER) if n in names]


@pytest.mark.parametrize("words", LIMITED)
def test_a_result_that_fits_breaks_no_limit_in_the_size_that_is_shown(
    real: Snapshot, words: str
) -> None:
    page = asked(real, words)
    fits = dict(page.groups).get(FITS, 0)
    for place, standing in enumerate(page.standings):
        assert bool(standing.broken) == (place >= fits and not standing.unsaid) or standing.unsaid


def test_one_press_makes_filters_of_the_limits_and_one_forgets_them(real: Snapshot) -> None:
    page = asked(real, "priorities in 3 weeks for under £500")
    assert page.limits is not None
    assert page.limits.only.ranges == {"weeks": (0, 3), "budget": (0, 499)}
    assert search(real, page.limits.only).total == page.limits.count
    forgotten = search(real, page.limits.forgotten)
    assert forgotten.limits is None
    assert [name for name, _ in forgotten.groups] == [FITS]


def test_a_filter_takes_the_place_of_a_limit_in_the_words(real: Snapshot) -> None:
    page = search(real, SearchRequest(words="in 3 weeks", ranges={"weeks": (0, 52)}))
    assert page.limits is None


def test_the_name_of_a_method_is_no_limit(real: Snapshot) -> None:
    page = asked(real, "online forum")
    assert (page.limits, slugs(page)[0]) == (None, "online-forum")


def test_a_list_stops_at_strong_matches_and_lists_the_others_when_asked(real: Snapshot) -> None:
    words = "people say what matters to them about the new park before the council decides"
    short = asked(real, words)
    long = search(real, replace(short.request, weaker=True, per_page=len(real.cards)))
    assert MIN_STRONG <= short.total < len(real.cards)
    assert short.weaker > 0
    assert long.total == short.total
    assert len(long.results) == short.total + short.weaker
    assert slugs(long)[: len(short.results)] == slugs(short)


def test_the_page_says_what_fits_and_what_breaks(page: PageClient) -> None:
    soup = page.get("/methods?q=harvest+lottery+cheap&weaker=show")
    said = [" ".join(p.get_text().split()) for p in soup.select(".understood p")]
    assert any("what fits them comes first: Cost: Minimal / Low." in text for text in said)
    headings = [h.get_text() for h in soup.select(".cards__group")]
    assert "Outside what you said" in headings
    missed = [" ".join(p.get_text().split()) for p in soup.select(".card__missed")]
    assert "Does not fit: £40,000 to £90,000" in missed
    plain = page.get("/methods?q=harvest+lottery+cheap&limits=off")
    assert plain.select(".card__missed") == []
    assert [a.get_text() for a in plain.select(".understood a")][-1] == "Put what fits them first"


def test_a_situation_of_two_facts_leads_to_the_planner(page: PageClient) -> None:
    link = page.get("/methods?q=under+%C2%A3500+in+3+weeks").select_one(".results__plan a")
    assert link is not None
    assert link["href"] == "/plan?text=under+%C2%A3500+in+3+weeks"
    assert page.get("/methods?q=under+%C2%A3500").select(".results__plan") == []
