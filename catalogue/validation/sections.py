"""Cuts the text of a method file into its sections and checks the fixed headings.

Comes after validation/front_matter.py in the flow; the sections go into the `Method` and are
rendered by rendering/markdown.py when the catalogue is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.model.method import Section
from catalogue.model.problems import Problem, nearest, shown
from catalogue.rendering.markdown import MAX_LEVELS, outline
from catalogue.vocabulary import VOCABULARY

HEADING = re.compile(r"(#{1,6})(.*)")
# Characters that mark something in Markdown; each may make the parser look at all others again.
MARK = re.compile(r"[\[\]<>*_`\\!&(]")
# Seven times what any section has, of each: a file that passes takes a fraction of a second.
MAX_MARKS = 500
MAX_BLOCKS = 500
# A text with one of these is never rendered.
COSTLY = ("section-marks", "section-blocks", "nesting-deep")
FENCE = re.compile(r" {0,3}(```|~~~)")
# A link to another method's file, as it works in the repository and on the site.
# Also with blanks or a title inside the brackets, or as a reference on a line of its own.
METHOD_LINK = re.compile(
    r"(?:\]\([ \t]{0,9}|(?P<reference>^ {0,3}\[[^\]]{1,200}\]:[ \t]{0,9}))"
    r"<?(?:\./)?(?P<slug>[^()\[\]\s/:#<>]{1,100})\.md(?:#[^)\s>]{0,100})?"
    r"(?(reference)(?=[>\s]|$)|(?=[>\s)]))"
)

# What others call our headings, where the letters alone would lead to the wrong one.
CALLED = {
    "What it is": ("description", "overview", "introduction", "summary", "about"),
    "Use it when": ("when to use it", "when to use", "when to use this", "good for", "purpose"),
    "Avoid it when": ("when not to use it", "when not to use", "when to avoid it", "not good for"),
    "How to run it": ("steps", "how it works", "how to do it", "how to use it", "process"),
    "What it costs": ("cost", "costs", "budget", "resources"),
    "What you will get, and what you will not": ("results", "outcomes", "outputs", "what you get"),
    "Strengths": ("advantages", "pros", "benefits", "strong points"),
    "Weaknesses": ("disadvantages", "cons", "limitations", "weak points", "risks"),
    "Making it inclusive": ("inclusion", "accessibility", "who is left out"),
    "Easily confused with": ("similar methods", "related methods", "see also", "variations"),
    "Origin": ("history", "background", "origins", "where it comes from"),
}
BY_CALLED = {word: heading for heading, words in CALLED.items() for word in words}


@dataclass(frozen=True)
class Mention:
    """A name or slug and where it stands in the file, for checks across all files."""

    text: str
    line: int
    column: int


def read_body(path: str, body: str, first_line: int) -> tuple[tuple[Section, ...], list[Problem]]:
    """Cut a body into sections; `first_line` is the line of the file on which it begins."""
    problems = []
    found: list[tuple[str, int, list[str]]] = []
    before: list[str] = []
    for number, text, level in numbered_lines(body, first_line):
        if level in (1, 2):
            if level == 1:
                what = (
                    f'"{shown(text)}" is a heading of the first level, which the title already is'
                )
                mend = f"Write it with two signs: ## {shown(text)}."
                problems.append(Problem(path, number, 1, "heading-level", what, mend))
            found.append((text, number, []))
        elif found:
            found[-1][2].append(text)
        elif text.strip():
            before.append(text)
    if before:
        what = "there is text before the first heading"
        mend = f"Put it under one of the headings, such as ## {VOCABULARY.headings[0]}."
        problems.append(Problem(path, first_line, 1, "text-before-heading", what, mend))
    sections = [_section(*part) for part in found]
    problems += _check_headings(path, sections, first_line)
    problems += _check_outline(path, sections)
    return tuple(sections), problems


def _check_outline(path: str, sections: list[Section]) -> Iterator[Problem]:
    """Yield the sections that are made of more than anybody reads, so that none keeps a computer busy."""
    for section in sections:
        if (marks := len(MARK.findall(section.markdown))) > MAX_MARKS:
            what = f'the text under "{shown(section.heading)}" has {marks:,} signs of Markdown, such as * and ['
            mend = f"Write it plainly; the limit is {MAX_MARKS}."
            yield Problem(path, section.line, 1, "section-marks", what, mend)
        found = outline(section.markdown)
        if found.blocks > MAX_BLOCKS:
            what = f'the text under "{shown(section.heading)}" has {found.blocks:,} paragraphs, list items and cells'
            mend = f"Shorten it; the limit is {MAX_BLOCKS}."
            yield Problem(path, section.line, 1, "section-blocks", what, mend)
        if found.deep_line is not None:
            what = (
                f"lists or quotations stand more than {MAX_LEVELS // 2} deep inside each other here"
            )
            mend = "Use fewer levels; two are enough for most lists."
            yield Problem(path, section.text_line + found.deep_line, 1, "nesting-deep", what, mend)


def _section(heading: str, line: int, lines: list[str]) -> Section:
    blank = next((n for n, text in enumerate(lines) if text.strip()), 0)
    return Section(heading, "\n".join(lines[blank:]).rstrip(), line, line + 1 + blank)


def numbered_lines(body: str, first_line: int) -> Iterator[tuple[int, str, int]]:
    """Yield (line number, text, heading level or 0); signs inside fenced code are not headings.

    The text of a heading comes without its signs; only levels 1 and 2 count.
    """
    fence = ""
    for number, line in enumerate(body.split("\n"), start=first_line):
        mark = FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1] == fence:
            fence = ""
        heading = None if fence else HEADING.match(line)
        if heading and len(heading[1]) <= 2:
            yield number, heading[2].rstrip("#").strip(" \t"), len(heading[1])
        else:
            yield number, line, 0


def _check_headings(path: str, sections: list[Section], first_line: int) -> Iterator[Problem]:
    known = VOCABULARY.headings
    by_small = {heading.lower(): heading for heading in known}
    seen: dict[str, int] = {}
    for section in sections:
        heading, line = section.heading, section.line
        if heading not in known:
            near = BY_CALLED.get(heading.lower()) or by_small.get(nearest(heading, by_small), "")
            hint = f' Did you mean "## {near}"?' if near else ""
            what = f'heading "{shown(heading)}" is not one we use'
            mend = f"Choose one of: {' · '.join(known)}.{hint}"
            yield Problem(path, line, 1, "heading-unknown", what, mend)
        elif heading in seen:
            what = f'heading "{heading}" is given twice; the first time on line {seen[heading]}'
            mend = "Put the two texts under one heading."
            yield Problem(path, line, 1, "heading-repeated", what, mend)
        elif not section.markdown:
            what = f'there is no text under "{heading}"'
            yield Problem(path, line, 1, "section-empty", what, "Write it.")
        seen.setdefault(heading, line)
    for heading in known:
        if heading not in seen:
            what = f'heading "{heading}" is missing'
            mend = f"Add a line ## {heading} and write the text below it."
            yield Problem(path, first_line, 1, "heading-missing", what, mend)
    order = [known.index(s.heading) for s in sections if s.heading in known]
    for section, place, last in zip(sections[1:], order[1:], order, strict=False):
        if len(order) == len(sections) and place < last:
            what = f'heading "{section.heading}" stands after "{known[last]}"'
            mend = f"Keep this order: {' · '.join(known)}."
            yield Problem(path, section.line, 1, "heading-order", what, mend, "warning")


def method_links(body: str, first_line: int) -> Iterator[Mention]:
    """Yield the slugs of other methods that a body links to, with their places."""
    for number, line in enumerate(body.split("\n"), start=first_line):
        for link in METHOD_LINK.finditer(line):
            yield Mention(link["slug"], number, link.start("slug") + 1)
