"""Lets gunicorn send the head and the body of an answer in one piece.

gunicorn sends them one after the other, and between the two another thread may run for a while. Should the
process die just then, a proxy has passed on the head and can no longer ask another replica. Sent together, an
answer has either not begun or is whole. Part of serving the public: hosting/gunicorn_conf.py puts it in place.
"""

from __future__ import annotations

from typing import Any

from gunicorn.http import wsgi


class Pieces(list[bytes]):
    """Stands where gunicorn expects a connection, and keeps what is to be sent."""

    def sendall(self, data: bytes) -> None:
        """Keep a piece."""
        self.append(data)


class WholeAnswer(wsgi.Response):  # type: ignore[misc]
    """An answer whose head waits for the first piece of its body."""

    sock: Any
    headers_sent: bool

    def write(self, arg: bytes) -> None:
        """Send a piece of the body, the first one together with the head."""
        if self.headers_sent:
            super().write(arg)
            return
        connection, self.sock = self.sock, Pieces()
        try:
            super().write(arg)
            whole = b"".join(self.sock)
        finally:
            self.sock = connection
        connection.sendall(whole)


def send_answers_whole() -> None:
    """Let this process, a worker of gunicorn, send its answers so."""
    wsgi.Response = WholeAnswer
