"""What the planner knows of each method: the method itself without its texts, its sizes, and the words that it is asked for by.

Read from the database once for each build, when the first plan is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from catalogue.model.method import Method
from catalogue.model.sizes import Run, runs
from catalogue.planner.breaking import BreakingRuns
from catalogue.planner.words import NearestNeeds, WordScores
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import Token, analyse


@dataclass(frozen=True, eq=False)
class PlanMethods:
    """The methods of a build by slug, in the order of titles; `runs` their sizes; `words` scores a text against them.

    `needs` finds the needs nearest to a text, `needs_for` counts them by the main purpose of their method; `names` are the
    slugs by the stems of each name of several, `one_word` by each name of one word in lowercase, or as written where it has
    capitals inside it ("ToP", "PB"); `breaking` says which sizes break a limit.
    """

    methods: dict[str, Method]
    runs: dict[str, tuple[Run, ...]]
    words: WordScores
    needs: NearestNeeds
    needs_for: Counter[str]
    names: dict[tuple[str, ...], str]
    one_word: dict[str, str]
    breaking: BreakingRuns

    def named(self, text: str, words: Sequence[Token]) -> str:
        """Return the slug of the method of which some `words` of a text are a name, in the singular or plural; "" if none is."""
        if len(words) > 1:
            return self.names.get(tuple(token.stem for token in words), "")
        word = text[words[0].start : words[0].end]
        forms = (word, word.lower(), word.lower().removesuffix("s"))
        return next((self.one_word[form] for form in forms if form in self.one_word), "")


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
    names = {stems: card.slug for card in snapshot.cards for stems in card.name_stems if len(stems) > 1}  # fmt: skip
    one_word = {
        word if word[1:] != word[1:].lower() else word.lower(): card.slug
        for card in snapshot.cards
        for word in map(_single, card.names)
        if word
    }
    sizes = {slug: runs(method) for slug, method in methods.items()}
    words = WordScores(documents, {slug: method.related for slug, method in methods.items()})
    needs = NearestNeeds([
        (slug, [token.stem for token in analyse(need)])
        for slug, method in methods.items()
        for need in method.asked_as
    ])  # fmt: skip
    needs_for = Counter(m.purposes[0] for m in methods.values() if m.purposes for _ in m.asked_as)
    return PlanMethods(
        methods, sizes, words, needs, needs_for, names, one_word, BreakingRuns(sizes)
    )


def _single(name: str) -> str:
    """Return a name of one word, an e-petition as a petition; "" for others: "You decide" and "phone-in" are none.

    What the index leaves of those is a word of any story.
    """
    word = name.removeprefix("E-")
    return word if word.isalnum() else ""


def _words(method: Method) -> Counter[str]:
    """Count the stems by which a method is asked for: needs, summary, "Use it when", its light size, its cases."""
    use_when = " ".join(s.markdown for s in method.sections if s.id == "use-when")
    cases = [f"{case.title} {case.outcome}" for case in method.cases]
    parts = [*method.asked_as, method.summary, use_when, *cases]
    if method.light:
        parts.append(method.light.in_short)
    return Counter(token.stem for token in analyse(" ".join(parts)))
