"""The Atom feed: the newest first, each entry with the same id for ever, and what RFC 4287 asks for."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from catalogue.exports.feed import MAX_ENTRIES, feed
from catalogue.search.snapshot import Snapshot

NAMES = {"a": "http://www.w3.org/2005/Atom"}
SITE = "https://catalogue.example"


def read(snapshot: Snapshot, site_url: str = SITE) -> ElementTree.Element:
    made = feed(snapshot.cards, "?q=jury", "jury", "The Catalogue", site_url)
    return ElementTree.fromstring(made)


@pytest.mark.parametrize("path", ["", "a:entry/"])
@pytest.mark.parametrize("name", ["title", "id", "updated"])
def test_the_feed_and_every_entry_have_what_the_standard_asks_for(
    snapshot: Snapshot, path: str, name: str
) -> None:
    root = read(snapshot)
    found = root.findall(f"{path}a:{name}", NAMES)
    assert len(found) == (len(root.findall("a:entry", NAMES)) if path else 1)
    assert all(element.text for element in found)


def test_entries_are_dated_newest_first_and_at_most_fifty(real: Snapshot) -> None:
    root = read(real)
    days = [element.text or "" for element in root.findall("a:entry/a:updated", NAMES)]
    assert len(days) == MAX_ENTRIES == 50
    assert days == sorted(days, reverse=True)
    assert root.findtext("a:updated", "", NAMES) == days[0]
    assert root.findtext("a:entry/a:published", "", NAMES) == "2026-11-23T00:00:00Z"


def test_an_id_does_not_depend_on_where_the_site_is(snapshot: Snapshot) -> None:
    here, there = (
        [e.text for e in read(snapshot, url).findall("a:entry/a:id", NAMES)]
        for url in (SITE, "https://other.example/p")
    )
    assert here == there
    assert len(set(here)) == len(here)


def test_a_method_without_any_day_is_left_out(snapshot: Snapshot) -> None:
    titles = [e.text for e in read(snapshot).findall("a:entry/a:title", NAMES)]
    assert "Web idea box" not in titles
    assert "Harvest jury" in titles
