"""The chapters of the handbook: each method once, under its main purpose, with its facts and its whole text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from catalogue.i18n import gettext
from catalogue.presentation.drawings.pictures import picture_caption, picture_of
from catalogue.presentation.glance import glance
from catalogue.search.snapshot import Snapshot
from catalogue.storage.database import Page
from catalogue.vocabulary import VOCABULARY

METHOD_LINK = re.compile(r'(<a (?:[a-z]+="[^"]*" )*href=")/methods/([a-z0-9-]+)(?:#[^"]*)?"')
SUBHEADING = re.compile(r"<(/?)h([3-5])(?: [^>]*)?>")


@dataclass(frozen=True)
class Chapter:
    """A method: its facts as (label, words), its sections as (heading, safe HTML), its sources, and what its picture shows."""

    slug: str
    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    picture: str
    caption: str


@dataclass(frozen=True)
class Part:
    """The methods of one main purpose, in the order of their titles."""

    value: str
    title: str
    chapters: tuple[Chapter, ...]


def handbook(current: Snapshot, link: Callable[[str], str], lower: int = 0) -> list[Part]:
    """Return all methods by main purpose, in the order of the vocabulary.

    `link` gives the address of a method in the handbook by its slug; headings inside sections are `lower` levels
    lower than in the files. Raises StoreError.
    """
    parts = []
    for option in VOCABULARY.facets["purpose"].options:
        slugs = [card.slug for card in current.cards if card.purposes[:1] == (option.value,)]
        pages = [page for slug in slugs if (page := current.page(slug))]
        if pages:
            chapters = tuple(_chapter(page, link, lower) for page in pages)
            parts.append(Part(option.value, gettext(option.label), chapters))
    return parts


def _chapter(page: Page, link: Callable[[str], str], lower: int) -> Chapter:
    method = page.method
    shown = picture_of(method.picture, method.family)
    return Chapter(
        slug=method.slug,
        title=method.title,
        summary=method.summary,
        # No sum stands without the remark that says where it is from.
        facts=tuple(
            (row.label, ". ".join(filter(None, (row.text, row.note))))
            for row in glance(method)
            if row.text
        ),
        sections=tuple(
            (gettext(VOCABULARY.sections[section].heading), _inside(html, link, lower))
            for section, html in page.sections
        ),
        sources=tuple(
            ", ".join(str(part) for part in (s.title, s.by, s.year, s.url) if part)
            for s in method.sources
        ),
        picture=shown.name,
        caption=picture_caption(method.picture, method.family),
    )


def _inside(html: str, link: Callable[[str], str], lower: int) -> str:
    """Return the HTML of a section whose links lead to chapters; its headings lose their ids, which many methods share."""
    html = SUBHEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + lower}>", html)
    return METHOD_LINK.sub(lambda found: f'{found[1]}{link(found[2])}"', html)
