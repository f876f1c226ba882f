"""Tests of the page of one case: what it says, where it leads, and that every real case has one."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from catalogue.search.snapshot import Snapshot
from tests.support.page import PageClient
from tests.support.reading import texts, words

pytest_plugins = ["tests.support.real_site"]
APPLEBY = "/cases/jury-at-appleby"


def facts(soup: BeautifulSoup) -> dict[str, str]:
    return {words(row.dt): words(row.dd) for row in soup.select(".glance__row")}


def test_the_page_says_what_is_known_of_the_case_and_leads_on(page: PageClient) -> None:
    soup = page.get(APPLEBY)
    assert words(soup.h1) == "Jury at Appleby"
    assert words(soup.select_one("main .govuk-body-l")) == "Worked: The council changed its plan."
    assert facts(soup) == {
        "Result": "Worked It changed a decision or a service, or did what it set out to do",
        "Method": "Harvest jury",
        "Place": "Appleby, United Kingdom",
        "Year": "2019",
        "People": "16",
        "Sector": "Environment and climate Climate, energy, water, waste, nature and farming",
    }
    links = {words(link): link["href"] for link in soup.select("main a")}
    assert links["Read about it at example.org"] == "https://example.org/appleby"
    assert links["Harvest jury"] == "/methods/harvest-jury"
    assert links["Environment and climate"] == "/cases?sector=environment"


@pytest.mark.parametrize("slug", ["no-such-case", "Jury", "%00", "x" * 3000, "..%2f..", "é"])
def test_an_unknown_case_is_not_found(page: PageClient, slug: str) -> None:
    assert page.client.get(f"/cases/{slug}").status_code in (301, 308, 404)


def test_every_real_case_has_a_page_of_its_own_beside_others(
    real_app: Flask, real: Snapshot
) -> None:
    assert len({entry.page for entry in real.cases}) == len(real.cases)
    site = PageClient(real_app)
    for entry in real.cases[::25]:
        soup = site.get(f"/cases/{entry.page}")
        assert words(soup.h1) == " ".join(entry.case.title.split())
        near = [str(link["href"]) for link in soup.select(".related__list a")]
        assert f"/cases/{entry.page}" not in near
        assert len(near) == len(set(near))
        for address in near:
            assert real.case_pages[address.removeprefix("/cases/")].page


def test_a_list_of_cases_and_a_method_lead_to_their_pages(real_app: Flask, real: Snapshot) -> None:
    site = PageClient(real_app)
    entry = real.cases[0]
    titles = {
        words(link): str(link["href"])
        for link in site.get(f"/methods/{entry.slug}").select(".case__title a")
    }
    assert titles[" ".join(entry.case.title.split())] == f"/cases/{entry.page}"
    listed = site.get("/cases").select(".case__title a")
    assert all(str(link["href"]).startswith("/cases/") for link in listed)
    assert len(texts(site.get("/cases"), ".case__title a")) == len(listed) == 30
