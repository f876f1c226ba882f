"""The cost estimate of a step in words: its lines with their basis, and the boxes for its amounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalogue.i18n import N_, gettext
from catalogue.model.sizes import todays_pounds
from catalogue.planner.steps import costs
from catalogue.planner.steps.costs import Estimate, Line
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.prices import Price
from catalogue.presentation.formatting import day_text, money
from catalogue.presentation.plans.step_texts import money_span

PARTS = {
    costs.PAYMENT: N_("Payment of those who take part"),
    costs.HOURS: N_("Rooms"),
    costs.FACILITATOR_COUNT: N_("Outside facilitators"),
    costs.LETTERS: N_("Drawing people by lot"),
    costs.BSL: N_("Interpreters of British Sign Language"),
    costs.INTERPRETER: N_("Interpreters of other languages"),
    costs.OTHER: N_("Anything else"),
    costs.STAFF: N_("Your own staff"),
}
AMOUNTS = {
    costs.PEOPLE: N_("People who take part"),
    costs.GROUPS: N_("Groups or meetings, each in a room"),
    costs.SESSIONS: N_("Sessions for each person"),
    costs.HOURS: N_("Hours of a room for each group"),
    costs.PAYMENT: N_("Payment for a person and session, in pounds"),
    costs.FACILITATOR_COUNT: N_("Outside facilitators"),
    costs.FACILITATOR_DAYS: N_("Days of each, with preparation"),
    costs.LETTERS: N_("Letters of invitation"),
    costs.BSL: N_("Days with sign language interpreters"),
    costs.INTERPRETER: N_("Hours with interpreters of other languages"),
    costs.OTHER: N_("Materials, food, travel, childcare and the like, in pounds"),
    costs.STAFF: N_("Days of your own staff"),
}
UNITS = {
    "person and day": N_("for a person and day"),
    "person and session": N_("for a person and session"),
    "hour": N_("an hour"),
    "day": N_("a day"),
    "letter": N_("a letter"),
    "person": N_("a person"),
    "interpreter and day": N_("for an interpreter and day"),
}


@dataclass(frozen=True)
class BasisText:
    """What a line rests on: a sentence, where it was read, and "" or a warning that it is due to be looked up again."""

    text: str
    url: str
    stale: str = ""


@dataclass(frozen=True)
class LineText:
    """A part of the cost: its name, how it is reckoned, its floor and ceiling, and what it rests on."""

    part: str
    sum: str
    basis: tuple[BasisText, ...]


@dataclass(frozen=True)
class AmountText:
    """A box of the form: the name and label of an amount, and what stands in it as numbers."""

    name: str
    label: str
    span: tuple[float, float]
    edited: bool


@dataclass(frozen=True)
class EstimateText:
    """The cost estimate of a step; `left_out` names the parts that it lacks.

    `warning` says how it differs from the figure of the method's page, and `lower` whether it lies wholly below.
    """

    outside: str
    whole: str
    lines: tuple[LineText, ...]
    left_out: str
    warning: str
    lower: bool
    amounts: tuple[AmountText, ...]


def estimate_text(one: Picked, made: Estimate, today: date) -> EstimateText:
    """Return the estimate of a step in words; prices whose day to be checked is before `today` say so."""
    counted = [line for line in made.lines if line.sum[1] > 0]
    empty = [line for line in made.lines if line.sum[1] == 0]
    return EstimateText(
        money_span(*made.outside),
        money_span(*made.whole),
        tuple(_line(line, today) for line in counted),
        ", ".join(gettext(PARTS[line.part]) for line in empty),
        *_beside_page(one, made),
        tuple(
            AmountText(name, gettext(AMOUNTS[name]), made.amounts[name], name in made.edited)
            for name in costs.AMOUNTS
        ),
    )


def _line(line: Line, today: date) -> LineText:
    prices = tuple(_price(price, today) for price in line.prices)
    ratios = tuple(BasisText(ratio.basis, ratio.url) for ratio in line.ratios)
    return LineText(gettext(PARTS[line.part]), money_span(*line.sum), prices + ratios)


def _price(price: Price, today: date) -> BasisText:
    low, high = (
        money(end) if end == round(end) else f"£{end:.2f}" for end in (price.low, price.high)
    )
    sums = low if low == high else gettext("%(low)s to %(high)s", low=low, high=high)
    year = str(price.year) if price.year else gettext("undated")
    text = gettext(
        "%(sums)s %(unit)s (%(year)s). %(basis)s",
        sums=sums, unit=gettext(UNITS[price.unit]), year=year, basis=price.basis,
    )  # fmt: skip
    stale = ""
    if price.check_by < today:
        day = day_text(price.check_by)
        stale = gettext("This price was to be looked up again by %(day)s.", day=day)
    return BasisText(text, price.url, stale)


def _beside_page(one: Picked, made: Estimate) -> tuple[str, bool]:
    """Say what the estimate takes from the method's page, or where it lies beside it, "" if neither; and whether it is lower."""
    own = todays_pounds(one.run.cost)
    if own is None:
        return "", False
    figure = money_span(own.low, own.high)
    if made.outside != made.priced:
        text = gettext(
            "The parts with a price come to %(priced)s. That is without materials, food, travel, childcare and the like, for which we found none. The method's page says %(figure)s for everything: at each end we take what is higher.",
            priced=money_span(*made.priced), figure=figure,
        )  # fmt: skip
        return text, False
    if made.outside[1] < own.low:
        text = gettext(
            "The method's page says %(figure)s. With your amounts this estimate is lower: look through them below.",
            figure=figure,
        )
        return text, True
    if own.high is not None and made.outside[0] > own.high:
        text = gettext(
            "The method's page says %(figure)s. This estimate is higher: look through the amounts below.",
            figure=figure,
        )
        return text, False
    return "", False
