"""Advice: a sentence of the introduction to a purpose or an audience that names a method, and when it holds.

The sentence stands in texts/purposes/ or texts/audiences/ and nowhere else; the front matter of the file says when it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from catalogue.model.method import Number


@dataclass(frozen=True)
class Situation:
    """What somebody has asked for: limits (budget in GBP, weeks, hours) and the options of each facet."""

    limits: Mapping[str, float] = field(default_factory=dict)
    options: Mapping[str, Set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class When:
    """When advice holds: all of what is given must be so. GBP, weeks and hours are the most, or the least, that there is."""

    budget: Number | None = None
    budget_at_least: Number | None = None
    weeks: Number | None = None
    weeks_at_least: Number | None = None
    hours: Number | None = None
    handles_conflict: str = ""
    handles_complexity: str = ""
    inclusion: tuple[str, ...] = ()
    format: tuple[str, ...] = ()

    def met(self, situation: Situation) -> int:
        """Return how many conditions there are if a situation meets all of them, else 0."""
        conditions = [*self._limits(situation), *self._options(situation)]
        return len(conditions) if all(conditions) else 0

    def _limits(self, situation: Situation) -> list[bool]:
        limits, met = situation.limits, []
        for name in ("budget", "weeks", "hours"):
            most, least = getattr(self, name), getattr(self, f"{name}_at_least", None)
            if most is not None:
                met.append(name in limits and limits[name] <= most)
            if least is not None:
                met.append(name in limits and limits[name] >= least)
        return met

    def _options(self, situation: Situation) -> list[bool]:
        met = []
        for name in ("handles_conflict", "handles_complexity", "inclusion", "format"):
            value = getattr(self, name)
            wanted = {value} if isinstance(value, str) else set(value)
            if value:
                met.append(bool(wanted & situation.options.get(name, frozenset())))
        return met


@dataclass(frozen=True)
class Hint:
    """An entry of the front matter: the method whose sentence holds `when`."""

    method: str
    when: When


# Compared as objects, so that they are quick as keys.
@dataclass(frozen=True, eq=False)
class Advice:
    """One piece of advice: the option of the facet whose page it stands on, its sentence as safe HTML, its method and when."""

    facet: str
    value: str
    method: str
    html: str
    when: When
