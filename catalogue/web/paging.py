"""The links between the pages of a long list.

Used by the results page; works on requests only, so that every link keeps words and filters.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.request import SearchRequest

NEIGHBOURS = 1


@dataclass(frozen=True)
class PageLink:
    """A link to one page; a number of 0 stands for pages left out between two others."""

    number: int
    query: str
    current: bool


@dataclass(frozen=True)
class PageLinks:
    """The addresses of the pages before and after ("" at an end: None) and the numbered ones."""

    previous: str | None
    next: str | None
    numbered: tuple[PageLink, ...]


def page_links(request: SearchRequest, pages: int) -> PageLinks:
    """Return links to the first, last and neighbouring pages of a request."""
    page = request.page
    shown = sorted({1, pages, *range(max(1, page - NEIGHBOURS), min(pages, page + NEIGHBOURS) + 1)})
    numbered: list[PageLink] = []
    for number in shown:
        if numbered and number > numbered[-1].number + 1:
            numbered.append(PageLink(0, "", current=False))
        query = request.with_page(number).query()
        numbered.append(PageLink(number, query, number == page))
    return PageLinks(
        previous=request.with_page(page - 1).query() if page > 1 else None,
        next=request.with_page(page + 1).query() if page < pages else None,
        numbered=tuple(numbered),
    )
