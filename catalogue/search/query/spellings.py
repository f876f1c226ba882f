"""UK and US spelling of one word."""

from __future__ import annotations

import re
from collections.abc import Iterator

# UK and US spelling, each in both directions: (pattern of one spelling, replacement by the other).
_SPELLINGS = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"is(e|ed|es|er|ers|ing|ation|ations)$", r"iz\1"),
        (r"iz(e|ed|es|er|ers|ing|ation|ations)$", r"is\1"),
        (r"ys(e|ed|es|ing)$", r"yz\1"),
        (r"yz(e|ed|es|ing)$", r"ys\1"),
        (r"our(s|ed|ing|hood|hoods|able|ite)?$", r"or\1"),
        (r"or(s|ed|ing|hood|hoods|able|ite)?$", r"our\1"),
        (r"bre(s)?$", r"ber\1"),
        (r"tre(s)?$", r"ter\1"),
        (r"ter(s)?$", r"tre\1"),
        (r"ogue(s)?$", r"og\1"),
        (r"og(s)?$", r"ogue\1"),
        (r"amme(s)?$", r"am\1"),
        (r"am(s)?$", r"amme\1"),
        # Names of methods in other languages have "f": "Delfi", "foto".
        (r"f", "ph"),
        (r"^enquir", "inquir"),
        (r"^inquir", "enquir"),
        (r"ll(ed|ing|er|ers)$", r"l\1"),
        (r"l(ed|ing|er|ers)$", r"ll\1"),
    )
)


def other_spellings(word: str) -> Iterator[str]:
    """Yield what a word would be in the other spelling, by each rule that applies to it."""
    for pattern, other in _SPELLINGS:
        changed, times = pattern.subn(other, word)
        if times:
            yield changed
