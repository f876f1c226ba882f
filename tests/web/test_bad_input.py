"""Any query string and any path gets an answer in plain words, and says what of it was ignored.

Never a fault of ours (500): 200, 400 or 404, on pages and in JSON alike.
"""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qsl, quote, quote_from_bytes, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.search.parameters import MAX_WORDS_LENGTH
from catalogue.search.query.parser import MAX_TERMS
from catalogue.vocabulary import VOCABULARY
from tests.support.page import PageClient
from tests.support.reading import attribute, texts, words

CUT = "…"
NAMES = ["q", "sort", "page", "per_page", *VOCABULARY.ranges,
         *(facet.name for facet in VOCABULARY.filters)]  # fmt: skip
OPTIONS = [value for facet in VOCABULARY.filters for value in facet.values]
TOO_LONG = f"Your search was longer than {MAX_WORDS_LENGTH} characters. We used its beginning."
TOO_MANY = f"Your search has more than {MAX_TERMS} words. We used the first ones."
PROPERTY = settings(max_examples=60, deadline=None, database=None)


def no_word(found: str) -> str:
    return f"“{found}” holds no word we can search for, so this list is not narrowed by it."


def no_number(found: str, label: str = "How many people?", example: str = "20-40") -> str:
    return f"We ignored “{found}” for “{label}”. Write a number or a range, such as {example}."


def no_count(found: str, label: str = "Page") -> str:
    return f"We ignored “{found}” for {label}. Write a whole number from 1."


def no_filter(name: str) -> str:
    return f"We ignored “{name}”, which is not a filter we know."


def no_option(found: str, label: str, options: tuple[str, ...]) -> str:
    listed = ", ".join(options)
    return f"We ignored “{found}”, which is not an option of {label}. The options are: {listed}."


COSTS = VOCABULARY.facets["cost"].values
PURPOSES = VOCABULARY.facets["purpose"].values
SORTS = ("relevance", "title", "cost", "time", "reviewed")

# name: query string, total, notices
BAD: dict[str, tuple[str, int, list[str]]] = {
    "one word of 10000 letters": ("q=" + "a" * 10_000, 0, [TOO_LONG]),
    "2000 words": ("q=" + "+".join(f"w{i}" for i in range(2_000)), 0, [TOO_LONG, TOO_MANY]),
    "control characters": ("q=village%00%0A%1B", 4, []),
    "unbalanced quotation mark": ("q=%22village", 4, []),
    "only quotation marks": ("q=%22%22%22", 6, [no_word('"""')]),
    "empty quotation marks around blanks": ("q=%22+%22", 6, [no_word('" "')]),
    "lone operator": ("q=AND", 6, [no_word("AND")]),
    "lone operators": ("q=OR+NOT", 6, [no_word("OR NOT")]),
    "operator at the end": ("q=village+AND", 4, []),
    "lone wildcard": ("q=*", 6, [no_word("*")]),
    "question mark": ("q=%3F", 6, [no_word("?")]),
    "open brackets": ("q=((", 6, [no_word("((")]),
    "field syntax": (
        "q=title:jury", 1, ["No method mentions: title. The other words are searched for."]),
    "range syntax": ("q=[+TO+]", 6, [no_word("[ TO ]")]),
    "boost and fuzz syntax": ("q=village^~", 4, []),
    "only stop words": ("q=the+of", 6, [no_word("the of")]),
    "emoji": ("q=%F0%9F%98%80", 6, [no_word("😀")]),
    "not UTF-8": ("q=%FF%FE+village", 4, ["No method mentions: FF, FE. The other words are searched for."]),
    "lone surrogate": ("q=%ED%A0%80", 0, []),
    "broken percent signs": ("q=%zz%", 0, []),
    "markup": ("q=%3Cscript%3Ealert(1)%3C/script%3E", 0, []),
    "page below one": ("page=-1", 6, [no_count("-1")]),
    "page nought": ("page=0", 6, [no_count("0")]),
    "page beyond the last": (
        "page=999999", 6, ["There is no page 999999. This is the last one, page 1."]),
    "page of 5000 figures": ("page=" + "9" * 5_000, 6, [no_count("9" * 59 + CUT)]),
    "page in words": ("page=two", 6, [no_count("two")]),
    "page with a fraction": ("page=1.5", 6, [no_count("1.5")]),
    "per page too large": ("per_page=1000000", 6, ["Results per page is at most 100. We used that."]),
    "per page in words": ("per_page=all", 6, [no_count("all", "Results per page")]),
    "people in words": ("people=abc", 6, [no_number("abc")]),
    "people below nought": ("people=-5", 6, [no_number("-5")]),
    "people beyond all numbers": ("people=1e999", 6, [no_number("1e999")]),
    "people of 500 figures": ("people=" + "1" * 500, 6, [no_number("1" * 59 + CUT)]),
    "hours not a number": ("hours=nan", 6, [no_number("nan", "How many hours can each person give?", "3")]),
    "only separators": ("budget=,", 6, [no_number(",", "How much can you spend in pounds?", "5000")]),
    "unknown option": ("cost=cheap", 6, [no_option("cheap", "Cost", COSTS)]),
    "markup as an option": ("cost=%3Cb%3E", 6, [no_option("<b>", "Cost", COSTS)]),
    "option of 5000 letters": ("cost=" + "c" * 5_000, 6, [no_option("c" * 59 + CUT, "Cost", COSTS)]),
    "unknown sort": ("sort=random", 6, [no_option("random", "Sort by", SORTS)]),
    "unknown parameter": ("colour=red", 6, [no_filter("colour")]),
    "parameter of 5000 letters": ("k" * 5_000 + "=1", 6, [no_filter("k" * 59 + CUT)]),
    "query of marks": ("?????", 6, [no_filter("?????")]),
    "one option a hundred times": ("&".join(["purpose=inform"] * 100), 1, []),
    "a hundred unknown options": (
        "&".join(f"purpose=x{i}" for i in range(100)), 6,
        [no_option(f"x{i}", "Purpose", PURPOSES) for i in range(3)]),
    "a hundred unknown parameters": (
        "&".join(f"k{i}=1" for i in range(100)), 6, [no_filter(f"k{i}") for i in range(3)]),
    "the same words a hundred times": ("&".join(["q=village"] * 100), 4, []),
    "two searches": (
        "q=village&q=barn", 4, ["Search words can be given once. We used “village”."]),
    "two ranges": ("people=20&people=30", 2, ["People in all can be given once. We used “20”."]),
    "blanks": ("q=+&purpose=&people=&page=&sort=+", 6, []),
    "separators alone": ("&&&", 6, []),
}  # fmt: skip


@pytest.mark.parametrize(("query", "total", "notices"), BAD.values(), ids=BAD)
def test_bad_input_is_answered_and_says_what_was_ignored(
    client: FlaskClient, page: PageClient, query: str, total: int, notices: list[str]
) -> None:
    found = client.get(f"/api/v1/methods?{query}").get_json()
    missing = "methods are left out because they do not say"
    assert [text for text in found["notices"] if missing not in text] == notices
    assert found["total"] == total
    soup = page.get(f"/methods?{query}")
    assert texts(soup, ".notices p") == [" ".join(text.split()) for text in found["notices"]]
    assert words(soup.select_one(".results__count")).split()[0] == str(total)


@pytest.mark.parametrize("query", [query for query, _, _ in BAD.values()], ids=BAD)
def test_bad_input_never_takes_more_than_a_second(cold_app: Flask, query: str) -> None:
    # The limit is the promise itself; the slowest takes about a tenth of it. It is the work of this
    # thread that counts, whatever else the machine does.
    client = cold_app.test_client()
    client.get("/methods")
    began = time.thread_time()
    client.get(f"/methods?{query}")
    assert time.thread_time() - began < 1


def test_markup_in_a_search_is_shown_as_text(page: PageClient) -> None:
    soup = page.get("/methods?q=%3Cscript%3Ealert(1)%3C/script%3E&cost=%3Cb%3E&%3Ci%3E=1")
    heading = words(soup.select_one(".results__count"))
    assert heading == "0 methods for “<script>alert(1)</script>”"
    assert attribute(soup, "#q", "value") == "<script>alert(1)</script>"
    assert soup.select("main script, main b, main i") == []


@pytest.mark.parametrize("base", ["/methods", "/api/v1/methods", "/cases", "/", "/about"])
@PROPERTY
@given(query=st.binary(max_size=200).map(lambda raw: quote_from_bytes(raw, safe="=&?+;/%")))
def test_any_bytes_as_a_query_are_answered(app: Flask, base: str, query: str) -> None:
    response = app.test_client().get(f"{base}?{query}")
    assert response.status_code in (200, 400)


VALUES = st.one_of(
    st.sampled_from(OPTIONS),
    st.text(max_size=30),
    st.integers(-100, 10**7).map(str),
    st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda ends: f"{ends[0]}-{ends[1]}"),
    st.sampled_from(["", " ", "title", "cost", "unknown", "*", '"', "village", "£5,000"]),
)
PAIRS = st.lists(
    st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=8)), VALUES), max_size=8
)


@PROPERTY
@given(pairs=PAIRS)
def test_what_is_asked_is_either_in_the_canonical_address_or_said_to_be_ignored(
    public_app: Flask, pairs: list[tuple[str, str]]
) -> None:
    response = public_app.test_client().get(f"/methods?{urlencode(pairs)}")
    assert response.status_code == 200
    soup = BeautifulSoup(response.get_data(as_text=True), "lxml")
    canonical = attribute(soup, "link[rel=canonical]", "href")
    understood = {name for name, _ in parse_qsl(urlsplit(canonical).query)}
    # A default is left out of the address, and so is a value of nothing that can be seen.
    defaults = {"sort": {"title", "relevance"}, "page": {"1"}, "per_page": {"20"}}
    lost = {
        name
        for name, value in pairs
        if re.sub(r"[\x00-\x1f\x7f-\x9f\s]", "", value)
        and name not in understood
        and value.strip().lstrip("0") not in defaults.get(name, ())
    }
    assert len(texts(soup, ".notices p")) >= min(len(lost), 3)


@settings(parent=PROPERTY, max_examples=30)
@given(pairs=PAIRS)
def test_the_canonical_address_is_its_own_canonical_address(
    public_app: Flask, pairs: list[tuple[str, str]]
) -> None:
    client = public_app.test_client()
    canonical = f"/methods?{urlencode(pairs)}"
    shown = []
    for _ in range(2):
        soup = BeautifulSoup(client.get(canonical).get_data(as_text=True), "lxml")
        canonical = attribute(soup, "link[rel=canonical]", "href")
        shown.append((canonical, texts(soup, ".card__title")))
    assert shown[0] == shown[1]


PREFIXES = ["/", "/methods/", "/api/v1/methods/", "/api/", "/static/", "/purposes/", "/audiences/", "/working-with/",
            "/rules/"]  # fmt: skip


@pytest.mark.parametrize("prefix", PREFIXES)
@settings(parent=PROPERTY, max_examples=40)
@given(rest=st.text(max_size=60).map(lambda text: text.lstrip("/")))
def test_any_path_is_answered(app: Flask, prefix: str, rest: str) -> None:
    address = prefix + quote(rest)
    with app.test_client().get(address, follow_redirects=True) as response:
        assert response.status_code in (200, 404)


@pytest.mark.parametrize(
    "address",
    [
        "/methods/%00",
        "/methods/%ff%fe",
        "/methods/" + "a" * 10_000,
        "/methods/..%2f..%2fapp.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/methods/harvest-jury.markdown",
        "/methods/<script>",
        "/methods/" + "%E2%80%AE" * 50,
    ],
    ids=lambda address: address[:30],
)
def test_an_odd_path_is_a_well_made_404(page: PageClient, address: str) -> None:
    page.get(address, status=404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_addresses_can_only_be_read(client: FlaskClient, method: str) -> None:
    for address in ("/", "/methods", "/methods/harvest-jury", "/about"):
        response = client.open(address, method=method, data=b"\x00" * 1_000)
        assert response.status_code == 405
        soup = BeautifulSoup(response.get_data(as_text=True), "lxml")
        assert texts(soup, "main h1, main p") == [
            "That does not work here",
            "This address can only be read.",
        ]
