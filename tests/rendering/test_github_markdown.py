"""What GitHub shows of a text our pages show too, or the check says on which line they do not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import cmarkgfm
import pytest
import yaml
from bs4 import BeautifulSoup, NavigableString, Tag
from cmarkgfm.cmark import Options

from catalogue.rendering.hrefs import resolved
from catalogue.rendering.markdown import clean, sections_to_html, to_html
from catalogue.validation.reader import MAX_BYTES
from catalogue.validation.sections import COSTLY, read_body
from catalogue.validation.style_checks import prose_problems
from tests.support.method_text import BODY, PATH, at_once, method, read

SNIPPETS: dict[str, list[Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "markdown" / "snippets.yaml").read_text(encoding="utf-8")
)
ALL = [(kind, snippet) for kind, snippets in SNIPPETS.items() for snippet in snippets]
SAME = [text for _, text in ALL if isinstance(text, str)]
REPORTED = [snippet for _, snippet in ALL if isinstance(snippet, dict)]
FIRST_LINE = 10
NOT_MARKDOWN = ("figure-unsourced", "sentence-long")
# What our typography makes of quotation marks, hyphens and dots.
TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "..."})
BLOCKS = "p|ul|ol|li|h|hr|br|table|thead|tbody|tr|th|td|blockquote|pre"


def structure(html: str) -> str:
    """Return the elements and texts of HTML, without what differs only in typing: blanks, quotation marks, levels."""
    body = BeautifulSoup(html, "html5lib").body
    assert body is not None
    written = "".join(_written(child) for child in body.children)
    written = re.sub(r"\s+", " ", written)
    written = re.sub(rf" ?(</?(?:{BLOCKS})(?: [^>]*)?>) ?", r"\1", written).strip()
    # GitHub's renderer writes one element for strong within strong, and a box before the paragraph that it belongs to.
    written = re.sub(r"(<strong>)+(.*?)(</strong>)+", r"\1\2\3", written)
    return re.sub("([☐☑])<p>", r"<p>\1 ", written)


def _written(node: object) -> str:
    if isinstance(node, NavigableString):
        return str(node).translate(TYPED).replace("<", "&lt;")
    assert isinstance(node, Tag)
    if node.name == "input":
        return "☑" if node.has_attr("checked") else "☐"
    if node.name == "pre":
        return f"<pre>{node.get_text().rstrip().replace(' ', '␣').replace(chr(10), '⏎')}</pre>"
    name = re.sub(r"h[1-6]$", "h", node.name)
    target = resolved(str(node["href"])) if node.has_attr("href") else None
    start = f" start={node['start']}" if node.has_attr("start") else ""
    inside = "".join(_written(child) for child in node.children)
    return f"<{name}{f' href={target}' if target else ''}{start}>{inside}</{name}>"


def on_github(text: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


def reported(text: str) -> list[tuple[str, int]]:
    """Return the codes and lines, from 1 within the text, of the problems that a section of this text has."""
    reading = read(body=BODY.replace("It is so.", text, 1))
    problems = list(reading.problems)
    if reading.method:
        problems += prose_problems(PATH, reading.method, date(2026, 6, 1))
    last = FIRST_LINE + text.count("\n")
    return [
        (p.code, p.line - FIRST_LINE + 1)
        for p in problems
        if FIRST_LINE <= p.line <= last and p.code not in NOT_MARKDOWN
    ]


def test_the_corpus_is_large_and_varied() -> None:
    assert len(ALL) >= 400
    assert len(SAME) >= 300
    assert len({str(snippet) for _, snippet in ALL}) == len(ALL)


@pytest.mark.parametrize("text", SAME)
def test_a_text_has_the_structure_that_github_gives_it_and_is_not_reported(text: str) -> None:
    assert structure(to_html(text)) == structure(on_github(text))
    assert reported(text) == []


@pytest.mark.parametrize("snippet", REPORTED, ids=lambda snippet: str(snippet["text"]))
def test_what_a_page_does_not_show_as_it_was_meant_is_reported_on_its_lines(
    snippet: dict[str, Any],
) -> None:
    found = [line for code, line in reported(snippet["text"]) if code == snippet["code"]]
    assert found == snippet["lines"]


def test_sections_know_the_references_of_each_other_and_keep_their_blocks_apart() -> None:
    rendered = sections_to_html(["[a][x]\n\n```\nopen", "- [b][X]", "[x]: https://a.example"])
    assert [structure(html) for html in rendered] == [
        "<p><a href=https://a.example>a</a></p><pre>open</pre>",
        "<ul><li><a href=https://a.example>b</a></li></ul>",
        "",
    ]


@pytest.mark.parametrize("text", ["### A\n##### B\n#### C\n# D", "> # A\n> ### B"])
def test_headings_begin_below_those_of_the_sections_and_skip_no_level(text: str) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", to_html(text))]
    assert levels[0] == 3
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_html_cannot_give_an_id() -> None:
    assert clean('<h3 id="main">x</h3><p id="q">y</p>') == "<h3>x</h3><p>y</p>"


# Each would take a careless parser minutes.
HOSTILE = {
    "brackets": "[" * 200_000, "closed brackets": "[a](" * 50_000, "references": "[a]: x\n" * 28_000,
    "stars": "*a **b " * 28_000, "tildes": "~a ~~b " * 28_000, "underlines": "_a __b" * 33_000,
    "backticks": "".join("`" * n + "a" for n in range(630)), "quotations": "> " * 100_000,
    "lists": "- " * 100_000, "deep list": "".join(" " * 2 * n + "- a\n" for n in range(440)),
    "tables": "|a" * 50_000 + "\n" + "|-" * 50_000 + "\n|b", "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * 33_000,
    "colons": "a:" * 100_000, "schemes": "http:" * 40_000, "addresses": "http://a.b " * 18_000,
    "www": "www." * 50_000, "closing": "www.a.b" + ")" * 200_000, "mail": "a@" * 100_000,
    "long mail": "a" * 200_000 + "@b", "mail by dots": "a.b@c." * 33_000, "underlined": "a\n=\n" * 50_000,
    "signs": "#" * 200_000, "headings": "## a\n" * 40_000, "loose headings": "##a\n" * 50_000,
    "comments": "<!-- " * 40_000, "tags": "<a " * 66_000, "entities": "&#1" * 66_000, "quotes": "\"'" * 100_000,
    "dashes": "-- " * 66_000, "fences": "```\n" * 50_000, "tasks": "- [ ] a\n" * 25_000,
    "bullets": "• a\n" * 50_000, "footnotes": "[^1]" * 50_000, "pictures": "![a][b]" * 28_000,
    "emoji": ":a:" * 66_000, "wiki": "[[a" * 66_000, "spaces": " " * 200_000 + "a", "lines": "\n" * 200_000,
}  # fmt: skip


@pytest.mark.parametrize(
    "text", [f"So:\n\n{text}\n" for text in HOSTILE.values()], ids=list(HOSTILE)
)
def test_no_text_takes_seconds_to_be_read_and_judged(text: str) -> None:
    with at_once():
        # What is longer than a file may be is refused before.
        body = BODY.replace("It is so.", text[:MAX_BYTES], 1)
        sections, problems = read_body(PATH, body, FIRST_LINE - 2)
        if not {problem.code for problem in problems} & set(COSTLY):
            prose_problems(PATH, replace(method(), sections=sections), date(2026, 6, 1))
            sections_to_html([section.markdown for section in sections])
