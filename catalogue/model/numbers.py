"""Reads numbers as people of any country write them: 1,500.50 and 1.500,50, 1 500 and 1'500, €20 and 20 EUR, 80k; and days: 2025-10-23, 23/10/2025.

One reader for method files, their fixes, the form and the query string. It never guesses: what may be two numbers
comes back as both, so that whoever wrote it can be asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel.numbers import list_currencies

# What separates groups of digits and never decimals: spaces, apostrophes, YAML's underscore, the Arabic separator.
_GROUPING = r"[ '\u2019_\u066c]"
# The number, with what stands before and after it: a currency, "k" for thousands, or ".-" for no pence.
_PARTS = re.compile(
    rf"(?P<before>(?:[^\d.,\s-]{{1,6}}\.?)?) ?(?P<number>(?:[\d.,\u066b]|(?<=\d){_GROUPING}(?=\d)){{1,30}})"
    r"(?:(?<=[.,])-)? ?(?P<after>\D{0,8})"
)
_GROUPED = re.compile(
    rf"[1-9]\d{{0,2}}(?P<separator>[.,]|{_GROUPING})\d{{3}}(?:(?P=separator)\d{{3}})*"
    r"|[1-9]\d?(?:,\d\d)+,\d{3}"  # 1,50,000 in India
)
_DIGITS = re.compile(r"0|[1-9]\d*")
# The last point or comma, and the digits behind it.
_ENDED = re.compile(r"(?P<start>.*)(?P<point>[.,\u066b])(?P<end>\d*)")
_MONEY = {"£": "GBP", "pounds": "GBP", "€": "EUR", "euro": "EUR", "euros": "EUR", "us$": "USD"}
UNSURE_CURRENCY = "?"


@dataclass(frozen=True)
class WrittenNumber:
    """What a text means as a number: nothing, one number, or two where it depends on who wrote it.

    `currency` is the ISO code of the money named beside it, UNSURE_CURRENCY for a sign of several
    currencies such as $, "" for none.
    """

    meanings: tuple[int | float, ...] = ()
    currency: str = ""

    @property
    def sure(self) -> int | float | None:
        """The number, if there is exactly one that can be meant."""
        return self.meanings[0] if len(self.meanings) == 1 else None


def read_number(text: str, whole: bool = False) -> WrittenNumber:
    """Return what a text means as a number of 0 or more.

    `whole` says that money, people or years are counted: three digits behind a point or comma are then
    thousands ("1.500" is 1500). Of anything else they may be decimals too, so both numbers come back.
    """
    parts = _PARTS.fullmatch(_in_ascii(text))
    if not parts:
        return WrittenNumber()
    thousands = re.match("k(?![a-z])", parts["after"], re.IGNORECASE)
    names = [parts["before"], parts["after"][1:] if thousands else parts["after"]]
    currencies = [_currency(name.strip()) for name in names if name.strip()]
    if len(currencies) > 1 or None in currencies:
        return WrittenNumber()
    found = _meanings(parts["number"], whole and not thousands)
    meanings = tuple(round(value * 1000, 6) if thousands else value for value in found)
    return WrittenNumber(meanings, currencies[0] or "" if currencies else "")


def as_digits(number: float) -> str:
    """Return a number as method files have it: digits, and a decimal point where it needs one."""
    return str(int(number)) if number == int(number) else f"{number:.12g}"


def _in_ascii(text: str) -> str:
    """Return a text with digits and spaces of one kind."""
    normal = " ".join(unicodedata.normalize("NFKC", text).split())
    return "".join(str(unicodedata.decimal(char, char)) for char in normal)


def _currency(name: str) -> str | None:
    """Return the currency that a sign or word names; None if it names none."""
    if name.lower() in _MONEY:
        return _MONEY[name.lower()]
    if name in list_currencies():
        return name
    symbol = name.endswith("$") or unicodedata.category(name[0]) == "Sc"
    return UNSURE_CURRENCY if symbol or name.lower().rstrip(".") in ("kr", "rs") else None


def _meanings(number: str, whole: bool) -> Iterator[int | float]:
    if _DIGITS.fullmatch(number):
        yield int(number)
        return
    decimal = _decimal(number)
    grouped = _GROUPED.fullmatch(number)
    if decimal is not None and not (grouped and whole):
        yield decimal
    if grouped:
        yield int(re.sub(r"\D", "", number))


def _decimal(number: str) -> int | float | None:
    """Return the number if its last point or comma stands before decimals; None if it cannot."""
    parts = _ENDED.fullmatch(number)
    if not parts:
        return None
    start, point, end = parts["start"] or "0", parts["point"], parts["end"]
    if point in start or (point == "," and len(end) > 3) or not re.search(r"\d", number):
        return None
    if not _DIGITS.fullmatch(start) and not _GROUPED.fullmatch(start):
        return None
    digits = re.sub(r"\D", "", start)
    return float(f"{digits}.{end}") if end else int(digits)


_DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")


def read_days(text: str) -> tuple[str, ...]:
    """Return the days that a text may mean, as 2026-11-23: none, one, or two where 3/11 may be either."""
    if found := _YEAR_FIRST.fullmatch(text):
        written = [(found[1], found[3], found[4])]
    elif found := _DAY_OR_MONTH_FIRST.fullmatch(text):
        written = [(found[4], found[3], found[1]), (found[4], found[1], found[3])]
    else:
        return ()
    return tuple(dict.fromkeys(day for parts in written if (day := _day(*map(int, parts)))))


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
