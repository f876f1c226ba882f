"""Words for options of facts that mean something else beside other words: "tax free", "free text", "a row of houses"."""

from __future__ import annotations

import re

_WORDS = {
    "free": (
        re.compile(r"\b(?!cost\b|fee\b)\w+-$|\b(?:tax|duty|smoke|drug|alcohol|car|traffic|barrier|step|rent|toll|trouble|hassle|jargon|feel|set|break|get|"
                   r"run)[\s-]+$", re.I),
        re.compile(r"[\s-]+(?:text|speech|will|time|range|school|meals?|lunch(?:es)?|parking|bus(?:es)?|travel|swim\w*|trade|market|world|press|movement|"
                   r"hand|form|flow\w*|standing|childcare|nursery|hours|bins?|collections?|prescriptions?|tv|from|of|up|to(?!\s+run)|on)\b", re.I),
    ),
    "row": (
        re.compile(r"\b(?:front|back|first|last|top|bottom|each|every|per|death|skid|whole|long|single)\s+$", re.I),
        re.compile(r"\s+(?:of|houses?|homes?|boats?|numbers?|\d)\b", re.I),
    ),
}  # fmt: skip
# "Three weeks in a row", and no "in a row over parking".
_IN_A_ROW = re.compile(r"\bin\s+a\s+$", re.I)
_ABOUT = re.compile(r"\s+(?:over|about|with|between)\b", re.I)


def means_another(text: str, start: int, end: int) -> bool:
    """Whether the word from `start` to `end` of a text means something else than the option that it may name."""
    patterns = _WORDS.get(text[start:end].lower())
    if not patterns:
        return False
    before, after = patterns
    if text[start:end].lower() == "row" and _IN_A_ROW.search(text[:start]):
        return not _ABOUT.match(text, end)
    return bool(before.search(text[:start]) or after.match(text, end))
