"""Sums of money that there are to spend, in pounds by the dated rates of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.search.query.quantities.comparisons import BEFORE, BELOW, UPPER, side_of
from catalogue.search.query.quantities.limits import OR_MORE, TO, Quantity, limited
from catalogue.search.query.quantities.number_words import BIG, DIGITS, NUMBER, SMALL_WORDS
from catalogue.search.query.quantities.subject_sums import is_subject
from catalogue.vocabulary import VOCABULARY

_POUNDS, _EUROS, _DOLLARS = r"pounds?|quid|gbp|sterling|£", r"euros?|eur|€", r"dollars?|usd|bucks"
# Money that is not pounds, where it is named.
OTHER_MONEY = re.compile(rf"{_EUROS}|{_DOLLARS}|\$", re.I)
_SYMBOL = r"£|€|us\$|\$|gbp\b|eur\b|usd\b"
_CURRENCY = {
    word: code
    for code, words in (("EUR", "€ eur euro euros"), ("USD", "$ us$ dollar dollars usd bucks"))
    for word in words.split()
}
_SUM = rf"{DIGITS}{BIG}"
_MONEY = re.compile(
    rf"{BEFORE}(?:(?P<symbol>{_SYMBOL})\s?(?P<n1>{_SUM})(?:{TO}(?:{_SYMBOL})?\s?(?P<n2>{_SUM}))?"
    rf"|(?P<n3>{NUMBER})(?:{TO}(?P<n4>{NUMBER}))?\s?(?P<unit>{_POUNDS}|{_EUROS}|{_DOLLARS}))(?!\w){OR_MORE}",
    re.I,
)
# "80k" and "2 grand" are money where nothing is counted by them.
_BARE = re.compile(
    rf"{BEFORE}(?P<n3>(?:(?<![\w.,]){DIGITS}(?P<k>\s?(?:k|m|mn|grand|thousand|million)(?!\w))?{TO}(?P<n4>{DIGITS}\s?(?:k|m)(?!\w)))"
    rf"|(?:(?<![\w.,]){DIGITS}\s?(?:k|m|mn|grand|thousand|million)(?!\w)|\b(?:{SMALL_WORDS}|(?:a|one)\s+(?:couple|few)(?:\s+of)?)\s+grand\b))",
    re.I,
)
_SIGN = re.compile(r"(?:£|€|\$)\s?$")
# A noun in the plural behind a number says what is counted.
_COUNTED = re.compile(r"\s+(?:(?!this\b|plus\b|less\b|across\b|towards\b)\w{2,}s|people|staff|folk)\b", re.I)  # fmt: skip
_ARTICLE = re.compile(r"\b(?:an?|the|this|that|our|new)\s*$", re.I)
_NOUN = re.compile(r"\s+[a-z]", re.I)
_TO_SPEND = re.compile(
    r"\s+(?:budget|grant|pot|to\b|for\b|and\b|or\b|in\b|left\b|limit|each|per|maximum|max|of\s+(?:our|my|council|grant)|"
    r"from\b|cost|method)",
    re.I,
)
# A plain number is money after a word for spending, if it is no year.
_SPENT = re.compile(
    rf"\b(?:budget|spend|spending|afford|grant|fund(?:s|ing)?|costs?|costing)(?:\s+(?:of|is|only|for)|:)*\s+"
    rf"{BEFORE}(?P<n3>(?!(?:19|20)\d\d\b){_SUM})(?:{TO}(?P<n4>{_SUM}))?"
    r"(?!\s*(?:%|[a-z]+s\b|people\b|week|month|day|hour|year))(?![\w.,]*\d)",
    re.I,
)
_NONE = re.compile(
    r"\b(?:no|zero|without\s+(?:any\s+)?|hardly\s+any)\s*(?:money|budget|funds?|funding|cash)\b|\bfor\s+free\b|\bcosts?\s+nothing\b"
    r"|\bnothing\s+to\s+spend\b|\bfree\s+(?:method|way|tool|option|to\s+run|activity)s?\b",
    re.I,
)


def sums(text: str) -> Iterator[Quantity]:
    """Yield the sums of a text that name a currency, or stand after a word for spending."""
    for match in _NONE.finditer(text):
        yield Quantity("budget", 0.0, 0.0, *match.span())
    for match in _MONEY.finditer(text):
        if _is_topic(text, match):
            continue
        ends = match["n1"] or match["n3"], match["n2"] or match["n4"]
        unit = (match["symbol"] or match["unit"] or "").lower()
        yield from limited("budget", match, ends, 1 / VOCABULARY.gbp_rates[_CURRENCY.get(unit, "GBP")])  # fmt: skip
    for match in _SPENT.finditer(text):
        if _is_topic(text, match):
            continue
        yield from limited("budget", match, (match["n3"], match["n4"]))


def bare_sums(text: str) -> Iterator[Quantity]:
    """Yield numbers of thousands or millions that count nothing else: "10k homes" are homes."""
    for match in _BARE.finditer(text):
        # The number of a sum with its sign has been read.
        sign, counted = _SIGN.search(text[: match.start()]), _COUNTED.match(text, match.end())
        if not sign and not counted and not _is_topic(text, match):
            first = re.split(TO, match["n3"])[0] if match["n4"] else match["n3"]
            yield from limited("budget", match, (first, match["n4"]))


def _is_topic(text: str, match: re.Match[str]) -> bool:
    """Whether a sum is what people talk about, not what there is to spend: "a £2m leisure centre", "save £12m"."""
    before, after = text[: match.start()], text[match.end() :]
    if _ARTICLE.search(before) and _NOUN.match(after) and not _TO_SPEND.match(after):
        return True
    said = match.groupdict()
    number = "n1" if said.get("n1") else "n3"
    return is_subject(text, match.start(number), match.end(), side_of(match) in (UPPER, BELOW))
