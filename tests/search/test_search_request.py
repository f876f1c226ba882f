"""A query string becomes a request and back, in one canonical form, whatever is in it."""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from werkzeug.datastructures import MultiDict

from catalogue.model.letters import compose
from catalogue.model.unprintable import strip_line
from catalogue.search.parameters import MAX_WORDS_LENGTH, Notice
from catalogue.search.search_request import (
    KNOWN_NAMES,
    LIMITS_OFF,
    MAX_NUMBER,
    MAX_PER_PAGE,
    SORTS,
    WEAKER_SHOWN,
    SearchRequest,
    parse_request,
    range_text,
)
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from tests.support.search_helpers import ask, parse, tries

PURPOSES = VOCABULARY.facets["purpose"].values
COSTS = VOCABULARY.facets["cost"].values

FACETS = [facet.name for facet in VOCABULARY.filters]
NAMES = sorted(KNOWN_NAMES)
OPTIONS = [value for facet in VOCABULARY.filters for value in facet.values] + [
    UNKNOWN,
    *SORTS,
    LIMITS_OFF,
    WEAKER_SHOWN,
]
ODD = ["", " ", "20-40", "40 to 20", "£5,000", "12-12", "0.00001", "1e5", "-1", "999999", '"']
VALUES = st.one_of(st.sampled_from(OPTIONS), st.sampled_from(ODD), st.text(), st.floats().map(str))
PAIRS = st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), st.text()), VALUES), max_size=12)
CLEAN_WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=400).map(
    lambda text: strip_line(compose(strip_line(text))[:MAX_WORDS_LENGTH])
)
NUMBERS = st.floats(0, MAX_NUMBER).map(lambda number: round(number, 2))


@st.composite
def canonical_requests(draw: st.DrawFn) -> SearchRequest:
    """Make any request that an address can stand for."""
    choices = {}
    for facet in VOCABULARY.filters:
        chosen = draw(st.sets(st.sampled_from((*facet.values, UNKNOWN)), max_size=3))
        if chosen:
            choices[facet.name] = tuple(v for v in (*facet.values, UNKNOWN) if v in chosen)
    ranges = {}
    for name in VOCABULARY.ranges:
        kind = draw(st.sampled_from(("", "numbers", UNKNOWN)))
        if kind == "numbers":
            low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
            ranges[name] = (low, high)
        elif kind:
            choices[name] = (UNKNOWN,)
    words = draw(CLEAN_WORDS)
    sorts = ("", "cost", "time", "reviewed", *(("title",) if words else ()))
    return SearchRequest(
        words=words,
        choices=choices,
        ranges=ranges,
        sort=draw(st.sampled_from(sorts)),
        limits_off=draw(st.booleans()),
        weaker=draw(st.booleans()),
        page=draw(st.integers(1, MAX_NUMBER)),
        per_page=draw(st.integers(1, MAX_PER_PAGE)),
    )


@tries(150)
@given(canonical_requests())
def test_a_request_comes_back_from_its_own_query_string(request: SearchRequest) -> None:
    assert parse(request.query()) == (request, [])


@tries(150)
@given(PAIRS)
def test_any_query_string_has_a_canonical_form_that_stays(pairs: list[tuple[str, str]]) -> None:
    request, _ = parse_request(MultiDict(pairs))
    assert parse(request.query()) == (request, [])


@tries(150)
@given(canonical_requests(), st.randoms(use_true_random=False))
def test_the_order_of_parameters_does_not_matter(request: SearchRequest, random: object) -> None:
    pairs = request.pairs()
    random.shuffle(pairs)  # type: ignore[attr-defined]
    assert parse(urlencode(pairs)) == (request, [])


@tries(150)
@given(st.dictionaries(st.text(), st.lists(st.text(), min_size=1, max_size=5), max_size=5))
def test_unknown_parameters_change_nothing(given_values: dict[str, list[str]]) -> None:
    strange = {name: values for name, values in given_values.items() if name not in KNOWN_NAMES}
    request, notices = parse_request(MultiDict(strange))
    assert request == SearchRequest()
    assert [notice.code for notice in notices] == ["parameter-unknown"] * min(3, len(strange))


def test_parameters_are_written_in_one_order() -> None:
    scrambled = (
        "per_page=50&page=2&sort=cost&budget=5000&hours=3&weeks=12&people=20-40&facilitation=none"
        "&recruitment=open&format=online&level=involve&audience=experts&cost=low&purpose=deliberate&q=jury"
    )
    assert ask(scrambled).query() == (
        "?q=jury&purpose=deliberate&cost=low&audience=experts&level=involve&format=online"
        "&recruitment=open&facilitation=none&people=20-40&weeks=12&hours=3&budget=5000"
        "&sort=cost&page=2&per_page=50"
    )


def test_options_are_written_in_the_order_of_the_vocabulary_each_once() -> None:
    query = "purpose=unknown&purpose=deliberate&purpose=inform&purpose=deliberate"
    assert ask(query).query() == "?purpose=inform&purpose=deliberate&purpose=unknown"


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("", id="nothing"),
        pytest.param("q=&purpose=&people=&sort=&page=&per_page=", id="blanks"),
        pytest.param("q=+%09+&cost=+++", id="spaces"),
        pytest.param("sort=title&page=1&per_page=20", id="defaults"),
        pytest.param("sort=relevance", id="relevance-without-words"),
    ],
)
def test_blanks_and_defaults_are_dropped_without_a_word(query: str) -> None:
    request, notices = parse(query)
    assert (request, request.query(), notices) == (SearchRequest(), "", [])


def test_relevance_is_the_default_with_words_and_title_is_not() -> None:
    assert ask("q=jury&sort=relevance").query() == "?q=jury"
    assert ask("q=jury&sort=title").query() == "?q=jury&sort=title"


@pytest.mark.parametrize(
    ("query", "order"),
    [("", "title"), ("q=jury", "relevance"), ("q=jury&sort=cost", "cost"), ("sort=time", "time")],
)
def test_the_sort_in_force_is_the_chosen_one_or_the_default(query: str, order: str) -> None:
    assert ask(query).order == order


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("purpose=wrong", Notice("option-unknown", "purpose", "wrong", PURPOSES)),
        ("cost=Low", Notice("option-unknown", "cost", "Low", COSTS)),
        ("sort=best", Notice("option-unknown", "sort", "best", SORTS)),
        ("colour=red", Notice("parameter-unknown", "colour")),
        ("people=abc", Notice("range-unreadable", "people", "abc")),
        ("people=20-", Notice("range-unreadable", "people", "20-")),
        ("people=-5", Notice("range-unreadable", "people", "-5")),
        ("people=,", Notice("range-unreadable", "people", ",")),
        ("hours=1e5", Notice("range-unreadable", "hours", "1e5")),
        ("hours=inf", Notice("range-unreadable", "hours", "inf")),
        ("budget=1000000001", Notice("range-unreadable", "budget", "1000000001")),
        ("page=-1", Notice("number-unreadable", "page", "-1")),
        ("page=0", Notice("number-unreadable", "page", "0")),
        ("page=1.5", Notice("number-unreadable", "page", "1.5")),
        ("page=%D9%A3", Notice("number-unreadable", "page", "\u0663")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_used_is_ignored_and_named(query: str, notice: Notice) -> None:
    assert parse(query) == (SearchRequest(), [notice])


def test_an_unknown_option_leaves_the_known_ones_in_force() -> None:
    request, notices = parse("purpose=inform&purpose=wrong&cost=low")
    assert request == SearchRequest(choices={"purpose": ("inform",), "cost": ("low",)})
    assert notices == [Notice("option-unknown", "purpose", "wrong", PURPOSES)]


def test_too_large_numbers_are_brought_down_to_the_limit_and_named() -> None:
    assert parse("per_page=1000") == (
        SearchRequest(per_page=MAX_PER_PAGE),
        [Notice("number-large", "per_page", "1000", ("100",))],
    )
    assert ask("page=999999999999").page == MAX_NUMBER


@pytest.mark.parametrize(
    ("query", "canonical", "notice"),
    [
        ("q=one&q=two", "?q=one", Notice("only-first", "q", "one")),
        ("people=5&people=9", "?people=5", Notice("only-first", "people", "5")),
        ("page=2&page=3", "?page=2", Notice("only-first", "page", "2")),
        ("sort=cost&sort=time", "?sort=cost", Notice("only-first", "sort", "cost")),
    ],
)
def test_of_a_parameter_given_twice_the_first_counts(
    query: str, canonical: str, notice: Notice
) -> None:
    assert parse(query) == (ask(canonical), [notice])


def test_the_same_value_given_a_hundred_times_counts_once() -> None:
    query = "&".join(["q=jury", "purpose=inform", "people=5", "page=2", "sort=cost"] * 100)
    request, notices = parse(query)
    assert request.query() == "?q=jury&purpose=inform&people=5&sort=cost&page=2"
    assert notices == []


def test_no_more_than_three_odd_options_of_a_facet_are_named() -> None:
    _, notices = parse("&".join(f"purpose=odd{number}" for number in range(100)))
    expected = [Notice("option-unknown", "purpose", f"odd{n}", PURPOSES) for n in range(3)]
    assert notices == expected


def test_odd_input_is_repeated_short_and_without_control_characters() -> None:
    _, notices = parse_request(MultiDict({"cost": "a\x00b\n\ud800c" + "d" * 100}))
    assert notices == [Notice("option-unknown", "cost", "ab c" + "d" * 55 + "…", COSTS)]


def test_control_characters_and_lone_surrogates_are_taken_out_of_the_words() -> None:
    request, notices = parse_request(MultiDict({"q": " young\x00\x1b\n people\ud800\x85 "}))
    assert (request, notices) == (SearchRequest(words="young people"), [])
    assert request.query() == "?q=young+people"


def test_long_words_are_cut_and_the_cut_is_said() -> None:
    request, notices = parse("q=" + "ab+" * 4000)
    assert request.words == ("ab " * MAX_WORDS_LENGTH)[:MAX_WORDS_LENGTH].strip()
    assert notices == [Notice("words-long", "q", str(MAX_WORDS_LENGTH))]


@pytest.mark.parametrize(
    ("query", "name", "numbers"),
    [
        ("people=20-40", "people", (20, 40)),
        ("people=40-20", "people", (20, 40)),
        ("people=20+to+40", "people", (20, 40)),
        ("people=20%E2%80%9340", "people", (20, 40)),
        ("people=+20+-+40+", "people", (20, 40)),
        ("people=12", "people", (12, 12)),
        ("people=1,000", "people", (1000, 1000)),
        ("weeks=12", "weeks", (0, 12)),
        ("weeks=12-12", "weeks", (12, 12)),
        ("weeks=6-12", "weeks", (6, 12)),
        ("hours=0.5", "hours", (0, 0.5)),
        ("hours=0.00001", "hours", (0, 0)),
        ("hours=1,5", "hours", (0, 1.5)),
        ("hours=1,5-2,25", "hours", (1.5, 2.25)),
        ("people=1.500", "people", (1500, 1500)),
        ("budget=1.500", "budget", (0, 1500)),
        ("budget=1.500,50-2.000", "budget", (1500.5, 2000)),
        ("budget=1%C2%A0500", "budget", (0, 1500)),
        ("budget=80k", "budget", (0, 80_000)),
        ("budget=%C2%A35,000", "budget", (0, 5000)),
        ("budget=%C2%A3500-%C2%A31,000.50", "budget", (500, 1000.5)),
    ],
)
def test_ranges_are_read_as_people_write_them(
    query: str, name: str, numbers: tuple[float, float]
) -> None:
    assert parse(query) == (SearchRequest(ranges={name: numbers}), [])


@pytest.mark.parametrize(
    ("name", "numbers", "text"),
    [
        ("people", (12.0, 12.0), "12"),
        ("people", (0.0, 12.0), "0-12"),
        ("people", (20.0, 40.0), "20-40"),
        ("weeks", (0.0, 12.0), "12"),
        ("weeks", (12.0, 12.0), "12-12"),
        ("hours", (0.0, 0.5), "0.5"),
        ("hours", (0.01, 0.25), "0.01-0.25"),
        ("budget", (0.0, 0.0), "0"),
        ("budget", (0.0, 1_000_000_000.0), "1000000000"),
    ],
)
def test_a_range_is_written_as_short_as_its_meaning_allows(
    name: str, numbers: tuple[float, float], text: str
) -> None:
    assert range_text(name, numbers) == text


@pytest.mark.parametrize(
    "written", ["1.500", "1,500", "1.500-3", "1.500 hours", "2 weeks", "£2", "2 hours or more"]
)
def test_a_number_that_may_be_two_or_something_else_is_asked_for_again(written: str) -> None:
    request, notices = parse(f"hours={quote_plus(written)}")
    assert request == SearchRequest()
    assert notices == [Notice("range-unreadable", "hours", written)]


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        ("weeks", "4 weeks", "4"), ("weeks", "nine months", "39"), ("weeks", "12-16 weeks", "12-16"),
        ("hours", "2 hours", "2"), ("hours", "90 minutes", "1.5"),
        ("budget", "£2,000", "2000"), ("budget", "2000 pounds", "2000"), ("budget", "two grand", "2000"),
        ("people", "20 to 40 people", "20-40"), ("people", "30 participants", "30"),
    ],
)  # fmt: skip
def test_a_number_may_be_written_with_its_unit_where_it_can_mean_one_thing_only(
    name: str, written: str, meant: str
) -> None:
    request, notices = parse(f"{name}={quote_plus(written)}")
    assert (request.query(), notices) == (f"?{name}={meant}", [])


@pytest.mark.parametrize("written", ["€500", "$500", "500 EUR", "500 euros", "500 US dollars"])
def test_a_budget_in_other_money_than_pounds_is_not_taken_for_pounds(written: str) -> None:
    request, notices = parse(f"budget={quote_plus(written)}")
    assert request == SearchRequest()
    assert notices == [Notice("range-unreadable", "budget", written)]


FILTERS = "purpose=inform&purpose=deliberate&cost=low&people=20-40&weeks=12"
WHOLE = ask(f"q=jury&{FILTERS}&sort=cost&page=3")


@pytest.mark.parametrize(
    ("changed", "query"),
    [
        pytest.param(WHOLE.with_page(4), f"q=jury&{FILTERS}&sort=cost&page=4", id="page"),
        pytest.param(WHOLE.with_words("lottery"), f"q=lottery&{FILTERS}&sort=cost", id="words"),
        pytest.param(WHOLE.without_choice("purpose", "inform"),
                     f"q=jury&{FILTERS.partition('&')[2]}&sort=cost", id="one of two options"),
        pytest.param(WHOLE.without_choice("cost", "low"),
                     f"q=jury&{FILTERS.replace('&cost=low', '')}&sort=cost", id="last option"),
        pytest.param(WHOLE.without_range("people"),
                     f"q=jury&{FILTERS.replace('&people=20-40', '')}&sort=cost", id="range"),
    ],
)  # fmt: skip
def test_a_changed_request_keeps_the_rest_and_starts_at_its_first_page(
    changed: SearchRequest, query: str
) -> None:
    assert changed.query() == f"?{query}"


@tries(100)
@given(canonical_requests())
def test_each_filter_in_force_has_the_search_without_it(request: SearchRequest) -> None:
    first = request.with_page(1).pairs()
    filters = [pair for pair in first if pair[0] in (*request.choices, *request.ranges)]
    without = list(request.without_each())
    assert [(fact.name, fact.values or None, fact.numbers) for fact, _ in without] == [
        (name, None if name in request.ranges else (value,), request.ranges.get(name))
        for name, value in filters
    ]
    for pair, (_, search) in zip(filters, without, strict=True):
        assert search.pairs() == [each for each in first if each != pair]


@tries(150)
@given(canonical_requests())
def test_without_filters_words_and_order_stay(request: SearchRequest) -> None:
    filters = (*request.choices, *request.ranges)
    left = [pair for pair in request.with_page(1).pairs() if pair[0] not in filters]
    assert request.without_filters().pairs() == left


@tries(150)
@given(canonical_requests())
def test_each_page_is_the_same_search_with_another_page(request: SearchRequest) -> None:
    for page in (1, 2, request.page, 77):
        other = request.with_page(page)
        assert (other.page, other.with_page(request.page)) == (page, request)


@tries(150)
@given(canonical_requests())
def test_of_what_html_reads_a_query_string_holds_only_ampersands(request: SearchRequest) -> None:
    assert escape(request.query()) == request.query().replace("&", "&amp;")


def test_a_request_is_filtered_by_choices_or_ranges_alone() -> None:
    filtered = [ask(query).filtered for query in ("q=a&sort=cost", "cost=low", "people=3")]
    assert filtered == [False, True, True]
