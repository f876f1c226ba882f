"""A document says the same as the page, in the structure that Word and readers of screens know."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document as open_word
from docx.opc.constants import RELATIONSHIP_TYPE

from catalogue.exports.documents.blocks import (
    Document,
    Heading,
    Open,
    Points,
    Prose,
    Table,
    Text,
)
from catalogue.exports.documents.list_document import list_document
from catalogue.exports.documents.markdown_writer import write_markdown
from catalogue.exports.documents.method_document import method_document
from catalogue.exports.documents.prose import prose_paragraphs
from catalogue.exports.documents.word_writer import write_word
from catalogue.exports.result_lists import whole_list
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings, read_settings

SETTINGS: Settings = replace(read_settings({}), site_url="https://x.example/p")
SMALL = Document(
    "A *title*",
    "The Catalogue",
    "en-GB",
    (
        Heading("First"),
        Text("One.", numbered=True),
        Text("Two.", numbered=True),
        Heading("Second"),
        Text("Three\x00.", numbered=True),
        Open("Meeting", "fill in"),
        Points(("a", "b")),
        Table(("Fact", "Value"), (("x | y", "1"),)),
        Prose("See [it](https://e.example).", '<p>See <a href="https://e.example">it</a>.</p>'),
    ),
)


def test_word_has_real_headings_numbered_paragraphs_and_a_table_with_a_row_of_headings() -> None:
    word = open_word(io.BytesIO(write_word(SMALL)))
    shown = [(p.style.name, p.text) for p in word.paragraphs if p.style and p.text]
    assert shown == [
        ("Title", "A *title*"),
        ("Heading 1", "First"),
        ("Normal", "1.1\u2003One."),
        ("Normal", "1.2\u2003Two."),
        ("Heading 1", "Second"),
        ("Normal", "2.1\u2003Three."),
        ("Normal", "Meeting: [fill in]"),
        ("List Bullet", "a"),
        ("List Bullet", "b"),
        ("Normal", "See it."),
    ]
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Fact", "Value"], ["x | y", "1"]]  # fmt: skip
    assert "w:tblHeader" in table.rows[0]._tr.xml
    links = [r.target_ref for r in word.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.HYPERLINK]  # fmt: skip
    assert links == ["https://e.example"]
    assert (word.core_properties.title, word.core_properties.language) == ("A *title*", "en-GB")
    assert word.styles["Normal"].font.name == "Arial"


def test_markdown_has_the_same_and_escapes_what_it_would_read() -> None:
    assert write_markdown(SMALL) == (
        "# A \\*title\\*\n\n## First\n\nOne.\n\nTwo.\n\n## Second\n\nThree\x00.\n\n**Meeting:** \\[fill in\\]\n\n"
        "- a\n- b\n\n| Fact | Value |\n| --- | --- |\n| x \\| y | 1 |\n\nSee [it](https://e.example).\n"
    )


def test_equal_documents_are_equal_bytes() -> None:
    assert write_word(SMALL) == write_word(SMALL)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a <strong>b</strong> c</p>", [("Normal", "a b c")]),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", [("List Bullet", t) for t in "abc"]),
        ("<ol>\n<li><p>a</p>\n</li>\n</ol><p>b</p>", [("List Number", "a"), ("Normal", "b")]),
        ("<table><tr><th>a</th><th>b</th></tr></table>", [("Normal", "a – b")]),
        ("<h3>a</h3><blockquote><p>b</p></blockquote>", [("Heading 3", "a"), ("Quote", "b")]),
        ("<p>a</b></p></ul>&amp;<", [("Normal", "a"), ("Normal", "&<")]),
    ],
)
def test_the_html_of_a_section_becomes_paragraphs(
    html: str, expected: list[tuple[str, str]]
) -> None:
    read = prose_paragraphs(html)
    assert [(style, "".join(run.text for run in runs)) for style, runs in read] == expected


def test_every_method_can_be_taken_away_with_its_text_sources_and_citation(real: Snapshot) -> None:
    for slug in real.slugs[::12]:
        page = real.page(slug)
        assert page is not None
        document = method_document(real, page, SETTINGS)
        word = open_word(io.BytesIO(write_word(document)))
        text = "\n".join(paragraph.text for paragraph in word.paragraphs)
        assert all(source.title in text for source in page.method.sources)
        assert f"https://x.example/p/methods/{slug}" in text
        assert page.method.sections[0].markdown in write_markdown(document)


def test_a_list_names_every_method_in_order_with_what_it_takes(real: Snapshot) -> None:
    found = whole_list(real, SearchRequest(words="jury", ranges={"weeks": (0, 12)}))
    word = open_word(io.BytesIO(write_word(list_document(found, "?q=jury&weeks=12", SETTINGS))))
    (table,) = word.tables
    assert [row.cells[0].text for row in table.rows[1:]] == [r.card.title for r in found.results]
    assert any(p.text.startswith("https://x.example/p/methods?q=jury") for p in word.paragraphs)
