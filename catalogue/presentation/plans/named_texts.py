"""Why a method that a search names is out of reach: what each size takes, against the money, time and people that were given.

Judged and worded as by the planner, whose "Why not?" says more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from catalogue.i18n import gettext
from catalogue.planner.answers import EMPTY, Answers
from catalogue.planner.limits import AT_MOST
from catalogue.planner.struck_out import broken_limits
from catalogue.presentation.plans.plan_texts import limit_text
from catalogue.search.engine import SearchPage
from catalogue.search.query.quantities.limits import MAX_NUMBER


class OutOfReach(NamedTuple):
    """A method that is named and does not fit in any size: why, in a sentence, and the query of the planner that explains it."""

    title: str
    text: str
    query: str


def out_of_reach(page: SearchPage) -> Iterator[OutOfReach]:
    """Yield the methods that the words name of which no size fits the numbers in the words and filters."""
    answers = _answers(page)
    for card in page.named:
        broken = [(run, broken_limits(run, answers)) for run in card.runs]
        # The smallest of the sizes that come nearest.
        run, limits = min(broken, key=lambda each: len(each[1]))
        if limits:
            why = " ".join(limit_text(limit, run, answers) for limit in limits)
            text = gettext("“%(title)s” does not fit, whatever its size. %(why)s", title=card.title, why=why)  # fmt: skip
            yield OutOfReach(card.title, text, answers.changed("why_not", card.slug).query())


def _answers(page: SearchPage) -> Answers:
    """Return the numbers that a search gives as answers of the planner."""
    limits = page.limits.facts if page.limits else ()
    numbers = {fact.name: fact.numbers for fact in limits if fact.numbers} | page.request.ranges
    answers = EMPTY
    for name, (low, high) in numbers.items():
        if name == "people":
            answers = answers.changed(name, (low, high))
        elif name in AT_MOST and high < MAX_NUMBER:
            answers = answers.changed(name, high)
    return answers
