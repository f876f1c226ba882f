"""Formats single values in the current language: labels, money, time, numbers of people."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from catalogue.i18n import day, gettext, month, ngettext, number
from catalogue.model.method import Cost, People
from catalogue.model.price_levels import PRICE_YEAR, in_todays_money
from catalogue.model.sizes import Run
from catalogue.vocabulary import UNKNOWN, VOCABULARY, Facet, Option

DAYS_A_WEEK, MONTHS_A_WEEK = 7, 12 / 52
CURRENCY_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "US$"}


def option_label(facet: Facet, value: str) -> str:
    """Return the label of an option; "Not known" for a missing value."""
    if value == UNKNOWN:
        return gettext("Not known")
    return gettext(facet.by_value[value].label)


def choice_option(facet: str, value: str) -> Option:
    """Return the option of a facet or choice by its value. Raises KeyError if there is none."""
    return (VOCABULARY.facets.get(facet) or VOCABULARY.choices[facet]).by_value[value]


def money(value: float, currency: str = "GBP") -> str:
    """Write a sum, rounded to whole units: "£40,000"."""
    return f"{CURRENCY_SYMBOLS[currency]}{number(round(value))}"


def most_money(sum_: float) -> str:
    """Write the most that may be spent: "£10,000"; "under £10,000" for £9,999, which is what was said."""
    if round(sum_) % 10 == 9:
        return gettext("under %(sum)s", sum=money(sum_ + 1))
    return money(sum_)


def cost_text(cost: Cost | None) -> str:
    """Write a cost as its bands in words and its sums: "Low: £500 to £5,000", "Low to high: £400 to £40,000"."""
    if cost is None:
        return ""
    return gettext("%(band)s: %(figures)s", band=_bands_text(cost), figures=sums_text(cost))


def _bands_text(cost: Cost) -> str:
    """Write the band of a cost, or the lowest and the highest in which its sums lie; the upper sum may be where its band ends."""
    bands, rate = VOCABULARY.cost_bands, VOCABULARY.gbp_rates[cost.currency]
    within = [n for n, band in enumerate(bands) if band.value == cost.band]
    if cost.low is not None:
        within.append(sum(band.high <= cost.low / rate for band in bands))
    if cost.high is not None and cost.high != cost.low:
        within.append(sum(band.high < cost.high / rate for band in bands))
    low, high = (
        gettext(choice_option("cost", bands[n].value).label) for n in (min(within), max(within))
    )
    if low == high:
        return low
    return gettext("%(low)s to %(high)s", low=low, high=uncapitalised(high))


def sums_text(cost: Cost) -> str:
    """Write the sums of a cost: "£500 to £5,000"; those of its band where it has none."""
    if cost.low is not None and cost.high is not None:
        low, high = money(cost.low, cost.currency), money(cost.high, cost.currency)
        if low == high:
            return gettext("about %(sum)s", sum=low) if cost.high else low
        return gettext("%(low)s to %(high)s", low=low, high=high)
    if cost.low is not None:
        return gettext("from %(sum)s", sum=money(cost.low, cost.currency))
    if cost.high is not None:
        return gettext("up to %(sum)s", sum=money(cost.high, cost.currency))
    return uncapitalised(gettext(choice_option("cost", cost.band).help))


def sums_to_compare(cost: Cost) -> str:
    """Write the sums of a cost as a limit is held against them: "£60,000 to £180,000 in money of 2025" where they are old."""
    today = _todays_money(cost)
    if today is None:
        return sums_text(cost)
    return gettext("%(figures)s in money of %(now)s", figures=sums_text(today), now=str(PRICE_YEAR))


def site_of(url: str) -> str:
    """Return the name of the site that a URL leads to, without "www."; "" if it has none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def uncapitalised(text: str) -> str:
    """Return a text with its first character in lowercase, as inside a sentence."""
    return text[:1].lower() + text[1:]


def basis_text(cost: Cost | None) -> str:
    """Write the basis of a cost, with the year of its prices, and old sums in today's money; no sum is shown without it."""
    if cost is None:
        return ""
    basis = uncapitalised(gettext(choice_option("basis", cost.basis).label))
    if not cost.year:
        return basis
    text = gettext("%(basis)s, prices of %(year)s", basis=basis, year=str(cost.year))
    if today := _todays_money(cost):
        text = gettext(
            "%(basis)s (%(figures)s in money of %(now)s)",
            basis=text,
            figures=sums_text(today),
            now=str(PRICE_YEAR),
        )
    return text


def _todays_money(cost: Cost) -> Cost | None:
    """Return an old cost in GBP in the money of PRICE_YEAR; None where there is no such figure."""
    if cost.currency != "GBP" or not cost.year:
        return None
    low, high = (
        None if sum_ is None else in_todays_money(sum_, cost.year) for sum_ in (cost.low, cost.high)
    )
    return None if low is None and high is None else replace(cost, low=low, high=high)


def people_text(low: float, high: float | None) -> str:
    """Write a number of people: "12 to 30 people"."""
    if high is None:
        if low <= 1:
            return gettext("Any number of people")
        return gettext("%(low)s people or more", low=number(low))
    if low == high:
        return ngettext("%(shown)s person", "%(shown)s people", int(high), shown=number(high))
    return gettext("%(low)s to %(high)s people", low=number(low), high=number(high))


def counted_text(people: People) -> str:
    """Write how many people in all, by what is counted: "500 to 5,000 people reached"."""
    if people.counts == "requests":
        low, high = number(people.low), number(people.high or 0)
        if people.high is None:
            return gettext("%(low)s requests or more", low=low)
        return gettext("%(low)s to %(high)s requests", low=low, high=high)
    text = people_text(people.low, people.high)
    return gettext("%(people)s reached", people=text) if people.counts == "reached" else text


def weeks_text(low: float, high: float | None) -> str:
    """Write a number of weeks, in working days below one week: "14 to 22 weeks", "2 days to 3 weeks"."""
    if high is None:
        return gettext("%(low)s or more", low=_weeks(low))
    if low == high:
        return _weeks(high)
    months = [_whole(end, MONTHS_A_WEEK) for end in (low, high)]
    if all(months) and (low != int(low) or high != int(high)):
        return gettext("%(low)s to %(high)s months", low=number(months[0]), high=number(months[1]))
    if low > 0 and high < 1:
        high_days = _week_days(high)
        return ngettext("%(low)s to %(high)s day", "%(low)s to %(high)s days", 1 if high_days == "1" else 2,
                        low=_week_days(low), high=high_days)  # fmt: skip
    if 0 < low < 1:
        return gettext("%(low)s to %(high)s", low=_weeks(low), high=_weeks(high))
    return ngettext("%(low)s to %(high)s week", "%(low)s to %(high)s weeks", _plural(high), low=number(low), high=number(high))  # fmt: skip


def _weeks(weeks: float) -> str:
    # What somebody said in months or days is no odd part of a week: "8 months", and not "34.67 weeks".
    if weeks != int(weeks):
        if months := _whole(weeks, MONTHS_A_WEEK):
            return ngettext("%(num)s month", "%(num)s months", months)
        if whole_days := _whole(weeks, DAYS_A_WEEK):
            return ngettext("%(num)s day", "%(num)s days", whole_days)
    if 0 < weeks < 1:
        days = _week_days(weeks)
        return ngettext("%(shown)s day", "%(shown)s days", 1 if days == "1" else 2, shown=days)
    return ngettext("%(shown)s week", "%(shown)s weeks", _plural(weeks), shown=number(weeks))


def _whole(weeks: float, a_week: float) -> int:
    """Return the number of a unit, of which there are so many a week, that was rounded to these weeks; 0 if none was."""
    count = round(weeks * a_week)
    exact = round(count / a_week * 100, 6)
    return count if round(weeks * 100, 6) in (math.floor(exact), math.ceil(exact)) else 0


def _week_days(weeks: float) -> str:
    """Write a part of a week in working days, of which it has five."""
    return number(max(0.1, round(weeks * 5, 1)))


def hours_text(low: float, high: float | None) -> str:
    """Write hours, in minutes below one hour: "30 minutes to 2 hours"."""
    if high == 0:
        return gettext("No extra time")
    if high is None:
        return gettext("%(low)s or more", low=_duration(low)) if low else gettext("Any time")
    if low == high:
        return _duration(high)
    if low == 0:
        return gettext("Up to %(high)s", high=_duration(high))
    if high < 1:
        return gettext("%(low)s to %(high)s minutes", low=_minutes(low), high=_minutes(high))
    if low >= 1:
        return gettext("%(low)s to %(high)s hours", low=number(low), high=number(high))
    return gettext("%(low)s to %(high)s", low=_duration(low), high=_duration(high))


def _minutes(hours: float) -> str:
    return number(max(1, round(hours * 60)))


def _duration(hours: float) -> str:
    if hours < 1:
        minutes = max(1, round(hours * 60))
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    return ngettext("%(shown)s hour", "%(shown)s hours", _plural(hours), shown=number(hours))


def _plural(value: float) -> int:
    """Return the number whose plural form a value takes: itself, or 2 for a fraction."""
    return int(value) if value == int(value) else 2


def days_text(low: float, high: float | None) -> str:
    """Write working days, in hours below one day: "30 to 80 days", "half a day to 2 days"."""
    if high is None:
        return gettext("%(low)s or more", low=_days(low))
    if low == high:
        return _days(high)
    if 0 < low < 1:
        return gettext("%(low)s to %(high)s", low=_days(low), high=_days(high))
    return ngettext("%(low)s to %(high)s day", "%(low)s to %(high)s days", _plural(high), low=number(low), high=number(high))  # fmt: skip


def _days(days: float) -> str:
    """Write a number of working days; a part of one is half a day, or hours of seven to the nearest half."""
    if days == 0.5:
        return gettext("half a day")
    if 0 < days < 1:
        return _duration(max(0.5, round(days * 14) / 2))
    return ngettext("%(shown)s day", "%(shown)s days", _plural(days), shown=number(days))


def day_text(value: date | str) -> str:
    """Write a day, given as a date or in its ISO form: "23 November 2026"."""
    return day(date.fromisoformat(str(value)))


def month_text(value: str) -> str:
    """Write a month, given as "2025-03": "March 2025"."""
    return month(date.fromisoformat(f"{value}-01"))


# The formatter of each range of the vocabulary that has a unit of its own.
RANGE_TEXTS: dict[str, Callable[[float, float | None], str]] = {
    "people": people_text,
    "weeks": weeks_text,
    "hours": hours_text,
}


def figure_text(run: Run, name: str) -> str:
    """Write what a size takes of a range of the vocabulary, or of staff days; "" if that is not known."""
    if name == "budget":
        return sums_text(run.cost) if run.cost else ""
    if name == "people":
        return counted_text(run.people) if run.people else ""
    numbers, write = run.number_range(name), {**RANGE_TEXTS, "staff_days": days_text}[name]
    return write(numbers.low, numbers.high) if numbers else ""


def most_text(name: str, most: float) -> str:
    """Write the most that a limit of a range allows: "8 months", "under £10,000"."""
    return most_money(most) if name == "budget" else RANGE_TEXTS[name](most, most)
