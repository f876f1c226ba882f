"""A word for an option that means something else beside other words names no option; a group that is named is no limit."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.model.facts import Fact
from catalogue.search.query.facts import find_mentions, understood
from catalogue.search.snapshot import Snapshot


@pytest.mark.parametrize(
    "text",
    ["tax free shopping", "free text comments", "feel free to answer", "a car-free street", "free school meals", "the front row",
     "two weeks of it, a row of houses"],
)  # fmt: skip
def test_a_word_of_another_meaning_names_nothing(text: str) -> None:
    assert {mention.fact.name for mention in find_mentions(text)} <= {"weeks"}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("it must be free", Fact("cost", ("minimal",))),
        ("fee-free", Fact("cost", ("minimal",))),
        ("a row over parking", Fact("handles_conflict", ("high",))),
        ("phone friendly", Fact("format", ("online",))),
        ("works on a phone", Fact("format", ("online",))),
        ("by phone", Fact("format", ("remote",))),
        ("chosen by lot", Fact("recruitment", ("random",))),
        ("no facilitators", Fact("facilitation", ("none",))),
        ("without a professional facilitator", Fact("facilitation", ("none", "some"))),
    ],
)
def test_an_option_is_read_as_it_is_meant(text: str, fact: Fact) -> None:
    assert [mention.fact for mention in find_mentions(text)] == [fact]


@pytest.mark.parametrize("text", ["new mothers", "SEND parents", "dads"])
def test_a_group_that_is_named_raises_methods_and_limits_nothing(real: Snapshot, text: str) -> None:
    query = real.matched(text).query
    assert query.limits == ()
    assert [fact.name for fact in query.facts] == ["inclusion"]


def test_childcare_that_is_needed_is_a_limit(real: Snapshot) -> None:
    assert real.matched("childcare").query.limits == (Fact("inclusion", ("carers",)),)


def test_a_day_of_the_calendar_is_a_limit_from_today(real: Snapshot) -> None:
    query = real.matched("by Christmas", frozenset(), date(2026, 11, 29)).query
    assert query.limits == (Fact("weeks", numbers=(0, 3)),)
    assert real.matched("by Christmas").query.limits == ()
    assert not understood("by Christmas").mentions
