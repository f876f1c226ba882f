"""The store of answers: bounded in number and in bytes, and the answer longest unasked goes first."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.web.middleware.response_cache import OVERHEAD_BYTES, CachedResponse, ResponseCache
from tests.support.search_helpers import tries


def response(body: bytes = b"", tag: str = '"a"') -> CachedResponse:
    return CachedResponse("200 OK", (("Content-Type", "text/html"), ("ETag", tag)), body, tag)


SMALL = response().size


def test_an_answer_is_given_back_under_its_key() -> None:
    cache = ResponseCache()
    cache.put("one", response(b"1"))
    cache.put("two", response(b"2"))
    assert cache.get("one") == response(b"1")
    assert cache.get("two") == response(b"2")
    assert cache.get("three") is None


def test_the_answer_longest_unasked_goes_first() -> None:
    cache = ResponseCache(max_responses=2)
    cache.put("one", response())
    cache.put("two", response())
    cache.get("one")
    cache.put("three", response())
    assert [key for key in ("one", "two", "three") if cache.get(key)] == ["one", "three"]


def test_bytes_are_bounded_too() -> None:
    cache = ResponseCache(max_bytes=3 * SMALL + 10)
    for number in range(10):
        cache.put(number, response())
    assert len(cache) == 3
    cache.put("long", response(b"x" * 2 * SMALL))
    assert [key for key in (7, 8, 9, "long") if cache.get(key)] == ["long"]
    assert cache.bytes <= 3 * SMALL + 10


def test_an_answer_larger_than_the_store_is_not_kept() -> None:
    cache = ResponseCache(max_bytes=10 * SMALL)
    cache.put("long", response(b"x" * 10 * SMALL))
    assert (len(cache), cache.bytes) == (0, 0)


def test_the_same_key_again_replaces_and_is_counted_once() -> None:
    cache = ResponseCache()
    cache.put("one", response(b"x" * 100))
    cache.put("one", response(b"new"))
    assert cache.get("one") == response(b"new")
    assert (len(cache), cache.bytes) == (1, SMALL + 3)


def test_the_size_of_an_answer_is_that_of_its_bytes_and_a_little_more() -> None:
    assert response(b"12345").size == 5 + OVERHEAD_BYTES


@tries(100)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5_000)), max_size=60))
def test_no_sequence_of_answers_breaks_the_bounds_or_the_count(
    pairs: list[tuple[int, int]],
) -> None:
    cache = ResponseCache(max_responses=8, max_bytes=20_000)
    for key, length in pairs:
        cache.put(key, response(b"x" * length))
        assert len(cache) <= 8
        assert cache.bytes <= 20_000
    found = [cache.get(key) for key in range(31)]
    assert cache.bytes == sum(one.size for one in found if one)


def test_threads_may_share_it() -> None:
    cache = ResponseCache(max_responses=16, max_bytes=16 * SMALL + 16 * 40)
    wrong = []

    def work(seed: int) -> None:
        for step in range(2_000):
            key = (step * seed) % 40
            found = cache.get(key)
            if found is not None and found.body != b"x" * key:
                wrong.append(key)
            cache.put(key, response(b"x" * key))

    threads = [threading.Thread(target=work, args=(seed,)) for seed in (3, 7, 11, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert 1 <= len(cache) <= 16
    assert cache.bytes == sum(one.size for key in range(40) if (one := cache.get(key)))


@pytest.mark.parametrize(
    ("named", "known"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ('"b" , W/"a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ('"A"', False),
        ("", False),
        (',,"', False),
    ],
)
def test_a_visitor_knows_an_answer_by_its_tag(named: str, known: bool) -> None:
    assert response(tag='"a"').matches(named) is known


def test_an_answer_without_a_tag_is_never_known() -> None:
    assert not response(tag="").matches("*")


def test_a_304_carries_all_headers_but_those_of_the_body() -> None:
    headers = (
        ("Content-Type", "t"),
        ("content-length", "1"),
        ("ETag", '"a"'),
        ("Content-Security-Policy", "x"),
    )
    assert CachedResponse("200 OK", headers, b"", '"a"').not_modified_headers == headers[2:]
