"""Reads the guides in texts/groups/ and the rules in texts/rules/: each file becomes one, or problems that say why not.

They have the form of method files, so the readers of those read them, by the tables in model/guide_fields.py.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.model.fields import Field
from catalogue.model.guide_fields import GUIDE_FIELDS, GUIDE_HEADINGS, RULE_FIELDS, RULE_HEADINGS
from catalogue.model.guides import Guide, Rule
from catalogue.model.method import Section
from catalogue.model.problems import Problem, Values, nearest, shown
from catalogue.rendering.hrefs import link_problems
from catalogue.rendering.markdown import to_html
from catalogue.rendering.site_texts import TEXTS_DIR
from catalogue.validation.composites import record
from catalogue.validation.front_matter import Node, split_file
from catalogue.validation.guard import guarded
from catalogue.validation.headings import numbered_lines
from catalogue.validation.reader import read_text, shown_name
from catalogue.validation.scalars import Faults
from catalogue.validation.sections import check_outline
from catalogue.validation.unprintable_checks import unprintable_problems

LOG = logging.getLogger("catalogue")


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
    for problem in guidance.problems:
        LOG.error("%s", problem)
    return guidance


def read_guidance(folder: Path = TEXTS_DIR) -> Guidance:
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
    values = record(found, kind.fields, Node(dict(split.fields), 1, 1, "dict"), "", split.whole)
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
