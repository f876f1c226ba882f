"""The page that compares methods: facts as rows, differences in words, and a choice that lives in the address."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from docx import Document as open_word
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.page import PageClient
from tests.support.reading import texts, words

pytest_plugins = ["tests.support.real_site"]
TWO = "/compare?m=survey:light&m=citizens-jury"


@pytest.fixture
def site(real_app: Flask) -> PageClient:
    return PageClient(real_app)


def rows(soup: BeautifulSoup) -> dict[str, tuple[str, list[str]]]:
    """Return the verdict and the cells of each row by its label, without the names that phones show."""
    found = {}
    for row in soup.select(".compare tbody tr"):
        for name in row.select(".compare__of"):
            name.extract()
        head = row.select_one("th[scope=row]")
        assert head is not None
        verdict = head.select_one(".compare__verdict")
        verdict_text = words(verdict.extract()) if verdict else ""
        found[words(head)] = (verdict_text, [words(cell) for cell in row.select("td")])
    return found


def test_methods_stand_as_columns_in_the_sizes_of_the_address(site: PageClient) -> None:
    soup = site.get(TWO)
    assert texts(soup, ".compare thead th[scope=col]") == [
        "Fact", "Survey light version", "Citizens' jury usual run",
    ]  # fmt: skip
    assert words(soup.h1) == "Compare 2 methods"


def test_a_fact_says_in_words_whether_it_differs_and_which_method_needs_least(
    site: PageClient,
) -> None:
    found = rows(site.get(TWO))
    verdict, cells = found["From idea to result"]
    assert verdict == "Differs"
    assert cells[0].endswith("Quickest of these")
    assert cells[1].endswith(" weeks")
    assert "Cheapest of these" in found["Cost, without your own staff"][1][0]
    same = rows(site.get("/compare?m=citizens-jury&m=citizens-jury:light"))
    assert same["Purpose"][0] == "The same"
    assert same["One-off or standing"][0] == "The same"


def test_two_sizes_of_one_method_can_be_compared(site: PageClient) -> None:
    soup = site.get("/compare?m=citizens-jury&m=citizens-jury:light&m=citizens-jury:light")
    assert texts(soup, ".compare thead th .compare__size") == ["usual run", "light version"]


def test_the_four_facts_with_a_shared_scale_have_a_bar_for_each_method(site: PageClient) -> None:
    soup = site.get(TWO)
    bars = {
        words(row.th): [len(cell.select(".bar .bar__fit")) for cell in row.select("td")]
        for row in soup.select(".compare tbody tr")
        if row.select(".bar")
    }
    assert bars == {
        f"{label} Differs": [1, 1]
        for label in ("People in all", "From idea to result", "Time for each person", "Cost, without your own staff")
    }  # fmt: skip


def test_limits_are_lines_across_the_bars_and_stay_with_every_link(site: PageClient) -> None:
    soup = site.get(f"{TWO}&weeks=8&budget=2000&people=20")
    used = [use["href"] for use in soup.select(".compare .bar use")]
    assert used == [
        f"#limit-{n}" for n in ("people", "people", "weeks", "weeks", "budget", "budget")
    ]
    assert len(soup.select(".bars-limits path")) == 3
    links = {words(a): str(a["href"]) for a in soup.select("main a")}
    assert links["Survey"] == (
        "/methods/survey?people=20&weeks=8&budget=2000&compare=survey:light&compare=citizens-jury"
    )
    assert links["Remove Survey, light version"].endswith("&people=20&weeks=8&budget=2000")
    assert links["Add to my plan: Citizens' jury, usual run"].endswith("&weeks=8&budget=2000")
    assert site.get("/compare?m=survey&weeks=lots").select_one(".notices")


def test_what_breaks_a_limit_says_so_in_words_beside_its_figures(site: PageClient) -> None:
    soup = site.get("/compare?m=citizens-assembly:light&m=citizens-assembly&weeks=39&budget=60000")
    broken = {
        words(row.select_one("th[scope=row]")): [texts(cell, ".compare__broken") for cell in row.select("td")]
        for row in soup.select(".compare tbody tr")
        if row.select(".compare__broken")
    }  # fmt: skip
    assert broken == {
        "Cost, without your own staff Differs": [[], ["Does not fit: up to £60,000."]]
    }
    assert site.get("/compare?m=citizens-assembly").select(".compare__broken") == []


def test_cards_hand_the_limits_of_a_list_on_to_the_comparison_and_the_plan(
    site: PageClient,
) -> None:
    card = site.get("/methods?weeks=4&people=20").select_one(".card")
    assert card is not None
    compare, plan = (str(a["href"]) for a in card.select(".card__choose a"))
    assert compare.startswith("/compare?people=20&weeks=4&m=")
    assert plan.startswith("/plan/steps?weeks=4&m=")


def test_an_estimate_has_its_sign_the_words_for_those_who_hear_it_and_a_legend(
    site: PageClient,
) -> None:
    soup = site.get("/compare?m=survey:light&m=world-cafe")
    cost = rows(soup)["Cost, without your own staff"][1]
    assert cost[0].startswith("£0 to £300 ≈our estimate, ")
    assert cost[1] == "£500 to £5,000 ≈our estimate"
    assert texts(soup, ".scales-key__sign") == ["≈ our estimate"]


@pytest.mark.parametrize("address", ["/compare", "/compare?m=", "/compare?m=survey"])
def test_with_fewer_than_two_methods_the_page_says_how_to_choose(
    site: PageClient, address: str
) -> None:
    soup = site.get(address)
    assert words(soup.h1) == "Compare methods"
    assert "Put two to four methods side by side" in words(soup.main)
    assert soup.select("form.pick select[name=m] option")


def test_what_cannot_be_used_is_noticed(site: PageClient) -> None:
    soup = site.get(
        "/compare?m=zzz&m=survey:huge&m=focus-group:large&m=a&m=b&m=citizens-jury&colour=red"
    )
    assert texts(soup, ".notices p") == [
        "We took the usual run for “survey:huge”. The sizes are: light, usual, large.",
        "There is room for 4 methods here. We left out: b, citizens-jury.",
        "We left out “zzz”, as no method here has that name.",
        *(["We took the usual run for “focus-group:large”, as its page describes no such size."]
          if "focus-group:large" in words(soup.main) else []),
        "We left out “a”, as no method here has that name.",
        "We ignored “colour”, which is not a filter we know.",
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["/compare", "/plan/steps"])
def test_a_name_that_cannot_be_seen_is_written_as_an_escape(site: PageClient, address: str) -> None:
    soup = site.get(f"{address}?m=%00")
    assert texts(soup, ".notices p") == [r"We left out “\x00”, as no method here has that name."]


def test_a_long_list_of_what_is_left_out_ends_with_how_many_more(site: PageClient) -> None:
    soup = site.get("/compare?" + "&".join(f"m=x{number}" for number in range(32)))
    assert texts(soup, ".notices p")[0] == (
        "There is room for 4 methods here. We left out: x4, x5, x6, x7, x8, x9, x10, x11 and 20 more."
    )


def test_links_change_the_size_remove_a_method_and_add_it_to_the_plan(site: PageClient) -> None:
    soup = site.get(TWO + "&plan=world-cafe")
    links = {words(a): a["href"] for a in soup.select(".compare-change a")}
    assert links["Add to my plan: Survey, light version"] == (
        "/plan/steps?m=world-cafe&m=survey:light&compare=survey:light&compare=citizens-jury"
    )
    assert links["Remove Survey, light version"] == "/compare?m=citizens-jury&plan=world-cafe"
    assert "/compare?m=survey&m=citizens-jury&plan=world-cafe" in links.values()
    hidden = [(i["name"], i["value"]) for i in soup.select("form.pick input[type=hidden]")]
    assert hidden == [("m", "survey:light"), ("m", "citizens-jury"), ("plan", "world-cafe")]


def test_the_way_to_the_catalogue_carries_the_choice(site: PageClient) -> None:
    soup = site.get(TWO)
    (onward,) = soup.select(".onward a")
    assert onward["href"] == "/methods?compare=survey:light&compare=citizens-jury"


@settings(max_examples=20, deadline=None, database=None)
@given(st.lists(st.tuples(st.sampled_from(["m", "plan", "x"]), st.text(max_size=20)), max_size=8))
def test_any_address_gets_a_sound_page(app: Flask, pairs: list[tuple[str, str]]) -> None:
    assert PageClient(app).get(f"/compare?{urlencode(pairs)}")


def test_a_comparison_is_downloaded_as_word_and_as_csv(site: PageClient, real_app: Flask) -> None:
    (word_link, csv_link) = [
        str(a["href"]) for a in site.get(TWO).select("a[download]") if "/compare" in str(a["href"])
    ]
    client = real_app.test_client()
    table = list(csv.reader(io.StringIO(client.get(csv_link).text)))
    shown = rows(site.get(TWO))
    assert table[0] == ["Fact", "Differs", "Survey, light version", "Citizens' jury"]
    assert [row[0] for row in table[1:]] == list(shown)
    assert [row[1] == "true" for row in table[1:]] == [v == "Differs" for v, _ in shown.values()]
    word = open_word(io.BytesIO(client.get(word_link).data))
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows][1:] == [
        [row[0], *(cell.removeprefix("'") for cell in row[2:])] for row in table[1:]
    ]


def test_a_format_that_there_is_not_is_ignored_and_said(site: PageClient) -> None:
    soup = site.get(f"{TWO}&format=pdf")
    assert words(soup.h1) == "Compare 2 methods"
    assert "pdf" in words(soup.select_one(".notices"))
