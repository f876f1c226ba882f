"""Method files with a hostile text in every text field and in every section, and what pages of them may hold.

A text that is too long for a field is cut, and signs that the reader refuses there are left out,
so that every file is taken and every text reaches the pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import cycle
from pathlib import Path

import html5lib
import yaml

from catalogue.model.unprintable import UNPRINTABLE, UNPRINTABLE_IN_LINES
from catalogue.validation.unprintable_checks import REFERENCE
from catalogue.vocabulary import VOCABULARY

FAMILIES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "hostile" / "xss.yaml").read_text(encoding="utf-8")
)
VECTORS = [vector for family in FAMILIES.values() for vector in family]

# Places in a text that differ in how Markdown, and then the browser, reads what stands there.
BODY_PLACES = (
    "{}",
    "Before {} after.",
    "- one\n- {line}",
    "> {line}",
    "**{line}** and *{line}*",
    "[{line}](https://example.org/)",
    "[x]({line})",
    "![{line}](x.png)",
    "### {line}",
    "| a | b |\n|---|---|\n| {line} | `{line}` |",
    '<p title="{line}">x</p>\n\n[x](https://example.org/ "{line}")',
)
UNSEEN = re.compile(rf"(?:{UNPRINTABLE.pattern}|[\u2028\u2029])+")
# What ordinary prose is made of.
PROSE = {"p", "ul", "ol", "li", "strong", "em", "del", "a", "blockquote", "code", "pre", "br", "hr",
         "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title", "rel"}, "th": {"scope"}, "ol": {"start"},
              **{f"h{level}": {"id"} for level in range(3, 7)}}  # fmt: skip
NEVER = {"iframe", "object", "embed", "applet", "base", "style", "math", "frame", "frameset",
         "video", "audio", "template", "picture", "source", "portal", "noscript"}  # fmt: skip
LINKING = ("href", "src", "action", "formaction", "xlink:href", "poster", "data", "ping",
           "background", "srcset", "cite", "longdesc")  # fmt: skip
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")


def hostile_file(number: int, vectors: Sequence[str]) -> str:
    """Return a method file in which each text takes the next of the vectors, round and round."""
    turn = cycle(vectors)

    def text(limit: int, start: str = "") -> str:
        shown = f"{start}{UNSEEN.sub(' ', next(turn))}".strip()[:limit].rstrip()
        return json.dumps(shown or "empty", ensure_ascii=False)

    def address() -> str:
        free = re.sub(r"[\s<>\"\x00-\x20]", "", UNSEEN.sub("", next(turn)))
        return json.dumps(f"https://example.org/#{free}", ensure_ascii=False)

    note = "note"
    front = [
        f"title: {text(60, f'{number} ')}",
        f"summary: {text(160)}",
        f"aliases: [{text(500, f'also {number} ')}]",
        f"asked_as: [{', '.join(text(500) for _ in range(3))}]",
        "purposes: [inform]",
        f"group_size: {{min: 1, {note}: {text(300)}}}",
        f"participant_hours: {{min: 1, {note}: {text(300)}}}",
        f"lead_time_weeks: {{min: 1, {note}: {text(300)}}}",
        f"staff_days: {{min: 1, {note}: {text(300)}}}",
        f"cost: {{low: 1, high: 2, basis: source, {note}: {text(300)}}}",
        f"not_for: [{text(500)}]",
        "inclusion:",
        *(f"  {value}: {text(500)}" for value in VOCABULARY.facets["inclusion"].values),
        "cases:",
        f"  - {{title: {text(160)}, place: {text(120)}, country: {text(60)}, year: 2019, "
        f"participants: 2, outcome: {text(500)}, url: {address()}}}",
        f"sources: [{{title: {text(200)}, by: {text(160)}, url: {address()}}}]",
        f"contributors: [{{name: {text(120)}, role: wrote, url: {address()}}}]",
    ]
    sections = [
        f"## {heading}\n\n{place_in(BODY_PLACES[(place + number) % len(BODY_PLACES)], next(turn))}\n"
        for place, heading in enumerate(VOCABULARY.headings)
    ]
    return "\n".join(["---", *front, "---", "", *sections])


def place_in(place: str, vector: str) -> str:
    """Put a vector into a place of a text, on one line where the place takes one line."""
    vector = UNPRINTABLE_IN_LINES.sub("", vector)
    vector = REFERENCE.sub(
        lambda r: "" if UNPRINTABLE_IN_LINES.search(unescape(r[0])) else r[0], vector
    )
    if place == "{}":
        return f"x\n\n{vector}\n\nx"
    return place.replace("{line}", " ".join(vector.split())).replace("{}", vector)


def faults(page: str) -> list[str]:
    """Return what a browser would find in a page that could run, load or mislead."""
    document = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    found = []
    for element in document.iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        name = element.tag.rpartition("}")[2]
        attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        if name in NEVER:
            found.append(f"<{name}>")
        # The site's own script and its mark.
        if name in ("script", "img") and not attributes.get("src", "").startswith("/static/"):
            found.append(f"{name} {attributes}")
        if name == "meta" and "http-equiv" in attributes:
            found.append(f"meta {attributes}")
        found += [f"{name} {key}" for key in attributes if key.startswith("on") or key == "style"]
        found += [
            f"{name} {key}={attributes[key]!r}"
            for key in LINKING
            if key in attributes and not is_safe(attributes[key])
        ]
    return found


def is_safe(address: str) -> bool:
    """Whether an address leads to this site, to a page of another or to somebody's mail."""
    scheme = SCHEME.match(as_browsers_read(address))
    return scheme is None or scheme[1] in ("http", "https", "mailto")


def as_browsers_read(address: str) -> str:
    """Return an address without the blanks and controls that browsers pass over."""
    return re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", address).lower()


def proses(document: object) -> Iterator[object]:
    """Yield the parts of a page that are made from contributed Markdown."""
    for element in document.iter("div"):  # type: ignore[attr-defined]
        if "prose" in element.get("class", "").split():
            yield element


def prose_faults(page: str) -> list[str]:
    """Return what the texts of a method's page have that ordinary prose does not."""
    document = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    found = []
    for prose in proses(document):
        for element in list(prose.iter())[1:]:  # type: ignore[attr-defined]
            if element.tag not in PROSE:
                found.append(f"<{element.tag}>")
            odd = set(element.attrib) - ATTRIBUTES.get(element.tag, set())
            found += [f"{element.tag} {name}" for name in odd]
    return found


def frame(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page and the names of their attributes, but for the prose.

    A hostile text in a field must leave them as they are on the page of a harmless method.
    """
    document = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    for prose in proses(document):
        for child in list(prose):  # type: ignore[call-overload]
            prose.remove(child)  # type: ignore[attr-defined]
    return [
        (str(element.tag), tuple(sorted(element.attrib)))
        for element in document.iter()
        if isinstance(element.tag, str)
    ]
