"""The texts beside the methods that have facts of their own: guides to working with people, rules of law, and advice.

Guides and rules are written in texts/groups/ and texts/rules/, each with front matter as a method file has. Advice is a sentence
of an introduction in texts/purposes/ or texts/audiences/ that names a method; the front matter there says when it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date

from catalogue.model.method import Number

# A heading, and the safe HTML of the text below it.
HtmlSection = tuple[str, str]
# The nations whose law is meant where a rule says "uk".
UK = ("england", "wales", "scotland", "northern-ireland")


@dataclass(frozen=True)
class GuideSource:
    """A source of a guide or a rule; `own` is True if its publisher is led by the people concerned."""

    title: str
    by: str
    year: int | None = None
    url: str = ""
    own: bool = False


@dataclass(frozen=True)
class Adaptation:
    """A method that works with some people, by its slug, and how to adapt it for them."""

    slug: str
    how: str


@dataclass(frozen=True)
class Official:
    """Where a rule stands: legislation, a judgment, a regulator or guidance of a government."""

    title: str
    url: str


@dataclass(frozen=True)
class Touches:
    """What a rule has to do with: values of purposes, slugs of methods, values of audiences, or every method."""

    purposes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    every_method: bool = False


# Compared as objects, so that they are quick as keys.
@dataclass(frozen=True, eq=False)
class Guide:
    """A guide to working with people who are often left out.

    `words` are what people type to find it, the most usual first; they are never shown. `read_by` names those
    concerned who have read it.
    """

    slug: str
    title: str
    summary: str
    words: tuple[str, ...]
    methods: tuple[Adaptation, ...]
    sources: tuple[GuideSource, ...]
    sections: tuple[HtmlSection, ...]
    audience: tuple[str, ...] = ()
    last_reviewed: date | None = None
    read_by: tuple[str, ...] = ()

    def adaptation(self, slug: str) -> str:
        """Return how to adapt a method for these people; "" if the guide does not name it."""
        return next((method.how for method in self.methods if method.slug == slug), "")


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule of law or of good practice, as it stood on the day `as_of`; `words` as those of a guide."""

    slug: str
    title: str
    summary: str
    words: tuple[str, ...]
    places: tuple[str, ...]
    applies_to: tuple[str, ...]
    official: Official
    sources: tuple[GuideSource, ...]
    as_of: date
    sections: tuple[HtmlSection, ...]
    touches: Touches = field(default_factory=Touches)

    def holds_in(self, place: str) -> bool:
        """Whether the rule is one of a place of the vocabulary."""
        return place in self.places or (place in UK and "uk" in self.places)

    def touches_method(
        self, slug: str, purposes: tuple[str, ...], audience: tuple[str, ...]
    ) -> bool:
        """Whether the rule has to do with every method, names this one, or both its main purpose and its main audience.

        The first of each is the main one. A rule that names no audience has to do with all. With the other purposes and audiences of a method too, nearly
        every rule would touch nearly every method.
        """
        if self.touches.every_method or slug in self.touches.methods:
            return True
        people = not self.touches.audience or set(audience[:1]) & set(self.touches.audience)
        return bool(people and set(purposes[:1]) & set(self.touches.purposes))


@dataclass(frozen=True)
class Situation:
    """What somebody has asked for: limits (budget in GBP, weeks, hours) and the options of each facet.

    `decided` says that nothing is left to decide.
    """

    limits: Mapping[str, float] = field(default_factory=dict)
    options: Mapping[str, Set[str]] = field(default_factory=dict)
    decided: bool = False


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
    decided: bool = False

    def met(self, situation: Situation) -> int:
        """Return how many conditions there are if a situation meets all of them, else 0."""
        conditions = [*self._limits(situation), *self._options(situation)]
        conditions += [situation.decided] if self.decided else []
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
