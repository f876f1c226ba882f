"""The report on a plan: every part of the council's file in its order, three options, and marks where only the council knows."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from docx import Document as open_word
from docx.document import Document as WordDocument
from flask import Flask

from catalogue.exports.documents.blocks import Heading
from catalogue.exports.documents.committee_report import PARTS, Report, committee_report
from catalogue.exports.documents.plan_option import PlanOption
from catalogue.settings import read_settings
from catalogue.web import create_app
from tests.conftest import METHODS

OPTION = PlanOption(
    ("A survey", "A jury"), "4 to 9 weeks", "£1 to £2", "£3 to £4", "£2", ("Money: £1.",), ("Pro.",), ("Con.",),
    (("Anger", "It can anger."),), ("Carers come.",), (("A survey", "weeks 0 to 4"),),
    (("A survey", "Post", "£1", "prices"),), (("A source", "https://e.example"),),
)  # fmt: skip
REPORT = Report(OPTION, None, "https://x.example/plan/steps?m=survey", "abc", "The Catalogue", "en-GB")  # fmt: skip


def headings(word: WordDocument, level: int) -> list[str]:
    return [p.text for p in word.paragraphs if p.style and p.style.name == f"Heading {level}"]


@pytest.fixture(scope="module")
def paper(real_index: Path) -> WordDocument:
    """The report on a plan of two real methods, as a visitor downloads it."""
    settings = read_settings({"CATALOGUE_INDEX_DIR": str(real_index), "CATALOGUE_METHODS_DIR": str(METHODS)})  # fmt: skip
    response = create_app(settings).test_client().get("/plan/steps?m=survey&m=citizens-jury&because=Few+came.&format=word")  # fmt: skip
    assert response.status_code == 200
    assert 'filename="committee-report.docx"' in response.headers["Content-Disposition"]
    return open_word(io.BytesIO(response.data))


def test_the_report_has_its_parts_in_order_and_three_options(paper: WordDocument) -> None:
    parts = headings(paper, 1)
    assert (parts[0], parts[3], len(parts)) == ("For the meeting", "Recommendations", len(PARTS))
    assert [text[:8] for text in headings(paper, 2)] == ["Option A", "Option B", "Option C"]


def test_its_paragraphs_are_numbered_within_their_parts_and_its_figures_are_those_of_the_plan(
    paper: WordDocument,
) -> None:
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "4.1\u2003approves option A of this report at an outside cost of up to £" in text
    assert re.search(r"7\.2\u2003Few came\.", text)
    assert "4.2\u2003notes that this is not a referendum" in text
    assert "plan/steps?m=survey&m=citizens-jury" in text
    steps = [row.cells[0].text for table in paper.tables for row in table.rows]
    assert "Survey; Citizens' jury" in steps


def test_what_only_the_council_knows_is_marked(paper: WordDocument) -> None:
    marked = [r.text for p in paper.paragraphs for r in p.runs if r.font.highlight_color]
    assert "[name of the committee]" in marked
    assert len(marked) >= 14


def test_a_council_may_order_and_name_the_parts_as_its_own_template_does(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("parts:\n  - {part: finance, heading: Money}\n  - {part: options, heading: Choices}\n", encoding="utf-8")  # fmt: skip
    found = [b.text for b in committee_report(REPORT, own).blocks if isinstance(b, Heading) and b.level == 1]  # fmt: skip
    assert found == ["Money", "Choices"]


def test_a_smaller_size_that_nobody_knows_is_left_open_and_never_left_out() -> None:
    found = [b.text for b in committee_report(REPORT).blocks if isinstance(b, Heading) and b.level == 2]  # fmt: skip
    assert [text[:8] for text in found] == ["Option A", "Option B", "Option C"]


def test_the_line_for_the_list_of_papers_has_at_most_125_characters() -> None:
    long = PlanOption(**{**vars(OPTION), "names": ("A method with a long name",) * 12})
    posting = next(b for b in committee_report(Report(**{**vars(REPORT), "plan": long})).blocks if getattr(b, "label", "") == "For the list of papers")  # fmt: skip
    assert len(getattr(posting, "hint", "")) <= 125


def test_a_plan_without_steps_has_no_report(app: Flask) -> None:
    assert app.test_client().get("/plan/steps?format=word").status_code == 404
