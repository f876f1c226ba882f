"""Whole answers, as they leave, and a bounded store of those that were given before.

web/middleware/page_cache.py fills the store and answers from it. What is kept is bytes: status, headers and a body that
is already compressed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from catalogue.budget import share

Headers = list[tuple[str, str]]

MOST_ANSWERS = 4_000
MOST_BYTES = 32 * 1024 * 1024
# What Python needs for an answer besides its body, roughly: headers, key, places in dictionaries.
OVERHEAD = 2_000
OF_THE_BODY = ("content-type", "content-length", "content-encoding")


@dataclass(frozen=True)
class Answer:
    """An answer whole. `tag` is its strong ETag, "" for one that has none."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    tag: str = ""

    @property
    def size(self) -> int:
        """How many bytes it takes in memory, roughly."""
        return len(self.body) + OVERHEAD

    @cached_property
    def bodiless(self) -> tuple[tuple[str, str], ...]:
        """The headers of the answer 304: all but those that describe the body."""
        return tuple(header for header in self.headers if header[0].lower() not in OF_THE_BODY)

    def is_known(self, if_none_match: str) -> bool:
        """Whether a visitor who names these tags (the header If-None-Match) has it already.

        A proxy may have made our strong tag a weak one (W/); for this question they are the same.
        """
        if not self.tag or not if_none_match:
            return False
        given = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return self.tag in given or "*" in given


class KeptAnswers:
    """The answers given last, by key; at most so many, and at most so many bytes of them.

    Safe to share between threads. What was not asked for longest goes first.
    """

    def __init__(self, most: int = MOST_ANSWERS, most_bytes: int = share(MOST_BYTES)) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._answers)

    @property
    def bytes(self) -> int:
        """How many bytes they take, roughly."""
        return self._bytes

    def get(self, key: Hashable) -> Answer | None:
        """Return the answer under a key, None if there is none."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer under a key, and let go of others where there are too many."""
        with self._lock:
            self._forget(key)
            self._answers[key] = answer
            self._bytes += answer.size
            while len(self._answers) > self._most or self._bytes > self._most_bytes:
                self._forget(next(iter(self._answers)))

    def _forget(self, key: Hashable) -> None:
        if key in self._answers:
            self._bytes -= self._answers.pop(key).size
