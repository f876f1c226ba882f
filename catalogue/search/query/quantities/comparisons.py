"""What is said before a number that makes it an upper or a lower end: "at least", "under", "must not cost more than".

A negation turns a comparison round, whatever verb stands between. Where it may belong to something else, nobody can say
which way round the limit is meant, and there is none.
"""

from __future__ import annotations

import re

UPPER, BELOW, LOWER, UNSURE = "upper", "below", "lower", "unsure"

_SMALLER = r"under|below|(?:less|fewer|shorter|smaller|cheaper)\s+than"
_AT_MOST = r"up\s+to|at\s+most|at\s+the\s+most|max(?:imum)?(?:\s+of)?|within|as\s+little\s+as"
_LARGER = (
    r"over|above|beyond|exceed(?:s|ing)?|upwards\s+of|(?:more|longer|bigger|larger|greater)\s+than"
)
_AT_LEAST = r"at\s+least|minimum(?:\s+budget)?(?:\s+of)?|min"
_ABOUT = (
    r"about|around|roughly|approximately|approx\.?|some|nearly|almost|circa|ca\.?|say|only|just|maybe|perhaps|"
    r"another|between"
)
_LEAD = r"in|by|for|with|have|has|got|of|takes?|taking|budget\s+of|is|are|last(?:s|ing)?"
BEFORE = (
    rf"(?:\b(?:(?P<smaller>{_SMALLER})|(?P<most>{_AT_MOST})|(?P<larger>{_LARGER})|(?P<least>{_AT_LEAST})|(?:{_ABOUT})|"
    rf"(?P<lead>{_LEAD}))\s+)*"
)
# Words between a negation and what it turns: so many at most, and of a longer clause nobody knows what is negated.
_TURNS, _MAY_TURN = 6, 10
_WORD = r"[\w'\u2019-]+"
_CLAUSE_END = re.compile(
    r"[.,;:!?()\u2013\n\x00]|\b(?:and|but|so|because|since|if|when|while|until|unless|who|although|though|yet)\b",
    re.I,
)
# What negates the whole clause behind it.
_NOT = (
    r"not|cannot|never|hardly|nobody|no\s+one|none\s+of\s+\w+|\w+n['\u2019]t|(?:ca|do|does|did|wo|should|would|could|must|need|is|are|have|has)nt|"
    r"under\s+no\s+circumstances|in\s+no\s+case|on\s+no\s+account|by\s+no\s+means|at\s+no\s+point"
)
_NEGATED = re.compile(rf"\b(?P<word>{_NOT})(?P<gap>(?:\s+{_WORD}){{0,{_MAY_TURN}}})\s*$", re.I)
# "No", "nothing" and "without" negate what is next to them, or what it does: "nothing that takes", "no method costing".
_NO = re.compile(
    rf"\b(?:(?:no|nothing)(?:(?:\s+(?!that\b|which\b){_WORD}){{0,2}}\s+(?:(?:that|which)(?:\s+{_WORD}){{1,4}}|\w+ing|for)|\s+(?:any\s+)?much)?"
    r"|without(?:\s+\w+ing)?(?:\s+any)?)\s*$",
    re.I,
)
# A condition, and what somebody does not know, limits nothing: "if more than 20 people come".
_CONDITION = re.compile(r"\b(?:if|whether)\s+(?:\w+\s+){0,2}$", re.I)
# "Not only", "whether or not", "why not"; and "not a survey more than 50 people", "not online more than 50 people".
_OPEN_BEFORE = re.compile(r"\b(?:or|why|if)\s*$", re.I)
_OPEN_AFTER = re.compile(r"\s+(?:only|just|merely|simply|necessarily)\b|.*\b(?:online\b|(?:an?|in|at|on)\s+\w)(?!.*\b(?:of|for)\s*$)", re.I)  # fmt: skip


def side_of(match: re.Match[str]) -> str:
    """Return which end of a limit the words before a number make it, of a match that has BEFORE; "" where they say none."""
    said = match.groupdict()
    if said.get("most"):
        return UPPER
    if said.get("least"):
        return LOWER
    name = "smaller" if said.get("smaller") else "larger"
    if not said.get(name):
        return ""
    negated, _ = _negation(match.string[: match.start(name)])
    if negated == UNSURE:
        return UNSURE
    if name == "smaller":
        return LOWER if negated else BELOW
    return UPPER if negated else LOWER


def start_of(match: re.Match[str]) -> int:
    """Return where a match begins with the negation that turns its comparison round."""
    said = match.groupdict()
    name = "smaller" if said.get("smaller") else "larger"
    if not said.get(name):
        return match.start()
    negated, start = _negation(match.string[: match.start(name)])
    return min(start, match.start()) if negated else match.start()


def _negation(before: str) -> tuple[str, int]:
    """Return whether words right before a comparison negate it, as "", UNSURE or the words, and where these begin."""
    if _CONDITION.search(before):
        return UNSURE, len(before)
    begin = max((end.end() for end in _CLAUSE_END.finditer(before)), default=0)
    clause = before[begin:]
    if found := _NO.search(clause):
        return found[0], begin + found.start()
    found = _NEGATED.search(clause)
    if not found:
        return "", len(before)
    start = begin + found.start()
    unsure = _OPEN_BEFORE.search(clause[: found.start()]) or _OPEN_AFTER.match(found["gap"])
    if unsure or len(found["gap"].split()) > _TURNS:
        return UNSURE, start
    return found["word"], start
