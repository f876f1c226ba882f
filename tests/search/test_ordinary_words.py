"""A word of English, or a name of the public services, is never searched for as another word."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.search.judgements.judged_searches import read_judged_searches
from catalogue.search.query.parser import parse_query
from catalogue.search.snapshot import Snapshot
from tests.support.search_helpers import asked

WORDS = [
    word
    for line in (Path(__file__).parents[1] / "data" / "ordinary_words.txt")
    .read_text("utf-8")
    .splitlines()
    if not line.startswith("#")
    for word in line.split()
]


def test_no_ordinary_word_and_no_name_of_a_public_service_is_swapped(real: Snapshot) -> None:
    assert len(WORDS) >= 300
    swapped = {word: c for word in WORDS if (c := real.matched(word.lower()).query.corrections)}
    assert swapped == {}


def test_they_are_not_swapped_within_a_sentence_either(real: Snapshot) -> None:
    swapped = {}
    for first in range(0, len(WORDS), 12):
        words = " ".join(WORDS[first : first + 12])
        swapped |= dict(real.matched(f"we ask about {words} and want views").query.corrections)
    assert swapped == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("peple", "people"),
        ("desicions", "decisions"),
        ("apreciative", "appreciative"),
        ("photovoise", "photovoice"),
    ],
)
def test_what_is_no_word_and_clearly_one_slip_away_is_corrected(
    real: Snapshot, typed: str, meant: str
) -> None:
    assert [(c.typed, c.instead) for c in asked(real, typed).corrections] == [(typed, meant)]


def test_an_english_word_near_a_name_of_a_method_is_offered_and_not_swapped(real: Snapshot) -> None:
    page = asked(real, "planing")
    assert page.corrections == ()
    assert [(offer.typed, offer.instead) for offer in page.offers] == [("planing", "planning")]
    assert page.offers[0].request.words == "planning"


@pytest.mark.parametrize("words", ["dear neighbours", "it pops up", "healing", "two publics"])
def test_a_word_that_people_often_type_is_never_questioned(real: Snapshot, words: str) -> None:
    assert asked(real, words).offers == ()


@pytest.mark.parametrize(
    "words", ["Dear all, I've 200k and 8000 residents vs a max of 1000", "we've they'll you're to exceed it"]
)  # fmt: skip
def test_it_is_never_said_of_a_short_form_a_courtesy_or_a_number_that_no_method_mentions_it(
    real: Snapshot, words: str
) -> None:
    said = [each for notice in asked(real, f"{words} survey").notices for each in notice.options]
    assert said == []


def test_words_that_stand_everywhere_are_not_marked_beside_others(real: Snapshot) -> None:
    assert real.matched("what people think about our jury").query.marked == {"juri"}
    assert real.matched("people").query.marked == {"peopl"}


def test_it_is_never_said_of_a_stop_word_that_no_method_mentions_it(real: Snapshot) -> None:
    page = asked(real, "I am sure she was going to have been asked by him about the qwertz")
    said = [option for notice in page.notices for option in notice.options]
    assert said == ["qwertz"]


@pytest.mark.parametrize(
    "words",
    ["they aren't here", "she couldn’t say", "it doesn't matter", "we're sure it's a long day", "they are a club of us"],
)  # fmt: skip
def test_short_forms_and_stop_words_are_neither_slips_nor_parts_of_a_name(
    real: Snapshot, words: str
) -> None:
    query = real.matched(words).query
    assert (query.corrections, query.offers) == ((), ())
    assert [term.text for term in query.terms if " " in term.text] == []


def test_in_thousands_of_searches_hardly_a_word_is_swapped(real: Snapshot) -> None:
    """Ours were typed without slips: what is swapped is a rare name of a thing."""
    swapped = {
        pair
        for each in read_judged_searches()[::4]
        for pair in parse_query(each.words, real.lexicon).corrections
    }
    assert len(swapped) <= 3, swapped
