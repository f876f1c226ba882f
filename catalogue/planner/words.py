"""Own words: how near a text of somebody's own is to what each method is asked for, by BM25.

BM25 with k1 = 1.2 and b = 0.6 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009); a word counts once
however often the text has it, so that a long story is not carried by one word.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from catalogue.storage.fulltext import analyse

K1, B = 1.2, 0.6
# A reason names words that at most this share of the methods have.
RARE = 0.15


class WordScores:
    """Postings of the stems of all methods, with the weight of each in each method."""

    def __init__(self, documents: Mapping[str, Counter[str]]) -> None:
        """Take the stems of each method with their counts, by slug."""
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
        """Return the share of the best score, from 0 to 1, that each method with a word of the text has, by slug."""
        totals: dict[str, float] = defaultdict(float)
        for stem in dict.fromkeys(token.stem for token in analyse(text)):
            for slug, weight in self._postings.get(stem, {}).items():
                totals[slug] += weight
        best = max(totals.values(), default=0.0)
        return {slug: total / best for slug, total in totals.items()}

    def shared(self, text: str, slug: str, most: int = 3) -> list[str]:
        """Return the words of a text that weigh most for a method, as they are written there; no bare number, which is no reason."""
        found: dict[str, tuple[float, str]] = {}
        for token in analyse(text):
            if token.stem.isdecimal():
                continue
            weight = self._postings.get(token.stem, {}).get(slug)
            if weight and token.stem in self._rare and token.stem not in found:
                found[token.stem] = (weight, text[token.start : token.end])
        return [word for _, word in sorted(found.values(), key=lambda pair: (-pair[0], pair[1]))[:most]]  # fmt: skip
