"""What words want is understood as purposes, and methods akin to the best ones are raised, never those that do not match."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

from catalogue.search.query.wants import WANTS_FILE, wanted_purposes
from catalogue.search.ranking import NameIndex, Ranking, with_kin
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
    akin = np.argsort(-real.kinship.near(scores))[:4]
    assert "citizens-jury" in [real.cards[n].slug for n in akin]
    assert {real.cards[n].choices["family"] for n in akin} == {("mini-public",)}


def test_a_name_typed_in_full_stays_first(real: Snapshot) -> None:
    assert slugs(asked(real, "citizens jury"))[0] == "citizens-jury"
