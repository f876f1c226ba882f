"""Groups of words that mean one thing are kept together, and a word in them is not taken for another sense of it."""

from __future__ import annotations

import pytest
import yaml

from catalogue.model.letters import split_words
from catalogue.search.query.facts import find_mentions
from catalogue.search.query.groups import GROUPS_FILE, group_at, group_spans
from catalogue.search.query.parser import parse_query
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import stem_of
from tests.support.search_helpers import asked, slugs


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        # Those that were reported.
        ("how we perform", {"legislative-theatre", "serious-games", "participatory-video"}),
        ("at most", {"most-significant-change"}),
        ("bus subsidy", {"roadshow", "street-stall", "exhibition-open-house"}),
        ("a decision on bus subsidies", {"roadshow", "street-stall", "exhibition-open-house"}),
        # Others of the kind.
        ("operating theatre", {"legislative-theatre"}),
        ("who will play a part in the harbour", {"legislative-theatre"}),
        ("ring road", {"demand-analysis", "telephone-poll"}),
        ("exit poll", {"telephone-poll", "deliberative-polling"}),
        ("row of shops", {"consensus-building", "stakeholder-dialogue"}),
        ("lottery grant", {"citizens-assembly", "citizens-jury", "permanent-citizens-council"}),
        ("draw up", {"graphic-recording"}),
        ("role model", {"planning-for-real", "legislative-theatre"}),
        ("business model", {"planning-for-real"}),
        ("play area", {"legislative-theatre"}),
    ],
)
def test_a_group_does_not_find_first_what_one_of_its_words_means_elsewhere(
    real: Snapshot, words: str, wrong: set[str]
) -> None:
    found = asked(real, words)
    assert found.total
    if "words-empty" not in [notice.code for notice in found.notices]:
        assert not wrong & set(slugs(found)[:3])


def test_sign_language_does_not_find_who_signs_up(real: Snapshot) -> None:
    (term,) = parse_query("sign language", real.lexicon).terms
    assert all(expansion.whole or "sign" not in expansion.stems for expansion in term.expansions)
    assert all("languag" not in e.stems or e.whole for e in term.expansions)


@pytest.mark.parametrize(
    ("words", "audience"),
    [
        ("two staff", ()),
        ("we have 3 staff", ()),
        ("one member of staff", ()),
        ("our staff", ("frontline-staff",)),
        ("all staff", ("frontline-staff",)),
        ("business rates", ()),
        ("local businesses", ("stakeholder-organisations", "businesses")),
        ("members' allowances", ()),
        ("our members", ("members",)),
        ("young offenders", ()),
    ],
)
def test_a_word_in_a_group_names_no_audience(words: str, audience: tuple[str, ...]) -> None:
    named = [m.fact.values for m in find_mentions(words) if m.fact.name == "audience"]
    assert (named[0] if named else ()) == audience


def test_a_group_is_found_in_all_forms_and_the_longest_counts() -> None:
    assert group_spans("Cut the Bus-Subsidies, at most.") == [(8, 21), (23, 30)]
    assert group_spans("British Sign Language") == [(0, 21)]
    assert group_spans("a bus on signs of language") == []
    found = group_at(split_words("british sign language"), 0)
    assert found
    assert found[0] == 3


def test_a_limit_that_begins_with_such_words_stays_a_limit() -> None:
    assert [m.text for m in find_mentions("at most 12 people")] == ["at most 12 people"]


def test_no_group_is_the_name_of_a_method_and_none_stands_in_two_lines(real: Snapshot) -> None:
    data = yaml.safe_load(GROUPS_FILE.read_text(encoding="utf-8"))
    lines = [data["nothing"], *(line["words"] for line in data["groups"])]
    keys = [{tuple(map(stem_of, split_words(words))) for words in line} for line in lines]
    assert sum(map(len, keys)) == len(set().union(*keys))
    names = {tuple(map(stem_of, split_words(name))) for card in real.cards for name in card.names}
    assert names.isdisjoint(set().union(*keys))
