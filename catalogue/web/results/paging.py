"""The links between the pages of a long list. Each has the words and filters of the URL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# Pages linked on each side of the current one.
NEIGHBOURS = 1


@dataclass(frozen=True)
class PageLink:
    """A link to one page; a number of 0 stands for pages left out between two others."""

    number: int
    query: str
    current: bool


@dataclass(frozen=True)
class PageLinks:
    """The query strings of the pages before and after (None at an end), and the numbered links."""

    previous: str | None
    next: str | None
    numbered: tuple[PageLink, ...]


def page_links(query_of: Callable[[int], str], page: int, pages: int) -> PageLinks:
    """Return links to the first, last and neighbouring pages; `query_of` gives the query string of a page number."""
    if pages <= 1:
        return PageLinks(None, None, ())
    shown = sorted({1, pages, *range(max(1, page - NEIGHBOURS), min(pages, page + NEIGHBOURS) + 1)})
    numbered: list[PageLink] = []
    for number in shown:
        if numbered and number > numbered[-1].number + 1:
            numbered.append(PageLink(0, "", current=False))
        numbered.append(PageLink(number, query_of(number), number == page))
    return PageLinks(
        previous=query_of(page - 1) if page > 1 else None,
        next=query_of(page + 1) if page < pages else None,
        numbered=tuple(numbered),
    )
