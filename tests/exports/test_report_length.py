"""The report to a committee stays within five sides before its appendices, however many steps a plan has.

The sides are reckoned from the lengths of the texts, a little more than a word processor needs.
"""

from __future__ import annotations

import io
from datetime import date
from math import ceil

import pytest
from docx import Document as open_word
from docx.document import Document as WordDocument
from docx.table import Table

from catalogue.exports.documents.committee_report import committee_report
from catalogue.exports.documents.plan_option import plan_option
from catalogue.exports.documents.report import Report
from catalogue.exports.documents.word_writer import write_word
from catalogue.planner.answers import COUNCIL
from catalogue.planner.steps.picked import look_up
from catalogue.search.chosen import Pick
from catalogue.search.snapshot import Snapshot

MAX_SIDES = 5
# As many as a plan may have.
MANY_STEPS = [
    "survey", "citizens-jury", "focus-group", "leaflets-and-newsletters", "peer-research", "exhibition-open-house", "world-cafe",
    "stakeholder-dialogue", "community-mapping", "participatory-budgeting", "written-consultation", "service-user-panel",
]  # fmt: skip
# Size of the type, and the room below a paragraph with that above it, by style, in points.
SIZES = {"Title": 26, "Heading 1": 14, "Heading 2": 13}
ROOM = {"Title": 15, "Heading 1": 14, "Heading 2": 10}


def sides(word: WordDocument) -> float:
    """Return how many sides a report fills before its first appendix: a letter is half as wide as its size."""
    page = word.sections[0]
    assert page.page_width and page.left_margin and page.right_margin
    assert page.page_height and page.top_margin and page.bottom_margin
    width, height = page.page_width.pt - page.left_margin.pt - page.right_margin.pt, 0.0
    for item in word.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                lines = max(ceil(len(cell.text) * 5.3 / (cell.width.pt - 11)) for cell in row.cells if cell.width)  # fmt: skip
                height += lines * 13.4 + 1
            continue
        if item.text.startswith("Appendix 1"):
            break
        style = str(item.style and item.style.name)
        size = SIZES.get(style, 12)
        height += ceil(max(1, len(item.text)) * size / 2 / width) * size * 1.33 + ROOM.get(style, 6)
    return float(height) / float(page.page_height.pt - page.top_margin.pt - page.bottom_margin.pt)


@pytest.mark.parametrize("count", [1, 2, 4, 5, 12])
def test_a_report_has_at_most_five_sides_before_its_appendices(real: Snapshot, count: int) -> None:
    picked = look_up(real, [Pick(slug, "usual") for slug in MANY_STEPS[:count]])
    limits = {"weeks": (0.0, 40.0), "budget": (0.0, 80_000.0)}
    plan, smaller = (
        plan_option(steps, limits, {}, COUNCIL, True, date(2026, 11, 29))
        for steps in (picked, look_up(real, [Pick(slug, "light") for slug in MANY_STEPS[:count]]))
    )
    document = committee_report(Report(plan, smaller, "https://x.example", "abc", "The Catalogue", "en-GB"))  # fmt: skip
    assert 2 < sides(open_word(io.BytesIO(write_word(document)))) <= MAX_SIDES


def test_of_many_steps_the_first_are_named_and_appendices_have_all(real: Snapshot) -> None:
    picked = look_up(real, [Pick(slug, "usual") for slug in MANY_STEPS])
    plan = plan_option(picked, {}, {}, COUNCIL, True, date(2026, 11, 29))
    document = committee_report(Report(plan, None, "https://x.example", "abc", "The Catalogue", "en-GB"))  # fmt: skip
    word = open_word(io.BytesIO(write_word(document)))
    title, *texts = (p.text for p in word.paragraphs)
    assert (
        title
        == "How we will involve people: Survey, Citizens' jury, Focus group and 9 further steps"
    )
    assert "8 more: see the appendix on the timeline." in texts
    body = texts[: texts.index("Appendix 1: costs and their basis")]
    appendices = texts[len(body) :]
    assert all(any(text in found for found in appendices) for text in plan.cons)
    assert sum(any(text in found for found in body) for text in plan.cons) == 4
    timeline = next(t for t in word.tables if t.rows[0].cells[1].text == "Weeks from the start")
    assert [row.cells[0].text for row in timeline.rows][1:] == list(plan.names)
