"""The pages people see: what stands on home and method pages, and how they link.

The results page and the error pages have modules of their own.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from catalogue.settings import Settings
from catalogue.vocabulary import VOCABULARY
from catalogue.web import create_app
from tests.support.page import PageClient
from tests.support.reading import part, texts, words

PURPOSES = {
    "Tell people": 1, "Understand lives and needs": 2, "Collect views": 2,
    "Come up with ideas": 1, "Picture the future": 0, "Design or plan together": 1,
    "Weigh up a hard question": 1, "Set priorities": 0, "Decide": 1, "Work through conflict": 0,
    "Bring people together": 0, "Check and learn": 1,
}  # fmt: skip


ADDRESSES = [
    "/",
    "/methods",
    "/methods?q=village&purpose=inform&people=20-40&colour=red",
    "/methods?q=nowhere-to-be-found&cost=low",
    "/methods/harvest-jury",
    "/methods/web-idea-box",
    "/about",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_well_made(page: PageClient, address: str) -> None:
    page.get(address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_inside_the_site_leads_somewhere(page: PageClient, address: str) -> None:
    soup = page.get(address)
    ids = {tag["id"] for tag in soup.select("[id]")}
    targets = {str(link["href"]) for link in soup.select("a[href], link[href]")}
    for target in sorted(targets):
        if target.startswith("#"):
            assert target[1:] in ids
        elif target.startswith("/"):
            with page.client.get(target) as response:
                assert response.status_code == 200, target


def test_home_says_in_one_sentence_what_this_is(page: PageClient) -> None:
    assert words(page.get("/").select_one(".hero p")) == (
        "An open catalogue of methods for asking, hearing and deciding with the people a decision "
        "affects: what each is for, what it costs, how long it takes, and where it goes wrong."
    )


def test_home_begins_with_three_ways_in_and_the_map(page: PageClient) -> None:
    soup = page.get("/")
    assert texts(soup, ".way h2") == [
        "Describe your situation", "Say what you have", "Look for a method", "See them all at once",
    ]  # fmt: skip
    forms = soup.select(".way form")
    assert [(form["action"], form["method"]) for form in forms] == [
        ("/plan", "get"), ("/methods", "get"), ("/methods", "get"),
    ]  # fmt: skip
    assert [[control["name"] for control in form.select("[name]")] for form in forms] == [
        ["text"], ["purpose", "people", "weeks", "budget"], ["q"],
    ]  # fmt: skip


def test_home_sets_the_link_to_the_map_apart_from_what_the_map_shows(page: PageClient) -> None:
    assert "The map of methods: weeks across, money upwards, or axes of your choice" in texts(
        page.get("/"), ".way__text"
    )


def test_home_says_how_many_methods_there_are_and_when_one_was_last_reviewed(
    page: PageClient,
) -> None:
    lines = texts(page.get("/"), ".way p")
    assert "Look through all 6 methods · last reviewed 20 March 2026" in lines


def test_home_offers_the_twelve_purposes_with_their_counts(page: PageClient) -> None:
    soup = page.get("/")
    shown = {words(li.select_one("a")): words(li.select_one(".count")) for li in doors(soup)}
    assert shown == {
        label: f"{count} method" if count == 1 else f"{count} methods"
        for label, count in PURPOSES.items()
    }
    helps = {option.label: option.help for option in VOCABULARY.facets["purpose"].options}
    assert {
        words(li.select_one("a")): words(li.select_one(".door__help")) for li in doors(soup)
    } == helps


def test_home_groups_the_purposes_by_door(page: PageClient) -> None:
    assert texts(page.get("/"), ".door h3") == ["Listen", "Explore", "Decide", "Sustain"]


def test_each_purpose_on_home_leads_to_as_many_methods_as_it_says(page: PageClient) -> None:
    for entry in doors(page.get("/")):
        link = entry.select_one("a")
        assert link is not None
        purpose = str(link["href"]).rpartition("/")[2]
        assert link["href"] == f"/purposes/{purpose}"
        count = int(words(entry.select_one(".count")).split()[0])
        assert len(page.get(str(link["href"])).select(".related__list li")) == count
        assert len(page.get(f"/methods?purpose={purpose}").select(".card")) == count


def doors(soup: BeautifulSoup) -> list[Tag]:
    return soup.select(".door__list li")


def test_a_method_page_shows_every_fact_at_a_glance(page: PageClient) -> None:
    rows = page.get("/methods/harvest-jury").select(".glance__row")
    shown = {words(row.dt): words(row.dd) for row in rows}
    assert shown["Purpose"] == "Weigh up a hard question, Decide"
    assert shown["People in all"] == "12 to 24 people Our estimate."
    assert shown["Time for participants"] == "14 to 30 hours"
    assert shown["From idea to result"] == "12 to 20 weeks"
    assert shown["Cost, without your own staff"] == (
        "High: £40,000 to £90,000 Published source, prices of 2024. A published price."
    )
    assert shown["Can decide"] == (
        "With agreement Only if whoever holds the power agrees beforehand to be bound."
    )
    assert len(shown) == 19


def test_a_fact_that_is_missing_is_shown_as_not_known(page: PageClient) -> None:
    soup = page.get("/methods/web-idea-box")
    shown = {words(row.dt): words(row.dd) for row in soup.select(".glance__row")}
    assert len(shown) == 19
    assert {label for label, text in shown.items() if text != "Not known"} == {
        "Purpose", "Audience", "People in all", "Format",
    }  # fmt: skip
    assert "Last reviewed: not known." in texts(part(soup, "About this page"), "li")


def test_a_method_page_has_its_sections_in_the_fixed_order(page: PageClient) -> None:
    shown = texts(page.get("/methods/harvest-jury"), ".part > h2")
    assert shown == [
        "At your size", *VOCABULARY.headings, "The law", "Cases", "Sources", "Related methods", "About this page",
    ]  # fmt: skip


def test_the_contents_of_a_method_page_lead_to_its_sections(page: PageClient) -> None:
    soup = page.get("/methods/harvest-jury")
    links = {words(link): str(link["href"]) for link in soup.select(".contents a")}
    assert list(links) == [
        "At your size", *VOCABULARY.headings, "The law", "Cases", "Sources", "Related methods",
    ]  # fmt: skip
    for heading, target in links.items():
        assert words(soup.select_one(target)) == heading


def test_a_section_has_its_id_as_anchor_and_keeps_the_anchor_that_was_its_number(
    page: PageClient,
) -> None:
    soup = page.get("/methods/harvest-jury")
    for number, section in enumerate(VOCABULARY.required_sections, start=1):
        heading = VOCABULARY.sections[section].heading
        assert words(soup.select_one(f"h2#{section}")) == heading
        assert words(soup.select_one(f"#part-{number} > h2")) == heading


def test_a_method_page_names_itself_and_its_other_names(page: PageClient) -> None:
    soup = page.get("/methods/harvest-jury")
    assert words(soup.title) == "Harvest jury – The Participation Catalogue"
    assert words(soup.h1) == "Harvest jury"
    assert words(soup.select_one(".method__aliases")) == (
        "Also known as Jury of the fields · Erntejury"
    )
    description = soup.select_one("meta[name=description]")
    assert description is not None
    assert description["content"] == words(soup.select_one(".method__summary"))


def test_the_text_of_a_method_is_shown_with_its_marks_and_links(page: PageClient) -> None:
    soup = page.get("/methods/harvest-jury")
    assert texts(part(soup, "What it is"), "strong") == ["witnesses"]
    links = part(soup, "Easily confused with").select(".prose a[href^='/methods/']")
    assert [(words(link), link["href"]) for link in links] == [
        ("barn meeting", "/methods/barn-meeting")
    ]


def test_what_not_to_expect_stands_with_the_results(page: PageClient) -> None:
    section = part(page.get("/methods/harvest-jury"), "What you will get, and what you will not")
    assert texts(section, "h3, li") == [
        "Do not expect it to do this",
        "It will not show what everybody thinks.",
        "It will not be quick.",
    ]


def test_inclusion_stands_with_its_sentences(page: PageClient) -> None:
    section = part(page.get("/methods/harvest-jury"), "Making it inclusive")
    assert texts(section, "dt, dd") == [
        "Fits around caring",
        "Sessions are held in school hours.",
    ]


def test_a_case_says_what_came_of_it_first_and_then_where_when_and_how_many(
    page: PageClient,
) -> None:
    (case,) = part(page.get("/methods/harvest-jury"), "Cases").select("li")
    assert texts(case, "h3, p") == [
        "Jury at Appleby",
        "Worked: The council changed its plan. Source: example.org",
        "Appleby, United Kingdom, 2019 · 16 people",
    ]
    assert [link["href"] for link in case.select("a")] == [
        "/cases/jury-at-appleby",
        "https://example.org/appleby",
    ]


def test_a_source_says_who_wrote_it_and_whether_it_is_independent(page: PageClient) -> None:
    section = part(page.get("/methods/harvest-jury"), "Sources")
    assert texts(section, "li") == [
        "A guide to harvest jury, A university (independent of those who promote the method)"
    ]
    assert [link["href"] for link in section.select("a")] == ["https://example.org/harvest-jury"]


def test_related_methods_are_linked_with_their_summaries(page: PageClient) -> None:
    section = part(page.get("/methods/harvest-jury"), "Related methods")
    assert [link["href"] for link in section.select("a")] == [
        "/methods/barn-meeting",
        "/methods/postcard-survey",
    ]
    assert texts(section, ".related__summary")[1] == (
        "Every household gets a postcard with five questions and sends it back."
    )


def test_a_related_method_that_is_left_out_of_the_site_is_not_linked(settings: Settings) -> None:
    broken = settings.methods_dir / "postcard-survey.md"
    broken.write_text(broken.read_text(encoding="utf-8").replace("title:", "name:"), "utf-8")
    section = part(PageClient(create_app(settings)).get("/methods/harvest-jury"), "Related methods")
    assert texts(section, "a") == ["Barn meeting"]


def test_a_method_page_says_when_it_was_reviewed_by_whom_and_under_which_licence(
    page: PageClient,
) -> None:
    lines = texts(part(page.get("/methods/harvest-jury"), "About this page"), "li")
    assert lines[0].startswith("Last reviewed 15 January 2026")
    assert "By Ada Example (wrote)." in lines
    assert "Licence: Creative Commons Attribution 4.0." in lines
    assert "Permanent address: /methods/harvest-jury" in lines


def test_a_method_page_links_to_its_file_where_the_repository_is_set(app: Flask) -> None:
    settings = replace(
        app.extensions["catalogue"].settings,
        repository_url="https://github.com/o/repository",
        site_url="https://example.org",
    )
    soup = PageClient(create_app(settings)).get("/methods/harvest-jury")
    address = "https://github.com/o/repository/blob/main/methods/harvest-jury.md"
    assert soup.select_one(f'.colophon a[href="{address}"]')
    canonical = soup.select_one("link[rel=canonical]")
    assert canonical is not None
    assert canonical["href"] == "https://example.org/methods/harvest-jury"
