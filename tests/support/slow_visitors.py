"""Visitors who are slow on purpose: connections that send nothing, or a part of a request, or take no response.

None of them ever completes what it began, so a server that waits for one with a thread loses that thread.
"""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

HEAD = b"Host: 127.0.0.1\r\n"
FORM = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"
CHECK = b"POST /contribute/check HTTP/1.1\r\n" + FORM
# By kind: what is sent at once, and what is sent again and again.
KINDS = {
    "nothing": (b"", b""),
    "one byte": (b"G", b""),
    "a head": (b"GET /methods HTTP/1.1\r\n" + HEAD + b"X-A: ", b"a"),
    "a body": (CHECK + b"Content-Length: 1000\r\n\r\ntext=", b"a"),
    "a large body": (CHECK + b"Content-Length: 400000\r\n\r\ntext=" + b"a" * 100_000, b"a"),
    "chunks": (CHECK + b"Transfer-Encoding: chunked\r\n\r\n5\r\ntext=\r\n", b"1\r\na\r\n"),
    "a body that is too large": (CHECK + b"Content-Length: 30000000\r\n\r\n", b"a"),
    "a body that nobody reads": (b"POST /methods HTTP/1.1\r\n" + HEAD + b"Content-Length: 1000\r\n\r\n", b"a"),
    "a kept connection": (b"GET /about HTTP/1.1\r\n" + HEAD + b"\r\n", b""),
    "no hanging up": (b"GET /about HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n", b""),
    "no reading": (b"GET /static/site.css HTTP/1.1\r\n" + HEAD + b"\r\n", b"GET /methods HTTP/1.1\r\n" + HEAD + b"\r\n"),
}  # fmt: skip


class SlowVisitors:
    """Some connections of one kind."""

    def __init__(self, connections: list[socket.socket], drip: bytes) -> None:
        self._connections, self._drip = connections, drip

    def go_on(self) -> None:
        """Send a little more on each of them."""
        for connection in self._connections:
            with suppress(OSError):  # a server may have closed it
                connection.send(self._drip)


@contextmanager
def slow_visitors(port: int, kind: str, count: int) -> Iterator[SlowVisitors]:
    """Have so many slow visitors while a block runs."""
    first, drip = KINDS[kind]
    with ExitStack() as stack:
        connections = []
        for _ in range(count):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            connection.settimeout(10)
            connection.connect(("127.0.0.1", port))
            connection.sendall(first)
            connection.setblocking(False)
            connections.append(connection)
        yield SlowVisitors(connections, drip)


def visit(port: int, seconds: float) -> str:
    """Ask for a page as an ordinary visitor who waits for so long; return "200", or what went wrong."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    began = time.monotonic()
    try:
        connection.request("GET", "/methods?q=panel", headers={"Connection": "close"})
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException) as error:
        return f"{type(error).__name__} after {time.monotonic() - began:.1f} s"
    finally:
        connection.close()
    return str(response.status)
