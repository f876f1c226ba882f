"""Finds all quantities of a text, each place of it read once."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from catalogue.search.query.quantities.dates import deadlines
from catalogue.search.query.quantities.limits import Quantity
from catalogue.search.query.quantities.money import bare_sums, sums
from catalogue.search.query.quantities.number_words import NUMBER, SMALL_WORDS
from catalogue.search.query.quantities.people import people, populations
from catalogue.search.query.quantities.time import times

# What has been read, or is no quantity at all; no pattern matches it.
_BLANK = "\x00"
_AGES = re.compile(
    r"\b\d{1,3}(?:\s?(?:-|to)\s?\d{1,3})?[\s-]+years?[\s-]+olds?\b|\b\d{1,2}\s?(?:-|\u2013|to)\s?\d{1,2}s\b"
    r"|\b(?:aged?|over|under)[\s-]?\d{1,2}s?\b(?![.,]\d|\s*(?:%|-|to\b|people|week|day|hour|minute|month))",
    re.I,
)
# "and" between two numbers, which makes a range of them only behind "between": "£400 and three weeks" is none.
_AND = re.compile(
    rf"(?<!hundred )(?<!thousand )\band\b(?=\s+(?:£|€|\$|\d|(?:{SMALL_WORDS})\b))", re.I
)
_BETWEEN = re.compile(rf"\bbetween\s+(?:£|€|us\$|\$)?\s?{NUMBER}(?:\s+\w+)?\s+(and)\b", re.I)
# Of two readings of one place the first wins.
_READERS = (populations, sums, times, people, bare_sums)


def find_quantities(text: str, today: date | None = None) -> list[Quantity]:
    """Return the quantities of a text in their order, without overlaps; days of the calendar only with `today`."""
    between = {match.start(1) for match in _BETWEEN.finditer(text)}
    rest = _AND.sub(lambda m: m[0] if m.start() in between else _BLANK * 3, text)
    rest = _AGES.sub(lambda match: _BLANK * len(match[0]), rest)
    found: list[Quantity] = []
    readers = (partial(deadlines, today=today), *_READERS) if today else _READERS
    for read in readers:
        for quantity in read(rest):
            if _BLANK not in rest[quantity.start : quantity.end]:
                found.append(quantity)
                blank = _BLANK * (quantity.end - quantity.start)
                rest = f"{rest[: quantity.start]}{blank}{rest[quantity.end :]}"
    return sorted(found, key=lambda quantity: quantity.start)
