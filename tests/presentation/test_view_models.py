"""What a page shows, in words: cards, facts at a glance, chosen filters, notices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from catalogue.model.facts import Fact
from catalogue.presentation.drawings.pictures import picture_svg
from catalogue.presentation.glance import Glance, glance
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.view_models import (
    CardView,
    asked_range_text,
    card_view,
    fact_text,
    parameter_label,
)
from catalogue.search.cards import Card
from catalogue.search.parameters import Notice
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY

PACKAGE = Path(__file__).resolve().parents[2] / "catalogue"


def card(snapshot: Snapshot, slug: str) -> Card:
    return snapshot.cards[snapshot.ordinals[slug]]


def rows(snapshot: Snapshot, slug: str) -> dict[str, Glance]:
    page = snapshot.page(slug)
    assert page is not None
    return {row.label: row for row in glance(page.method)}


def test_a_card_says_its_facts_in_words(snapshot: Snapshot) -> None:
    assert card_view(card(snapshot, "harvest-jury")) == CardView(
        slug="harvest-jury",
        picture=picture_svg("", "mini-public"),
        purpose="Weigh up a hard question",
        cost="High: £40,000 to £90,000",
        people="12 to 24 people",
        hours="14 to 30 hours",
        weeks="12 to 20 weeks",
    )


def test_a_card_leaves_blank_what_is_not_known(snapshot: Snapshot) -> None:
    assert card_view(card(snapshot, "web-idea-box")) == CardView(
        slug="web-idea-box",
        picture=picture_svg("", ""),
        purpose="Come up with ideas",
        cost="",
        people="50 people or more",
        hours="",
        weeks="",
    )


def test_a_card_is_put_into_words_once(snapshot: Snapshot) -> None:
    found = card(snapshot, "reed-panel")
    assert card_view(found) is card_view(found)


def test_the_facts_at_a_glance_in_the_order_of_the_page(snapshot: Snapshot) -> None:
    assert [(row.label, row.text) for row in rows(snapshot, "harvest-jury").values()] == [
        ("Purpose", "Weigh up a hard question, Decide"),
        ("Engagement level", "Involve"),
        ("Audience", "A cross-section of people, Local residents"),
        ("Recruitment", "By lottery"),
        ("People in all", "12 to 24 people"),
        ("Time for participants", "14 to 30 hours"),
        ("From idea to result", "12 to 20 weeks"),
        ("Cost, without your own staff", "High: £40,000 to £90,000"),
        ("Your own staff's time", "20 to 40 days"),
        ("Facilitation", "Specialist"),
        ("Format", "In person"),
        ("Stage", "Explore, Weigh"),
        ("One-off or standing", "Process"),
        ("Family", "Mini-public"),
        ("Outcomes", "Report"),
        ("Can decide", "With agreement"),
        ("Copes with conflict", "Well"),
        ("Copes with complexity", "Well"),
        ("How much people talk together", "Much of the time"),
    ]


def test_every_facet_of_the_method_page_stands_at_a_glance(snapshot: Snapshot) -> None:
    labels = set(rows(snapshot, "harvest-jury")) | {"Cost"}
    # Inclusion stands in the text, with a sentence for each option.
    wanted = {facet.label for name, facet in VOCABULARY.facets.items() if name != "inclusion"}
    assert wanted <= labels


@pytest.mark.parametrize(
    ("label", "note"),
    [
        ("People in all", "Our estimate."),
        ("Cost, without your own staff", "Published source, prices of 2024. A published price."),
        ("Recruitment", "Drawn at random, often balanced by age, sex and place."),
        ("Can decide", "Only if whoever holds the power agrees beforehand to be bound."),
        ("Audience", ""),
        ("Time for participants", ""),
    ],
)
def test_a_fact_carries_its_remark_as_a_sentence(snapshot: Snapshot, label: str, note: str) -> None:
    assert rows(snapshot, "harvest-jury")[label].note == note


def test_facts_that_are_not_known_keep_their_row_and_no_text(snapshot: Snapshot) -> None:
    sparse, full = rows(snapshot, "web-idea-box"), rows(snapshot, "harvest-jury")
    assert list(sparse) == list(full)
    known = {label for label, row in sparse.items() if row.text}
    assert known == {"Purpose", "Audience", "People in all", "Format"}
    assert all(not row.note for label, row in sparse.items() if label not in known)


def test_each_kind_of_fact_is_put_in_words() -> None:
    assert [
        fact_text(Fact("purpose", ("deliberate",))),
        fact_text(Fact("cost", ("unknown",))),
        fact_text(Fact("cost", ("minimal", "low"))),
        fact_text(Fact("weeks", numbers=(0.0, 12.0))),
    ] == [
        "Purpose: Weigh up a hard question",
        "Cost: Not known",
        "Cost: Minimal / Low",
        "From idea to result: up to 12 weeks",
    ]


@pytest.mark.parametrize(
    ("name", "numbers", "text"),
    [
        ("people", (20, 40), "20 to 40 people"),
        ("people", (12, 12), "12 people"),
        ("people", (0, 40), "0 to 40 people"),
        ("weeks", (0, 12), "up to 12 weeks"),
        ("weeks", (0, 1), "up to 1 week"),
        ("weeks", (4, 8), "4 to 8 weeks"),
        ("hours", (0, 0.5), "up to 30 minutes"),
        ("hours", (0, 0), "No extra time"),
        ("hours", (2, 6), "2 to 6 hours"),
        ("budget", (0, 5000), "up to £5,000"),
        ("budget", (0, 9999), "under £10,000"),
        ("weeks", (0, 0.15), "up to 1 day"),
        ("weeks", (0, 1.43), "up to 10 days"),
        ("weeks", (0, 4.34), "up to 1 month"),
        ("weeks", (0, 34.67), "up to 8 months"),
        ("weeks", (8.66, 13), "2 to 3 months"),
        ("weeks", (26, 26), "26 weeks"),
        ("budget", (500, 5000), "£500 to £5,000"),
    ],
)
def test_an_asked_range_in_words(name: str, numbers: tuple[float, float], text: str) -> None:
    assert asked_range_text(name, numbers) == text


NOTICES = [
    (
        Notice("option-unknown", "cost", "cheap", ("minimal", "low")),
        "We ignored “cheap”, which is not an option of Cost. The options are: minimal, low.",
    ),
    (Notice("parameter-unknown", "colour"), "We ignored “colour”, which is not a filter we know."),
    (Notice("only-first", "people", "12"), "People in all can be given once. We used “12”."),
    (
        Notice("words-long", "q", "300"),
        "Your search was longer than 300 characters. We used its beginning.",
    ),
    (
        Notice("words-empty", "q", "*"),
        "“*” holds no word we can search for, so this list is not narrowed by it.",
    ),
    (
        Notice("words-not-found", "q", "", ("zyx", "wvu")),
        "No method mentions: zyx, wvu. The other words are searched for.",
    ),
    (
        Notice("range-unreadable", "people", "many"),
        "We ignored “many” for “How many people?”. Write a number or a range, such as 20-40.",
    ),
    (
        Notice("range-not-known", "budget", "1"),
        "1 method says nothing about its least cost, so it is left out.",
    ),
    (
        Notice("range-not-known", "hours", "3"),
        "3 methods say nothing about the time it takes of people, so they are left out.",
    ),
    (
        Notice("number-unreadable", "page", "-1"),
        "We ignored “-1” for Page. Write a whole number from 1.",
    ),
    (
        Notice("number-large", "per_page", "500", ("100",)),
        "Results per page is at most 100. We used that.",
    ),
    (
        Notice("page-beyond", "page", "9", ("2",)),
        "There is no page 9. This is the last one, page 2.",
    ),
]


@pytest.mark.parametrize(("notice", "text"), NOTICES, ids=lambda value: getattr(value, "code", ""))
def test_a_notice_says_what_was_ignored_and_what_would_work(notice: Notice, text: str) -> None:
    assert notice_text(notice) == text


def test_every_notice_that_can_be_given_has_its_words() -> None:
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    codes = {code for source in sources for code in re.findall(r'\bNotice\(\s*"([a-z-]+)"', source)}
    assert {notice.code for notice, _ in NOTICES} <= codes
    for code in codes:
        assert notice_text(Notice(code, "people", "1", ("1",)))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("purpose", "Purpose"),
        ("weeks", "From idea to result"),
        ("q", "Search words"),
        ("sort", "Sort by"),
        ("page", "Page"),
        ("per_page", "Results per page"),
        ("colour", "colour"),
    ],
)
def test_a_parameter_is_called_by_its_label(name: str, label: str) -> None:
    assert parameter_label(name) == label
