"""Tests of credits: how names are gathered, that the build keeps them, and where the site shows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from catalogue.build.builder import build
from catalogue.model.method import Credit
from catalogue.search.credits import Contributor, Work, gather
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.vocabulary import VOCABULARY
from catalogue.web import create_app
from tests.support.editing import change
from tests.support.page import PageClient
from tests.support.reading import part, texts, words

pytest_plugins = ["tests.support.real_site"]

BARN, JURY = ("barn", "Barn meeting"), ("jury", "Harvest jury")


def names(*given: str) -> list[str]:
    return [person.name for person in gather((*BARN, Credit(name)) for name in given)]


def test_the_work_of_one_name_is_joined_by_kind_in_the_order_of_the_vocabulary() -> None:
    assert gather(
        [
            (*BARN, Credit("Ada", "reviewed")),
            (*BARN, Credit("Ada", "wrote")),
            (*JURY, Credit("Ada", "wrote")),
        ]
    ) == (Contributor("Ada", "", (Work("wrote", (BARN, JURY)), Work("reviewed", (BARN,)))),)


def test_a_name_is_one_whatever_its_capitals_and_spaces_and_keeps_its_first_spelling() -> None:
    assert names("Ada  Example", "ada example", "ADA EXAMPLE ") == ["Ada  Example"]


def test_a_method_that_names_somebody_twice_for_one_thing_is_listed_once() -> None:
    (person,) = gather([(*BARN, Credit("Ada", "wrote")), (*BARN, Credit("Ada", "wrote"))])
    assert person.works == (Work("wrote", (BARN,)),)


def test_the_first_link_given_is_shown() -> None:
    links = ("", "https://example.org/a", "https://example.org/b")
    (person,) = gather((*BARN, Credit("Ada", "wrote", link)) for link in links)
    assert person.url == "https://example.org/a"


def test_work_without_a_kind_comes_last() -> None:
    (person,) = gather([(*BARN, Credit("Ada")), (*JURY, Credit("Ada", "translated"))])
    assert person.works == (Work("translated", (JURY,)), Work("", (BARN,)))


def test_a_name_is_one_whatever_its_accents() -> None:
    assert names("Łukasz Żak", "Lukasz Zak", "Łukasz Z\u0307ak") == ["Łukasz Żak"]


def test_nobody_named_is_nobody_gathered() -> None:
    assert gather([]) == ()


def people(soup: BeautifulSoup) -> dict[str, Tag]:
    return {words(one.h2): one for one in soup.select(".people__one")}


def site(settings: Settings) -> PageClient:
    return PageClient(create_app(replace(settings, site_url="")))


def credit(folder: Path, name: str, credits: str) -> None:
    """Give a method of the copy these contributors, or none."""
    change(folder / name, '  - {name: "Ada Example", role: wrote}\n', credits)


def test_the_page_names_each_contributor_with_kinds_and_methods(page: PageClient) -> None:
    soup = page.get("/contributors")
    assert words(soup.h1) == "Who made the catalogue"
    shown = people(soup)
    assert list(shown) == ["Ada Example"]
    assert texts(shown["Ada Example"], ".people__kind") == ["Wrote: 1 method"]
    links = [(words(link), link["href"]) for link in shown["Ada Example"].select("a")]
    assert links == [("Harvest jury", "/methods/harvest-jury")]
    assert words(soup.select_one(".govuk-body-l")) == (
        "One person or group worked on these methods. You could be the next."
    )


def test_a_link_of_a_contributor_gives_nothing_away_and_a_name_is_never_markup(
    methods_dir: Path, settings: Settings
) -> None:
    credit(methods_dir, "harvest-jury.md",
           '  - {name: "<b>Ada</b> & co", role: wrote, url: "https://example.org/?a=1&b=2"}\n'
           '  - {name: "Bea", role: reviewed}\n')  # fmt: skip
    soup = site(settings).get("/contributors")
    assert list(people(soup)) == ["<b>Ada</b> & co", "Bea"]
    assert words(soup.select_one(".govuk-body-l")).startswith("2 people and groups worked on")
    (link,) = people(soup)["<b>Ada</b> & co"].select("h2 a")
    assert link["href"] == "https://example.org/?a=1&b=2"
    assert link["rel"] == ["noopener", "noreferrer"]
    assert people(soup)["Bea"].select("h2 a") == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org"])
def test_a_link_that_is_no_web_address_keeps_the_method_off_the_site(
    methods_dir: Path, settings: Settings, address: str
) -> None:
    credit(methods_dir, "harvest-jury.md", f'  - {{name: "Ada", url: "{address}"}}\n')
    result = build(methods_dir, settings.index_dir)
    assert [problem.code for problem in result.problems][:1] == ["address-unusable"]
    assert Snapshot(result.folder).contributors == ()


def test_credits_follow_a_changed_file_and_leave_with_it(
    methods_dir: Path, settings: Settings
) -> None:
    def now() -> list[str]:
        return [
            p.name for p in Snapshot(build(methods_dir, settings.index_dir).folder).contributors
        ]

    assert now() == ["Ada Example"]
    credit(methods_dir, "harvest-jury.md", '  - {name: "Bea"}\n  - {name: "Cy"}\n')
    assert now() == ["Bea", "Cy"]
    (methods_dir / "harvest-jury.md").unlink()
    assert now() == []


def test_without_any_contributor_the_page_says_so_and_how_to_be_named(
    methods_dir: Path, settings: Settings
) -> None:
    change(methods_dir / "harvest-jury.md", "contributors:\n", "")
    credit(methods_dir, "harvest-jury.md", "")
    soup = site(settings).get("/contributors")
    assert words(soup.select_one(".govuk-body-l")) == (
        "No method names its contributors yet. You could be the first."
    )
    assert soup.select(".people") == []
    assert "How to be named" in texts(soup, "h2")


def test_the_page_names_every_role_of_the_vocabulary(page: PageClient) -> None:
    shown = texts(page.get("/contributors"), ".prose p code")
    assert shown == list(VOCABULARY.choices["role"].values)


def test_a_long_list_is_folded_and_whole(real_app: Flask) -> None:
    soup = PageClient(real_app).get("/contributors")
    one = people(soup)["The catalogue's founders"]
    methods = len(one.select("details .people__methods a"))
    assert words(one.summary) == f"Wrote: {methods} methods"
    assert methods > 90


def test_a_method_page_names_its_contributors(page: PageClient) -> None:
    lines = texts(part(page.get("/methods/harvest-jury"), "About this page"), "li")
    assert "By Ada Example (wrote)." in lines


@pytest.mark.parametrize("address", ["/", "/contributors", "/methods/harvest-jury"])
def test_every_footer_leads_to_the_contributors(page: PageClient, address: str) -> None:
    link = page.get(address).select_one("footer a[href='/contributors']")
    assert words(link) == "Who made it"


def test_who_would_be_named_is_led_to_the_ways_in(page: PageClient) -> None:
    links = [str(a["href"]) for a in page.get("/contributors").select("main .prose a")]
    assert "/contribute" in links
