"""The addresses that benchmarks.serving requests, made from the words and options of the methods themselves."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random

from benchmarks.peers import PeerDocument
from benchmarks.queries import make_requests, recombined
from catalogue.search.search_request import SearchRequest

FULL_PAGE = "three words, three filters"
PATTERNS = 900
# So many searches come again and again, each time with filters that were not chosen with them before.
SEARCHES = 300


class Addresses:
    """Addresses of pages; cold and new ones never come twice."""

    def __init__(self, documents: list[PeerDocument], seed: int) -> None:
        """Take the words of the documents; the same documents and seed give the same addresses."""
        self.slugs = [document.words.slug for document in documents]
        self.requests = make_requests(FULL_PAGE, documents, PATTERNS, seed)
        self._new = self._generate_new(seed)
        self._cold = self._generate_cold(seed)

    def _generate_new(self, seed: int) -> Iterator[SearchRequest]:
        """Yield requests without end: real words, combined anew, with real choices of filters."""
        seen: set[str] = set()
        for round_number in itertools.count():
            for request in recombined(self.requests, seed + round_number):
                if (query := request.query()) not in seen:
                    seen.add(query)
                    yield request

    def _generate_cold(self, seed: int) -> Iterator[SearchRequest]:
        """Yield each of some searches with the filters of each of the others, in a random order."""
        words = dict.fromkeys(request.words for request in self.requests[:SEARCHES])
        filters = {request.with_words("").query(): request for request in self.requests}
        pairs = list(itertools.product(words, filters.values()))
        Random(seed).shuffle(pairs)
        for typed, request in pairs:
            yield request.with_words(typed)

    def new_requests(self, count: int) -> list[SearchRequest]:
        """Return requests whose words were not combined before."""
        return list(itertools.islice(self._new, count))

    def cold(self, count: int) -> list[str]:
        """Return addresses of results pages not requested before; their words may have been."""
        return [f"/methods{r.query()}" for r in itertools.islice(self._cold, count)]

    def new(self, count: int) -> list[str]:
        """Return addresses of results pages whose words were not combined before."""
        return [f"/methods{request.query()}" for request in self.new_requests(count)]

    def random(self, count: int, seed: int) -> list[str]:
        """Return addresses of all kinds: searches, methods, JSON, and some that lead nowhere."""
        rng = Random(seed)
        made = []
        for address in self.new(count):
            slug = rng.choice(self.slugs)
            others = (f"/methods/{slug}", f"/api/v1/methods/{slug}", f"/{rng.random()}",
                      address.replace("/methods", "/api/v1/methods", 1))  # fmt: skip
            made.append(address if rng.random() < 0.7 else rng.choice(others))
        return made
