"""Own words: the answers that a text names, each with the words that it was read from, so that it can be taken back.

The numbers and options are those that the search finds in words, and phrases of own_words.yaml. Nothing is taken over
where the question was answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from catalogue.planner.answers import NUMBERS, ONE_OF, SEVERAL_OF, Answers
from catalogue.planner.main_purpose import CUES_FILE, main_purpose, named_methods
from catalogue.planner.people_in_words import FEWEST, people_said
from catalogue.planner.plan_methods import PlanMethods
from catalogue.search.query.decided import decided_in, phrase_pattern
from catalogue.search.query.facts import FactMention, find_mentions, understood
from catalogue.search.query.facts import Understood as SaidInText
from catalogue.search.query.quantities.limits import MAX_NUMBER
from catalogue.search.query.refusal import is_refused
from catalogue.vocabulary import VOCABULARY, read_yaml

# The answers of the facts that a search knows.
# Not the format: a story that names the internet does not ask for it.
NAMES = {"audience": "audience", "handles_conflict": "conflict", "handles_complexity": "complexity",
         "inclusion": "must"}  # fmt: skip
# Somebody says what they have, in words that stand before a number in its sentence or with it.
HAD = re.compile(r"\b(?:have|has|had|having|got|give\w*|gave|within|need|must|budget|spend|allowed|between us|left|with|our)\b|['\u2019]ve\b", re.I)  # fmt: skip
HAD_WITHIN = 60
# How often something happens is no time to a result, but "two grand, a month" and "a month to find out" are one.
EACH = re.compile(r"(?:(?:a|an|each|every|per)\s)?(?:week|month|year|day|morning|evening|afternoon|weekly|monthly|overnight)s?", re.I)  # fmt: skip
ONCE = re.compile(r"(?:a|an|one)\s(?:fortnight|month|year|week)", re.I)
ONCE_BEFORE = re.compile(r"(?:^|[.,;:!?(\u2013-]|\b(?:and|plus))\s*$", re.I)
ONCE_AFTER = re.compile(r"\s*(?:$|[.,;:!?)]|(?:to|until|till|before\s+(?:we|I|they))\b)", re.I)
MAX_AUDIENCES = 2
# A number and the words before it, which are no people.
NOT_A_NUMBER = re.compile(r"^.*\d\S*")
# The numbers of which the last one that somebody has counts.
LIMITS = tuple(name for name in NUMBERS if name != "people")


@dataclass(frozen=True)
class Understood:
    """An answer read from a text: the name of the question, the value, and the words."""

    name: str
    value: str | tuple[float, float] | float
    words: str


def understand(answers: Answers, methods: PlanMethods, today: date | None = None) -> list[Understood]:  # fmt: skip
    """Return what the own words answer of the questions that have no answer yet, in the order of the text.

    Days of the calendar are read as weeks from `today`, and not read without it.
    """
    text = answers.text
    if not text:
        return []
    open_names = {name for name in (*NAMES.values(), *NUMBERS, "purpose", "asked_for") if answers.is_open(name)}  # fmt: skip
    said = understood(text, today)
    found = [each for each in _numbers(text, said) if each.name in open_names]
    taken: set[tuple[str, object]] = set()
    for mention in said.mentions:
        for name, value in (*_options(mention, text), *_counted(mention)):
            if name in open_names and (name, value) not in taken and _has_room(name, found):
                taken.add((name, value))
                found.append(Understood(name, value, mention.text))
    for name, value, words in _phrases(text):
        if answers.is_open(name) and (name, value) not in taken and _has_room(name, found):
            taken.add((name, value))
            found.append(Understood(name, value, words))
    if "asked_for" in open_names:
        wanted = [each for each in named_methods(text, methods) if each.wanted][:1]
        found += [
            Understood("asked_for", each.slug, text[each.start : each.end]) for each in wanted
        ]
    if "purpose" in open_names:
        purpose, words = main_purpose(text, unread(text, found), methods)
        found += [Understood("purpose", purpose, words)] if purpose else []
    return found


def _numbers(text: str, said: SaidInText) -> list[Understood]:
    """Return one number for each question: the one that somebody says to have, or the last one named."""
    best: dict[str, tuple[bool, float, Understood]] = {}
    for start, each in _limits(text, said):
        before = re.split(r"[.;:!?]", text[max(0, start - HAD_WITHIN) : start])[-1]
        rank = (bool(HAD.search(before + each.words)), start)
        if each.name not in best or rank >= best[each.name][:2]:
            best[each.name] = (*rank, each)
    people = people_said(text, said)
    found = [Understood("people", (people.low, people.high), people.words)] if people else []
    return found + [best[name][2] for name in LIMITS if name in best]


def _limits(text: str, said: SaidInText) -> Iterator[tuple[int, Understood]]:
    """Yield the limits that a text names with where they stand."""
    for mention in said.mentions:
        name, numbers = mention.fact.name, mention.fact.numbers
        if name in LIMITS and numbers and not _how_often(text, mention):
            # Who has at least so much has that for sure.
            most = numbers[0] if numbers[1] >= MAX_NUMBER else numbers[1]
            yield mention.start, Understood(name, most, mention.text)


def _how_often(text: str, mention: FactMention) -> bool:
    """Whether a time says how often something happens."""
    if not EACH.fullmatch(mention.text.strip()):
        return False
    alone = ONCE_BEFORE.search(text[: mention.start]) and ONCE_AFTER.match(text, mention.end)
    return not (alone and ONCE.fullmatch(mention.text.strip()))


def _options(mention: FactMention, text: str) -> list[tuple[str, str]]:
    fact = mention.fact
    name = NAMES.get(fact.name)
    if not name:
        return []
    options = ONE_OF.get(name) or SEVERAL_OF[name][0]
    labels = {option.label.lower() for option in VOCABULARY.facets[fact.name].options}
    # "Well" and "poorly" are labels of how a method copes, and words of any story.
    if fact.name.startswith("handles_") and mention.text.lower() in labels:
        return []
    if name == "conflict" and is_refused(text, mention.start):
        return []
    # "People" and the like name nobody in particular.
    return [
        (name, value) for value in fact.values if value in options and value != "general-public"
    ][:1]


def _counted(mention: FactMention) -> list[tuple[str, str]]:
    """Return whom a number of people counts: "3,500 council staff" are staff."""
    numbers = mention.fact.numbers
    if mention.fact.name != "people" or not numbers or numbers[0] < FEWEST:
        return []
    return [option for each in find_mentions(NOT_A_NUMBER.sub("", mention.text))
            for option in _options(each, mention.text) if option[0] == "audience"]  # fmt: skip


def _has_room(name: str, found: list[Understood]) -> bool:
    same = sum(each.name == name for each in found)
    most = MAX_AUDIENCES if name == "audience" else SEVERAL_OF[name][1] if name in SEVERAL_OF else 1
    return same < most


def _phrases(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the answers of the phrases in a text: the name, the value, the words."""
    plain = text.replace("\u2019", "'")
    for name, value, pattern in _phrase_patterns():
        match = pattern.search(plain)
        if match and not (name == "conflict" and is_refused(text, match.start())):
            yield name, value, text[match.start() : match.end()]
    if decided := decided_in(text):
        yield "open", "nothing", decided


@cache
def _phrase_patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    phrases = read_yaml(CUES_FILE)["phrases"]
    return tuple((name, value, phrase_pattern(listed)) for name, values in phrases.items() for value, listed in values.items())  # fmt: skip


def unread(text: str, understood: Iterable[Understood]) -> str:
    """Return the own words without those that were read as limits or needs: they count once, as answers."""
    for each in understood:
        if each.name not in ("purpose", "asked_for"):
            text = text.replace(each.words, " ")
    return text
