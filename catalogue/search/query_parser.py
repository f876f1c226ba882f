"""Works out what a typed search may mean: words, phrases, other words for them, facts, slips.

Comes between the request and search/ranking.py; it changes nothing that it does not also report, so that a
page can say what was done and how to undo it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from catalogue.search.lexicon import Lexicon
from catalogue.search.query_facets import Hint, find_hints
from catalogue.search.thesaurus import THESAURUS
from catalogue.storage.fulltext import analyse, split_words, stems_of, typed_words

MAX_CONCEPTS = 32
# How much a word counts that nobody typed, against one that was.
OTHER_WORD = 0.45
# The same where the word names a fact that methods have.
FOR_A_FACT = 0.225
COMPLETED = 0.8
FILLER = 0.15
GENERIC = 0.35
# One word of a group that belongs together ("contact centre") still says something.
PART = 0.5


@dataclass(frozen=True)
class Alternative:
    """One way to meet a concept: stems that must all be there, side by side for a phrase."""

    stems: tuple[str, ...]
    weight: float = 1.0
    phrase: bool = False


@dataclass(frozen=True)
class Concept:
    """One thing asked for, as typed, with everything that would meet it.

    `required` for a phrase in quotation marks; `corrected` is the word searched for instead of a
    slip; `hint` the fact it names; a `filler` says nothing about a method and need not be met; `weight` is what the concept counts.
    """

    text: str
    alternatives: tuple[Alternative, ...]
    required: bool = False
    filler: bool = False
    weight: float = 1.0
    corrected: str = ""
    hint: Hint | None = None


@dataclass(frozen=True)
class Understanding:
    """A whole search, understood: its concepts, and the words as typed in stems, in order.

    `cut` if there were more concepts than are searched for.
    """

    concepts: tuple[Concept, ...]
    typed: tuple[str, ...]
    cut: bool = False

    @property
    def corrections(self) -> tuple[tuple[str, str], ...]:
        """The words that were typed and those searched for instead."""
        return tuple((c.text, c.corrected) for c in self.concepts if c.corrected)

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """The facts that were named."""
        return tuple(concept.hint for concept in self.concepts if concept.hint)

    @cached_property
    def marked(self) -> frozenset[str]:
        """The stems to mark in a text: those asked for, and those that stand for them."""
        return frozenset(
            stem
            for concept in self.concepts
            for way in concept.alternatives
            # "space" alone says nothing where "green space" stands for "playground".
            if len(way.stems) == 1 or way.weight == 1.0
            for stem in way.stems
        )


def understand(text: str, lexicon: Lexicon) -> Understanding:
    """Read what somebody typed. Only quotation marks have a meaning; nothing else is an operator.

    What stands in quotation marks is looked for exactly as it is and must be there.
    """
    concepts: list[Concept] = []
    parts = _parts(text)
    for place, part in enumerate(parts):
        if place % 2:
            stems = stems_of(part)
            if stems:
                exact = Alternative(stems, phrase=len(stems) > 1)
                concepts.append(Concept(part.strip(), (exact,), required=True))
        else:
            concepts += _loose(part, lexicon, last=place == len(parts) - 1)
    typed = tuple(token.stem for part in parts for token in analyse(part))
    # Of two that are the same, the required one counts, or else the first.
    ordered = sorted(reversed(concepts), key=lambda concept: concept.required)
    distinct = {concept.alternatives or concept.text: concept for concept in ordered}
    kept = [c for c in concepts if distinct.get(c.alternatives or c.text) is c]
    return Understanding(tuple(kept[:MAX_CONCEPTS]), typed, cut=len(kept) > MAX_CONCEPTS)


def as_typed(text: str, word: str) -> str:
    """Put quotation marks round a corrected word of a search, so that it is taken as it is."""
    plain = " ".join(split_words(word))
    parts = _parts(text)
    for place in range(0, len(parts), 2):
        # The word may be a part of what stands between two spaces: "(photo-voise)".
        parts[place] = " ".join(
            f'"{piece}"'
            if re.search(rf"\b{re.escape(plain)}\b", " ".join(split_words(piece)))
            else piece
            for piece in parts[place].split()
        )
    quoted = (f'"{part}"' if place % 2 else part for place, part in enumerate(parts))
    return " ".join(part for part in quoted if part)


def _parts(text: str) -> list[str]:
    """Cut a search at its quotation marks: what is in odd places of the list stood between two."""
    composed = unicodedata.normalize("NFC", text)  # "e" and an accent after it become one letter
    parts = re.sub(r"[\u201c\u201d\u201e\u00ab\u00bb]", '"', composed).split('"')
    # A mark that is never closed means nothing.
    return parts if len(parts) % 2 else [*parts[:-2], f"{parts[-2]} {parts[-1]}"]


def _loose(text: str, lexicon: Lexicon, last: bool) -> Iterator[Concept]:
    """Yield the concepts of words outside quotation marks: facts named, and the words between."""
    end = 0
    for hint in find_hints(text):
        yield from _words(text[end : hint.start], lexicon)
        stems = () if hint.range else stems_of(hint.text)
        # Most methods may have the fact; words for it tell them apart. But the fact says more than they do.
        others = [replace(way, weight=FOR_A_FACT) for way in _other_words(hint.text)]
        ways = (Alternative(stems, phrase=len(stems) > 1), *others) if stems else ()
        yield Concept(hint.text, ways, hint=hint)
        end = hint.end
    yield from _words(text[end:], lexicon, last)


def _words(text: str, lexicon: Lexicon, last: bool = False) -> Iterator[Concept]:
    pairs = typed_words(text)
    words, typed = [word for word, _ in pairs], [original for _, original in pairs]
    place = 0
    while place < len(words):
        size, ways = _known_group(words, place)
        word = " ".join(words[place : place + size])
        if size > 1:
            group = words[place : place + size]
            parts = [Alternative(stems_of(w), PART) for w in group if stems_of(w)]
            shown = " ".join(typed[place : place + size])
            yield Concept(shown, (*_together(group), *parts, *ways))
        elif place + 1 < len(words) and (joined := lexicon.joined(word, words[place + 1])):
            size = 2
            pair = words[place : place + 2]
            shown = " ".join(typed[place : place + size])
            yield Concept(shown, (Alternative(stems_of(joined)), *_together(pair)))
        elif stems_of(word):
            unfinished = last and place == len(words) - 1
            yield replace(_one_word(word, ways, lexicon, unfinished), text=typed[place])
        place += size


def _one_word(
    word: str, others: tuple[Alternative, ...], lexicon: Lexicon, unfinished: bool
) -> Concept:
    """Make the concept of a single word, known or not."""
    if word in THESAURUS.fillers:
        return Concept(word, (Alternative(stems_of(word), FILLER),), filler=True)
    ways = [Alternative(stems_of(word)), *others]
    weight = GENERIC if word in THESAURUS.generic else 1.0
    if spelt := lexicon.other_spelling(word):
        ways.append(Alternative(stems_of(spelt)))
        ways += _other_words(spelt)
    if parted := lexicon.parted(word):
        ways += _together(list(parted))
    if lexicon.knows(word) or len(ways) > 1:
        return Concept(word, tuple(ways), weight=weight)
    if unfinished and (found := lexicon.completions(word)):
        ways += [Alternative(stems_of(longer), COMPLETED) for longer in found if stems_of(longer)]
        return Concept(word, tuple(dict.fromkeys(ways)))
    if corrected := lexicon.correct(word):
        ways += [Alternative(stems_of(corrected)), *_other_words(corrected)]
        return Concept(word, tuple(dict.fromkeys(ways)), corrected=corrected)
    return Concept(word, tuple(ways))


def _together(words: list[str]) -> tuple[Alternative, ...]:
    stems = stems_of(" ".join(words))
    return (Alternative(stems, phrase=len(stems) > 1),) if stems else ()


@cache
def _thesaurus() -> dict[tuple[str, ...], tuple[Alternative, ...]]:
    """Return, for the stems of each word of the thesaurus, the other words of its lines."""
    found: dict[tuple[str, ...], dict[tuple[str, ...], Alternative]] = {}
    for line in THESAURUS.synonyms:
        stems = [s for word in line if (s := stems_of(word))]
        for one in stems:
            others = found.setdefault(one, {})
            for other in stems:
                if other != one:
                    others[other] = Alternative(other, OTHER_WORD, phrase=len(other) > 1)
    return {one: tuple(others.values()) for one, others in found.items()}


@cache
def _longest() -> int:
    """Return how many words the longest entry of the thesaurus has."""
    return max((len(split_words(word)) for line in THESAURUS.synonyms for word in line), default=0)


def _other_words(word: str) -> tuple[Alternative, ...]:
    return _thesaurus().get(stems_of(word), ())


def _known_group(words: list[str], place: int) -> tuple[int, tuple[Alternative, ...]]:
    """Return how many words from `place` on the thesaurus takes as one, and the others for them."""
    for size in range(min(_longest(), len(words) - place), 1, -1):
        group = " ".join(words[place : place + size])
        stems = stems_of(group)
        ends = stems_of(words[place]) and stems_of(words[place + size - 1])  # not a stop word
        if len(stems) > 1 and ends and stems in _thesaurus():
            return size, _thesaurus()[stems]
    return 1, _other_words(words[place])
