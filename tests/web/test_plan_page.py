"""The pages Help me choose and How we rank, and the API of plans."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, unquote_plus, urlencode

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.i18n import gettext
from catalogue.planner import ranking
from catalogue.planner.answers import KNOWN_NAMES, ONE_OF, SEVERAL_OF
from catalogue.planner.rules import load_rules
from catalogue.presentation.plans.plan_texts import LABELS
from catalogue.presentation.plans.questions import IN_TURN
from catalogue.web import create_app
from tests.support.page import PageClient

pytest_plugins = ["tests.support.real_site"]

STORY = "We have four weeks and £2,000. My director wants a public meeting, but we do not know why patients miss appointments."


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(tag.get_text().split()) for tag in page.select(selector)]


def test_the_first_page_asks_what_is_open_and_every_question_can_be_left_out(
    page: PageClient,
) -> None:
    found = page.get("/plan")
    names = {tag["name"] for tag in found.select("main form [name]")}
    assert names == KNOWN_NAMES
    labels = texts(found, "main form label.govuk-label--s")
    assert labels[:3] == ["In your own words", "What can still change?", "Were people asked about this before?"]  # fmt: skip
    for select in found.select("main form select"):
        assert select.option["value"] == ""
        assert select.option.get_text() == "Not sure"
    assert not found.select("main form [required]")


def test_the_page_and_the_api_say_the_same(page: PageClient, client: FlaskClient) -> None:
    query = "?purpose=deliberate&weeks=30&budget=90000"
    data = client.get(f"/api/v1/plan{query}").get_json()
    found = page.get(f"/plan{query}")
    assert texts(found, ".plan-card .card__title") == [each["title"] for each in data["results"]]
    assert [text.split(": ")[1] for text in texts(found, ".plan-steps .card__title")] == [
        step["title"] for step in data["process"]
    ]
    assert data["answers"] == {"purpose": ["deliberate"], "weeks": "30", "budget": "90000"}
    assert data["rules"] == load_rules().digest
    assert f"rules {data['rules']}" in found.get_text()


def chips(found: BeautifulSoup) -> dict[str, str]:
    """Return what the buttons that take out what was understood send, by their words."""
    tags = found.select("button.tags__tag[name=out][form=plan-answers]")
    return {" ".join(tag.get_text().split()).split("(")[0]: str(tag["value"]) for tag in tags}


def pressed(page: PageClient, query: dict[str, str]) -> str:
    """Return the query string to which pressing a button of the form leads."""
    answer = page.client.get(f"/plan?{urlencode(query)}")
    assert answer.status_code == 302
    path, _, to = str(answer.location).partition("?")
    assert path == "/plan"
    return to


def test_what_was_understood_can_be_taken_back(page: PageClient) -> None:
    found = page.get(f"/plan?{urlencode({'text': STORY})}")
    weeks = next(key for text, key in chips(found).items() if "How many weeks" in text)
    to = pressed(page, {"text": STORY, "out": weeks})
    assert ("weeks", "not-sure") in parse_qsl(to)
    again = page.get(f"/plan?{to}")
    assert not [text for text in chips(again) if "How many weeks" in text]
    assert again.select_one("#p-weeks")["value"] == "not-sure"


def test_answers_typed_below_survive_taking_out_what_was_understood(page: PageClient) -> None:
    typed = {
        "text": STORY,
        "people": "300",
        "weeks": "",
        "level": "consult",
        "compare": "reed-panel",
    }
    to = dict(parse_qsl(pressed(page, {**typed, "out": "budget=2000"})))
    assert to.items() >= {"people": "300", "level": "consult", "budget": "not-sure"}.items()
    assert (to["text"], to["compare"]) == (STORY, "reed-panel")
    # What was answered meanwhile is not taken out with the words.
    to = dict(parse_qsl(pressed(page, {**typed, "weeks": "9", "out": "weeks=4"})))
    assert to["weeks"] == "9"
    assert "out" not in to


def test_all_buttons_of_the_page_send_one_form_and_enter_suggests_again(page: PageClient) -> None:
    found = page.get(f"/plan?{urlencode({'text': STORY})}")
    owned = [b for b in found.select("main button") if b.get("form") == "plan-answers" or b.find_parent("form", id="plan-answers")]  # fmt: skip
    assert len(owned) == len(found.select("main button"))
    assert (owned[0].get_text(), owned[0].get("name")) == ("Suggest again", None)
    why = found.select_one("#why")
    assert (why["form"], why.option["value"]) == ("plan-answers", "")


def test_a_second_purpose_stays_second_in_the_form(page: PageClient) -> None:
    found = page.get("/plan?purpose=make-decisions&purpose=inform")
    chosen = [tag["value"] for tag in found.select("select[name=purpose] option[selected]")]
    assert chosen == ["make-decisions", "inform"]


def test_what_was_asked_for_is_answered_before_anything_else(page: PageClient) -> None:
    found = page.get("/plan?purpose=deliberate&weeks=1&asked_for=harvest-jury")
    headings = texts(found, "main h2")
    assert headings[0].startswith("You were asked for: ")
    assert texts(found, "#asked-1 ~ p")[0] == (
        "Usual run: it does not fit. You have 1 week; it takes 12 to 20 weeks."
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("weeks=15", ["Usual run: it fits your limits, but only just. You have 15 weeks; it takes 12 to 20 weeks. Plan the short end."]),
        ("weeks=99&purpose=deliberate", ["Usual run: it fits your limits.", "It stands at place 1 of 6."]),
        ("", ["None of your answers rules it out."]),
        ("purpose=deliberate", ["None of your answers rules it out. It stands at place 1 of 6."]),
    ],
)  # fmt: skip
def test_what_was_asked_for_says_which_size_fits_and_its_place_only_in_an_order(
    page: PageClient, query: str, said: list[str]
) -> None:
    found = page.get(f"/plan?asked_for=harvest-jury&{query}")
    assert texts(found, "#asked-1 ~ p")[: len(said)] == said
    placed = "at place" in found.select_one("#asked-1").parent.get_text()
    assert placed is ("at place" in " ".join(said))


def test_figures_in_a_list_from_a_to_z_name_the_size_that_they_are_of(page: PageClient) -> None:
    facts = texts(page.get("/plan?weeks=15"), "#single ~ ul .related__facts")
    assert facts
    assert [fact for fact in facts if fact and not fact.startswith("Usual run: ")] == []


def test_the_page_says_which_answer_counts_more_and_that_an_open_one_cannot(
    page: PageClient,
) -> None:
    said = "“Who needs to take part” matters most to you, "
    given = page.get("/plan?purpose=deliberate&audience=members&most=audience")
    assert f"{said}so it counts 2 times." in texts(given, "#single ~ p")[0]
    open_ = page.get("/plan?purpose=deliberate&most=audience")
    assert f"{said}but you have not answered it" in texts(open_, "#single ~ p")[0]
    assert "counts 2 times" in page.get("/plan/how-we-rank").get_text()


def test_a_note_links_to_the_rule_of_law_or_says_that_it_is_our_judgement(page: PageClient) -> None:
    notes = page.get("/plan?open=nothing&level=involve").select(".plan-notes li")
    assert notes[0].a["href"] == "/rules/gunning-principles"
    assert any("(our judgement)" in note.get_text() for note in notes)


def test_impossible_limits_give_no_empty_page(page: PageClient) -> None:
    found = page.get("/plan?purpose=deliberate&weeks=0&budget=0&hours=0")
    assert "Your limits together leave little" in texts(found, "main h2")
    assert len(found.select("#beyond ~ h3")) == 3


def test_odd_parameters_are_named_and_ignored(page: PageClient) -> None:
    found = page.get("/plan?purpose=nonsense&colour=red&people=many")
    assert texts(found, ".notices p") == [
        "We ignored “nonsense”, which is not an option of Purpose. The options are: "
        + ", ".join(SEVERAL_OF["purpose"][0])
        + ".",
        "We ignored “many” for “How many people?”. Write a number or a range, such as 20-40.",
        "We ignored “colour”, which is not a filter we know.",
    ]


@pytest.mark.parametrize("path", ["/plan", "/plan/steps", "/methods", "/map"])
@pytest.mark.parametrize("name", ["weeks", "hours", "budget"])
def test_a_number_that_cannot_be_read_is_named_with_the_label_of_its_box(
    page: PageClient, path: str, name: str
) -> None:
    found = page.get(f"{path}?{name}=soon&m=harvest-jury")
    [label] = texts(found, f"main label[for=p-{name}], main label[for={name}]")
    assert [text for text in texts(found, ".notices p") if f"We ignored “soon” for “{label}”." in text]  # fmt: skip


def test_every_rule_stands_on_how_we_rank(page: PageClient) -> None:
    rules = load_rules()
    found = page.get("/plan/how-we-rank")
    assert texts(found, ".plan-table--rules dt code") == [rule.id for rule in rules.push_back]
    rows = len(found.select(".plan-table:not(.plan-table--rules) div"))
    assert rows == sum(map(len, (rules.weights, vars(rules.match), rules.taken_off, rules.labels, rules.process.steps, rules.process.asked_by, vars(rules.process.follow_up), rules.process.kinds, rules.adjacent,
                                 rules.asked_for.unless, (rules.changes.near, rules.changes.shown, rules.changes.plenty), rules.changes.least)))  # fmt: skip
    assert rules.digest in found.get_text()


NAMES = [*KNOWN_NAMES, "zzz"]
VALUES = st.one_of(
    st.sampled_from([v for options in ONE_OF.values() for v in options]),
    st.sampled_from([v for options, _ in SEVERAL_OF.values() for v in options]),
    st.sampled_from(["0", "1", "20-40", "9" * 30, "-1", "1e9", "nan", "not-sure", "", "unknown", "harvest-jury"]),
    st.text(max_size=30),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(pairs=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=8))
def test_no_parameters_break_the_page_or_the_api(app: Flask, pairs: list[tuple[str, str]]) -> None:
    page = PageClient(app)
    query = urlencode(pairs, errors="replace")
    page.get(f"/plan?{query}")
    assert page.client.get(f"/api/v1/plan?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/", "/methods", "/plan"])
def test_help_me_choose_is_linked_from_the_head_of_pages(page: PageClient, path: str) -> None:
    assert page.get(path).select_one('.masthead__links a[href="/plan"]') is not None


def test_the_home_page_leads_to_help_me_choose(page: PageClient) -> None:
    assert page.get("/").select_one('main a[href="/plan"]') is not None


def ask(page: PageClient, query: str, answer: dict[str, str]) -> str:
    """Send the form of a question asked alone; return the query string that a browser would go to."""
    form = page.get(f"/plan{query}").select_one("main form")
    kept = [(i["name"], i["value"]) for i in form.select("input[type=hidden]")]
    return f"?{urlencode([*kept, *answer.items()])}"


def test_questions_can_be_answered_one_at_a_time_and_end_at_the_same_address(
    page: PageClient,
) -> None:
    [start] = [a["href"] for a in page.get("/plan").select("main a") if a.get_text() == "Answer one question at a time"]  # fmt: skip
    query, seen = str(start).removeprefix("/plan"), []
    answers = {"purpose": "deliberate", "people": "20-40", "weeks": "12", "must": "no-internet"}
    while query.count("ask="):
        name = dict(parse_qsl(query[1:]))["ask"]
        found = page.get(f"/plan{query}")
        fields = {tag["name"] for tag in found.select("main form [name]:not([type=hidden])")}
        assert fields == {name}
        seen.append(name)
        query = ask(page, query, {name: answers[name]} if name in answers else {name: ""})
    assert seen == list(IN_TURN)
    assert set(IN_TURN) == KNOWN_NAMES
    assert page.get(f"/plan{query}").select_one("#single") is not None
    kept = [pair for pair in parse_qsl(query[1:]) if pair[1]]
    assert dict(kept) == answers


def test_a_question_asked_alone_can_be_left_out_gone_back_from_and_ended(page: PageClient) -> None:
    kept = "weeks=12&compare=harvest-jury"
    found = page.get(f"/plan?purpose=deliberate&{kept}&ask=purpose")
    assert found.title.get_text().startswith("Help me choose: question 4 of 24")
    links = {" ".join(a.get_text().split()): str(a["href"]) for a in found.select("main a")}
    assert links["Back"] == f"/plan?purpose=deliberate&{kept}&ask=before"
    assert links["Not sure: leave it out and go on"] == f"/plan?{kept}&ask=audience"
    assert links["Show the suggestions now"] == f"/plan?purpose=deliberate&{kept}"
    assert found.select_one("option[selected]")["value"] == "deliberate"


def test_counts_beside_the_options_of_what_must_work_are_those_that_stay(page: PageClient) -> None:
    found = page.get("/plan?ask=must")
    for label in found.select(".govuk-checkboxes__label"):
        need = found.select_one(f"#{label['for']}")["value"]
        number = int(label.select_one(".count").get_text().split()[0])
        passing = page.client.get(f"/api/v1/plan?must={need}").get_json()["passing"]
        assert number == passing, need


def test_a_question_that_does_not_exist_gives_the_whole_form(page: PageClient) -> None:
    assert len(page.get("/plan?ask=zzz").select("main form select")) > 5


@pytest.mark.parametrize(
    ("setting", "start"),
    [({"repository_url": "https://github.com/council/catalogue"}, "https://github.com/council/catalogue/issues/new?template=suggest-a-method.yml"),
     ({"contact_email": "methods@council.example"}, "mailto:methods@council.example?"),
     ({}, "/contribute/new")],
)  # fmt: skip
def test_where_nothing_fits_a_missing_method_can_be_suggested_with_the_answers_and_without_own_words(
    app: Flask, setting: dict[str, str], start: str
) -> None:
    settings = app.extensions["catalogue"].settings
    page = PageClient(create_app(replace(settings, **setting)))
    link = "Suggest a missing method"
    asked = "purpose=deliberate&weeks=0&budget=0&text=Anna+and+the+bees"
    found = page.get(f"/plan?{asked}").find("a", string=link)["href"]
    assert found.startswith(start)
    if setting:
        assert "purpose: deliberate, weeks: 0, budget: 0" in unquote_plus(found)
    assert "Anna" not in found
    assert page.get("/plan?purpose=deliberate").find("a", string=link) is None


def test_a_plan_links_the_guides_to_working_with_people_whom_own_words_name(
    page: PageClient,
) -> None:
    found = page.get("/plan?text=What+do+people+on+probation+think%3F")
    [link] = found.select(".guidance a")
    assert link["href"] == "/working-with/people-in-prison-and-on-probation"
    assert page.get("/plan?purpose=inform").select(".guidance") == []


@pytest.mark.parametrize(
    ("story", "state"),
    [
        ("Parish council. Our village is split over closing a road to through traffic. No money at all, only volunteers.", "Tight"),
        ("Our village is split over closing a road. We have £40 and have to hire the hall.", "Tight"),
        ("I have £60,000 and nine months to plan health services.", "Fits"),
    ],
)  # fmt: skip
def test_the_process_stands_to_the_limits_as_the_page_of_its_steps_says(
    real_app: Flask, story: str, state: str
) -> None:
    site = PageClient(real_app)
    found = site.get(f"/plan?{urlencode({'text': story})}")
    said = texts(found, ".plan-sums li")
    [opened] = [str(a["href"]) for a in found.select("#process ~ p a") if "/plan/steps" in a["href"]]  # fmt: skip
    steps = site.get(opened)
    sums = {row.dt.get_text(): row for row in steps.select(".sums > div")}
    for label in ("Weeks, with overlap", "Outside cost"):
        row = sums[label]
        verdict = " ".join(texts(row, ".sums__verdict"))
        [own] = [text for text in said if text.startswith(f"{label}: ")]
        assert own.startswith(f"{label}: {row.strong.get_text()}. {verdict}".strip())
    [money] = [text for text in said if text.startswith("Outside cost")]
    assert state in money
    assert ("Rooms are counted as free, as you have no money to hire any." in money) == ("No money" in story)  # fmt: skip


def test_one_press_says_that_rooms_are_free_and_the_page_of_the_steps_takes_it_over(
    real_app: Flask,
) -> None:
    """The best method needs a room, which £30 do not pay for."""
    site = PageClient(real_app)
    asked = {"purpose": "resolve-conflict", "conflict": "high", "budget": "30"}
    found = site.get(f"/plan?{urlencode(asked)}")
    [button] = found.select(".plan-sums button")
    assert (button.get_text(), button["form"]) == ("Our rooms are free", "plan-answers")
    free = site.get(f"/plan?{urlencode([*asked.items(), (button['name'], button['value'])])}")
    [money] = [text for text in texts(free, ".plan-sums li") if text.startswith("Outside cost")]
    assert money.startswith("Outside cost: £0 to ")
    assert "Breaks" not in money
    assert money.endswith("Rooms are counted as free.")
    assert free.select_one("#p-hire option[selected]")["value"] == "free"
    [opened] = [str(a["href"]) for a in free.select("#process ~ p a") if "/plan/steps" in a["href"]]  # fmt: skip
    assert "hire=free" in opened
    assert site.client.get(f"/api/v1/plan?{urlencode({**asked, 'hire': 'free'})}").get_json()["ignored"] == []  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "asdf qwer",
        "Not a focus group",
        "We have no more than two thousand pounds",
        "In nine weeks, please!",
    ],
)
def test_words_of_which_nothing_is_understood_give_no_process_and_no_order(
    page: PageClient, client: FlaskClient, text: str
) -> None:
    query = f"?{urlencode({'text': text})}"
    found = page.get(f"/plan{query}")
    assert not found.select("#process, .plan-card")
    [said] = [p for p in texts(found, "#single ~ p") if "You have not said what you need" in p]
    assert said.startswith("We found nothing in your own words")
    assert client.get(f"/api/v1/plan{query}").get_json()["process"] == []


@pytest.mark.parametrize("query", [
    "text=Why+don%27t+young+men+come+to+the+GP%3F", "purpose=make-decisions&open=nothing",
    "text=The+road+will+be+shut.+Nothing+can+change.", "purpose=deliberate&audience=cross-section&people=30-50",
])  # fmt: skip
def test_methods_stand_under_headings_in_their_order_and_as_in_the_api(
    real_app: Flask, query: str
) -> None:
    site = PageClient(real_app)
    found, data = site.get(f"/plan?{query}"), site.client.get(f"/api/v1/plan?{query}").get_json()
    assert texts(found, ".plan-card .card__title") == [each["title"] for each in data["results"]]
    order = list(map(gettext, LABELS.values()))
    headings = [h for h in texts(found, "#single ~ h3") if h in order]
    assert headings == sorted(headings, key=order.index)
    assert len(headings) > 1


def test_what_leads_by_a_hair_is_not_said_to_stand_whatever_the_weights(
    real_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = real_app.test_client(), "/plan?purpose=make-decisions&budget=90000"
    ahead = client.get(address).text
    assert "does not depend on our weights" in ahead
    monkeypatch.setattr(ranking, "HAIR", 1.0)
    # Another order of parameters is the same page, so another purpose is asked for.
    level = client.get(f"{address}&purpose=inform").text
    assert "The first two suggestions are all but level." in level
    assert "does not depend on our weights" not in level


def test_a_process_of_fewer_steps_says_what_is_left_out_and_none_that_none_fits(
    real_app: Flask,
) -> None:
    site = PageClient(real_app)
    found = site.get("/plan?purpose=gather-views&weeks=0.5&budget=200")
    [left_out] = [text for text in texts(found, "#process ~ p") if text.startswith("Left out")]
    assert left_out.startswith(
        "Left out, as we found no step that keeps all your limits together: "
    )
    assert "Left out" not in site.get("/plan?purpose=gather-views&weeks=60&budget=90000").get_text()
    none = site.get(
        "/plan?purpose=make-decisions&level=empower&hours=0&weeks=0&budget=0&hire=council"
    )
    assert not none.select(".plan-steps")
    assert texts(none, "#process ~ p") == [
        "No process keeps all your limits, not even one of a single step."
    ]


def test_who_asks_why_not_is_answered_without_having_been_asked_for_anything(
    page: PageClient,
) -> None:
    found = page.get("/plan?purpose=deliberate&why_not=harvest-jury")
    headings = texts(found, "main h2")
    assert headings[0] == "Why not this one: Harvest jury"
    assert not any(heading.startswith("You were asked for") for heading in headings)
    assert "why_not" not in str(found.select_one("#process ~ p a")) + str(found.select("a[href*='plan/steps']"))  # fmt: skip
