"""Lists the methods that should be read through again: overdue, or due soon, or never reviewed.

`catalogue due` prints it, and a forge keeps the Markdown in one issue. The rule for the day is that of model/completeness.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.authoring.check.output_formats import markdown, to_json
from catalogue.model.completeness import REVIEW_AFTER_MONTHS, review_due
from catalogue.model.method import Method
from catalogue.model.unprintable import escape
from catalogue.urls import PATHS


@dataclass(frozen=True)
class Due:
    """One method to review: when it is due and how many days that is away; None if never reviewed."""

    slug: str
    title: str
    last_reviewed: date | None
    due: date | None
    days: int | None

    @property
    def overdue(self) -> bool:
        """Whether the day has passed, or there never was a review."""
        return self.days is None or self.days < 0

    @property
    def when(self) -> str:
        """The day in words, seen from today."""
        if self.days is None:
            return "never reviewed"
        away = "1 day" if abs(self.days) == 1 else f"{abs(self.days)} days"
        if not self.days:
            return "due today"
        return f"due in {away}" if self.days > 0 else f"overdue by {away}"


@dataclass(frozen=True)
class Reviews:
    """The methods that are due by a day, the longest overdue first, and those never reviewed at the end."""

    until: date
    due: tuple[Due, ...]


def due_reviews(methods: Iterable[Method], today: date, within: int) -> Reviews:
    """Return the methods whose review is overdue or due within a number of days from `today`."""
    found = []
    for method in methods:
        day = review_due(method.last_reviewed)
        days = (day - today).days if day else None
        if days is None or days <= within:
            found.append(Due(method.slug, method.title, method.last_reviewed, day, days))
    found.sort(key=lambda due: (due.due or date.max, due.slug))
    return Reviews(today + timedelta(within), tuple(found))


def as_text(reviews: Reviews, site_url: str) -> str:
    """Write one method a line: the day, its file, its name."""
    return "\n".join(
        escape(f"{due.due or '-'!s:<10}  methods/{due.slug}.md  {due.title} ({due.when})")
        for due in reviews.due
    )


def as_json(reviews: Reviews, site_url: str) -> str:
    """Write one object: until which day was looked, and the methods."""
    methods = [
        {
            "slug": due.slug,
            "title": due.title,
            "last_reviewed": due.last_reviewed.isoformat() if due.last_reviewed else None,
            "due": due.due.isoformat() if due.due else None,
            "days": due.days,
            "overdue": due.overdue,
        }
        for due in reviews.due
    ]
    whole = {"until": reviews.until.isoformat(), "methods": methods}
    return to_json(whole)


def as_markdown(reviews: Reviews, site_url: str) -> str:
    """Write the text of the issue that a forge keeps: what to do, and a list to tick off.

    `site_url` is the address of the site, for links; "" for none.
    """
    parts = ["## Methods to read through again"]
    for title, overdue in (("Overdue", True), ("Due soon", False)):
        lines = [_line(due, site_url) for due in reviews.due if due.overdue == overdue]
        if lines:
            parts.append(f"### {title}\n\n" + "\n".join(lines))
    if len(parts) == 1:
        parts.append(f"Nothing is due until {_day(reviews.until)}.")
    else:
        parts.insert(1, "Read the whole page, check its figures and open its links. Mend what is no longer "
                        "so, write the day into `last_reviewed`, and open a pull request. A method is "
                        f"due {REVIEW_AFTER_MONTHS} months after its last review.")  # fmt: skip
    return "\n\n".join(parts)


def _line(due: Due, site_url: str) -> str:
    title = markdown(due.title)
    name = f"[{title}]({site_url}{PATHS.method(due.slug)})" if site_url else title
    when = f"{_day(due.due)}, {due.when}" if due.due else due.when
    return f"- [ ] {name} (`methods/{due.slug}.md`): {when}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


# How each format writes the reviews; the second argument is the address of the site, or "".
FORMATS: dict[str, Callable[[Reviews, str], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}
