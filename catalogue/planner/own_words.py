"""Own words: the answers that a text names, each with the words that it was read from, so that it can be taken back.

The numbers and options are those that the search finds in words. The main purpose is read from the methods that the
text is nearest to, because people seldom name it. Nothing is taken over where the question was answered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.planner.answers import ONE_OF, SEVERAL_OF, Answers
from catalogue.planner.plan_methods import PlanMethods
from catalogue.planner.rules import Rules
from catalogue.search.query.facts import FactMention, find_mentions
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import analyse
from catalogue.vocabulary import VOCABULARY

# The answers of the facts that a search knows.
# Not the format: a story that names the internet does not ask for it.
NAMES = {"people": "people", "weeks": "weeks", "budget": "budget", "hours": "hours", "audience": "audience",
         "handles_conflict": "conflict", "handles_complexity": "complexity", "inclusion": "must"}  # fmt: skip
MAX_AUDIENCES = 2
# Somebody wants a method, in words that stand at most so many characters before its name.
WANTED = re.compile(r"\b(?:want|wants|wanted|ask|asks|asked|told|propos\w+|suggest\w+|insist\w*|demand\w*|expect\w*|would like|plan\w*)\b", re.I)  # fmt: skip
WANTED_WITHIN = 60
# How many methods vote for the purpose.
VOTERS = 20
# How much less a purpose counts that many methods have: with 1, its share of the votes is set against its share of all.
COMMON = 1.0
MAX_NAME_WORDS = 6


@dataclass(frozen=True)
class Understood:
    """An answer read from a text: the name of the question, the value, and the words."""

    name: str
    value: str | tuple[float, float] | float
    words: str


def understand(answers: Answers, snapshot: Snapshot, methods: PlanMethods, rules: Rules) -> list[Understood]:  # fmt: skip
    """Return what the own words answer of the questions that have no answer yet, in the order of the text."""
    text = answers.text
    if not text:
        return []
    open_names = {name for name in (*NAMES.values(), "purpose", "asked_for") if answers.is_open(name)}  # fmt: skip
    found: list[Understood] = []
    taken: set[tuple[str, object]] = set()
    for mention in find_mentions(text):
        for name, value in _values(mention):
            if name in open_names and (name, value) not in taken and _has_room(name, found):
                taken.add((name, value))
                found.append(Understood(name, value, mention.text))
    if "asked_for" in open_names:
        found += _asked_for(text, snapshot)[:1]
    if "purpose" in open_names:
        found += [Understood("purpose", purpose, words) for purpose, words in _purposes(text, methods, rules)]  # fmt: skip
    return found


def _values(mention: FactMention) -> Sequence[tuple[str, str | tuple[float, float] | float]]:
    fact = mention.fact
    name = NAMES.get(fact.name)
    if not name:
        return []
    if fact.numbers:
        return [(name, fact.numbers if name == "people" else fact.numbers[1])]
    options = ONE_OF.get(name) or SEVERAL_OF[name][0]
    labels = {option.label.lower() for option in VOCABULARY.facets[fact.name].options}
    # "Well" and "poorly" are labels of how a method copes, and words of any story.
    if fact.name.startswith("handles_") and mention.text.lower() in labels:
        return []
    # "People" and the like name nobody in particular.
    return [
        (name, value) for value in fact.values if value in options and value != "general-public"
    ][:1]


def _has_room(name: str, found: list[Understood]) -> bool:
    same = sum(each.name == name for each in found)
    most = MAX_AUDIENCES if name == "audience" else SEVERAL_OF[name][1] if name in SEVERAL_OF else 1
    return same < most


def _asked_for(text: str, snapshot: Snapshot) -> list[Understood]:
    """Return the methods that somebody wants by name: "she wants a public meeting"."""
    names = {stems: card.slug for card in snapshot.cards for stems in card.name_stems if stems}
    tokens = analyse(text)
    found: list[Understood] = []
    for n, first in enumerate(tokens):
        for length in range(min(MAX_NAME_WORDS, len(tokens) - n), 0, -1):
            slug = names.get(tuple(token.stem for token in tokens[n : n + length]))
            if slug and WANTED.search(text[max(0, first.start - WANTED_WITHIN) : first.start]):
                found.append(Understood("asked_for", slug, text[first.start : tokens[n + length - 1].end]))  # fmt: skip
                break
    return found


def _purposes(text: str, methods: PlanMethods, rules: Rules) -> list[tuple[str, str]]:
    """Return the one or two purposes that the nearest methods are made for, each with the words that they share."""
    scores = methods.words.scores(text)
    nearest = sorted(scores, key=lambda slug: (-scores[slug], slug))[:VOTERS]
    votes: dict[str, float] = defaultdict(float)
    common: dict[str, float] = defaultdict(float)
    for slug, method in methods.methods.items():
        for share, purpose in zip(rules.match.purpose_places, method.purposes, strict=False):
            common[purpose] += share
            if slug in nearest:
                votes[purpose] += scores[slug] ** 2 * share
    votes = {purpose: vote / common[purpose] ** COMMON for purpose, vote in votes.items()}
    best = sorted(votes, key=lambda purpose: (-votes[purpose], purpose))[:2]
    return [(p, ", ".join(methods.words.shared(text, _first_for(p, nearest, methods)))) for p in best]  # fmt: skip


def _first_for(purpose: str, nearest: list[str], methods: PlanMethods) -> str:
    return next(slug for slug in nearest if purpose in methods.methods[slug].purposes)
