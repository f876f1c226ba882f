"""Facts named in the words of a search are found where they stand, and nothing else is taken for one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.facts import Fact
from catalogue.search.query.facts import GRADED, FactMention, find_mentions, understood
from catalogue.search.query.thesaurus import THESAURUS
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY
from tests.support.search_helpers import parse, tries


def option(text: str, start: int, facet: str, *values: str) -> FactMention:
    return FactMention(Fact(facet, values), text, start, start + len(text))


def number(text: str, start: int, name: str, low: float, high: float) -> FactMention:
    return FactMention(Fact(name, numbers=(low, high)), text, start, start + len(text))


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        pytest.param("cheap", [option("cheap", 0, "cost", "minimal", "low")], id="synonym"),
        pytest.param("CHEAP", [option("CHEAP", 0, "cost", "minimal", "low")], id="capitals"),
        pytest.param("very expensive", [option("very expensive", 0, "cost", "very-high")],
                     id="the longer of two options"),
        pytest.param("what children and young people think",
                     [option("children and young people", 5, "audience", "young-people")], id="label"),
        pytest.param("a cheap, online way",
                     [option("cheap", 2, "cost", "minimal", "low"), option("online", 9, "format", "online")],
                     id="two facts in their order"),
        pytest.param("low cost for 30 people under £500",
                     [option("low cost", 0, "cost", "minimal", "low"), number("for 30 people", 9, "people", 30, 30),
                      number("under £500", 23, "budget", 0, 499)], id="options and numbers"),
        pytest.param("cheaper", [], id="part of a word"),
        pytest.param("onlines", [], id="a longer word"),
        pytest.param("jury", [], id="no fact"),
        pytest.param("", [], id="nothing"),
    ],
)  # fmt: skip
def test_facts_are_found_with_the_position_where_they_stand(
    text: str, mentions: list[FactMention]
) -> None:
    assert find_mentions(text) == mentions


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("£500", 500), ("£ 500", 500), ("500 pounds", 500), ("500 quid", 500), ("500gbp", 500),
        ("£2.500", 2500), ("£2.500,50", 2500.5), ("£2,500", 2500), ("£2,500.50", 2500.5), ("£5k", 5000), ("£5 thousand", 5000),
        ("£2m", 2_000_000), ("£1.5 million", 1_500_000), ("5k pounds", 5000),
        ("under £500", 499), ("less than £500", 499), ("BELOW £500", 499),
        ("up to £500", 500), ("within £500", 500), ("for £500", 500), ("max £500", 500),
        ("maximum £500", 500), ("about £500", 500), ("budget of £500", 500), ("have £500", 500),
        ("80k", 80_000), ("80K", 80_000), ("£80k", 80_000), ("80 thousand", 80_000), ("80 grand", 80_000),
        ("1.5m", 1_500_000), ("2 million", 2_000_000), ("have 80k", 80_000), ("under 80k", 79_999),
        ("budget of 5000", 5000), ("£0", 0), ("£0.00", 0), ("under £1", 0), ("no money", 0), ("15 thousand euro", 12_500),
        ("€1,200", 1000), ("1200 euros", 1000), ("$1.3m", 1_000_000), ("US$1,300", 1000),
    ],
)  # fmt: skip
def test_a_sum_of_money_is_the_most_that_may_be_spent(text: str, high: float) -> None:
    assert find_mentions(text) == [number(text, 0, "budget", 0, high)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("10-20k", 10_000, 20_000), ("£5,000 to £10,000", 5_000, 10_000), ("between 5k and 10k", 5_000, 10_000)],
)  # fmt: skip
def test_two_sums_are_a_range(text: str, low: float, high: float) -> None:
    assert find_mentions(text) == [number(text, 0, "budget", low, high)]


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("we have 80k", "have 80k"), ("a jury for 80k, please", "for 80k"), ("80k, all in all", "80k"),
        ("our budget is 5000", "budget is 5000"), ("spend 5,000 on it", "spend 5,000"), ("funding of about 12000", "funding of about 12000"),
    ],
)  # fmt: skip
def test_money_is_understood_within_a_sentence(text: str, sum_: str) -> None:
    (mention,) = find_mentions(text)
    assert (mention.fact.name, mention.text) == ("budget", sum_)


@pytest.mark.parametrize("text", ["10k homes", "5k signatures", "budget 2025", "spend 3 evenings", "cost 12%", "80kk"])  # fmt: skip
def test_a_number_that_counts_something_else_is_no_money(text: str) -> None:
    assert [mention for mention in find_mentions(text) if mention.fact.name == "budget"] == []


@pytest.mark.parametrize(
    ("text", "name", "high"),
    [
        ("in two weeks", "weeks", 2), ("within 6 weeks", "weeks", 6), ("in a week", "weeks", 1),
        ("under 1.5 weeks", "weeks", 1.5), ("have twelve weeks", "weeks", 12),
        ("only a few weeks", "weeks", 3), ("in a couple of weeks", "weeks", 2),
        ("in a month", "weeks", 4.34), ("within 3 months", "weeks", 13), ("in half a month", "weeks", 2.17),
        ("in two hours", "hours", 2), ("two hours", "hours", 2), ("2.5 hours", "hours", 2.5), ("2,5 hours", "hours", 2.5),
        ("for an hour", "hours", 1), ("in half an hour", "hours", 0.5), ("1 HOUR", "hours", 1),
        ("half a day", "hours", 4), ("in half a day", "hours", 4), ("in one evening", "hours", 3),
        ("in a single afternoon", "hours", 3), ("for a morning", "hours", 3),
    ],
)  # fmt: skip
def test_a_time_is_the_most_that_there_is(text: str, name: str, high: float) -> None:
    assert find_mentions(text) == [number(text, 0, name, 0, high)]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("30 people", 30), ("for 30 residents", 30), ("with 12 staff", 12), ("of 1 citizens", 1),
        ("1,500 people", 1500), ("1000000 members", 1_000_000), ("80k people", 80_000), ("2 million residents", 2e6),
    ],
)  # fmt: skip
def test_a_number_of_people_is_that_number(text: str, people: float) -> None:
    assert find_mentions(text) == [number(text, 0, "people", people, people)]


ODD = [
    "£", "under £", "£ under", "£,", "£.", "£k", "£-5", "under under", "0 people",
    "in 0 weeks", "in 0 months", "0 hours", "in weeks", "hours", "people", "in the evening",
    "£99999999999", "£" + "9" * 400, "in 99999999999 weeks", f"in {'9' * 400} weeks",
    f"in {'9' * 400} months", f"{'9' * 400} hours", f"{'9' * 400} people", "in £ weeks", "two people's",
    "£5x", "5poundsterling", "kidſ", "cıtızens", "onlİne", "ſix hours", "1,500 hours", "week in week out",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=[text[:20] for text in ODD])
def test_what_names_no_usable_fact_is_left_as_words(text: str) -> None:
    assert find_mentions(text) == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("what 7 year olds want", Fact("audience", ("young-people",))),
        ("aged 12 to 16", Fact("audience", ("young-people",))),
        ("only volunteers", Fact("facilitation", ("none", "some"))),
        ("no trained facilitator", Fact("facilitation", ("none", "some"))),
        ("evenings from home", Fact("format", ("online",))),
        ("a contested scheme", Fact("handles_conflict", ("high",))),
    ],
)
def test_a_limit_in_words_is_understood(text: str, fact: Fact) -> None:
    assert [mention.fact for mention in find_mentions(text)] == [fact]


@pytest.mark.parametrize(
    "text", ["70 year olds", "aged 65 and over", "a 10 year plan", "aged 18 and over"]
)
def test_other_ages_are_no_audience(text: str) -> None:
    assert [mention.fact for mention in find_mentions(text)] == []


def test_those_who_live_somewhere_are_kept_apart_from_those_who_take_part() -> None:
    text = "60 people in a town of 40,000"
    said = understood(text)
    assert [mention.fact for mention in said.mentions] == [Fact("people", numbers=(60, 60))]
    (population,) = said.populations
    assert (population.high, text[population.start : population.end]) == (40_000, "town of 40,000")


def test_digits_of_other_scripts_are_digits() -> None:
    assert find_mentions("٣٠ people") == [number("٣٠ people", 0, "people", 30, 30)]


FACT_FACETS = [facet for facet in VOCABULARY.facets.values() if facet.fact]


@pytest.mark.parametrize("facet", FACT_FACETS, ids=[facet.name for facet in FACT_FACETS])
def test_every_word_of_an_option_that_says_something_names_an_option(facet: object) -> None:
    for option_ in facet.options:  # type: ignore[attr-defined]
        labels = () if facet.name in GRADED else (option_.label,)  # type: ignore[attr-defined]
        for word in (*labels, *option_.synonyms):
            if word.lower() in THESAURUS.generic:
                assert find_mentions(word) == []
            else:
                (mention,) = find_mentions(word)
                named = VOCABULARY.facets[mention.fact.name].by_value[mention.fact.values[0]]
                words = [text.lower() for text in (named.label, *named.synonyms)]
                assert (mention.text, word.lower() in words) == (word, True)


def test_a_grade_in_a_sentence_is_no_fact() -> None:
    assert find_mentions("on the high street, as well as we can, at low tide") == []


def test_cost_audience_and_format_can_be_named() -> None:
    assert {"cost", "audience", "format"} <= {facet.name for facet in FACT_FACETS}


PIECES = st.sampled_from(
    ["£", "500", "1,000", "2.5", "k", "m", "in", "under", "for", "two", "a few", "half an", "weeks",
     "month", "hours", "people", "evening", "cheap", "online", "young people", "jury", ",", "0", "9" * 30]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=10).map(" ".join), st.text(max_size=60))


@tries(300)
@given(text=TEXTS)
def test_facts_stand_in_the_text_in_order_and_apart(text: str) -> None:
    mentions = find_mentions(text)
    assert [text[m.start : m.end] for m in mentions] == [m.text for m in mentions]
    assert all(m.text for m in mentions)
    assert all(one.end <= two.start for one, two in itertools.pairwise(mentions))
    assert all(bool(m.fact.values) != bool(m.fact.numbers) for m in mentions)


@tries(300)
@given(text=st.lists(PIECES, max_size=10).map(" ".join))
def test_every_fact_can_be_asked_for_as_a_filter(text: str) -> None:
    for fact in [mention.fact for mention in find_mentions(text)]:
        only = SearchRequest().with_fact(fact)
        if fact.numbers:
            assert only.ranges == {fact.name: fact.numbers}
        elif VOCABULARY.facets[fact.name] in VOCABULARY.filters:
            assert only.choices == {fact.name: fact.values}
        else:
            continue
        assert parse(only.query()) == (only, [])


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("I have £2,000 and four weeks to find out", ["budget", "weeks"]),
        ("seven people came last time, and it is decided in autumn", []),
        ("must be done within ten weeks", ["weeks"]),
        ("our foodbank sees 140 families a week and has £62 in the till", ["budget"]),
        ("the pool closes in eighteen months", ["weeks"]),
        ("lads could act out in ten minutes how the rules trip them up", []),
    ],
)
def test_money_and_the_time_there_is_are_limits_in_any_story(text: str, firm: list[str]) -> None:
    assert [mention.fact.name for mention in find_mentions(text) if mention.firm] == firm


@pytest.mark.parametrize(
    ("words", "limits"),
    [
        ("50 people, half a day, two staff, church hall", {"people", "hours"}),
        ("online only and about 300 people", {"format", "people"}),
        ("deaf people's view of video appointments on the new hospital website", set()),
        ("a girl was hit by the school, twenty furious parents came to the gate and shouted at me for an hour about it", set()),
    ],
)  # fmt: skip
def test_numbers_and_groups_are_limits_where_a_search_names_little_else(
    real: Snapshot, words: str, limits: set[str]
) -> None:
    found = {fact.name for fact in real.matched(words).query.limits}
    assert found == limits


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("staff after a suicide", {"frontline-staff", "trauma-aware"}),
        ("women who had a miscarriage", {"trauma-aware"}),
        ("families who lost their baby", {"trauma-aware"}),
        ("a baby died on the ward", {"trauma-aware"}),
        ("bullying at work", {"trauma-aware"}),
        ("the debate died down", set()),
        ("dying high street", set()),
        ("assisted suicide law", set()),
        ("racist abuse at the meeting", set()),
        ("fell on deaf ears", set()),
        ("sex workers", {"seldom-heard"}),
        ("people who inject drugs", {"seldom-heard"}),
        ("single mothers", {"seldom-heard"}),
        ("mothers", {"carers"}),
        ("young men", {"young-people"}),
        ("elders who can’t read", {"seldom-heard", "low-literacy"}),
        ("not on the internet", {"no-internet"}),
        ("refugees who speak no English", {"seldom-heard", "multilingual"}),
    ],
)
def test_people_and_what_they_lived_through_are_heard_in_the_words_for_them(
    text: str, named: set[str]
) -> None:
    assert {value for mention in find_mentions(text) for value in mention.fact.values} == named
