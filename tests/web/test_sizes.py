"""The sizes of a method on pages: which one passes on a card, which one fits on its page, and what harm and law say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from catalogue.settings import read_settings
from catalogue.web import create_app
from catalogue.web.middleware.canonical_url import canonical
from tests.support.method_text import method_text
from tests.support.page import PageClient
from tests.support.reading import attribute, part, texts, words

BARN = """\
audience: [local-residents]
supports: [resolve-conflict]
audience_possible: [young-people]
people_in_all: {min: 80, max: 200, counts: taking-part}
participant_hours: {min: 2, max: 6}
lead_time_weeks: {min: 8, max: 20}
cost: {low: 4000, high: 9000, currency: GBP, year: 2026, basis: judgement}
staff_days: {min: 10, max: 20}
facilitation: some
light:
  in_short: "One tune in the yard."
  people_in_all: {min: 10, max: 40, counts: taking-part}
  participant_hours: {min: 0.2, max: 0.5}
  lead_time_weeks: {min: 1, max: 3}
  cost: {low: 0, high: 200, currency: GBP, year: 2026, basis: judgement, note: "your own fiddle"}
  needs: [venue]
  gives_up: "Nobody learns the steps."
large:
  in_short: "Every barn in the county on one night."
  people_in_all: {min: 500, max: 5000, counts: reached}
  gives_up: "Nobody meets everybody."
timeline:
  - {step: "Book the band", who: "Lead officer", start: 0, end: 0.4, in_light: false}
  - {step: "Dance", start: 7, end: 9, light_start: 1, light_end: 1.5}
inclusion: {carers: "There is a crèche."}
inclusion_possible: {multilingual: "A caller in each language."}
inclusion_unsuitable: {anonymous: "Everybody sees everybody."}
can_harm: {exposes: "Shy people are looked at."}
existing_body: can-answer
duty: {status: never-meets, rule: "A dance is not consultation"}
kind: event
family: conversation"""


@pytest.fixture(scope="module")
def dances(tmp_path_factory: pytest.TempPathFactory) -> PageClient:
    """A site of one method in three sizes, and of one of which little is known."""
    folder = tmp_path_factory.mktemp("dances")
    methods = folder / "methods"
    methods.mkdir()
    (methods / "barn-dance.md").write_text(method_text(BARN), encoding="utf-8")
    bare = method_text(title='"Bare dance"', purposes="[resolve-conflict, build-community]")
    (methods / "bare-dance.md").write_text(bare, encoding="utf-8")
    settings = replace(read_settings({}), methods_dir=methods, index_dir=folder / "index")
    return PageClient(create_app(settings))


def card(soup: BeautifulSoup, title: str) -> Tag:
    (found,) = [card for card in soup.select(".card") if texts(card, "h3") == [title]]
    return found


def sizes(soup: BeautifulSoup) -> dict[str, dict[str, str]]:
    """Return the facts of each size on the page of a method, by its name."""
    return {
        words(size.h3): {words(row.dt): words(row.dd) for row in size.select("dl div")}
        for size in soup.select(".sizes__one")
    }


def statuses(soup: BeautifulSoup) -> dict[str, str]:
    return {
        words(size.h3): " ".join(texts(size, ".sizes__status"))
        for size in soup.select(".sizes__one")
    }


def test_a_card_says_which_size_passes_and_its_facts_are_those_of_that_size(
    dances: PageClient,
) -> None:
    shown = card(dances.get("/methods?weeks=4&budget=2000"), "Barn dance")
    assert texts(shown, ".card__size") == ["In its light version: One tune in the yard."]
    assert {words(row.dt): words(row.dd) for row in shown.select("dl div")} == {
        "Money": "£0 to £200≈ (our estimate)",
        "Weeks": "1 to 3 weeks",
        "Hours": "12 to 30 minutes",
        "People": "10 to 40 people",
    }


def test_the_limits_asked_for_stand_on_the_bars_and_no_others(dances: PageClient) -> None:
    soup = dances.get("/methods?weeks=4&budget=2000")
    marks = ["#" + str(mark["id"]) for mark in soup.select(".bars-limits path")]
    assert marks == ["#limit-weeks", "#limit-budget"]
    shown = [use["href"] for use in card(soup, "Barn dance").select("use")]
    assert sorted(map(str, shown)) == sorted(marks)
    assert dances.get("/methods?cost=minimal").select(".bars-limits, use") == []


@pytest.mark.parametrize(
    "address", ["/methods", "/methods?weeks=10", "/methods?people=100", "/methods?q=barn"]
)
def test_a_card_of_a_usual_run_that_passes_says_nothing_of_sizes(
    dances: PageClient, address: str
) -> None:
    assert card(dances.get(address), "Barn dance").select(".card__size") == []


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("people=20", "In its light version:"),
        ("people=1000", "In its large version:"),
        ("cost=minimal", "In its light version:"),
        ("hours=0.5", "In its light version:"),
    ],
)
def test_the_same_method_in_the_same_search_is_shown_in_the_size_that_each_limit_needs(
    dances: PageClient, query: str, label: str
) -> None:
    shown = card(dances.get(f"/methods?q=barn&{query}"), "Barn dance")
    assert words(shown.select_one(".card__size")).startswith(label)


@pytest.mark.parametrize("query", ["", "?weeks=9&budget=5000", "?weeks=4", "?people=20", "?people=1000", "?weeks=0.5"])  # fmt: skip
def test_the_page_behind_a_card_opens_on_the_size_and_figures_of_the_card(
    dances: PageClient, query: str
) -> None:
    listed = dances.get(f"/methods{query}").select(".card")
    for one in listed:
        opened = dances.get(str(one.select_one(".card__title a")["href"])).select_one("#sizes").parent  # fmt: skip
        size = words(opened.select_one(".sizes__shown strong"))
        said = texts(one, ".card__size")
        assert size == "Usual run" if not said else said[0].lower().startswith(f"in its {size.lower()}:")  # fmt: skip
        assert texts(opened, ".scales dd") == texts(one, ".scales dd")


def test_a_card_for_print_names_the_size_of_its_bars_and_a_light_run_has_its_own_figures(
    dances: PageClient,
) -> None:
    takes = (
        "It takes £0 to £200 (our estimate), 1 to 3 weeks, 10 to 40 people, 12 to 30 minutes each."
    )
    light = "Light version: One tune in the yard."
    for query, size, text in (
        ("weeks=9&budget=5000", "Usual run", f"{light} {takes}"),
        ("people=1000", "Large version", f"{light} {takes}"),
        ("weeks=4", "Light version", light),
    ):
        back = dances.get(f"/deck?q=barn&{query}").select(".deck-sheet")[1].select(".deck-card")[1]
        assert texts(back, ".deck-card__for") == [size]
        assert texts(back, ".deck-card__text") == [text]


def test_links_on_cards_carry_the_limits_of_a_size_and_nothing_else(dances: PageClient) -> None:
    soup = dances.get(
        "/methods?q=barn&budget=2000&audience=local-residents&weeks=4&hours=1&people=20"
    )
    assert attribute(soup, ".card__title a", "href") == (
        "/methods/barn-dance?people=20&weeks=4&hours=1&budget=2000"
    )
    assert (
        attribute(dances.get("/methods?q=barn"), ".card__title a", "href") == "/methods/barn-dance"
    )


def test_what_says_nothing_about_a_limit_is_told_apart_and_never_a_fit(dances: PageClient) -> None:
    soup = dances.get("/methods?budget=2000")
    assert texts(soup, ".card__title") == ["Barn dance"]
    assert texts(soup, ".notices p") == [
        "1 method says nothing about its least cost, so it is left out."
    ]


def test_a_method_that_only_supports_a_purpose_comes_after_those_made_for_it_and_says_so(
    dances: PageClient,
) -> None:
    soup = dances.get("/methods?purpose=resolve-conflict&sort=cost")
    assert texts(soup, ".card__title") == ["Bare dance", "Barn dance"]
    assert texts(soup, ".card__possible") == ["Helps with this as one step: Work through conflict"]
    assert card(soup, "Bare dance").select(".card__possible") == []
    assert texts(soup, ".results__order") == [
        "1 is made for this and comes first. The others help as one step, or are possible with adaptation."
    ]


def test_a_method_that_is_possible_for_an_audience_says_so(dances: PageClient) -> None:
    soup = dances.get("/methods?audience=young-people")
    assert texts(soup, ".card__possible") == ["Possible with adaptation: Children and young people"]
    assert texts(soup, ".results__order") == [
        "None is made for this. These help as one step, or are possible with adaptation."
    ]
    made_for = dances.get("/methods?audience=young-people&audience=local-residents")
    assert made_for.select(".card__possible, .results__order") == []


def test_people_weeks_and_money_come_first_and_open_and_the_rest_is_folded_in_groups(
    dances: PageClient,
) -> None:
    panel = dances.get("/methods").select_one(".filters")
    assert panel is not None
    first = panel.select("details.group")[0]
    assert first.has_attr("open")
    assert [box["name"] for box in first.select("input")] == ["people", "weeks", "hours", "budget"]
    more = panel.select_one("details.more")
    assert more is not None
    assert not more.has_attr("open")
    assert texts(more, "h3") == ["How it works", "What it copes with", "What comes of it"]
    names = {str(box["name"]) for box in more.select("input")}
    assert {
        "inclusion",
        "handles_conflict",
        "handles_complexity",
        "family",
        "decision",
        "kind",
        "outcome",
    } <= names


def test_a_method_page_has_its_sizes_with_all_that_each_takes(dances: PageClient) -> None:
    shown = sizes(dances.get("/methods/barn-dance"))
    assert list(shown) == ["Light version", "Usual run", "Large version"]
    assert shown["Light version"] == {
        "What happens": "One tune in the yard.",
        "People": "10 to 40 peopleThey take part: answer, talk, make, vote",
        "From idea to result": "1 to 3 weeks",
        "Time for each person": "12 to 30 minutes",
        "Money": "£0 to £200≈our estimate, prices of 2026; your own fiddle",
        "Your own staff's time": "10 to 20 days",
        "Facilitation": "Some experience",
        "Must exist already": "A waiting room, counter, hall or site of your own",
        "What it gives up": "Nobody learns the steps.",
    }
    assert shown["Large version"]["People"] == "500 to 5,000 people reachedThey are told, or see it"
    assert statuses(dances.get("/methods/barn-dance")) == dict.fromkeys(shown, "")


def test_what_a_size_does_not_say_is_not_known(dances: PageClient) -> None:
    shown = sizes(dances.get("/methods/bare-dance"))
    assert list(shown) == ["Usual run"]
    assert (shown["Usual run"]["Money"], shown["Usual run"]["People"]) == ("Not known", "Not known")


def test_the_size_that_fits_the_limits_is_marked_and_said_in_words(dances: PageClient) -> None:
    soup = dances.get("/methods/barn-dance?weeks=4&budget=2000")
    assert texts(soup, ".sizes__one--fits h3") == ["Light version"]
    assert words(soup.select_one(".verdict")) == (
        "What you asked for: up to 4 weeks, up to £2,000. For that, the light version fits."
    )
    assert statuses(soup) == {
        "Light version": "Fits what you asked for.",
        "Usual run": "Does not fit: weeks, money.",
        "Large version": "Does not fit: weeks, money.",
    }


def test_where_no_size_fits_or_is_known_to_the_page_says_why(dances: PageClient) -> None:
    soup = dances.get("/methods/barn-dance?people=20&budget=2000&weeks=0.5")
    assert soup.select(".sizes__one--fits") == []
    assert words(soup.select_one(".verdict")).startswith(
        "No size fits what you asked for: 20 people,"
    )
    assert statuses(soup)["Light version"] == "Does not fit: weeks."
    bare = dances.get("/methods/bare-dance?budget=2000")
    assert statuses(bare) == {"Usual run": "Not known: money."}
    assert bare.select(".sizes__one--fits") == []


def test_a_limit_that_cannot_be_read_is_named_and_other_parameters_change_nothing(
    dances: PageClient,
) -> None:
    soup = dances.get("/methods/barn-dance?weeks=soon&colour=red&q=x")
    assert texts(soup, ".notices p") == [
        "We ignored “soon” for “How many weeks do you have?”. Write a number or a range, such as 12."
    ]
    assert soup.select(".verdict") == []


def test_a_method_page_with_limits_names_the_one_without_as_canonical(public_app: Flask) -> None:
    soup = PageClient(public_app).get("/methods/harvest-jury?weeks=4&people=20")
    assert attribute(soup, "link[rel=canonical]", "href") == (
        "https://catalogue.example/methods/harvest-jury"
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("weeks=4&budget=2000", "budget=%C2%A32,000&weeks=4", True),
        ("weeks=4", "weeks=4&q=barn&cost=low&page=2", True),
        ("", "weeks=&colour=red", True),
        ("weeks=4", "weeks=5", False),
        ("", "people=20", False),
        ("", "weeks=soon", False),
    ],
)
def test_pages_of_a_method_are_one_where_their_four_limits_are(
    one: str, other: str, same: bool
) -> None:
    path = "/methods/barn-dance"
    assert (canonical(path, one) == canonical(path, other)) is same


def test_facts_at_a_glance_lead_to_the_methods_that_share_them(dances: PageClient) -> None:
    soup = dances.get("/methods/barn-dance")
    links = {
        words(row.dt): [str(a["href"]) for a in row.select("dd a")]
        for row in soup.select(".glance__row")
    }
    assert links["Purpose"] == ["/methods?purpose=build-community"]
    assert links["Helps with, as one step"] == ["/methods?purpose=resolve-conflict"]
    assert links["Possible with adaptation"] == ["/methods?audience=young-people"]
    assert links["Family"] == ["/methods?family=conversation"]
    for address in ("/methods?family=conversation", "/methods?purpose=resolve-conflict"):
        assert "Barn dance" in texts(dances.get(address), ".card__title")


def test_law_and_existing_bodies_stand_at_a_glance_with_a_warning(dances: PageClient) -> None:
    soup = dances.get("/methods/barn-dance")
    rows = {words(row.dt): words(row.dd) for row in soup.select(".glance__row")}
    assert rows["In law"] == (
        "Never meets a duty A dance is not consultation. This is not legal advice."
    )
    assert rows["An existing one"].startswith("Can answer one question")
    bare = texts(dances.get("/methods/bare-dance"), ".glance__row dt")
    assert {"In law", "An existing one"}.isdisjoint(bare)


def test_harm_has_a_section_of_its_own_in_the_contents(dances: PageClient) -> None:
    soup = dances.get("/methods/barn-dance")
    assert texts(part(soup, "What can go wrong for people"), "dt, dd") == [
        "Exposes people",
        "Shy people are looked at.",
    ]
    assert "#harm" in [link["href"] for link in soup.select(".contents a")]


def test_inclusion_is_told_in_three_states_and_the_rest_is_not_known(dances: PageClient) -> None:
    section = part(dances.get("/methods/barn-dance"), "Making it inclusive")
    assert texts(section, "h3, dt, dd") == [
        "Built in", "Fits around caring", "There is a crèche.",
        "Possible, if you do this", "Several languages", "A caller in each language.",
        "Not suitable", "Anonymous", "Everybody sees everybody.",
    ]  # fmt: skip
    assert texts(section, "p.quiet") == [
        "Not known: Little reading needed, Works without internet, Sensory access, Safe with painful subjects."
    ]


def test_the_timeline_is_an_ordered_list_with_the_weeks_of_both_runs(dances: PageClient) -> None:
    section = part(dances.get("/methods/barn-dance"), "How to run it")
    assert texts(section, "ol.timeline > li") == [
        "Book the band (Lead officer): week 1Left out of the light version",
        "Dance: weeks 8 to 9Light version: week 2",
    ]
