"""The full-text index: analyses texts, writes the index with Whoosh, and scores words and phrases.

An index folder is code (Whoosh unpickles it), so only a folder whose digests match its manifest is ever opened.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh import scoring
from whoosh.analysis import STOP_WORDS as STOP_WORDS
from whoosh.analysis import Token as WhooshToken
from whoosh.analysis import Tokenizer
from whoosh.fields import ID, KEYWORD, TEXT, Schema
from whoosh.filedb.filestore import FileStorage, copy_to_ram
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.lang.porter import stem as porter_stem
from whoosh.matching import IntersectionMatcher, Matcher
from whoosh.searching import Searcher

from catalogue.budget import share
from catalogue.model.letters import cut, fold_word, is_plain, is_unspaced, split_words

# One score for each method, in the order of the snapshot; 0 where the method does not match.
Scores = npt.NDArray[np.float64]

# A token between two texts of a field that nobody types, so that no phrase runs across it.
BREAK = "\x1e\x1e"
# Characters outside ASCII, at which a word may begin, as a range of a regular expression.
BEYOND_ASCII = "\x80-\U0010ffff"

# Weights of the fields. Names come first; caveats ("Avoid it when …") mention many needs that the method does not
# meet, so they weigh least.
BOOSTS = {
    "title": 6.0,
    "aliases": 5.5,
    "asked_as": 5.0,
    "summary": 4.0,
    "labels": 1.5,
    "headings": 1.5,
    "body": 1.0,
    "caveats": 0.3,
}
# Term frequency saturation (k1 of BM25; Whoosh's usual value).
K1 = 1.2
# Length normalisation (b of BM25; 0.75 is usual): short fields vary little in length, so their length says little.
FIELD_B = dict.fromkeys(BOOSTS, 0.75) | {"title": 0.3, "aliases": 0.2, "labels": 0.0}
WEIGHTING = scoring.BM25F(K1=K1, **{f"{name}_B": b for name, b in FIELD_B.items()})
PHRASE_FIELDS = ("title", "aliases", "asked_as", "summary", "body")
SHORT_FIELDS = PHRASE_FIELDS[:-1]
# Caches of score vectors, of 8 bytes for each method: of words, bounded by number and by bytes, and of phrases.
MAX_CACHED_WORDS, MAX_WORD_BYTES, MAX_CACHED_PHRASES = 8192, 64_000_000, 512
# Caches of stems: of words, about as many as the texts have, and of words and phrases of searches.
MAX_STEMMED_WORDS, MAX_STEMMED_GROUPS = 16_384, 4_096


@dataclass(frozen=True)
class IndexDocument:
    """The texts of one method that are indexed, by field."""

    slug: str
    title: str
    aliases: str
    asked_as: str
    summary: str
    labels: str
    headings: str
    body: str
    caveats: str


class Token(NamedTuple):
    """One indexed word: its stem, and the start and end (exclusive) of the word in its text."""

    stem: str
    start: int
    end: int


def analyse(text: str) -> list[Token]:
    """Tokenise a text as the index does: folded words, stemmed, without stop words."""
    return [Token(stem, start, end) for word, start, end in cut(text) if (stem := _stem(word))]


class StemTokenizer(Tokenizer):  # type: ignore[misc]
    """Tokenises for Whoosh as `analyse` does, with a token for each break between two texts."""

    def __call__(self, value: str, **options: Any) -> Iterator[WhooshToken]:
        """Yield one token object, filled anew for each stem, as Whoosh's own tokenizers do."""
        token = WhooshToken(**options)
        token.boost = 1.0
        token.pos = options.get("start_pos", 0) - 1
        for ordinal, text in enumerate(value.split(BREAK)):
            stems = [found.stem for found in analyse(text)]
            for stem in [BREAK, *stems] if ordinal else stems:
                token.pos += 1
                token.text = token.original = stem
                yield token


def spans_of(stems: frozenset[str], text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each word in a text that has one of the stems, in order."""
    if not is_plain(text):
        return [(start, end) for stem, start, end in analyse(text) if stem in stems]
    # Stemming changes ends alone, so a word begins with the letter of its stem, in either case, or with one that
    # is not ASCII, whose accent was removed. Few words of a text do, and only they are stemmed.
    initials = {stem[0] if stem[0].isascii() else BEYOND_ASCII for stem in stems}
    if not text.isascii():
        initials.add(BEYOND_ASCII)
    return sorted(
        word.span()
        for first in initials
        for word in _words_beginning_with(first).finditer(text)
        if _stem(fold_word(word[0])) in stems
    )


@lru_cache(maxsize=64)
def _words_beginning_with(first: str) -> re.Pattern[str]:
    """Return a pattern of the words that begin with a lowercase letter or its capital, or with a digit."""
    characters = first if first == BEYOND_ASCII else re.escape(first) + re.escape(first.upper())
    # The lookbehind matches only where a word begins, as `cut` does: not after a letter, nor after
    # a dot that follows one. It comes second because Python finds a set of characters quickest.
    return re.compile(rf"[{characters}](?<=\w)(?<!\w\w)(?<!\w\.\w)\w*(?:\.\w+)*")


@lru_cache(maxsize=MAX_STEMMED_WORDS)
def _stem(word: str) -> str:
    """Return the stem of a folded word; "" for a stop word."""
    return "" if _is_stop_word(word) else str(porter_stem(word))


def _is_stop_word(word: str) -> bool:
    """Whether a folded word is not indexed: a single letter says nothing, but in scripts where each is a word."""
    return word in STOP_WORDS or (len(word) < 2 and not is_unspaced(word))


@lru_cache(maxsize=MAX_STEMMED_WORDS)
def stem_of(word: str) -> str:
    """Return the stem of a folded word, a stop word too."""
    return str(porter_stem(word))


@lru_cache(maxsize=MAX_STEMMED_GROUPS)
def stems_of(word: str) -> tuple[str, ...]:
    """Return the stems of a word or phrase in the index; () for stop words alone."""
    return tuple(token.stem for token in analyse(word))


def stems_in(text: str) -> frozenset[str]:
    """Return all stems of a text."""
    return frozenset(token.stem for token in analyse(text))


def _schema() -> Schema:
    texts = {
        name: TEXT(analyzer=StemTokenizer(), phrase=name in PHRASE_FIELDS, stored=False)
        for name in BOOSTS
    }
    return Schema(
        slug=ID(unique=True, stored=True),
        # Without lengths, Whoosh would look on the disk for them once for each word of each text.
        words=KEYWORD(stored=False, scorable=True),
        names=KEYWORD(stored=False, scorable=True),
        **texts,
    )


def _whole_words(*texts: str) -> str:
    words = {word for text in texts for word in split_words(text) if not _is_stop_word(word)}
    return " ".join(sorted(words))


def write_index(
    folder: Path, documents: Iterable[IndexDocument], removed: Iterable[str] = ()
) -> int:
    """Write documents into the index in `folder`, created if it does not exist, and delete the `removed` slugs.

    Returns the number of documents, which are consumed one by one.
    """
    if folder.exists():
        index = open_dir(str(folder))
    else:
        folder.mkdir(parents=True)
        index = create_in(str(folder), _schema())
    writer = index.writer()
    for slug in removed:
        writer.delete_by_term("slug", slug)
    written = 0
    for document in documents:
        written += 1
        texts = {field.name: getattr(document, field.name) for field in fields(document)}
        names = _whole_words(document.title, document.aliases)
        words = _whole_words(*(text for name, text in texts.items() if name != "slug"))
        writer.update_document(names=names, words=words, **texts)
    writer.commit()
    index.close()
    return written


class SearchIndex:
    """An opened index. Thread-safe: each thread gets a Whoosh searcher of its own.

    Whoosh's searchers return silently wrong results when two threads share one. The scores of words and
    phrases are cached, because reading postings takes most of the time.
    """

    def __init__(self, folder: Path) -> None:
        """Read the index in `folder` into memory. Raises whatever Whoosh raises if it is damaged.

        Whoosh would map the files, and a mapped file that is truncated kills the process.
        """
        files = copy_to_ram(FileStorage(str(folder), readonly=True))
        self._index: FileIndex = files.open_index()
        self._local = threading.local()
        reader = self._searcher().reader()
        stored = dict(reader.iter_docs())
        self.slugs = [fields["slug"] for fields in stored.values()]
        # The ordinal of the method of each document id; -1 for deleted documents, which Whoosh's ids still count.
        self._ordinals = np.full(reader.doc_count_all(), -1, dtype=np.int64)
        self._ordinals[list(stored)] = np.arange(len(stored))
        words = min(MAX_CACHED_WORDS, MAX_WORD_BYTES // (8 * max(1, len(stored))))
        self.word_scores = lru_cache(maxsize=share(words))(self._word_scores)
        self.phrase_scores = lru_cache(maxsize=share(MAX_CACHED_PHRASES))(self._phrase_scores)

    def arrange(self, ordinals: dict[str, int]) -> None:
        """Set the order of the methods in all scores: `ordinals` maps each slug to its ordinal."""
        order = np.array([ordinals[slug] for slug in self.slugs], dtype=np.int64)
        alive = self._ordinals >= 0
        self._ordinals[alive] = order[self._ordinals[alive]]

    def lexicon(self, field: str) -> Iterator[tuple[str, int]]:
        """Yield the whole words of "words" or of "names", with the number of methods using each."""
        reader = self._searcher().reader()
        for word, info in reader.iter_field(field):
            yield word.decode(), info.doc_frequency()

    def texts_with(self, stem: str) -> int:
        """Return how many texts of methods have a stem, those of deleted documents too."""
        return int(self._searcher().doc_frequency("body", stem))

    def _searcher(self) -> Searcher:
        if not hasattr(self._local, "searcher"):
            self._local.searcher = self._index.searcher(weighting=WEIGHTING)
        return self._local.searcher

    def _word_scores(self, stem: str) -> Scores:
        """Return the sum over the fields of boost times BM25F of one stem, for every method."""
        scores = np.zeros(len(self.slugs))
        for name, boost in BOOSTS.items():
            for (found,) in self._found(name, (stem,)):
                scores[self._ordinals[found.id()]] += boost * found.score()
        scores.flags.writeable = False
        return scores

    def _phrase_scores(
        self, stems: tuple[str, ...], fields: tuple[str, ...] = PHRASE_FIELDS
    ) -> Scores:
        """Return the same for a phrase of adjacent stems, in some of the fields indexed with positions."""
        scores = np.zeros(len(self.slugs))
        for name in fields:
            for found in self._found(name, stems):
                if _adjacent(found):
                    total = sum(word.score() for word in found)
                    scores[self._ordinals[found[0].id()]] += BOOSTS[name] * total
        scores.flags.writeable = False
        return scores

    def _found(self, field: str, stems: tuple[str, ...]) -> Iterator[list[Matcher]]:
        """Yield Whoosh's matchers of the stems, always the same ones, at each document that has all of them in a field."""
        searcher = self._searcher()
        if not all((field, stem) in searcher.reader() for stem in stems):
            return
        words = [searcher.postings(field, stem) for stem in stems]
        together = reduce(IntersectionMatcher, words)
        while together.is_active():
            yield words
            together.next()


def _adjacent(words: list[Matcher]) -> bool:
    """Whether the words at which matchers stand are adjacent somewhere in the document, in this order."""
    places = [set(word.value_as("positions")) for word in words]
    return any(all(start + offset in at for offset, at in enumerate(places)) for start in places[0])
