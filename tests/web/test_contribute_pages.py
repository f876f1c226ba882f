"""The form's pages: problems beside fields, preview, ways to send, and that nothing is kept."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from catalogue.authoring.form.questions import FIRST_SECTIONS, beginning, parts
from catalogue.settings import Settings
from catalogue.vocabulary import VOCABULARY
from catalogue.web import create_app
from tests.support.form_data import ANSWERS
from tests.support.page import PageClient, page_problems
from tests.support.reading import attribute, texts, words
from tests.support.search_helpers import tries

# What the small test catalogue has no methods for.
FULL: dict[str, Any] = {
    **ANSWERS,
    "related": "Harvest jury",
    "section-confused-with": "- [Harvest jury](harvest-jury.md): it ends with a verdict.",
}
# The answers to the questions that the form begins with, and where the other texts stand.
FIRST = {q.name: FULL[q.name] for group in beginning() for q in group.questions if q.name in FULL}
LATER = [
    f"#f-section-{name}" for name in VOCABULARY.required_sections if name not in FIRST_SECTIONS
]
GROUPS = (*beginning(), *(group for part in parts() for group in part.groups))
NAMES = [question.name for group in GROUPS for question in group.questions]


def site(app: Flask, **settings: str) -> PageClient:
    """Return the site with some settings changed, over the same build."""
    given: Settings = app.extensions["catalogue"].settings
    return PageClient(create_app(replace(given, **settings)))  # type: ignore[arg-type]


def file_of(soup: BeautifulSoup) -> str:
    """Return the text of the finished file on a page."""
    area = soup.select_one("#file-text")
    assert area is not None
    return area.get_text().removeprefix("\n")


def summary(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Return where each line of the error summary leads, and what it says."""
    return [
        (attribute(li, "a", "href"), words(li)) for li in soup.select(".govuk-error-summary li")
    ]


COPY = "Copy the text: with the button or, where there is none, select all of it in the box below and copy."


def buttons(soup: BeautifulSoup) -> list[tuple[str, bool]]:
    """Return the ways to send a file in their order, and whether each is the main one."""
    found = soup.select(".send .govuk-button")
    return [(words(tag), "govuk-button--secondary" not in tag["class"]) for tag in found]


def test_the_first_page_says_what_counts_and_offers_the_doors(page: PageClient) -> None:
    soup = page.get("/contribute")
    assert texts(soup, "main h2") == [
        "What makes a good method",
        "What is not accepted",
        "What happens afterwards",
        "Licence",
        "The ways in",
    ]
    links = [str(a["href"]) for a in soup.select("main a")]
    assert {"/contribute/new", "/contribute/check"} <= set(links)
    assert "A named person reads it and answers within 10 days" in words(soup.main)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "This site gives no address to send a file to, or to write to about a page. If you know who runs it, give it to them. "
         "If not, you can still write, check and keep your file here; nothing is sent."),
        ({"repository_url": "https://code.example/r"}, "“The files and the code” leads to where files are sent."),
        ({"contact_email": "m@example.org"}, "Send your file by e-mail to m@example.org."),
        ({"repository_url": "https://codeberg.org/o/r"},
         "Files are kept at Codeberg, where an account is free. This site gives no other address; without an account, ask "
         "somebody who has one to send your file."),
        ({"repository_url": "https://github.com/o/r", "contact_email": "m@example.org"},
         "Files are kept at GitHub, where an account is free. Without one, send your file by e-mail to m@example.org."),
    ],
    ids=["nothing", "unknown host", "mail", "host", "both"],
)  # fmt: skip
def test_it_says_where_files_go(app: Flask, settings: dict[str, str], said: str) -> None:
    assert texts(site(app, **settings).get("/contribute"), "main p")[-1] == said


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"repository_url": "https://github.com/o/r", "contact_email": "m@example.org"},
         "https://github.com/o/r/issues/new?template=suggest-a-method.yml&title=New+method:+"),
        ({"repository_url": "https://codeberg.org/o/r"},
         "https://codeberg.org/o/r/issues/new?title=New+method:+&body=What+is+it+called%3F%0A"),
        ({"contact_email": "m@example.org"}, "mailto:m@example.org?subject=New%20method%3A&body=What"),
    ],
    ids=["GitHub", "Codeberg", "mail"],
)  # fmt: skip
def test_a_method_may_be_only_suggested(app: Flask, settings: dict[str, str], address: str) -> None:
    soup = site(app, **settings).get("/contribute")
    links = [str(a["href"]) for a in soup.select("main a") if words(a) == "Only suggest it"]
    assert len(links) == 2
    assert all(link.startswith(address) for link in links)
    assert texts(soup, "main li a")[0] == "Only suggest it"


def test_nobody_is_sent_to_suggest_a_method_where_nobody_is_known(page: PageClient) -> None:
    assert "Only suggest it" not in words(page.get("/contribute").main)


def test_the_form_says_how_a_further_source_case_step_or_name_is_given(page: PageClient) -> None:
    typed = {f"sources-{n}-title": "Guide" for n in range(1, 13)}
    said = "Have you another? Fill this one in and choose “Check and preview”; then a further one appears."
    for soup, last in (
        (page.get("/contribute/new"), ["sources-2", "cases-1", "timeline-6", "contributors-1"]),
        (page.post("/contribute/new", typed), ["cases-1", "timeline-6", "contributors-1"]),
    ):
        found = [tag.find_parent("fieldset") for tag in soup.select(".grows")]
        assert [str(tag["aria-describedby"]) for tag in found if tag] == [
            f"g-{n}-hint" for n in last
        ]
        assert set(texts(soup, ".grows")) == {said}


def test_the_form_asks_every_question_and_each_names_its_hint(page: PageClient) -> None:
    soup = page.get("/contribute/new?title=Harvest+moon")
    controls = {str(tag["name"]) for tag in soup.select(".questions [name]")}
    assert controls == set(NAMES)
    assert attribute(soup, "#f-title", "value") == "Harvest moon"
    assert attribute(soup, "#f-title", "aria-describedby") == "f-title-hint"
    assert soup.select("details[open]") == []
    assert soup.select(".govuk-error-summary, .preview") == []


@pytest.mark.parametrize("title", ["", "%00%1b<b>", "%ff", "a" * 5_000], ids=lambda t: t[:5])
def test_any_title_may_be_brought_along(page: PageClient, title: str) -> None:
    soup = page.get(f"/contribute/new?title={title}")
    assert len(attribute(soup, "#f-title", "value")) <= 200
    assert soup.select("main b") == []


def test_a_whole_method_is_ready_with_card_page_and_similar_methods(page: PageClient) -> None:
    soup = page.post("/contribute/new", FULL)
    assert texts(soup, "h1") == ["Your method is ready to send"]
    assert summary(soup) == []
    assert texts(soup, ".preview .card__title") == ["Repair café talk"]
    assert "under £500≈ (our estimate)" in texts(soup, ".preview .card dd")
    assert texts(soup, ".preview__frame .method__title") == ["Repair café talk"]
    assert len(soup.select(".preview__frame .part .prose")) == 11
    assert "/methods/repair-cafe-talk" in words(soup.select_one(".preview .colophon"))
    assert soup.select(".preview .change") == []
    assert texts(soup, ".answer .related__list a") == ["Orchard walk"]
    assert "“Easily confused with”" in words(
        soup.select_one(".answer .related__list").find_previous("p")
    )


def test_two_problems_stand_beside_their_fields_and_in_a_summary_that_leads_there(
    page: PageClient,
) -> None:
    soup = page.post("/contribute/new", {**FULL, "summary": "", "group_size-min": "ten"})
    assert texts(soup, "h1") == ["2 things to mend"]
    assert summary(soup) == [
        ("#f-summary", "What happens, in one sentence? – This answer is missing. One sentence that says what happens."),
        ("#f-group_size-min", "How many people sit in one group? From – “ten” is not a number. Write a number in figures, with nothing beside it."),
    ]  # fmt: skip
    for name in ("summary", "group_size-min"):
        control = soup.select_one(f"#f-{name}")
        assert control is not None
        assert f"f-{name}-error" in str(control["aria-describedby"])
        assert "govuk-input--error" in control["class"]
    said = "Error: This answer is missing. One sentence that says what happens."
    assert words(soup.select_one("#f-summary-error")) == said
    opened = [words(d.summary) for d in soup.select("details[open]")]
    assert opened == ["People 6 answered 1 to look at"]
    assert soup.select("#send") == []
    assert texts(soup, ".preview .method__title") == ["Repair café talk"]


def test_advice_stands_beside_its_field_and_keeps_nothing_back(page: PageClient) -> None:
    soup = page.post(
        "/contribute/new", {**FULL, "section-strengths": "- It saves £900.\n- It is liked."}
    )
    assert texts(soup, "h1") == ["Your method is ready to send"]
    (line,) = [li for li in soup.select(".advice-list li") if "£900" in li.get_text()]
    assert attribute(line, "a", "href") == "#f-section-strengths"
    said = 'Advice: The figure "£900" has no source beside it. Name the source and the year in '
    assert words(soup.select_one("#f-section-strengths-error")).startswith(said)


def test_the_same_advice_stands_once_beside_its_field(page: PageClient) -> None:
    soup = page.post("/contribute/new", {**FULL, "section-strengths": "• Cheap\n• Quick\n• Liked"})
    assert len(soup.select('.advice-list a[href="#f-section-strengths"]')) == 1
    assert texts(soup, "h1") == ["Your method is ready to send"]


def test_an_address_without_its_beginning_is_given_whole_to_copy(page: PageClient) -> None:
    soup = page.post("/contribute/new", {**FULL, "cases-1-url": "www.a.example/x"})
    said = "Error: “www.a.example/x” is not a web address. Write the whole address: https://www.a.example/x"
    assert texts(soup, "#f-cases-1-url-error") == [said]


def test_everything_typed_is_still_there(page: PageClient) -> None:
    typed = {
        **FULL,
        "title": " <b>\"x\" & 'y' ",
        "section-use-when": "\n\nA\n  b <i>\n",
        "cost-low": "dear",
    }
    soup = page.post("/contribute/new", typed)
    for name, text in typed.items():
        if isinstance(text, list):
            chosen = soup.select(f".questions [name='{name}'][checked]")
            assert [tag["value"] for tag in chosen] == text
            continue
        tag = soup.select_one(f".questions [name='{name}']")
        assert tag is not None
        if tag.name == "textarea":
            assert tag.get_text().removeprefix("\n") == text
        elif tag.name == "select":
            assert attribute(tag, "option[selected]", "value") == text
        else:
            assert tag["value"] == text


def test_nothing_answered_names_everything_that_is_required(page: PageClient) -> None:
    soup = page.post("/contribute/new", {})
    links = [link for link, _ in summary(soup)]
    sections = [f"#f-section-{section}" for section in FIRST_SECTIONS]
    assert links == ["#f-title", "#f-summary", "#f-purposes-main", *sections, "#f-sources-1-title"]
    assert [str(link["href"]) for link in soup.select(".needed a")] == LATER
    assert soup.select(".preview") == []


def test_the_eight_first_questions_are_counted_and_are_all_that_a_draft_needs(
    page: PageClient,
) -> None:
    empty = page.get("/contribute/new")
    numbers = [f"Question {n} of 8" for n in range(1, 9)]
    assert texts(empty, ".first__number") == numbers
    assert texts(empty, ".progress dd") == ["0 / 8", "0 / 11"]
    soup = page.post("/contribute/new", FIRST)
    assert texts(soup, "h1") == ["Your draft is ready"]
    assert summary(soup) == []
    assert soup.select(".govuk-error-message, .govuk-form-group--error") == []
    assert texts(soup, ".progress dd") == ["8 / 8", "2 / 11"]
    assert [str(link["href"]) for link in soup.select(".needed a")] == LATER
    assert [words(d.summary) for d in soup.select("details[open]")] == [
        "The rest of the text 9 still needed"
    ]
    assert texts(soup, ".preview .method__title") == ["Repair café talk"]
    assert texts(soup, ".answer button") == ["Download the draft"]
    assert soup.select("#send") == []


def test_a_draft_that_was_downloaded_is_a_draft_for_the_check_of_files_too(
    page: PageClient,
) -> None:
    draft = page.post("/contribute/new", FIRST)
    text = attribute(draft, ".answer input[name=text]", "value")
    soup = page.post("/contribute/check", {"text": text})
    assert texts(soup, "h1") == ["Your draft is ready"]
    assert summary(soup) == []
    assert len(soup.select(".needed li")) == 9
    line = next(n for n, li in enumerate(text.split("\n"), 1) if li == "## Origin")
    assert texts(soup, ".needed li")[-1] == f"Line {line}: Origin"


def test_what_is_wrong_in_a_draft_is_told_apart_from_what_it_still_needs(page: PageClient) -> None:
    soup = page.post("/contribute/new", {**FIRST, "summary": "", "section-origin": "In 2009."})
    assert texts(soup, "h1") == ["1 thing to mend"]
    assert [link for link, _ in summary(soup)] == ["#f-summary"]
    assert [str(link["href"]) for link in soup.select(".needed a")] == LATER[:-1]
    assert texts(soup, ".progress dd") == ["7 / 8", "3 / 11"]


def test_a_page_has_one_figure_for_completeness_and_a_draft_or_a_faulty_page_has_none(
    page: PageClient,
) -> None:
    thin = {name: typed for name, typed in FULL.items() if not name.startswith("cases")}
    for typed in (FIRST, {**thin, "sources-1-year": "12"}, {**thin, "related": "zzz"}):
        soup = page.post("/contribute/new", typed)
        assert "of 100 points" not in words(soup.main)
    soup = page.post("/contribute/new", thin)
    said, shown = re.findall(r"(\d+) of 100 points", words(soup.main))
    assert said == shown


@pytest.mark.parametrize("left_out", ["audience", "cost-band", "sources-1-url"])
def test_a_draft_needs_no_fact_that_somebody_does_not_know(page: PageClient, left_out: str) -> None:
    typed = {name: value for name, value in FIRST.items() if name != left_out}
    if left_out == "cost-band":
        del typed["cost-basis"]
    assert texts(page.post("/contribute/new", typed), "h1") == ["Your draft is ready"]


def test_a_method_that_is_here_already_is_refused_with_its_page(page: PageClient) -> None:
    soup = page.post("/contribute/new", {**FULL, "title": "Harvest Jury!", "related": ""})
    (problem,) = summary(soup)
    assert problem[0] == "#f-title"
    assert "A method of this name is here already, “Harvest jury”." in problem[1]
    nearest = soup.select_one(".answer .related__list li")
    assert nearest is not None
    assert attribute(nearest, "a", "href") == "/methods/harvest-jury"
    assert "nearly the same name: Harvest jury" in words(nearest)


def test_links_to_methods_that_do_not_exist_are_named(page: PageClient) -> None:
    soup = page.post(
        "/contribute/new", {**FULL, "section-confused-with": "- [It](harvest-july.md)"}
    )
    said = 'Linked method "harvest-july" does not exist. Did you mean "harvest-jury"?'
    assert summary(soup) == [("#f-section-confused-with", f"Easily confused with – {said}")]


def test_markup_and_addresses_of_scripts_do_no_harm(page: PageClient) -> None:
    evil = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))"
    soup = page.post(
        "/contribute/new", {**FULL, "section-what-it-is": evil, "not_for": f"{evil}\n{evil}"}
    )
    assert soup.select("main script, main img") == []
    assert [a for a in soup.select("main a") if str(a.get("href")).startswith("java")] == []
    title = page.post("/contribute/new", {**FULL, "title": "</textarea><script>x</script>"})
    assert title.select("main script") == []
    assert words(title.select_one(".preview .method__title")) == "</textarea><script>x</script>"


def test_a_wrong_option_a_repeated_and_an_unknown_field_are_answered_kindly(
    page: PageClient,
) -> None:
    typed = {**FULL, "recruitment": "king", "title": ["One", "Two"], "zzz": "1", "section-99": "x"}
    soup = page.post("/contribute/new", typed)
    (problem,) = summary(soup)
    assert problem[0] == "#f-recruitment"
    assert (
        'Recruitment "king" is not one we use. Choose one of open, all-voters, targeted'
        in problem[1]
    )
    assert texts(soup, ".preview .method__title") == ["One"]


def test_a_long_answer_is_named_and_kept_on_the_page(page: PageClient) -> None:
    soup = page.post("/contribute/new", {**FULL, "section-avoid-when": "word " * 3_000})
    said = "This answer has 15,000 characters and we read 12,000 at most. Cut 3,000."
    assert ("#f-section-avoid-when", f"Avoid it when – {said}") in summary(soup)
    assert len(soup.select("#f-section-avoid-when")[0].get_text()) >= 15_000


@pytest.mark.parametrize("address", ["/contribute/new", "/contribute/check", "/contribute/file"])
def test_more_than_half_a_megabyte_is_refused_with_a_page_that_says_so(
    page: PageClient, address: str
) -> None:
    soup = page.post(address, {"text": "a" * 500_000}, status=413)
    assert texts(soup, "h1") == ["That is too much for us to read"]
    assert "We take up to 500 kilobytes at once" in words(soup.main)


@tries(15)
@given(
    typed=st.dictionaries(
        st.sampled_from(NAMES) | st.text(max_size=9),
        st.text(max_size=80) | st.lists(st.text(max_size=20), max_size=3),
        max_size=10,
    )
)
def test_any_answers_get_a_well_made_page(app: Flask, typed: dict[str, Any]) -> None:
    encodable = {name.encode(errors="replace").decode(): value for name, value in typed.items()}
    response = app.test_client().post("/contribute/new", data=encodable)
    assert response.status_code == 200
    assert page_problems(response.get_data(as_text=True)) == []


def test_raw_bytes_that_are_no_form_are_answered(client: FlaskClient) -> None:
    for kind in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
    ):
        for address in ("/contribute/new", "/contribute/check", "/contribute/file"):
            response = client.post(
                address, data=b"\xff\x00=%ff&title=%zz\xed\xa0\x80", content_type=kind
            )
            assert response.status_code == 200


def test_nothing_is_kept_and_nothing_reaches_another_visitor(app: Flask) -> None:
    settings = app.extensions["catalogue"].settings
    current = app.extensions["catalogue"].snapshot()

    def state() -> tuple[object, ...]:
        files = {p: p.stat().st_mtime_ns for p in Path(settings.index_dir).rglob("*")}
        return files, current.matched.cache_info(), len(current.cards)

    before = state()
    first, second = app.test_client(), app.test_client()
    response = first.post("/contribute/new", data={**FULL, "title": "Zebra crossing parliament"})
    assert "Zebra crossing" in response.get_data(as_text=True)
    # The visitor's own browser alone may keep it, so that going back works.
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in response.headers
    assert state() == before
    for address in ("/contribute/new", "/contribute/check", "/methods/zebra-crossing-parliament"):
        assert "Zebra crossing" not in second.get(address).get_data(as_text=True)


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://github.com/o/r", "GitHub"), ("https://codeberg.org/o/r", "Codeberg")],
)
def test_the_link_to_the_host_carries_the_very_text_that_is_shown(
    app: Flask, url: str, host: str
) -> None:
    soup = site(app, repository_url=url).post("/contribute/new", FULL)
    link = soup.select_one("[data-open]")
    assert link is not None
    assert words(link) == f"Open on {host}"
    carried = parse_qs(urlsplit(str(link["href"])).query)
    assert carried["value"] == [file_of(soup)]
    assert carried["filename"][0].endswith("repair-cafe-talk.md")
    assert "with its name and text filled in" in words(soup.select_one(".send"))
    assert buttons(soup)[0] == (f"Open on {host}", True)


def test_a_text_too_long_for_an_address_is_said_to_be_copied(app: Flask) -> None:
    long = {**FULL, "section-origin": "It began in Appleby in 1999. " * 100}
    soup = site(app, repository_url="https://github.com/o/r").post("/contribute/new", long)
    assert "too long to travel in a link, so you copy it over yourself." in words(soup.main)
    steps = texts(soup, ".send .steps li")
    assert steps[:2] == [COPY, "Open a new file at GitHub. Its name is filled in."]
    assert buttons(soup) == [
        ("Copy the text", True), ("Open on GitHub", False), ("Download the file", False)
    ]  # fmt: skip
    query = parse_qs(urlsplit(attribute(soup, "[data-open]", "href")).query)
    assert query["value"] == ["Delete this line and paste the whole text of your method here.\n"]
    assert file_of(soup).count("Appleby in 1999") == 100


def test_gitlab_takes_no_text_and_that_is_said(app: Flask) -> None:
    soup = site(app, repository_url="https://gitlab.com/o/r").post("/contribute/new", FULL)
    assert "GitLab takes no text from a link, so you copy it over yourself." in words(soup.main)
    assert buttons(soup)[:2] == [("Copy the text", True), ("Open on GitLab", False)]
    address = "https://gitlab.com/o/r/-/new/main?file_name=methods/repair-cafe-talk.md"
    assert attribute(soup, "[data-open]", "href") == address


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "This site gives no address to send it to. Download the file, and give it to whoever runs the site if you know them."),
        ({"repository_url": "https://code.example/r"},
         "Download the file. “The files and the code”, at the end of the page, leads to where it is sent."),
        ({"contact_email": "m@example.org"},
         "Download the file and send it by e-mail to m@example.org."),
    ],
    ids=["nothing", "unknown host", "mail"],
)  # fmt: skip
def test_without_a_host_the_file_is_downloaded_and_sent(
    app: Flask, settings: dict[str, str], said: str
) -> None:
    soup = site(app, **settings).post("/contribute/new", FULL)
    assert soup.select("[data-open]") == []
    assert said in texts(soup, ".send p")
    # Nobody answers where nothing can be sent.
    assert ("answers within" in words(soup.select_one(".send"))) == bool(
        "contact_email" in settings
    )


def test_the_download_is_the_text_as_an_attachment_named_after_the_method(
    client: FlaskClient,
) -> None:
    typed = {"name": "repair-cafe-talk", "text": '---\r\ntitle: "é"\r\n---\r\n'}
    response = client.post("/contribute/file", data=typed)
    assert response.data == '---\ntitle: "é"\n---\n'.encode()
    assert response.content_type == "text/markdown; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="repair-cafe-talk.md"'
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ['../x"\r\nSet-Cookie: a=b', "", "/etc/passwd", "é\x00"])
def test_a_download_is_never_named_by_others(client: FlaskClient, name: str) -> None:
    response = client.post("/contribute/file", data={"name": name, "text": "x"})
    disposition = response.headers["Content-Disposition"]
    stem = disposition.removeprefix('attachment; filename="').removesuffix('.md"')
    assert stem.replace("-", "").isalnum()
    assert "Set-Cookie" not in response.headers


def test_what_has_errors_can_be_downloaded_too(page: PageClient) -> None:
    soup = page.post("/contribute/new", {"title": "Half a method"})
    form = soup.select_one(".answer form")
    assert form is not None
    assert attribute(form, "[name=name]", "value") == "half-a-method"
    assert attribute(form, "[name=text]", "value").startswith('---\ntitle: "Half a method"\n')


@pytest.mark.parametrize(
    ("settings", "change", "report"),
    [
        ({"repository_url": "https://github.com/o/r", "repository_branch": "next"},
         "https://github.com/o/r/edit/next/methods/harvest-jury.md",
         "https://github.com/o/r/issues/new?template=report-a-problem.yml&title=Problem+with+%E2%80%9CHarvest+jury%E2%80%9D&page=https://site.example/methods/harvest-jury"),
        ({"repository_url": "https://gitlab.com/o/r"},
         "https://gitlab.com/o/r/-/edit/main/methods/harvest-jury.md",
         "https://gitlab.com/o/r/-/issues/new?issue%5Btitle%5D="),
        ({"contact_email": "m@example.org"}, "mailto:m@example.org?subject=Change%20to",
         "mailto:m@example.org?subject=Problem%20with"),
    ],
    ids=["GitHub", "GitLab", "mail"],
)  # fmt: skip
def test_every_method_page_leads_to_a_change_and_a_report(
    app: Flask, settings: dict[str, str], change: str, report: str
) -> None:
    client = site(app, site_url="https://site.example", **settings)
    soup = client.get("/methods/harvest-jury")
    links = {words(a): str(a["href"]) for a in soup.select(".change a")}
    assert links["Suggest a change"].startswith(change)
    assert links["Report a problem"].startswith(report)
    assert "site.example" in links["Report a problem"]


def test_without_host_and_address_a_method_page_says_what_can_be_done_and_leads_nowhere(
    page: PageClient,
) -> None:
    soup = page.get("/methods/harvest-jury")
    said = (
        "This site gives no address to write to. If you know who runs it, tell them what is wrong or missing and on "
        "which page."
    )
    assert words(soup.select_one(".change p")) == said
    assert soup.select(".change a") == []


def test_an_unknown_host_is_not_linked_to_in_ways_it_may_not_know(app: Flask) -> None:
    soup = site(app, repository_url="https://code.example/r").get("/methods/harvest-jury")
    assert [a for a in soup.select("main a") if "code.example" in str(a["href"])] == []


def test_a_search_without_results_leads_to_the_form_with_its_words(page: PageClient) -> None:
    soup = page.get("/methods?q=zzzz+%26+yyyy&cost=low")
    (link,) = [a for a in soup.select(".nothing a") if "/contribute" in str(a["href"])]
    assert words(link) == "Know this method? Add it"
    form = page.get(str(link["href"]))
    assert attribute(form, "#f-title", "value") == "zzzz & yyyy"


def test_every_page_leads_to_the_contributors_pages(page: PageClient) -> None:
    for address in ("/", "/methods", "/contribute/new", "/nothing-here"):
        soup = page.get(address, status=404 if address == "/nothing-here" else 200)
        assert "/contribute" in [str(a["href"]) for a in soup.select("header nav a")]
        assert "/contribute" in [str(a["href"]) for a in soup.select("footer a")]
