"""What is read from a story in somebody's own words: the main purpose, and how many people."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from catalogue.planner.answers import Answers
from catalogue.planner.main_purpose import main_purpose
from catalogue.planner.own_words import understand
from catalogue.planner.people_in_words import people_said
from catalogue.planner.plan import make_plan
from catalogue.planner.plan_methods import plan_methods
from catalogue.planner.words import NearestNeeds, WordScores
from catalogue.presentation.plans.plan_data import plan_data
from catalogue.search.query.facts import understood
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import analyse


def stems(text: str) -> list[str]:
    return [token.stem for token in analyse(text)]


def purpose_of(real: Snapshot, text: str) -> tuple[str, str]:
    return main_purpose(text, text, plan_methods(real))


@pytest.mark.parametrize(
    ("text", "purpose", "words"),
    [
        ("The lease is signed. What should I tell people?", "inform", "is signed, tell people"),
        ("Nobody knows why they miss their visits.", "understand-needs", "why, miss, Nobody knows"),
        ("We'd like to come up with creative ideas.", "generate-ideas", "ideas, come up with, creative"),
        ("Members have to vote on it in May.", "make-decisions", "have to vote, vote on"),
        ("By law we consult on the new plan.", "gather-views", "consult on"),
        ("We must find out whether the zone is wanted.", "gather-views", "is wanted, find out whether"),
        ("They don’t speak; there is bad blood.", "resolve-conflict", "don’t speak, bad blood"),
    ],
)  # fmt: skip
def test_phrases_of_a_need_are_read_with_the_words_they_were_read_from(
    real: Snapshot, text: str, purpose: str, words: str
) -> None:
    assert purpose_of(real, text) == (purpose, words)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry to bother you. We want a bench in the park.",
        "We are setting up a scheme for older people.",
        "The council has new policies.",
        "How do we make them listen?",
        "People living with dementia use the hall.",
        "A developer has put in an application for 450 houses.",
        "Our playground is next to a hotel.",
    ],
)
def test_a_courtesy_or_a_word_of_the_topic_sets_no_purpose(real: Snapshot, text: str) -> None:
    assert purpose_of(real, text) == ("", "")


@pytest.mark.parametrize("first", ["Evaluate", "Evaluating"])
def test_what_a_text_begins_with_is_what_is_to_be_done(real: Snapshot, first: str) -> None:
    text = f"{first} the options."
    assert purpose_of(real, text)[0] == "monitor-evaluate"


def test_words_of_money_and_time_speak_for_no_purpose(real: Snapshot) -> None:
    told = replace(Answers(), text="2000 pounds, four weeks")
    assert {each.name for each in understand(told, plan_methods(real))} == {"budget", "weeks"}


def test_a_bare_number_is_no_reason_for_a_method(real: Snapshot) -> None:
    words = plan_methods(real).words
    assert words.scores("600")
    assert not any(words.shared("600", card.slug) for card in real.cards)


def test_a_method_scores_for_the_words_of_methods_related_to_it_both_ways() -> None:
    documents = {name: Counter(stems(name)) for name in ("survey", "poll", "jury", "panel")}
    words = WordScores(documents, {"survey": ("poll", "jury", "not-published")})
    # Half for its own words, half for the average of the related: survey has two, poll and jury one.
    assert words.scores("a poll") == {"poll": 1.0, "survey": 0.5}
    assert words.scores("the survey") == {"survey": 1.0, "poll": 1.0, "jury": 1.0}
    assert words.scores("zzz") == {}


def test_the_nearest_need_shares_the_rarest_words_and_has_few_others() -> None:
    needs = NearestNeeds([
        ("survey", stems("ask tenants about rents")),
        ("jury", stems("ask experts")),
        ("walkabout", stems("tenants walk round the estate with officers and councillors")),
        ("picnic", stems("eat together")),
    ])  # fmt: skip
    assert [slug for slug, _ in needs.nearest("Ask tenants about rents", 4)] == [
        "survey", "jury", "walkabout",
    ]  # fmt: skip
    assert [slug for slug, _ in needs.nearest("Ask tenants about rents", 1)] == ["survey"]
    assert needs.nearest("zzz", 4) == []


def test_a_method_that_somebody_else_proposes_says_little_about_what_is_needed(
    real: Snapshot,
) -> None:
    proposal = "My director wants a survey on our draft policy so that people have their say."
    need = "I want to understand why families walk away."
    assert purpose_of(real, proposal)[0] == "gather-views"
    assert purpose_of(real, f"{proposal} {need}")[0] == "understand-needs"


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("I have nine months to plan health services. The minister wants a citizens' assembly.", "deliberate"),
        ("A citizens' assembly about GP services", "deliberate"),
        ("We wanted a referendum.", "make-decisions"),
        ("The mayor wants a citizens' assembly. I need to know why families walk away.", "understand-needs"),
    ],
)  # fmt: skip
def test_the_name_of_a_method_speaks_only_for_what_that_method_is_mainly_for(
    real: Snapshot, text: str, purpose: str
) -> None:
    assert purpose_of(real, text)[0] == purpose


@pytest.mark.parametrize(
    ("text", "asked_for"),
    [
        ("The minister wants a citizens' assembly.", ["citizens-assembly"]),
        ("The minister wants an assembly of citizens.", ["citizens-assembly"]),
        ("We have no money, but they want a survey.", ["survey"]),
        ("Why can't we ask for a citizens' jury?", ["citizens-jury"]),
        ("They want not only a public meeting.", ["public-meeting"]),
        ("They asked: can't we plan a survey?", ["survey"]),
        ("We do not want a citizens' assembly.", []),
        ("No one has asked for a citizens' jury.", []),
        ("They don\u2019t want a survey, and never asked for a public meeting.", []),
        ("The board wants anything but a citizens' assembly.", []),
        ("They want something instead of a public meeting.", []),
        # "You decide", "phone-in" and "ToP" are names; these words are none.
        ("They want to decide, by phone, on the top five.", []),
        ("We'd like to hold a World Café for 60 carers.", ["world-cafe"]),
        ("How do I hold a citizens' assembly?", ["citizens-assembly"]),
        ("We could use photovoice with carers.", ["photovoice"]),
        ("Do a survey of tenants.", ["survey"]),
        ("Running an open space event for staff", ["open-space-technology"]),
        ("Planning for Real, please", ["planning-for-real"]),
        ("My manager suggested focus groups with tenants.", ["focus-group"]),
        ("We run a survey each year.", []),
        ("We write a plan and a referendum comes at the end.", []),
        ("The parish has a neighbourhood plan; a referendum comes last.", []),
        ("They want PB.", ["participatory-budgeting"]),
        ("They want surveys.", ["survey"]),
    ],
)
def test_a_method_is_asked_for_by_name_unless_it_is_refused(
    real: Snapshot, text: str, asked_for: list[str]
) -> None:
    found = understand(Answers(text=text), plan_methods(real))
    assert [each.value for each in found if each.name == "asked_for"] == asked_for


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("We do not want a survey. What do residents think about bins?", "survey"),
        ("Please no public meeting. We tried a public meeting and it failed.", "public-meeting"),
        ("The mayor has ruled out a referendum. Residents should decide about the bypass.", "referendum"),
        ("I think a citizens' assembly is overkill. What do people think about the park?", "citizens-assembly"),
    ],
)  # fmt: skip
def test_a_method_that_is_refused_is_in_no_process_nor_among_the_results(
    real: Snapshot, text: str, slug: str
) -> None:
    made = make_plan(real, Answers(text=text))
    assert made.refused == (slug,)
    assert slug not in made.passing
    assert slug not in [step.ranked.method.slug for step in made.process]
    assert slug in make_plan(real, Answers(text=text, asked_for=(slug,))).passing


def test_a_consultation_that_was_not_held_is_the_past_and_no_refusal(real: Snapshot) -> None:
    text = "Our road scheme went in without consultation."
    assert make_plan(real, Answers(text=text)).refused == ()
    assert answer_to("before", text, real) == ["no"]


def test_a_method_that_is_passed_over_is_left_out_without_a_no(real: Snapshot) -> None:
    made = make_plan(real, Answers(text="We already did a survey. We want no focus group."))
    assert made.refused == ("survey", "focus-group")
    assert made.passed_over == {"survey"}


def test_whoever_wants_no_votes_is_offered_no_method_that_ends_in_one(real: Snapshot) -> None:
    made = make_plan(real, Answers(text="No votes, please. We must choose between two sites."))
    assert {"dot-voting", "referendum", "participatory-budgeting"} <= set(made.refused)
    assert "referendum" in make_plan(real, Answers(text="Who cannot vote?")).passing


def test_what_fails_behind_a_method_that_is_refused_is_no_purpose(real: Snapshot) -> None:
    assert answer_to("purpose", "No public meeting. We tried a public meeting and it failed.", real) == []  # fmt: skip


def test_an_option_that_is_refused_speaks_for_no_method(real: Snapshot) -> None:
    text = "How do we hear from parents, not young people, about the playground?"
    made = make_plan(real, Answers(text=text))
    assert "youth-council" not in [each.method.slug for each in made.results[:5]]


@pytest.mark.parametrize("text", ["Not a citizens' assembly.", "We do not want a citizens' assembly."])  # fmt: skip
def test_a_method_that_is_refused_speaks_for_no_purpose(real: Snapshot, text: str) -> None:
    assert purpose_of(real, text) == ("", "")


def test_what_somebody_wants_to_know_is_no_proposal(real: Snapshot) -> None:
    text = "Trustees want to know what people think of the survey, and to hear their views."
    assert purpose_of(real, text)[0] == "gather-views"


def test_a_text_that_shares_no_word_with_any_method_has_no_purpose(real: Snapshot) -> None:
    assert purpose_of(real, "zzz qqq") == ("", "")


@pytest.mark.parametrize(
    ("text", "numbers", "words"),
    [
        ("She'd work with twelve of them.", (12, 12), "twelve of them"),
        ("We might reach 60 to 150. A dozen people could chair.", (60, 150), "might reach 60 to 150"),
        ("We want to meet a group of 35.", (35, 35), "group of 35"),
        ("An authority of 1.2 million.", (1_200_000, 1_200_000), "authority of 1.2 million"),
        ("We need the views of 300 firms.", (300, 300), "of 300 firms"),
        ("Forty or fifty would be plenty.", (40, 50), "Forty or fifty would be plenty"),
        ("I need 18 to 24 ordinary islanders.", (18, 24), "18 to 24 ordinary islanders"),
        ("It touches 400 families. I'd hope for 60 to 100 parents.", (60, 100), "for 60 to 100 parents"),
        ("There are 30 tenants, and 200 members.", (200, 200), "200 members"),
        ("The town has 22,000 households; 40 tenants would come.", (40, 40), "40 tenants"),
        ("From today about 16,000 homes must boil their water.", (16000, 16000), "about 16,000 homes"),
    ],
)  # fmt: skip
def test_people_hoped_for_come_before_the_largest_group_and_that_before_all_whom_it_touches(
    text: str, numbers: tuple[int, int], words: str
) -> None:
    said = people_said(text, understood(text))
    assert said is not None
    assert ((said.low, said.high), said.words) == (numbers, words)


@pytest.mark.parametrize(
    "text", ["", "Three people run it.", "In 1997 it burnt down.", "I organise on an estate of 600 flats.",
             "420 households share a drain.", "We manage 300 homes.", "We are a friends group of 35.", "A steering group of 9 plans it.",
             "Our group of 12 looks after the park.", "It takes 12 weeks and costs £400."]
)  # fmt: skip
def test_no_number_of_people_is_read_where_none_is_meant(text: str) -> None:
    assert people_said(text, understood(text)) is None


def answer_to(name: str, text: str, real: Snapshot) -> list[object]:
    return [
        each.value
        for each in understand(Answers(text=text), plan_methods(real))
        if each.name == name
    ]


@pytest.mark.parametrize(
    ("text", "conflict"),
    [
        ("Our village is split over closing a road to through traffic.", ["high"]),
        ("Our village is bitterly divided over closing a road.", ["high"]),
        ("People are shouting at each other about closing a road.", ["high"]),
        ("Residents are furious about closing a road.", ["high"]),
        ("Two families have fallen out over a road.", ["high"]),
        ("There are mixed feelings about closing a road.", ["medium"]),
        ("It is not controversial, and nobody is up in arms.", []),
        ("There’s no bad blood, and they aren’t divided.", []),
        ("We are to close a road.", []),
    ],
)  # fmt: skip
def test_conflict_is_heard_in_all_its_words_and_not_where_it_is_denied(
    real: Snapshot, text: str, conflict: list[str]
) -> None:
    assert answer_to("conflict", text, real) == conflict
    if conflict == ["high"]:
        assert answer_to("purpose", text, real) == ["resolve-conflict"]


def test_dividing_money_is_no_quarrel(real: Snapshot) -> None:
    text = "How do we divide up the money, and split the budget?"
    assert answer_to("purpose", text, real) == ["set-priorities"]
    assert answer_to("conflict", text, real) == []


@pytest.mark.parametrize(
    "text",
    ["by the end of January", "We run a ward. How was it?", "four weeks and £2,000", "The school assembly is on Monday.",
     "The minister wants an assembly.", "The minister wants a forum."],
)  # fmt: skip
def test_no_purpose_is_guessed_from_no_word_or_from_one_that_a_need_happens_to_share(
    real: Snapshot, text: str
) -> None:
    assert answer_to("purpose", text, real) == []


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("What do they want? two grand, a month.", [4.34]),
        ("I have £2,000 and a month.", [4.34]),
        ("A month to find out what residents think.", [4.34]),
        ("One fortnight, no money.", [2]),
        ("We get 300 calls a month, and a year ago it was closed.", []),
        ("It costs £500 a month. We meet every month, once a week.", []),
    ],
)
def test_a_month_by_itself_is_the_time_there_is_and_not_how_often(
    real: Snapshot, text: str, weeks: list[float]
) -> None:
    assert answer_to("weeks", text, real) == weeks


@pytest.mark.parametrize(
    "text",
    [
        "What do people on probation want?",
        "I run a prison: do prisoners read?",
        "We house asylum seekers.",
        "What is it like for children in care?",
    ],
)
def test_who_is_held_or_housed_by_whoever_asks_is_taken_not_to_speak_freely(
    real: Snapshot, text: str
) -> None:
    plan = make_plan(real, Answers(text=text))
    assert plan.answers.free_to_speak == "no"
    assert {"not-free", "not-free-in-person"} <= {note.id for note in plan.notes}


@pytest.mark.parametrize(
    ("answers", "noted"),
    [
        (Answers(text="What do our tenants think of repairs?"), True),
        (Answers(text="Patients miss their visits."), True),
        (Answers(text="Do claimants understand our letters?"), True),
        (Answers(text="What do our tenants think?", free_to_speak="yes"), False),
        (Answers(text="What do our tenants think? They are afraid to say."), False),
        (Answers(text="What do walkers think of the path?"), False),
    ],
)
def test_who_may_depend_on_whoever_asks_is_named_unless_it_is_answered(
    real: Snapshot, answers: Answers, noted: bool
) -> None:
    assert ("depends-on-you" in {note.id for note in make_plan(real, answers).notes}) == noted


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("My managers assume what clients want.", ["service-users"]),
        ("Councillors want to know what residents think.", []),
        ("I want councillors to sit down with patients.", ["decision-makers", "service-users"]),
    ],
)
def test_decision_makers_who_want_or_assume_something_are_not_whom_to_ask(
    real: Snapshot, text: str, audience: list[str]
) -> None:
    assert answer_to("audience", text, real) == audience


@pytest.mark.parametrize(
    ("text", "weeks"),
    [("We must decide by the end of January.", [9]), ("We have six weeks. It was decided before Easter.", [6]), ("by the end of the year", [4])],
)  # fmt: skip
def test_a_day_of_the_calendar_is_a_limit_of_weeks_only_from_a_day_that_is_given(
    real: Snapshot, text: str, weeks: list[float]
) -> None:
    methods, today = plan_methods(real), date(2026, 11, 29)
    assert [each.value for each in understand(Answers(text=text), methods, today) if each.name == "weeks"] == weeks  # fmt: skip
    without = [each.words for each in understand(Answers(text=text), methods) if each.name == "weeks"]  # fmt: skip
    assert "by the end of January" not in without


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("We have at least £20,000 to spend.", "budget", 20_000),
        ("It may take more than 12 weeks.", "weeks", 12),
        ("A process lasting six months.", "weeks", 26),
    ],
)
def test_who_has_at_least_so_much_has_so_much(
    real: Snapshot, text: str, name: str, value: float
) -> None:
    assert answer_to(name, text, real) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "The council must cut 4 million from the library budget. What should go?",
        "We have 60,000 pounds to give away to local projects.",
        "It costs £300,000 a year to run.",
        "We do not have a budget of £5000.",
        "We asked people two years ago about the park.",
        "The decision was made two years ago.",
        "We have been waiting 3 years.",
        "The road will be shut for nine weeks from March.",
        "It has cost us more than £3m a year.",
    ],
)
def test_money_and_times_that_a_story_is_about_are_no_limits(real: Snapshot, text: str) -> None:
    assert answer_to("budget", text, real) == answer_to("weeks", text, real) == []


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("The decision has been taken.", "open", "nothing"),
        ("The route has already been decided.", "open", "nothing"),
        ("Tick the consultation box.", "open", "nothing"),
        ("We need to look as if we consulted.", "open", "nothing"),
        ("The route is already decided; only the layout can change.", "open", "some"),
        ("Nothing has been decided yet.", "open", None),
        ("It isn’t a done deal.", "open", None),
        ("They are tired of box-ticking.", "open", None),
        ("We are legally required to consult.", "law", "yes"),
        ("We must by law consult.", "law", "yes"),
        ("By-laws on dogs.", "law", None),
        ("Members are chosen by lot.", "recruitment", "random"),
        ("We reach them only by phone.", "format", "remote"),
        ("Patients book by phone.", "format", None),
        ("Tenants not on the internet.", "must", "no-internet"),
        ("Staff after a suicide.", "must", "trauma-aware"),
        ("About a dozen mothers.", "people", (12.0, 12.0)),
        ("Prioritise fourteen repairs.", "purpose", "set-priorities"),
        ("Decide who gets it.", "purpose", "set-priorities"),
        ("Bangladeshi women.", "audience", "seldom-heard"),
        ("men in a category C prison", "free_to_speak", "no"),
        ("Young people in jail", "free_to_speak", "no"),
        ("patients on the ward", "free_to_speak", "no"),
        ("Three of us walk the wards of the town.", "free_to_speak", None),
        ("3,500 council staff have a view", "audience", "frontline-staff"),
        ("Three staff run it.", "audience", None),
        ("Older people.", "audience", "seldom-heard"),
    ],
)
def test_plain_words_answer_the_question_that_they_are_about(
    real: Snapshot, text: str, name: str, value: object
) -> None:
    found = understand(replace(Answers(), text=text), plan_methods(real))
    assert next((each.value for each in found if each.name == name), None) == value


def test_only_words_of_substance_in_what_a_method_is_asked_for_are_reasons(real: Snapshot) -> None:
    words = plan_methods(real).words
    story = (
        "While nine of us had just begun in September with 2 million pounds, what else is done for people, groups and the "
        "council within ten weeks, say half a day or 3 miles?"
    )
    named = {word for card in real.cards for word in words.shared(story, card.slug)}
    assert named == set()
    assert {word for card in real.cards for word in words.shared("maternity, a landlord", card.slug)} == {"maternity", "landlord"}  # fmt: skip


def test_a_word_of_a_case_alone_is_no_reason() -> None:
    stems = {"a": Counter(["vote", "maidenhead"]), "b": Counter(["walk"])}
    words = WordScores(stems, {}, {"a": ["vote"], "b": ["walk"]})
    assert words.scores("Maidenhead")
    assert words.shared("A vote in Maidenhead", "a") == ["vote"]


def test_nothing_is_said_of_own_words_without_a_word_that_is_a_reason(real: Snapshot) -> None:
    plan = make_plan(
        real, Answers(text="We have £200 and one week. What do residents think about the library?")
    )
    for result in plan_data(plan, [])["results"]:
        assert not any("words" in reason for reason in result["because"])
        assert [p["text"] for p in result["points"] if p["id"] == "words"] == ["Your own words"]
