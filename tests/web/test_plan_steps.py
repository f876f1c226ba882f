"""The page of a plan: steps that buttons change, sums against limits, stages, timeline, estimate, downloads."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from docx import Document as open_word
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.exports.documents.plan_limits import plan_limits
from catalogue.planner.steps.costs import AMOUNTS, estimate, outside_total
from catalogue.planner.steps.picked import look_up
from catalogue.planner.steps.totals import totals
from catalogue.presentation.formatting import weeks_text
from catalogue.search.chosen import Pick
from catalogue.search.snapshot import Snapshot
from tests.support.page import PageClient
from tests.support.reading import texts, words

pytest_plugins = ["tests.support.real_site"]
PLAN = "/plan/steps?m=survey:light&m=deliberative-workshop&m=citizens-jury"


@pytest.fixture
def site(real_app: Flask) -> PageClient:
    return PageClient(real_app)


def names(soup: BeautifulSoup) -> list[str]:
    return texts(soup, ".steps__name a")


def pressed(site: PageClient, soup: BeautifulSoup, text: str, *typed: tuple[str, str]) -> str:
    """Return the address to which the button with a text leads, with what is typed on its page."""
    (button,) = [one for one in soup.select("main button[name]") if words(one) == text]
    pairs = [pair for pair in sent(soup) if pair[0] not in dict(typed)]
    address = f"/plan/steps?{urlencode([*pairs, *typed, (button['name'], button['value'])])}"
    return site.client.get(address).headers.get("Location", address)


def steps_of(button: Tag) -> list[str]:
    """Return the steps that a plan has once a button is pressed."""
    return parse_qs(str(button["value"]))["m"]


def sums(soup: BeautifulSoup) -> dict[str, str]:
    return {words(row.dt): words(row.dd) for row in soup.select(".sums > div")}


def test_steps_stand_in_the_order_of_the_address(site: PageClient) -> None:
    soup = site.get(PLAN)
    assert words(soup.h1) == "My plan: 3 steps"
    assert names(soup) == ["Survey, light version", "Deliberative workshop", "Citizens' jury"]


def test_a_step_shows_its_size_on_the_shared_scales_with_the_limits(site: PageClient) -> None:
    soup = site.get("/plan/steps?m=survey:light&m=citizens-jury&weeks=30&budget=5000")
    first = soup.select_one(".steps__one")
    assert first is not None
    assert [words(row) for row in first.select(".scales > div")] == [
        "Money£0 to £300≈ (our estimate)",
        "Weeks1 to 6 weeks",
        "Hours6 to 12 minutes",
        "People15 to 3,000 people",
    ]
    used = [use["href"] for use in first.select(".bar use")]
    assert used == ["#limit-budget", "#limit-weeks"]
    assert [path["id"] for path in soup.select(".bars-limits path")] == ["limit-weeks", "limit-budget"]  # fmt: skip
    assert "your limit" in texts(soup, ".scales-key > span")


def test_the_weeks_of_a_plan_never_look_as_if_they_kept_a_limit_that_they_break(
    site: PageClient,
) -> None:
    # The survey takes a week at least, and the dots a day of the next.
    soup = site.get("/plan/steps?m=survey:light&m=dot-voting:light&weeks=1")
    said = sums(soup)["Weeks, with overlap"]
    assert said.startswith("1.2 to 7 weeks Breaks your limit of 1 week: at least 1 day too much.")


def test_buttons_move_remove_and_resize_a_step_and_keep_the_rest(site: PageClient) -> None:
    soup = site.get(f"{PLAN}&weeks=30&hire=community&compare=world-cafe")
    up = pressed(site, soup, "Move up: Citizens' jury")
    assert up == (
        "/plan/steps?m=survey:light&m=citizens-jury&m=deliberative-workshop"
        "&compare=world-cafe&weeks=30&hire=community"
    )
    assert names(site.get(up))[1] == "Citizens' jury"
    assert (
        names(site.get(pressed(site, soup, "Move down: Survey, light version")))[1]
        == "Survey, light version"
    )
    assert names(site.get(pressed(site, soup, "Remove: Survey, light version"))) == [
        "Deliberative workshop",
        "Citizens' jury",
    ]
    assert (
        names(site.get(pressed(site, soup, "Take the light version: Citizens' jury")))[2]
        == "Citizens' jury, light version"
    )
    moves = texts(soup, ".steps__change button")
    assert "Move up: Survey, light version" not in moves
    assert "Move down: Citizens' jury" not in moves  # fmt: skip


def test_sums_are_held_against_the_limits_in_words(site: PageClient, real: Snapshot) -> None:
    steps = [Pick("survey", "light"), Pick("deliberative-workshop"), Pick("citizens-jury")]
    picked = look_up(real, steps)
    made = totals(picked)
    money = outside_total(picked, [estimate(one, {}) for one in picked])
    weeks = made.weeks_in_turn
    assert weeks.high is not None
    assert made.hours_each.high is not None
    between, less, enough = (
        round(weeks.low),
        round(money.low) - 1000,
        round(made.hours_each.high) + 1,
    )
    found = sums(site.get(f"{PLAN}&weeks={between}&budget={less}&hours={enough}"))
    assert found["Weeks, one step after the other"] == weeks_text(weeks.low, weeks.high)
    assert (
        f"Tight: fits your limit of {between} weeks only near its lower end."
        in found["Weeks, with overlap"]
    )
    assert f"Breaks your limit of £{less:,}: at least £1,000 too much." in found["Outside cost"]
    assert f"Fits your limit of {enough} hours." in found["Time of somebody who takes part in every step"]  # fmt: skip


def test_one_press_says_that_rooms_are_free_in_the_plan_and_in_its_files(site: PageClient) -> None:
    steps = "m=leaflets-and-newsletters:light&m=site-visit:light&m=deliberative-forum:light"
    soup = site.get(f"/plan/steps?{steps}&budget=0")
    assert "Breaks your limit of £0" in sums(soup)["Outside cost"]
    address = pressed(site, soup, "Our rooms are free", ("because", "Cheap"))
    assert address == f"/plan/steps?{steps}&budget=0&hire=free&because=Cheap"
    free = site.get(address)
    assert sums(free)["Outside cost"].startswith("£0 to ")
    assert "Breaks" not in sums(free)["Outside cost"]
    assert free.select("#hire-free[checked]")
    assert "Our rooms are free" not in texts(free, "button")
    assert site.client.get(f"{address}&format=json").get_json()["totals"]["money"]["low"] == 0
    assert "Rooms are counted as free" in site.client.get(f"{address}&format=markdown").text
    report = open_word(io.BytesIO(site.client.get(f"{address}&format=word").data))
    assert [p.text for p in report.paragraphs if "Rooms are counted as free" in p.text]
    # Where nothing is near a limit, or no room is hired, there is nothing to press.
    for query in (steps, f"{steps}&budget=90000", "m=survey:light&budget=0"):
        assert "Our rooms are free" not in texts(site.get(f"/plan/steps?{query}"), "button")


def test_the_page_and_the_report_hold_the_same_cost_against_the_limit_of_money(
    site: PageClient, real: Snapshot
) -> None:
    picked = look_up(real, [Pick("survey", "light"), Pick("multi-criteria-mapping", "light")])
    figures = totals(picked).money
    judged = outside_total(picked, [estimate(one, {}) for one in picked])
    assert figures.low < judged.low
    # Between the two the pages of the methods alone would be tight, and the estimate breaks the limit.
    limit = round((figures.low + judged.low) / 2)
    address = f"/plan/steps?{urlencode([('m', str(one.pick)) for one in picked])}"
    assert "Breaks your limit" in sums(site.get(f"{address}&budget={limit}"))["Outside cost"]
    [said] = plan_limits(replace(totals(picked), money=judged), {"budget": (0, limit)}).broken
    assert said.startswith("its outside cost is ")


def test_an_empty_stage_is_named_with_up_to_three_methods_that_would_fill_it(
    site: PageClient,
) -> None:
    soup = site.get(PLAN)
    stages = {words(one.h3).split()[0]: one for one in soup.select(".stages__one")}
    assert len(stages) == 6
    assert "Covered by: Survey, light version" in words(stages["Follow"])
    added = stages["Decide"].select("button")
    assert 1 <= len(added) <= 3
    assert steps_of(added[0])[:3] == ["survey:light", "deliberative-workshop", "citizens-jury"]


def test_a_method_for_an_early_stage_is_added_before_the_later_ones(site: PageClient) -> None:
    soup = site.get("/plan/steps?m=referendum")
    stages = {words(one.h3).split()[0]: one for one in soup.select(".stages__one")}
    assert steps_of(stages["Connect"].select("button")[0])[-1] == "referendum"


def test_the_timeline_is_a_list_with_a_picture_that_readers_may_skip(site: PageClient) -> None:
    soup = site.get(f"{PLAN}&weeks=30")
    bars = soup.select(".bars li")
    for bar, name in zip(bars, names(soup), strict=True):
        assert re.fullmatch(rf"{name} (from|in) week \d+.*", words(bar))
    assert words(bars[0]).startswith("Survey, light version from week 1, until week")
    for bar in bars:
        assert bar.svg is not None
        assert bar.svg["aria-hidden"] == "true"
        for rect in bar.select("rect"):
            assert 0 <= float(rect["x"]) <= 1000
            assert float(rect["x"]) + float(rect["width"]) <= 1004.1
    assert len(soup.select(".bars__limit")) == 3


def test_what_a_step_needs_and_does_not_get_is_said(site: PageClient) -> None:
    soup = site.get("/plan/steps?m=referendum&m=kitchen-table-conversations")
    assert texts(soup, ".steps__gap")[0] == (
        "Check: The next step, Kitchen table conversations, belongs to an earlier stage than this one. "
        "Should it come first?"
    )


def test_amounts_in_the_address_change_the_estimate_and_follow_their_step(
    site: PageClient,
) -> None:
    edits = "&citizens-jury.people=12&citizens-jury.sessions=2&citizens-jury.payment=50-75"
    soup = site.get(f"{PLAN}{edits}")
    lines = {words(row.dt): words(row.dd.strong) for row in soup.select("#estimate-3 ~ dl > div")}
    assert lines["Payment of those who take part"] == "£1,200 to £1,800"
    assert edits[1:] in pressed(site, soup, "Move up: Citizens' jury")
    assert "people" not in pressed(site, soup, "Remove: Citizens' jury")
    assert soup.select_one('[name="citizens-jury.people"]')["value"] == "12"
    assert soup.select_one('[name="survey:light.people"]')["value"] == ""


def test_who_hires_is_asked_and_own_staff_count_by_default(site: PageClient) -> None:
    soup = site.get(PLAN)
    assert soup.select_one("input[name=hire][value=council]").has_attr("checked")
    assert soup.select_one("input[name=staff][value=yes]").has_attr("checked")
    assert "With your own staff:" in words(soup.select_one(".estimate"))
    assert "With your own staff:" not in words(site.get(f"{PLAN}&staff=no").select_one(".estimate"))


def test_no_sum_of_the_estimate_stands_without_its_source(site: PageClient) -> None:
    for row in site.get(PLAN).select(".estimate__lines > div"):
        assert row.select(".estimate__basis a[href^=http]"), words(row)


def test_an_empty_plan_says_how_to_begin_and_offers_ready_made_ones(site: PageClient) -> None:
    soup = site.get("/plan/steps")
    assert words(soup.h1) == "My plan"
    assert len(soup.select(".patterns__one")) == 10
    begin = soup.select(".patterns__one button")
    assert len(begin) == 10
    first = site.get(pressed(site, soup, words(begin[0])))
    assert names(first) == ["Citizens' assembly", "Referendum or local poll"]


def test_what_cannot_be_used_is_noticed(site: PageClient) -> None:
    soup = site.get("/plan/steps?m=survey&m=zzz&weeks=soon&hire=king&survey.people=many&colour=red")
    assert texts(soup, ".notices p") == [
        "We ignored “soon” for “How many weeks do you have?”. Write a number or a range, such as 12.",
        "We ignored “king”, which is not an option of Who hires the room. The options are: council, community, free.",
        "We ignored “many” for “People who take part”. Write a number or a range, such as 20-40.",
        "We ignored “colour”, which is not a filter we know.",
        "We left out “zzz”, as no method here has that name.",
    ]


def test_the_reason_for_the_steps_is_kept_and_printed(site: PageClient) -> None:
    address = f"{PLAN}&{urlencode({'because': 'Members *asked* for <b>it</b>'})}"
    soup = site.get(address)
    assert "Why these steps: Members *asked* for <b>it</b>" in texts(soup, ".plan__part p")
    assert "because=Members" in pressed(site, soup, "Move up: Citizens' jury")
    assert soup.select_one("#because")["value"] == "Members *asked* for <b>it</b>"
    downloaded = site.client.get(f"{address}&format=markdown").text
    assert "Why these steps: Members \\*asked\\* for \\<b\\>it\\</b\\>" in downloaded
    assert (
        site.client.get(f"{address}&format=json").get_json()["because"]
        == "Members *asked* for <b>it</b>"
    )
    long = site.get(f"{PLAN}&because={'a' * 501}")
    assert texts(long, ".notices p") == [
        "Your reason was longer than 500 characters. We kept its beginning."
    ]
    assert len(long.select_one("#because")["value"]) == 500  # fmt: skip


def test_a_plan_can_be_downloaded(site: PageClient) -> None:
    soup = site.get(f"{PLAN}&weeks=30")
    links = {words(a): a["href"] for a in soup.select(".narrow a[href*=format]")}
    assert list(links) == ["Word, as a report to a committee", "Markdown", "CSV", "JSON"]
    markdown = site.client.get(links["Markdown"])
    assert markdown.content_type == "text/markdown; charset=utf-8"
    assert "1. **Survey, light version** (from week 1" in markdown.text
    assert (
        "\n\nEach step is set down as if the ones before it took their longest. " in markdown.text
    )
    assert (
        "/plan/steps?m=survey:light&m=deliberative-workshop&m=citizens-jury&weeks=30"
        in markdown.text
    )
    table = list(csv.DictReader(io.StringIO(site.client.get(links["CSV"]).text)))
    assert [row["method"] for row in table] == ["Survey", "Deliberative workshop", "Citizens' jury"]
    data = site.client.get(links["JSON"]).get_json()
    assert [step["slug"] for step in data["steps"]] == [
        "survey",
        "deliberative-workshop",
        "citizens-jury",
    ]
    assert set(data["totals"]) == {
        "weeks_in_turn",
        "weeks",
        "money",
        "staff_days",
        "hours_each",
        "hours_in_all",
    }
    assert data["totals"]["weeks_in_turn"]["unknown"] == []  # fmt: skip


@settings(max_examples=20, deadline=None, database=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["m", "weeks", "budget", "hours", "hire", "staff", "compare", "x",
                 *(f"harvest-jury.{name}" for name in AMOUNTS)]
            ),
            st.one_of(
                st.text(max_size=20),
                st.sampled_from(["harvest-jury", "orchard-walk:light", "5-10", "1e9", "-3", "٣", "0", "9" * 30]),
            ),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_any_address_gets_a_sound_page(app: Flask, pairs: list[tuple[str, str]]) -> None:
    assert PageClient(app).get(f"/plan/steps?{urlencode([('m', 'harvest-jury'), *pairs])}")


ANSWERS = (
    "purpose=set-priorities&audience=service-users&people=20-40&format=in-person&conflict=high"
)


def sent(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Return what the form of a plan sends, whichever of its buttons is pressed."""
    [form] = soup.select("form[action^='/plan/steps']")
    assert {button.get("form") for button in soup.select("main button")} == {form["id"]}
    boxes = soup.select(f"#{form['id']} input, main input[form], main select[form]")
    return [
        (str(box["name"]), str(box.get("value", "")))
        for box in boxes
        if box.get("type") != "radio" or box.has_attr("checked")
    ]


def test_every_button_of_a_plan_sends_all_that_is_typed_on_its_page(site: PageClient) -> None:
    plan = "m=survey:light&m=focus-group&compare=survey&purpose=inform&weeks=12&budget=900&because=Cheap&hire=community&staff=no&survey:light.people=20-40"  # fmt: skip
    pairs = sent(site.get(f"/plan/steps?{plan}"))
    assert sorted(pair for pair in pairs if pair[1]) == sorted(parse_qsl(plan))
    assert {"hours", "m", "focus-group.people"} <= {name for name, value in pairs if not value}
    empty = "weeks=12&because=Cheap&purpose=inform"
    assert sorted(pair for pair in sent(site.get(f"/plan/steps?{empty}")) if pair[1]) == sorted(parse_qsl(empty))  # fmt: skip


def test_a_button_that_changes_the_plan_keeps_what_is_typed_and_says_what_cannot_be_read(
    site: PageClient,
) -> None:
    soup = site.get("/plan/steps?m=survey:light&m=focus-group&survey:light.people=20&weeks=9")
    typed = (("because", "Cheap"), ("weeks", "6"), ("focus-group.people", "8"))
    moved = pressed(site, soup, "Move up: Focus group", *typed)
    assert parse_qsl(urlsplit(moved).query) == [
        ("m", "focus-group"), ("m", "survey:light"), ("weeks", "6"), ("because", "Cheap"),
        ("focus-group.people", "8"), ("survey:light.people", "20"),
    ]  # fmt: skip
    # What goes with a step that is taken out is no mistake; what cannot be read is named, and the change is made.
    removed = pressed(site, soup, "Remove: Survey, light version", *typed)
    assert parse_qsl(urlsplit(removed).query) == [
        ("m", "focus-group"), ("weeks", "6"), ("because", "Cheap"), ("focus-group.people", "8")
    ]  # fmt: skip
    unread = site.get(pressed(site, soup, "Move up: Focus group", ("weeks", "soon")))
    assert names(unread) == ["Focus group", "Survey, light version"]
    assert "soon" in words(unread.select_one(".notices"))


def test_answers_to_the_planner_stay_in_every_link_and_form_of_the_plan(site: PageClient) -> None:
    soup = site.get(f"/plan/steps?m=survey&weeks=12&{ANSWERS}")
    wanted = [*parse_qsl(ANSWERS), ("weeks", "12")]
    assert not soup.select(".steps__change a[href^='/plan/steps'], .stages a")
    assert set(wanted) <= set(sent(soup))
    [back] = [
        str(a["href"]) for a in soup.select("a[href^='/plan?']") if words(a) == "your answers"
    ]
    assert set(wanted) <= set(parse_qsl(urlsplit(back).query))


def test_how_people_meet_is_no_format_to_download_in(site: PageClient) -> None:
    soup = site.get("/plan/steps?m=survey&format=in-person")
    assert words(soup.h1) == "My plan: one step"
    assert texts(soup, ".notices p") == []
    assert ("format", "csv") in [
        pair for a in soup.select("a[href*='format=csv']") for pair in parse_qsl(urlsplit(str(a["href"])).query)
    ]  # fmt: skip


def test_the_plan_of_help_me_choose_opens_with_its_answers(site: PageClient) -> None:
    soup = site.get(f"/plan?weeks=12&{ANSWERS}&text=They+are+furious")
    [opened] = [str(a["href"]) for a in soup.select("#process ~ p a")]
    sent = parse_qsl(urlsplit(opened).query)
    assert set(parse_qsl(ANSWERS)) <= set(sent)
    assert "text" not in dict(sent)
    added = [str(a["href"]) for a in soup.select(".card__choose a[href^='/plan/steps']")]
    assert added
    assert all(set(parse_qsl(ANSWERS)) <= set(parse_qsl(urlsplit(link).query)) for link in added)


@pytest.mark.parametrize(
    ("slug", "size", "limit"), [("citizens-assembly", "light", 55_000), ("planning-cell", "usual", 60_000)]
)  # fmt: skip
def test_old_prices_meet_a_limit_in_todays_money_on_every_page(
    site: PageClient, slug: str, size: str, limit: int
) -> None:
    """The sum on the method's page is below the limit, the same sum in the money of today above it."""
    name = {"light": "light version", "usual": "usual run"}[size]
    page = site.get(f"/methods/{slug}?budget={limit}")
    fits = re.findall(r"For that, (.*?) fits?\.", words(page.main))
    assert not any(name in each for each in fits)
    asked = site.get(f"/plan?budget={limit}&asked_for={slug}")
    [broken] = [text for text in texts(asked, "main p") if text.lower().startswith(f"{name}:")]
    assert re.search(r"You can spend £\d\d,000; it costs .* in money of \d{4}\.", broken)
    steps = f"/plan/steps?m={slug}:{size}&budget={limit}"
    assert f"Breaks your limit of £{limit:,}" in sums(site.get(steps))["Outside cost"]
    markdown = site.client.get(f"{steps}&format=markdown").get_data(as_text=True)
    [figures] = [line for line in markdown.splitlines() if "weeks" in line and "prices of 20" in line]  # fmt: skip
    assert re.search(r"\((?:our estimate, )?prices of 20\d\d\)", figures)


def test_what_help_me_choose_says_before_one_goes_on_goes_along_to_the_plan_and_its_report(
    site: PageClient,
) -> None:
    answers = "purpose=gather-views&law=yes&open=nothing&free_to_speak=no"
    first = texts(site.get(f"/plan?{answers}"), ".plan-notes li")
    address = f"/plan/steps?m=survey&{answers}"
    assert len(first) > 3
    assert texts(site.get(address), ".plan-notes li") == first
    report = open_word(io.BytesIO(site.client.get(f"{address}&format=word").data))
    said = [" ".join(p.text.split()) for p in report.paragraphs]
    for rule in ("Where a duty to consult applies", "You say that nothing is open any more", "People cannot speak freely to you"):  # fmt: skip
        assert [text for text in said if text.startswith(rule)], rule
    assert not site.get("/plan/steps?m=survey").select(".plan-notes")
