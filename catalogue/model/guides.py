"""The texts beside the methods that have facts of their own: guides to working with people, and rules of law.

They are written in texts/groups/ and texts/rules/, each with front matter as a method file has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

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
    """What a rule has to do with: values of purposes, slugs of methods, values of audiences."""

    purposes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()


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
        """Whether the rule names a method, or both its main purpose and its main audience, the first of each.

        A rule that names no audience has to do with all. With the other purposes and audiences of a method too, nearly
        every rule would touch nearly every method.
        """
        if slug in self.touches.methods:
            return True
        people = not self.touches.audience or set(audience[:1]) & set(self.touches.audience)
        return bool(people and set(purposes[:1]) & set(self.touches.purposes))
