"""Own words: how near a text of somebody's own is to what each method is asked for, and to which needs it is nearest.

Methods are scored by BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009), needs by the cosine of
rare words; a word counts once however often the text has it, so that a long story is not carried by one word.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from heapq import nlargest

from catalogue.search.query.thesaurus import is_reason
from catalogue.storage.fulltext import analyse

# With a higher k1 than is usual for short texts, a word that a method is asked for by again and again counts more.
K1, B = 2.4, 0.6
# How much of the score is that of the related methods, on average: they are asked for in other words for like needs.
RELATED = 0.5
# A reason names words that at most this share of the methods have.
RARE = 0.2


class WordScores:
    """Postings of the stems of all methods, with the weight of each in each method, and the methods related to each."""

    def __init__(
        self,
        documents: Mapping[str, Counter[str]],
        related: Mapping[str, Collection[str]],
        asked: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """Take the stems of each method with their counts, by slug, and the slugs of the methods that it names as related.

        `asked` are the stems of the needs and the summary alone, in which a word is a reason; all stems without it. Methods count as related both ways, whichever of the two names the other.
        """
        self._related: dict[str, set[str]] = {slug: set() for slug in documents}
        for slug, others in related.items():
            for other in others:
                if other in documents and slug in documents and other != slug:
                    self._related[slug].add(other)
                    self._related[other].add(slug)
        self._asked = {slug: frozenset(stems) for slug, stems in (asked or documents).items()}
        lengths = {slug: stems.total() for slug, stems in documents.items()}
        average = (sum(lengths.values()) / len(lengths) if lengths else 0) or 1
        spread = Counter(stem for stems in documents.values() for stem in stems)
        # A word that stands in many methods says little for one of them.
        self._rare = {
            stem for stem, count in spread.items() if count <= max(2, RARE * len(documents))
        }
        self._postings: dict[str, dict[str, float]] = defaultdict(dict)
        for slug, stems in documents.items():
            norm = K1 * (1 - B + B * lengths[slug] / average)
            for stem, count in stems.items():
                rarity = math.log(1 + (len(documents) - spread[stem] + 0.5) / (spread[stem] + 0.5))
                self._postings[stem][slug] = rarity * count * (K1 + 1) / (count + norm)

    def scores(self, text: str) -> dict[str, float]:
        """Return the share of the best score, from 0 to 1, of each method with a word of the text or related to one, by slug."""
        totals: dict[str, float] = defaultdict(float)
        for stem in dict.fromkeys(token.stem for token in analyse(text)):
            for slug, weight in self._postings.get(stem, {}).items():
                totals[slug] += weight
        found = {slug: self._with_related(slug, totals) for slug in self._related}
        best = max(found.values(), default=0.0)
        return {slug: total / best for slug, total in found.items() if total}

    def _with_related(self, slug: str, totals: Mapping[str, float]) -> float:
        others = sorted(self._related[slug])
        mean = sum(totals.get(other, 0.0) for other in others) / (len(others) or 1)
        return (1 - RELATED) * totals.get(slug, 0.0) + RELATED * mean

    def says_something(self, text: str) -> bool:
        """Whether a text has a word of substance that some method has."""
        return any(
            token.stem in self._postings and is_reason(token.stem) for token in analyse(text)
        )

    def shared(self, text: str, slug: str, most: int = 3) -> list[str]:
        """Return the words of substance in a text that weigh most for a method and stand in what it is asked for, as they are written there."""
        found: dict[str, tuple[float, str]] = {}
        asked = self._asked.get(slug, frozenset())
        for token in analyse(text):
            if token.stem not in asked or not is_reason(token.stem):
                continue
            weight = self._postings.get(token.stem, {}).get(slug)
            if weight and token.stem in self._rare and token.stem not in found:
                found[token.stem] = (weight, text[token.start : token.end])
        return [word for _, word in sorted(found.values(), key=lambda pair: (-pair[0], pair[1]))[:most]]  # fmt: skip


class NearestNeeds:
    """All needs that methods are asked for by, as short texts; says to which of them a text is nearest."""

    def __init__(self, needs: Sequence[tuple[str, Collection[str]]]) -> None:
        """Take pairs: the slug of a method, and the stems of one of its needs."""
        self._slugs = [slug for slug, _ in needs]
        self._having: dict[str, list[int]] = defaultdict(list)
        for number, (_, stems) in enumerate(needs):
            for stem in set(stems):
                self._having[stem].append(number)
        self._squares = {
            stem: math.log(1 + len(needs) / (1 + len(numbers))) ** 2
            for stem, numbers in self._having.items()
        }
        self._lengths = [
            math.sqrt(sum(self._squares[stem] for stem in sorted(set(stems)))) for _, stems in needs
        ]

    def nearest(self, text: str, most: int) -> list[tuple[str, float]]:
        """Return the methods of the needs nearest to a text, best first, with how near each need is; one for each need.

        How near is the cosine of the two texts but for the length of the given one; needs without a word of it are left out.
        """
        near: dict[int, float] = defaultdict(float)
        for stem in dict.fromkeys(token.stem for token in analyse(text)):
            square = self._squares.get(stem, 0.0)
            for number in self._having.get(stem, ()):
                near[number] += square
        scored = ((total / self._lengths[number], -number) for number, total in near.items())
        return [(self._slugs[-number], score) for score, number in nlargest(most, scored)]
