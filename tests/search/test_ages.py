"""Ages in words lead to the group of people of that age, where there is one."""

from __future__ import annotations

import pytest

from catalogue.search.query.guidance import guidance_index
from catalogue.search.query.quantities.ages import find_ages
from catalogue.search.snapshot import Snapshot
from tests.support.search_helpers import asked

YOUNG = [
    "under 5s",
    "under-18s",
    "16 to 25 year olds",
    "18-24s",
    "7 year olds",
    "aged 7 to 11",
    "aged 16",
]
OLDER = [
    "over 65s",
    "over-50s",
    "people aged 50 plus",
    "aged 65 and over",
    "70 year olds",
    "people over 75",
    "aged 60 to 80",
    "65+",
]
NEITHER = ["over 18s", "aged 18 and over", "aged 30 to 40", "under 65s", "over 60 people", "a 10 year plan", "in 10 to 20 years", "over 50%"]  # fmt: skip


@pytest.mark.parametrize("text", YOUNG)
def test_those_below_twenty_five_are_young(text: str) -> None:
    (ages,) = find_ages(text)
    assert ages.are_young
    assert not ages.are_older


@pytest.mark.parametrize("text", OLDER)
def test_those_from_fifty_on_are_older(text: str) -> None:
    (ages,) = find_ages(text)
    assert ages.are_older
    assert not ages.are_young


@pytest.mark.parametrize("text", NEITHER)
def test_others_are_of_any_age(text: str) -> None:
    assert not any(ages.are_young or ages.are_older for ages in find_ages(text))


@pytest.mark.parametrize("text", [*YOUNG, *OLDER])
def test_an_age_never_leads_to_an_empty_list(real: Snapshot, text: str) -> None:
    assert asked(real, text).total >= 10


@pytest.mark.parametrize("text", OLDER)
def test_older_ages_lead_to_the_guide_on_older_people(text: str) -> None:
    assert "older-people" in [guide.slug for guide in guidance_index().find(text)]
