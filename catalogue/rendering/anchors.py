"""The ids of the headings of a page, which are the fragments of links to them: as GitHub makes them of their words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from catalogue.vocabulary import VOCABULARY

# The ids of a page beside those of its sections.
PAGE_IDS = ("main", "glance", "contents-title", "cases", "sources", "related", "colophon")
PREVIEW_IDS = ("answer", "card", "preview", "send", "file-text", "file-text-hint", "form")
HEADING = re.compile(r"<(h[3-6])>(.*?)(?=</\1>)", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
ID = re.compile(r' id="([^"]*)"')


def anchor(heading: str) -> str:
    """Return the anchor that a heading has on GitHub and in our own documents."""
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


# How GitHub calls the headings of the sections, and the ids that these have on our pages.
SECTION_IDS = {anchor(section.heading): id for id, section in VOCABULARY.sections.items()}
SECTION_NUMBERS = tuple(f"part-{number}" for number in range(1, len(SECTION_IDS) + 1))
RESERVED = frozenset(
    (*PAGE_IDS, *PREVIEW_IDS, *SECTION_NUMBERS, *SECTION_IDS, *VOCABULARY.sections)
)


def page_ids(sections: Iterable[str]) -> set[str]:
    """Return the ids of a method's page that links may name; `sections` are its safe HTML with their anchors."""
    named = {html.unescape(name) for section in sections for name in ID.findall(section)}
    return named | {*PAGE_IDS, *SECTION_NUMBERS, *VOCABULARY.sections}


def with_anchors(sections: Iterable[str]) -> list[str]:
    """Return the safe HTML of the sections of one page with an id for each heading; no id comes twice."""
    taken = set(RESERVED)

    def named(match: re.Match[str]) -> str:
        name = anchor(html.unescape(TAG.sub("", match[2]))) or "heading"
        free, number = name, 0
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        taken.add(free)
        return f'<{match[1]} id="{html.escape(free)}">{match[2]}'

    return [HEADING.sub(named, section) for section in sections]
