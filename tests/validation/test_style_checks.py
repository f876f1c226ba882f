"""Tests of the warnings about prose: one whole message for each, and that none comes without cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from catalogue.model.method import Case, Method, Section, Source
from catalogue.settings import PROJECT, Settings, read_settings
from catalogue.validation.style_checks import prose_problems, reading_ease
from tests.support.command import FINE, PROBLEMS, Command
from tests.support.editing import change
from tests.support.method_text import BODY, method

TODAY = date(2026, 6, 1)
HEADING = "## What it is\n\n"
FIGURE_MEND = "Name the source and the year in the sentence, or say “our estimate”."


def problems(found: Method, today: date = TODAY) -> dict[str, list[str]]:
    """Return what is printed about a method, by code."""
    by_code: dict[str, list[str]] = {}
    for problem in prose_problems("methods/a.md", found, today):
        by_code.setdefault(problem.code, []).append(str(problem))
    return by_code


def about(text: str, code: str, **fields: object) -> list[str]:
    """Return the messages of one code about a method whose text, from line 10, is this."""
    found = method(body=BODY.replace(f"{HEADING}It is so.", f"{HEADING}{text}"))
    assert found.sections[0].text_line == 10
    return problems(replace(found, **fields)).get(code, [])


def sized(count: int) -> Method:
    """A method with a text of so many words."""
    sentence = "We met and we ate. "
    text = " ".join((sentence * count).split()[:count])
    return replace(method(), sections=(Section("what-it-is", text, 9, 11),))


def test_a_thin_page_is_told_what_is_missing() -> None:
    (message,) = problems(method())["page-thin"]
    assert message == (
        "methods/a.md:1:1: warning: this page is thin: 0 of 100 points for completeness. "
        "Add what is missing: A text of 500 to 900 words under all eleven headings. "
        "A real case with place, year and what came of it. Two sources or more. "
        "A source whose publisher does not promote the method. "
        "A cost, with where it comes from. "
        "People in all, time for participants and time to organise. "
        "A smaller run; a body that must be founded needs none. Its steps in weeks. "
        "Audience, level, format, recruitment and facilitation. "
        "Stage, kind, family, outcomes, staff days, how it copes with conflict and complexity, "
        "how much people talk together, and whether it can decide. "
        "For each of the seven grounds of inclusion whether it is built in, possible or unsuitable. "
        "What harm it can do. "
        "Two things or more that it will not deliver. Three related methods or more. [page-thin]"
    )


def test_a_thin_page_is_not_told_that_a_fact_is_missing_which_it_has() -> None:
    (message,) = problems(replace(method(), audience=("experts",), kind="event"))["page-thin"]
    assert " Level. Format. Recruitment. Facilitation. Stage. Family. Outcomes. " in message
    assert "People in all, time for participants and time to organise." in message
    assert "Audience" not in message


@pytest.mark.parametrize(
    ("count", "code", "message"),
    [
        (
            499,
            "body-short",
            "the text has 499 words and should have 500 at least. "
            "Add 1: what would a newcomer still ask? [body-short]",
        ),
        (
            903,
            "body-long",
            "the text has 903 words and should have 900 at most. Cut 3. [body-long]",
        ),
    ],
)
def test_a_text_outside_the_limits_is_told_by_how_much(count: int, code: str, message: str) -> None:
    assert problems(sized(count))[code] == [f"methods/a.md:9:1: warning: {message}"]


@pytest.mark.parametrize("count", [500, 900])
def test_a_text_at_the_limits_is_fine(count: int) -> None:
    assert set(problems(sized(count))) == {"page-thin"}


HERE, THERE = (Source("A", "B", url=f"https://{host}.example/x") for host in ("here", "there"))


def test_sources_of_one_site_alone_are_said() -> None:
    assert problems(replace(method(), sources=(HERE, HERE)))["sources-one-host"] == [
        "methods/a.md:1:1: warning: all sources are pages of one site (here.example). "
        "Add a source from somebody else. [sources-one-host]"
    ]


@pytest.mark.parametrize(
    "sources",
    [(HERE,), (HERE, THERE), (HERE, Source("A book", "B"))],
    ids=["one source", "two sites", "a book"],
)
def test_sources_of_more_than_one_kind_are_fine(sources: tuple[Source, ...]) -> None:
    assert "sources-one-host" not in problems(replace(method(), sources=sources))


def test_a_review_that_is_due_is_a_reminder() -> None:
    found = replace(method(), last_reviewed=date(2024, 2, 29))
    assert problems(found, date(2026, 3, 1))["review-due"] == [
        "methods/a.md:1:1: reminder: this page was last reviewed on 2024-02-29 and was due on "
        "2026-02-28. Read it through, check its facts and links, and change last_reviewed. "
        "Pages are reviewed every 24 months. [review-due]"
    ]
    assert "review-due" not in problems(found, date(2026, 2, 28))
    assert "review-due" not in problems(method())


def test_a_long_sentence_is_said_with_its_line_and_its_beginning() -> None:
    long = "So " + "word " * 39 + "end."
    text = f"It is short.\n\n- Short.\n- Short. {long} Short."
    assert about(text, "sentence-long") == [
        "methods/a.md:13:1: warning: a sentence has 41 words (“So word word word word word …”). "
        "Cut it in two; 35 is the limit and 25 a good average. [sentence-long]"
    ]
    assert about("So " + "word " * 33 + "end.", "sentence-long") == []
    assert about("So " + "word " * 34 + "end.", "sentence-long") != []


def test_the_outcome_of_a_case_is_judged_as_prose() -> None:
    case = Case("Mill jury", "It was " + "so " * 40 + "and dear.")
    found = problems(replace(method(), cases=(case,)))
    assert {"sentence-long", "word-bookkeeping"} <= set(found)


def test_the_address_of_a_link_is_not_a_word_of_its_sentence() -> None:
    text = "word " * 33 + "[two words](https://a.example/x)."
    assert about(text, "sentence-long") == []


@pytest.mark.parametrize("empty", ["click here", "Here", "this page", "read more", "link"])
def test_a_link_text_that_says_nothing_is_said(empty: str) -> None:
    assert about(f"It is so.\n\nSee [{empty}](https://a.example/x).", "link-text") == [
        f'methods/a.md:12:1: warning: link text "{empty}" does not say where it goes. '
        "Use the name of the page. [link-text]"
    ]
    assert about("[The guide here](https://a.example/x)", "link-text") == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It cost £2,500.", "£2,500"),
        ("It cost € 1.5 million", "€ 1.5"),
        ("Of them 45% came.", "45%"),
        ("Of them 12.5 per cent came.", "12.5 per cent"),
        ("- It cost £40, in all.", "£40"),
        ("It cost £1900.", "£1900"),
    ],
)
def test_a_figure_without_a_source_is_said(text: str, figure: str) -> None:
    assert about(f"It is so.\n\n{text}", "figure-unsourced") == [
        f'methods/a.md:12:1: warning: the figure "{figure}" has no source beside it. '
        f"{FIGURE_MEND} [figure-unsourced]"
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It cost £40 in 2019.", id="a year"),
        pytest.param("It cost £40 (undated).", id="no date known"),
        pytest.param("It cost £40 (our estimate).", id="our estimate"),
        pytest.param("We estimated £40.", id="estimated"),
        pytest.param("All are our estimate:\n\n- It cost £40.", id="in the lead of a list"),
        pytest.param("All are our estimate:\n- It cost £40.", id="in the same paragraph"),
        pytest.param("A university put it at £40.", id="who published it"),
        pytest.param("The one at Calne cost £40.", id="where the case was"),
        pytest.param("The Calne walks cost £40.", id="the name of the case"),
        pytest.param("Forty came, 12 of them late.", id="neither money nor share"),
    ],
)
def test_a_figure_with_a_source_or_an_estimate_beside_it_is_fine(text: str) -> None:
    cases = (Case("Calne walks", "It went well.", place="Calne, Wiltshire"),)
    assert about(text, "figure-unsourced", cases=cases) == []


def test_a_source_in_another_paragraph_is_not_beside_a_figure() -> None:
    assert len(about("It is our estimate.\n\nIt cost £40.", "figure-unsourced")) == 1
    assert len(about("It cost £40.\n\nIt is our estimate.", "figure-unsourced")) == 1


def test_long_sentences_on_average_are_said() -> None:
    text = " ".join("We " + "go " * 29 + "on." for _ in range(30))
    found = replace(method(), sections=(Section("what-it-is", text, 9, 11),))
    assert problems(found)["sentences-long"] == [
        "methods/a.md:1:1: warning: its sentences have 31 words on average and should have "
        "under 25. Use one idea for each sentence. [sentences-long]"
    ]


def test_hard_reading_is_said() -> None:
    text = "Institutional participation facilitates considerable administrative accountability. "
    found = replace(method(), sections=(Section("what-it-is", text * 80, 9, 11),))
    (message,) = problems(found)["reading-hard"]
    ease = round(reading_ease(text * 80, 6))
    assert ease < 0
    assert message == (
        f"methods/a.md:1:1: warning: the text is hard to read (Flesch reading ease {ease}; "
        "aim for 50 or more). Use shorter words and shorter sentences. [reading-hard]"
    )


def test_reading_ease_follows_the_published_formula() -> None:
    # Seven words of one syllable, one of three.
    text = "The cat sat on a mat, remember so."
    assert reading_ease(text, 8) == pytest.approx(206.835 - 1.015 * 8 - 84.6 * 10 / 8)


def test_a_reminder_never_fails_a_check_and_a_warning_only_a_strict_one(
    settings: Settings, tmp_path: Path
) -> None:
    old = tmp_path / "old" / "survey.md"
    old.parent.mkdir()
    text = (PROJECT / "methods" / "survey.md").read_text(encoding="utf-8")
    old.write_text(text, encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("last_reviewed: "))
    change(old, line, "last_reviewed: 2019-05-01")
    run = Command(read_settings({}))
    result = run("check", "--strict", old)
    assert result.exit_code == FINE
    assert result.stdout.count("\n") == 1
    assert ": reminder: this page was last reviewed on 2019-05-01" in result.stdout
    assert result.stderr == f"{old} is ready. Worth a look: 1 reminder.\n"
    change(old, "## What it is\n\n", "## What it is\n\nSee [here](https://example.org).\n\n")
    assert run("check", old).exit_code == FINE
    assert run("check", "--strict", old).exit_code == PROBLEMS


def test_the_whole_catalogue_passes_a_strict_check() -> None:
    result = Command(read_settings({}))("check", "--strict")
    lines = [line for line in result.stdout.splitlines() if ": reminder: " not in line]
    assert (lines, result.exit_code) == ([], FINE)


@pytest.mark.parametrize(
    "text",
    ["<div>", "</b>", "<br/>", '<img src="a.png">', "<!-- x -->", "![A map](map.png)", "[[World Café]]",
     "![[circle.png]]"],
)  # fmt: skip
def test_what_does_not_work_on_the_page_is_said(text: str) -> None:
    assert about(f"It is so.\n\nSee {text} now.", "not-shown") == [
        f'methods/a.md:12:1: warning: "{text}" does not work on the page. Write plain Markdown: '
        "paragraphs, lists, tables, and links as [words](address). [not-shown]"
    ]


@pytest.mark.parametrize(
    "text",
    ["<https://a.example>", "`<div>`", "5 < 6 and 7 > 6", "\\<b>", "[a](b.org)", "x [1] [2]"],
)
def test_what_works_on_the_page_is_fine(text: str) -> None:
    assert about(f"It is so.\n\nSee {text} now.", "not-shown") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is dear.", ["dear"]),
        ("The dearest of these (Mill, n.d.).", ["dearest", "n.d."]),
        ("Dear neighbour, come.", []),
        ("They endear themselves; n.d.x", []),
    ],
)
def test_words_that_few_readers_use_are_named(text: str, words: list[str]) -> None:
    found = about(text, "word-bookkeeping")
    assert [message.split('"')[1] for message in found] == words


@pytest.mark.parametrize(
    ("outcome", "warned"),
    [
        ("What followed is not recorded.", True),
        ("What followed has not been reported.", True),
        ("We have not found what followed (searched November 2026).", False),
        ("What followed is not recorded (searched November 2026).", False),
        ("We have not found what followed.", True),
        ("What followed the vote of November 2026 is not recorded.", True),
        ("The meeting was recorded.", False),
    ],
)
def test_a_case_says_when_somebody_looked_for_what_is_not_recorded(
    outcome: str, warned: bool
) -> None:
    found = problems(replace(method(), cases=(Case("Mill jury", outcome),)))
    assert bool(found.get("case-not-searched")) == warned


def test_letters_to_copy_are_not_judged_as_prose() -> None:
    long = "one " * 60 + "one. It is dear and costs £500."
    letter = Section("use-tomorrow", long, 90, 92)
    found = problems(replace(method(), sections=(*method().sections, letter)))
    assert not {"sentence-long", "word-bookkeeping", "figure-unsourced"} & set(found)
