"""People whom a text names, but not as those who are to take part: who decides or asks, and children whose parents are asked."""

from __future__ import annotations

import re

# Who decides, answers or wants to know is why somebody asks; unless they are the ones who are asked or trained.
_OF_THEIR_OWN = re.compile(
    r"\s+(?:(?:\w+ly|have|has|had|all|now|just|then|also|who|will|must|can|may|are|is|were|was|to)\s+){0,3}"
    r"(?:wants?|wanted|assumes?|assumed|thinks?|thought|believes?|believed|presumes?|says?|said|asks?|asked|tells?|told|needs?|expects?|expected|insists?|insisted|"
    r"hopes?|decid(?:e|es|ed|ing)|guess(?:es|ed)?|suspects?|claims?|propos(?:es?|ed)|suggest(?:s|ed)?|would\s+like|respond(?:s|ed)?|answers?|answered|repl(?:y|ies|ied)|"
    r"approv(?:es?|ed)|resolv(?:es?|ed)|choos(?:es?|ing)|chose|votes?|voted|split|divided|agree(?:s|d)?|sign(?:s|ed)?\s+off)\b",
    re.I,
)
_ASKED = re.compile(
    r"\b(?:consult\w*|train\w*|involv\w*|ask\w*|invit\w*|with|among|between)\s+(?:(?:the|our|some|all|both|\d+)\s+)*$", re.I
)  # fmt: skip
_TOLD_OR_DECIDING = re.compile(
    r"\b(?:report(?:s|ed|ing)?|present(?:s|ed|ing)?|submit\w*|sent|goes?|gives?|given|decided|approved|made|taken|chosen)\s+(?:\w+\s+){0,3}?(?:to|by)\s+(?:(?:the|our)\s+)*$",
    re.I,
)
# Who is asked for somebody stands before them.
_OF_SOMEBODY = re.compile(
    r"\b(?:parents?|mothers?|fathers?|mums?|dads?|carers?|guardians?|families|relatives|teachers?|nurses?|staff)"
    r"(?:\s+and\s+\w+)?\s+(?:of|for|with)\s+(?:[\w'\u2019-]+\s+){0,2}$",
    re.I,
)
# A service for somebody is not they.
_THEIR_SERVICE = re.compile(
    r"['\u2019]s?\s+(?:social\s+)?(?:services?|care|cent(?:re|er)s?|homes?|wards?|hospitals?|departments?|teams?|commissioner)\b",
    re.I,
)
_WITHIN = 60
_PART_END = re.compile(r"[.,;:!?()\n]")


def is_bystander(text: str, start: int, end: int, audience: tuple[str, ...]) -> bool:
    """Whether those whom a text names at a place, as an option of the audience, are not to take part."""
    before = _PART_END.split(text[max(0, start - _WITHIN) : start])[-1]
    if _OF_SOMEBODY.search(before) or _THEIR_SERVICE.match(text, end):
        return True
    if "decision-makers" not in audience or _ASKED.search(before):
        return False
    return bool(_OF_THEIR_OWN.match(text, end) or _TOLD_OR_DECIDING.search(before))
