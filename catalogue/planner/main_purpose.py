"""What somebody mainly needs from people, read from their own words, because they seldom name it.

Two things speak for a purpose: phrases by which people say what they need (own_words.yaml, and those of the search), and
the needs that the text is nearest to, of methods mainly made for it. The name of a method speaks for the main purpose of that
method, whatever its words mean by themselves, and for little of it where somebody else proposes it; one that is refused says nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue.model.letters import Word, cut
from catalogue.planner.plan_methods import PlanMethods
from catalogue.search.cards import VOTING, ends_in_a_vote
from catalogue.search.query.facts import without_refused_options
from catalogue.search.query.refusal import failed_until, is_passed_over, is_refused
from catalogue.search.query.wants import WANTS_FILE, read_phrases
from catalogue.storage.fulltext import analyse, stem_of

CUES_FILE = Path(__file__).with_name("own_words.yaml")
# The share of all votes that each phrase counts; how much of it where somebody else proposes a method; and the name of one.
CUE, PROPOSED, NAMED = 0.15, 0.3, 0.5
# A text that begins with a phrase, such as "Evaluate", says with it what is to be done.
FIRST = 5
# How many needs vote for the main purpose of their method.
VOTERS = 150
# Somebody wants a method, in words that stand at most so many characters before its name in the same clause.
_WANTED = re.compile(
    r"\b(?:want|wants|wanted|asks?|asked|told|propos\w+|suggest\w*|insist\w*|demand\w*|expect\w*|would\s+like|consider\w*|plan(?:s|ned|ning)?\s+(?:to|an?))\b|"
    r"['\u2019]d\s+like\b",
    re.I,
)
_WANTED_WITHIN = 60
_CLAUSE = re.compile(r"[.;!?]|\b(?:and|but|because|then|so|where|when|which|while)\b", re.I)
# Or says to do it, right before the name: "we could hold a", "run", "let's use"; but "we run a" tells what they do.
_TO_DO = re.compile(
    r"(?:^|[.,;:!?(]\s*|(?<!whether\s)\b(?:to|and|should|could|would|can|might|will|shall|must|please|let['\u2019]s|(?:do|can|could|should|shall)\s+(?:I|we|you))\s+|['\u2019](?:d|ll)\s+)"
    r"(?:hold|run|use|do|try|have|host|organi[sz]e|arrange|commission|set\s+up|put\s+on|(?:hold|runn|us|do|try|hav|host|organi[sz]|arrang|commission)ing)\s+"
    r"(?:(?:an?|the|some|our|one|two|three|several|another|short|small|big|quick|full|proper|little|new|few)\s+)*$",
    re.I,
)
_PLEASE = re.compile(r"\s*,?\s*please\b", re.I)
_VOTES = re.compile(rf"\b(?:{'|'.join(VOTING)})s?\b", re.I)
_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*")
# Somebody else puts forward a method, in words that may stand before its name.
_PROPOSES = re.compile(
    r"\b(?:want|wants|wanted|asks?|asked|told|propos\w+|suggest\w*|insist\w*|expect\w*|offer\w*|quoted|says?|advise\w*|"
    r"keen|like|prefer\w*|idea|sent|booked)\b",
    re.I,
)
# What we want ourselves, and what somebody wants to know, are no proposals; nor is a question.
_OUR_AIM = re.compile(
    r"^\W*(?:(?:but|and|so)\s+)?(?:I|we)\b|\b(?:I|we)(?:['\u2019]d|\s+(?:want|need|would))\b|"
    r"\b(?:wants?|needs?|like|must|have)\s+to\s+(?:know|see|hear|find|understand|learn)\b|\?\s*$",
    re.I,
)


@dataclass(frozen=True)
class Named:
    """A method that a text names, from `start` to `end`; whether somebody wants it, or does not; `passed_over` where they refuse nothing."""

    slug: str
    start: int
    end: int
    wanted: bool
    refused: bool
    passed_over: bool = False


def named_methods(text: str, methods: PlanMethods) -> list[Named]:
    """Return the methods that a text names, the longest name at each place, in order and without overlaps.

    A name of one word, such as "panel" or "survey", is a word of any story, so it counts only where it is wanted or refused.
    """
    tokens = analyse(text)
    found: list[Named] = []
    for n, first in enumerate(tokens):
        if found and first.start < found[-1].end:
            continue
        slug, length = methods.named_at(text, tokens, n)
        if not slug:
            continue
        end = tokens[n + length - 1].end
        passed_over = is_passed_over(text, first.start, end)
        refused = passed_over or is_refused(text, first.start, end)
        wanted = not refused and _is_wanted(text, first.start, end)
        if length > 1 or wanted or refused:
            found.append(Named(slug, first.start, end, wanted, refused, passed_over))
    return found


def _is_wanted(text: str, start: int, end: int) -> bool:
    """Whether somebody wants the method that a text names at a place, or says to do it."""
    before = text[max(0, start - _WANTED_WITHIN) : start]
    said = _WANTED.search(_CLAUSE.split(before)[-1]) or _TO_DO.search(before)
    return bool(said or _PLEASE.match(text, end))


def without_refused(text: str, methods: PlanMethods) -> str:
    """Return a text with spaces in place of the methods and options that it refuses, so that their names speak for nothing."""
    refused = [each for each in named_methods(text, methods) if each.refused]
    ends = [replace(each, end=failed_until(text, each.end)) for each in refused]
    return _without(without_refused_options(text), ends)


def refused_methods(text: str, methods: PlanMethods) -> dict[str, bool]:
    """Return the methods that a text does not want and does not name otherwise, in its order, each with whether it says no to it.

    Whoever refuses votes refuses the methods that end in one.
    """
    named = named_methods(text, methods)
    others = {each.slug for each in named if not each.refused}
    found = {each.slug: not each.passed_over for each in named if each.refused}
    if any(is_refused(text, *vote.span()) for vote in _VOTES.finditer(text)):
        voting = (
            m.slug for m in methods.methods.values() if ends_in_a_vote(m.outcomes, (m.family,))
        )
        found = dict.fromkeys(voting, True) | found
    return {slug: refused for slug, refused in found.items() if slug not in others}


def main_purpose(text: str, rest: str, methods: PlanMethods) -> tuple[str, str]:
    """Return the purpose that a text speaks for most, and the words that speak for it; "" if no word can be named for any.

    `rest` is the text without what was read as other answers: "pounds" says nothing of a purpose.
    """
    votes = _votes(_without(rest, named_methods(rest, methods)), methods)
    found: dict[str, list[str]] = defaultdict(list)
    for purpose, words, weight in _said(text, named_methods(text, methods), methods):
        votes[purpose] = votes.get(purpose, 0.0) + weight
        found[purpose].append(words)
    # The needs are many, so that some purpose is always nearest; it counts only if words of what must happen say so.
    purpose = max(found, key=lambda each: (votes[each], each), default="")
    return purpose, ", ".join(list(dict.fromkeys(found[purpose]))[:3]) if purpose else ""


def _said(text: str, named: list[Named], methods: PlanMethods) -> Iterator[tuple[str, str, float]]:
    """Yield the purposes for which words of a text speak: of its phrases and of the methods it names, with words and weight."""
    plain = _without(text, named)
    # Few phrases are anywhere in a text, and only they are looked for in each sentence.
    whole = _stems(list(cut(plain)))
    known = (*read_phrases(CUES_FILE, "purpose_cues"), *read_phrases(WANTS_FILE))
    phrases = [pair for pair in dict.fromkeys(known) if pair[1].search(whole)]
    for sentence in _SENTENCE.finditer(text):
        weight = CUE * (PROPOSED if _is_proposal(sentence[0], methods) else 1)
        for purpose, words in _cues(plain[sentence.start() : sentence.end()], phrases):
            first = text.lstrip().startswith(words)
            if purpose != "resolve-conflict" or not is_refused(
                sentence[0], sentence[0].find(words)
            ):
                yield purpose, words, weight * (FIRST if first else 1)
        for each in named:
            if sentence.start() <= each.start < sentence.end() and not each.refused:
                for purpose in methods.methods[each.slug].purposes[:1]:
                    yield purpose, text[each.start : each.end], NAMED * weight


def _without(text: str, named: list[Named]) -> str:
    """Return a text with spaces in place of the methods it names, as long as it was."""
    for each in named:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _votes(text: str, methods: PlanMethods) -> dict[str, float]:
    """Return the share of the votes for each purpose, set against how many needs have it."""
    votes: dict[str, float] = defaultdict(float)
    for slug, near in methods.needs.nearest(text, VOTERS):
        for purpose in methods.methods[slug].purposes[:1]:
            votes[purpose] += near / methods.needs_for[purpose]
    whole = sum(votes.values()) or 1.0
    return {purpose: vote / whole for purpose, vote in votes.items()}


def _cues(sentence: str, phrases: list[tuple[str, re.Pattern[str]]]) -> Iterator[tuple[str, str]]:
    """Yield the purpose of each phrase in a sentence, and the phrase as it is written there."""
    words = list(cut(sentence))
    stems = _stems(words)
    for purpose, pattern in phrases:
        if match := pattern.search(stems):
            first, last = stems.count(" ", 0, match.start()), stems.count(" ", 0, match.end())
            yield purpose, sentence[words[first].start : words[last].end]


def _stems(words: list[Word]) -> str:
    return " ".join(stem_of(word.folded) for word in words)


def _is_proposal(sentence: str, methods: PlanMethods) -> bool:
    """Whether somebody else proposes a method in a sentence."""
    if not _PROPOSES.search(sentence) or _OUR_AIM.search(sentence):
        return False
    tokens = analyse(sentence)
    return any(methods.named_at(sentence, tokens, n)[1] for n in range(len(tokens)))
