"""The bytes of one request as they are received, and whether it is complete.

buffering_worker.py fills a buffer for each connection and hands it to a thread when it is complete. gunicorn's own
parser then reads the request and judges it; here is only found out where it ends. Knows no socket.
"""

from __future__ import annotations

import re

# The largest address (web/middleware/limits.py) in percent form, and as much again in headers.
MAX_HEAD = 65_536
# What web/middleware/limits.py takes; test_request_buffer.py holds the two together.
MAX_BODY = 500_000
# A body that is larger than the application takes is read and forgotten up to here, then the connection is closed.
MAX_FORGOTTEN = 32_000_000
MAX_CHUNK_LINE = 8_190
END_OF_HEAD = b"\r\n\r\n"

_BARE_LINE_FEED = re.compile(rb"(?<!\r)\n")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*(?=\r\n)", re.IGNORECASE)
_CODING = re.compile(rb"\r\ntransfer-encoding:[ \t]*([^\r]*)", re.IGNORECASE)
_EXPECT = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"[0-9a-fA-F]{1,15}[ \t]*")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


class HeadTooLarge(Exception):
    """The head of a request is longer than any that is answered."""


class RequestBuffer:
    """What has been received of one request.

    `ready` once a thread may have it: it is complete, or so malformed that the parser will refuse it, or its body is
    larger than MAX_BODY bytes. Of such a body nothing (given its length) or a little more than MAX_BODY
    (in chunks) is kept, and `cut` says whether some of it is still to come.
    """

    def __init__(self) -> None:
        self.data = bytearray()
        self.ready = False
        self.cut = False
        # Whether the client waits for "100 Continue" before it sends the body.
        self.expects = False
        self._body = 0  # where the body begins; 0 until the head is complete
        self._chunked = False
        self._end = 0  # where the request ends, if it is not in chunks
        self._forgotten = 0
        self._next = 0  # where the next size of a chunk begins
        self._decoded = 0

    @property
    def has_head(self) -> bool:
        """Whether the head is complete."""
        return self._body > 0

    def add(self, piece: bytes) -> None:
        """Take the next bytes. Raises HeadTooLarge."""
        searched = max(0, len(self.data) - len(END_OF_HEAD))
        self.data += piece
        if not self._body:
            self._find_head(searched)
        if self._body and not self.ready:
            self._find_end()

    def _find_head(self, searched: int) -> None:
        found = self.data.find(END_OF_HEAD, searched)
        head = found + len(END_OF_HEAD) if found >= 0 else len(self.data)
        if head > MAX_HEAD:
            raise HeadTooLarge
        if _BARE_LINE_FEED.search(self.data, searched, head):
            self.ready = True
        elif found >= 0:
            self._read_head(head)

    def _read_head(self, end: int) -> None:
        """Find out how the end of the body is told, and put the head into the form that the parser takes."""
        head = bytes(self.data[:end])
        expects = _EXPECT.search(head)
        if expects:
            # Answered by us, before the body is there; gunicorn would say it again.
            head = head[: expects.start()] + head[expects.end() :]
        head = in_percent_form(head)
        self.data[:end] = head
        self._body = self._next = len(head)
        length = _LENGTH.search(head)
        coding = _CODING.search(head)
        self._chunked = bool(coding)
        self._end = self._body + (int(length[1]) if length else 0)
        fits = self._end - self._body <= MAX_BODY
        self.expects = bool(expects) and fits
        if expects and not fits:
            self.ready = self.cut = True
        if coding and coding[1].strip().lower() != b"chunked":
            self.ready = True  # to be refused

    def _find_end(self) -> None:
        if self._chunked:
            self._find_last_chunk()
        elif self._end - self._body <= MAX_BODY:
            self.ready = len(self.data) >= self._end
        else:
            self._forget()

    def _forget(self) -> None:
        """Let go of a body that is too large; the application refuses it by its length alone."""
        size = self._end - self._body
        came = min(len(self.data) - self._body, size - self._forgotten)
        del self.data[self._body : self._body + came]
        self._forgotten += came
        self.cut = self._forgotten < size
        self.ready = not self.cut or self._forgotten >= MAX_FORGOTTEN

    def _find_last_chunk(self) -> None:
        """Go from chunk to chunk; a malformed one, and more than is taken, need not be waited for."""
        while not self.ready:
            line_end = self.data.find(b"\r\n", self._next, self._next + MAX_CHUNK_LINE)
            if line_end < 0:
                self.ready = len(self.data) - self._next >= MAX_CHUNK_LINE
                return
            said = self.data[self._next : line_end].partition(b";")[0]
            if not _CHUNK_SIZE.fullmatch(said):
                self.ready = True
                return
            size = int(said, 16)
            if size == 0:
                end = self.data.find(END_OF_HEAD, line_end)
                self.ready = end >= 0 or len(self.data) - line_end > MAX_CHUNK_LINE
                return
            begin = line_end + 2
            here = min(size, len(self.data) - begin)
            # Chunks of a byte each take six times their bytes.
            self.cut = self.ready = self._decoded + here > MAX_BODY or len(self.data) > 8 * MAX_BODY
            if len(self.data) < begin + size + 2:
                return
            if self.data[begin + size : begin + size + 2] != b"\r\n":
                self.ready = True
            self._next = begin + size + 2
            self._decoded += size


def in_percent_form(head: bytes) -> bytes:
    """Return the head of a request with the address as browsers write it where a program sent it in plain UTF-8."""
    line, rest = head.split(b"\r\n", 1) if not head.startswith(b"\r\n") else (b"", head)
    words = line.split(b" ", 2)
    if len(words) < 3 or words[1].isascii():
        return head
    words[1] = _BEYOND_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], words[1])
    return b" ".join(words) + b"\r\n" + rest
