"""The store of answers: bounded in number and in bytes, and the answer longest unasked goes first."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.web.middleware.response_cache import OVERHEAD, Answer, KeptAnswers
from tests.support.search_helpers import tries


def answer(body: bytes = b"", tag: str = '"a"') -> Answer:
    return Answer("200 OK", (("Content-Type", "text/html"), ("ETag", tag)), body, tag)


SMALL = answer().size


def test_an_answer_is_given_back_under_its_key() -> None:
    kept = KeptAnswers()
    kept.put("one", answer(b"1"))
    kept.put("two", answer(b"2"))
    assert kept.get("one") == answer(b"1")
    assert kept.get("two") == answer(b"2")
    assert kept.get("three") is None


def test_the_answer_longest_unasked_goes_first() -> None:
    kept = KeptAnswers(most=2)
    kept.put("one", answer())
    kept.put("two", answer())
    kept.get("one")
    kept.put("three", answer())
    assert [key for key in ("one", "two", "three") if kept.get(key)] == ["one", "three"]


def test_bytes_are_bounded_too() -> None:
    kept = KeptAnswers(most_bytes=3 * SMALL + 10)
    for number in range(10):
        kept.put(number, answer())
    assert len(kept) == 3
    kept.put("long", answer(b"x" * 2 * SMALL))
    assert [key for key in (7, 8, 9, "long") if kept.get(key)] == ["long"]
    assert kept.bytes <= 3 * SMALL + 10


def test_an_answer_larger_than_the_store_is_not_kept() -> None:
    kept = KeptAnswers(most_bytes=10 * SMALL)
    kept.put("long", answer(b"x" * 10 * SMALL))
    assert (len(kept), kept.bytes) == (0, 0)


def test_the_same_key_again_replaces_and_is_counted_once() -> None:
    kept = KeptAnswers()
    kept.put("one", answer(b"x" * 100))
    kept.put("one", answer(b"new"))
    assert kept.get("one") == answer(b"new")
    assert (len(kept), kept.bytes) == (1, SMALL + 3)


def test_the_size_of_an_answer_is_that_of_its_bytes_and_a_little_more() -> None:
    assert answer(b"12345").size == 5 + OVERHEAD


@tries(100)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5_000)), max_size=60))
def test_no_sequence_of_answers_breaks_the_bounds_or_the_count(
    pairs: list[tuple[int, int]],
) -> None:
    kept = KeptAnswers(most=8, most_bytes=20_000)
    for key, length in pairs:
        kept.put(key, answer(b"x" * length))
        assert len(kept) <= 8
        assert kept.bytes <= 20_000
    found = [kept.get(key) for key in range(31)]
    assert kept.bytes == sum(one.size for one in found if one)


def test_threads_may_share_it() -> None:
    kept = KeptAnswers(most=16, most_bytes=16 * SMALL + 16 * 40)
    wrong = []

    def work(seed: int) -> None:
        for step in range(2_000):
            key = (step * seed) % 40
            found = kept.get(key)
            if found is not None and found.body != b"x" * key:
                wrong.append(key)
            kept.put(key, answer(b"x" * key))

    threads = [threading.Thread(target=work, args=(seed,)) for seed in (3, 7, 11, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert 1 <= len(kept) <= 16
    assert kept.bytes == sum(one.size for key in range(40) if (one := kept.get(key)))


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
    assert answer(tag='"a"').is_known(named) is known


def test_an_answer_without_a_tag_is_never_known() -> None:
    assert not answer(tag="").is_known("*")


def test_a_304_carries_all_headers_but_those_of_the_body() -> None:
    headers = (
        ("Content-Type", "t"),
        ("content-length", "1"),
        ("ETag", '"a"'),
        ("Content-Security-Policy", "x"),
    )
    assert Answer("200 OK", headers, b"", '"a"').bodiless == headers[2:]
