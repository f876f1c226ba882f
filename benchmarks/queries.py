"""Makes the requests that are measured: what people might type, drawn from the methods' own texts.

Every request of a kind is another one, so that what was kept from an earlier request helps
only where it would help a visitor. The same documents and seed always give the same requests.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

from werkzeug.datastructures import MultiDict

from benchmarks.peers import FILTERS, PeerDocument
from catalogue.search.search_request import SearchRequest, parse_request
from catalogue.storage.fulltext import analyse
from catalogue.vocabulary import VOCABULARY

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?:;\n\x1e]+")
# The words people type are mostly those of names and needs; the rest of a text is asked for too.
FIELDS = ("title", "aliases", "asked_as", "summary", "body", "body")
MANY_OPTIONS = 0.4
ATTEMPTS = 50
# How people say limits, with the numbers that may stand in each.
SAID_LIMITS: tuple[tuple[str, Sequence[int]], ...] = (
    ("under {} quid", range(50, 20_000, 50)),
    ("in {} weeks", range(2, 40)),
    ("{} people", range(8, 900)),
    ("{} hours of their time", range(2, 30)),
)

Draw = Callable[[Random, Sequence[PeerDocument]], SearchRequest]


def _sentence(rng: Random, documents: Sequence[PeerDocument]) -> list[str]:
    """Return the words of a piece of text, stop words and all."""
    text = getattr(rng.choice(documents).words, rng.choice(FIELDS))
    return WORD.findall(rng.choice(SENTENCE_END.split(text)))


def _content(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) > 3 and len(analyse(word)) == 1]


def _one_word(rng: Random, documents: Sequence[PeerDocument]) -> SearchRequest:
    return _ask(_some(rng, documents, 1)[0])


def _three_words(rng: Random, documents: Sequence[PeerDocument]) -> SearchRequest:
    return _ask(" ".join(_some(rng, documents, 3)))


def _some(rng: Random, documents: Sequence[PeerDocument], count: int) -> list[str]:
    """Return different words of one sentence, in its order."""
    while True:
        words = list(dict.fromkeys(word.lower() for word in _content(_sentence(rng, documents))))
        if len(words) >= count:
            places = sorted(rng.sample(range(len(words)), count))
            return [words[place] for place in places]


def _typo(rng: Random, documents: Sequence[PeerDocument]) -> SearchRequest:
    """Spell a word wrongly: a letter too many, too few, another, or two changed over."""
    word = ""
    while len(word) < 5:
        word = _some(rng, documents, 1)[0]
    at = rng.randrange(1, len(word) - 1)
    letter = rng.choice(string.ascii_lowercase)
    wrong = (
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return _ask(rng.choice(wrong))


def _phrase(rng: Random, documents: Sequence[PeerDocument]) -> SearchRequest:
    """Put two words in quotation marks that stand beside each other."""
    while True:
        words = _sentence(rng, documents)
        pairs = [pair for pair in pairwise(words) if len(_content(pair)) == 2]
        if pairs:
            return _ask('"{} {}"'.format(*rng.choice(pairs)))


def _filters(rng: Random, documents: Sequence[PeerDocument]) -> SearchRequest:
    return _ask("", _options(rng, documents))


def _words_and_filters(rng: Random, documents: Sequence[PeerDocument]) -> SearchRequest:
    return _ask(" ".join(_some(rng, documents, 3)), _options(rng, documents))


def _words_with_limits(rng: Random, documents: Sequence[PeerDocument]) -> SearchRequest:
    """Say two limits and three words: "under 500 quid and in 4 weeks, neighbours park budget"."""
    first, second = (
        said.format(rng.choice(numbers)) for said, numbers in rng.sample(SAID_LIMITS, 2)
    )
    return _ask(f"{first} and {second}, {' '.join(_some(rng, documents, 3))}")


def _options(rng: Random, documents: Sequence[PeerDocument]) -> list[tuple[str, str]]:
    """Choose in three facets what one method has, and sometimes a second option."""
    choices = rng.choice(documents).choices
    chosen = []
    for facet in rng.sample(FILTERS, 3):
        chosen.append((facet, rng.choice(choices[facet])))
        if rng.random() < MANY_OPTIONS:
            chosen.append((facet, rng.choice(VOCABULARY.facets[facet].values)))
    return chosen


def _ask(words: str, options: Sequence[tuple[str, str]] = ()) -> SearchRequest:
    return parse_request(MultiDict([("q", words), *options]))[0]


KINDS: dict[str, Draw] = {
    "one word": _one_word,
    "three words": _three_words,
    "one word with a typo": _typo,
    "phrase of two words": _phrase,
    "words with limits": _words_with_limits,
    "three words, three filters": _words_and_filters,
    "three filters, no words": _filters,
}


def make_requests(
    kind: str, documents: Sequence[PeerDocument], count: int, seed: int
) -> list[SearchRequest]:
    """Return up to `count` different requests of a kind."""
    rng = Random(f"{seed}-{kind}")
    found: dict[str, SearchRequest] = {}
    for _ in range(count * ATTEMPTS):
        if len(found) == count:
            break
        request = KINDS[kind](rng, documents)
        found.setdefault(request.query(), request)
    return list(found.values())


def recombined(requests: Sequence[SearchRequest], seed: int) -> list[SearchRequest]:
    """Return other requests of the same kind in which every word is from one of those given."""
    rng = Random(f"{seed}-recombined")
    words = [request.words.split() for request in requests]
    columns = [rng.sample(column, len(column)) for column in zip(*words, strict=True)]
    made = zip(requests, zip(*columns, strict=True), strict=True)
    return [request.with_words(" ".join(dict.fromkeys(mixed))) for request, mixed in made]
