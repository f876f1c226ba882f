"""How waitress refuses requests here: with the headers of all pages, and without a word of the visitor in the log.

servers.py puts it in place. Requests that waitress can read are the application's, as with every server.
"""

from __future__ import annotations

import logging
import sys
from typing import ClassVar

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from catalogue.hosting.logging_config import without_message
from catalogue.hosting.request_buffer import in_percent_form

LOG = logging.getLogger("catalogue")


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes addresses in plain UTF-8, and refuses those that Python cannot split, such as `http://[`."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request. Raises ParsingError, which is answered with 400."""
        try:
            super().parse_header(in_percent_form(header_plus))
        except ValueError:
            raise ParsingError("The address is malformed") from None


class ErrorPage(ErrorTask):  # type: ignore[misc]
    """An error page of the server's own."""

    security_headers: ClassVar[list[tuple[str, str]]] = []

    def execute(self) -> None:
        """Send the page."""
        self.response_headers.extend(self.security_headers)
        LOG.warning(
            "A request was refused: %d %s.", self.request.error.code, self.request.error.reason
        )
        super().execute()


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection."""

    parser_class = Parser
    error_task_class = ErrorPage

    def handle_error(self) -> None:
        """Log an error in the main loop, in which waitress would name the address of the visitor."""
        LOG.error("A request could not be answered.", exc_info=without_message(sys.exc_info()[1]))
        self.handle_close()


def use(security_headers: list[tuple[str, str]]) -> None:
    """Let the servers made from now on in this process refuse requests so."""
    ErrorPage.security_headers = security_headers
    BaseWSGIServer.channel_class = Channel
