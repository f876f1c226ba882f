"""A `Use`: one report from practice, as a value that cannot change, and the fields of its file.

One use is one file in uses/, a folder beside that of the methods.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.model.fields import Field
from catalogue.model.method import Number
from catalogue.vocabulary import VOCABULARY

FIELDS = (
    Field("method", "slug", "The method that was used.", required=True),
    Field("size", "choice", "Which size it was run in.", options="size", called="size"),
    Field("organiser", "text", "The organisation that ran it; never a person.", at_most=120),
    Field("place", "text", "Town or area; never an address.", required=True, at_most=120),
    Field("country", "text", "Country.", required=True, at_most=60),
    Field("when", "month", "The month in which it ended.", required=True),
    Field("people", "number", "How many people took part.", unit="people"),
    Field("who_came", "text", "Which groups came and which did not; no names.", at_most=300),
    Field("weeks", "number", "Weeks from the idea to the result."),
    Field("money", "number", "Money spent outside, in whole units of the currency.", unit="money"),
    Field("currency", "choice", "GBP unless said.", options="currency", called="currency"),
    Field("staff_days", "number", "Working days of the organiser's own staff."),
    Field("what_happened", "text", "What happened, in a few sentences.", required=True, at_most=800),
    Field("what_changed", "text", "What was decided or done because of it.", at_most=500),
    Field("again", "choice", "Whether you would do it again.", required=True, options="again",
          called="answer"),
    Field("differently", "text", "What you would do differently.", at_most=500),
    Field("url", "address", "A page that tells of it."),
)  # fmt: skip


@dataclass(frozen=True)
class Use:
    """One use of a method: `slug` is the name of its file, `when` its month as "2025-03".

    None and "" mean "not known". `money` is in `currency`.
    """

    slug: str
    method: str
    place: str
    country: str
    when: str
    what_happened: str
    again: str
    size: str = ""
    organiser: str = ""
    people: Number | None = None
    who_came: str = ""
    weeks: Number | None = None
    money: Number | None = None
    currency: str = "GBP"
    staff_days: Number | None = None
    what_changed: str = ""
    differently: str = ""
    url: str = ""

    @property
    def gbp(self) -> float | None:
        """The money in GBP, for comparing; None if it is not known."""
        return None if self.money is None else self.money / VOCABULARY.gbp_rates[self.currency]
