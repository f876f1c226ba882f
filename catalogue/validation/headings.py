"""Finds the headings in the text of a method file, and those that were meant and are not written as headings.

Comes before validation/sections.py, which cuts the text at them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalogue.model.problems import Problem, nearest, shown
from catalogue.rendering.markdown import Heading, scan_headings
from catalogue.vocabulary import VOCABULARY

# A line that a word processor made bold, or ended with a colon, where a heading was meant.
MARKED = re.compile(r"(?:\*\*|__)?(.+?):?(?:\*\*|__)?:?\s*")
BY_SYNONYM = {word: s.heading for s in VOCABULARY.sections.values() for word in s.synonyms}
BY_LOWERCASE = {heading.lower(): heading for heading in VOCABULARY.section_ids}
SECTION_LEVEL = 2
# In characters; a longer line is no heading of ours.
MAX_LENGTH = 100


@dataclass(frozen=True)
class Line:
    """One line of the text, or a heading, which may take two; `level` is that of a heading, 0 for other lines.

    `heading` is the text of a heading without its signs, `text_line` the number of the line below it. `code` if the
    line stands in code.
    """

    number: int
    text: str
    level: int = 0
    heading: str = ""
    text_line: int = 0
    code: bool = False

    @property
    def opens_section(self) -> bool:
        """Whether a section begins here."""
        return self.level == SECTION_LEVEL


def numbered_lines(body: str, first_line: int) -> Iterator[Line]:
    """Yield the lines of a body, headings as GitHub finds them; signs inside code are no headings."""
    scanned = scan_headings(body)
    found = list(scanned.headings)
    # Above the first heading of ours an underlined line is more likely the end of other facts than a heading.
    while found and _may_end_facts(found[0]):
        del found[0]
    by_line = {heading.line: heading for heading in found}
    below = 0
    for at, text in enumerate(body.split("\n")):
        if at < below:
            continue
        heading = by_line.get(at)
        if heading:
            below = heading.end
            number = first_line + at
            yield Line(number, text, heading.level, heading.text, first_line + below)
        else:
            yield Line(first_line + at, text, code=at in scanned.code)


def _may_end_facts(heading: Heading) -> bool:
    underlined = heading.end - heading.line > 1 and heading.level == SECTION_LEVEL
    return underlined and heading.text not in VOCABULARY.section_ids


def sectioned(path: str, lines: list[Line]) -> tuple[list[Line], list[Problem]]:
    """Return the lines with every heading that was meant as ours at its level, and what is wrong with those.

    A heading of one sign that is none of ours opens no section.
    """
    present = {line.heading for line in lines if line.opens_section}
    present |= {near_heading(heading, present) for heading in present}
    # Where nobody used two signs, the headings with fewest beyond that were meant.
    deep = min((line.level for line in lines if line.level > SECTION_LEVEL), default=0)
    loose = deep if not any(line.opens_section for line in lines) else 0
    problems: list[Problem] = []
    found: list[Line] = []
    opened = False
    for line in lines:
        meant, variant = _meant(line, present, loose)
        if line.level == 1 and not meant and not line.code:
            variant = "smaller" if opened else "title"
        if meant or variant:
            words = shown(line.heading or line.text.strip())
            values = {"heading": meant or words, "found": words}
            problems.append(Problem("heading-level", path, line.number, 1, values, variant))
        if meant:
            present.add(meant)
            text_line = line.text_line or line.number + 1
            line = replace(line, level=SECTION_LEVEL, heading=meant, text_line=text_line)
        opened = opened or line.opens_section
        found.append(line)
    return found, problems


def near_heading(found: str, taken: set[str]) -> str:
    """Return the one of our headings that was probably meant, unless it is there already; "" for none."""
    near = BY_LOWERCASE.get(found.lower()) or BY_SYNONYM.get(found.lower())
    near = near or BY_LOWERCASE.get(nearest(found, BY_LOWERCASE), "")
    return "" if near in taken else near


def _meant(line: Line, present: set[str], loose: int) -> tuple[str, str]:
    """Return the heading that a line was meant as and how it is written instead; twice "" for none."""
    if line.code or line.opens_section or not line.text.strip() or len(line.text) > MAX_LENGTH:
        return "", ""
    if line.level:
        exact = BY_LOWERCASE.get(line.heading.lower(), "")
        guess = line.level in (1, loose)
        meant = near_heading(line.heading, present) if guess else exact
        variant = "" if line.level == 1 else "deep"
    else:
        bare = MARKED.fullmatch(line.text)
        meant = BY_LOWERCASE.get(bare[1].strip().lower(), "") if bare else ""
        variant = "unmarked"
    return (meant, variant) if meant and meant not in present else ("", "")
