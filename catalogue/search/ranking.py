"""Ranks the methods for a parsed search: adds up the BM25F scores of its terms, method by method.

A method is identified by its ordinal, its position in the order of titles.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
import numpy.typing as npt

from catalogue.model.facts import Fact
from catalogue.model.letters import is_unspaced
from catalogue.search.query.terms import Expansion, ParsedQuery, QueryTerm
from catalogue.search.sets.kinship import Kinship
from catalogue.search.sets.method_set import MethodSet
from catalogue.search.sets.names import NameIndex
from catalogue.storage.fulltext import PHRASE_FIELDS, SHORT_FIELDS, Scores, SearchIndex, stems_of

# Score of a named fact: about that of a word in the text of a method.
FACT_SCORE = 8.0
# Factor for a name typed in full.
NAME_FACTOR = 2.0
# Factors for a name that is refused, and for its words: what is akin to it shares them.
REFUSED, REFUSED_WORDS = 0.01, 0.2
# Factor for several words of the search in one summary or need.
NEED_FACTOR = 3.0
# What being akin to the best methods, and serving the purpose that is wanted, add at most, as shares of the best score for words.
AKIN, WANTED = 0.8, 0.5
# A sentence that tells of a situation: there the purpose counts more.
WANTED_IN_SENTENCE = 1.0
# A method that others recommend is likelier to serve: in a sentence, and beside facts, where many methods are alike.
RECOMMENDED, RECOMMENDED_WITH_FACTS = 0.8, 0.5
# The same where facts alone are named, in points.
RECOMMENDED_BY_FACTS = 2.5
# The score that no single word of a sentence reaches: a rare word is its subject, which says little of the method.
MOST = 20.0
# Weight of the words of a phrase that are not adjacent.
APART = 0.5
# Ordinals of methods, or ids of texts.
Ids = npt.NDArray[np.int32]
# The ordinals of methods, in some order.
Ordinals = npt.NDArray[np.int64]
# The share of the best score for words that a strong match has at least.
STRONG = 0.33
NO_IDS: Ids = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Ranking:
    """A score for every method (0: no match), its part for words alone, and the terms that no method matches.

    `refused` are the ordinals of the methods that the search says no to, `passed_over` those that it only does not want first.
    """

    scores: Scores
    by_words: Scores
    not_found: tuple[QueryTerm, ...]
    refused: tuple[int, ...] = ()
    passed_over: tuple[int, ...] = ()

    def without_refused(self) -> Ranking:
        """Return the ranking with the methods that the search does not want at its end."""
        scores = self.scores.copy()
        scores[[*self.refused, *self.passed_over]] *= REFUSED
        return replace(self, scores=scores)


@dataclass(frozen=True, eq=False)
class Matched:
    """A parsed and ranked search, and the methods that match its words, whatever the filters are.

    `best_first` are the ordinals of these methods; `scores` is None where no word is searched for. `strong` are those that
    match the words themselves well, None where the words name facts alone.
    """

    query: ParsedQuery
    scores: Scores | None
    not_found: tuple[QueryTerm, ...]
    methods: MethodSet
    best_first: Ordinals
    strong: MethodSet | None = None
    refused: tuple[int, ...] = ()
    passed_over: tuple[int, ...] = ()


class NeedIndex:
    """The needs each method is asked for, and its summary: short texts whose words belong together.

    Several words of a search in one of them are better evidence than the same words spread over a page.
    """

    def __init__(self, needs: Iterable[tuple[int, tuple[str, ...]]], methods: int) -> None:
        """Take pairs, the ordinal of a method and the distinct stems of a text, and the number of methods."""
        ordinals: list[int] = []
        lengths: list[int] = []
        text_ids: dict[str, list[int]] = {}
        self._methods = methods
        for text_id, (ordinal, stems) in enumerate(needs):
            ordinals.append(ordinal)
            lengths.append(max(1, len(stems)))
            for stem in stems:
                text_ids.setdefault(stem, []).append(text_id)
        self._ordinals = np.array(ordinals, dtype=np.int32)
        self._roots = np.sqrt(np.array(lengths, dtype=float))
        self._text_ids = {s: np.array(texts, dtype=np.int32) for s, texts in text_ids.items()}

    def scores(self, terms: Iterable[QueryTerm]) -> Scores:
        """Return, for each method, the score of its best text; 0 where that matches one term alone.

        The sum of the idf (inverse document frequency) of the terms matched, times their number, over the
        square root of the text's length.
        """
        total = np.zeros(len(self._ordinals))
        count = np.zeros(len(self._ordinals), dtype=np.int8)
        for term in terms:
            texts, term_score = self._term_scores(term)
            total[texts] += term_score
            count[texts] += 1
        scores = np.zeros(self._methods)
        matched = np.flatnonzero(count > 1)
        text_scores = total[matched] * count[matched] / self._roots[matched]
        np.maximum.at(scores, self._ordinals[matched], text_scores)
        return scores

    def _term_scores(self, term: QueryTerm) -> tuple[Ids, Scores]:
        """Return the texts that match a term, each once, and the score of its best stem in each."""
        matching: list[Ids] = []
        scores: list[Scores] = []
        for expansion in term.expansions:
            for stem in expansion.stems:
                texts = self._text_ids.get(stem)
                if texts is not None:
                    idf = math.log(1 + len(self._ordinals) / (1 + len(texts)))
                    score = idf * expansion.weight * term.weight / len(expansion.stems)
                    matching.append(texts)
                    scores.append(np.full(len(texts), score))
        if not matching:
            return NO_IDS, np.zeros(0)
        if len(matching) == 1:
            return matching[0], scores[0]
        # The first of equal texts is the one with the highest score.
        texts, values = np.concatenate(matching), np.concatenate(scores)
        best_first = np.argsort(-values, kind="stable")
        distinct, first = np.unique(texts[best_first], return_index=True)
        return distinct, values[best_first][first]


def with_kin(query: ParsedQuery, ranking: Ranking, names: NameIndex, kinship: Kinship) -> Ranking:
    """Raise the methods akin to those that match best, those for the purpose that is wanted, and what others recommend.

    Only methods that match anyway are raised, and none where the name of a method was typed.
    """
    if names.named(query.wanted):
        return ranking
    best = float(ranking.by_words.max(initial=0.0))
    if not best:
        added = RECOMMENDED_BY_FACTS * kinship.recommended
        return replace(ranking, scores=np.where(ranking.scores > 0, ranking.scores + added, 0.0))
    added = AKIN * kinship.near(ranking.by_words)
    if query.wants:
        weight = WANTED_IN_SENTENCE if query.is_sentence else WANTED
        added = added + weight * kinship.serves(query.wants)
    if query.is_sentence or (query.facts and query.asks):
        weight = RECOMMENDED if query.is_sentence else RECOMMENDED_WITH_FACTS
        added = added + weight * kinship.recommended
    scores = np.where(ranking.scores > 0, ranking.scores + best * added, 0.0)
    return replace(ranking, scores=scores)


def rank(
    query: ParsedQuery,
    index: SearchIndex,
    names: NameIndex,
    needs: NeedIndex,
    fact_fit: dict[Fact, Scores],
) -> Ranking:
    """Score all methods: the sum over the terms, times the share of the terms that match.

    A term scores as its best expansion in each method. Methods that match more terms rank higher, and one
    unknown word does not empty the list; required terms must match. `fact_fit` is how well each method has a fact
    that a term names, from 0 to 1. A method whose name was typed gains in proportion to the share of the search
    that is its name; one that is refused comes last. In a sentence without such a name no word counts more than MOST.
    """
    named = names.named(query.wanted)
    of_refused, refused, passed_over = names.unwanted(query)
    total, having, terms_matched = (np.zeros(len(index.slugs)) for _ in range(3))
    if refused and all(term.filler or _is_refused(term, of_refused) for term in query.terms):
        return Ranking(total + 1, total, (), refused, passed_over)  # All others are equal.
    evened = query.is_sentence and not named
    allowed = np.ones(len(index.slugs), dtype=bool)
    not_found, matching_terms = [], 0
    # Words that say nothing are noise beside any that do.
    telling = any(not term.filler for term in query.terms)
    for term in query.terms:
        if term.filler and telling:
            continue
        best = _weighed(term, index, of_refused, evened)
        fit = fact_fit.get(term.fact) if term.fact else None
        if fit is not None:
            having += FACT_SCORE * fit
        matched = best > 0 if fit is None else (best > 0) | (fit > 0)
        if not matched.any() and not term.filler:
            not_found.append(term)
        if term.required:
            allowed &= matched
        total += best
        if not term.filler:
            terms_matched += matched
            matching_terms += bool(matched.any())
    if matching_terms:
        share = terms_matched / matching_terms
        total, having = total * share, having * share
    total += NEED_FACTOR * needs.scores(query.terms if len(query.terms) > 1 else ())
    by_words, scores = np.where(allowed, (total, total + having), 0.0)
    factors = np.ones(len(index.slugs))
    for ordinal, words in named.items():
        factors[ordinal] = 1 + NAME_FACTOR * words / max(1, len(query.typed))
    factors[[*refused, *passed_over]] = REFUSED
    return Ranking(scores * factors, by_words * factors, tuple(not_found), refused, passed_over)


def _weighed(
    term: QueryTerm, index: SearchIndex, of_refused: frozenset[str], evened: bool
) -> Scores:
    """Return the scores of a term by its weight, less for a word of a refused method; `evened` in a sentence."""
    best = term.weight * term_scores(term, index)
    if _is_refused(term, of_refused):
        best *= REFUSED_WORDS
    return best / (1 + best / MOST) if evened else best


def _is_refused(term: QueryTerm, of_refused: frozenset[str]) -> bool:
    """Whether a term has nothing but words of refused methods."""
    return bool(of_refused) and term.fact is None and of_refused.issuperset(stems_of(term.text))


def term_scores(term: QueryTerm, index: SearchIndex) -> Scores:
    """Return, for each method, the score of the best expansion of a term."""
    best = np.zeros(len(index.slugs))
    for expansion in term.expansions:
        np.maximum(
            best, expansion.weight * _expansion_scores(expansion, index, term.required), out=best
        )
    return best


def matching_stems(
    stems: Iterable[str], ordinals: list[int], index: SearchIndex
) -> list[frozenset[str]]:
    """Return which of the stems each of the methods contains."""
    distinct = tuple(stems)
    if not distinct:
        return [frozenset()] * len(ordinals)
    matching = np.array([index.word_scores(stem)[ordinals] > 0 for stem in distinct])
    return [frozenset(compress(distinct, flags)) for flags in matching.T.tolist()]


def _expansion_scores(expansion: Expansion, index: SearchIndex, exact: bool) -> Scores:
    if len(expansion.stems) == 1:
        return index.word_scores(expansion.stems[0])
    if exact or expansion.whole or all(map(is_unspaced, expansion.stems)):
        return index.phrase_scores(expansion.stems)
    # An expansion of several words: a method needs them all, and gains if they are adjacent.
    apart = np.zeros(len(index.slugs))
    for stem in expansion.stems:
        apart += index.word_scores(stem)
    for stem in expansion.stems:
        apart *= index.word_scores(stem) > 0
    if not apart.any():
        return apart
    # Phrases that nobody typed are not searched for in long texts, which takes most of the time.
    fields = PHRASE_FIELDS if expansion.weight == 1.0 else SHORT_FIELDS
    return APART * apart + index.phrase_scores(expansion.stems, fields)
