"""Every page template in a real browser: nothing sticks out, axe finds nothing, focus can be seen.

At three widths in light, at the narrowest in dark; and on paper. Axe takes most of the time, so it runs once a page and scheme.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from catalogue.settings import PROJECT
from tests.support.contrast import (
    AXE_WIDTH,
    KINDS,
    OPEN_ALL,
    RUN_AXE,
    SIDEWAYS,
    WIDTHS,
    edge_contrasts,
    visible_change,
)

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

BUSY = "/methods?q=people&format=in-person&weeks=52&colour=red&page=2"
AT_SIZE = "/methods?weeks=4&budget=2000&audience=service-users"
# A template, and addresses that show all it can show.
TEMPLATES = {
    "search/home.html": ["/"],
    "search/results.html": [
        "/methods",
        BUSY,
        AT_SIZE,
        "/methods?q=zzzz&cost=low",
        "/methods?q=autism",
    ],
    "method/method.html": [
        "/methods/citizens-jury",
        "/methods/depth-interview?weeks=4&budget=2000",
    ],
    "map/map.html": [
        "/map",
        "/map?x=talk&y=level",
        "/map?x=people&y=level&weeks=12&budget=5000&zzz=1",
    ],
    "deck/deck.html": ["/deck?q=jury&weeks=20"],
    "deck/sheet.html": ["/methods/citizens-jury/sheet?weeks=14&zzz=1"],
    "error.html": ["/methods/citizen-jurry"],
    "about/about.html": ["/about"],
    "api/api.html": ["/api"],
    "topics/topic.html": ["/purposes/deliberate", "/audiences/young-people"],
    "guidance/guides.html": ["/working-with"],
    "guidance/guide.html": ["/working-with/autistic-people"],
    "guidance/rules.html": ["/rules"],
    "guidance/rule.html": ["/rules/gunning-principles"],
    "compare/compare.html": [
        "/compare",
        "/compare?m=survey:light&m=citizens-jury&m=world-cafe&m=citizens-assembly:large&m=zzz",
    ],
    "plan/ask.html": [
        "/plan?ask=text",
        "/plan?ask=purpose&open=some",
        "/plan?ask=must&purpose=inform",
    ],
    "plan/plan.html": [
        "/plan",
        "/plan?weeks=0&budget=0",
        "/plan?purpose=deliberate&level=involve&budget=15000&asked_for=citizens-assembly&zzz=1"
        "&text=We+have+ten+weeks+and+people+are+furious",
    ],
    "plan/how_we_rank.html": ["/plan/how-we-rank"],
    "plan/steps.html": [
        "/plan/steps",
        "/plan/steps?m=survey:light&m=referendum&m=community-organising&m=citizens-jury&weeks=30&budget=50000&hours=99",
    ],
    "cases/case.html": ["/cases/leeds-climate-change-citizens-jury"],
    "data/data.html": ["/data"],
    "cases/cases.html": ["/cases", "/cases?q=council&result=mixed&zzz=1"],
    "about/glossary.html": ["/glossary"],
    "about/text.html": ["/before-you-choose"],
    "about/contributors.html": ["/contributors"],
    "about/quality.html": ["/about/quality"],
    "contribute/index.html": ["/contribute"],
    "contribute/new.html": ["/contribute/new?title=Barn+dance"],
    "contribute/check.html": ["/contribute/check"],
    "uses/uses.html": ["/uses"],
    "uses/use_form.html": ["/contribute/use?method=survey"],
}
ADDRESSES = [address for addresses in TEMPLATES.values() for address in addresses]
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


def test_every_template_is_looked_at() -> None:
    folder = PROJECT / "templates"
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("[!_]*.html")}
    # The page of a check that has to wait is looked at in test_contribute.py, as it answers a POST; the other is written
    # by `catalogue export site` alone. The handbook is all methods in one page, too large for axe; the page of the design
    # stands on a site in development alone, and is looked at in test_design.py.
    elsewhere = {
        "base.html",
        "about/design.html",
        "contribute/busy.html",
        "data/no_server.html",
        "handbook/handbook.html",
    }
    assert found - elsewhere == set(TEMPLATES)


@schemes
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_fits_passes_axe_and_loads_without_fault(
    shared_tab: Callable[[int, str], Any], address: str, scheme: str
) -> None:
    tab = shared_tab(AXE_WIDTH[scheme], scheme)
    page = tab.open(address)
    for parts in ("as they come", "all open"):
        if parts == "all open":
            page.evaluate(OPEN_ALL)
        for width in WIDTHS[scheme]:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(SIDEWAYS) == 0, (width, parts)
    assert page.evaluate(RUN_AXE) == []
    assert tab.faults == []


def test_on_a_phone_the_table_of_the_map_fits_and_each_figure_says_what_it_is(
    shared_tab: Callable[[int, str], Any],
) -> None:
    page = shared_tab(375, "light").open("/map?q=jury")
    table = page.query_selector_all(".map-table")[0]
    assert table.evaluate("(e) => e.scrollWidth - e.clientWidth") == 0
    row = table.query_selector_all("tbody tr")[0]
    cells = [cell.inner_text().partition(":")[0] for cell in row.query_selector_all("td")[1:]]
    assert cells == ["Money", "Weeks", "Hours", "People", "Most say", "Talk together"]


# The class of each part that scrolls inside itself and cannot be reached by the Tab key, or has no name.
UNREACHABLE = """() => [...document.querySelectorAll('main *')].filter((part) =>
  /auto|scroll/.test(getComputedStyle(part).overflowY + getComputedStyle(part).overflowX)
  && (part.scrollHeight > part.clientHeight || part.scrollWidth > part.clientWidth)
  && !(part.tabIndex === 0 && (part.ariaLabel || part.hasAttribute('aria-labelledby')))
).map((part) => part.className)"""


def test_what_scrolls_beside_the_text_of_a_method_can_be_scrolled_by_keyboard(
    shared_tab: Callable[[int, str], Any],
) -> None:
    page = shared_tab(1280, "light").open("/methods/citizens-jury")
    stays = page.query_selector_all(".beside__stays")[0]
    assert stays.evaluate("(e) => [e.tabIndex, e.getAttribute('role'), e.ariaLabel]") == [
        0,
        "region",
        "Contents and actions",
    ]
    page.set_viewport_size({"width": 1280, "height": 500})
    assert stays.evaluate("(e) => e.scrollHeight > e.clientHeight")
    assert page.evaluate(UNREACHABLE) == []
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize(
    ("address", "width"),
    [
        (BUSY, 1280),
        (BUSY, 375),
        ("/", 1280),
        ("/methods/citizens-jury", 1280),
        ("/contribute/new", 1280),
    ],
    ids=["results", "results on a phone", "home", "method", "form"],
)
@schemes
def test_each_kind_of_control_changes_visibly_when_it_gets_the_focus(
    shared_tab: Callable[[int, str], Any], address: str, width: int, scheme: str
) -> None:
    tab = shared_tab(width, scheme)
    page = tab.open(address)
    blank = page.context.new_page()
    page.bring_to_front()
    page.keyboard.press("Tab")
    page.evaluate(OPEN_ALL)
    faint = {}
    kinds = page.evaluate(KINDS)
    for kind in kinds:
        control = page.wait_for_selector(f"[data-kind={json.dumps(kind)}]")
        assert control is not None
        changed, outline = visible_change(page, blank, control)
        if changed < outline:
            faint[kind] = f"{changed} pixels change by 3:1, a line round it has {outline:.0f}"
    blank.close()
    assert len(kinds) >= 7
    assert faint == {}


@schemes
@pytest.mark.parametrize("address", ["/", BUSY, "/cases"])
def test_the_edges_of_fields_and_checkboxes_stand_out(
    shared_tab: Callable[[int, str], Any], address: str, scheme: str
) -> None:
    page = shared_tab(1280, scheme).open(address)
    edges = edge_contrasts(page, "input:not([type=hidden]), select")
    assert edges
    assert {name: edge for name, edge in edges.items() if edge < 3} == {}


@schemes
def test_paper_shows_results_without_navigation_and_filters(
    open_tab: Callable[..., Any], scheme: str
) -> None:
    page = open_tab(1280, scheme).open(BUSY)
    page.emulate_media(media="print")
    for selector in ("nav", ".filters", ".searchbox", ".skip-results", ".govuk-skip-link",
                     ".tags__clear", ".footer__links"):  # fmt: skip
        assert not [e for e in page.query_selector_all(selector) if e.is_visible()], selector
    for selector in ("h1", ".results__count", ".tags__tag", ".card__title", ".scales"):
        assert page.query_selector_all(selector)[0].is_visible(), selector


@schemes
def test_paper_shows_a_method_whole_in_black_with_the_addresses_of_its_sources(
    open_tab: Callable[..., Any], scheme: str
) -> None:
    page = open_tab(1280, scheme).open("/methods/citizens-jury")
    page.emulate_media(media="print")
    for selector in ("nav", ".contents", ".govuk-breadcrumbs", ".footer__links"):
        assert not [e for e in page.query_selector_all(selector) if e.is_visible()], selector
    for selector in ("h1", ".glance", ".part .prose", ".case", ".sources", ".colophon"):
        assert page.query_selector_all(selector)[0].is_visible(), selector
    text = page.evaluate(
        "getComputedStyle(document.querySelector('.sources a'), '::after').content"
    )
    address = page.query_selector_all(".sources a")[0].get_attribute("href")
    assert text in (f'" (" "{address}" ")"', f'" ({address})"')
    colours = page.evaluate(
        "[document.body, document.querySelector('.prose')].map("
        "(e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color])"
    )
    assert colours[0][0] == "rgb(255, 255, 255)"
    assert colours[1][1] in ("rgb(22, 25, 29)", "rgb(0, 0, 0)")
