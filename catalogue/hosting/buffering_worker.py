"""A worker of gunicorn in which no thread waits for a visitor: requests are received in its main loop.

gunicorn's own worker with threads (gthread) gives a thread to a connection before its request is there, and lets it
read for as long as the visitor likes: as many slow visitors as threads stop the site. Here a thread gets a request
that is complete. A request that is too slow is closed, and where there is no room for more, the one waiting longest.
"""

from __future__ import annotations

import errno
import os
import select
import selectors
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any

from gunicorn import http
from gunicorn.http import errors
from gunicorn.workers.gthread import TConn, ThreadWorker

from catalogue.budget import MIB, share
from catalogue.hosting.logging_config import without_message
from catalogue.hosting.request_buffer import HeadTooLarge, RequestBuffer
from catalogue.settings import read_settings

# From the connection, or the first byte on a kept one, to the end of the head, and to the end of the body.
HEAD_SECONDS, REQUEST_SECONDS = 10.0, 60.0
# How long a thread waits for a visitor to take a response that is larger than SEND_BYTES.
SEND_SECONDS = 10.0
SEND_BYTES = 256 * 1024
# How long a connection stays open after its last response, so that the visitor can read it to the end.
LINGER_SECONDS = 2.0
# What one process holds of requests that are not complete.
MAX_BUFFERED = share(16 * MIB)
RECEIVE_BYTES = 65_536

REFUSALS: dict[type[BaseException], HTTPStatus] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    HeadTooLarge: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.InvalidResponseHeader: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.InvalidResponseHeaderName: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.ConfigurationProblem: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.ParseException: HTTPStatus.BAD_REQUEST,
    TimeoutError: HTTPStatus.REQUEST_TIMEOUT,
    Exception: HTTPStatus.INTERNAL_SERVER_ERROR,
}


class Connection(TConn):  # type: ignore[misc]
    """A connection, what was received of its next request, and when it may be closed (`time.monotonic`)."""

    parser: Any
    sock: Any

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        # The parser reads what we give it, and never from the socket.
        self.parser = http.get_parser(self.cfg, (), self.client)
        self.initialized = True
        self.buffer = RequestBuffer()
        self.cut = False
        self.deadline = 0.0


class BufferingWorker(ThreadWorker):  # type: ignore[misc]
    """Receives in the main loop, answers in threads, and waits in the main loop again.

    The main loop alone touches the connections that wait; a thread has one from `_hand_over` to `finish_request`.
    """

    poller: selectors.BaseSelector

    def init_process(self) -> None:
        """Begin, after the fork."""
        # Not before: the first process loads no page, so that workers started later find the code as it is by then.
        from catalogue.web.middleware.security_headers import security_headers

        self._headers = security_headers(read_settings(os.environ).secure)
        # In the order in which they began to wait.
        self._waiting: dict[Connection, None] = {}
        self._buffered = 0
        self._next_look = 0.0
        super().init_process()

    def accept(self, listener: Any) -> None:
        """Take a new connection, and what it has sent already."""
        try:
            sock, client = listener.accept()
        except OSError as error:
            # Without file descriptors left, the next look finds some that were closed meanwhile.
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._make_room()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED):
                raise
            return
        self.nr_conns += 1
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        self.enqueue_req(Connection(self.cfg, sock, client, listener.getsockname()))
        if self.nr_conns >= self.worker_connections:
            self._make_room()

    def enqueue_req(self, conn: Connection) -> None:
        """Receive the next request of a connection; gthread calls this where it would start a thread."""
        conn.sock.setblocking(False)
        conn.deadline = time.monotonic() + HEAD_SECONDS
        # A program may send its next request before it has the response.
        early = conn.parser.unreader.take_buffered()
        if early:
            self._take(conn, early)
        else:
            self._receive(conn)

    def _receive(self, conn: Connection, _sock: object = None) -> None:
        try:
            piece = conn.sock.recv(RECEIVE_BYTES)
        except BlockingIOError:
            self._wait(conn, selectors.EVENT_READ, self._receive)
            return
        except OSError:
            piece = b""
        if piece:
            self._take(conn, piece)
        else:
            self._close(conn)

    def _take(self, conn: Connection, piece: bytes) -> None:
        """Put a piece into the buffer; hand the request over if that completes it."""
        buffer = conn.buffer
        before, in_head = len(buffer.data), not buffer.has_head
        try:
            buffer.add(piece)
        except HeadTooLarge as error:
            self._refuse(conn, error)
            return
        self._buffered += len(buffer.data) - before
        if buffer.ready:
            self._hand_over(conn)
            return
        if in_head and buffer.has_head:
            conn.deadline += REQUEST_SECONDS - HEAD_SECONDS
            if buffer.expects:
                with suppress(OSError):
                    conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        self._wait(conn, selectors.EVENT_READ, self._receive)
        while self._buffered > MAX_BUFFERED:
            self._make_room()

    def _hand_over(self, conn: Connection, _sock: object = None) -> None:
        """Give a complete request to a thread, once the responses before it have left the send buffer."""
        buffer = conn.buffer
        if conn.parser.req_count and not _can_send(conn.sock):
            self._wait(conn, selectors.EVENT_WRITE, self._hand_over)
            return
        self._leave(conn)
        conn.cut = buffer.cut
        conn.parser.unreader.unread(bytes(buffer.data))
        super().enqueue_req(conn)

    def _wait(self, conn: Connection, event: int, call: Callable[..., None]) -> None:
        """Call `call` when a connection can be read or written; `murder_pending` ends what takes too long."""
        if conn not in self._waiting:
            self._waiting[conn] = None
            self.poller.register(conn.sock, event, partial(call, conn))
        elif self.poller.get_key(conn.sock).events != event:
            self.poller.modify(conn.sock, event, partial(call, conn))

    def _leave(self, conn: Connection) -> None:
        """Wait no longer for a connection, and let go of what was received."""
        if conn in self._waiting:
            del self._waiting[conn]
            self.poller.unregister(conn.sock)
        self._buffered -= len(conn.buffer.data)
        conn.buffer = RequestBuffer()

    def _close(self, conn: Connection) -> None:
        self._leave(conn)
        self.nr_conns -= 1
        conn.close()

    def _refuse(self, conn: Connection, error: Exception) -> None:
        """Send an error page and end the connection."""
        self.handle_error(None, conn.sock, conn.client, error)
        self._linger(conn)

    def _linger(self, conn: Connection) -> None:
        """End a connection whose last response was sent: closed at once, it could take the response with it.

        gthread waits for this in its main loop, so that visitors who do not hang up stop everything.
        """
        self._leave(conn)
        conn.deadline = time.monotonic() + LINGER_SECONDS
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(conn)
        else:
            self._wait(conn, selectors.EVENT_READ, self._drain)

    def _drain(self, conn: Connection, _sock: object = None) -> None:
        try:
            if conn.sock.recv(RECEIVE_BYTES):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._close(conn)

    def _make_room(self) -> None:
        """Close the connection that has waited longest."""
        if self._waiting:
            self._close(next(iter(self._waiting)))
        elif self.keepalived_conns:
            self.poller.unregister(self.keepalived_conns[0].sock)
            self._close(self.keepalived_conns.popleft())

    def murder_pending(self) -> None:
        """Once a second, close what has waited too long; when the worker stops, also what has sent nothing."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + 1
        for conn in list(self._waiting):
            begun = bool(conn.buffer.data)
            if now >= conn.deadline and begun:
                self._refuse(conn, TimeoutError())
            elif now >= conn.deadline or not (self.alive or begun):
                self._close(conn)

    def finish_request(self, conn: Connection, fs: Future[Any]) -> None:
        """Keep the connection for another request, or end it."""
        if not fs.cancelled() and fs.exception() is None and fs.result():
            super().finish_request(conn, fs)
        else:
            self._linger(conn)

    def handle_request(self, req: Any, conn: Connection) -> Any:
        """Answer in a thread; a visitor who does not take the response holds it for SEND_SECONDS at most."""
        conn.sock.settimeout(SEND_SECONDS)
        if conn.cut:  # what follows is the rest of a body
            req.force_close()
        try:
            return super().handle_request(req, conn)
        except TimeoutError:
            raise BrokenPipeError(errno.EPIPE, "The response was not taken.") from None

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        """Whether another request may follow: not after a body that nobody read and that is malformed."""
        try:
            return bool(super()._keepalive_after(conn, keepalive))
        except errors.ParseException:
            return False

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Send an error page of the server's own, with the headers of all pages; log what no visitor typed."""
        status = next(said for kind, said in REFUSALS.items() if isinstance(exc, kind))
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("A request could not be answered.", exc_info=without_message(exc))
        else:
            self.log.warning("A request was refused: %d %s.", status, status.phrase)
        with suppress(OSError):
            client.settimeout(0)
            client.send(error_page(status, self._headers))


def error_page(status: HTTPStatus, headers: list[tuple[str, str]]) -> bytes:
    """Return a whole response that says a status in words, and that the connection ends."""
    body = f"{status.phrase}: {status.description or 'this request cannot be answered'}.\n".encode()
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Connection: close",
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def _can_send(sock: Any) -> bool:
    """Whether a third of the send buffer is free, which is when the system calls a socket writable."""
    poll = select.poll()
    poll.register(sock, select.POLLOUT)
    return bool(poll.poll(0))
