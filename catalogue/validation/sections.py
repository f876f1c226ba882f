"""Cuts the text of a method file into its sections and checks the fixed headings.

Comes after validation/front_matter.py in the flow; the sections go into the `Method` and are
rendered by rendering/markdown.py when the catalogue is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from catalogue.model.fields import FIELDS
from catalogue.model.method import Section, split_language
from catalogue.model.problems import Problem, Values, shown
from catalogue.rendering.markdown import MAX_LEVELS, outline
from catalogue.validation.composites import NOTHING
from catalogue.validation.front_matter import Node
from catalogue.validation.headings import Line, near_heading, numbered_lines, sectioned
from catalogue.vocabulary import VOCABULARY

# So many names and links of a list are compared with other files; more have been refused already.
AT_MOST = {field.name: field.at_most for field in FIELDS if field.type in ("texts", "slugs")}
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
    r"(?:#(?P<fragment>[^)\s>]{0,100}))?"
    r"(?(reference)(?=[>\s]|$)|(?=[>\s)]))"
)


@dataclass(frozen=True)
class Mention:
    """A name or slug and where it stands in the file, for checks across all files."""

    text: str
    line: int
    column: int
    fragment: str = ""


def read_body(path: str, body: str, first_line: int) -> tuple[tuple[Section, ...], list[Problem]]:
    """Return the sections of a body, and its problems; text under an unknown heading is in no section.

    `first_line` is the line of the file on which the body begins.
    """
    found: list[tuple[Line, list[str]]] = []
    before: list[int] = []
    lines, problems = sectioned(path, [*numbered_lines(body, first_line)])
    for line in lines:
        if line.opens_section:
            found.append((line, []))
        elif found:
            found[-1][1].append(line.text)
        elif line.text.strip() and line.level != 1:
            before.append(line.number)
    meant = set()
    if before:
        first = VOCABULARY.headings[0]
        there = any(line.heading == first for line, _ in found)
        meant = set() if there else {first}
        variant = "" if there else "above"
        problems.append(
            Problem("text-before-heading", path, before[0], 1, {"heading": first}, variant)
        )
    sections = [(line.heading, _section(line, lines)) for line, lines in found]
    problems += _check_headings(path, sections, first_line, meant)
    problems += check_outline(path, sections)
    return tuple(section for _, section in sections if section.id), problems


def check_outline(path: str, sections: list[tuple[str, Section]]) -> Iterator[Problem]:
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


def _section(heading: Line, lines: list[str]) -> Section:
    blank = next((n for n, text in enumerate(lines) if text.strip()), 0)
    return Section(
        VOCABULARY.section_ids.get(heading.heading, ""),
        "\n".join(lines[blank:]).rstrip(),
        heading.number,
        heading.text_line + blank,
    )


def _check_headings(
    path: str, sections: list[tuple[str, Section]], first_line: int, meant: set[str]
) -> Iterator[Problem]:
    """Yield what is wrong with the headings; those in `meant` are asked for already."""
    known, required = tuple(VOCABULARY.section_ids), VOCABULARY.headings
    joined = " · ".join(known)
    present = {heading for heading, _ in sections}
    meant = set(meant)
    seen: dict[str, int] = {}
    for heading, section in sections:
        line = section.line
        if heading not in known:
            near = near_heading(heading, present | meant)
            meant.add(near)
            values = {"heading": shown(heading), "headings": joined, "near": near}
            variant = "near" if near else "empty" if not heading else "" if seen else "first"
            yield Problem("heading-unknown", path, line, 1, values, variant)
        elif heading in seen:
            first = seen[heading]
            yield Problem("heading-repeated", path, line, 1, {"heading": heading, "first": first})
        elif not section.markdown:
            yield Problem("section-empty", path, line, 1, {"heading": heading})
        seen.setdefault(heading, line)
    for place, (heading, preceding) in enumerate(zip(required, ("", *required), strict=False)):
        if heading not in seen and heading not in meant:
            asked: Values = {"heading": heading, "preceding": preceding, "place": place}
            variant = "" if preceding else "first"
            yield Problem("heading-missing", path, first_line, 1, asked, variant)
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
            fragment = unquote(link["fragment"] or "")
            yield Mention(link[name], number, link.start(name) + 1, fragment)


def mentions(fields: dict[str, Node], *names: str) -> Iterator[Mention]:
    """Yield the names or slugs that some fields hold, with their places, as many of a list as it may have; names without their languages."""
    for name in names:
        node = fields.get(name)
        if node is None or node.kind in NOTHING:
            continue
        items = node.value if isinstance(node.value, list) else [node]
        for item in items[: AT_MOST.get(name)]:
            if isinstance(item.value, str) and item.value.strip() and item.kind not in NOTHING:
                yield Mention(
                    split_language(" ".join(item.value.split()))[0], item.line, item.column
                )
