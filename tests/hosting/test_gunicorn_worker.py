"""Answers leave gunicorn in one piece, so that a process that dies has sent either nothing or all of one."""

from __future__ import annotations

import socket
import sys
from types import SimpleNamespace

import pytest

if sys.platform == "win32":
    pytest.skip("gunicorn is of Unix", allow_module_level=True)

from gunicorn.config import Config

from catalogue.hosting.gunicorn_worker import WholeAnswer


class Connection:
    """Notes what is sent, and in how many pieces."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        self.sent.append(data)


def answer(connection: Connection | socket.socket, *headers: tuple[str, str]) -> WholeAnswer:
    asked = SimpleNamespace(
        method="GET", version=(1, 1), headers=[], uri="/", should_close=lambda: False
    )
    made = WholeAnswer(asked, connection, Config())
    made.start_response("200 OK", list(headers))
    return made


def test_the_head_leaves_with_the_body() -> None:
    connection = Connection()
    given = answer(connection, ("Content-Length", "5"))
    given.write(b"Hello")
    given.close()
    assert len(connection.sent) == 1
    head, _, body = connection.sent[0].partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert body == b"Hello"


def test_the_pieces_after_the_first_leave_as_they_come() -> None:
    connection = Connection()
    given = answer(connection, ("Content-Length", "10"))
    given.write(b"Hello")
    given.write(b"World")
    assert connection.sent[0].endswith(b"\r\n\r\nHello")
    assert connection.sent[1:] == [b"World"]


def test_a_body_of_unknown_length_is_framed_as_before() -> None:
    connection = Connection()
    given = answer(connection)
    given.write(b"Hello")
    given.close()
    assert connection.sent[0].endswith(b"\r\n\r\n5\r\nHello\r\n")
    assert connection.sent[1:] == [b"0\r\n\r\n"]


def test_an_answer_without_a_body_is_sent_when_it_ends() -> None:
    connection = Connection()
    given = answer(connection, ("Content-Length", "0"))
    given.close()
    assert len(connection.sent) == 1
    assert connection.sent[0].endswith(b"\r\n\r\n")


def test_a_piece_that_is_no_bytes_is_refused_and_nothing_is_sent() -> None:
    connection = Connection()
    given = answer(connection, ("Content-Length", "5"))
    with pytest.raises(TypeError):
        given.write("Hello")  # type: ignore[arg-type]
    assert connection.sent == []
    assert given.sock is connection
