"""Times: weeks until there must be a result, and hours that each person can give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.search.query.quantities.comparisons import BEFORE
from catalogue.search.query.quantities.limits import TO, Quantity, limited, trimmed
from catalogue.search.query.quantities.number_words import NUMBER, number
from catalogue.search.query.quantities.subject_times import is_organisers, is_past_or_described

_TIME = re.compile(
    rf"{BEFORE}(?:(?P<part>half\s+an?\s+|half\s+of\s+an?\s+|half[\s-]|three\s+quarters\s+of\s+an?\s+|(?:a\s+)?quarter\s+of\s+an?\s+)"
    r"(?P<part_unit>hours?|days?|months?|years?)\b"
    rf"|(?P<n3>{NUMBER}|\b(?:an?|single)\b)(?:{TO}(?P<n4>{NUMBER}))?(?P<extra>\s+and\s+a\s+half\b)?[\s-]?"
    r"(?:(?:whole|full|entire|single)\s+)?(?P<unit>minutes?|mins?|hours?|hrs?|h|days?|weeks?|wks?|fortnights?|months?|mths?|years?|yrs?|evenings?|afternoons?|"
    r"mornings?|lunch\s?times?|lunch\s+hours?)(?!\w|\s+(?:a|per)\s+(?:day|week|month|year)\b)(?P<extra_after>\s+and\s+a\s+half)?)",
    re.I,
)
_HOURS = {"minute": 1 / 60, "min": 1 / 60, "hour": 1.0, "hr": 1.0, "h": 1.0, "evening": 3.0, "afternoon": 3.0,
          "morning": 3.0, "lunchtime": 1.0, "lunch time": 1.0, "lunch hour": 1.0}  # fmt: skip
_WEEKS = {"week": 1.0, "wk": 1.0, "fortnight": 2.0, "month": 52 / 12, "mth": 52 / 12, "year": 52.0, "yr": 52.0}  # fmt: skip
_PARTS = {"three": 0.75, "quarter": 0.25, "half": 0.5}
# A day is seven hours of somebody's time, half of one is four with the break, or a day is a seventh of a week to wait.
_DAY_HOURS, _HALF_DAY_HOURS, _DAYS_A_WEEK = 7.0, 4.0, 7
# A deadline in words, in weeks.
_DEADLINES = (
    (re.compile(r"\b(?:(?:by|before|until|on|for)\s+)?next\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bby\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+week\b|\bby\s+(?:the\s+)?end\s+of\s+next\s+week\b", re.I), 2.0),
    (re.compile(r"\bby\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bby\s+(?:the\s+)?end\s+of\s+(?:the|this)\s+week\b|\b(?:by|for)\s+tomorrow\b|\bthis\s+week\b|\bby\s+the\s+weekend\b", re.I), 1.0),
    (re.compile(r"\b(?:by\s+)?next\s+week\b|\ba\s+week\s+from\s+now\b", re.I), 1.0),
    (re.compile(r"\b(?:by\s+(?:the\s+)?end\s+of\s+(?:the|this)\s+month|this\s+month|(?:by\s+)?next\s+month)\b", re.I), 4.0),
    (re.compile(r"\bovernight\b|\bright\s+away\b|\bimmediately\b", re.I), 1.0),
    (re.compile(r"\bthis\s+year\b|\bby\s+(?:the\s+)?end\s+of\s+the\s+year\b|\bby\s+next\s+year\b", re.I), 52.0),
)  # fmt: skip
# "a one-day workshop", "for two days each": the time of those who take part, not the time there is.
_EACH = re.compile(
    r"\s*(?:each|a\s+head|per\s+person|of\s+(?:their|people's|your)\s+time|long\b|workshop|event|session|meeting|walk|course)",
    re.I,
)
# "once a week", "twice a year", "hours a day", and "£500 a month", of which the sum has been read.
_OFTEN = re.compile(
    r"\b(?:once|twice|times|every|per|hours?|days?|meets?|\d+|\d*[km]|million|pounds?|quid|grand|x|evenings?|nights?)\s*$|\x00\s+$",
    re.I,
)
_EVERY = re.compile(r"\bevery\s*$", re.I)
_GIVEN = re.compile(r"\b(?:give|gives|give\s+us|spare|spend|volunteer|attend|commit)\s*$", re.I)
_TAKES = re.compile(
    r"[\s-]+(?:\w+\s+)?(?:workshop|session|interview|meeting|event|call|talk|chat|slot|walk|conversation|consultation|survey|"
    r"window|deadline|process|turnaround|timescale|period|activity|exercise|job|method|visit|sprint)s?\b",
    re.I,
)
# So many sessions of so many hours: "2 x 2 hour sessions", "six sessions of two hours", "three two-hour meetings".
_SITTINGS = r"(?:sessions|meetings|workshops|evenings|afternoons|mornings|sittings|events)"
_HOURS_WORD = r"(?:hours?|hrs?|h)\b"
_REPEATED = re.compile(
    rf"\b(?P<times>{NUMBER})\s*(?:x|\u00d7|times)\s*(?P<each>{NUMBER}|an)[\s-]?{_HOURS_WORD}(?:\s+{_SITTINGS})?"
    rf"|(?P<times2>{NUMBER})\s+{_SITTINGS}\s*(?:of|,|for|at|lasting)\s*(?P<each2>{NUMBER}|an)[\s-]?{_HOURS_WORD}(?:\s+each\b)?"
    rf"|(?P<times3>{NUMBER})\s+(?P<each3>{NUMBER})[\s-]{_HOURS_WORD}\s+{_SITTINGS}",
    re.I,
)
# Days of those who take part, in hours: "on a weekend" says when.
_WHOLE_DAYS = (
    (re.compile(r"(?<!on )(?<!at )\b(?:a|one|(?:for|over)\s+(?:a|one|the))\s+(?:whole\s+|full\s+|long\s+|single\s+)?weekend\b(?!s)", re.I), 14.0),
    (re.compile(r"\b(?:a\s+|one\s+)?school\s+day\b", re.I), 6.0),
    (re.compile(r"(?<!\ba )(?<!\bone )\b(?:whole|full)[\s-]day\b|\b(?:all[\s-]day|day-?long)(?=\s+(?:workshop|event|session|meeting|conference))", re.I), 7.0),
)  # fmt: skip
_TERM_WEEKS = 12
_TERM = re.compile(
    rf"{BEFORE}(?P<half>half\s+(?:of\s+)?)?(?P<n3>\b(?:one|two|three|[123]|a(?:\s+(?:whole|full|single))?(?=\s+school\s)|(?<=\bin\s)a|(?<=within\s)a|(?<=half\s)a))\s+"
    r"(?:school\s+)?terms?\b(?!\s+(?:of|time|limits?|contracts?|loans?|dates?)\b)",
    re.I,
)
_LUNCH = re.compile(
    r"\b(?:in|over|during|at)?\s*(?:(?:a|one|the|their|our)\s+)?lunch\s?(?:times?|hours?|breaks?)\b",
    re.I,
)
# So many days are a time to wait; fewer are somebody's time, unless a deadline is named: what happens "in one day" takes
# the day, and a result that is needed in one waits for it.
_MIN_DAYS, _MAX_EVENT_DAYS = 5, 2
_RESULT = re.compile(
    r"\b(?:need\w*\s+(?:it|this|that|them|something|an?|the)|answers?|results?|report\w*|decid\w*|decision|reply|replies|respond|know|find\s+out|"
    r"ready|done|finish\w*|due|deadline|publish\w*|asap|urgent\w*)\b",
    re.I,
)
_CLAUSE = re.compile(r"[.,;:!?()\u2013]")
# What is planned for longer ahead than this, in weeks, is no time to wait for a result: five years.
_MAX_WEEKS = 260
_DEADLINE_WORDS = re.compile(r"\b(?:within|by|before|under|next|left)\b", re.I)
_OR_TAKES = re.compile(r"\b(?:in|have|has|got|only)\b", re.I)


def times(text: str) -> Iterator[Quantity]:
    """Yield the times of a text, in weeks or in hours."""
    for pattern, weeks in _DEADLINES:
        for match in pattern.finditer(text):
            yield Quantity("weeks", 0.0, weeks, *match.span())
    yield from _sittings(text)
    yield from _terms(text)
    for match in _TIME.finditer(text):
        if is_past_or_described(text, match.start("part" if match["part"] else "n3"), match.end()):
            continue
        organisers = is_organisers(text, match.start(), match.end())
        if match["part"]:
            part = _part(match)
            if not (organisers and part.name == "hours"):
                yield part
        elif not _is_frequency(text, match) and not _is_adjective(text, match):
            name, factor = _unit(text, match)
            if organisers and name == "hours":
                continue
            extra = 0.5 if match["extra"] or match["extra_after"] else 0.0
            for quantity in limited(name, match, (match["n3"], match["n4"]), factor, extra):
                if name == "hours" or quantity.low or quantity.high <= _MAX_WEEKS:
                    yield quantity
    for match in _LUNCH.finditer(text):
        yield Quantity("hours", 0.0, 1.0, *trimmed(match))


def _sittings(text: str) -> Iterator[Quantity]:
    """Yield the hours of several sittings together, and those of whole days that have a name."""
    for match in _REPEATED.finditer(text):
        said = [value for value in match.groups() if value]
        often, each = (
            number(said[0]),
            1.0 if said[1].lower() == "an" else number(said[1], whole=False),
        )
        if often and each:
            yield Quantity("hours", 0.0, often * each, *match.span())
    for pattern, hours in _WHOLE_DAYS:
        for match in pattern.finditer(text):
            if not is_organisers(text, match.start(), match.end()):
                yield Quantity("hours", 0.0, hours, *match.span())


def _terms(text: str) -> Iterator[Quantity]:
    """Yield the terms of a school as weeks, and half a one; "a term" may be a word."""
    for match in _TERM.finditer(text):
        if not is_past_or_described(text, match.start("n3"), match.end()):
            factor = _TERM_WEEKS / 2 if match["half"] else _TERM_WEEKS
            yield from limited("weeks", match, (match["n3"], None), factor)


def _part(match: re.Match[str]) -> Quantity:
    """Return a part of an hour, a day, a month or a year."""
    part = next(value for word, value in _PARTS.items() if word in match["part"].lower())
    unit = match["part_unit"].casefold().rstrip("s")
    if unit in _WEEKS:
        return Quantity("weeks", 0.0, round(part * _WEEKS[unit], 2), *trimmed(match))
    hours = part if unit == "hour" else part * 2 * _HALF_DAY_HOURS
    return Quantity("hours", 0.0, hours, *trimmed(match))


def _unit(text: str, match: re.Match[str]) -> tuple[str, float]:
    """Return the range that a time belongs to, and how much of its unit one of the time's is."""
    unit = re.sub(r"\s+", " ", match["unit"].casefold())
    unit = unit if unit in _HOURS or unit in _WEEKS or unit == "day" else unit.rstrip("s")
    if unit == "day":
        each = _EACH.match(text, match.end()) or _GIVEN.search(text[: match.start()])
        days = number(match["n3"]) or 1
        soon = _OR_TAKES.search(match[0]) and (
            days > _MAX_EVENT_DAYS or _RESULT.search(_clause(text, match))
        )
        waits = not each and (days >= _MIN_DAYS or soon or _DEADLINE_WORDS.search(match[0]))
        return ("weeks", 1 / _DAYS_A_WEEK) if waits else ("hours", _DAY_HOURS)
    return ("hours", _HOURS[unit]) if unit in _HOURS else ("weeks", _WEEKS[unit])


def _clause(text: str, match: re.Match[str]) -> str:
    """Return the clause that a time stands in."""
    return (
        _CLAUSE.split(text[: match.start()])[-1] + match[0] + _CLAUSE.split(text[match.end() :])[0]
    )


def _is_frequency(text: str, match: re.Match[str]) -> bool:
    """Whether "a week" says how often, as in "once a week"."""
    one = not match["n4"] and match["n3"].lower() in ("a", "an")
    before = text[: match.start()]
    return bool((one and _OFTEN.search(before)) or _EVERY.search(before))


def _is_adjective(text: str, match: re.Match[str]) -> bool:
    """Whether a time only describes something, such as "the 10 year plan"; "a two-hour session" is what it takes."""
    unit = match["unit"].casefold()
    one = match["n4"] is None and (number(match["n3"]) or 0) <= 1
    return not (unit.endswith("s") or unit == "h" or one) and not _TAKES.match(text, match.end())
