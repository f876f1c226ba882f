"""Makes the results of a page: each method with the stems of the search that it contains, and the named facts that it has.

Facts are those of the size that the page shows: another size may have others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.model.facts import Fact
from catalogue.model.sizes import SIZES
from catalogue.search.cards import Card
from catalogue.search.query.terms import ParsedQuery
from catalogue.search.query.thesaurus import is_reason
from catalogue.search.ranking import Matched, matching_stems
from catalogue.search.snapshot import Snapshot

# A word tells methods apart that at most this share of their texts have; in a small catalogue, at most so many texts.
RARE, RARE_TEXTS = 0.5, 2
# A method by its ordinal, and the size in which it is shown.
Shown = tuple[int, str]


@dataclass(frozen=True)
class Result:
    """One method of a page of results: the stems of the search that it contains, and the named facts of the size that is shown.

    `common` are those of the stems that tell no method from others.
    """

    card: Card
    stems: frozenset[str] = frozenset()
    facts: tuple[Fact, ...] = ()
    score: float = 0.0
    common: frozenset[str] = frozenset()


def results_of(snapshot: Snapshot, matched: Matched, shown: list[Shown]) -> Iterator[Result]:
    """Yield the results of methods in their sizes."""
    if matched.scores is None:
        yield from (Result(snapshot.cards[ordinal]) for ordinal, _ in shown)
        return
    ordinals = [ordinal for ordinal, _ in shown]
    matching = matching_stems(matched.query.marked, ordinals, snapshot.index)
    common = common_stems(matched.query, snapshot)
    with_facts = [(fact, snapshot.sizes_with_fact(fact)) for fact in matched.query.facts]
    for (ordinal, size), stems in zip(shown, matching, strict=True):
        row = SIZES.index(size)
        facts = tuple([fact for fact, sized in with_facts if sized[row] >> ordinal & 1])
        score = float(matched.scores[ordinal])
        yield Result(snapshot.cards[ordinal], stems, facts, score, stems & common)


def common_stems(query: ParsedQuery, snapshot: Snapshot) -> frozenset[str]:
    """Return those stems to mark that tell no method from others: words of any story, those of most texts, and synonyms of such words."""
    most = max(RARE_TEXTS, RARE * len(snapshot.cards))
    telling: set[str] = set()
    for term in query.terms:
        stems = term.typed_stems.union(*(expansion.stems for expansion in term.expansions))
        told = {s for s in stems if is_reason(s) and snapshot.index.texts_with(s) <= most}
        if told & term.typed_stems:
            telling |= told
    return query.marked - telling
