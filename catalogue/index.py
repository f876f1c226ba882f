"""The full-text index: the only module that imports Whoosh.

build.py writes documents into it; search.py asks it for ranked slugs. An index folder is code
(Whoosh unpickles it), so only folders that build.py made and checked are ever opened.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from whoosh import query, scoring
from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.searching import Searcher
from whoosh.support.charset import accent_map

# Stands in a field between two texts as a word nobody types, so that no phrase runs across it.
BREAK = "\x1e\x1e"
# Whoosh's forks changed the default expression; this one splits Markdown words rightly in all.
ANALYZER = (
    RegexTokenizer(expression=r"\w+(\.?\w+)*|\x1e\x1e")
    | LowercaseFilter()
    | CharsetFilter(accent_map)
    | StopFilter()
    | StemFilter()
)

# How much a word counts by where it stands. Names come first; what a text warns of
# ("Avoid it when …") mentions many needs the method does not answer, so it counts least.
BOOSTS = {
    "title": 8.0,
    "aliases": 7.0,
    "asked_as": 4.0,
    "summary": 4.0,
    "labels": 1.5,
    "headings": 1.5,
    "body": 1.0,
    "caveats": 0.3,
}
# Short fields vary little in length, so their length says little (b of BM25; 0.75 is usual).
WEIGHTING = scoring.BM25F(B=0.75, K1=1.2, title_B=0.3, aliases_B=0.2, labels_B=0.0)
PHRASE_FIELDS = ("title", "aliases", "asked_as", "summary", "body")
MAX_TERMS = 32


@dataclass(frozen=True)
class IndexDocument:
    """The words of one method, by the part of the page they stand in."""

    slug: str
    title: str
    aliases: str
    asked_as: str
    summary: str
    labels: str
    headings: str
    body: str
    caveats: str


@dataclass(frozen=True)
class Token:
    """One indexed word: its stem, and where it stands in the text it was taken from."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True)
class Term:
    """One thing asked for: a word (one stem) or a phrase in quotation marks (several)."""

    text: str
    stems: tuple[str, ...]
    phrase: bool


@dataclass(frozen=True)
class Ranking:
    """The slugs that match, with their scores (higher is better), and the terms nobody uses."""

    scores: dict[str, float]
    terms: tuple[Term, ...]
    not_found: tuple[Term, ...]

    @property
    def stems(self) -> frozenset[str]:
        """All stems asked for, for marking them in texts."""
        return frozenset(stem for term in self.terms for stem in term.stems)


def analyse(text: str) -> list[Token]:
    """Cut a text into the words the index knows: small letters, no accents, stemmed, no stop words."""
    return [
        Token(token.text, token.startchar, token.endchar) for token in ANALYZER(text, chars=True)
    ]


@lru_cache(maxsize=1024)
def parse_words(text: str) -> tuple[Term, ...]:
    """Read what somebody typed. Only quotation marks have a meaning; nothing else is an operator.

    Returns at most MAX_TERMS terms without repeats; () if no word is left.
    """
    terms: dict[tuple[str, ...], Term] = {}
    composed = unicodedata.normalize("NFC", text)  # "e" and an accent after it become one letter
    plain = re.sub(r"[\u201c\u201d\u201e\u00ab\u00bb]", '"', composed)
    for place, part in enumerate(re.split(r'"', plain)):
        # Odd places stood between two marks; the last one has no closing mark.
        if place % 2 and place < plain.count('"'):
            tokens = analyse(part)
            stems = tuple(token.stem for token in tokens)
            if stems:
                terms.setdefault(stems, Term(part.strip(), stems, len(stems) > 1))
            continue
        for token in analyse(part):
            word = part[token.start : token.end]
            terms.setdefault((token.stem,), Term(word, (token.stem,), False))
    return tuple(terms.values())[:MAX_TERMS]


def _schema() -> Schema:
    texts = {
        name: TEXT(analyzer=ANALYZER, phrase=name in PHRASE_FIELDS, stored=False) for name in BOOSTS
    }
    return Schema(slug=ID(unique=True, stored=True), **texts)


def write_index(
    folder: Path, documents: Iterable[IndexDocument], removed: Iterable[str] = ()
) -> None:
    """Write documents into the index in `folder`, made if it is not there; take `removed` slugs out."""
    if folder.exists():
        index = open_dir(str(folder))
    else:
        folder.mkdir(parents=True)
        index = create_in(str(folder), _schema())
    writer = index.writer()
    for slug in removed:
        writer.delete_by_term("slug", slug)
    for document in documents:
        writer.update_document(**{f.name: getattr(document, f.name) for f in fields(document)})
    writer.commit()
    index.close()


class SearchIndex:
    """An opened index. It may be shared by threads: each gets a Whoosh searcher of its own.

    Whoosh's searchers give silently wrong answers when two threads share one.
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`. Raises whatever Whoosh raises if it is damaged."""
        self._index: FileIndex = open_dir(str(folder), readonly=True)
        self._local = threading.local()
        reader = self._searcher().reader()
        self._slugs = {number: stored["slug"] for number, stored in reader.iter_docs()}

    def rank(self, words: str) -> Ranking:
        """Score every method that holds one of the words, and all phrases, of a search.

        The score is the sum of BM25F over the fields, each with its boost, times the share of the
        terms that the method holds: more matching words rank higher, and one odd word
        does not empty the list. A phrase in quotation marks must be there.
        """
        terms = parse_words(words)
        found: dict[int, float] = {}
        held: dict[int, int] = {}
        required: set[int] | None = None
        not_found = []
        for term in terms:
            scores = self._score(term)
            if not scores:
                not_found.append(term)
            for number, score in scores.items():
                found[number] = found.get(number, 0.0) + score
                held[number] = held.get(number, 0) + 1
            if term.phrase:
                required = set(scores) if required is None else required & set(scores)
        ranked = {
            self._slugs[number]: score * held[number] / len(terms)
            for number, score in found.items()
            if required is None or number in required
        }
        return Ranking(ranked, terms, tuple(not_found))

    def _searcher(self) -> Searcher:
        if not hasattr(self._local, "searcher"):
            self._local.searcher = self._index.searcher(weighting=WEIGHTING)
        return self._local.searcher

    def _score(self, term: Term) -> dict[int, float]:
        """Return document numbers and scores for one term, straight from Whoosh's matchers.

        Whoosh's collectors would sort and cut the list, which search.py does after filtering.
        """
        searcher = self._searcher()
        context = searcher.context()
        asked = query.Or(
            [
                query.Phrase(name, list(term.stems), boost=BOOSTS[name])
                if term.phrase
                else query.Term(name, term.stems[0], boost=BOOSTS[name])
                for name in (PHRASE_FIELDS if term.phrase else BOOSTS)
            ]
        )
        scores: dict[int, float] = {}
        for leaf, offset in searcher.leaf_searchers():
            matcher = asked.matcher(leaf, context)
            while matcher.is_active():
                scores[matcher.id() + offset] = matcher.score()
                matcher.next()
        return scores
