"""What a script needs to search the words of a copy of the site without a server: the scores of our own index, by stem.

Each word of the texts is listed below its stem, so the script needs no stemmer. Scores are those of the server for one
word; the script adds them up, with the facts that words name and what judged searches recommend. Guides, rules and cases are found by their names, summaries and words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from catalogue.exports.static_site.judgements_data import judgements_data
from catalogue.i18n import gettext
from catalogue.model.facts import Fact
from catalogue.model.letters import split_words
from catalogue.search.order.groups import MIN_STRONG
from catalogue.search.query.facts import option_words
from catalogue.search.query.lexicon import CLEARLY, NAME_WEIGHT, words_near
from catalogue.search.query.parser import FACT_WORD, GENERIC, NEGATION, SYNONYM, expansions_by_entry
from catalogue.search.query.terms import SENTENCE
from catalogue.search.query.thesaurus import THESAURUS
from catalogue.search.ranking import (
    AKIN,
    APART,
    FACT_SCORE,
    MOST,
    NAME_FACTOR,
    NEED_FACTOR,
    RECOMMENDED,
    RECOMMENDED_WITH_FACTS,
    STRONG,
)  # fmt: skip
from catalogue.search.sets.kinship import BEST
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import STOP_WORDS, stems_in, stems_of
from catalogue.urls import PATHS
from catalogue.validation.guides import load_guidance

# Scores are whole numbers of tenths, which keeps the file short.
TENTHS = 10
# Letters of the shortest words that are corrected: one more than on the server, as for each letter less many English words would be listed.
MIN_CORRECTED = 5
# A word that no text has is read without one of these.
ENDINGS = ("s", "es", "d", "ed", "ing")


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
    facts = list(dict.fromkeys(option_words().values()))
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
        **_facts(facts, snapshot),
        "judged": judgements_data(snapshot, facts, {word for words in stems.values() for word in words}),
        "recommended": [round(share, 2) for share in snapshot.kinship.recommended.tolist()],
        "traits": [_in_hundredths(traits) for traits in snapshot.kinship.traits],
        "links": [ordinals.tolist() for ordinals in snapshot.kinship.links],
        "generic": _known(THESAURUS.generic, stems),
        "fillers": _known(THESAURUS.fillers, stems),
        "stop": sorted(STOP_WORDS),
        "endings": ENDINGS,
        "english": _english(stems),
        "weights": _weights(),
        "texts": _texts(),
        "others": [[other.kind, other.title, other.path, other.summary] for other in others],
        "found": found,
    }  # fmt: skip


def _facts(facts: list[Fact], snapshot: Snapshot) -> dict[str, Any]:
    """Return the words that name facts, each with the number of its fact and the stems to search for, and the methods that fit each fact."""
    return {
        "facts": {
            " ".join(split_words(phrase)): [facts.index(fact), _searched_for(phrase)]
            for phrase, fact in option_words().items()
        },
        "fits": [_in_hundredths(snapshot.fact_fit(fact)) for fact in facts],
    }


def _weights() -> dict[str, float]:
    return {
        "synonym": SYNONYM, "generic": GENERIC, "apart": APART, "name": NAME_FACTOR, "strong": STRONG, "atLeast": MIN_STRONG,
        "need": NEED_FACTOR * TENTHS, "most": MOST * TENTHS, "sentence": SENTENCE,
        "fact": FACT_SCORE * TENTHS, "factWord": FACT_WORD, "akin": AKIN, "best": BEST,
        "recommended": RECOMMENDED, "recommendedWithFacts": RECOMMENDED_WITH_FACTS,
        "inName": NAME_WEIGHT, "clearly": CLEARLY, "letters": MIN_CORRECTED,
    }  # fmt: skip


def _texts() -> dict[str, str]:
    instead, typed = "{instead}", "{typed}"
    return {
        "offer": gettext("Did you mean"),
        "typed": gettext("? We searched for “%(typed)s” as it is.", typed=typed),
        "instead": gettext("We searched for “%(instead)s” instead of “%(typed)s”.", instead=instead, typed=typed),
        "undo": gettext("Search for “%(typed)s” as it is", typed=typed),
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


def _english(stems: dict[str, list[str]]) -> list[str]:
    """Return the English words that are no slips, though one slip away from a word of a method; no word that is read by its ending."""
    known = {word for words in stems.values() for word in words}
    return [word for word in words_near(known, MIN_CORRECTED)
            if not any(word.endswith(end) and word.removesuffix(end) in known for end in ENDINGS)]  # fmt: skip


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in split_words(text)}


def _scores(stem: str, snapshot: Snapshot) -> list[int]:
    """Return the ordinals of the methods that have a stem, each followed by its score."""
    scores = snapshot.index.word_scores(stem).tolist()
    tenths = ((ordinal, round(score * TENTHS)) for ordinal, score in enumerate(scores))
    return [number for pair in tenths if pair[1] for number in pair]


def _searched_for(phrase: str) -> str:
    """Return the stems that texts are searched for where words name a fact; "" for a negation, of which they have the opposite."""
    return "" if NEGATION.match(phrase) else " ".join(stems_of(phrase))


def _in_hundredths(values: Iterable[float]) -> list[int]:
    """Return the places of the values that are not 0, each followed by its value in hundredths."""
    return [number for place, value in enumerate(values) if value for number in (place, round(value * 100))]  # fmt: skip


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
