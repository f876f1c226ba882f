"""Numbers of people who take part, and of those who live somewhere, which is another thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from catalogue.search.query.quantities.comparisons import BEFORE, LOWER, side_of, start_of
from catalogue.search.query.quantities.limits import (
    OR_MORE,
    POPULATION,
    TO,
    Quantity,
    limited,
)
from catalogue.search.query.quantities.number_words import NUMBER, number
from catalogue.search.query.quantities.subject_people import is_told_of

_NOUNS = (
    "people|persons|residents|neighbours|neighbors|participants|patients|staff|citizens|members|tenants|leaseholders|"
    "families|parents|carers|pupils|students|children|kids|teenagers|volunteers|users|clients|customers|"
    "officers|councillors|answers|responses|respondents|replies|voters|drivers|businesses|shops|traders|workers|employees|"
    "colleagues|nurses|teachers|adults|women|men|villagers|farmers|passengers|visitors|regulars|locals|folk|folks|jurors|guests|"
    "stakeholders|experts|organisations|interviews|attendees|ppl|delegates|survivors|lads|girls|boys|elders|pensioners|firms|companies|employers|enterprises|retailers|"
    "shopkeepers|charities|representatives|mothers|mums|fathers|dads|learners|apprentices|commuters|cyclists|veterans|prisoners"
)
_PEOPLE = re.compile(
    rf"{BEFORE}(?P<n3>{NUMBER})(?:{TO}(?P<n4>{NUMBER}))?{OR_MORE}\s+(?:of\s+(?:the|our|us|my)\s+)?(?:[a-z-]+\s+){{0,2}}?"
    rf"(?P<unit>{_NOUNS})\b(?P<live>\s+(?:\w+\s+)?live\b)?(?P<staff>\s+of\s+(?:our\s+)?staff)?(?!'|\u2019)",
    re.I,
)
# A few of these run the thing; only more of them are the people it is for.
_HELPERS = re.compile(r"staff|officers|colleagues|workers|volunteers|councillors|nurses|teachers|experts", re.I)  # fmt: skip
_MIN_HELPERS = 10
# "Year 9 pupils", "one to one interviews": what the number says of them is something else.
_NOT_COUNTED = re.compile(r"\b(?:year|class|form|room|top)\s*$|^one\s+(?:to|on)\s+one\b", re.I)
_NAMED = re.compile(rf"\b(?:{_NOUNS})\s*[:=]\s*(?P<n3>{NUMBER})", re.I)
_US = re.compile(rf"\b(?:the\s+)?(?P<n3>{NUMBER})\s+of\s+us\b", re.I)
# "Never more than 10 at a time"; what goes two at a time are things as often as people.
_AT_A_TIME = re.compile(
    rf"{BEFORE}(?P<n3>{NUMBER})\s+(?:at\s+(?:a|one|any\s+one)\s+time|at\s+once)\b", re.I
)
_FEWEST_AT_A_TIME = 4
# "Not less than 10 and not more than 20 people": the lower end stands before the upper one.
_LOWER_END = re.compile(rf"{BEFORE}(?P<n3>{NUMBER})\s*,?\s*(?:and|but|or)?\s*$", re.I)
_PLACES = "town|city|village|parish|borough|district|county|population|estate|ward|area|region|council|trust|island|authority|nation|country"
# "Our council has ten thousand pounds" is no place of ten thousand.
_NO_PEOPLE = (
    r"(?!\s*(?:%|per\s?cent\b|(?:pounds?|quid|grand|k|m|million|euros?|eur|gbp|dollars?|pence|"
    r"minutes?|hours?|days?|evenings?|weeks?|months?|years?|miles?|km|acres?|hectares?|"
    r"to\s+spend|available|in\s+the\s+(?:bank|pot|budget))\b))"
)
_LIVE_THERE = re.compile(
    rf"\b(?:{_PLACES})\s+(?:of|with|has|is\s+home\s+to|covers|serves|is)\s+(?:about\s+|around\s+|some\s+)?"
    rf"(?>(?P<n3>{NUMBER})){_NO_PEOPLE}(?:\s+(?:{_NOUNS}))?",
    re.I,
)
# "A coastal town, 15,000 people": so many at a place are those who live there; fewer may be those who come.
_PLACE_OF = re.compile(
    rf"\b(?:{_PLACES})\s*[,(]\s*(?:about\s+|around\s+|some\s+|population\s+)?(?P<n3>{NUMBER})\s+(?:people|residents|inhabitants|citizens)\b",
    re.I,
)
_MIN_LIVING = 5_000
# Households are homes, of which nobody knows how many people come.
_HOUSEHOLDS = re.compile(rf"(?P<n3>{NUMBER})\s+(?:(?!new\b)[a-z-]+\s+)?households\b", re.I)
# Those who have answered or come, which is what happened: "40 replies out of 3,000".
_CAME = re.compile(r"\b(?:got|received|drew|attracted|brought|came|turned\s+up|attended|returned)\s+(?:in\s+|back\s+)?(?:only\s+|just\s+|about\s+|around\s+)*$", re.I)  # fmt: skip
_ANSWERS = re.compile(r"answers|responses|respondents|replies", re.I)
_OUT_OF = re.compile(
    r"\s+(?:(?:came\s+)?(?:back\s+)?(?:out\s+of|from)\s+(?:\d|all\b)|came\s+(?:back|in)\b|so\s+far\b)",
    re.I,
)
# Homes that a landlord has; those of a plan are not there yet.
_HOMES = re.compile(
    rf"\b(?:have|has|owns?|manages?|looks?\s+after|runs?|with|of)\s+(?:about\s+|around\s+|some\s+|over\s+)?(?P<n3>{NUMBER})"
    r"\s+(?!new\b)(?:[a-z-]+\s+)?(?:homes|properties|dwellings)\b",
    re.I,
)


def people(text: str) -> Iterator[Quantity]:
    """Yield the numbers of people who take part."""
    for match in _PEOPLE.finditer(text):
        helpers = match["staff"] or _HELPERS.fullmatch(match["unit"])
        if match["live"] or (helpers and (number(match["n3"]) or 0) < _MIN_HELPERS):
            continue
        if _NOT_COUNTED.search(text[: match.start("n3")]) or _NOT_COUNTED.search(match[0].strip()):
            continue
        if _ANSWERS.fullmatch(match["unit"]) and (
            _CAME.search(text[: match.start("n3")]) or _OUT_OF.match(text, match.end())
        ):
            continue
        if is_told_of(text, match.start("n3"), match.end()):
            continue
        for quantity in limited("people", match, (match["n3"], match["n4"])):
            yield _with_lower_end(text, quantity)
    for pattern in (_NAMED, _US, _AT_A_TIME):
        for match in pattern.finditer(text):
            if pattern is _AT_A_TIME and (number(match["n3"]) or 0) < _FEWEST_AT_A_TIME:
                continue
            yield from limited("people", match, (match["n3"], None))


def _with_lower_end(text: str, quantity: Quantity) -> Quantity:
    """Return an upper limit as a range, where a lower one stands right before it."""
    before = text[: quantity.start]
    match = _LOWER_END.search(before) if quantity.low == 0 else None
    if match and side_of(match) == LOWER and (low := number(match["n3"])) and low <= quantity.high:
        return replace(quantity, low=low, start=start_of(match))
    return quantity


def populations(text: str) -> Iterator[Quantity]:
    """Yield the numbers of people who live somewhere: "a town of 40,000"."""
    living = [match for match in _PEOPLE.finditer(text) if match["live"]]
    placed = [
        match for match in _PLACE_OF.finditer(text) if (number(match["n3"]) or 0) >= _MIN_LIVING
    ]
    homes = (*_HOMES.finditer(text), *_HOUSEHOLDS.finditer(text))
    for match in (*_LIVE_THERE.finditer(text), *placed, *homes, *living):
        for quantity in limited("people", match, (match["n3"], None)):
            yield Quantity(POPULATION, quantity.low, quantity.high, quantity.start, quantity.end)
