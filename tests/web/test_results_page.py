"""The results page: cards, filters with counts, filter tags, sort, paging, notices, no result."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from catalogue.vocabulary import VOCABULARY
from tests.support.page import PageClient
from tests.support.reading import attribute, texts, words

EVERYTHING = "/methods?q=village&purpose=gather-views&purpose=inform&cost=low&people=20-40&weeks=12&sort=cost"


def titles(soup: BeautifulSoup) -> list[str]:
    return texts(soup, ".card__title")


def facts(soup: BeautifulSoup, title: str) -> dict[str, str]:
    """Return the facts on the card of a method."""
    (card,) = [card for card in soup.select(".card") if texts(card, "h3") == [title]]
    return {words(row.dt): words(row.dd) for row in card.select("dl div")}


def parameters(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


def submitted(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Return what the form on a page sends, as a browser would, without its blank fields."""
    form = soup.select_one("form")
    assert form is not None
    pairs = []
    for control in form.select("input[name], select[name]"):
        if control.name == "select":
            pairs.append((control["name"], attribute(control, "option[selected]", "value")))
        elif control.get("type") != "checkbox" or control.has_attr("checked"):
            pairs.append((control["name"], control.get("value", "")))
    return [(str(name), str(value)) for name, value in pairs if value]


def test_every_method_is_listed_by_title_as_a_card(page: PageClient) -> None:
    soup = page.get("/methods")
    assert titles(soup) == [
        "Barn meeting", "Harvest jury", "Orchard walk", "Postcard survey", "Reed panel",
        "Web idea box",
    ]  # fmt: skip
    links = [link["href"] for link in soup.select(".card__title a")]
    assert links[1] == "/methods/harvest-jury"
    assert texts(soup, ".card__summary")[1] == (
        "Twelve people drawn by lottery hear evidence about the harvest and give a verdict."
    )


def test_a_card_shows_its_first_purpose_money_times_and_number_of_people(page: PageClient) -> None:
    soup = page.get("/methods")
    assert facts(soup, "Barn meeting") == {
        "Money": "£500 to £5,000≈ (our estimate)",
        "Weeks": "3 to 6 weeks",
        "Hours": "1.5 to 3 hours",
        "People": "20 to 200 people",
    }
    assert texts(soup, ".card__for")[0] == "Mainly for: Collect views"


def test_a_card_says_what_is_not_known(page: PageClient) -> None:
    assert facts(page.get("/methods"), "Web idea box") == {
        "Money": "Not known",
        "Weeks": "Not known",
        "Hours": "Not known",
        "People": "50 people or more",
    }


def test_matched_words_are_marked_in_title_summary_and_an_extract(page: PageClient) -> None:
    soup = page.get("/methods?q=jury+witness")
    (card,) = [card for card in soup.select(".card") if texts(card, "h3") == ["Harvest jury"]]
    assert texts(card, "h3 mark") == ["jury"]
    assert words(card.select_one(".card__extract")) == (
        "In the text: People chosen by lottery listen to witnesses and weigh the question of "
        "water rights."
    )
    assert texts(card, ".card__extract mark") == ["witnesses"]


def test_the_title_says_how_many_for_which_words_and_which_page(page: PageClient) -> None:
    soup = page.get("/methods?q=note&per_page=4")
    assert words(soup.select_one(".results__count")) == "6 methods for “note”"
    assert words(soup.title) == (
        "Methods: 6 methods for “note”, page 1 of 2 – The Participation Catalogue"
    )


def test_the_panel_offers_every_filter_with_its_question_and_counts(page: PageClient) -> None:
    soup = page.get("/methods")
    for facet in VOCABULARY.filters:
        boxes = soup.select(f'input[type=checkbox][name="{facet.name}"]')
        assert [box["value"] for box in boxes if box["value"] != "unknown"] == list(facet.values)
        assert facet.question in texts(soup, "legend")
    labels = texts(soup, ".govuk-checkboxes__label")
    assert labels[:3] == [
        "Tell people methods: 1",
        "Understand lives and needs methods: 2",
        "Collect views methods: 2",
    ]
    assert "Low: £500 to £5,000 methods: 2" in labels
    assert "Picture the future methods: 0" in labels


def test_an_option_can_be_not_known(page: PageClient) -> None:
    soup = page.get("/methods?cost=unknown")
    assert titles(soup) == ["Web idea box"]
    assert words(soup.select_one('label[for="cost-unknown"]')) == "Not known methods: 1"


def test_chosen_options_are_ticked_counted_and_their_group_is_open(page: PageClient) -> None:
    soup = page.get("/methods?format=online&format=remote&weeks=12")
    ticked = [box["value"] for box in soup.select("input[checked]")]
    assert ticked == ["online", "remote"]
    assert texts(soup, ".group__chosen") == ["3 chosen", "1 chosen", "2 chosen", "2 chosen"]
    opened = texts(soup, "details[open] > summary")
    assert opened == [
        "People, time and money 1 chosen", "Purpose", "Cost", "Audience", "More filters 2 chosen", "Format 2 chosen",
    ]  # fmt: skip
    assert attribute(soup, "#weeks", "value") == "12"
    assert attribute(soup, "#people", "value") == ""


def test_the_form_sends_again_everything_that_was_asked(page: PageClient) -> None:
    soup = page.get(EVERYTHING)
    assert sorted(submitted(soup)) == sorted(parameters(EVERYTHING))


def test_each_active_filter_has_a_tag_whose_address_removes_it_alone(page: PageClient) -> None:
    soup = page.get(EVERYTHING)
    tags = {words(tag): str(tag["href"]) for tag in soup.select(".tags__tag")}
    assert list(tags) == [
        "Remove filter: Purpose: Tell people ×",
        "Remove filter: Purpose: Collect views ×",
        "Remove filter: Cost: Low ×",
        "Remove filter: People in all: 20 to 40 people ×",
        "Remove filter: From idea to result: up to 12 weeks ×",
    ]
    removed = [("purpose", "inform"), ("purpose", "gather-views"), ("cost", "low"),
               ("people", "20-40"), ("weeks", "12")]  # fmt: skip
    for address, pair in zip(tags.values(), removed, strict=True):
        rest = sorted(parameters(EVERYTHING))
        rest.remove(pair)
        assert sorted(parameters(address)) == rest
        assert len(page.get(address).select(".tags__tag")) == len(tags) - 1


def test_clear_all_keeps_the_words_and_the_sort(page: PageClient) -> None:
    address = attribute(page.get(EVERYTHING), ".tags__clear", "href")
    assert parameters(address) == [("q", "village"), ("sort", "cost")]
    assert page.get(address).select(".tags") == []


def test_a_page_without_filters_has_no_tags(page: PageClient) -> None:
    assert page.get("/methods?q=village").select(".tags") == []


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("title", "Barn meeting", "Web idea box"),
        ("cost", "Orchard walk", "Web idea box"),
        ("time", "Postcard survey", "Web idea box"),
        ("reviewed", "Postcard survey", "Web idea box"),
    ],
)
def test_the_list_can_be_sorted(page: PageClient, sort: str, first: str, last: str) -> None:
    soup = page.get(f"/methods?sort={sort}")
    assert (titles(soup)[0], titles(soup)[-1]) == (first, last)
    assert attribute(soup, "#sort option[selected]", "value") == ("" if sort == "title" else sort)


def test_best_match_is_offered_with_words_only(page: PageClient) -> None:
    rest = ["A to Z", "Lowest cost first", "Least time for participants first",
            "Most recently reviewed first"]  # fmt: skip
    assert texts(page.get("/methods"), "#sort option") == rest
    soup = page.get("/methods?q=village")
    assert texts(soup, "#sort option") == ["Best match", *rest]
    assert texts(soup, "#sort option[selected]") == ["Best match"]


def test_words_typed_into_a_list_by_title_are_answered_by_best_match(page: PageClient) -> None:
    soup = page.get("/methods?format=in-person")
    assert texts(soup, "#sort option[selected]") == ["A to Z"]
    assert submitted(soup) == [("format", "in-person")]


def test_a_list_of_words_by_title_stays_so(page: PageClient) -> None:
    soup = page.get("/methods?q=village&sort=title")
    assert texts(soup, "#sort option[selected]") == ["A to Z"]
    assert submitted(soup) == [("q", "village"), ("sort", "title")]


def test_paging_links_keep_words_filters_sort_and_length(page: PageClient) -> None:
    asked = "/methods?q=note&format=in-person&sort=cost&per_page=1"
    soup = page.get(f"{asked}&page=2")
    links = [str(link["href"]) for link in soup.select(".govuk-pagination a")]
    kept = parameters(asked)
    numbers = []
    for link in links:
        found = parameters(link)
        numbers.append(dict(found).get("page", "1"))
        assert sorted(pair for pair in found if pair[0] != "page") == sorted(kept)
    # Previous, the numbered pages, next.
    assert numbers == ["1", "1", "2", "3", "4", "3"]
    assert attribute(soup, ".govuk-pagination [aria-current]", "aria-label") == "Page 2"


def test_pages_follow_each_other_without_gap_or_repeat(page: PageClient) -> None:
    seen, address = [], "/methods?per_page=2"
    while address:
        soup = page.get(address)
        seen += titles(soup)
        address = attribute(soup, "a[rel=next]", "href")
    assert seen == titles(page.get("/methods"))


def test_a_short_list_has_no_paging(page: PageClient) -> None:
    assert page.get("/methods").select(".govuk-pagination") == []


def test_what_was_ignored_is_said_where_people_see_it(page: PageClient) -> None:
    soup = page.get("/methods?cost=cheap&people=many&colour=red")
    notices = soup.select_one(".notices")
    assert notices is not None
    assert notices["role"] == "status"
    assert texts(notices, "p") == [
        "We ignored “cheap”, which is not an option of Cost. The options are: minimal, low, "
        "moderate, high, very-high.",
        "We ignored “many” for “How many people?”. Write a number or a range, such as 20-40.",
        "We ignored “colour”, which is not a filter we know.",
    ]
    assert titles(soup) == titles(page.get("/methods"))


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/methods", "/methods"),
        ("/methods?q=&purpose=&sort=title&page=1&per_page=20", "/methods"),
        ("/methods?sort=relevance&q=village", "/methods?q=village"),
        (
            "/methods?weeks=12+weeks&cost=low&purpose=inform",
            "/methods?purpose=inform&cost=low&weeks=12",
        ),
        ("/methods?weeks=soon&cost=low", "/methods?cost=low"),
        (
            "/methods?cost=low&purpose=deliberate&purpose=inform&q=++village++",
            "/methods?q=village&purpose=inform&purpose=deliberate&cost=low",
        ),
        ("/methods?budget=%C2%A35%2C000", "/methods?budget=5000"),
        ("/methods?people=40-20", "/methods?people=20-40"),
        ("/methods?page=99", "/methods"),
    ],
)
def test_all_spellings_of_a_search_point_to_one_address(
    page: PageClient, public_app: Flask, asked: str, canonical: str
) -> None:
    soup = PageClient(public_app).get(asked)
    assert attribute(soup, "link[rel=canonical]", "href") == f"https://catalogue.example{canonical}"
    assert titles(page.get(canonical)) == titles(soup)


@pytest.mark.parametrize(
    ("address", "kept_out"),
    [
        ("/methods", False),
        ("/methods?purpose=inform", False),
        ("/methods?page=1", False),
        ("/methods?purpose=inform&cost=low", True),
        ("/methods?q=village&cost=low", True),
    ],
)
def test_combinations_are_kept_out_of_search_engines(
    page: PageClient, address: str, kept_out: bool
) -> None:
    robots = attribute(page.get(address), "meta[name=robots]", "content")
    assert robots == ("noindex, follow" if kept_out else "")


def test_a_search_without_result_offers_ways_out(page: PageClient) -> None:
    soup = page.get("/methods?q=postcard&cost=high")
    assert words(soup.select_one(".results__count")) == "0 methods for “postcard”"
    assert soup.select(".card") == []
    headings = ["Take one filter away", "The nearest methods", "Or try this"]
    assert texts(soup, ".nothing h3") == headings
    drops = soup.select(".nothing h3 + ul")[0].select("li")
    assert [words(drop) for drop in drops] == ["without Cost: High: 2 methods"]
    assert drops[0].a["href"] == "/methods?q=postcard#results"
    assert texts(soup, ".nothing h3 + ul li a")[-3:] == [
        "Clear all filters",
        "Look through all methods",
        "Know this method? Add it",
    ]
    nearest = soup.select(".nothing .related__list a")
    assert [link["href"] for link in nearest] == [
        "/methods/postcard-survey",
        "/methods/barn-meeting",
    ]
    assert len(soup.select(".tags__tag")) == 1


def test_a_search_for_what_nobody_mentions_offers_advice(page: PageClient) -> None:
    soup = page.get("/methods?q=xylophone")
    assert texts(soup, ".nothing h3 + ul li")[-3:] == [
        "Check the spelling, or use fewer and plainer words.",
        "Look through all methods",
        "Know this method? Add it",
    ]


@pytest.mark.parametrize("words_", ["80kk", "%C2%A37x", "2025x"])
def test_nobody_is_told_to_check_the_spelling_of_a_number(page: PageClient, words_: str) -> None:
    soup = page.get(f"/methods?q={words_}")
    assert texts(soup, ".nothing h3 + ul li")[-3:] == [
        "Say what a number stands for: £5,000, 30 people, 6 weeks, 2 hours.",
        "Look through all methods",
        "Know this method? Add it",
    ]
    assert "spelling" not in words(soup.select_one(".nothing"))


def test_the_nearest_methods_say_which_filters_they_miss(page: PageClient) -> None:
    soup = page.get("/methods?q=postcard&cost=high")
    assert texts(soup, ".nothing .related__missed") == [
        "You asked for “Cost: High”; here it is: Low: £800 to £3,000.",
        "You asked for “Cost: High”; here it is: Low: £500 to £5,000.",
    ]


def test_what_is_not_known_is_no_fit_and_is_said_with_a_link_to_it(page: PageClient) -> None:
    soup = page.get("/methods?budget=299")
    assert titles(soup) == []
    assert texts(soup, ".notices p") == [
        "2 methods say nothing about their least cost, so they are left out."
    ]
    (link,) = soup.select(".notices a")
    assert (words(link), link["href"]) == (
        "Show methods that do not say",
        "/methods?budget=unknown#results",
    )
    shown = page.get(link["href"])
    assert titles(shown) == ["Orchard walk", "Web idea box"]
    assert texts(shown, ".tags__tag") == ["Remove filter: Budget: Not known ×"]
    assert attribute(shown, "#budget", "value") == "unknown"


@pytest.mark.parametrize("written", ["80k", "£80k", "80,000", "80 thousand", "80K"])
def test_a_budget_may_be_written_as_people_write_it(page: PageClient, written: str) -> None:
    soup = page.get(f"/methods?{urlencode({'budget': written})}")
    assert attribute(soup, "#budget", "value") == "80000"
    assert soup.select(".notices p.govuk-body")[1:] == []


def test_a_filter_with_several_choices_can_be_dropped_whole(page: PageClient) -> None:
    soup = page.get("/methods?q=postcard&cost=high&cost=very-high")
    drops = soup.select(".nothing h3 + ul")[0].select("li")
    assert [words(drop) for drop in drops] == ["without Cost: 2 methods"]
    assert drops[0].a["href"] == "/methods?q=postcard#results"
