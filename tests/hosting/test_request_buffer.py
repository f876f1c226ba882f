"""Where a request ends, found from its bytes however they are cut; gunicorn's parser reads the same from them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.hosting import request_buffer
from catalogue.hosting.request_buffer import (
    MAX_BODY,
    MAX_CHUNK_LINE,
    MAX_HEAD,
    HeadTooLarge,
    RequestBuffer,
)
from catalogue.web.middleware.limits import MAX_BODY_BYTES
from tests.support.search_helpers import tries

GET = b"GET /methods HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /contribute/check HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
REQUESTS = {
    "no body": GET,
    "a body": POST + b"Content-Length: 6\r\n\r\ntext=a",
    "an empty body": POST + b"content-length:0\r\n\r\n",
    "chunks": CHUNKED + b"5\r\ntext=\r\n1;name=value\r\na\r\n0\r\n\r\n",
    "chunks and a trailer": CHUNKED + b"6\r\ntext=a\r\n0\r\nDigest: x\r\n\r\n",
    "no chunk": CHUNKED + b"0\r\n\r\n",
}
MALFORMED = {
    "a bare line feed": b"GET / HTTP/1.1\nHost: localhost\n",
    "a size that is none": CHUNKED + b"zz\r\n",
    "a chunk longer than its size": CHUNKED + b"1\r\nabc",
    "a size without an end": CHUNKED + b"1" * (MAX_CHUNK_LINE + 1),
    "a trailer without an end": CHUNKED + b"0\r\n" + b"a" * MAX_CHUNK_LINE,
}


def filled(*pieces: bytes) -> RequestBuffer:
    buffer = RequestBuffer()
    for piece in pieces:
        buffer.add(piece)
    return buffer


def test_a_body_is_as_large_as_the_application_takes() -> None:
    assert MAX_BODY == MAX_BODY_BYTES


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_a_request_is_ready_with_its_last_byte_and_not_before(request_: bytes) -> None:
    assert not filled(request_[:-1]).ready
    buffer = filled(request_)
    assert (buffer.ready, buffer.cut, bytes(buffer.data)) == (True, False, request_)


@tries(300)
@given(
    request_=st.sampled_from([*REQUESTS.values(), *MALFORMED.values()]),
    cuts=st.lists(st.integers(1, 20), min_size=1, max_size=6),
)
def test_it_makes_no_difference_how_a_request_is_cut(request_: bytes, cuts: list[int]) -> None:
    buffer, place, turn = RequestBuffer(), 0, 0
    while place < len(request_) and not buffer.ready:
        size = cuts[turn % len(cuts)]
        buffer.add(request_[place : place + size])
        place, turn = place + size, turn + 1
    assert buffer.ready
    assert request_.startswith(bytes(buffer.data))


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_what_follows_a_request_is_kept_for_the_next_one(request_: bytes) -> None:
    buffer = filled(request_ + GET)
    assert (buffer.ready, bytes(buffer.data)) == (True, request_ + GET)


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=MALFORMED)
def test_the_rest_of_a_malformed_request_is_not_waited_for(request_: bytes) -> None:
    assert filled(request_).ready


def test_a_head_without_an_end_is_refused_at_its_bound() -> None:
    start = b"GET / HTTP/1.1\r\nX: "
    buffer = filled(start + b"a" * (MAX_HEAD - len(start)))
    assert not buffer.ready
    with pytest.raises(HeadTooLarge):
        buffer.add(b"a")


def test_a_body_that_is_too_large_is_forgotten_as_it_comes_and_the_next_request_is_not() -> None:
    size = 3 * MAX_BODY
    buffer = filled(POST + b"Content-Length: %d\r\n\r\n" % size, b"x" * MAX_BODY)
    assert not buffer.ready
    assert len(buffer.data) < 200
    buffer.add(b"x" * 2 * MAX_BODY + GET)
    assert (buffer.ready, buffer.cut) == (True, False)
    assert buffer.data.endswith(b"\r\n\r\n" + GET)


def test_no_more_is_forgotten_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_buffer, "MAX_FORGOTTEN", 2 * MAX_BODY)
    buffer = filled(POST + b"Content-Length: 100000000\r\n\r\n", b"x" * 2 * MAX_BODY)
    assert (buffer.ready, buffer.cut) == (True, True)


@pytest.mark.parametrize("size", [1, 1000, 2 * MAX_BODY])
def test_of_chunks_that_are_too_large_in_all_enough_is_kept_for_the_application_to_see_it(
    size: int,
) -> None:
    chunk = b"%x\r\n%b\r\n" % (size, b"x" * size)
    buffer = filled(CHUNKED)
    sent = 0
    while not buffer.ready:
        assert sent <= MAX_BODY
        buffer.add(chunk * max(1, 100_000 // size))
        sent += size * max(1, 100_000 // size)
    assert buffer.cut
    assert sent > MAX_BODY


def test_chunks_of_one_byte_with_long_extensions_are_bounded_too() -> None:
    buffer, chunk = filled(CHUNKED), b"1;" + b"a" * 8000 + b"\r\nx\r\n"
    for _ in range(1000):
        buffer.add(chunk)
        if buffer.ready:
            break
    assert buffer.ready
    assert len(buffer.data) < 9 * MAX_BODY


def test_a_program_that_waits_for_100_continue_is_told_once_and_the_parser_is_not() -> None:
    head = POST + b"Content-Length: 6\r\nExpect: 100-continue\r\n\r\n"
    buffer = filled(head)
    assert (buffer.expects, buffer.ready) == (True, False)
    assert b"Expect" not in buffer.data
    buffer.add(b"text=a")
    assert buffer.ready


def test_a_body_that_is_too_large_is_not_asked_for() -> None:
    buffer = filled(POST + b"Expect: 100-Continue\r\nContent-Length: 30000000\r\n\r\n")
    assert (buffer.expects, buffer.ready, buffer.cut) == (False, True, True)


def test_an_address_in_plain_utf_8_becomes_the_one_that_browsers_send() -> None:
    buffer = filled("GET /methods?q=café HTTP/1.1\r\nX: é\r\n\r\n".encode())
    assert bytes(buffer.data) == "GET /methods?q=caf%C3%A9 HTTP/1.1\r\nX: é\r\n\r\n".encode()


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn is of Unix")
@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_the_parser_reads_from_a_ready_buffer_what_was_sent(request_: bytes) -> None:
    from gunicorn import http
    from gunicorn.config import Config

    parser = http.get_parser(Config(), (), ("127.0.0.1", 1))
    parser.unreader.unread(bytes(filled(request_ + GET).data))
    first = next(parser)
    assert first.body.read() == (b"text=a" if b"text" in request_ or b"1\r\na" in request_ else b"")
    second = next(parser)
    assert (second.method, second.path) == ("GET", "/methods")
