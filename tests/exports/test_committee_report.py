"""The report on a plan: every part of the council's file in its order, three options, and marks where only the council knows."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_word
from docx.document import Document as WordDocument
from flask import Flask

from catalogue.exports.documents.blocks import Heading, Open, Table, Text
from catalogue.exports.documents.committee_report import (
    PARTS,
    PartsError,
    committee_report,
    read_parts,
)
from catalogue.exports.documents.plan_limits import PlanLimits
from catalogue.exports.documents.plan_option import PlanOption, plan_option
from catalogue.exports.documents.report import Report
from catalogue.exports.documents.word_writer import write_word
from catalogue.planner.answers import COUNCIL
from catalogue.planner.steps.costs import estimate
from catalogue.planner.steps.picked import Picked, look_up
from catalogue.planner.steps.totals import totals
from catalogue.presentation.formatting import weeks_text
from catalogue.presentation.plans.step_texts import money_span
from catalogue.search.chosen import Pick
from catalogue.search.snapshot import Snapshot
from catalogue.settings import SettingsError, read_settings
from catalogue.web import create_app
from tests.conftest import METHODS
from tests.support.command import FINE, MISUSE, Command

OPTION = PlanOption(
    ("A survey", "A jury"), "4 to 9 weeks", "£1 to £2", "£3 to £4", "£2", ("Money: £1.",), ("Pro.",), ("Con.",),
    (("Anger", "It can anger."),), ("Carers come.",), ("A survey: built in: carers.",), (("A survey", "weeks 0 to 4"),),
    (("A survey", 0, 4),), (("A survey", "Well", "Partly", "No", "None"),),
    (("A survey", "Post", "£1", "prices"),), (("A source", "https://e.example"),),
)  # fmt: skip
REPORT = Report(OPTION, None, "https://x.example/plan/steps?m=survey", "abc", "The Catalogue", "en-GB")  # fmt: skip


def headings(word: WordDocument, level: int) -> list[str]:
    return [p.text for p in word.paragraphs if p.style and p.style.name == f"Heading {level}"]


BEYOND = PlanLimits(("it takes 11 to 30 weeks (limit: 4 weeks)",), ("its outside cost is £1 to £9 (limit: £5)",), "£5", True)  # fmt: skip


def with_limits(plan: PlanLimits, smaller: PlanLimits | None = None) -> Report:
    options = [None if each is None else PlanOption(**{**vars(OPTION), "limits": each}) for each in (plan, smaller)]  # fmt: skip
    return Report(**{**vars(REPORT), "plan": options[0], "smaller": options[1]})


def part(report: Report, name: str) -> list[str]:
    """Return the sentences of one part of a report."""
    return [b.text for b in PARTS[name](report) if isinstance(b, Text)]


def chosen(real: Snapshot, *steps: str) -> tuple[Picked, ...]:
    return look_up(real, [Pick(*step.split(":")) for step in steps])


def option(picked: tuple[Picked, ...], **limits: float) -> PlanOption:
    ends = {name: (0.0, most) for name, most in limits.items()}
    return plan_option(picked, ends, {}, COUNCIL, True, date(2026, 11, 28))


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
    assert (
        "4.2\u2003says before they begin whether whoever decides is bound by the result of" in text
    )
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
    found = [b.text for b in committee_report(REPORT, read_parts(own)).blocks if isinstance(b, Heading) and b.level == 1]  # fmt: skip
    assert found == ["Money", "Choices"]


def test_where_nothing_costs_less_the_report_says_so_and_leaves_it_open() -> None:
    found = [b.text for b in committee_report(REPORT).blocks if isinstance(b, Heading) and b.level == 2]  # fmt: skip
    assert [text[:8] for text in found] == ["Option A", "Option B", "Option C"]
    [reason] = [text for text in part(REPORT, "options") if text.startswith("None is known")]
    assert reason.endswith("no step can be left out for less, as the first, the last and those that decide stay.")  # fmt: skip
    assert "One other option was considered, doing nothing; no smaller size is known that costs less." in part(REPORT, "summary")[-1]  # fmt: skip


def test_a_plan_without_a_step_is_named_so_wherever_it_stands() -> None:
    report = Report(**{**vars(with_limits(PlanLimits(), PlanLimits())), "left_out": "Site visit"})
    headings_ = [b.text for b in PARTS["options"](report) if isinstance(b, Heading)]
    assert headings_[1] == "Option B: the plan without Site visit"
    assert "It does without Site visit; every other step is as in option A." in part(report, "options")  # fmt: skip
    assert "Two other options were considered: the plan without Site visit, and doing nothing." in part(report, "summary")[-1]  # fmt: skip
    assert "smaller size" not in " ".join(b.text for b in committee_report(report).blocks if isinstance(b, Text | Heading))  # fmt: skip


def test_the_line_for_the_list_of_papers_has_at_most_125_characters() -> None:
    long = PlanOption(**{**vars(OPTION), "names": ("A method with a long name",) * 12})
    posting = next(b for b in committee_report(Report(**{**vars(REPORT), "plan": long})).blocks if getattr(b, "label", "") == "For the list of papers")  # fmt: skip
    assert len(getattr(posting, "hint", "")) <= 125


def test_a_plan_without_steps_has_no_report(app: Flask) -> None:
    assert app.test_client().get("/plan/steps?format=word").status_code == 404


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("parts:\n  - {part: cost, heading: Money}\n", 'names the part "cost". Choose from header, summary,'),
        ("parts:\n  - {part: costs, heading: 3}\n", 'has no heading for the part "costs".'),
        ("parts:\n  - {part: costs}\n", "is not a list of parts. Begin with a copy of committee_report.yaml"),
        ("- costs\n", "is not a list of parts."),
        ("parts: [", "is not a list of parts."),
        ("parts: []", "is not a list of parts."),
        ("parts: [{part: [costs], heading: Money}]", 'names the part "[\'costs\']".'),
        ("", "is not a list of parts."),
    ],
)  # fmt: skip
def test_a_file_of_parts_that_cannot_be_used_says_why(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(PartsError, match=re.escape(said)):
        read_parts(own)
    with pytest.raises(SettingsError, match=re.escape(said)):
        create_app(read_settings({"CATALOGUE_COMMITTEE_REPORT": str(own)}))


def test_a_file_of_parts_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PartsError, match=r"gone\.yaml cannot be read: No such file or directory\."):
        read_parts(tmp_path / "gone.yaml")


def test_a_host_may_set_its_own_headings(real_index: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("parts:\n  - {part: finance, heading: Money}\n", encoding="utf-8")
    settings = read_settings({"CATALOGUE_INDEX_DIR": str(real_index), "CATALOGUE_METHODS_DIR": str(METHODS),
                              "CATALOGUE_COMMITTEE_REPORT": str(own)})  # fmt: skip
    response = create_app(settings).test_client().get("/plan/steps?m=survey&format=word")
    assert headings(open_word(io.BytesIO(response.data)), 1) == ["Money"]


def test_the_timeline_is_drawn_as_a_table_that_says_in_words_what_it_shows() -> None:
    long = PlanOption(**{**vars(OPTION), "bars": (("A survey", 0, 4), ("A jury", 30, 41.5))})
    word = open_word(io.BytesIO(write_word(committee_report(Report(**{**vars(REPORT), "plan": long})))))  # fmt: skip
    (drawn,) = [table for table in word.tables if table.rows[0].cells[0].text == "Week"]
    # 42 weeks, three to a column.
    assert [cell.text for cell in drawn.rows[0].cells][:4] == ["Week", "1", "4", "7"]
    shaded = [[bool(cell._tc.xpath("./w:tcPr/w:shd")) for cell in row.cells] for row in drawn.rows]
    assert [[n for n, is_shaded in enumerate(row) if is_shaded] for row in shaded] == [
        [], [1, 2], [11, 12, 13, 14],
    ]  # fmt: skip
    assert drawn._tbl.xpath("./w:tblPr/w:tblDescription/@w:val") == [
        "Timeline: A survey: weeks 0 to 4."
    ]


def test_its_pages_are_numbered(paper: WordDocument) -> None:
    assert paper.sections[0].footer._element.xpath(".//w:fldSimple/@w:instr") == ["PAGE"]


def test_the_appendices_begin_a_page(paper: WordDocument) -> None:
    breaking = [p.text for p in paper.paragraphs if p.paragraph_format.page_break_before]
    assert breaking == ["Appendix 1: costs and their basis"]


def test_the_command_writes_the_report_with_headings_of_ones_own(
    real_index: Path, tmp_path: Path
) -> None:
    run = Command(read_settings({"CATALOGUE_INDEX_DIR": str(real_index), "CATALOGUE_METHODS_DIR": str(METHODS)}))  # fmt: skip
    own, file = tmp_path / "own.yaml", tmp_path / "report.docx"
    own.write_text("parts:\n  - {part: options, heading: Choices}\n", encoding="utf-8")
    result = run("export", "report", file, "survey:light", "citizens-jury", "--weeks", "12", "--headings", own)  # fmt: skip
    assert (result.exit_code, result.stdout) == (FINE, f"2 steps written to {file}.\n")
    word = open_word(file)
    assert headings(word, 1) == ["Choices"]
    assert "Survey, light version; Citizens' jury" in {
        row.cells[0].text for table in word.tables for row in table.rows
    }
    nothing = run("export", "report", file, "no-such-method")
    assert nothing.exit_code == MISUSE
    assert "None of the steps is a method of the catalogue." in nothing.stderr


def test_a_plan_beyond_its_limits_says_so_first_and_its_approval_is_not_recommended() -> None:
    report = with_limits(BEYOND)
    verdict = (
        "This plan goes beyond the limits set for it: it takes 11 to 30 weeks (limit: 4 weeks). "
        "It may go beyond others: its outside cost is £1 to £9 (limit: £5)."
    )
    summary = part(report, "summary")
    assert summary[0] == verdict
    assert "it does not ask for its approval as it stands" in summary[1]
    assert part(report, "recommendations") == [
        verdict,
        "That the committee:",
        "does not approve option A of this report as it stands, as it goes beyond the limits set for it;",
        "says whether the limits are raised, or asks for another plan within them;",
        "notes that this is not a referendum: whoever decides now still decides;",
    ]
    assert part(report, "preferred")[0].startswith("No option is proposed yet, as option A goes beyond")  # fmt: skip
    [posting] = [b.hint for b in PARTS["summary"](report) if isinstance(b, Open)]
    assert posting == "Involving people by: A survey, A jury; beyond the limits set."


def test_a_smaller_size_within_the_limits_is_pointed_to_where_the_plan_breaks_them() -> None:
    within = PlanLimits(are_set=True)
    assert part(with_limits(BEYOND, within), "recommendations")[3] == (
        "asks for a report on option B, which by its lower figures can keep within the limits;"
    )
    assert "This plan keeps within the limits set for it." in part(with_limits(BEYOND, within), "options")  # fmt: skip


def test_no_more_than_the_limit_is_approved_where_only_the_upper_figure_is_beyond_it() -> None:
    open_ = PlanLimits((), BEYOND.open, "£5", True)
    found = part(with_limits(open_), "recommendations")
    assert found[0] == "This plan may go beyond the limits set for it: its outside cost is £1 to £9 (limit: £5)."  # fmt: skip
    assert found[2] == (
        "approves option A of this report within the limits set for it, at an outside cost of up to £5, "
        "and asks to be told before it goes beyond them;"
    )


def test_limits_are_judged_by_the_estimate_and_by_the_weeks_of_the_plan(real: Snapshot) -> None:
    picked = chosen(real, "peer-research", "depth-interview", "demand-analysis")
    limits = option(picked, weeks=4, budget=2000).limits
    plan = option(picked)
    assert limits.broken == (
        f"it takes {plan.weeks} (limit: 4 weeks)",
        f"its outside cost is {plan.outside} (limit: £2,000)",
    )
    assert plan.limits.verdict == ""
    tight = option(chosen(real, "survey"), budget=5000).limits
    assert (tight.broken, len(tight.open), tight.budget) == ((), 1, "£5,000")
    assert option(picked, weeks=200, budget=900_000).limits.verdict == (
        "This plan keeps within the limits set for it."
    )


def test_a_report_has_one_outside_cost_and_names_the_other_only_as_that_of_the_pages(
    real: Snapshot,
) -> None:
    picked = chosen(real, "survey:light", "focus-group:light")
    plan = option(picked)
    ends = [sum(pair) for pair in zip(*(estimate(one, {}).outside for one in picked), strict=True)]
    assert plan.outside == money_span(*ends)
    assert plan.pages_say not in ("", plan.outside)
    assert not [text for text in plan.sums if "£" in text]
    report = Report(**{**vars(REPORT), "plan": plan})
    texts = [b.text for b in committee_report(report).blocks if isinstance(b, Text)]
    assert [text for text in texts if plan.pages_say in text] == [
        f"The pages of the methods give {plan.pages_say} for the outside cost, in pounds of today. "
        "That is not the figure of this report, which goes by the estimate."
    ]
    same = option(chosen(real, "survey"))
    assert same.pages_say == ""


ANSWERED = "purpose=deliberate&audience=local-residents&conflict=high"


def test_no_points_of_the_planner_stand_in_the_report_whatever_was_answered(
    real_index: Path,
) -> None:
    """The address of a plan does not carry the own words that most points on the page are for."""
    settings = read_settings({"CATALOGUE_INDEX_DIR": str(real_index), "CATALOGUE_METHODS_DIR": str(METHODS)})  # fmt: skip
    response = create_app(settings).test_client().get(f"/plan/steps?m=survey&{ANSWERED}&format=word")  # fmt: skip
    word = open_word(io.BytesIO(response.data))
    heads = [cell.text for table in word.tables for cell in table.rows[0].cells]
    assert not {"Points", "Not in the plan", "What they are for"} & set(heads)
    assert not [p.text for p in word.paragraphs if re.search(r"-?\d of \d", p.text)]
    assert not any(isinstance(block, Text) for block in PARTS["rejected"](REPORT))
    [table] = [block for block in PARTS["scores"](REPORT) if isinstance(block, Table)]
    assert table.rows == OPTION.grades


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (["survey:light", "referendum:light"], "notes that the result of Referendum or local poll, light version can be the decision itself, and says before it begins who is bound by it;"),
        (["citizens-jury", "referendum"], "notes that the result of Referendum or local poll can be the decision itself, and says before it begins who is bound by it;"),
        (["survey", "participatory-budgeting"], "says before they begin whether whoever decides is bound by the result of Participatory budgeting; otherwise it is advice;"),
        (["survey"], "notes that this is not a referendum: whoever decides now still decides;"),
    ],
)  # fmt: skip
def test_what_is_noted_of_the_force_of_the_result_goes_by_the_steps(
    real: Snapshot, steps: list[str], said: str
) -> None:
    report = Report(**{**vars(REPORT), "plan": option(chosen(real, *steps))})
    assert said in part(report, "recommendations")


def test_no_sentence_of_the_report_says_that_a_council_decides(real: Snapshot) -> None:
    report = Report(**{**vars(REPORT), "plan": option(chosen(real, "survey"))})
    ours = [text for name in ("summary", "recommendations", "options", "finance", "equality", "data") for text in part(report, name)]  # fmt: skip
    assert not [text for text in ours if re.search("the council", text, re.IGNORECASE)]


def test_the_weeks_of_the_steps_are_joined_to_those_of_the_whole(real: Snapshot) -> None:
    picked = chosen(real, "survey:light", "focus-group:light", "citizens-jury:light")
    low = round(totals(picked).weeks.low, 1)
    plan = option(picked)
    assert plan.timeline_note == (
        "Each step is set down as if the ones before it took their longest. "
        f"If every step takes its shortest, all of them take {weeks_text(low, low)}."
    )
    assert plan.weeks.startswith(weeks_text(low, low).removesuffix(" weeks"))
    report = Report(**{**vars(REPORT), "plan": plan})
    for name in ("next_steps", "timeline"):
        assert plan.timeline_note in part(report, name)
    assert option(chosen(real, "survey")).timeline_note == ""
