"""An Atom feed of methods, the newest first: https://www.rfc-editor.org/rfc/rfc4287."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement

from catalogue.exports.site_files import as_xml
from catalogue.i18n import gettext
from catalogue.model.unprintable import strip_line
from catalogue.presentation.formatting import option_label
from catalogue.search.cards import Card
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY

ATOM = "http://www.w3.org/2005/Atom"
MAX_ENTRIES = 50
# What a feed says that has no entry: it must name a day.
NO_DAY = "1970-01-01"


def feed(cards: Iterable[Card], query: str, words: str, site_name: str, site_url: str,
         language: str, day: str) -> bytes:  # fmt: skip
    """Return the feed of a search, whose query string is `query`: methods by the day they were added or last reviewed.

    `language` is that of the texts, such as "en-GB"; a feed without entries is of `day`, "" if that is not known. A method of which neither day is known is left out. An entry keeps its id whatever the address of the site.
    """
    dated = sorted((card for card in cards if card.changed), key=lambda card: card.slug)
    newest = sorted(dated, key=lambda card: card.changed, reverse=True)[:MAX_ENTRIES]
    root = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    about = gettext("%(site)s: new and changed methods", site=site_name)
    shown = strip_line(words)
    SubElement(root, "title").text = f"{about} – {shown}" if shown else about
    SubElement(root, "id").text = _id(f"{PATHS.feed}{query}")
    SubElement(root, "updated").text = _time(newest[0].changed if newest else day or NO_DAY)
    SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{site_url}{PATHS.feed}{query}")  # fmt: skip
    SubElement(root, "link", rel="alternate", type="text/html", href=f"{site_url}{PATHS.methods}{query}")  # fmt: skip
    SubElement(SubElement(root, "author"), "name").text = site_name
    SubElement(root, "rights").text = "CC-BY-4.0"
    for card in newest:
        root.append(_entry(card, site_url))
    return as_xml(root)


def _entry(card: Card, site_url: str) -> Element:
    entry, purpose = Element("entry"), VOCABULARY.facets["purpose"]
    SubElement(entry, "title").text = card.title
    SubElement(entry, "id").text = _id(PATHS.method(card.slug))
    SubElement(entry, "updated").text = _time(card.changed)
    if card.added:
        SubElement(entry, "published").text = _time(card.added)
    SubElement(entry, "link", rel="alternate", type="text/html", href=site_url + PATHS.method(card.slug))  # fmt: skip
    SubElement(entry, "summary").text = card.summary
    for value in card.purposes:
        SubElement(entry, "category", term=value, label=option_label(purpose, value))
    return entry


def _id(path: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'participation-catalogue:{path}')}"


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"
