"""Why a method is in a list, in words: one `Reason` for each, the same wherever results are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalogue.i18n import N_, gettext
from catalogue.model.facts import Fact
from catalogue.presentation.view_models import fact_text
from catalogue.search.highlights import Highlights, Piece

LABELS = {
    "other_name": N_("Also known as:"),
    "need": N_("For a need such as:"),
    "facts": N_("Matches:"),
    "extract": N_("In the text:"),
}


@dataclass(frozen=True)
class Reason:
    """Why a method is in a list: a kind of LABELS, and a text, cut where words of a search are marked.

    `language` is the code of the language of the text, "" for that of the page.
    """

    kind: str
    text: tuple[Piece, ...]
    language: str = ""

    @property
    def label(self) -> str:
        """The label before the text, in the current language."""
        return gettext(LABELS[self.kind])


def reasons(highlights: Highlights, facts: Iterable[Fact]) -> Iterator[Reason]:
    """Yield why a method matches words: what a search marks in it beyond title and summary, and facts that it has."""
    if highlights.other_name:
        yield Reason("other_name", highlights.other_name, highlights.language)
    if highlights.need:
        yield Reason("need", highlights.need)
    if texts := [fact_text(fact) for fact in facts]:
        yield Reason("facts", (Piece(", ".join(texts)),))
    if highlights.extract:
        yield Reason("extract", highlights.extract)
