"""Reads quantities in a text: money, weeks to a result, hours of each person, numbers of people.

One small grammar: a number in digits or words, perhaps a range or a comparison before it, and a unit after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.vocabulary import VOCABULARY

# The largest number that a query string may have.
MAX_NUMBER = 1_000_000_000

# --- numbers ---------------------------------------------------------------------------------------------------------
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD_VALUES = (
    {word: value for value, word in enumerate(_ONES)}
    | {word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {"a": 1, "an": 1, "single": 1, "couple": 2, "dozen": 12, "score": 20, "handful": 5, "few": 3, "several": 5}
)  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "k": 1_000, "million": 1_000_000, "mn": 1_000_000,
           "m": 1_000_000}  # fmt: skip
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BIG = r"(?:\s?(?:k|mn?|grand|thousand|million)(?![a-z]))?"
_SMALL = "|".join((*_ONES[1:], *_TENS))
_BELOW_100 = rf"(?:{_SMALL})(?:[\s-](?:{'|'.join(_ONES[1:10])}))?"
_WORDS = (
    rf"(?:half\s+a\s+(?:dozen|million)|(?:a|one|two|three|four|five|six)\s+dozen|"
    rf"(?:a|one)\s+(?:couple|handful|few|score)(?:\s+of)?(?:\s+(?:hundred|thousand|grand))?|several(?:\s+(?:hundred|thousand))?|dozen|"
    rf"(?:(?:a|{_BELOW_100})\s+)?(?:hundred|thousand|million|grand)(?:(?:\s+and)?\s+{_BELOW_100}(?:\s+hundred)?)?(?:\s+thousand)?|"
    rf"{_BELOW_100})"
)
_NUMBER = rf"(?:(?<![\w.,/])(?:{_DIGITS}){_BIG}(?!/)|\b(?:{_WORDS})\b)"
_TO = r"\s?(?:-|\u2013|to\b|or\b|and\b)\s?"

# --- what stands before ----------------------------------------------------------------------------------------------
_BELOW = r"under|below|less\s+than|fewer\s+than"
_AT_MOST = (
    r"up\s+to|at\s+most|at\s+the\s+most|no\s+more\s+than|not\s+more\s+than|max(?:imum)?(?:\s+of)?|within|"
    r"no\s+longer\s+than|as\s+little\s+as|(?:can(?:'|\u2019)?t|cannot|not|don(?:'|\u2019)?t|never)\s+(?:\w+\s+){0,3}(?:more|longer)\s+than"
)
_AT_LEAST = r"over|more\s+than|at\s+least|above|upwards\s+of|minimum(?:\s+budget)?(?:\s+of)?|min"
_OR_MORE = r"(?P<more>\s?\+|\s+(?:or\s+more|plus)\b)?"
_ABOUT = r"about|around|roughly|approximately|approx\.?|some|nearly|almost|circa|ca\.?|say|only|just|maybe|perhaps|another"
_LEAD = r"in|by|for|with|have|has|got|of|takes?|taking|budget\s+of|is|are|last(?:s|ing)?"
_BEFORE = rf"(?:\b(?:(?P<below>{_BELOW})|(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?:{_ABOUT})|(?P<lead>{_LEAD}))\s+)*"

# --- units -----------------------------------------------------------------------------------------------------------
_POUNDS, _EUROS, _DOLLARS = r"pounds?|quid|gbp|sterling", r"euros?|eur|€", r"dollars?|usd|bucks"
_SYMBOL = r"£|€|us\$|\$|gbp\b|eur\b|usd\b"
_CURRENCY = {"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "us$": "USD", "dollar": "USD",
             "dollars": "USD", "usd": "USD", "bucks": "USD"}  # fmt: skip
_MONEY = re.compile(
    rf"{_BEFORE}(?:(?P<symbol>{_SYMBOL})\s?(?P<n1>(?:{_DIGITS}){_BIG})(?:{_TO}(?:{_SYMBOL})?\s?(?P<n2>(?:{_DIGITS}){_BIG}))?"
    rf"|(?P<n3>{_NUMBER})(?:{_TO}(?P<n4>{_NUMBER}))?\s?(?P<unit>{_POUNDS}|{_EUROS}|{_DOLLARS}))(?!\w){_OR_MORE}",
    re.I,
)
# "80k" and "2 grand" are money where nothing is counted by them.
_BARE_MONEY = re.compile(
    rf"{_BEFORE}(?P<n3>(?:(?<![\w.,])(?:{_DIGITS})\s?(?:k|m|mn|grand|million)(?![a-z])|\b(?:{_SMALL})\s+grand\b))"
    rf"(?:{_TO}(?P<n4>(?:{_DIGITS})\s?k(?![a-z])))?",
    re.I,
)
_SIGN = re.compile(r"(?:£|€|\$)\s?$")
_ARTICLE = re.compile(r"\b(?:an?|the|this|that|our|new)\s*$", re.I)
_NOUN = re.compile(r"\s+[a-z]", re.I)
_TO_SPEND = re.compile(r"\s+(?:budget|grant|pot|to\b|for\b|and\b|or\b|in\b|left\b|limit|each|per|maximum|max|of\s+(?:our|my|council|grant)|from\b|cost|method)", re.I)
_SAVED = re.compile(r"\b(?:sav(?:e|es|ing|ings)|cut(?:s|ting)?|overspend|overspent|deficit|debt|worth|lose|losing|owe|owes|bypass)(?:\s+(?:of|by|about|another))?\s*$", re.I)
# A plain number is money after a word for spending.
_SPENT = re.compile(
    rf"\b(?:budget|spend|spending|afford|grant|fund(?:s|ing)?|costs?|costing)(?:\s+(?:of|is|up\s+to|about|around|only|for)|:)*\s+"
    rf"(?P<n3>(?:{_DIGITS}){_BIG})(?!\s*(?:%|[a-z]+s\b|people\b|week|month|day|hour|year))",
    re.I,
)
_NO_MONEY = re.compile(
    r"\b(?:no|zero|without\s+(?:any\s+)?|hardly\s+any)\s*(?:money|budget|funds?|funding|cash)\b|\bfor\s+free\b|\bcosts?\s+nothing\b"
    r"|\bnothing\s+to\s+spend\b|\bfree\s+(?:method|way|tool|option|to\s+run|activity)s?\b",
    re.I,
)
_TIME = re.compile(
    rf"{_BEFORE}(?:(?P<half>half\s+an?\s+|half\s+of\s+an?\s+|half[\s-]|three\s+quarters\s+of\s+an?\s+|(?:a\s+)?quarter\s+of\s+an?\s+)"
    r"(?P<half_unit>hours?|days?)\b"
    rf"|(?P<n3>{_NUMBER}|\ban?)(?:{_TO}(?P<n4>{_NUMBER}))?(?P<extra>\s+and\s+a\s+half\b)?[\s-]?"
    r"(?P<unit>minutes?|mins?|hours?|hrs?|h|days?|weeks?|wks?|fortnights?|months?|mths?|years?|yrs?|evenings?|afternoons?|"
    r"mornings?|lunch\s?times?|lunch\s+hours?)(?!\w|\s+(?:a|per)\s+(?:day|week|month|year)\b)(?P<half_more>\s+and\s+a\s+half)?)",
    re.I,
)
_HOURS = {"minute": 1 / 60, "min": 1 / 60, "hour": 1.0, "hr": 1.0, "h": 1.0, "evening": 3.0, "afternoon": 3.0,
          "morning": 3.0, "lunchtime": 1.0, "lunch time": 1.0, "lunch hour": 1.0}  # fmt: skip
_WEEKS = {"week": 1.0, "wk": 1.0, "fortnight": 2.0, "month": 52 / 12, "mth": 52 / 12, "year": 52.0, "yr": 52.0}
# "and" between two numbers, and behind "between"; what a number is read from has no such character.
_AND = re.compile(r"(?<!hundred )(?<!thousand )\band\b(?=\s+(?:£|€|\$|\d|(?:" + _SMALL + r")\b))", re.I)
_BETWEEN = re.compile(rf"\bbetween\s+(?:{_SYMBOL})?\s?{_NUMBER}(?:\s+\w+)?\s+(and)\b", re.I)
_BLANK = "\x00"
_PARTS = {"three": 0.75, "quarter": 0.25, "half": 0.5}
# A day is seven hours of somebody's time, or a seventh of a week to wait.
_DAY_HOURS, _HALF_DAY_HOURS, _DAYS_A_WEEK = 7.0, 4.0, 7
# A deadline in words, in weeks.
_DEADLINES = (
    (re.compile(r"\bby\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:by|for)\s+tomorrow\b|\bthis\s+week\b|\bby\s+the\s+weekend\b", re.I), 1.0),
    (re.compile(r"\b(?:by\s+)?next\s+week\b|\ba\s+week\s+from\s+now\b", re.I), 1.0),
    (re.compile(r"\b(?:by\s+(?:the\s+)?end\s+of\s+(?:the|this)\s+month|this\s+month|(?:by\s+)?next\s+month)\b", re.I), 4.0),
    (re.compile(r"\bovernight\b|\bright\s+away\b|\bimmediately\b", re.I), 1.0),
    (re.compile(r"\bthis\s+year\b|\bby\s+(?:the\s+)?end\s+of\s+the\s+year\b|\bby\s+next\s+year\b", re.I), 52.0),
)  # fmt: skip
_NOUNS = (
    "people|persons|residents|neighbours|neighbors|participants|patients|staff|citizens|members|tenants|leaseholders|"
    "households|homes|families|parents|carers|pupils|students|children|kids|teenagers|volunteers|users|clients|customers|"
    "officers|councillors|answers|responses|respondents|replies|voters|drivers|businesses|shops|traders|workers|employees|"
    "colleagues|nurses|teachers|adults|women|men|villagers|farmers|passengers|visitors|locals|folk|folks|jurors|guests|"
    "stakeholders|experts|organisations|interviews|attendees|ppl|delegates|survivors|lads|girls|boys|elders|pensioners"
)
_PEOPLE = re.compile(
    rf"{_BEFORE}(?P<n3>{_NUMBER})(?:{_TO}(?P<n4>{_NUMBER}))?{_OR_MORE}\s+(?:of\s+(?:the|our|us|my)\s+)?(?:[a-z-]+\s+){{0,2}}?(?P<unit>{_NOUNS})\b",
    re.I,
)
# A few of these run the thing; only more of them are the people it is for.
_HELPERS = re.compile(r"staff|officers|colleagues|workers|volunteers|councillors|nurses|teachers|experts", re.I)
MIN_STAFF = 10
_US = re.compile(rf"\b(?:the\s+)?(?P<n3>{_NUMBER})\s+of\s+us\b", re.I)
# A number of people who live somewhere is no number of people who take part.
_POPULATION = re.compile(
    rf"\b(?:town|city|village|parish|borough|district|county|population|estate|ward|area|region|council|trust|island)\s+(?:of|with|has|is\s+home\s+to|covers|serves|is)\s+(?:about\s+|around\s+|some\s+)?(?:{_NUMBER})(?:\s+(?:{_NOUNS}))?",
    re.I,
)
# "a one-day workshop", "for two days each": the time of those who take part, not the time there is.
_EACH = re.compile(r"\s*(?:each|a\s+head|per\s+person|of\s+(?:their|people's|your)\s+time|long\b|workshop|event|session|meeting|walk|course)", re.I)
# "once a week", "twice a year", "hours a day".
_OFTEN = re.compile(r"\b(?:once|twice|times|every|per|hours?|days?|meets?|\d+|x|evenings?|nights?)\s*$", re.I)
_GIVEN = re.compile(r"\b(?:give|gives|give\s+us|spare|spend|volunteer|attend|commit)\s*$", re.I)
_TAKES = re.compile(
    r"[\s-]+(?:\w+\s+)?(?:workshop|session|interview|meeting|event|call|talk|chat|slot|walk|conversation|consultation|survey|"
    r"window|deadline|process|turnaround|timescale|period|activity|exercise|job|method|visit|sprint)s?\b",
    re.I,
)
# So many days are a time to wait; fewer are somebody's time, unless a deadline is named.
MIN_DAYS = 5
_AGES = re.compile(r"\b\d{1,3}(?:\s?(?:-|to)\s?\d{1,3})?[\s-]+years?[\s-]+olds?\b|\b(?:aged?|over|under)[\s-]?\d{1,2}s?\b(?!\s*(?:%|people|week|day|hour|minute|month))", re.I)
_DEADLINE_WORDS = re.compile(r"\b(?:in|within|by|before|have|has|got|under|only|next|left)\b", re.I)


@dataclass(frozen=True)
class Quantity:
    """A quantity in a text, from `start` to `end` (exclusive): a range of the vocabulary and its numbers in its unit."""

    name: str
    low: float
    high: float
    start: int
    end: int


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text in order, without overlaps; of two readings of one place, the first kind below wins."""
    text = _split_ranges(text)
    for pattern in (_POPULATION, _AGES):
        text = pattern.sub(lambda match: _BLANK * len(match[0]), text)
    found: list[Quantity] = []
    for reader in (_money, _time, _people, _bare_money):
        for quantity in reader(text):
            if _BLANK not in text[quantity.start : quantity.end]:
                found.append(quantity)
                text = f"{text[: quantity.start]}{_BLANK * (quantity.end - quantity.start)}{text[quantity.end :]}"
    return sorted(found, key=lambda quantity: quantity.start)


def _split_ranges(text: str) -> str:
    """Return a text in which "and" stands between numbers only behind "between": "£400 and three weeks" is no range."""
    kept = {match.start(1) for match in _BETWEEN.finditer(text)}
    return _AND.sub(lambda match: match[0] if match.start() in kept else _BLANK * 3, text)


def _money(text: str) -> Iterator[Quantity]:
    for match in _NO_MONEY.finditer(text):
        yield Quantity("budget", 0.0, 0.0, *match.span())
    for match in _MONEY.finditer(text):
        if _is_topic(text, match):
            continue
        first, second = match["n1"] or match["n3"], match["n2"] or match["n4"]
        unit = (match["symbol"] or match["unit"] or "").lower()
        rate = VOCABULARY.gbp_rates[_CURRENCY.get(unit, "GBP")]
        yield from _limited("budget", match, first, second, 1 / rate)
    for match in _SPENT.finditer(text):
        yield from _limited("budget", match, match["n3"], None, 1.0)


def _is_topic(text: str, match: re.Match[str]) -> bool:
    """Whether a sum is what people talk about, not what there is to spend: "a £2m leisure centre", "save £12m"."""
    before, after = text[: match.start()], text[match.end() :]
    named = _ARTICLE.search(before) and _NOUN.match(after) and not _TO_SPEND.match(after)
    return bool(named or _SAVED.search(before))


def _bare_money(text: str) -> Iterator[Quantity]:
    for match in _BARE_MONEY.finditer(text):
        # "10k homes" counts homes; the number of a sum with its sign has been read.
        if not _SIGN.search(text[: match.start()]) and not re.match(r"\s+(?:[a-z]+s|people|staff|folk)\b", text[match.end() :], re.I):
            yield from _limited("budget", match, match["n3"], match["n4"], 1.0)


def _people(text: str) -> Iterator[Quantity]:
    for pattern in (_PEOPLE, _US):
        for match in pattern.finditer(text):
            second = match["n4"] if pattern is _PEOPLE else None
            if pattern is _PEOPLE and _HELPERS.fullmatch(match["unit"]) and number(match["n3"]) < MIN_STAFF:
                continue
            yield from _limited("people", match, match["n3"], second, 1.0)


def _time(text: str) -> Iterator[Quantity]:
    for pattern, weeks in _DEADLINES:
        for match in pattern.finditer(text):
            yield Quantity("weeks", 0.0, weeks, *match.span())
    for match in _TIME.finditer(text):
        if match["half"]:
            part = next(value for word, value in _PARTS.items() if word in match["half"].lower())
            hour = match["half_unit"].lower().startswith("hour")
            hours = part if hour else part * 2 * _HALF_DAY_HOURS
            yield Quantity("hours", 0.0, hours, *_trimmed(match))
            continue
        unit = re.sub(r"\s+", " ", match["unit"].lower())
        unit = unit if unit in _HOURS or unit in _WEEKS or unit == "day" else unit.rstrip("s")
        if not match["n4"] and match["n3"].lower() in ("a", "an") and _OFTEN.search(text[: match.start()]):
            continue
        if _is_adjective(text, match):
            continue
        if unit == "day":
            each = _EACH.match(text, match.end()) or _GIVEN.search(text[: match.start()])
            waits = not each and (_DEADLINE_WORDS.search(match[0]) or number(match["n3"]) >= MIN_DAYS)
            name, factor = ("weeks", 1 / _DAYS_A_WEEK) if waits else ("hours", _DAY_HOURS)
        elif unit in _HOURS:
            name, factor = "hours", _HOURS[unit]
        else:
            name, factor = "weeks", _WEEKS[unit]
        yield from _limited(name, match, match["n3"], match["n4"], factor, 0.5 if match["extra"] or match["half_more"] else 0.0)


def _is_adjective(text: str, match: re.Match[str]) -> bool:
    """Whether a time only describes something, such as "the 10 year plan"; "a two-hour session" is what it takes."""
    unit = match["unit"].lower()
    if unit.endswith("s") or unit in ("h",) or match["n4"] is None and number(match["n3"]) <= 1:
        return False
    return not _TAKES.match(text, match.end())


def _limited(
    name: str, match: re.Match[str], first: str, second: str | None, factor: float, extra: float = 0.0
) -> Iterator[Quantity]:
    """Yield the quantity of a match: what is said before it makes it an upper or a lower end, else the kind of range does."""
    before = match.groupdict()
    low = (number(first) + extra) * factor
    high = number(second) * factor if second else low
    if second and number(first) < 1000 <= number(second) and re.search(r"[a-z]$", second, re.I) and not re.search(r"[a-z]$", first, re.I):
        low *= _SCALES.get(second[-1].lower(), 1)  # "5-10k"
    if not 0 < high <= MAX_NUMBER:
        return
    low, high = min(low, high), max(low, high)
    if second and not before.get("most") and not before.get("below"):
        pass
    elif before.get("more") or (before.get("least") and not (name == "weeks" and before["least"].lower() == "over")):
        low, high = low, float(MAX_NUMBER)
    elif before.get("below"):
        low, high = 0.0, high - 1 if name in ("budget", "people") and high > 1 else high
    elif before.get("most"):
        low = 0.0
    elif VOCABULARY.ranges[name].single == "at-most":
        low = 0.0
    yield Quantity(name, round(low, 3), round(high, 3), *_trimmed(match))


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    found = match[0]
    return match.start() + len(found) - len(found.lstrip()), match.end() - len(found) + len(found.rstrip())


def number(text: str) -> float:
    """Return the number that digits or words write: "1,500", "2.5k", "two hundred and fifty", "half a dozen"; 0 for none."""
    plain = text.lower().replace("-", " ").strip()
    if match := re.fullmatch(rf"({_DIGITS})\s?([a-z]+)?", plain):
        return float(match[1].replace(",", "")) * _SCALES.get(match[2] or "", 1)
    if plain.startswith("half a dozen"):
        return 6
    total = current = 0.0
    for word in plain.split():
        if word in _SCALES:
            current = (current or 1) * _SCALES[word]
            if _SCALES[word] > 100:
                total, current = total + current, 0
        elif word == "half":
            current = 0.5
        elif word in ("dozen", "couple", "handful", "few", "score"):
            current = max(1, current) * _WORD_VALUES[word]
        elif word in ("a", "an") and current:
            continue
        elif word in _WORD_VALUES:
            current += _WORD_VALUES[word]
    return total + current
