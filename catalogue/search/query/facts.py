"""Finds the facts that a search names, such as "cheap", "young people", "under £500" or "in two weeks"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from catalogue.model.facts import Fact
from catalogue.search.query.bystanders import is_bystander
from catalogue.search.query.groups import group_spans
from catalogue.search.query.other_meanings import means_another
from catalogue.search.query.quantities.ages import YOUNG_PEOPLE, find_ages
from catalogue.search.query.quantities.finder import find_quantities
from catalogue.search.query.quantities.limits import POPULATION, Quantity
from catalogue.search.query.refusal import is_excluded, is_refused
from catalogue.search.query.thesaurus import THESAURUS
from catalogue.vocabulary import VOCABULARY

# A limit in the words orders the list first; other facts, such as an audience, only raise the methods that have them.
LIMITS = frozenset(
    (*VOCABULARY.ranges, "cost", "format", "facilitation", "inclusion", "handles_conflict")
)
# Words that name a group of people in a facet of limits: whoever asks for "new mothers" limits nothing.
PEOPLE_WORDS = frozenset(("carers", "parents", "working parents", "mothers", "mums", "fathers", "dads", "non-english speakers", "survivors", "victims"))  # fmt: skip
# What says that a time is all there is: "I have four weeks", "within ten days".
_DEADLINE = re.compile(
    r"\b(?:in|within|by|before|have|has|got|under|only|must|up to|at most|no more than|budget)\b[^.;!?]{0,25}$",
    re.I,
)
# Facets whose labels are words of any sentence, such as "high" and "well": only their synonyms name an option.
GRADED = ("cost", "handles_conflict", "handles_complexity")
# Whoever refuses one of these ways to take part wants another of them.
_WAYS = ("in-person", "online", "remote")


@dataclass(frozen=True)
class FactMention:
    """A fact and its mention in a search: the text, from `start` to `end` (exclusive) in the search.

    A `firm` one is a limit in any story: money, and the time that there is. Other numbers of a story may be part of it.
    """

    fact: Fact
    text: str
    start: int
    end: int
    firm: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Understood:
    """What a text says of a situation: the facts it names, and how many people live where it happens.

    Facts and populations (`Quantity` of the name "population") have the span of the words used for them. `refused` are the
    options that it names only to say no to them.
    """

    mentions: tuple[FactMention, ...]
    populations: tuple[Quantity, ...]
    refused: tuple[FactMention, ...] = ()


@cache
def _named_facts() -> tuple[re.Pattern[str], dict[str, Fact]]:
    """Return a pattern of all words for the options of facts, and the fact that each means, in lowercase."""
    meanings: dict[str, Fact] = {}
    for facet in VOCABULARY.facets.values():
        if not facet.fact:
            continue
        for option in facet.options:
            labels = () if facet.name in GRADED else (option.label,)
            for word in (*option.synonyms, *labels):
                if word.lower() in THESAURUS.generic:
                    continue
                fact = meanings.get(word.lower(), Fact(facet.name))
                if fact.name == facet.name and option.value not in fact.values:
                    meanings[word.lower()] = Fact(facet.name, (*fact.values, option.value))
    joined = "|".join(re.escape(word) for word in sorted(meanings, key=len, reverse=True))
    joined = joined.replace("'", "['\u2019]")
    return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE), meanings


def option_words() -> dict[str, Fact]:
    """Return all words for the options of facts, in lowercase, and the fact that each means."""
    return _named_facts()[1]


def understood(text: str, today: date | None = None) -> Understood:
    """Return what a text of any length says: its facts in order and without overlaps; numbers win over options.

    Days of the calendar are read as weeks from `today`, and not read without it.
    """
    quantities = find_quantities(text, today)
    mentions: list[FactMention] = []
    groups = group_spans(text)
    for mention in (*_numbers(text, quantities), *_ages(text), *_mentioned_options(text)):
        # A mark behind it belongs to its last letter, and one before it to a letter before: the word goes on.
        around = (
            text[max(mention.start - 1, 0) : mention.start],
            text[mention.end : mention.end + 1],
        )
        # "Business rates" names no businesses.
        span = (mention.start, mention.end)
        if any(
            start <= span[0] and span[1] <= end and span != (start, end) for start, end in groups
        ):
            continue
        goes_on = any(unicodedata.combining(letter or " ") for letter in around)
        if not goes_on and all(
            mention.end <= other.start or mention.start >= other.end for other in mentions
        ):
            mentions.append(mention)
    mentions.sort(key=lambda mention: mention.start)
    refused = [mention for mention in mentions if _is_refused(mention, text)]
    wanted = [mention for mention in mentions if mention not in refused]
    if opposite := _opposite(refused, wanted):
        wanted = sorted([*wanted, opposite], key=lambda mention: mention.start)
    populations = tuple(q for q in quantities if q.name == POPULATION)
    return Understood(tuple(wanted), populations, tuple(refused))


def find_mentions(text: str) -> list[FactMention]:
    """Return the facts that a text names."""
    return list(understood(text).mentions)


def without_refused_options(text: str) -> str:
    """Return a text with spaces in place of the options that it names only to say no to them, and of bystanders."""
    for mention in (*understood(text).refused, *_options_at(text, bystanders=True)):
        text = f"{text[: mention.start]}{' ' * len(mention.text)}{text[mention.end :]}"
    return text


def _is_refused(mention: FactMention, text: str) -> bool:
    """Whether a text names an option only to say no to it."""
    fact = mention.fact
    if fact.numbers:
        return False
    # Whoever cannot travel from home may take part from there.
    if fact.name == "format" and not mention.text.lower().startswith("from "):
        return is_refused(text, mention.start, mention.end)
    return is_excluded(text, mention.start, mention.end)


def _opposite(refused: list[FactMention], wanted: list[FactMention]) -> FactMention | None:
    """Return the other ways to take part, where meeting or the internet is refused and no way is wanted."""
    ways = [mention for mention in refused if mention.fact.name == "format"]
    values = {value for mention in ways for value in mention.fact.values}
    if any("no-internet" in mention.fact.values for mention in wanted):
        values.add("online")
    left = tuple(way for way in _WAYS if way not in values)
    if not (ways and left) or values <= {"remote", "hybrid"}:
        return None
    named = any(mention.fact.name == "format" for mention in wanted)
    return None if named else replace(ways[0], fact=Fact("format", left))


def _numbers(text: str, quantities: Iterable[Quantity]) -> Iterator[FactMention]:
    for quantity in quantities:
        if quantity.name != POPULATION:
            start, end = quantity.start, quantity.end
            fact = Fact(quantity.name, numbers=(quantity.low, quantity.high))
            yield FactMention(fact, text[start:end], start, end, _is_firm(fact, text[:end]))


def _is_firm(fact: Fact, up_to: str) -> bool:
    return fact.name == "budget" or (fact.name == "weeks" and bool(_DEADLINE.search(up_to)))


def _ages(text: str) -> Iterator[FactMention]:
    for ages in find_ages(text):
        if ages.are_young:
            named = text[ages.start : ages.end]
            yield FactMention(Fact("audience", (YOUNG_PEOPLE,)), named, ages.start, ages.end)


def _mentioned_options(text: str) -> Iterator[FactMention]:
    return _options_at(text, bystanders=False)


def _options_at(text: str, bystanders: bool) -> Iterator[FactMention]:
    """Yield the options that a text names: those of people who are not to take part, or all others."""
    pattern, meanings = _named_facts()
    for match in pattern.finditer(text):
        # re takes "ſ" for "s"; lower() does not.
        fact = meanings.get(match[0].lower().replace("\u2019", "'"))
        if fact and not means_another(text, *match.span()):
            beside = fact.name == "audience" and is_bystander(text, *match.span(), fact.values)
            if beside == bystanders:
                yield FactMention(fact, match[0], match.start(), match.end())
