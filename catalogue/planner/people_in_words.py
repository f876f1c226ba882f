"""How many people a story is about: those who are to take part, or else all whom it touches.

Numbers that the search finds in words are taken; beside them "twelve of them", "Forty would be plenty" and their like,
which name nobody and mean people all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.planner.answers import POPULATION
from catalogue.search.query.facts import Understood as SaidInText
from catalogue.search.query.quantities.limits import TO
from catalogue.search.query.quantities.number_words import NUMBER, number

# Fewer people are somebody in a story, not those who take part.
FEWEST = 5
_HOW_MANY = rf"(?P<low>{NUMBER})(?:{TO}(?P<high>{NUMBER}))?"
_ABOUT = r"(?:(?:about|around|perhaps|maybe|some|roughly|say|only)\s+)?"
# Somebody hopes for so many, in words that stand at most so many characters before the number.
_HOPED = re.compile(r"\b(?:hop(?:e|ing)|reach|get|invite|recruit|bring|gather|expect|like|with|want)\b[^.;!?]*$", re.I)  # fmt: skip
_HOPED_WITHIN = 24
# What follows a number of people that names nobody.
_TAKING_PART = re.compile(
    rf"\b{_ABOUT}{_HOW_MANY}\s+(?:of\s+(?:them|us|these|those)\b|ordinary\s+[a-z]+|in\s+all\b|altogether\b|"
    r"would\s+be\s+(?:plenty|enough|fine)\b)|"
    rf"\b(?:about|around|roughly|perhaps|maybe|say)\s+(?P<low5>(?:half\s+)?a\s+dozen|two\s+dozen)\b|"
    rf"\b(?:group|meeting)\s+of\s+{_ABOUT}(?P<low2>{NUMBER})(?:{TO}(?P<high2>{NUMBER}))?\b|"
    rf"\b(?:hope\s+for|(?:might|could|can)\s+(?:reach|get|invite))\s+{_ABOUT}(?P<low3>{NUMBER})(?:{TO}(?P<high3>{NUMBER}))?(?=[.,;])|"
    rf"(?<=,\s)(?P<low4>{NUMBER})\s+or\s+so(?=[.,;])",
    re.I,
)
# A group that asks, or that only runs something: "our friends group of 35", "a steering group of nine", "we are a group of 12".
_ASKERS = re.compile(
    r"\b(?:friends|steering|working|project|planning|action|campaign(?:ing|ers)?|organi[sz]ing|management|core|our)\s+$"
    r"|\b(?:we\s+are|we['\u2019]re|I\s+(?:chair|run|lead))\s+(?:an?|the|our)\s+(?:[\w'\u2019-]+\s+){0,3}$",
    re.I,
)

# Homes stand for those who live in them, where these are so many that only some can come.
_HOMES = re.compile(rf"\b{_ABOUT}(?P<low>{NUMBER})\s+(?:homes|houses|flats)\b", re.I)

# The unit of a number of homes stands in what was read of it, or right behind: "an estate of 600 flats".
_HOUSED = re.compile(
    r"\d\S*\s+(?:\w+\s+)?(?:households|homes|properties|dwellings|flats|houses)\b", re.I
)
_UNIT_WITHIN = 24


@dataclass(frozen=True)
class PeopleSaid:
    """A number of people, from `low` to `high`, and the words it was read from."""

    low: float
    high: float
    words: str


def people_said(text: str, said: SaidInText) -> PeopleSaid | None:
    """Return the number of people in a text: hoped for, else the largest of a group, else of all whom it touches."""
    named = [(mention.start, PeopleSaid(*mention.fact.numbers, mention.text)) for mention in said.mentions
             if mention.fact.name == "people" and mention.fact.numbers]  # fmt: skip
    hoped = [each for start, each in named if _HOPED.search(text[max(0, start - _HOPED_WITHIN) : start] + each.words[:1])]  # fmt: skip
    some = [each for _, each in named if each.low < POPULATION]
    living = [PeopleSaid(each.low, each.high, text[each.start : each.end]) for each in said.populations
              if each.low >= POPULATION or not _HOUSED.search(text[each.start : each.end + _UNIT_WITHIN])]  # fmt: skip
    all_touched = [each for _, each in named if each.low >= POPULATION]
    homes = [each for each in _matches(_HOMES, text) if each.low >= POPULATION]
    for group in (hoped + list(_matches(_TAKING_PART, text)), some, all_touched + living + homes):
        enough = [each for each in group if each.low >= FEWEST]
        if enough:
            return max(enough, key=lambda each: each.low)
    return None


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[PeopleSaid]:
    for match in pattern.finditer(text):
        if match[0].lower().startswith("group") and _ASKERS.search(text[: match.start()]):
            continue
        named = {name[:3]: value for name, value in match.groupdict().items() if value}
        low, high = number(named["low"], True), number(named.get("hig", named["low"]), True)
        if low is not None and high is not None:
            yield PeopleSaid(min(low, high), max(low, high), match[0])
