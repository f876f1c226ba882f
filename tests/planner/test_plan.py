"""Single rules of the planner: answers, own words, limits, near misses, why not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from werkzeug.datastructures import MultiDict

from catalogue.model.method import Method, Range
from catalogue.model.sizes import runs
from catalogue.planner.answers import MAX_TEXT, ONE_OF, Answers, parse_answers
from catalogue.planner.limits import limits_of
from catalogue.planner.plan import make_plan
from catalogue.planner.plan_methods import plan_methods
from catalogue.planner.ranking import Ranked, best_size
from catalogue.planner.rules import load_rules
from catalogue.planner.scores import COSTS, OF_LIMIT, OF_MUST, effort, wants_standing, won
from catalogue.presentation.plans.plan_texts import HOW, TAKEN_OFF
from catalogue.presentation.plans.why_not_texts import why_not_view
from catalogue.search.snapshot import Snapshot

STORY = (
    "We've four weeks and £2,000. I run a clinic and my director wants a public meeting, but nobody knows why patients "
    "miss their appointments or what they really need. They are furious."
)


def test_odd_answers_are_left_out_and_named() -> None:
    answers, notices = parse_answers(
        MultiDict([("purpose", "nonsense"), ("people", "many"), ("level", "high"), ("colour", "red"),
                   ("asked_for", "../x"), ("text", "a " * MAX_TEXT), ("purpose", "inform")])
    )  # fmt: skip
    assert answers.purpose == ("inform",)
    assert answers.people is None
    assert len(answers.text) <= MAX_TEXT
    assert {notice.code for notice in notices} == {
        "option-unknown", "range-unreadable", "asked-for-unknown", "words-long", "parameter-unknown"
    }  # fmt: skip


def test_answers_are_written_back_in_one_form_and_the_main_purpose_stays_first() -> None:
    query = "?purpose=inform&purpose=deliberate&people=20-40&weeks=12&budget=5000"
    answers, _ = parse_answers(
        MultiDict([("weeks", "12"), ("purpose", "inform"), ("purpose", "deliberate"), ("budget", "£5k"), ("people", "20 to 40")])
    )  # fmt: skip
    assert answers.query() == query


def test_a_large_number_of_people_is_taken_for_a_population_unless_they_take_part() -> None:
    assert Answers(people=(16_000, 16_000)).limit_people is None
    assert Answers(people=(16_000, 16_000), counts="taking-part").limit_people == (16_000, 16_000)
    assert Answers(people=(40, 60), counts="living-there").limit_people is None
    assert Answers(people=(40, 60)).limit_people == (40, 60)


def test_own_words_answer_what_is_open_and_nothing_that_was_answered(real: Snapshot) -> None:
    plan = make_plan(real, Answers(text=STORY))
    assert (plan.answers.weeks, plan.answers.budget) == (4, 2000)
    assert plan.answers.conflict == "high"
    assert plan.answers.audience[:1] == ("service-users",)
    assert plan.answers.purpose == ("understand-needs",)
    assert plan.answers.asked_for == ("public-meeting",)
    answered, _ = parse_answers(
        MultiDict([("text", STORY), ("weeks", "9"), ("budget", "not-sure")])
    )
    again = make_plan(real, answered)
    assert again.answers.weeks == 9
    assert again.answers.budget is None
    assert {"weeks", "budget"} & {each.name for each in again.understood} == set()


def test_a_limit_fits_is_tight_breaks_or_is_not_known(real: Snapshot) -> None:
    runs = plan_methods(real).runs["citizens-jury"]
    usual = next(run for run in runs if run.size == "usual")
    weeks = usual.weeks
    assert isinstance(weeks, Range)
    assert weeks.high is not None
    states = {
        value: limits_of(usual, Answers(weeks=value))[0].state
        for value in (weeks.low - 1, weeks.low, weeks.high)
    }
    assert list(states.values()) == ["breaks", "tight", "fits"]
    assert limits_of(usual, Answers()) == []


def test_a_near_miss_admits_its_methods_when_its_change_is_made(real: Snapshot) -> None:
    answers = Answers(purpose=("deliberate",), weeks=6, budget=1000)
    plan = make_plan(real, answers)
    assert plan.near_misses
    for change in plan.near_misses:
        admitted = set(make_plan(real, change.applied(answers)).passing)
        assert set(change.slugs) <= admitted - set(plan.passing), change.name


def test_what_must_work_strikes_out_what_its_form_shuts_out_and_what_is_not_known_stays(
    real: Snapshot,
) -> None:
    methods = plan_methods(real)
    shut_out = {s for s, m in methods.methods.items() if "anonymous" in m.inclusion_unsuitable}
    plan = make_plan(real, Answers(purpose=("resolve-conflict",), must=("anonymous",)))
    assert shut_out
    assert set(plan.passing) == set(methods.methods) - shut_out
    # Nobody is told to leave people out for the sake of a method.
    assert {change.name for change in plan.near_misses} == set()


def test_why_not_says_whom_the_form_of_a_method_shuts_out(real: Snapshot) -> None:
    plan = make_plan(real, Answers(must=("anonymous",), asked_for=("fishbowl",)))
    [view] = [why_not_view(each, plan) for each in plan.explained]
    why = plan.methods.methods["fishbowl"].inclusion_unsuitable["anonymous"]
    assert {(size.stands, size.why) for size in view.sizes} == {
        ("it does not fit.", (f"“Anonymous” must work, and its form shuts that out: {why}",))
    }


@pytest.mark.parametrize(("complexity", "hurries"), [("medium", False), ("high", True)])
def test_only_a_hard_matter_takes_points_off_what_gives_people_little_time_to_understand(
    real: Snapshot, complexity: str, hurries: bool
) -> None:
    methods = plan_methods(real)
    survey = methods.methods["survey"]
    assert survey.handles_complexity == "low"
    ranked = best_size(survey, methods.runs["survey"], Answers(complexity=complexity), 0.0, load_rules())  # fmt: skip
    assert ranked is not None
    assert ("hurries" in {point.how for point in ranked.points}) is hurries


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        (Answers(level="collaborate", weeks=12), False),
        (Answers(level="collaborate", weeks=26), True),
        (Answers(level="consult", weeks=52), False),
        (Answers(have=("panel",)), True),
    ],
)
def test_a_body_that_goes_on_is_wanted_for_half_a_year_of_shared_work_or_where_it_is_there(
    answers: Answers, wanted: bool
) -> None:
    assert wants_standing(answers) is wanted


def follow_up(real: Snapshot, answers: Answers) -> Ranked:
    [step] = [step for step in make_plan(real, answers).process if step.stage == "follow-up"]
    return step.ranked


def test_few_who_took_part_are_answered_among_themselves_and_many_through_a_channel_to_all(
    real: Snapshot,
) -> None:
    asked = Answers(purpose=("gather-views",), audience=("local-residents",), counts="taking-part")
    counted = {}
    for people in ((15.0, 30.0), (300.0, 900.0)):
        run = follow_up(real, replace(asked, people=people)).run
        assert run.people is not None
        counted[people] = run.people.counts
    assert counted == {(15.0, 30.0): "taking-part", (300.0, 900.0): "reached"}


@pytest.mark.parametrize("purpose", ["deliberate", "understand-needs", "generate-ideas"])
@pytest.mark.parametrize(
    "audience", ["young-people", "service-users", "frontline-staff", "members"]
)
def test_what_follows_up_tells_people_what_came_of_it_or_goes_on(
    real: Snapshot, purpose: str, audience: str
) -> None:
    answers = Answers(purpose=(purpose,), audience=(audience,), people=(15, 30), counts="taking-part")  # fmt: skip
    method = follow_up(real, answers).method
    assert method.kind == "standing" or "inform" in (*method.purposes, *method.supports)


def test_what_was_asked_for_is_answered_with_what_breaks_and_what_serves_the_same(
    real: Snapshot,
) -> None:
    answers = Answers(purpose=("deliberate",), budget=15_000, weeks=12, asked_for=("citizens-assembly",))  # fmt: skip
    plan = make_plan(real, answers)
    [asked] = plan.explained
    assert asked.place is None
    assert {limit.name for _, limits in asked.broken for limit in limits} >= {"budget"}
    assert asked.instead
    assert all(each.ranked.method.slug in plan.passing for each in asked.instead)


def test_nothing_shallower_stands_in_for_a_method_in_which_people_talk_and_learn(
    real: Snapshot,
) -> None:
    for purpose in ("deliberate", "set-priorities", "make-decisions"):
        answers = Answers(purpose=(purpose,), budget=20_000, weeks=30, asked_for=("citizens-assembly",))  # fmt: skip
        [asked] = make_plan(real, answers).explained
        instead = [each.ranked.method for each in asked.instead]
        assert instead
        assert all("deliberate" in (*each.purposes, *each.supports) for each in instead)
        assert {each.talk for each in instead} <= {"much", "most"}
        assert "low" not in {each.handles_complexity for each in instead}


def test_a_method_that_is_refused_wins_no_points_for_its_name(real: Snapshot) -> None:
    def points(text: str) -> float:
        plan = make_plan(real, Answers(purpose=("deliberate",), text=text, asked_for=("citizens-assembly",)))  # fmt: skip
        [found] = [each for each in plan.results if each.method.slug == "citizens-assembly"]
        return sum(point.points for point in found.points if point.id == "words")

    assert points("Anything but a citizens' assembly about parking charges.") < points(
        "A citizens' assembly about parking charges."
    )


def test_impossible_limits_still_name_the_best_methods_and_what_they_break(real: Snapshot) -> None:
    plan = make_plan(real, Answers(purpose=("deliberate",), weeks=0, budget=0))
    assert plan.results == ()
    assert len(plan.beyond) == 3
    assert all(each.broken for each in plan.beyond)


def test_every_way_of_winning_or_losing_points_has_its_sentence() -> None:
    rules = load_rules()
    [run] = runs(Method("any", "Any", "", (), ()))
    named = {*OF_LIMIT.values(), *OF_MUST.values(), *COSTS, *(p.how for p in effort(run, rules))}
    assert set(TAKEN_OFF) == set(rules.taken_off) == named
    assert {name for name, _ in HOW} == set(rules.weights) - {"words"}


@pytest.mark.parametrize("text", ["", " ", "\u202e", "0", "£", "a" * 500, "weeks weeks", "何"])
def test_any_text_gives_a_plan(snapshot: Snapshot, text: str) -> None:
    answers, _ = parse_answers(MultiDict([("text", text)]))
    assert make_plan(snapshot, answers).passing


@pytest.mark.parametrize("most", [name for name in ONE_OF["most"] if name != "words"])
def test_the_answer_that_matters_most_counts_twice_and_no_other_does(
    real: Snapshot, most: str
) -> None:
    answers = Answers(purpose=("gather-views",), audience=("young-people",), level="consult", conflict="high",
                      complexity="high", output=("report",), recruitment="open")  # fmt: skip
    plain, weighed = make_plan(real, answers), make_plan(real, replace(answers, most=most))
    assert plain.passing != weighed.passing or plain.results[0].points != weighed.results[0].points
    before = {each.method.slug: each.points for each in plain.results}
    for each in weighed.results:
        for point in each.points if each.method.slug in before else ():
            [other] = [p for p in before[each.method.slug] if (p.id, p.how, p.value) == (point.id, point.how, point.value)]  # fmt: skip
            times = 2 if point.id == most else 1
            assert (point.points, point.of) == pytest.approx((other.points * times, other.of * times), abs=0.11)  # fmt: skip


def test_what_was_not_answered_cannot_count_twice(real: Snapshot) -> None:
    answers = Answers(purpose=("inform",), most="audience")
    assert make_plan(real, answers).results == make_plan(real, replace(answers, most="")).results
    assert Answers(most="words").matters_most == ""
    assert Answers(most="words", text="Why?").matters_most == "words"


@pytest.mark.parametrize(
    ("asked", "how"), [("all-voters", "listed"), ("open", "near"), ("mixed", "near"), ("random", "none")]
)  # fmt: skip
def test_a_vote_of_all_is_nearly_open_to_all_and_no_lottery(
    real: Snapshot, asked: str, how: str
) -> None:
    vote = plan_methods(real).methods["referendum"]
    points = won(vote, Answers(recruitment=asked), 0.0, load_rules())
    assert [point.how for point in points if point.id == "recruitment"] == [how]


def test_own_words_count_more_where_what_is_needed_is_only_guessed_from_them(
    real: Snapshot,
) -> None:
    rules, words = load_rules(), {}
    for purpose in ((), ("understand-needs",)):
        plan = make_plan(real, Answers(text=STORY, purpose=purpose))
        assert plan.answers.purpose
        words[purpose] = [p.of for each in plan.results for p in each.points if p.id == "words"]
    assert set(words[()]) == {rules.weights["words"] * rules.words_alone["times"]}
    assert set(words[("understand-needs",)]) == {rules.weights["words"]}


def test_judged_searches_speak_for_own_words_by_their_share(real: Snapshot) -> None:
    methods = plan_methods(real)
    asked, judged = methods.words.scores(STORY), methods.recommended.shares(STORY)
    assert methods.word_shares(STORY, 0.0) == pytest.approx(
        {s: asked.get(s, 0.0) for s in real.slugs}
    )
    assert list(methods.word_shares(STORY, 1.0).values()) == pytest.approx(judged.tolist())
    assert (min(judged), max(judged)) == (0, 1)
    mixed = methods.word_shares(STORY, 0.25)
    for slug, share in zip(real.slugs, judged.tolist(), strict=True):
        assert mixed[slug] == pytest.approx(0.75 * asked.get(slug, 0.0) + 0.25 * share)


def test_words_that_no_judged_search_has_recommend_nothing(real: Snapshot) -> None:
    assert set(plan_methods(real).recommended.shares("Zyxt qwrtz").tolist()) == {0.0}
    assert plan_methods(real).word_shares("", 0.5) == {}


def test_where_nothing_is_open_the_process_tells_and_asks_nothing(real: Snapshot) -> None:
    for purpose in load_rules().process.steps:
        for more in ({}, {"conflict": "high"}, {"level": "empower"}):
            plan = make_plan(real, Answers(purpose=(purpose,), open="nothing", **more))
            assert [step.stage for step in plan.process] == ["connect", "follow-up"]
            assert {step.ranked.method.purposes[0] for step in plan.process} == {"inform"}
            assert {step.ranked.method.level[0] for step in plan.process} == {"inform"}
