"""Cuts the text of a method file into its sections and checks the fixed headings.

Comes after validation/front_matter.py in the flow; the sections go into the `Method` and are
rendered by rendering/markdown.py when the catalogue is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.model.method import Section
from catalogue.model.problems import Problem, Values, nearest, shown
from catalogue.rendering.markdown import MAX_LEVELS, headings, outline
from catalogue.vocabulary import VOCABULARY

# Characters that mark something in Markdown; each may make the parser look at all others again. Colons and @ may
# belong to an address that stands bare.
MARK = re.compile(r"[\[\]<>*_`\\!&(:@]")
# Seven times what any section has, of each: a file that passes takes a fraction of a second.
MAX_MARKS = 500
MAX_BLOCKS = 500
# A text with one of these is never rendered.
COSTLY = ("section-marks", "section-blocks", "nesting-deep")
# A link to another method's file, as it works in the repository and on the site.
# Also with blanks or a title inside the brackets, or as a reference on a line of its own.
METHOD_LINK = re.compile(
    r"(?:\]\([ \t]{0,9}|(?P<reference>^ {0,3}\[[^\]]{1,200}\]:[ \t]{0,9}))"
    r"<?(?:(?:\./|\.\./methods/)?(?P<slug>[^()\[\]\s/:#?<>]{1,100})\.md|/methods/(?P<page>[a-z0-9-]{1,100}))"
    r"(?:#[^)\s>]{0,100})?"
    r"(?(reference)(?=[>\s]|$)|(?=[>\s)]))"
)

BY_SYNONYM = {word: s.heading for s in VOCABULARY.sections.values() for word in s.synonyms}


@dataclass(frozen=True)
class Mention:
    """A name or slug and where it stands in the file, for checks across all files."""

    text: str
    line: int
    column: int


def read_body(path: str, body: str, first_line: int) -> tuple[tuple[Section, ...], list[Problem]]:
    """Return the sections of a body, and its problems; text under an unknown heading is in no section.

    `first_line` is the line of the file on which the body begins.
    """
    problems = []
    lines = body.split("\n")
    found = headings(body)
    # Above the first heading of ours an underlined line is more likely the end of other facts than a heading.
    while found and found[0].end - found[0].line > 1 and found[0].text not in VOCABULARY.headings:
        del found[0]
    ends = [heading.line for heading in found] + [len(lines)]
    sections = []
    for heading, end in zip(found, ends[1:], strict=True):
        line = first_line + heading.line
        if heading.level == 1:
            values = {"heading": shown(heading.text)}
            problems.append(Problem("heading-level", path, line, 1, values))
        text_line = first_line + heading.end
        sections.append(
            (heading.text, _section(heading.text, line, text_line, lines[heading.end : end]))
        )
    if any(line.strip() for line in lines[: ends[0]]):
        values = {"heading": VOCABULARY.headings[0]}
        problems.append(Problem("text-before-heading", path, first_line, 1, values))
    problems += _check_headings(path, sections, first_line)
    problems += _check_outline(path, sections)
    return tuple(section for _, section in sections if section.id), problems


def _check_outline(path: str, sections: list[tuple[str, Section]]) -> Iterator[Problem]:
    """Yield the sections that are made of more than anybody reads, so that none keeps a computer busy."""
    for heading, section in sections:
        found = outline(section.markdown)
        marks = len(MARK.findall(section.markdown))
        for code, count, limit in (
            ("section-marks", marks, MAX_MARKS),
            ("section-blocks", found.blocks, MAX_BLOCKS),
        ):
            if count > limit:
                values: Values = {"heading": shown(heading), "count": count, "limit": limit}
                yield Problem(code, path, section.line, 1, values)
        if found.deep_line is not None:
            line = section.text_line + found.deep_line
            yield Problem("nesting-deep", path, line, 1, {"limit": MAX_LEVELS // 2})


def _section(heading: str, line: int, text_line: int, lines: list[str]) -> Section:
    blank = next((n for n, text in enumerate(lines) if text.strip()), 0)
    text = "\n".join(lines[blank:]).rstrip()
    return Section(VOCABULARY.section_ids.get(heading, ""), text, line, text_line + blank)


def _check_headings(
    path: str, sections: list[tuple[str, Section]], first_line: int
) -> Iterator[Problem]:
    known, joined = VOCABULARY.headings, " · ".join(VOCABULARY.headings)
    by_lowercase = {heading.lower(): heading for heading in known}
    seen: dict[str, int] = {}
    for heading, section in sections:
        line = section.line
        if heading not in known:
            near = BY_SYNONYM.get(heading.lower()) or by_lowercase.get(
                nearest(heading, by_lowercase), ""
            )
            values = {"heading": shown(heading), "headings": joined, "near": near}
            yield Problem("heading-unknown", path, line, 1, values)
        elif heading in seen:
            first = seen[heading]
            yield Problem("heading-repeated", path, line, 1, {"heading": heading, "first": first})
        elif not section.markdown:
            yield Problem("section-empty", path, line, 1, {"heading": heading})
        seen.setdefault(heading, line)
    for heading in known:
        if heading not in seen:
            yield Problem("heading-missing", path, first_line, 1, {"heading": heading})
    order = [known.index(heading) for heading, _ in sections if heading in known]
    for (heading, section), at, last in zip(sections[1:], order[1:], order, strict=False):
        if len(order) == len(sections) and at < last:
            values = {"heading": heading, "before": known[last], "headings": joined}
            yield Problem("heading-order", path, section.line, 1, values)


def method_links(body: str, first_line: int) -> Iterator[Mention]:
    """Yield the slugs of other methods that a body links to, with their places."""
    for number, line in enumerate(body.split("\n"), start=first_line):
        for link in METHOD_LINK.finditer(line):
            name = "slug" if link["slug"] else "page"
            yield Mention(link[name], number, link.start(name) + 1)
