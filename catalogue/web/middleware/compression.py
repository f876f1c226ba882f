"""Compresses text as the visitor's program asks: brotli, gzip or not at all.

The last step before an answer leaves. web/middleware/response_cache.py keeps pages that are already compressed;
assets.py compresses the styles and the script once, at start.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

# In the order in which we prefer them where the visitor's program has no preference.
ENCODINGS = ("br", "gzip")
PLAIN = ""
# Below this size (bytes) the headers weigh more than what compressing would save.
LEAST_BYTES = 500
# For pages, made on request: a quarter larger than the best, for a tenth of its time (0.05 ms by brotli).
PAGE_BROTLI, PAGE_GZIP = 0, 1
# For files, compressed once for all.
FILE_BROTLI, FILE_GZIP = 11, 9
TEXT_TYPES = ("application/json", "application/javascript", "application/xml", "image/svg+xml")
LONGEST_HEADER = 200


def is_text(content_type: str) -> bool:
    """Whether answers of this type become smaller when they are compressed."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind in TEXT_TYPES or kind.endswith("+json")


def best_encoding(header: str) -> str:
    """Return "br", "gzip" or "" (as it is) for the header Accept-Encoding.

    The encoding with the highest q-value wins, brotli before gzip among equals; one with q=0 is
    never used.
    """
    # No browser sends one as long; they would only push the usual ones out of memory.
    return _best_encoding(header) if len(header) <= LONGEST_HEADER else PLAIN


@lru_cache(maxsize=256)
def _best_encoding(header: str) -> str:
    accepted = parse_accept_header(header, Accept)
    named = {name.lower(): q for name, q in accepted}
    qualities = {name: named.get(name, named.get("*", 0)) for name in ENCODINGS}
    best = max(ENCODINGS, key=lambda name: qualities[name])
    plain = named.get("identity", 0)
    return best if qualities[best] > 0 and qualities[best] >= plain else PLAIN


def compress_page(data: bytes, encoding: str) -> bytes:
    """Compress a page on request; an encoding of "" gives it back as it is."""
    if encoding == "br":
        return bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=PAGE_BROTLI))
    if encoding == "gzip":
        # Without the time of day, so that equal pages are equal bytes.
        return gzip.compress(data, PAGE_GZIP, mtime=0)
    return data


@lru_cache(maxsize=64)
def compress_file(data: bytes) -> dict[str, bytes]:
    """Compress a file as small as it gets; returns its bytes by encoding, "" for as it is."""
    return {
        "br": bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=FILE_BROTLI)),
        "gzip": gzip.compress(data, FILE_GZIP, mtime=0),
        PLAIN: data,
    }
