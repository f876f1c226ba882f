"""Numbers in digits and in words, as patterns and as values: "1,500", "2.5k", "two hundred and fifty", "half a dozen"."""

from __future__ import annotations

import re

from catalogue.model.numbers import read_number

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# What "a couple of" and its like multiply; "a few" is read as three, "several" and "a handful" as five.
_GROUPS = {"couple": 2, "few": 3, "handful": 5, "dozen": 12, "score": 20}
_WORDS = (
    {word: value for value, word in enumerate(_ONES)}
    | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
    | {"a": 1, "an": 1, "single": 1, "several": 5}
)  # fmt: skip
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "grand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "m": 1_000_000,
}

DIGITS = r"\d(?:[\d.,]*\d)?"
# "80k", "2 million", and no "5 members".
BIG = r"(?:\s?(?:k|mn?|grand|thousand|million)(?!\w))?"
SMALL_WORDS = "|".join((*_ONES[1:], *_TENS))
_BELOW_100 = rf"(?:{SMALL_WORDS})(?:[\s-](?:{'|'.join(_ONES[1:10])}))?"
_IN_WORDS = (
    r"(?:half\s+a\s+(?:dozen|million)|(?:a|one|two|three|four|five|six)\s+dozen|"
    r"(?:a|one)\s+(?:couple|handful|few|score)(?:\s+of)?(?:\s+(?:hundred|thousand|grand))?|"
    r"several(?:\s+(?:hundred|thousand))?|dozen|"
    rf"(?:(?:a|{_BELOW_100})\s+)?(?:hundred|thousand|million|grand)(?:(?:\s+and)?\s+{_BELOW_100}(?:\s+hundred)?)?(?:\s+thousand)?|"
    rf"{_BELOW_100})"
)
NUMBER = rf"(?:(?<![\w.,/]){DIGITS}{BIG}(?!/)|\b{_IN_WORDS}(?!\w))"

_WITH_SCALE = re.compile(rf"({DIGITS})\s?([a-z]+)?", re.I)


def number(text: str, whole: bool = True) -> float | None:
    """Return the number that digits or words write; None where it cannot be read, or in two ways.

    `whole` says that money or people are counted: "1.500" is then 1500, as in `model.numbers`.
    """
    plain = " ".join(text.lower().replace("-", " ").split())
    if match := _WITH_SCALE.fullmatch(plain):
        read = read_number(match[1], whole and not match[2]).sure
        return None if read is None else float(read) * SCALES.get(match[2] or "", 1)
    total = current = 0.0
    for word in plain.split():
        if word in SCALES:
            current = (current or 1) * SCALES[word]
            if SCALES[word] > 100:
                total, current = total + current, 0
        elif word == "half":
            current = 0.5
        elif word in _GROUPS:
            current = (current or 1) * _GROUPS[word]
        elif word in _WORDS and not (word in ("a", "an") and current):
            current += _WORDS[word]
    return total + current


def has_scale(text: str) -> bool:
    """Whether a number in digits ends in a scale: "10k"."""
    match = _WITH_SCALE.fullmatch(text.strip())
    return bool(match and match[2])
