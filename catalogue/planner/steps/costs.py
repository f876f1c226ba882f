"""What a step may cost, put together from prices: a floor and a ceiling for each part, with what they rest on.

Each amount (people, sessions, hours and so on) is a guess from the facts of the method, which the address can replace.
As some parts have no price with a source, a sum of guesses never ends below what the method's page says, at either end.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from catalogue.model.method import Range
from catalogue.model.sizes import Run, todays_pounds
from catalogue.planner.answers import COMMUNITY, COUNCIL
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.prices import ROOM, Price, PriceList, Ratio, load_prices
from catalogue.planner.steps.totals import Total, Totals, totals

# From a low to a high amount.
Span = tuple[float, float]
NOTHING: Span = (0.0, 0.0)
# Hours of a day on which people meet, for working out days from the hours that each person gives. Our judgement.
HOURS_A_DAY = 7.0
# Where some stay so many times as long as others and anybody may come, people come and go. Our judgement.
COME_AND_GO = 5
# The ratio with the hours for which a room is let at least.
LEAST_HIRE = "room-hours"
# Where a specialist leads a meeting that is no mini-public. Our judgement.
FACILITATORS: Span = (1.0, 2.0)
# Above these nothing is guessed: such numbers are of answers, visits or whole years. Our judgement.
MAX_PEOPLE, MAX_GROUPS = 1000, 12
# What the address can set, in the order of the form.
PEOPLE, GROUPS, SESSIONS, HOURS, PAYMENT = "people", "groups", "sessions", "hours", "payment"
FACILITATOR_COUNT, FACILITATOR_DAYS, LETTERS = "facilitators", "facilitator_days", "letters"
BSL, INTERPRETER, OTHER, STAFF = "bsl_days", "interpreter_hours", "other", "staff_days"
AMOUNTS = (
    PEOPLE, GROUPS, SESSIONS, HOURS, PAYMENT, FACILITATOR_COUNT, FACILITATOR_DAYS, LETTERS, BSL,
    INTERPRETER, OTHER, STAFF,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One part of the cost in GBP: what it is, its amounts by name, the sum, and the prices and ratios used."""

    part: str
    amounts: Mapping[str, Span]
    sum: Span
    prices: tuple[Price, ...] = ()
    ratios: tuple[Ratio, ...] = ()


@dataclass(frozen=True)
class Estimate:
    """The cost of a step: its amounts, and its lines. Own staff is the last line, and left out where not counted.

    `page` is the outside cost that the method's page says; None where that is not known, or where amounts of the visitor's
    own or the cheaper rooms of a community group count instead. With free rooms it still counts.
    """

    amounts: Mapping[str, Span]
    lines: tuple[Line, ...]
    edited: frozenset[str] = field(default_factory=frozenset)
    page: Span | None = None

    @property
    def priced(self) -> Span:
        """What the parts with a price come to that are spent outside."""
        return _added(line.sum for line in self.lines if line.part != STAFF)

    @property
    def outside(self) -> Span:
        """What is spent outside, without own staff: at each end what has a price, or what the page says if that is more."""
        (low, high), page = self.priced, self.page or NOTHING
        return max(low, page[0]), max(high, page[1])

    @property
    def whole(self) -> Span:
        """What is spent, own staff too if counted."""
        return _added([self.outside, *(line.sum for line in self.lines if line.part == STAFF)])


def outside_total(picked: Sequence[Picked], estimates: Sequence[Estimate]) -> Total:
    """Return the outside cost of a plan by the estimates of its steps: what every limit of money is held against.

    There is no upper end where the page of a step gives none, and the cost of a step is unknown where neither its page nor
    the visitor gives any.
    """
    steps = list(zip(picked, estimates, strict=True))
    low, high = _added(made.outside for made in estimates)
    endless = any(
        made.page and one.run.cost and one.run.cost.gbp.high is None for one, made in steps
    )
    unknown = [one.method.title for one, made in steps if one.run.cost is None and not made.edited]
    return Total(low, None if endless else high, tuple(unknown))


def plan_totals(picked: Sequence[Picked], estimates: Sequence[Estimate]) -> Totals:
    """Return the sums of a plan with the money of its estimates: what every page and file holds against the limits."""
    return replace(totals(picked), money=outside_total(picked, estimates))


def _added(sums: Iterable[Span]) -> Span:
    listed = list(sums)
    return sum(low for low, _ in listed), sum(high for _, high in listed)


def guesses(one: Picked) -> dict[str, Span]:
    """Return the amounts that the facts of a method suggest in one size.

    No room is guessed where people are met one at a time, nor for research that takes each more than a day: most of
    those hours pass at doors, in shops or at home, and the people of its page are also those who are questioned, so
    neither says how often a group meets in a room. Our judgement.
    """
    run = one.run
    people, hours = _people(run), _span(run.hours)
    meets = "in-person" in run.format and people[1] > 0 and hours[1] >= 1
    in_field = one.method.family == "research" and hours[1] > HOURS_A_DAY
    groups = _groups(run, people) if meets and not in_field else NOTHING
    rooms = meets and not in_field and not _one_at_a_time(run)
    sessions = (float(math.ceil(hours[0] / HOURS_A_DAY)), float(math.ceil(hours[1] / HOURS_A_DAY)))
    mini_public = one.method.family == "mini-public"
    by_lot = one.method.recruitment == "random" and mini_public
    led = run.facilitation == "specialist" and hours[1] >= 1 and people[1] > 0
    return {
        PEOPLE: people,
        GROUPS: groups if rooms else NOTHING,
        SESSIONS: sessions,
        HOURS: _open_hours(hours, one.method.recruitment) if rooms else NOTHING,
        PAYMENT: load_prices().ends("payment", COUNCIL) if by_lot else NOTHING,
        FACILITATOR_COUNT: (_facilitators(people) if mini_public else FACILITATORS) if led else NOTHING,
        FACILITATOR_DAYS: _facilitator_days(hours, groups) if led else NOTHING,
        LETTERS: _letters(people) if by_lot else NOTHING,
        BSL: NOTHING,
        INTERPRETER: NOTHING,
        OTHER: NOTHING,
        STAFF: _span(run.staff_days),
    }  # fmt: skip


def estimate(
    one: Picked, edits: Mapping[str, Span], hire: str = COUNCIL, own_staff: bool = True
) -> Estimate:
    """Return the cost of a step with the amounts in `edits` in place of the guesses.

    `hire` says who hires the room: council, community, or free where nobody pays; `own_staff` whether own staff's time counts.
    """
    list_ = load_prices()
    amounts = {**guesses(one), **edits}

    def line(part: str, *names: str, price: str = "", ratios: tuple[str, ...] = ()) -> Line:
        ends = [amounts[name] for name in names]
        used = list_.of(price, hire) if price else ()
        if price:
            ends.append(list_.ends(price, hire))
        found = tuple(list_.ratio(name) for name in ratios)
        return Line(part, {name: amounts[name] for name in names}, _product(ends), used, found)

    payment = line(PAYMENT, PEOPLE, SESSIONS, PAYMENT)
    lines = [
        Line(PAYMENT, payment.amounts, payment.sum, list_.of("payment", hire)),
        line(HOURS, GROUPS, HOURS, price=ROOM, ratios=(LEAST_HIRE,)),
        line(
            FACILITATOR_COUNT, FACILITATOR_COUNT, FACILITATOR_DAYS,
            price="facilitator", ratios=("people-to-a-facilitator", "preparation"),
        ),
        _recruitment(amounts, list_, hire, LETTERS in edits),
        _interpreting(amounts, list_, hire),
        line(INTERPRETER, INTERPRETER, price="interpreter"),
        line(OTHER, OTHER),
    ]  # fmt: skip
    if own_staff:
        lines.append(line(STAFF, STAFF, price="staff"))
    changed = hire == COMMUNITY or bool(edits.keys() - {STAFF})
    return Estimate(amounts, tuple(lines), frozenset(edits), None if changed else _page(one))


def _page(one: Picked) -> Span | None:
    cost = todays_pounds(one.run.cost)
    return None if cost is None else (float(cost.low), float(cost.high or cost.low))


def _recruitment(
    amounts: Mapping[str, Span], list_: PriceList, hire: str, own_letters: bool
) -> Line:
    """Return the cost of drawing people by lot: the stamps at least; a firm's price for each person at most."""
    letters = amounts[LETTERS]
    low, high = _product([letters, list_.ends("letter", hire)])
    prices = list_.of("letter", hire)
    if letters[1] > 0 and not own_letters:
        high = max(high, _whole(amounts[PEOPLE][1] * list_.ends("recruitment", hire)[1]))
        prices += list_.of("recruitment", hire)
    return Line(
        LETTERS, {LETTERS: letters}, (low, high), prices, (list_.ratio("letters-to-a-person"),)
    )


def _interpreting(amounts: Mapping[str, Span], list_: PriceList, hire: str) -> Line:
    ratio = list_.ratio("interpreters-at-once")
    low, high = _product([amounts[BSL], (ratio.low, ratio.high), list_.ends("bsl", hire)])
    return Line(BSL, {BSL: amounts[BSL]}, (low, high), list_.of("bsl", hire), (ratio,))


def _product(ends: list[Span]) -> Span:
    """Return the product at each end, in whole pounds: so the parts that are shown add up to the sums that are shown."""
    return _whole(math.prod(low for low, _ in ends)), _whole(math.prod(high for _, high in ends))


def _whole(pounds: float) -> float:
    return float(round(pounds))


def _span(numbers: Range | None) -> Span:
    """Return a range as two numbers; an open or unknown end counts as what is known."""
    if numbers is None:
        return NOTHING
    return float(numbers.low), float(numbers.low if numbers.high is None else numbers.high)


def _people(run: Run) -> Span:
    """Return how many take part; nobody where people are only reached, or where there are too many to guess from."""
    if run.people is None or run.people.counts not in ("", "taking-part"):
        return NOTHING
    people = _span(run.people)
    return people if people[1] <= MAX_PEOPLE else NOTHING


def _one_at_a_time(run: Run) -> bool:
    return _span(run.group_size)[1] == 1


def _open_hours(hours: Span, recruitment: str) -> Span:
    """Return for how long a room is paid: while it is open, and not for the visit of one person; up to a day where people come and go."""
    least = load_prices().ratio(LEAST_HIRE)
    comes_and_goes = recruitment == "open" and hours[0] < 1 and hours[1] >= COME_AND_GO * hours[0]
    high = max(hours[1], HOURS_A_DAY) if comes_and_goes else hours[1]
    return max(hours[0], least.low), max(high, least.high)


def _groups(run: Run, people: Span) -> Span:
    size = _span(run.group_size)[1]
    low, high = (
        min(float(MAX_GROUPS), max(1.0, math.ceil(n / size))) if size else 1.0 for n in people
    )
    return low, high


def _facilitators(people: Span) -> Span:
    ratio = load_prices().ratio("people-to-a-facilitator")
    return float(math.ceil(people[0] / ratio.high)), float(math.ceil(people[1] / ratio.low))


def _facilitator_days(hours: Span, groups: Span) -> Span:
    """Return the days of one facilitator, in halves: those of the meetings, and their preparation."""
    more = 1 + load_prices().ratio("preparation").high
    low, high = (
        math.ceil(hour / HOURS_A_DAY * more * max(1.0, times) * 2) / 2
        for hour, times in zip(hours, groups, strict=True)
    )
    return low, high


def _letters(people: Span) -> Span:
    ratio = load_prices().ratio("letters-to-a-person")
    return round(people[0] * ratio.low), round(people[1] * ratio.high)
