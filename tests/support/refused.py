"""Requests that are refused, by a server or by the application, with words in them that no log may hold."""

from __future__ import annotations

import socket
from contextlib import suppress

# What a visitor types or sends, in every place of a request; and where the visitor comes from.
WORD = "quillwort"
ADDRESS = "127.0.0.9"
W = WORD.encode()
HOST = b"Host: 127.0.0.1\r\n"
POST = b"POST /contribute/check?q=" + W + b" HTTP/1.1\r\n" + HOST
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
FORM = POST + b"Content-Type: application/x-www-form-urlencoded\r\n"


def get(target: bytes = b"/methods?q=" + W, headers: bytes = HOST, method: bytes = b"GET") -> bytes:
    return method + b" " + target + b" HTTP/1.1\r\n" + headers + b"\r\n"


REQUESTS = {
    "no request line": W + b"\r\n\r\n",
    "words for a request line": b"GET /methods?q=" + W + b" and more HTTP/1.1\r\n" + HOST + b"\r\n",
    "no version": b"GET /methods?q=" + W + b"\r\n\r\n",
    "another version": b"GET /methods?q=" + W + b" HTTP/9." + W + b"\r\n\r\n",
    "a method in small letters": get(method=W),
    "an unknown method": get(method=W.upper()),
    "a known method that is not allowed": get(method=b"DELETE"),
    "an address that cannot be split": get(b"http://[" + W + b"/?q=" + W),
    "an address without a slash": get(W),
    "a control character in the address": get(b"/methods?q=" + W + b"\x01"),
    "bytes that are no UTF-8": get(b"/methods?q=" + W + b"\xff\xfe"),
    "an address of 17,000 bytes": get(b"/methods?q=" + W * 1900),
    "an address of 70,000 bytes": get(b"/methods?q=" + W * 7800),
    "too many parameters": get(b"/methods?" + b"a=" + W + b"&" * 1500),
    "no page": get(b"/nowhere%3Fq=" + W),
    "an odd host name": get(headers=b"Host: <" + W + b">\r\n"),
    "two host names": get(headers=HOST + b"Host: " + W + b".example\r\n"),
    "no host name": get(headers=b"X-Word: " + W + b"\r\n"),
    "a header without a colon": get(headers=HOST + W + b"\r\n"),
    "an odd header name": get(headers=HOST + b"X " + W + b": " + W + b"\r\n"),
    "a control character in a header": get(headers=HOST + b"X-Word: " + W + b"\x00\r\n"),
    "a folded header": get(headers=HOST + b"X-Word: a\r\n " + W + b"\r\n"),
    "a header of 9,000 bytes": get(headers=HOST + b"Cookie: " + W * 1000 + b"\r\n"),
    "a head of 80,000 bytes": get(headers=HOST + (b"X-Word: " + W * 800 + b"\r\n") * 11),
    "300 headers": get(headers=HOST + (b"X-Word: " + W + b"\r\n") * 300),
    "an unknown transfer coding": POST + b"Transfer-Encoding: " + W + b"\r\n\r\n",
    "an unknown expectation": POST + b"Expect: " + W + b"\r\n\r\n",
    "no number for a length": POST + b"Content-Length: " + W + b"\r\n\r\n" + W,
    "two lengths": POST + b"Content-Length: 9\r\nContent-Length: 10\r\n\r\n" + W,
    "a length and chunks": POST + b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n" + W + b"\r\n",
    "no size of a chunk": CHUNKED + W + b"\r\n" + W,
    "a chunk longer than its size": CHUNKED + b"1\r\n" + W + b"\r\n0\r\n\r\n",
    "a malformed extension of a chunk": CHUNKED + b"9; " + W + b"=\x01\r\n" + W + b"\r\n0\r\n\r\n",
    "a malformed trailer": CHUNKED + b"9\r\n" + W + b"\r\n0\r\n" + W + b"\r\n\r\n",
    "a body that breaks off": FORM + b"Content-Length: 1000\r\n\r\ntext=" + W,
    "chunks that break off": CHUNKED + b"64\r\n" + W,
    "a body that is too large": FORM + b"Content-Length: 600000\r\n\r\ntext=" + W + b"a" * 599_986,
    "a large body": FORM + b"Content-Length: 100000\r\n\r\ntext=" + W + b"a" * 99_986,
    "chunks that are too large": CHUNKED + b"927c0\r\n" + W + b"a" * 599_991 + b"\r\n0\r\n\r\n",
    "a body for a page": get(method=b"POST", headers=HOST + b"Content-Length: 9\r\n") + W,
    "a form that is none": POST
    + b"Content-Type: multipart/form-data; boundary="
    + W
    + b"\r\nContent-Length: 9\r\n\r\n"
    + W,
    "another protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + W,
    "a tunnel": get(W + b".example:443", method=b"CONNECT"),
    "a program's own address": get(headers=HOST + b"X-Forwarded-For: " + W + b"\r\n" + b"Forwarded: for=" + W + b"\r\n"),
}  # fmt: skip
# Of these, those that a server refuses by itself with each status, before the application hears of them.
BY_THE_SERVER = {
    400: [
        "no request line",
        "a header without a colon",
        "an odd header name",
        "an address that cannot be split",
    ],
    431: ["a head of 80,000 bytes", "an address of 70,000 bytes"],
    501: ["an unknown transfer coding"],
}


def ask(port: int, request: bytes, *, hang_up: bool = False) -> bytes:
    """Send bytes as they are and return the response; b"" if none comes. Can end the sending side, as if it broke off."""
    received = b""
    with socket.socket() as visitor:
        visitor.settimeout(15)
        visitor.bind((ADDRESS, 0))
        visitor.connect(("127.0.0.1", port))
        with suppress(OSError):  # a server may refuse before it has read all
            visitor.sendall(request)
            if hang_up:
                visitor.shutdown(socket.SHUT_WR)
        with suppress(OSError):
            while not _is_whole(received) and (piece := visitor.recv(65_536)):
                received += piece
    return received


def _is_whole(response: bytes) -> bool:
    head, end, body = response.partition(b"\r\n\r\n")
    length = headers(head).get("content-length", "")
    if body.endswith(b"0\r\n\r\n") and not length:
        return True
    return bool(end) and length.isdigit() and len(body) >= int(length)


def status(response: bytes) -> int:
    """Return the status of a response; 0 where there is none."""
    words = response.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0


def headers(response: bytes) -> dict[str, str]:
    """Return the headers of a response, with names in small letters."""
    lines = response.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    return {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
