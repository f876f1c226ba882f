"""What a script needs to search the words of a copy of the site without a server: the scores of our own index, by stem.

Each word of the texts is listed below its stem, so the script needs no stemmer. Scores are those of the server for one
word; the script adds them up. Guides, rules and cases are found by their names, summaries and words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from catalogue.i18n import gettext
from catalogue.model.letters import split_words
from catalogue.search.query.parser import GENERIC, SYNONYM, expansions_by_entry
from catalogue.search.query.terms import SENTENCE
from catalogue.search.query.thesaurus import THESAURUS
from catalogue.search.ranking import APART, MOST, NAME_FACTOR, NEED_FACTOR, STRONG
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import STOP_WORDS, stems_in, stems_of
from catalogue.urls import PATHS
from catalogue.validation.guides import load_guidance

# Scores are whole numbers of tenths, which keeps the file short.
TENTHS = 10


class Other(NamedTuple):
    """A page that is no method, as a search names it: what it is, its title, its path, and what is said of it."""

    kind: str
    title: str
    path: str
    summary: str
    stems: frozenset[str]


def words_data(snapshot: Snapshot) -> dict[str, Any]:
    """Return the words of the catalogue with the scores of the methods, and the other pages, as plain values for JSON."""
    stems = _stems(snapshot)
    others = list(_others(snapshot))
    found: dict[str, list[int]] = defaultdict(list)
    for number, other in enumerate(others):
        for stem in sorted(other.stems):
            found[stem].append(number)
            stems.setdefault(stem, [])
    return {
        "forms": stems,
        "scores": {stem: scores for stem in stems if (scores := _scores(stem, snapshot))},
        "methods": snapshot.slugs,
        "names": _names(snapshot),
        "needs": [[n, " ".join(stems)] for n, card in enumerate(snapshot.cards) for stems in card.need_stems],
        "synonyms": _synonyms(stems),
        "generic": _known(THESAURUS.generic, stems),
        "fillers": _known(THESAURUS.fillers, stems),
        "stop": sorted(STOP_WORDS),
        "weights": {
            "synonym": SYNONYM, "generic": GENERIC, "apart": APART, "name": NAME_FACTOR, "strong": STRONG,
            "need": NEED_FACTOR * TENTHS, "most": MOST * TENTHS, "sentence": SENTENCE,
        },
        "texts": {
            "offer": gettext("Did you mean"),
            "typed": gettext("? We searched for “%(typed)s” as it is.", typed="{typed}"),
        },
        "others": [[other.kind, other.title, other.path, other.summary] for other in others],
        "found": found,
    }  # fmt: skip


def _stems(snapshot: Snapshot) -> dict[str, list[str]]:
    """Return the words of all texts by their stem. What has no stem of its own is not indexed."""
    words = {word for word, _ in snapshot.index.lexicon("words")}
    for entry in snapshot.cases:
        case = entry.case
        words |= _words(case.title, case.place, case.country, case.outcome, entry.method)
    for *_, text in _guidance():
        words |= _words(text)
    words |= _words(*(entry for line in THESAURUS.synonyms for entry in line))
    stems: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(found := stems_of(word)) == 1:
            stems[found[0]].append(word)
    return stems


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in split_words(text)}


def _scores(stem: str, snapshot: Snapshot) -> list[int]:
    """Return the ordinals of the methods that have a stem, each followed by its score."""
    scores = snapshot.index.word_scores(stem).tolist()
    tenths = ((ordinal, round(score * TENTHS)) for ordinal, score in enumerate(scores))
    return [number for pair in tenths if pair[1] for number in pair]


def _names(snapshot: Snapshot) -> dict[str, list[int]]:
    names: dict[str, list[int]] = defaultdict(list)
    for ordinal, card in enumerate(snapshot.cards):
        for stems in dict.fromkeys(card.name_stems):
            names[" ".join(stems)].append(ordinal)
    return names


def _synonyms(stems: Iterable[str]) -> dict[str, list[str]]:
    """Return the synonyms of each entry of the thesaurus that the catalogue has words for, all as stems."""
    known = set(stems)
    return {
        " ".join(entry): has
        for entry, expansions in expansions_by_entry().items()
        if (has := [" ".join(e.stems) for e in expansions if known.issuperset(e.stems)])
    }


def _known(words: Iterable[str], stems: Iterable[str]) -> list[str]:
    return sorted({stem for word in words for stem in stems_of(word)} & set(stems))


def _others(snapshot: Snapshot) -> Iterator[Other]:
    for kind, title, path, summary, text in _guidance():
        yield Other(kind, title, path, summary, stems_in(text))
    case = gettext("A case:")
    for entry in snapshot.cases:
        yield Other(case, entry.case.title, PATHS.case(entry.page), entry.method, entry.stems)


def _guidance() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield what each guide and rule is, its title, path and summary, and the text by which it is found."""
    found = load_guidance()
    for guide in found.guides:
        text = " ".join((guide.title, guide.summary, *guide.words))
        yield (
            gettext("Working with people:"),
            guide.title,
            PATHS.guide(guide.slug),
            guide.summary,
            text,
        )
    for rule in found.rules:
        text = " ".join((rule.title, rule.summary, *rule.words))
        yield gettext("The law:"), rule.title, PATHS.rule(rule.slug), rule.summary, text
