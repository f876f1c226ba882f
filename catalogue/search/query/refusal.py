"""The grammar of refusal: what a text names only to say no to it, for the search and for plans.

"Not a survey", "we cannot meet in person", "anything but a focus group", "they ruled out a referendum".
Who has never done something, or does not know whether to do it, refuses nothing; nor does who tells what was not done
("built without consultation") or where nobody comes ("nobody comes to our meetings"). What failed, was done already or is what
something else is to be like ("cheaper than a jury") is passed over: not refused, and not wanted first.
"""

from __future__ import annotations

import re
from functools import cache

from catalogue.vocabulary import VOCABULARY

# What is refused stands at most so many characters from the words that refuse it.
WITHIN = 60
_CLAUSE_END = re.compile(r"[.,;:!?()\n]")
_NOT = r"not|cannot|(?:ca|do|does|did|wo|should|would|could|is|are|was|were)nt|\w+n['\u2019]t"
_BUT_FOR = (
    r"(?:instead|in\s+place)\s+of|(?:rather|other)\s+than|apart\s+from|except(?:\s+for)?|"
    r"any(?:thing|one|body)\s+but|everything\s+but"
)
_DONE_WITH = (
    r"(?:rul(?:e|es|ed|ing)|vot(?:e|es|ed|ing))\s+out|reject\w*|refus(?:e|es|ed|ing)|veto\w*|avoid(?:s|ed|ing)?|cancel\w*|scrap(?:s|ped|ping)?|"
    r"abandon\w*|hat(?:e|es|ed)|(?:tired|sick|weary)\s+of|(?:fed\s+up|bored)\s+(?:of|with)|had\s+enough\s+of"
)
# Nothing is refused by "not only", "not sure whether" or "no more than".
_OPEN = (
    r"(?!\s+(?:only|just|merely|simply|I|we|you|they|sure|certain|clear|know|knows|decide|decided|understand|remember|forget|mind|better|"
    r"idea|doubt|problem|objection|experience|(?:more|less|fewer|later|longer)\s+than)\b)"
)
# A new thought begins with these: "instead of an online form something face to face".
_WORD = r"\s+(?!(?:but|and|so|something|because|since|if|when|until|unless|who|which|what|how|where)\b)[\w'\u2019-]+"
# "No" refuses what is next to it, or what something lacks for: a "no internet survey" is a survey.
_THIN = r"\s+(?:a|an|the|any|another|other|further|such|more|kind|sort|of|need|big|large|long|formal|usual|boring|old|new|bloody|damn)\b"
_REFUSED = re.compile(
    rf"(?<!why )(?<!only )(?<!\bor )\b(?:(?:{_NOT}|no\s+one|nobody|never|hardly|neither|nor|against|{_BUT_FOR}|{_DONE_WITH})\b{_OPEN}(?:{_WORD}){{0,5}}(?:\s+(?:an?|the|another|any|more))?"
    rf"|(?:no|nothing|without)\b{_OPEN}(?:(?:{_WORD}){{1,2}}\s+for)?(?:{_THIN}){{0,3}})\s*$",
    re.I,
)
_NOT_YET = re.compile(
    rf"\b(?:never|ha(?:s|ve|d)\s+(?:not|never)|ha(?:s|ve|d)n['\u2019]?t)(?:{_WORD})?\s+"
    r"(?:done|run|held|had|used|tried|been|heard|organi[sz]ed|seen|made|led|planned)\b",
    re.I,
)
# What is missing is not refused, nor what is wanted otherwise: "we do not want the survey to be online".
_MISSING = re.compile(
    rf"\b(?:there\s+(?:is|are|was|were)|there['\u2019]s|ha(?:ve|s|d))\s+no(?:{_THIN})*\s*$", re.I
)
_OTHERWISE = re.compile(r"\s+to\s+(?:be|become|have|get|take|run|happen)\b", re.I)
# A consultation that there was none of is what happened, and not what is asked for: "built without any consultation".
_NEVER_ASKED = re.compile(r"\b(?:no|without)(?:\s+(?!online|written)\w+){0,2}\s+$", re.I)
_ASKING = re.compile(r"consult\w*\b", re.I)
# So are what people do not come to, where they do not speak, and a vote that they do not have.
_TOLD = re.compile(
    r"\b(?:comes?|came|coming|go(?:es|ing)?|went|attend\w*|turn(?:s|ed|ing)?\s+up|show(?:s|ed|ing)?\s+up|speak\w*|spoke|talk\w*)\s+"
    r"(?:\w+\s+){0,2}?(?:to|at|in)\s+(?:\w+\s+){0,2}$|"
    r"\b(?:attends?|attended|attending)\s+(?:\w+\s+){0,2}$",
    re.I,
)
_CANNOT = re.compile(
    r"\b(?:cannot|(?:ca|did)n['\u2019]?t|did\s+not|to|who|no\s+one|nobody)\s+$", re.I
)
_VERB = re.compile(r"vote\b", re.I)
# Something else is to be other than this, or comes after it.
_MEASURED = (
    r"smaller|larger|bigger|cheaper|dearer|simpler|easier|quicker|faster|slower|shorter|longer|lighter|better|fairer|safer|deeper|kinder|"
    r"(?:less|more)\s+\w+"
)
_THAN_IT = r"(?:\s+(?:a|an|the|our|another|any|full|big|large|long|whole|usual|formal|normal|traditional|proper|ordinary|costly|expensive|doing|running|holding|having)\b)*\s+$"
_OTHER_THAN = re.compile(
    rf"\b(?:alternatives?\s+(?:to|for)|substitutes?\s+for|replac(?:e|es|ed|ing)|different\s+from|(?:{_MEASURED})\s+than){_THAN_IT}",
    re.I,
)
_ONE = r"(?:\s+(?:an?|the|our|one|two|three|several|some|many|another|big|large|full|whole|formal)\b)*\s+$"
_DONE_ALREADY = re.compile(
    r"\b(?:already|just)\s+(?:done|did|ran|run|held|had|have|tried|made|carried\s+out|sent(?:\s+out)?|used)" + _ONE, re.I
)  # fmt: skip
_DONE = re.compile(
    r"\b(?:did|held|ran|had|tried|done|made|used|carried\s+out|sent(?:\s+out)?)" + _ONE, re.I
)
_LONG_AGO = re.compile(
    r"\s+(?:last\s+(?:year|month|week|spring|summer|autumn|winter|time)|(?:\w+\s+)?(?:years?|months?|weeks?)\s+ago|before\b(?!\s+\w)|already)\b",
    re.I,
)
# Said behind it: "failed", "and it did not work", "has been ruled out", "is overkill".
_FAILED = re.compile(
    r"\s*(?:last\s+(?:time|year|month|week)\s+)?(?:(?:and|but)\s+(?:it|that|this|they)\s+)?"
    r"(?:failed|flopped|backfired|went\s+(?:badly|wrong)|ended\s+in|(?:(?:did|does|do|will|would)(?:\s+not|n['\u2019]?t)|wo(?:n['\u2019]?t))\s+(?:work|help|do\b)|"
    r"(?:is|are|was|were|(?:has|have|had)\s+been|(?:will|would)\s+be|seems?)\s+(?:(?:already|all|just|really|far|much|rather)\s+)*"
    r"(?:(?:ruled|voted)\s+out|rejected|refused|off\s+the\s+table|out\s+of\s+the\s+question|not\s+(?:an?\s+option|possible|suitable|wanted|allowed)|no\s+(?:good|use|option)|"
    r"overkill|too\s+(?:much|big|large|expensive|dear|formal|slow|long)|impossible|pointless|useless|a\s+(?:disaster|failure|flop|waste|shambles)))\b",
    re.I,
)
_WORKED_BADLY = re.compile(
    r"\b(?:fail|flop|backfired|went|ended|work|help|do\b|disaster|waste|shambles)", re.I
)
# "Not young people, their parents"; but "we do not hear from young people" and "no young people come" are about them.
_NEXT = r"(?:\s+(?:a|an|the|any|all|very|so|too|with|for|about|by|from))*\s+$"
_EXCLUDED = re.compile(
    rf"(?<!why )(?<!\bor )\b(?:not|(?:is|are|was|were)n['\u2019]t|no\s+longer|neither|nor|{_BUT_FOR}){_NEXT}",
    re.I,
)
_NO = re.compile(rf"\bno{_NEXT}", re.I)
# "Without experts" wants none; "decided without young people" and "not without them" are about them.
_WITHOUT = re.compile(rf"\bwithout{_NEXT}", re.I)
_LEFT_OUT = re.compile(
    r"\b(?:not|never|nothing|cannot|\w+n['\u2019]t|\w+ed|made|done|built|taken|drawn|written|run|ran|set|went|goes?|gone|happens?)\s+(?:\w+\s+){0,2}without\b",
    re.I,
)
_ENDS = re.compile(r"\s*(?:$|[.,;:!?()\n]|(?:please|and|or|but|just)\b)", re.I)


def is_refused(text: str, start: int, end: int | None = None) -> bool:
    """Whether a text refuses what stands at a place in it, by words before `start`; where `end` is given, not if it only tells what is not there."""
    before = _clause_before(text, start)
    if end is not None and (
        _MISSING.search(before) or _OTHERWISE.match(text, end) or _is_told(text, start, before)
    ):
        return False
    found = _REFUSED.search(before)
    if found and not _NOT_YET.search(before) and not _needs().match(found[0]):
        return True
    return end is not None and failed_until(text, end) > end


def _is_told(text: str, start: int, before: str) -> bool:
    """Whether words with a "no" tell what happens, and refuse nothing."""
    return bool(
        _TOLD.search(before)
        or (_ASKING.match(text, start) and _NEVER_ASKED.search(before))
        or (_VERB.match(text, start) and _CANNOT.search(before))
    )


def is_passed_over(text: str, start: int, end: int) -> bool:
    """Whether a text names what stands at a place in it as what failed, what was done already, or what something else is to be like."""
    before = _clause_before(text, start)
    return bool(
        _OTHER_THAN.search(before)
        or _DONE_ALREADY.search(before)
        or (_DONE.search(before) and _LONG_AGO.match(text, end))
        or _WORKED_BADLY.search(text, end, failed_until(text, end))
    )


def failed_until(text: str, end: int) -> int:
    """Return where the words end that say behind `end` that something failed or is out; `end` where there are none."""
    found = _FAILED.match(text[: end + WITHIN], end)
    return found.end() if found else end


def is_excluded(text: str, start: int, end: int) -> bool:
    """Whether words right before a place of a text exclude what stands there; less refuses somebody than something."""
    before = _clause_before(text, start)
    if _WITHOUT.search(before):
        return not _LEFT_OUT.search(before)
    return bool(_EXCLUDED.search(before) or (_NO.search(before) and _ENDS.match(text, end)))


def _clause_before(text: str, start: int) -> str:
    return _CLAUSE_END.split(text[max(0, start - WITHIN) : start])[-1]


@cache
def _needs() -> re.Pattern[str]:
    """Return the pattern of needs that are said with a "no", such as "not online": what follows one is not refused."""
    options = [each for facet in VOCABULARY.facets.values() if facet.fact for each in facet.options]
    said = [word for each in options for word in each.synonyms]
    negative = [re.escape(word) for word in said if re.match(rf"(?:{_NOT}|no|without|nobody)\b", word)]  # fmt: skip
    return re.compile(rf"(?:{'|'.join(negative)})\b", re.I)
