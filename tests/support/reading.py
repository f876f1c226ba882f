"""Reads parsed pages for tests: the words of a tag, of all tags of a kind, and parts by heading."""

from __future__ import annotations

from bs4 import Tag


def words(tag: Tag | None) -> str:
    """Return the text of a tag on one line; fail if the tag is not there."""
    assert tag is not None
    return " ".join(tag.get_text().split())


def texts(soup: Tag, selector: str) -> list[str]:
    """Return the words of every tag that a selector finds."""
    return [words(tag) for tag in soup.select(selector)]


def part(soup: Tag, heading: str) -> Tag:
    """Return the one section of a page under a heading."""
    found = [tag for tag in soup.select("section") if texts(tag, "h2")[:1] == [heading]]
    assert len(found) == 1, f"{len(found)} sections {heading!r}"
    return found[0]


def attribute(soup: Tag, selector: str, name: str) -> str:
    """Return an attribute of the first tag that a selector finds; "" without one."""
    tag = soup.select_one(selector)
    return str(tag.get(name) or "") if tag else ""
