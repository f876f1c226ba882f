"""Which way round a limit is meant: a “not” before “more” is an upper limit, one before “fewer” is a lower one.

The phrases were written before the grammar was looked at or changed: each negation with each comparison, with the
verbs that people put between them, for money, weeks, hours and people.
"""

from __future__ import annotations

import pytest

from catalogue.search.query.quantities.finder import find_quantities
from catalogue.search.query.quantities.limits import MAX_NUMBER

AMOUNTS = {
    "budget": ("£3,000", 3000),
    "weeks": ("six weeks", 6),
    "hours": ("two hours", 2),
    "people": ("20 people", 20),
}
# Frames that any quantity can follow.
UP_TO = [
    "no more than", "not more than", "not over", "not above", "nothing over", "nothing above", "nothing beyond",
    "nothing more than", "never more than", "never over", "must not be more than", "mustn't be more than",
    "must not go over", "we mustn't go over", "it can't go above", "cannot go beyond", "should not exceed",
    "it shouldn't exceed", "must never exceed", "may not exceed", "isn't more than", "is not over",
    "won't be more than", "needn't be more than", "doesn't need more than", "we do not need more than",
    "doesn't need to be more than", "not to exceed", "without going over", "without exceeding", "without more than",
    "nothing that needs more than", "nothing which needs over", "we don't have more than", "we haven't got more than",
    "we have no more than", "we will not have more than", "we won't have more than", "there isn't more than",
    "it can't be any more than", "under no circumstances more than", "in no case over", "we haven’t more than",
]  # fmt: skip
AT_LEAST = [
    "no less than", "not less than", "not under", "not below", "nothing under", "nothing below", "nothing less than",
    "never less than", "never under", "must not be less than", "mustn't be under", "it shouldn't be below",
    "it can't be less than", "should never fall below", "must not fall below", "mustn't drop under",
    "isn't less than", "won't be less than", "cannot go below", "can't go under", "without going below",
]  # fmt: skip
# Frames whose verb or comparison belongs to one kind of quantity.
UP_TO_OF = {
    "budget": [
        "must not cost more than", "mustn't cost more than", "doesn't cost more than", "nothing that costs more than",
        "nothing costing more than", "it shouldn't cost over", "we can't spend more than", "cannot spend above",
        "we won't spend more than", "we aren't able to spend more than", "we're not allowed to spend over",
        "never spend more than", "can't afford more than", "without spending more than", "without costing more than",
        "we are not prepared to pay more than", "we won't pay over", "no method that costs more than",
        "we don't want to spend over", "we are not willing to spend more than",
    ],
    "weeks": [
        "no longer than", "not longer than", "nothing longer than", "never longer than", "must not take longer than",
        "mustn't last longer than", "shouldn't take more than", "nothing that takes more than", "can't take any longer than",
        "nothing that lasts longer than", "it won't run longer than", "without taking more than", "isn't longer than",
        "needn't last more than", "we don't want it to last more than", "nothing taking over",
    ],
    "hours": [
        "no longer than", "shouldn't take more than", "mustn't take longer than", "doesn't last more than",
        "nothing that takes more than", "nobody can give more than", "no one can spare more than",
        "people can't spare more than", "people won't stay longer than", "nobody has more than",
        "people won't give more than", "needn't be longer than", "nobody will stay for more than",
    ],
    "people": [
        "we can't invite more than", "cannot have more than", "we won't get more than", "we don't expect more than",
        "not expecting more than", "mustn't involve more than", "nothing for more than", "the room doesn't hold more than",
        "the room won't take more than", "the hall can't seat more than", "we're not going to get more than",
        "we never get more than", "the meeting must not have more than",
    ],
}  # fmt: skip
AT_LEAST_OF = {
    "budget": ["it won't cost less than", "can't be done for less than", "cannot be done for under", "we don't spend less than"],
    "weeks": ["not shorter than", "no shorter than", "mustn't be shorter than", "can't be done in less than", "no fewer than"],
    "hours": ["nothing shorter than", "it can't last less than", "it shouldn't take less than", "no fewer than"],
    "people": [
        "no fewer than", "not fewer than", "there can't be fewer than", "don't invite fewer than",
        "must not involve fewer than", "mustn't be fewer than", "never fewer than",
    ],
}  # fmt: skip
NEGATED = [
    (f"{frame} {amount}", name, side, value)
    for name, (amount, value) in AMOUNTS.items()
    for side, frames in (
        ("up to", UP_TO + UP_TO_OF[name]),
        ("at least", AT_LEAST + AT_LEAST_OF[name]),
    )
    for frame in frames
]
# A negation of something else turns nothing round.
OF_ANOTHER_THING = [
    ("we don't know them, more than 50 people are coming", "people", "at least", 50),
    ("no staff but more than £5,000", "budget", "at least", 5000),
    ("no staff and over 50 people", "people", "at least", 50),
    ("no trained facilitator, more than 40 people", "people", "at least", 40),
    ("not online, at least 30 people", "people", "at least", 30),
    ("cannot meet in person, under £500", "budget", "up to", 500),
    ("not in the evening, less than two hours", "hours", "up to", 2),
    ("no money and less than two weeks", "weeks", "up to", 2),
    ("it did not work last time. More than 60 people came", "people", "at least", 60),
    ("we have more than £5,000", "budget", "at least", 5000),
    ("more than 20 people will come", "people", "at least", 20),
    ("under three weeks", "weeks", "up to", 3),
]


def _ends(text: str, name: str) -> list[tuple[float, float]]:
    return [(found.low, found.high) for found in find_quantities(text) if found.name == name]


@pytest.mark.parametrize(("text", "name", "side", "value"), NEGATED + OF_ANOTHER_THING)
def test_a_limit_is_read_the_way_round_that_is_meant(
    text: str, name: str, side: str, value: float
) -> None:
    (ends,) = _ends(text, name)
    low, high = ends
    if side == "up to":
        assert low == 0
        assert high == pytest.approx(value, rel=0.02, abs=1 if value >= 20 else 0.1)
    else:
        assert high == MAX_NUMBER
        assert low == pytest.approx(value, rel=0.02, abs=1 if value >= 20 else 0.1)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("not less than 10 and not more than 20 people", 10, 20),
        ("no fewer than 10 but no more than 20 people", 10, 20),
        ("never fewer than 6 and never more than 12 people", 6, 12),
    ],
)
def test_two_limits_of_one_quantity_are_a_range(text: str, low: float, high: float) -> None:
    assert _ends(text, "people") == [(low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "more than 20 people cannot come", "more than 30 people can't make it", "over 40 people won't be there",
        "at least 15 people are not able to come", "more than 20 people never answered",
    ],
)  # fmt: skip
def test_people_who_do_not_come_are_no_limit(text: str) -> None:
    assert _ends(text, "people") == []


def test_there_are_as_many_phrases_as_were_promised() -> None:
    assert len(NEGATED) >= 120
