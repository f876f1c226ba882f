"""What the planner knows of each method: the method itself without its texts, its sizes, and the words that it is asked for by.

Read from the database once for each build, when the first plan is made.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from catalogue.model.method import Method
from catalogue.model.sizes import Run, runs
from catalogue.planner.breaking import BreakingRuns
from catalogue.planner.words import WordScores
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import analyse

# How often the words of each part of a method count.
ASKED_AS_TIMES = 2


@dataclass(frozen=True, eq=False)
class PlanMethods:
    """The methods of a build by slug, in the order of titles; `runs` their sizes; `words` scores a text against them.

    `names` are the slugs by the stems of each name, `breaking` says which sizes break a limit.
    """

    methods: dict[str, Method]
    runs: dict[str, tuple[Run, ...]]
    words: WordScores
    names: dict[tuple[str, ...], str]
    breaking: BreakingRuns


_READ: WeakKeyDictionary[Snapshot, PlanMethods] = WeakKeyDictionary()


def plan_methods(snapshot: Snapshot) -> PlanMethods:
    """Return what the planner knows of the methods of a build. Raises StoreError if it cannot be read."""
    found = _READ.get(snapshot)
    if found is None:
        found = _READ[snapshot] = _read(snapshot)
    return found


def _read(snapshot: Snapshot) -> PlanMethods:
    methods, documents = {}, {}
    for slug in snapshot.slugs:
        page = snapshot.texts.page(slug)
        if page is not None:
            documents[slug] = _words(page.method)
            methods[slug] = replace(page.method, sections=(), sources=(), contributors=(), timeline=())  # fmt: skip
    names = {stems: card.slug for card in snapshot.cards for stems in card.name_stems if stems}
    sizes = {slug: runs(method) for slug, method in methods.items()}
    return PlanMethods(methods, sizes, WordScores(documents), names, BreakingRuns(sizes))


def _words(method: Method) -> Counter[str]:
    """Count the stems by which a method is asked for: needs, summary, "Use it when", its light size, its cases."""
    use_when = " ".join(s.markdown for s in method.sections if s.id == "use-when")
    cases = [f"{case.title} {case.outcome}" for case in method.cases]
    parts = [*method.asked_as * ASKED_AS_TIMES, method.summary, use_when, *cases]
    if method.light:
        parts.append(method.light.in_short)
    return Counter(token.stem for token in analyse(" ".join(parts)))
