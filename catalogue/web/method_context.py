"""What the templates print of one method, on its own page and in a preview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from catalogue.i18n import number
from catalogue.model.completeness import completeness, review_due
from catalogue.model.method import Method
from catalogue.presentation.formatting import day_text
from catalogue.presentation.view_models import glance
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY


@dataclass(frozen=True)
class PageSection:
    """A rendered section; `anchor` is what its address ends with, the id unless an earlier section has it."""

    id: str
    heading: str
    html: str
    anchor: str


def method_context(
    current: Snapshot, method: Method, sections: tuple[tuple[str, str], ...]
) -> dict[str, object]:
    """Return what `method/_method.html` prints; `sections` are (section id, safe HTML) in order."""
    due = review_due(method.last_reviewed)
    return {
        "method": method,
        "sections": list(_page_sections(sections)),
        "rows": list(glance(method)),
        "related": [
            current.cards[current.places[s]] for s in method.related if s in current.places
        ],
        "facets": VOCABULARY.facets,
        "complete": completeness(method),
        "due": due,
        "overdue": due is not None and due < date.today(),
        "choices": VOCABULARY.choices,
        "day": day_text,
        "number": number,
    }


def _page_sections(sections: tuple[tuple[str, str], ...]) -> Iterator[PageSection]:
    seen: set[str] = set()
    for place, (section, html) in enumerate(sections, start=1):
        # Only a draft has two sections under one heading.
        anchor = f"{section}-{place}" if section in seen else section
        seen.add(section)
        yield PageSection(section, VOCABULARY.sections[section].heading, html, anchor)
