"""Numbers of people that a text is about: who did not come, died or resigned, and "the same six". They take no part."""

from __future__ import annotations

import re

# "No one answers" counts nobody; "the same six people" are those who come anyway.
_ONE_OF_ANY = re.compile(r"\b(?:no|any|every|some|each|which)\s+$", re.I)
_SAME = re.compile(r"\b(?:same|usual)\s+(?:\w+\s+)?$", re.I)
_ALSO = r"(?:(?:have|has|had|were|was|are|been|already|since|sadly|also|simply|\w+ly)\s+)*"
_NOT = (
    r"(?:cannot|can\s+not|can['\u2019]?t|(?:could|will|would|do|did|have|had|are|were|should)(?:\s+not|\s?n['\u2019]?t)|won['\u2019]?t|"
    r"never|refuse[sd]?|declined?)"
)
_HAPPENED = (
    r"(?:resigned|quit|died|drowned|killed|hurt|injured|wounded|arrested|sacked|dismissed|fired|suspended|complained|evicted|"
    r"rehoused|stabbed|shot|walked\s+out|stepped\s+down|moved\s+(?:out|away)|fell\s+ill|hospitali[sz]ed|made\s+redundant|left)"
)
_STORY = re.compile(rf"\s+{_ALSO}(?:{_NOT}|{_HAPPENED})\b", re.I)


def is_told_of(text: str, number: int, end: int) -> bool:
    """Whether the people whose number begins at `number` and who end at `end` only stand in what happened."""
    before = text[:number]
    if _ONE_OF_ANY.search(before) and text[number : number + 3].lower() == "one":
        return True
    return bool(_SAME.search(before) or _STORY.match(text, end))
