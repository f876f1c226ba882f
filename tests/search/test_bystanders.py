"""Whoever decides, wants to know, or is spoken for by others is named in a text, and is not whom to ask."""

from __future__ import annotations

import pytest

from catalogue.search.query.facts import find_mentions, without_refused_options
from catalogue.search.query.guidance import guidance_index


def audience_in(text: str) -> list[str]:
    return [v for each in find_mentions(text) if each.fact.name == "audience" for v in each.fact.values]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("councillors will decide", []),
        ("Councillors want to know what we think", []),
        ("the councillors are split", []),
        ("councillors will then respond in public", []),
        ("we report to the councillors in May", []),
        ("consult councillors who want to know more", ["decision-makers"]),
        ("a day with councillors", ["decision-makers"]),
        ("train the councillors to vote", ["decision-makers"]),
        ("parents of disabled children", []),
        ("carers for very old adults and pupils", ["service-users", "young-people", "members"]),
        ("children's services inspection", []),
        ("children's ideas for the park", ["young-people"]),
        ("outside the school", []),
        ("the whole school", ["members"]),
        ("local firms near the station", ["businesses"]),
        ("householders", ["local-residents"]),
    ],
)
def test_who_is_named_is_an_audience_only_where_they_take_part(
    text: str, audience: list[str]
) -> None:
    assert audience_in(text) == audience


def test_guides_are_looked_for_without_bystanders() -> None:
    assert guidance_index().find(without_refused_options("parents of disabled children")) == ()
    assert guidance_index().find(without_refused_options("disabled children")) != ()
