"""What words want is understood as purposes, and methods akin to the best ones are raised, never those that do not match."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
import yaml

from catalogue.search.query.wants import WANTS_FILE, unwanted_stems, wanted_purposes
from catalogue.search.ranking import AKIN, MOST, NeedIndex, Ranking, rank, with_kin
from catalogue.search.sets.kinship import Kinship
from catalogue.search.sets.names import NameIndex
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY
from tests.support.search_helpers import asked, slugs


@pytest.mark.parametrize(
    ("text", "purposes"),
    [
        ("we want people to weigh up the options", ("deliberate",)),
        ("they weighed up both plans", ("deliberate",)),
        ("keep the parents informed", ("inform",)),
        ("are they keeping their promises", ("monitor-evaluate",)),
        ("we just want to tell people about it", ("inform",)),
        ("instead of telling people, let people decide", ("make-decisions",)),
        ("without brainstorming", ()),
        ("why do they not come to the group", ("understand-needs",)),
        ("nobody understands why boys never apply", ("understand-needs",)),
        ("a vote, not why people do it", ()),
        ("listening to carers", ("understand-needs",)),
        ("hear the neighbours out first", ("understand-needs",)),
        ("what do the patients want", ("understand-needs",)),
        ("programmes for listeners", ()),
        ("a jury", ()),
        ("", ()),
    ],
)
def test_phrases_come_to_purposes_unless_they_are_not_wanted(
    text: str, purposes: tuple[str, ...]
) -> None:
    assert wanted_purposes(text) == purposes


def test_every_purpose_can_be_wanted() -> None:
    data = yaml.safe_load(WANTS_FILE.read_text(encoding="utf-8"))
    assert tuple(data) == VOCABULARY.facets["purpose"].values


def test_hearing_people_out_is_no_search_for_broadcasts_and_listeners_are(real: Snapshot) -> None:
    radio = "community-radio-and-local-media"
    heard = slugs(asked(real, "listen to what patients of the surgery want before it shuts"))
    assert radio not in heard[:10]
    assert slugs(asked(real, "reach listeners in remote villages"))[0] == radio


def test_a_method_that_matches_no_word_is_not_raised(real: Snapshot) -> None:
    query, ranking = real.rank_uncached("random sample of people hear evidence")
    none = np.zeros(len(real.cards))
    first = none.copy()
    first[real.ordinals["citizens-jury"]] = 5.0
    raised = with_kin(query, Ranking(first, first, ()), NameIndex([]), real.kinship)
    assert np.flatnonzero(raised.scores).tolist() == [real.ordinals["citizens-jury"]]
    assert ranking.scores.max() > 0


def test_the_most_akin_to_a_method_are_of_its_family(real: Snapshot) -> None:
    scores = np.zeros(len(real.cards))
    scores[real.ordinals["citizens-jury"]] = 1.0
    near = real.kinship.near(scores)
    # Those that it links to come before itself, which no longer gains most from being best.
    assert near[real.ordinals["citizens-jury"]] > 0.4
    akin = np.argsort(-near)[:6]
    assert {real.cards[n].choices["family"] for n in akin} == {("mini-public",)}


def test_methods_that_link_to_each_other_are_akin_in_both_directions(real: Snapshot) -> None:
    slug, linked = "open-space-technology", "world-cafe"
    cards = [
        replace(card, choices={}, possible={}, purposes=(), refers_to=(linked,) if card.slug == slug else ())
        for card in real.cards
    ]  # fmt: skip
    kinship = Kinship(cards)
    for one, other in ((slug, linked), (linked, slug)):
        scores = np.zeros(len(cards))
        scores[real.ordinals[one]] = 1.0
        near = kinship.near(scores)
        assert np.flatnonzero(near).tolist() == [real.ordinals[other]]


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("something instead of a public meeting", {"public", "meet"}),
        ("talk with us rather than vote, please", {"vote"}),
        ("a meeting instead of a public meeting", {"public"}),
        ("in place of the survey we had", {"survei", "had"}),
        ("a public meeting", set()),
        ("", set()),
    ],
)
def test_what_is_to_be_replaced_is_not_wanted_unless_it_is_named_elsewhere(
    text: str, unwanted: set[str]
) -> None:
    assert unwanted_stems(text) == unwanted


def test_the_method_that_is_to_be_replaced_is_not_first(real: Snapshot) -> None:
    assert slugs(asked(real, "public meeting"))[0] == "public-meeting"
    assert slugs(asked(real, "hear both sides instead of a public meeting"))[0] != "public-meeting"


def test_in_a_sentence_what_other_methods_recommend_is_likelier(real: Snapshot) -> None:
    recommended = real.kinship.recommended
    links = Counter(slug for card in real.cards for slug in card.refers_to if slug != card.slug)
    assert real.cards[int(recommended.argmax())].slug == links.most_common(1)[0][0]
    assert recommended.min() >= 0
    assert recommended.max() == 1
    sentence = "the ferry timetable changes next winter and shopkeepers on both islands have views about each of the sailings"
    query, _ = real.rank_uncached(sentence)
    assert query.is_sentence
    bare = rank(
        query, real.index, real.names, real.needs, {f: real.fact_fit(f) for f in query.facts}
    )
    ranking = with_kin(query, bare, real.names, real.kinship)
    added = (ranking.scores - bare.scores) / bare.by_words.max()
    akin = AKIN * real.kinship.near(bare.by_words)
    wanted = real.kinship.serves(query.wants) if query.wants else 0.0
    there = bare.scores > 0
    assert (added - akin - wanted)[there] == pytest.approx(0.8 * recommended[there])


def test_no_word_of_a_sentence_outweighs_the_others(real: Snapshot) -> None:
    """A subject that one case alone has would else carry its method to the top."""
    few = real.rank_uncached("hackathon")[1].by_words.max()
    query, _ = real.rank_uncached(
        "our parents teachers governors and neighbours disagree about the school crossing lights"
    )
    assert query.is_sentence
    assert few > MOST
    bare = rank(query, real.index, real.names, NeedIndex([], len(real.cards)), {})
    assert bare.by_words.max() <= MOST * len(query.terms)


def test_a_name_typed_in_full_stays_first(real: Snapshot) -> None:
    assert slugs(asked(real, "citizens jury"))[0] == "citizens-jury"
