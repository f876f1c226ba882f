"""Reads the guides in texts/groups/, the rules in texts/rules/ and the advice of the introductions.

Each file of a guide or a rule becomes one, or problems that say why not. The front matter of an introduction names a method and
a condition; its advice is the list item, or the sentence, that links to the method, so that it is written once.

They have the form of method files, so the readers of those read them, by the tables in model/guide_fields.py.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.model.fields import Field
from catalogue.model.guide_fields import (
    GUIDE_FIELDS,
    GUIDE_HEADINGS,
    INTRODUCTION_FIELDS,
    RULE_FIELDS,
    RULE_HEADINGS,
)
from catalogue.model.guides import Advice, Guide, Rule
from catalogue.model.method import Section
from catalogue.model.problems import Problem, Values, nearest, shown
from catalogue.rendering.hrefs import link_problems
from catalogue.rendering.markdown import SENTENCE_END, to_html
from catalogue.rendering.site_texts import INTRODUCTIONS, TEXTS_DIR, sentence_html, without_facts
from catalogue.validation.composites import record
from catalogue.validation.front_matter import split_file
from catalogue.validation.guard import guarded
from catalogue.validation.headings import numbered_lines
from catalogue.validation.reader import read_text, shown_name
from catalogue.validation.scalars import Faults
from catalogue.validation.sections import check_outline
from catalogue.validation.unprintable_checks import unprintable_problems
from catalogue.vocabulary import VOCABULARY

LOG = logging.getLogger("catalogue")
# What parts the paragraphs and list items of an introduction.
BLOCK_END = re.compile(r"\n\s*\n|\n(?=[-*] )")
BULLET = re.compile(r"[-*] +")


@dataclass(frozen=True)
class Kind:
    """One of the two kinds: its folder below texts/, its fields and headings, and what a file becomes."""

    folder: str
    fields: tuple[Field, ...]
    headings: tuple[str, ...]
    made: Callable[..., Guide | Rule]


GUIDES = Kind("groups", GUIDE_FIELDS, GUIDE_HEADINGS, Guide)
RULES = Kind("rules", RULE_FIELDS, RULE_HEADINGS, Rule)
KINDS = (GUIDES, RULES)


@dataclass(frozen=True)
class Guidance:
    """All guides and rules in the order of their titles, and the problems of their files.

    A file with an error is in neither.
    """

    guides: tuple[Guide, ...]
    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...]

    @property
    def all(self) -> tuple[Guide | Rule, ...]:
        """The guides, then the rules."""
        return (*self.guides, *self.rules)


@cache
def load_guidance(folder: Path = TEXTS_DIR) -> Guidance:
    """Return what `read_guidance` does, read once; the log says what is left out."""
    guidance = read_guidance(folder)
    _log(guidance.problems)
    return guidance


def _log(problems: Iterable[Problem]) -> None:
    for problem in problems:
        LOG.error("%s", problem)


def read_guidance(folder: Path) -> Guidance:
    """Read and render all guides and rules below a folder of texts. Never raises for what is in them."""
    found: dict[str, list[Any]] = {kind.folder: [] for kind in KINDS}
    problems: list[Problem] = []
    for kind in KINDS:
        for file in sorted((folder / kind.folder).glob("*.md")):
            path = f"{folder.name}/{kind.folder}/{shown_name(file)}"
            read, failure = guarded(path, _read, kind, path, file)
            made, faults = read or (None, [failure] if failure else [])
            found[kind.folder] += [made] if made else []
            problems += faults
        found[kind.folder].sort(key=lambda each: (each.title.lower(), each.slug))
    return Guidance(
        tuple(found[GUIDES.folder]), tuple(found[RULES.folder]), tuple(sorted(problems))
    )


def _read(kind: Kind, path: str, file: Path) -> tuple[Guide | Rule | None, list[Problem]]:
    text, problems = read_text(path, file)
    if not text:
        return None, problems
    split, faults = split_file(path, text)
    problems += faults
    found = Faults(path)
    values = record(found, kind.fields, split.node, "", split.whole)
    sections = _sections(split.body, split.body_line)
    problems += [*found.problems, *_heading_problems(kind, path, sections, split.body_line)]
    problems += [*unprintable_problems(path, text, 1), *link_problems(path, text, 1)]
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    rendered = tuple((part.id, to_html(part.markdown)) for part in sections)
    return kind.made(slug=file.stem, sections=rendered, **values), problems


def _sections(body: str, first_line: int) -> list[Section]:
    """Return the parts of a body, each with its heading as the id; "" for text above the first."""
    parts: list[tuple[str, int, int, list[str]]] = [("", first_line, first_line, [])]
    for line in numbered_lines(body, first_line):
        if line.opens_section:
            parts.append((line.heading, line.number, line.text_line, []))
        else:
            parts[-1][-1].append(line.text)
    sections = [Section(h, "\n".join(text).rstrip(), at, below) for h, at, below, text in parts]
    return sections if sections[0].markdown.strip() else sections[1:]


def _heading_problems(
    kind: Kind, path: str, sections: list[Section], first_line: int
) -> Iterator[Problem]:
    """Yield where the headings are not those of the kind, each once and in order, with text below."""
    found = [section.id for section in sections]
    joined = " · ".join(kind.headings)
    for section in sections:
        if not section.id:
            values: Values = {"heading": kind.headings[0]}
            yield Problem("text-before-heading", path, section.line, 1, values)
        elif section.id not in kind.headings:
            near = nearest(section.id, [h for h in kind.headings if h not in found])
            values = {"heading": shown(section.id), "headings": joined, "near": near}
            variant = "near" if near else "first"
            yield Problem("heading-unknown", path, section.line, 1, values, variant)
        elif not section.markdown.strip():
            yield Problem("section-empty", path, section.line, 1, {"heading": section.id})
    for heading, preceding in zip(kind.headings, ("", *kind.headings), strict=False):
        if heading not in found:
            values = {"heading": heading, "preceding": preceding}
            variant = "" if preceding else "first"
            yield Problem("heading-missing", path, first_line, 1, values, variant)
    places = {section.id: section.line for section in reversed(sections)}
    for section in sections:
        if section.line != (first := places[section.id]):
            values = {"heading": shown(section.id), "first": first}
            yield Problem("heading-repeated", path, section.line, 1, values)
    order = [kind.headings.index(heading) for heading in found if heading in kind.headings]
    for section, at, last in zip(sections[1:], order[1:], order, strict=False):
        if len(order) == len(sections) and at < last:
            values = {"heading": section.id, "before": kind.headings[last], "headings": joined}
            yield Problem("heading-order", path, section.line, 1, values)
    yield from check_outline(path, [(section.id, section) for section in sections])


@dataclass(frozen=True)
class AllAdvice:
    """All advice in the order of its files, and the problems of these; a faulty file gives none."""

    advice: tuple[Advice, ...]
    problems: tuple[Problem, ...]


@cache
def load_advice(folder: Path = TEXTS_DIR) -> AllAdvice:
    """Return what `read_advice` does, read once; the log says what is left out."""
    found = read_advice(folder)
    _log(found.problems)
    return found


def read_advice(folder: Path) -> AllAdvice:
    """Read all advice below a folder of texts. Never raises for what is in it."""
    advice: list[Advice] = []
    problems: list[Problem] = []
    for kind, facet in INTRODUCTIONS.items():
        for value in VOCABULARY.facets[facet].values:
            file = folder / kind / f"{value}.md"
            if not file.is_file():
                continue
            path = f"{folder.name}/{kind}/{shown_name(file)}"
            read, failure = guarded(path, _read_advice, path, file, facet)
            found, faults = read or ([], [failure] if failure else [])
            advice += found
            problems += faults
    return AllAdvice(tuple(advice), tuple(sorted(problems)))


def _read_advice(path: str, file: Path, facet: str) -> tuple[list[Advice], list[Problem]]:
    text, _ = read_text(path, file)  # what cannot be read at all is reported with the other texts
    if not text.startswith("---\n"):
        return [], []
    split, problems = split_file(path, text)
    found = Faults(path)
    values = record(found, INTRODUCTION_FIELDS, split.node, "", split.whole)
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
