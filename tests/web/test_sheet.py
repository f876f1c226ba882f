"""One page of a method for a folder: what it has, in the size that fits, and where it is linked."""

from __future__ import annotations

import pytest

from tests.support.page import PageClient
from tests.support.reading import texts, words

JURY = "/methods/harvest-jury/sheet"


def test_a_sheet_has_the_sentence_the_scales_when_to_use_it_steps_cost_and_a_case(
    page: PageClient,
) -> None:
    soup = page.get(JURY)
    assert words(soup.h1) == "Harvest jury"
    assert texts(soup, "h2") == ["Use it when", "Avoid it when", "How to run it", "What it costs", "One case"]  # fmt: skip
    assert texts(soup, ".sheet__scales dt") == ["Money", "Weeks", "Hours", "People"]
    assert len(soup.select(".sheet .picture")) == 1
    assert words(soup.select_one("section[aria-labelledby=case] p")) == (
        "Worked: The council changed its plan. Jury at Appleby, Appleby, United Kingdom, 2019 (example.org)."
    )
    assert "/methods/harvest-jury" in words(soup.select_one(".sheet__foot"))


def test_a_sheet_carries_the_limits_of_the_page_that_leads_to_it_and_back(page: PageClient) -> None:
    soup = page.get("/methods/harvest-jury?weeks=20")
    links = [a["href"] for a in soup.select(".actions a") if words(a) == "One page for a folder"]
    assert links == [f"{JURY}?weeks=20"]
    sheet = page.get(links[0])
    assert sheet.select(".bars-limits #limit-weeks")
    assert [a["href"] for a in sheet.select(".sheet-about a")] == ["/methods/harvest-jury?weeks=20"]


def test_what_a_sheet_does_not_understand_is_said(page: PageClient) -> None:
    soup = page.get(f"{JURY}?weeks=lots")
    assert texts(soup, ".notices p") == [
        "We ignored “lots” for “How many weeks do you have?”. Write a number or a range, such as 12."
    ]


@pytest.mark.parametrize("slug", ["no-such-method", "%00", "..%2f.."])
def test_a_sheet_of_no_method_is_not_found(page: PageClient, slug: str) -> None:
    assert page.client.get(f"/methods/{slug}/sheet").status_code in (301, 308, 404)
