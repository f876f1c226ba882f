"""What a visitor chooses to compare and to plan with lives in the address alone, and search and pages carry it along."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from catalogue.search.chosen import MAX_COMPARED, MAX_STEPS, Chosen, Pick, read_chosen
from catalogue.search.parameters import Notice
from catalogue.web.middleware.canonical_url import canonical
from tests.support.page import PageClient
from tests.support.reading import texts, words

pytest_plugins = ["tests.support.real_site"]
CHOICE = "compare=harvest-jury&plan=orchard-walk"


def carried(address: str) -> list[tuple[str, str]]:
    """Return the choice that an address carries."""
    return [pair for pair in parse_qsl(urlsplit(address).query) if pair[0] in ("compare", "plan")]


def link(soup: BeautifulSoup, selector: str, text: str) -> str:
    (found,) = [a["href"] for a in soup.select(selector) if words(a) == text]
    return str(found)


def test_a_card_and_a_page_offer_both_without_a_choice(page: PageClient) -> None:
    soup = page.get("/methods")
    assert link(soup, ".card__choose a", "Compare: Harvest jury") == "/compare?m=harvest-jury"
    assert (
        link(soup, ".card__choose a", "Add to my plan: Harvest jury")
        == "/plan/steps?m=harvest-jury"
    )
    assert not soup.select(".choice")
    method = page.get("/methods/harvest-jury")
    assert link(method, ".method__choose a", "Compare") == "/compare?m=harvest-jury"
    assert link(method, ".method__choose a", "Add to my plan") == "/plan/steps?m=harvest-jury"
    assert not method.select(".choice")  # fmt: skip


def test_the_link_of_a_card_takes_the_size_that_fits(real_app: Flask) -> None:
    soup = PageClient(real_app).get("/methods?weeks=4&budget=2000")
    sized = {
        a["href"]
        for a in soup.select(".card__choose a")
        if ":" in a["href"] and a["href"].startswith("/compare")
    }
    assert sized
    assert all(address.endswith((":light", ":large")) for address in sized)


def test_a_page_offers_each_of_its_sizes(real_app: Flask) -> None:
    soup = PageClient(real_app).get("/methods/survey")
    added = [a["href"] for a in soup.select(".sizes__choose a") if "plan" in a["href"]]
    assert added == ["/plan/steps?m=survey:light", "/plan/steps?m=survey", "/plan/steps?m=survey:large"]  # fmt: skip


def test_a_search_carries_the_choice_in_every_link_and_in_its_form(page: PageClient) -> None:
    soup = page.get(f"/methods?{CHOICE}&purpose=deliberate&weeks=52")
    expected = parse_qsl(CHOICE)
    links = soup.select(".card__title a, .tags a, .govuk-pagination a")
    assert links
    for a in links:
        assert carried(a["href"]) == expected, a["href"]
    hidden = [(i["name"], i["value"]) for i in soup.select("form.search input[type=hidden]")]
    assert hidden == expected
    assert soup.select('meta[name="robots"][content="noindex, follow"]')


def test_a_choice_is_shown_leads_on_and_can_be_forgotten(page: PageClient) -> None:
    soup = page.get(f"/methods?{CHOICE}&weeks=52")
    assert texts(soup, ".choice__line")[0].startswith("To compare: Harvest jury (usual run).")
    assert (
        link(soup, ".choice a", "See them side by side")
        == "/compare?m=harvest-jury&plan=orchard-walk&weeks=52"
    )
    assert (
        link(soup, ".choice a", "Open my plan")
        == "/plan/steps?m=orchard-walk&compare=harvest-jury&weeks=52"
    )
    assert link(soup, ".choice a", "Choose more methods") == f"/methods?weeks=52&{CHOICE}"
    assert link(soup, ".choice a", "Forget this choice") == "/methods?weeks=52"
    assert (
        link(soup, ".card__choose a", "Compare: Reed panel")
        == "/compare?m=harvest-jury&plan=orchard-walk&weeks=52&m=reed-panel"
    )
    compared = page.get("/compare?m=harvest-jury&plan=orchard-walk&weeks=52&m=reed-panel")
    assert words(compared.h1) == "Compare 2 methods"  # fmt: skip


LIMITS = "people=20-40&weeks=12&hours=3&budget=5000"


@pytest.mark.parametrize(
    "address", ["/methods", "/methods/reed-panel", "/map", "/purposes/deliberate"]
)
def test_the_bar_takes_all_limits_to_the_comparison_and_those_of_a_plan_to_the_plan(
    page: PageClient, address: str
) -> None:
    soup = page.get(f"{address}?{LIMITS}&{CHOICE}")
    compared, plan = (
        parse_qsl(urlsplit(link(soup, ".choice a", text)).query)
        for text in ("See them side by side", "Open my plan")
    )
    assert compared == [("m", "harvest-jury"), ("plan", "orchard-walk"), *parse_qsl(LIMITS)]
    # Each step of a plan has people of its own.
    assert plan == [("m", "orchard-walk"), ("compare", "harvest-jury"), *parse_qsl(LIMITS)[1:]]


def test_a_method_page_carries_the_choice_and_keeps_the_limits(page: PageClient) -> None:
    soup = page.get(f"/methods/reed-panel?weeks=12&{CHOICE}")
    assert (
        link(soup, ".method__choose a", "Compare")
        == "/compare?m=harvest-jury&m=reed-panel&plan=orchard-walk&weeks=12"
    )
    assert link(soup, ".choice a", "Forget this choice") == "/methods/reed-panel?weeks=12"
    for a in soup.select(".related .related__list a"):
        assert carried(a["href"]) == parse_qsl(CHOICE)  # fmt: skip


def test_a_choice_of_methods_that_are_not_here_shows_nothing(page: PageClient) -> None:
    for address in ("/methods?compare=zzz&plan=yyy:light", "/methods/reed-panel?compare=zzz"):
        assert not page.get(address).select(".choice")


def test_one_page_is_cached_once_for_all_ways_to_write_a_choice() -> None:
    assert canonical("/methods", f"{CHOICE}&q=a") == canonical("/methods", "q=a&plan=orchard-walk&compare=harvest-jury&compare=Harvest-Jury")  # fmt: skip
    method = "/methods/reed-panel"
    assert canonical(method, f"utm=1&{CHOICE}") == canonical(method, f"{CHOICE}&x=2")
    assert canonical(method, CHOICE) != canonical(method, "compare=harvest-jury")
    assert canonical(method, "compare=harvest-jury&compare=reed-panel") != canonical(
        method, "compare=reed-panel&compare=harvest-jury"
    )


@settings(max_examples=100, deadline=None, database=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["compare", "plan"]),
            st.one_of(st.text(max_size=12), st.sampled_from(["a", "a:light", "a:huge", "b:usual"])),
        ),
        max_size=20,
    )
)
def test_what_is_read_is_written_as_it_is_read_again(pairs: list[tuple[str, str]]) -> None:
    notices: list[Notice] = []
    chosen = read_chosen(MultiDict(pairs), notices)
    assert len(chosen.compare) <= MAX_COMPARED
    assert len(chosen.plan) <= MAX_STEPS
    again = read_chosen(MultiDict(chosen.carried()), notices := [])
    assert again == chosen
    assert notices == []


@pytest.mark.parametrize("size", ["usual", "light"])
def test_a_method_is_chosen_once_in_each_size(size: str) -> None:
    chosen = Chosen((Pick("a", size),))
    assert chosen.with_compared(Pick("a", size)) == chosen
    assert len(chosen.with_compared(Pick("a", "large")).compare) == 2


def test_the_planner_carries_the_choice_and_opens_its_process_as_a_plan(real_app: Flask) -> None:
    site = PageClient(real_app)
    kept = "compare=survey%3Alight&plan=world-cafe"
    soup = site.get(f"/plan?purpose=gather-views&weeks=12&budget=5000&{kept}")
    assert not soup.select(".notices")
    expected = parse_qsl(kept)
    hidden = [(i["name"], i["value"]) for i in soup.select("form.plan-form input[type=hidden]")]
    assert [pair for pair in hidden if pair[0] in ("compare", "plan")] == expected
    titles = soup.select(".card__title a")
    assert titles
    assert all(carried(a["href"]) == expected for a in titles)
    opened = link(
        soup, "#process ~ p a", "Open this process: change it, and see its weeks and costs"
    )
    steps = site.get(opened)
    assert len(steps.select(".steps__one")) == len(soup.select(".plan-steps > li"))
    assert "limit of 12 weeks" in words(steps.select_one(".sums"))
    added = [a["href"] for a in soup.select(".card__choose a") if a["href"].startswith("/plan/")]
    assert added
    assert all("m=world-cafe&m=" in address for address in added)
    assert link(soup, ".choice a", "Forget this choice") == "/plan?purpose=gather-views&weeks=12&budget=5000"  # fmt: skip


def test_what_one_visitor_chose_stands_on_no_page_of_another(page: PageClient) -> None:
    asked = "/plan?purpose=deliberate"
    without = page.get(asked)
    with_choice = page.get(f"{asked}&{CHOICE}")
    other = page.get(f"{asked}&compare=orchard-walk")
    assert not without.select(".choice")
    assert "Harvest jury" in words(with_choice.select_one(".choice"))
    assert "Harvest jury" not in words(other.select_one(".choice"))
    assert not page.get(asked).select(".choice")


NO_PAGES = ("/api", "/contribute", "/data", "/feed", "/opensearch", "/static", "/compare", "/plan/steps")  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/", "/purposes/deliberate", "/audiences/members", "/working-with", "/rules", "/rules/gunning-principles",
     "/cases", "/map", "/glossary", "/methods", "/methods/reed-panel", "/plan?purpose=deliberate"],
)  # fmt: skip
def test_every_link_and_search_form_of_a_page_carries_the_choice(
    page: PageClient, path: str
) -> None:
    soup = page.get(f"{path}{'&' if '?' in path else '?'}{CHOICE}")
    assert not soup.select(".notices")
    assert len(soup.select(".choice")) == 1
    expected = parse_qsl(CHOICE)
    links = [a["href"] for a in soup.select("a[href^='/']") if not a.find_parent(class_="choice")]
    pages = [
        href for href in links if not href.startswith(NO_PAGES) and "." not in urlsplit(href).path
    ]
    assert len(pages) > 10
    # Links that add a method to a set have it under the name of the set.
    assert [href for href in pages if not set(expected) <= set(carried(href))] == []
    for form in soup.select("form[method=get]"):
        hidden = [(str(i["name"]), str(i["value"])) for i in form.select("input[type=hidden]")]
        assert [pair for pair in hidden if pair[0] in ("compare", "plan")] == expected
    forget = link(soup, ".choice a", "Forget this choice")
    assert carried(forget) == []
    assert urlsplit(forget).path == urlsplit(path).path


def test_a_link_to_a_set_of_its_own_has_the_choice_under_the_names_of_that_page(
    page: PageClient,
) -> None:
    soup = page.get(f"/?{CHOICE}")
    opened = {urlsplit(a["href"]).path: a["href"] for a in soup.select("a[href^='/plan/steps'], a[href^='/compare']")}  # fmt: skip
    assert opened["/plan/steps"] == "/plan/steps?m=orchard-walk&compare=harvest-jury"


def test_without_a_choice_no_page_is_touched(page: PageClient) -> None:
    plain = page.get("/cases").select("a[href]")
    other = page.get("/cases?compare=zzz").select("a[href]")
    assert [a["href"] for a in plain] == [a["href"] for a in other]
