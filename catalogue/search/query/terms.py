"""What a typed search is parsed into: terms with everything that they may match, and the search as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from catalogue.model.facts import Fact
from catalogue.search.query.facts import LIMITS, PEOPLE_WORDS
from catalogue.search.query.topics import Topic
from catalogue.storage.fulltext import stems_of

# So many words that say something tell of a situation.
SENTENCE = 7
# With fillers; "the council assumes what people want" has five.
SHORT_SENTENCE = 5
# From this share of limits among the words that say something on, the limits are what is asked for.
MOSTLY_LIMITS = 0.3
# Weight of words for what a word is about.
BROADER = 0.45


@dataclass(frozen=True)
class Expansion:
    """What a term may match: stems that must all be there, side by side for a phrase; `weight` from 0 to 1."""

    stems: tuple[str, ...]
    weight: float = 1.0
    phrase: bool = False
    # Only side by side: apart the words mean something else.
    whole: bool = False


@dataclass(frozen=True)
class QueryTerm:
    """One term of a search, as typed, with everything that may match it.

    `required` for a phrase in quotation marks; `corrected` is the word searched for instead of a
    typo, `offered` one that may be meant; `fact` the one it names; a `filler` is a word that need not match, such as "how"; `weight` from 0 to 1.
    """

    text: str
    expansions: tuple[Expansion, ...]
    required: bool = False
    filler: bool = False
    weight: float = 1.0
    corrected: str = ""
    offered: str = ""
    fact: Fact | None = None
    # The fact is a limit whatever else is said.
    firm: bool = False
    # What it is about, where no method uses the word; searched for only by a query that is `broadened`.
    topic: Topic | None = None

    @property
    def typed_stems(self) -> frozenset[str]:
        """The stems of its words as typed, and of what they are other spellings or typos of; those of a group as one."""
        if self.expansions and self.expansions[0].whole:
            return frozenset(("_".join(self.expansions[0].stems),))
        corrected = (e.stems[0] for e in self.expansions if e.weight == 1.0 and len(e.stems) == 1)
        return frozenset((*stems_of(self.text), *corrected))


@dataclass(frozen=True)
class ParsedQuery:
    """A parsed search: its terms, and the stems of the words as typed, in order.

    `cut` if it had more than MAX_TERMS; `wants` are the purposes that they want, `unwanted` the stems of what is
    to be replaced: "instead of a public meeting", and `refused` each word of `typed` as written that it
    says no to, "" in place of the others; only the names of methods count among them. `passed_over` are
    those of them that are only not wanted first, as in "cheaper than a jury". It is `broader` if what its words are about is searched for too; one that
    does not ask is a text for which others like it are looked for.
    """

    terms: tuple[QueryTerm, ...]
    typed: tuple[str, ...]
    cut: bool = False
    wants: tuple[str, ...] = ()
    unwanted: frozenset[str] = frozenset()
    refused: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    broader: bool = False
    asks: bool = True

    @property
    def wanted(self) -> tuple[str, ...]:
        """The stems of the words as typed, without those that are not wanted."""
        return tuple(
            stem
            for stem, refused in zip_longest(self.typed, self.refused)
            if stem not in self.unwanted and not refused
        )

    @cached_property
    def is_sentence(self) -> bool:
        """Whether it has so many words that it tells of a situation, or fewer of them say what is wanted."""
        telling = sum(not term.filler for term in self.terms)
        return self.asks and (
            telling >= SENTENCE or bool(self.wants and len(self.terms) >= SHORT_SENTENCE)
        )

    @property
    def corrections(self) -> tuple[tuple[str, str], ...]:
        """The words with typos, each with the one searched for instead."""
        return tuple((term.text, term.corrected) for term in self.terms if term.corrected)

    @property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """The words that may be slips, each with the one that may be meant."""
        return tuple((term.text, term.offered) for term in self.terms if term.offered)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the terms name, each once."""
        return tuple(dict.fromkeys(term.fact for term in self.terms if term.fact))

    @cached_property
    def limits(self) -> tuple[Fact, ...]:
        """The facts that order the list: firm ones, and any limit where the words are mostly limits.

        In a story a number is often part of what happened ("seven people came"), and judged searches are answered
        better without it (docs/performance.md); such a fact only raises the methods that have it.
        """
        telling = [term for term in self.terms if not term.filler]
        named = [term for term in telling if term.fact and term.fact.name in LIMITS and term.text.lower() not in PEOPLE_WORDS]  # fmt: skip
        mostly = len(named) > MOSTLY_LIMITS * len(telling)
        return tuple(dict.fromkeys(term.fact for term in named if term.fact and (mostly or term.firm)))  # fmt: skip

    def broadened(self) -> ParsedQuery | None:
        """Return the same query with the words for what its terms are about; None where that is known of none, or it does not ask."""
        if not (self.asks and any(term.topic for term in self.terms)):
            return None
        return replace(self, terms=tuple(map(_broadened, self.terms)), broader=True)

    def as_words(self) -> ParsedQuery:
        """Return the same query with its facts as words alone, for a search that is the name of a method.

        It refuses nothing: "monitoring without indicators" is a name.
        """
        return replace(self, terms=tuple(replace(term, fact=None) for term in self.terms), refused=(), passed_over=())  # fmt: skip

    @cached_property
    def marked(self) -> frozenset[str]:
        """The stems to mark in a text: those of the terms and of their expansions, but of no word that stands everywhere.

        Where a search has no other words, these are marked.
        """
        telling = tuple(t for t in self.terms if not t.filler and t.weight == 1.0) or self.terms
        return frozenset(
            stem
            for term in telling
            for expansion in term.expansions
            # "space" alone says nothing where "green space" stands for "playground".
            if len(expansion.stems) == 1 or expansion.weight == 1.0
            for stem in expansion.stems
        )


def _broadened(term: QueryTerm) -> QueryTerm:
    if not term.topic:
        return term
    about = [Expansion(stems_of(words), BROADER, phrase=" " in words) for words in term.topic.about]
    return replace(term, expansions=(*term.expansions, *about))
