"""An LRU cache of whole responses, as they are sent: status, headers and the compressed body."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from catalogue.budget import share

Headers = list[tuple[str, str]]

MAX_RESPONSES = 4_000
MAX_BYTES = 32 * 1024 * 1024
# What a response takes in memory besides its body, roughly: headers, key, dictionary entries.
OVERHEAD_BYTES = 2_000
BODY_HEADERS = ("content-type", "content-length", "content-encoding")


@dataclass(frozen=True)
class CachedResponse:
    """A whole response. `tag` is its strong ETag, "" for one that has none."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    tag: str = ""

    @property
    def size(self) -> int:
        """Its size in memory in bytes, roughly."""
        return len(self.body) + OVERHEAD_BYTES

    @cached_property
    def not_modified_headers(self) -> tuple[tuple[str, str], ...]:
        """The headers for status 304: all but those that describe the body."""
        return tuple(header for header in self.headers if header[0].lower() not in BODY_HEADERS)

    def matches(self, if_none_match: str) -> bool:
        """Whether the value of an If-None-Match header names this response.

        The comparison is weak: a proxy may have turned our strong ETag into a weak one (W/).
        """
        if not self.tag or not if_none_match:
            return False
        tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return self.tag in tags or "*" in tags


class ResponseCache:
    """The responses used last, by key; bounded by their number and by their bytes.

    Safe to share between threads. Evicts the least recently used first.
    """

    def __init__(
        self, max_responses: int = MAX_RESPONSES, max_bytes: int = share(MAX_BYTES)
    ) -> None:
        self._max_responses, self._max_bytes = max_responses, max_bytes
        self._lock = threading.Lock()
        self._responses: OrderedDict[Hashable, CachedResponse] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        """How many responses are cached."""
        return len(self._responses)

    @property
    def bytes(self) -> int:
        """The size of all responses in memory in bytes, roughly."""
        return self._bytes

    def get(self, key: Hashable) -> CachedResponse | None:
        """Return the response for a key, None if it is not cached."""
        with self._lock:
            response = self._responses.get(key)
            if response is not None:
                self._responses.move_to_end(key)
            return response

    def put(self, key: Hashable, response: CachedResponse) -> None:
        """Cache a response under a key, and evict others beyond the bounds."""
        with self._lock:
            self._evict(key)
            self._responses[key] = response
            self._bytes += response.size
            while len(self._responses) > self._max_responses or self._bytes > self._max_bytes:
                self._evict(next(iter(self._responses)))

    def _evict(self, key: Hashable) -> None:
        if key in self._responses:
            self._bytes -= self._responses.pop(key).size
