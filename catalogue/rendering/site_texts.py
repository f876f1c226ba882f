"""The catalogue's own texts beside the methods: introductions, the glossary, "Before you choose".

Read once from `texts/` and rendered by the package Markdown; build/builder.py links the glossary's words from the
method pages, and the web pages print the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from html import escape
from pathlib import Path

import markdown

from catalogue.model.slugs import proposed_slug
from catalogue.rendering.markdown import clean
from catalogue.settings import PROJECT

TEXTS_DIR = PROJECT / "texts"
EXTENSIONS = ["tables", "sane_lists", "smarty"]
HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class GlossaryEntry:
    """A word of the field: its headword, all its forms, its anchor and its meaning as safe HTML."""

    word: str
    forms: tuple[str, ...]
    anchor: str
    html: str


@dataclass(frozen=True)
class Texts:
    """All texts as safe HTML, introductions by the value of their option."""

    purposes: dict[str, str]
    audiences: dict[str, str]
    before_you_choose: str
    glossary: tuple[GlossaryEntry, ...]


@cache
def load_texts(folder: Path = TEXTS_DIR) -> Texts:
    """Read and render the texts in `folder`. Raises OSError if one of the two fixed files is missing."""
    return Texts(
        purposes=_introductions(folder / "purposes"),
        audiences=_introductions(folder / "audiences"),
        before_you_choose=_with_headings(_read(folder / "before-you-choose.md")),
        glossary=tuple(_glossary(_read(folder / "glossary.md"))),
    )


def texts_digest(folder: Path = TEXTS_DIR) -> str:
    """Return a fingerprint of the texts, because method pages link to the glossary."""
    made = blake2b(digest_size=16)
    for path in sorted(folder.rglob("*.md")):
        made.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return made.hexdigest()


def _html(text: str) -> str:
    return clean(markdown.markdown(text, extensions=EXTENSIONS))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _introductions(folder: Path) -> dict[str, str]:
    return {path.stem: _html(_read(path)) for path in sorted(folder.glob("*.md"))}


def _with_headings(text: str) -> str:
    """Render a text with its second-level headings, which `clean` takes out: methods have fixed ones."""
    parts = HEADING.split(text)
    html = _html(parts[0])
    for heading, below in zip(parts[1::2], parts[2::2], strict=True):
        html += f"<h2>{escape(heading)}</h2>{_html(below)}"
    return html


def _glossary(text: str) -> Iterable[GlossaryEntry]:
    parts = HEADING.split(text)
    for heading, meaning in zip(parts[1::2], parts[2::2], strict=True):
        forms = tuple(form.strip() for form in heading.split(",") if form.strip())
        yield GlossaryEntry(forms[0], forms, proposed_slug(forms[0]), _html(meaning.strip()))
