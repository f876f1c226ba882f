"""The Atom feed: the newest first, each entry with the same id for ever, and what RFC 4287 asks for."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

import pytest

from catalogue.exports.feed import MAX_ENTRIES, feed
from catalogue.search.snapshot import Snapshot

NAMES = {"a": "http://www.w3.org/2005/Atom"}
SITE = "https://catalogue.example"
DAY = "2026-11-20"


def read(snapshot: Snapshot, site_url: str = SITE) -> ElementTree.Element:
    made = feed(snapshot.cards, "?q=jury", "jury", "The Catalogue", site_url, "en-GB", DAY)
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


def test_the_feed_says_its_language_and_is_of_the_day_given_where_it_has_no_entry() -> None:
    root = ElementTree.fromstring(feed((), "?q=jury", "jury", "The Catalogue", SITE, "cy-GB", DAY))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "cy-GB"
    assert root.findtext("a:updated", "", NAMES) == "2026-11-20T00:00:00Z"


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


# What RFC 4287, sections 4.1.1 and 4.1.2, allows in a feed and an entry: the least and the most of each.
MANY = 1_000
CHILDREN = {
    "feed": {
        "title": (1, 1), "id": (1, 1), "updated": (1, 1), "author": (1, MANY), "link": (1, MANY), "rights": (0, 1),
        "subtitle": (0, 1), "entry": (0, MANY), "category": (0, MANY), "generator": (0, 1),
    },
    "entry": {
        "title": (1, 1), "id": (1, 1), "updated": (1, 1), "published": (0, 1), "link": (1, MANY), "summary": (0, 1),
        "category": (0, MANY), "rights": (0, 1), "author": (0, MANY), "content": (0, 1),
    },
}  # fmt: skip


@pytest.mark.parametrize("site_url", [SITE, f"{SITE}/below"])
def test_the_feed_keeps_the_rules_of_the_standard(real: Snapshot, site_url: str) -> None:
    atom = f"{{{NAMES['a']}}}"
    root = read(real, site_url)
    for element in [root, *root.findall("a:entry", NAMES)]:
        allowed = CHILDREN[element.tag.removeprefix(atom)]
        counts = Counter(child.tag.removeprefix(atom) for child in element)
        assert set(counts) <= set(allowed)
        for name, (least, most) in allowed.items():
            assert least <= counts[name] <= most, (element.tag, name)
        # One alternate of each type, and an entry without content has one.
        links = [(link.get("rel"), link.get("type")) for link in element.findall("a:link", NAMES)]
        assert len(set(links)) == len(links)
        assert "alternate" in [rel for rel, _ in links]
        ids = [each.text or "" for each in element.findall("a:id", NAMES)]
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids)
    for link in root.iter(f"{atom}link"):
        assert (link.get("href") or "").startswith(f"{site_url}/")
    assert [link.get("rel") for link in root.findall("a:link", NAMES)].count("self") == 1
    for name in ("updated", "published"):
        for date in root.iter(f"{atom}{name}"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", date.text or "")
    assert all(category.get("term") for category in root.iter(f"{atom}category"))
    assert all(person.findtext("a:name", "", NAMES) for person in root.iter(f"{atom}author"))
