"""On paper, as PDFs that Chromium makes: how many sheets of A4 each page takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from catalogue.search.snapshot import Snapshot

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

# Those with the longest texts, and two of usual length.
METHODS = ("deliberative-workshop", "public-meeting", "exhibition-open-house", "focus-group", "citizens-jury", "fishbowl")  # fmt: skip
# Those whose use, steps, cost and case are longest.
LONGEST_SHEETS = ("citizens-panel", "mutual-learning-inquiry", "survey", "planning-cell", "tenant-management", "open-space-technology")  # fmt: skip


def sheets(open_tab: Callable[..., Any], address: str) -> int:
    """Return how many pages the PDF of an address has."""
    pdf = open_tab().open(address).pdf(format="A4", prefer_css_page_size=True)
    return pages(pdf)


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF of Chromium has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("slug", METHODS)
def test_a_method_takes_two_sheets(open_tab: Callable[..., Any], slug: str) -> None:
    assert sheets(open_tab, f"/methods/{slug}") == 2


@pytest.mark.parametrize("slug", LONGEST_SHEETS)
def test_a_method_for_a_folder_takes_one_sheet(open_tab: Callable[..., Any], slug: str) -> None:
    assert sheets(open_tab, f"/methods/{slug}/sheet") == 1


@pytest.mark.process
def test_every_method_takes_two_sheets_and_one_for_a_folder(
    open_tab: Callable[..., Any], real: Snapshot
) -> None:
    page = open_tab()
    other = {}
    for card in real.cards:
        for address, wanted in ((f"/methods/{card.slug}", 2), (f"/methods/{card.slug}/sheet", 1)):
            pdf = page.open(address).pdf(format="A4", prefer_css_page_size=True)
            if (taken := pages(pdf)) != wanted:
                other[address] = taken
    assert other == {}


@pytest.mark.parametrize("query", ["", "&q=people&weeks=4"])
def test_a_list_has_twelve_methods_a_sheet(open_tab: Callable[..., Any], query: str) -> None:
    assert open_tab().open(f"/methods?per_page=24{query}").locator(".card").count() == 24
    assert sheets(open_tab, f"/methods?per_page=24{query}") == 2


def test_a_deck_has_four_cards_a_sheet_with_fronts_and_backs(open_tab: Callable[..., Any]) -> None:
    tab = open_tab()
    cards = int(tab.open("/deck?q=talk&weeks=4").locator(".deck-card h2").count() / 2)
    assert cards > 8
    assert sheets(open_tab, "/deck?q=talk&weeks=4") == 2 * -(-cards // 4)


# With the longest estimates, with the most proposals, with light steps and limits, and one that the planner made.
PLANS = (
    "m=citizens-assembly&m=citizens-jury&m=planning-cell",
    "m=citizens-assembly&m=participatory-budgeting&m=design-charrette&purpose=deliberate&weeks=40",
    "m=survey:light&m=deliberative-workshop&m=citizens-jury",
    "m=demand-analysis:light&m=depth-interview:light&m=leaflets-and-newsletters:light&weeks=4&budget=2000",
)


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_of_three_steps_takes_two_sheets(open_tab: Callable[..., Any], plan: str) -> None:
    assert sheets(open_tab, f"/plan/steps?{plan}") <= 2
