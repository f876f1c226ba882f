"""What somebody mainly needs from people, read from their own words, because they seldom name it.

Two things speak for a purpose: phrases by which people say what they need (own_words.yaml, and those of the search), and
the needs that the text is nearest to, of methods mainly made for it. What somebody else proposes by the name of a method says little about it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from catalogue.model.letters import Word, cut
from catalogue.planner.plan_methods import PlanMethods
from catalogue.search.query.wants import WANTS_FILE, read_phrases
from catalogue.storage.fulltext import analyse, stem_of

CUES_FILE = Path(__file__).with_name("own_words.yaml")
# The share of all votes that each phrase counts, and how much of it where somebody else proposes a method.
CUE, PROPOSED = 0.15, 0.3
# How many needs vote for the main purpose of their method.
VOTERS = 150
# A name of a method has at most so many words.
MAX_NAME_WORDS = 6
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


def main_purpose(text: str, rest: str, methods: PlanMethods) -> tuple[str, str]:
    """Return the purpose that a text speaks for most, and the words that speak for it; "" if no need shares a word.

    `rest` is the text without what was read as other answers: "pounds" says nothing of a purpose.
    """
    votes, nearest = _votes(rest, methods)
    found: dict[str, list[str]] = defaultdict(list)
    # Few phrases are anywhere in a text, and only they are looked for in each sentence.
    whole = _stems(list(cut(text)))
    known = (*read_phrases(CUES_FILE, "purpose_cues"), *read_phrases(WANTS_FILE))
    phrases = [pair for pair in dict.fromkeys(known) if pair[1].search(whole)]
    for sentence in _SENTENCE.findall(text):
        weight = CUE * (PROPOSED if _is_proposal(sentence, methods) else 1)
        for purpose, words in _cues(sentence, phrases):
            votes[purpose] = votes.get(purpose, 0.0) + weight
            found[purpose].append(words)
    if not votes:
        return "", ""
    best = min(votes, key=lambda purpose: (-votes[purpose], purpose))
    return best, ", ".join(found[best][:3] or _shared(rest, best, nearest, methods))


def _votes(text: str, methods: PlanMethods) -> tuple[dict[str, float], list[str]]:
    """Return the share of the votes for each purpose, set against how many needs have it, and the methods, nearest first."""
    votes: dict[str, float] = defaultdict(float)
    nearest = methods.needs.nearest(text, VOTERS)
    for slug, near in nearest:
        for purpose in methods.methods[slug].purposes[:1]:
            votes[purpose] += near / methods.needs_for[purpose]
    whole = sum(votes.values()) or 1.0
    shares = {purpose: vote / whole for purpose, vote in votes.items()}
    return shares, list(dict.fromkeys(slug for slug, _ in nearest))


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
    stems = [token.stem for token in analyse(sentence)]
    return any(
        tuple(stems[n : n + length]) in methods.names
        for n in range(len(stems))
        for length in range(1, MAX_NAME_WORDS + 1)
    )


def _shared(text: str, purpose: str, nearest: list[str], methods: PlanMethods) -> list[str]:
    slug = next(slug for slug in nearest if purpose in methods.methods[slug].purposes[:1])
    return methods.words.shared(text, slug)
