"""Sums that a text is about: charged, lost, to be cut or to be shared out. They are not there to involve people."""

from __future__ import annotations

import re

# A number belongs to what is said in its clause; "but" and "and" begin another one.
_CLAUSE_END = re.compile(r"[.,;:!?()\u2013]\s|\b(?:and|but)\b|\x00", re.I)
# Words between a verb and its sum, in which nobody says what they have.
_GAP = r"(?:\s+(?!(?:have|has|had|got|with|within|left|can|could|afford)\b)[\w'\u2019%-]+){{0,{}}}?\s*(?:£|€|\$)?\s*$"
# Nouns as much as verbs: before a sum that nothing follows up, as in "parking charges £500 2 weeks", they are nouns.
_NOUN_OR_VERB = re.compile(r"\b(?:cuts|costs|charges|savings|investment)\s*(?:£|€|\$)?\s*$", re.I)
_FOLLOWED_UP = re.compile(
    r"\s+(?:for|an?|per|each|every|to|from|in|of|if|when|by)\b|\s*(?:[.,;!?]|$)", re.I
)
_GONE = re.compile(r"\b(?:spent|wast(?:e[sd]?|ing)|los(?:es?|ing|t))\b", re.I)
# What is done with money that is not spent on asking; where a limit is named ("costing under £2k"), only the first kind counts.
_VERBS = re.compile(
    r"\b(?:sav(?:e[sd]?|ings?)|cut(?:s|ting)?|slash(?:ed|es|ing)?|reduc(?:e[sd]?|ing)|overspen[dt]|spent|wast(?:e[sd]?|ing)|"
    r"los(?:es?|ing|t)|ow(?:e[sd]?|ing)|fined|donated|borrow(?:s|ed|ing)?|invest(?:s|ed|ing|ment)?|earn(?:s|ed|ing)?|stole|"
    r"(?:need|needs|trying|must|want|hope)\s+(?:to\s+)?(?:raise|find)|giv(?:e|ing)\s+away|shar(?:e|ing)\s+out|divid(?:e|ing)|"
    r"hand(?:ing)?\s+out|allocat(?:e|ed|ing)|worth|valued|living\s+on|living\s+off|(?:how|where|what)\s+(?:\w+\s+){0,4}sp[ea]nd)"
    + _GAP.format(4),
    re.I,
)
_PRICES = re.compile(
    r"\b(?<!to )(?<!not )(?<!n't )(?<!n\u2019t )(?:(?<!can )(?<!could )(?:pays?|paid|paying)|charg(?:es?|ed|ing)|costs?)"
    + _GAP.format(2),
    re.I,
)
# A noun that a sum is of, joined to it by a word: "the gap is £8m", "charges going up £2", "a bill for repairs of £3m".
_NOUNS = re.compile(
    r"\b(?:bills?|fines?|gap|shortfall|deficit|debts?|loss(?:es)?|overspend|black\s+hole|loans?|penalt(?:y|ies)|compensation|"
    r"charges?|fees?|prices?|fares?|rents?|tax|tickets?|tolls?|precept|wages?|salar(?:y|ies)|incomes?|pensions?|benefits?|turnover|profits?|"
    r"reserves|arrears|section\s+106|s\.?106|cil|levy|pot|fund|prize|bursar(?:y|ies)|vouchers?|rewards?|subsid(?:y|ies)|scheme)\b(?:\s+\w+){0,3}?"
    r"\s+(?:of|is|are|was|were|be|at|to|by|from|up|down|under|below|over|has|holds|rises?|rose|falls?|fell)"
    r"(?:\s+(?:about|around|nearly|almost|another|up\s+to))?\s*(?:£|€|\$)?\s*$",
    re.I,
)
_NOT_HAD = re.compile(
    r"(?:\b(?:not|never)|n['\u2019]t)\s+(?:even\s+)?(?:have|had|got|get|given)\s+(?:(?:a|any|the)\s+)?(?:budget\s+(?:of|like)\s+)?(?:about\s+)?(?:£|€|\$)?\s*$",
    re.I,
)
_HAVE = re.compile(r"\b(?:have|has|had|got|within|budget\s+of|afford|can\s+spend)\s*(?:about|only|just|around|some)?\s*(?:£|€|\$)?\s*$", re.I)  # fmt: skip
# So much for each time: a price, unless somebody says that they have it each year.
_RATE = re.compile(
    r"\s*(?:/|\b(?:an?|per|each|every)\s+)(?!head\b|time\b)(?:day|week|month|year|visit|person|household|home|hour|night|term|"
    r"child|pupil|tenant|resident|bag|bin|tree|unit|mile|ticket|journey|trip|car|permit)\b|\s+(?:weekly|monthly|annually|yearly|extra|more)\b",
    re.I,
)
# What asking people is called, which money may go to.
_INVOLVING = (
    r"(?:(?:the|a|an|our|any|some|such)\s+)?(?:\w+\s+){0,2}?(?:consult|engag|involv|participat|process|survey|workshop|event|meeting|"
    r"session|ask|talk|listen|hear(?!t)|find(?:ing)?\s+(?:out|what|how)|research|jury|assembl|panel|focus|dialogue|conversation|method|"
    r"exercise|outreach|interview|discuss|facilitat|learn|understand)"
)
_ASKING = rf"(?:(?:this|that|it|them|everything|food|venues?|the\s+whole)\b|{_INVOLVING})"
_TO_INVOLVE = re.compile(
    rf"\s+(?:to\s+(?:spend|use)\s+)?(?:for|to|towards|on)\s+{_INVOLVING}", re.I
)
_ON = re.compile(
    rf"(?:(?P<spend>\s+(?:to\s+(?:be\s+)?)?spen[dt])\s+on\s+(?!{_ASKING}|refreshment|childcare|travel|rooms?\b|halls?\b|hir|print|post|staff|expenses|lunch|tea\b|paper)\w"
    rf"|\s+on\s+(?!{_ASKING})(?:an?|the|our|new|better|local|more|\w+ing)\b)",
    re.I,
)
_SPEND = re.compile(r"\bspend(?:ing)?\b", re.I)
_TO_BE = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:to|must|will|should)\s+(?:be\s+)?(?:cut(?!\s+(?:through|down))|(?:saved?|find|found)(?=\s*(?:[.,;!?]|$|in\b|from\b|by\b|this\b|next\b))|share|shared|divide|divided|split|give\s+(?:away|out)|"
    r"given\s+(?:away|out)|distribute|distributed|allocate|allocated|award|awarded|hand\s+out|invest|repair|refurbish|rebuild|install|"
    r"build(?!\s+(?:trust|relation\w*|consensus|links|community|support|up|on))|buy(?!\s+(?:food|lunch|tea|time))|pay\s+(?:back|off))\b"
    r"|\s+(?:is|are|was|were|has\s+been|have\s+been|will\s+be|being|gets?)\s+(?:\w+\s+)?(?:lost|wasted|spent|owed|cut|saved|missing|stolen|short|gone|paid|charged)\b"
    r"|\s+(?:in|of|from)\s+(?:the\s+|its\s+|our\s+)?(?:\w+\s+){0,2}?(?:savings|cuts|debt|arrears|fines|losses|income|budget\s+cuts?)\b"
    r"|\s+from\s+(?:the|its|our|their)\s+(?:\w+\s+)?budget\b",
    re.I,
)
# A grant or a sum of a developer for something that is not asking people.
_GRANT = re.compile(r"\bgrants?\s+(?:of|is|are)\s+(?:up\s+to\s+)?(?:£|€|\$)?\s*$", re.I)
# "Grants of £500 each", which is what one of them gets.
_EACH_OF = re.compile(r"\b\w{2,}s\s+of\s+(?:up\s+to\s+|about\s+)?(?:£|€|\$)?\s*$", re.I)
_EACH = re.compile(r"\s+(?:each|apiece|per\s+\w+)\b", re.I)
_OVER_BUDGET = re.compile(
    r"\s+(?:over|under|above|below)\s+(?:(?:the|its|our|their|his|her)\s+)?(?:\w+\s+)?budget\b",
    re.I,
)
# "£35,000 a year." by itself is what there is.
_A_YEAR = re.compile(
    r"\s*(?:/|\b(?:a|per|each|every)\s+)year\s*(?:[.,;!?]|$)|\s+(?:annually|yearly)\s*(?:[.,;!?]|$)",
    re.I,
)
_FOR_SOMETHING = re.compile(
    rf"\s+(?:for|to|towards)\s+(?!{_ASKING})(?:an?|the|our|my|your|their|local|new|community)\b",
    re.I,
)
_WORD = r"(?:\s+(?!and\b|or\b|to\b|for\b|in\b|on\b|of\b|is\b|engage|consult|involve|participat|weeks?\b|months?\b|people\b)[a-z-]+)"
_THING = re.compile(
    rf"{_WORD}{{0,2}}?\s+(?:bills?|fines?|gap|shortfall|deficit|debts?|loss(?:es)?|overspend|charges?|fees?|loans?|repairs?|refurbishment|"
    r"redevelopment|regeneration|extension|investment|scheme|pot|reserves|cuts?|savings|increases?|black\s+hole|compensation|penalty|vouchers?|rise)\b(?!\s+group)",
    re.I,
)


def is_subject(text: str, number: int, end: int, limited: bool) -> bool:
    """Whether the sum whose number begins at `number` and which ends at `end` is what a text is about.

    `limited` says that a limit is named with it: "under", "up to". What somebody "costs" or "pays" is then a limit.
    """
    before, after = _CLAUSE_END.split(text[:number])[-1], text[end:]
    if _TO_INVOLVE.match(after) and not _GONE.search(before):
        return False
    if _NOUN_OR_VERB.search(before) and not _FOLLOWED_UP.match(after):
        return False
    said = (_VERBS, _NOUNS, _NOT_HAD) if limited else (_VERBS, _NOUNS, _NOT_HAD, _PRICES)
    if any(pattern.search(before) for pattern in said):
        return True
    by_itself = _A_YEAR.match(after) and not before.strip(" £€$")
    if _RATE.match(after) and not _HAVE.search(before) and not by_itself:
        return True
    if _OVER_BUDGET.match(after) or (_EACH_OF.search(before) and _EACH.match(after)):
        return True
    if _GRANT.search(before) and _FOR_SOMETHING.match(after):
        return True
    on = _ON.match(after)
    if on and (on["spend"] or _SPEND.search(before)):
        return True
    return bool(_TO_BE.match(after) or _THING.match(after))
