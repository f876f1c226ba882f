"""Which sizes of all methods break a limit, as bits of one number, so that counts beside options cost little.

`limits.limits_of` says for one size what these say for all; it stays the only place where a limit is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalogue.model.sizes import Run
from catalogue.planner.answers import EMPTY, Answers
from catalogue.planner.limits import AT_MOST, BREAKS, MUST, limits_of

# How many answers are remembered; those with options are few, and numbers are not remembered.
MAX_REMEMBERED = 500


class BreakingRuns:
    """The sizes of all methods, each a bit in the order of methods, and which of them break an answer."""

    def __init__(self, runs: Mapping[str, tuple[Run, ...]]) -> None:
        """Take the sizes of each method by slug."""
        self._runs = [run for some in runs.values() for run in some]
        self._firsts: dict[str, tuple[int, int]] = {}
        first = 0
        for slug, some in runs.items():
            self._firsts[slug] = (first, (1 << len(some)) - 1)
            first += len(some)
        # The least of each number that a size needs; a size that says none breaks no limit.
        self._least = {
            name: [(numbers.low, 1 << n) for n, run in enumerate(self._runs) if (numbers := run.number_range(name))]
            for name in (*AT_MOST, "people")
        }  # fmt: skip
        self._remembered: dict[tuple[str, object], int] = {}

    def by_limit(self, answers: Answers) -> dict[str, int]:
        """Return the sizes that break each limit that was answered."""
        found = {name: self._above(name, limit) for name in AT_MOST if (limit := getattr(answers, name)) is not None}  # fmt: skip
        if answers.limit_people:
            found["people"] = self._above("people", answers.limit_people[1])
        for name in ("facilitation", "format"):
            if getattr(answers, name):
                found[name] = self._option(name, getattr(answers, name))
        needs = [self._option(MUST, (need,)) for need in answers.needs]
        if needs:
            found[MUST] = _any(needs)
        return found

    def all(self, answers: Answers) -> int:
        """Return the sizes that break some limit."""
        return _any(self.by_limit(answers).values())

    def of(self, slug: str, bits: int) -> int:
        """Return the bits of the sizes of one method, the first of them lowest."""
        first, mask = self._firsts[slug]
        return bits >> first & mask

    def passing(self, bits: int) -> int:
        """Return how many methods have a size whose bit is not set."""
        return sum(bits >> first & mask != mask for first, mask in self._firsts.values())

    def _above(self, name: str, most: float) -> int:
        return sum(bit for low, bit in self._least[name] if low > most)

    def _option(self, name: str, value: object) -> int:
        bits = self._remembered.get((name, value))
        if bits is None:
            answers = EMPTY.changed(name, value)
            bits = _any(1 << n for n, run in enumerate(self._runs) if _breaks(run, answers))
            if len(self._remembered) < MAX_REMEMBERED:
                self._remembered[name, value] = bits
        return bits


def _breaks(run: Run, answers: Answers) -> bool:
    return any(limit.state == BREAKS for limit in limits_of(run, answers))


def _any(bits: Iterable[int]) -> int:
    whole = 0
    for each in bits:
        whole |= each
    return whole
