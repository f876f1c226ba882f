"""Content encoding: brotli, gzip or none, as the client accepts.

Pages are cached as they are compressed; static files are compressed once, at start.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

# In our order of preference, for clients that have none.
ENCODINGS = ("br", "gzip")
PLAIN = ""
# Below this size (bytes) the headers weigh more than what compressing would save.
MIN_BYTES = 500
# Levels for pages, compressed on request: a quarter larger than the best, for a tenth of its time (0.05 ms by brotli).
PAGE_BROTLI, PAGE_GZIP = 0, 1
# Levels for files, compressed once.
FILE_BROTLI, FILE_GZIP = 11, 9
TEXT_TYPES = (
    "application/json",
    "application/jsonl",
    "application/javascript",
    "application/xml",
    "image/svg+xml",
)
MAX_HEADER_LENGTH = 200


def is_text(content_type: str) -> bool:
    """Whether a response of this content type becomes smaller when it is compressed."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind in TEXT_TYPES or kind.endswith(("+json", "+xml"))


def best_encoding(header: str) -> str:
    """Return "br", "gzip" or "" (no encoding) for the value of an Accept-Encoding header.

    The encoding with the highest q-value wins, brotli before gzip among equals; one with q=0 is
    never used.
    """
    # No browser sends one as long; such headers would only evict the usual ones from the cache.
    return _best_encoding(header) if len(header) <= MAX_HEADER_LENGTH else PLAIN


@lru_cache(maxsize=256)
def _best_encoding(header: str) -> str:
    match = parse_accept_header(header, Accept).best_match((*ENCODINGS, "identity"))
    return match if match in ENCODINGS else PLAIN


def compress_page(data: bytes, encoding: str) -> bytes:
    """Return a page compressed with an encoding; unchanged for ""."""
    if encoding == "br":
        return bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=PAGE_BROTLI))
    if encoding == "gzip":
        # Without a timestamp, so that equal pages are equal bytes.
        return gzip.compress(data, PAGE_GZIP, mtime=0)
    return data


# As many as static/ has files twice over: an application made again in a process takes them from here.
@lru_cache(maxsize=512)
def compress_file(data: bytes) -> dict[str, bytes]:
    """Return a file compressed as small as possible, as bytes by encoding; "" for no encoding."""
    return {
        "br": bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=FILE_BROTLI)),
        "gzip": gzip.compress(data, FILE_GZIP, mtime=0),
        PLAIN: data,
    }
