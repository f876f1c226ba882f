"""A result has the facts of the size that its card shows, whatever filters and limits decide on that size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.model.facts import Fact
from catalogue.search.cards import Card
from catalogue.search.engine import SearchPage, search
from catalogue.search.order.results import RARE, common_stems
from catalogue.search.query.thesaurus import THESAURUS
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import stems_in, stems_of
from tests.search.test_forgiving_search import NAMING, filtered
from tests.support.search_helpers import asked, shown, tries

# A number that is part of a story, and no limit.
STORY = "our school with 1,200 pupils wants to choose a new uniform and parents grumble about it"


def has(card: Card, size: str, fact: Fact) -> bool:
    """Judge from the figures of one size, not from the snapshot's sets, whether a method has a fact."""
    [run] = [run for run in card.runs if run.size == size]
    if fact.numbers:
        own, (low, high) = run.number_range(fact.name), fact.numbers
        return own is not None and own.low <= high and (own.high is None or own.high >= low)
    sized = fact.name in ("cost", "facilitation")
    return bool(
        set(run.choices(fact.name) if sized else card.choices.get(fact.name, ())) & {*fact.values}
    )


def wrong(snapshot: Snapshot, page: SearchPage) -> Iterator[tuple[str, str, Fact]]:
    """Yield each named fact that a result has though the size shown does not, or the other way round."""
    facts = snapshot.matched(page.request.words).query.facts
    for result, standing in zip(page.results, page.standings, strict=True):
        for fact in facts:
            if (fact in result.facts) != has(result.card, standing.size, fact):
                yield result.card.slug, standing.size, fact


@tries(120)
@given(request=filtered(st.one_of(NAMING, st.just(STORY))))
@example(SearchRequest(words=STORY))
@example(SearchRequest(words=STORY, ranges={"people": (1000, 1500)}))
@example(SearchRequest(words="photovoise 30 people", ranges={"budget": (0, 300)}))
def test_a_result_has_the_named_facts_of_the_size_that_is_shown_and_no_others(
    real: Snapshot, request: SearchRequest
) -> None:
    assert list(wrong(real, search(real, request))) == []


def test_a_number_that_is_no_limit_matches_only_where_the_size_that_is_shown_has_it(
    real: Snapshot,
) -> None:
    page = search(real, SearchRequest(words=STORY, weaker=True, per_page=len(real.cards)))
    [number] = [fact for fact in real.matched(STORY).query.facts if fact.name == "people"]
    assert page.limits is None
    in_some_size = {card.slug for card in real.cards if any(has(card, r.size, number) for r in card.runs)}  # fmt: skip
    said = {result.card.slug for result in page.results if number in result.facts}
    assert said < in_some_size & {result.card.slug for result in page.results}


def test_a_filter_that_shows_another_size_keeps_what_that_size_matches(real: Snapshot) -> None:
    by_words = SearchRequest(words=STORY, weaker=True, per_page=len(real.cards))
    filtered_by = SearchRequest(
        words=STORY, ranges={"people": (1200, 1200)}, weaker=True, per_page=len(real.cards)
    )
    [number] = [fact for fact in real.matched(STORY).query.facts if fact.name == "people"]
    before = {r.card.slug for r in search(real, by_words).results if number in r.facts}
    after = search(real, filtered_by)
    assert all(number in result.facts for result in after.results)
    assert {result.card.slug for result in after.results} > before


@pytest.mark.parametrize(
    "words", ["people", "local people", "time for 30 people", "what residents need"]
)
def test_words_of_any_story_and_their_synonyms_give_no_reason_from_the_text(
    real: Snapshot, words: str
) -> None:
    page = asked(real, words)
    assert page.results
    assert [result.card.slug for result in page.results if shown(real, result).extract] == []


@pytest.mark.parametrize(
    "words", ["young people about a park", "what patients think of our clinic"]
)
def test_a_reason_from_the_text_holds_a_word_that_tells_methods_apart(
    real: Snapshot, words: str
) -> None:
    common = common_stems(real.matched(words).query, real)
    extracts = [shown(real, result).extract for result in asked(real, words).results]
    assert len(list(filter(None, extracts))) > len(extracts) / 2
    for pieces in filter(None, extracts):
        assert stems_in(" ".join(piece.text for piece in pieces if piece.marked)) - common


def test_common_are_words_of_any_story_and_those_of_most_texts(real: Snapshot) -> None:
    query = real.matched("what time the meeting on repairs is").query
    assert common_stems(query, real) >= {*stems_of("time meeting")}
    assert "repair" in query.marked - common_stems(query, real)
    assert "time" in THESAURUS.no_reasons
    assert "meeting" not in THESAURUS.no_reasons
    passages = real.passages(real.slugs).values()
    assert sum(each.best(stems_of("meeting"))[1] for each in passages) > RARE * len(real.cards)
