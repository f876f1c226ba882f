"""The catalogue's own texts beside the methods: introductions, the glossary, "Before you choose".

Read once from `texts/` and rendered by the package Markdown.
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

from catalogue.model import unprintable
from catalogue.model.problems import Problem
from catalogue.model.slugs import proposed_slug
from catalogue.regular_file import read_regular_file
from catalogue.rendering.markdown import clean
from catalogue.settings import PROJECT

TEXTS_DIR = PROJECT / "texts"
# Ten times the longest of them.
MAX_TEXT_BYTES = 300_000
EXTENSIONS = ["tables", "sane_lists", "smarty"]
# The folders of introductions, and the facet whose options they introduce.
INTRODUCTIONS = {"purposes": "purpose", "audiences": "audience"}
FACTS = re.compile(r"^---\n.*?^---\n+", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)


class TextsError(Exception):
    """A text of `texts/` cannot be read; the message names it and says why and how to fix it, as does `problem`."""

    def __init__(self, problem: Problem) -> None:
        """`problem` is one of the code file-unreadable."""
        reason = problem.values["reason"]
        super().__init__(f"{problem.path} cannot be read ({reason}). {problem.fix}")
        self.problem = problem


@dataclass(frozen=True)
class GlossaryEntry:
    """A term of the glossary: its headword, all its forms, its anchor and its meaning as safe HTML."""

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
    """Read and render the texts in `folder`. Raises TextsError if one cannot be read, or a fixed one is missing."""
    return Texts(
        purposes=_introductions(folder, "purposes"),
        audiences=_introductions(folder, "audiences"),
        before_you_choose=_with_headings(read_text(folder, "before-you-choose.md")),
        glossary=tuple(_glossary(read_text(folder, "glossary.md"))),
    )


def text_names(folder: Path = TEXTS_DIR) -> list[str]:
    """Return the paths of all texts below a folder, relative to it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


def texts_digest(folder: Path = TEXTS_DIR) -> str:
    """Return a digest of all texts, because method pages link to the glossary."""
    hasher = blake2b(digest_size=16)
    for name in text_names(folder):
        try:
            content = read_regular_file(folder, name, MAX_TEXT_BYTES)
        except OSError as error:
            content = f"unreadable: {error.errno}".encode()
        hasher.update(name.encode(errors="surrogateescape") + content)
    return hasher.hexdigest()


def read_text(folder: Path, name: str) -> str:
    """Return the text of a file below the folder of texts. Raises TextsError if it cannot be read."""
    try:
        text = read_regular_file(folder, name, MAX_TEXT_BYTES).decode("utf-8")
    except OSError as error:
        reason, variant = str(error.strerror), "special"
    except UnicodeDecodeError:
        reason, variant = "it is not in UTF-8", "encoding"
    else:
        return text.replace("\r\n", "\n")
    path = unprintable.escape(f"{folder.name}/{name}")
    raise TextsError(Problem("file-unreadable", path, 1, 1, {"reason": reason}, variant))


def _introductions(folder: Path, kind: str) -> dict[str, str]:
    names = sorted(path.name for path in (folder / kind).glob("*.md"))
    return {
        name.removesuffix(".md"): _html(without_facts(read_text(folder, f"{kind}/{name}")))
        for name in names
    }


def without_facts(text: str) -> str:
    """Return a text without its front matter, where it has one."""
    return FACTS.sub("", text, count=1) if text.startswith("---\n") else text


def sentence_html(text: str) -> str:
    """Render a sentence or two as safe HTML without a paragraph around them."""
    return _html(text).removeprefix("<p>").removesuffix("</p>")


def _html(text: str) -> str:
    return clean(markdown.markdown(text, extensions=EXTENSIONS))


def _with_headings(text: str) -> str:
    """Render a text with its second-level headings, which `clean` removes: methods have standard ones."""
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
