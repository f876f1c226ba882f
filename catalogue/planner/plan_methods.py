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
from catalogue.search.judgements.recommended import Recommended
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import Token, analyse

# A name of a method has at most so many words.
MAX_NAME_WORDS = 6


@dataclass(frozen=True, eq=False)
class PlanMethods:
    """The methods of a build by slug, in the order of titles; `runs` their sizes; `words` and `recommended` score a text against them.

    `needs` finds the needs nearest to a text, `needs_for` counts them by the main purpose of their method; `names` are the
    slugs by the stems of each name of several, `one_word` by each name of one word in lowercase, or as written where it has
    capitals inside it ("ToP", "PB"); `name_starts` are the first stems of `names`; `breaking` says which sizes break a limit.
    """

    slugs: Sequence[str]
    methods: dict[str, Method]
    runs: dict[str, tuple[Run, ...]]
    words: WordScores
    needs: NearestNeeds
    needs_for: Counter[str]
    names: dict[tuple[str, ...], str]
    name_starts: frozenset[str]
    one_word: dict[str, str]
    breaking: BreakingRuns
    recommended: Recommended

    def word_shares(self, text: str, judged: float) -> dict[str, float]:
        """Return how much own words speak for each method, from 0 to 1, by slug; `judged` is the share that judged searches have in it."""
        if not text:
            return {}
        asked = self.words.scores(text)
        recommended = self.recommended.shares(text).tolist()
        return {
            slug: (1 - judged) * asked.get(slug, 0.0) + judged * share
            for slug, share in zip(self.slugs, recommended, strict=True)
        }

    def named_at(self, text: str, tokens: Sequence[Token], n: int) -> tuple[str, int]:
        """Return the method whose longest name begins at a token of a text, and the tokens of the name; ("", 0) if none does.

        A name of one word is found in the singular and the plural, one of two words also as "assembly of citizens".
        """
        # Few words begin a name.
        if tokens[n].stem in self.name_starts:
            for length in range(min(MAX_NAME_WORDS, len(tokens) - n), 1, -1):
                if slug := self.names.get(tuple(token.stem for token in tokens[n : n + length])):
                    return slug, length
        of = n + 1 < len(tokens) and text[tokens[n].end : tokens[n + 1].start].lower() == " of "
        if of and (slug := self.names.get((tokens[n + 1].stem, tokens[n].stem))):
            return slug, 2
        word = text[tokens[n].start : tokens[n].end]
        for form in (word, word.lower(), word.lower().removesuffix("s")):
            if slug := self.one_word.get(form, ""):
                return slug, 1
        return "", 0


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
    starts = frozenset(stems[0] for stems in names)
    one_word = {
        word if word[1:] != word[1:].lower() else word.lower(): card.slug
        for card in snapshot.cards
        for word in map(_single, card.names)
        if word
    }
    sizes = {slug: runs(method) for slug, method in methods.items()}
    words = WordScores(
        documents,
        {slug: method.related for slug, method in methods.items()},
        {slug: _stems(" ".join((*m.asked_as, m.summary))) for slug, m in methods.items()},
    )
    needs = NearestNeeds([
        (slug, _stems(need))
        for slug, method in methods.items()
        for need in method.asked_as
    ])  # fmt: skip
    needs_for = Counter(m.purposes[0] for m in methods.values() if m.purposes for _ in m.asked_as)
    return PlanMethods(
        snapshot.slugs, methods, sizes, words, needs, needs_for, names, starts, one_word,
        BreakingRuns(sizes), snapshot.recommended,
    )  # fmt: skip


def _single(name: str) -> str:
    """Return a name of one word, an e-petition as a petition; "" for others: "You decide" and "phone-in" are none.

    What the index leaves of those is a word of any story.
    """
    word = name.removeprefix("E-")
    return word if word.isalnum() else ""


def _stems(text: str) -> list[str]:
    return [token.stem for token in analyse(text)]


def _words(method: Method) -> Counter[str]:
    """Count the stems by which a method is asked for: needs, summary, "Use it when", its light size, its cases."""
    use_when = " ".join(s.markdown for s in method.sections if s.id == "use-when")
    cases = [f"{case.title} {case.outcome}" for case in method.cases]
    parts = [*method.asked_as, method.summary, use_when, *cases]
    if method.light:
        parts.append(method.light.in_short)
    return Counter(token.stem for token in analyse(" ".join(parts)))
