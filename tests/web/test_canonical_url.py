"""Addresses that ask for the same share one kept page, and only those do."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from catalogue.vocabulary import VOCABULARY
from catalogue.web.middleware.canonical_url import canonical, plain_query
from tests.support.search_helpers import tries

SEARCHES = pytest.mark.parametrize("path", ["/methods", "/api/v1/methods"])


@SEARCHES
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("q=village&cost=low", "cost=low&q=village"),
        ("purpose=inform&purpose=deliberate", "purpose=deliberate&purpose=inform"),
        ("cost=low", "cost=low&cost=low"),
        ("cost=low", "cost=low&q=&people=&sort="),
        ("q=village", "q=%20village%20"),
        ("q=young+people", "q=young%20%20people"),
        ("people=20-40", "people=40-20"),
        ("people=20-40", "people=20+to+40"),
        ("budget=5000", "budget=%C2%A35%2C000"),
        ("", "page=1&per_page=20"),
        ("", "sort=title"),
        ("q=village", "q=village&sort=relevance"),
        ("colour=red&q=a", "q=a&colour=blue"),
    ],
)
def test_addresses_that_ask_for_the_same_are_one(path: str, one: str, other: str) -> None:
    assert canonical(path, one) == canonical(path, plain_query(other))


@SEARCHES
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("q=village", "q=Village"),
        ("q=village", "q=villages"),
        ("cost=low", "cost=high"),
        ("page=2", "page=3"),
        ("", "per_page=21"),
        ("", "sort=cost"),
        ("q=village", "q=village&sort=title"),
        # What is ignored is named on the page.
        ("", "colour=red"),
        ("colour=red", "taste=red"),
        ("cost=cheap", "cost=dear"),
        ("q=village", "q=village&q=barn"),
        ("page=1", "page=0"),
        ("people=1", "people=2"),
    ],
)
def test_addresses_that_ask_for_something_else_are_not(path: str, one: str, other: str) -> None:
    assert canonical(path, one) != canonical(path, other)


def test_suggestions_depend_on_their_words_alone() -> None:
    asked = canonical("/api/v1/suggest", "q=jury")
    assert canonical("/api/v1/suggest", "x=1&q=+jury+&q=other") == asked
    assert canonical("/api/v1/suggest", "q=jur") != asked


def test_other_pages_keep_their_query_as_it_came() -> None:
    assert canonical("/cases", "q=a&x=1") == "/cases?q=a&x=1"
    assert canonical("/cases", "x=1&q=a") == "/cases?x=1&q=a"


def test_different_pages_are_never_one() -> None:
    paths = ["/methods", "/api/v1/methods", "/api/v1/suggest", "/cases", "/", "/methods/x"]
    assert len({canonical(path, "q=a") for path in paths}) == len(paths)


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("q=village&x=%20+", "q=village&x=%20+"),
        ("q=caf\xc3\xa9", "q=caf%C3%A9"),
        ("q=\xff\xfe", "q=%FF%FE"),
        ("", ""),
    ],
)
def test_bytes_beyond_ascii_come_in_percent_form(query: str, plain: str) -> None:
    assert plain_query(query) == plain


NAMES = ["q", "sort", "page", "per_page", *VOCABULARY.ranges,
         *(facet.name for facet in VOCABULARY.filters)]  # fmt: skip
OPTIONS = [value for facet in VOCABULARY.filters for value in facet.values]
PAIRS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(NAMES), st.sampled_from(["colour", "Q", ""])),
        st.one_of(
            st.sampled_from(OPTIONS),
            st.sampled_from(["", "1", "2", "20-40", "40-20", "5,000", "title", "cost", "village",
                             "the village", '"', "0", "unknown", "999"]),
        ),
    ),
    max_size=6,
)  # fmt: skip


@pytest.mark.parametrize("path", ["/methods", "/api/v1/methods", "/api/v1/suggest", "/cases"])
@tries(60)
@given(pairs=PAIRS, seed=st.randoms())
def test_addresses_that_share_a_kept_page_would_have_got_the_same_bytes(
    app: Flask, cold_app: Flask, path: str, pairs: list[tuple[str, str]], seed: object
) -> None:
    mixed = list(pairs)
    seed.shuffle(mixed)  # type: ignore[attr-defined]
    for asked in (pairs, mixed, [*pairs, *pairs]):
        query = urlencode(asked)
        new = cold_app.test_client().get(f"{path}?{query}").get_data()
        assert app.test_client().get(f"{path}?{query}").get_data() == new
