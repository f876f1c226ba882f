"""The page of all reports, the figures on the page of a method, and the form that makes a report."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from catalogue.authoring.form.use_form import ASKED
from catalogue.settings import Settings
from catalogue.uses.reader import read_use_text
from catalogue.uses.use import FIELDS
from catalogue.web import create_app
from tests.support.page import PageClient
from tests.support.uses import use_text, write_three, write_use

TYPED = {
    "use-method": "harvest-jury", "use-place": "Barnton", "use-country": "England", "use-when": "March 2025",
    "use-money": "£2,100", "use-what_happened": 'They met: "well".', "use-again": "with-changes",
}  # fmt: skip


def words(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(found.get_text(" ").split()) for found in soup.select(selector)]


@pytest.fixture
def three(settings: Settings) -> PageClient:
    """A site with three reports on one method, one of which says what changed, and one on another."""
    write_three(settings.methods_dir)
    write_use(settings.methods_dir, "reeds", method="reed-panel", people="5")
    return PageClient(create_app(settings))


def test_without_reports_the_page_says_so_and_leads_to_the_form(page: PageClient) -> None:
    soup = page.get("/uses")
    assert "Nobody has sent a report yet." in soup.get_text()
    assert soup.select("a.govuk-button")[0]["href"] == "/contribute/use"
    assert not soup.select("dl.plan-table, h2")


def test_the_page_has_totals_and_every_report(three: PageClient) -> None:
    soup = three.get("/uses")
    assert words(soup, "dl.plan-table")[0] == (
        "Reports 4 Methods 2 People who took part 81 (in 4 reports) Money spent outside £24,000 (in 3 reports) "
        "Reports that say what changed 0 Would do it again: Yes 4"
    )
    assert words(soup, "h2") == ["In all", "Harvest jury", "Reed panel"]
    assert words(soup, "h3")[0] == "Harvest jury, Barnton, March 2025"
    # Ranges of three reports, and none of one.
    assert words(soup, "#harvest-jury ~ dl.plan-table dd") == [
        "12 to 40 people, in the middle 24 (3 reports)",
        "£3,000 to £12,000, in the middle £9,000 (3 reports)",
    ]
    assert words(soup, "#reed-panel ~ dl.plan-table") == []


def test_the_page_of_a_method_shows_practice_only_from_three_reports_on(three: PageClient) -> None:
    soup = three.get("/methods/harvest-jury")
    rows = [words(row, "th, td") for row in soup.select("#practice ~ table tbody tr")]
    assert rows[0] == [
        "People",
        "12 to 24 people",
        "12 to 40 people, in the middle 24 (3 reports)",
    ]
    few = three.get("/methods/reed-panel")
    assert few.select("#practice ~ table") == []
    assert words(few, "#practice ~ p") == ["1 report from practice"]
    assert three.get("/methods/orchard-walk").select("#practice") == []


def test_the_page_of_a_method_leads_to_the_form_with_the_method_chosen(page: PageClient) -> None:
    (link,) = page.get("/methods/harvest-jury").select('a[href^="/contribute/use"]')
    soup = page.get(str(link["href"]))
    assert words(soup, "#f-use-method option[selected]") == ["Harvest jury"]
    assert soup.select('meta[name="robots"]')[0]["content"] == "noindex"
    assert "Please name nobody" in soup.get_text()


def test_the_form_asks_for_every_field_of_the_file_in_its_order(page: PageClient) -> None:
    soup = page.get("/contribute/use?method=no-such-method")
    names = [control["name"] for control in soup.select("form.questions [name]")]
    assert names == [f"use-{field.name}" for field in FIELDS]
    assert list(ASKED) == [field.name for field in FIELDS]
    assert not soup.select("option[selected]")
    assert words(soup, ".notices p") == [
        "There is no method “no-such-method” here. Choose yours below."
    ]
    assert not page.get("/contribute/use").select(".notices")
    # What must be answered says so.
    needed = [field.name for field in FIELDS if field.required]
    hints = {name: hint for name, (_, hint) in ASKED.items()}
    assert [name for name in hints if hints[name].startswith("Needed.")] == needed


def test_answers_become_a_file_that_reads_back_without_a_fault(app: Flask) -> None:
    settings = replace(
        app.extensions["catalogue"].settings, repository_url="https://github.com/o/r"
    )
    soup = PageClient(create_app(settings)).post("/contribute/use", TYPED)
    assert words(soup, "h1") == ["Your report is ready to send"]
    text = soup.select("#file-text")[0].get_text().lstrip("\n")
    use = read_use_text("uses/x.yaml", text).use
    assert use is not None
    assert (use.when, use.money, use.what_happened) == ("2025-03", 2100, 'They met: "well".')
    link = parse_qs(urlsplit(str(soup.select("a[data-open]")[0]["href"])).query)
    assert link == {"filename": ["uses/2025-03-barnton-harvest-jury.yaml"], "value": [text]}


def test_the_file_is_downloaded_under_its_name(app: Flask) -> None:
    sent = {"name": "2025-03-barnton", "kind": "use", "text": "a: b\r\n"}
    response = app.test_client().post("/contribute/file", data=sent)
    assert response.headers["Content-Disposition"] == 'attachment; filename="2025-03-barnton.yaml"'
    assert response.data == b"a: b\n"


def test_each_fault_stands_beside_its_question_and_in_the_summary(page: PageClient) -> None:
    typed = {**TYPED, "use-place": "", "use-when": "soon", "use-url": "Ask ada@council.example"}
    typed |= {"use-who_came": "Ada, 0113 496 0000", "use-method": "<b>"}
    soup = page.post("/contribute/use", typed)
    assert words(soup, "h1") == ["5 things to mend"]
    assert {a["href"] for a in soup.select(".govuk-error-summary a")} == {
        "#f-use-place", "#f-use-when", "#f-use-url", "#f-use-who_came", "#f-use-method",
    }  # fmt: skip
    assert words(soup, "#f-use-when-error") == [
        "Error: “soon” is not a month. Write year and month. For example: 2025-03."
    ]
    assert not soup.select("#send")


@pytest.mark.parametrize(
    "typed", [{**TYPED, "use-when": "soon", "use-again": ""}, {"use-people": "12"}]
)
def test_a_report_that_is_half_done_is_downloaded_and_comes_back_as_it_was(
    page: PageClient, app: Flask, typed: dict[str, str]
) -> None:
    soup = page.post("/contribute/use", typed)
    (form,) = soup.select('form[action="/contribute/file"]')
    assert words(form, "button") == ["Download what you have so far"]
    sent = {str(tag["name"]): str(tag["value"]) for tag in form.select("input")}
    file = app.test_client().post("/contribute/file", data=sent)
    name = file.headers["Content-Disposition"].partition('"')[2].rstrip('"')
    assert name == ("soon-barnton-harvest-jury.yaml" if len(typed) > 1 else "report.yaml")
    again = page.post("/contribute/check", {"upload": (BytesIO(file.data), name)})
    (go_on,) = again.select("form[data-replaces]")
    back = page.post("/contribute/use", {"file": str(go_on.select("input")[0]["value"])})
    for control in ("#f-use-place", "#f-use-when", "#f-use-what_happened", "#f-use-people"):
        assert [t.get("value", t.get_text()) for t in back.select(control)] == [
            t.get("value", t.get_text()) for t in soup.select(control)
        ]
    assert words(back, "h1") == words(soup, "h1")


def test_of_nothing_answered_nothing_is_downloaded(page: PageClient) -> None:
    assert not page.post("/contribute/use", {}).select('form[action="/contribute/file"]')


@pytest.mark.parametrize(
    ("length", "message"),
    [
        (801, "this answer is 801 characters and the limit is 800. Cut 1."),
        (3000, "this answer has 3,000 characters and we read 800 at most. Cut 2,200."),
    ],
)  # fmt: skip
def test_an_answer_that_is_too_long_is_said_once_with_its_own_limit(
    page: PageClient, length: int, message: str
) -> None:
    soup = page.post("/contribute/use", {**TYPED, "use-what_happened": "x" * length})
    assert words(soup, ".govuk-error-summary li") == [
        f"What happened? – T{message[1:]}"
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["3/2025", "Mar 2025", "15 March 2025", "2025-03-15", "15/03/2025"])  # fmt: skip
def test_a_month_is_taken_from_what_is_sure(page: PageClient, typed: str) -> None:
    soup = page.post("/contribute/use", {**TYPED, "use-when": typed})
    assert "when: 2025-03\n" in soup.select("#file-text")[0].get_text()


def test_a_day_that_may_lie_in_two_months_is_asked_for_again(page: PageClient) -> None:
    soup = page.post("/contribute/use", {**TYPED, "use-when": "03/04/2025"})
    assert words(soup, "#f-use-when-error") == [
        "Error: “03/04/2025” is not a month. Write year and month. For example: 2025-03."
    ]


def test_html_in_a_report_is_advice_on_a_report_that_is_ready(page: PageClient) -> None:
    soup = page.post("/contribute/use", {**TYPED, "use-what_happened": "<b>They</b> met."})
    assert words(soup, "h1") == ["Your report is ready to send"]
    assert words(soup, ".advice-list li") == [
        "What happened? – “<b>” stands on the page as it is typed, as this answer is plain text. Write it without HTML."
    ]


def test_a_number_below_nought_is_said_to_be_one(page: PageClient) -> None:
    soup = page.post("/contribute/use", {**TYPED, "use-people": "-4"})
    assert words(soup, "#f-use-people-error") == ["Error: “-4” is less than 0. Write 0 or more."]


def test_nothing_answered_names_the_six_that_are_needed_in_the_order_of_the_form(
    page: PageClient,
) -> None:
    soup = page.post("/contribute/use", {})
    assert words(soup, "h1") == ["6 things to mend"]
    assert words(soup, ".govuk-error-summary li") == [
        "Which method did you use? – This answer is missing. The method that was used.",
        "Where? – This answer is missing. Town or area; never an address.",
        "In which country? – This answer is missing. Country.",
        "When did it end? – This answer is missing. The month in which it ended.",
        "What happened? – This answer is missing. What happened, in a few sentences.",
        "Would you do it again? – This answer is missing. Whether you would do it again.",
    ]


def test_a_sum_of_money_is_no_telephone_number(page: PageClient) -> None:
    soup = page.post("/contribute/use", {**TYPED, "use-money": "1000000000000"})
    assert words(soup, ".govuk-error-summary li") == [
        "How much was spent outside? – 1000000000000 is too large a number. Check it."
    ]


def test_a_name_that_is_taken_gets_a_number_and_the_report_that_has_it_is_named(
    settings: Settings,
) -> None:
    write_use(settings.methods_dir, "2025-03-barnton-harvest-jury")
    soup = PageClient(create_app(settings)).post("/contribute/use", TYPED)
    assert words(soup, "h1") == ["Your report is ready to send"]
    assert words(soup, ".send label") == [
        "The whole file, uses/2025-03-barnton-harvest-jury-2.yaml"
    ]
    assert words(soup, ".advice-list li") == [
        "Which method did you use? – A report of this method from Barnton, 2025-03, is here already. "
        "If yours is of the same use, it need not be sent again. If not, send it all the same."
    ]


def test_a_report_that_is_here_already_is_named_and_not_sent_again(settings: Settings) -> None:
    write_use(settings.methods_dir)
    soup = PageClient(create_app(settings)).post(
        "/contribute/use",
        {**TYPED, "use-place": "barnton", "use-what_happened": "They met  and ate."},
    )
    assert words(soup, ".govuk-error-summary li") == [
        "Which method did you use? – This report is here already, from Barnton, 2025-03. There is nothing to send. "
        "If yours is of another use, say in “What happened?” what was different."
    ]
    assert not soup.select("#send")


def test_the_file_of_a_report_is_checked_against_those_that_are_here(settings: Settings) -> None:
    write_use(settings.methods_dir)
    client = PageClient(create_app(settings))

    def told(name: str, **changes: str) -> tuple[list[str], list[str]]:
        file = (BytesIO(use_text(**changes).encode()), name)
        soup = client.post("/contribute/check", {"upload": file})
        listed = words(soup, ".govuk-error-summary li, .advice-list li")
        return [line.partition(". ")[0] for line in listed], words(soup, ".send label")

    here = "Line 1: This report, from Barnton, 2025-03, is here already, as uses/barnton.yaml"
    alike = "Line 1: A report of this name, or of this method, place and month, is here already, from Barnton, 2025-03: uses/barnton.yaml"
    assert told("x.yaml") == ([here], [])
    assert told("x.yaml", what_happened="Sang.") == ([alike], ["The whole file, uses/x.yaml"])
    another = {"place": "York", "what_happened": "Sang."}
    assert told("barnton.yaml", **another) == ([alike], ["The whole file, uses/barnton-2.yaml"])
    assert told("x.yaml", **another) == ([], ["The whole file, uses/x.yaml"])
