"""Reads the advice of texts/purposes/ and texts/audiences/: which sentence of an introduction holds when.

The front matter of a file names a method and a condition; the sentence is the list item, or the sentence, of the text
that links to the method, so that it is written once and the page stays as it is.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalogue.model.advice import Advice
from catalogue.model.guide_fields import INTRODUCTION_FIELDS
from catalogue.model.problems import Problem
from catalogue.rendering.markdown import SENTENCE_END
from catalogue.rendering.site_texts import INTRODUCTIONS, TEXTS_DIR, sentence_html, without_facts
from catalogue.validation.composites import record
from catalogue.validation.front_matter import Node, split_file
from catalogue.validation.guard import guarded
from catalogue.validation.reader import read_text, shown_name
from catalogue.validation.scalars import Faults
from catalogue.vocabulary import VOCABULARY

LOG = logging.getLogger("catalogue")
# What parts the paragraphs and list items of an introduction.
BLOCK_END = re.compile(r"\n\s*\n|\n(?=[-*] )")
BULLET = re.compile(r"[-*] +")


@dataclass(frozen=True)
class AllAdvice:
    """All advice in the order of its files, and the problems of these; a faulty file gives none."""

    advice: tuple[Advice, ...]
    problems: tuple[Problem, ...]


@cache
def load_advice(folder: Path = TEXTS_DIR) -> AllAdvice:
    """Return what `read_advice` does, read once; the log says what is left out."""
    found = read_advice(folder)
    for problem in found.problems:
        LOG.error("%s", problem)
    return found


def read_advice(folder: Path = TEXTS_DIR) -> AllAdvice:
    """Read all advice below a folder of texts. Never raises for what is in it."""
    advice: list[Advice] = []
    problems: list[Problem] = []
    for kind, facet in INTRODUCTIONS.items():
        for value in VOCABULARY.facets[facet].values:
            file = folder / kind / f"{value}.md"
            if not file.is_file():
                continue
            path = f"{folder.name}/{kind}/{shown_name(file)}"
            read, failure = guarded(path, _read, path, file, facet)
            found, faults = read or ([], [failure] if failure else [])
            advice += found
            problems += faults
    return AllAdvice(tuple(advice), tuple(sorted(problems)))


def _read(path: str, file: Path, facet: str) -> tuple[list[Advice], list[Problem]]:
    text, _ = read_text(path, file)  # what cannot be read at all is reported with the other texts
    if not text.startswith("---\n"):
        return [], []
    split, problems = split_file(path, text)
    found = Faults(path)
    values = record(
        found, INTRODUCTION_FIELDS, Node(dict(split.fields), 1, 1, "dict"), "", split.whole
    )
    problems += found.problems
    body = without_facts(text)
    advice = []
    for hint in values.get("advice", ()):
        if sentence := sentence_on(hint.method, body):
            html = sentence_html(sentence)
            advice.append(Advice(facet, file.stem, hint.method, html, hint.when))
        else:
            line = line_with(hint.method, text)
            problems.append(Problem("advice-nowhere", path, line, 1, {"slug": hint.method}))
    return ([] if any(p.severity == "error" for p in problems) else advice), problems


def sentence_on(method: str, body: str) -> str:
    """Return the Markdown of the list item or the sentence that links to a method; "" for none.

    A question right before the sentence belongs to it ("No money? A survey costs …").
    """
    link = f"(/methods/{method})"
    block = next((block for block in BLOCK_END.split(body) if link in block), "")
    plain = " ".join(block.split())
    if bullet := BULLET.match(plain):
        return plain[bullet.end() :]
    sentences = SENTENCE_END.split(plain)
    for at, sentence in enumerate(sentences):
        if link in sentence:
            asked = at > 0 and sentences[at - 1].endswith("?")
            return f"{sentences[at - 1]} {sentence}" if asked else sentence
    return ""


def line_with(word: str, text: str) -> int:
    """Return the number of the first line of a text that has a word, 1 for none."""
    lines = enumerate(text.split("\n"), start=1)
    whole = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return next((number for number, line in lines if whole.search(line)), 1)
