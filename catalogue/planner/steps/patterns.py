"""The ready-made processes of patterns.yaml, as checked values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from catalogue.model.sizes import SIZES, USUAL
from catalogue.search.chosen import Pick
from catalogue.vocabulary import read_yaml

PATTERNS_FILE = Path(__file__).with_name("patterns.yaml")
MIN_STEPS = 2


class PatternError(ValueError):
    """An entry of the file that cannot be used; the message names it and says what to change."""


@dataclass(frozen=True)
class PatternStep:
    """A step: the method in a size, and what was done in the real process."""

    method: str
    did: str
    size: str = USUAL

    @property
    def pick(self) -> Pick:
        """The step as it stands in an address."""
        return Pick(self.method, self.size)


@dataclass(frozen=True)
class PatternSource:
    """The real process that a pattern is drawn from."""

    title: str
    place: str
    year: int
    url: str


@dataclass(frozen=True)
class Pattern:
    """A ready-made process, and what came of the real one."""

    id: str
    title: str
    use_when: str
    steps: tuple[PatternStep, ...]
    source: PatternSource
    came_of_it: str


@lru_cache(maxsize=4)
def load_patterns(path: Path = PATTERNS_FILE) -> tuple[Pattern, ...]:
    """Read the file of patterns.

    Raises PatternError, msgspec.ValidationError (which names the entry) or yaml.YAMLError for a file written wrongly.
    """
    data = read_yaml(path)
    patterns = msgspec.convert(data["patterns"], tuple[Pattern, ...])
    seen: set[str] = set()
    for pattern in patterns:
        if pattern.id in seen:
            raise PatternError(f"{pattern.id}: this id stands twice. Give each pattern its own.")
        seen.add(pattern.id)
        if len(pattern.steps) < MIN_STEPS:
            raise PatternError(f"{pattern.id}: a pattern has at least two steps. Add one.")
        if not pattern.source.url.startswith(("https://", "http://")):
            raise PatternError(
                f"{pattern.id}: the source needs an address that begins with https://, found {pattern.source.url!r}."
            )
        for step in pattern.steps:
            if step.size not in SIZES:
                raise PatternError(
                    f"{pattern.id}: {step.size!r} is no size. Write one of {', '.join(SIZES)}."
                )
    return patterns


def usable(slugs: Collection[str]) -> list[Pattern]:
    """Return the patterns all of whose methods are among some slugs, in the order of the file."""
    return [p for p in load_patterns() if all(step.method in slugs for step in p.steps)]
