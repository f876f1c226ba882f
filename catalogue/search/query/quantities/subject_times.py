"""Times that a text is about: past ones, and those that something lasts. They are no time there is for a result."""

from __future__ import annotations

import re

_CLAUSE_END = re.compile(r"[.,;:!?()\u2013]\s|\bbut\b|\x00", re.I)
# What is said behind a time that is past, or belongs to somebody or something: "ago", "late", "in hospital".
_AFTER = re.compile(
    r"(?:['\u2019]s?)?\s+(?:ago|earlier|previously|late|later|overdue|behind|old|older|younger|since|following|away|pregnant|premature|sober|clean|"
    r"after(?!\s+(?:that|which|this|today|now)\b)|"
    r"(?:of\s+)?(?:waits?|waiting|delays?|closures?|roadworks|disruption|backlog|experience|silence|neglect|austerity|campaigning|"
    r"treatment|pregnancy|service|lockdown|unemployment|sick\s+leave)\b|in\s+(?:hospital|prison|care|custody|jail|arrears|detention|the\s+job)|"
    r"on\s+(?:the|a)\s+(?:waiting\s+)?list|for\s+(?:an?|their|your|the)\s+(?:\w+\s+)?(?:appointment|operation|diagnosis|repair|bus|ambulance|"
    r"scan|bed|house|home|flat|gp|doctor|dentist)|from\s+(?:here|town|the\s+nearest)|by\s+(?:bus|car|train|foot|taxi|bike)|"
    r"(?:(?:bus|train|car|boat|ferry|taxi|round)\s+)?(?:drive|ride|journey|commute|flight|trip)\b|walk\s+(?:away|from|to)\b|"
    r"to\s+(?:get\s+(?:there|here|home|to\b)|reach\b|travel\b|drive\b|walk\b|be\s+seen\b|answer\s+the\s+phone))",
    re.I,
)
# "We can wait six weeks" is a time there is; "patients wait 18 weeks" is not.
_WAITING = re.compile(r"(?<!can )(?<!cannot )(?<!can't )(?<!can\u2019t )(?<!could )(?<!will )(?<!to )\b(?:wait(?:s|ed|ing)?|queue[sd]?|queuing)\b(?:\s+(?!have\b|got\b)[\w'\u2019-]+){0,3}\s*$", re.I)  # fmt: skip
# What lay or went on for a time, is past or belongs to the matter. "Been given three months" is a time there is.
_STATE = re.compile(
    r"\b(?:shut|closed?|suspended|blocked|flooded|delayed|missing|empty|derelict|abandoned|boarded\s+up|homeless|unemployed|off\s+(?:sick|work)|out\s+of\s+(?:action|order|work)|"
    r"without\s+(?:\w+\s+){1,3}|stood|lain|ran|lived?|living|lives|worked|campaigned|argued|fought|complained|married|sentenced|"
    r"been(?!\s+(?:given|granted|allowed|told|asked\s+to|funded|offered))(?:\s+(?!have\b|has\b|got\b|need\b|must\b)[\w'\u2019-]+){0,5}?)\s*$",
    re.I,
)
_GOING_ON = re.compile(
    r"\b(?:been|was|were|'s|are|is)\s+(?:\w+ly\s+)?(?:waiting|asking|complaining|trying|arguing|fighting|living|working|campaigning|talking|running|closed|shut|empty|stuck|homeless)"
    r"(?:\s+(?!have\b|has\b|got\b|need\b|must\b)[\w'\u2019-]+){0,4}\s*$",
    re.I,
)
# "Nobody has answered for more than three weeks" is how long it has been so.
_PERFECT = re.compile(
    r"\b(?:has|have|had|ha(?:s|ve|d)n['\u2019]t)\s+(?:(?:not|never|only|just)\s+)?(?!asked|needed|allowed|planned|booked|decided|agreed|budgeted)\w+(?:ed|en|own|one|eard|ept|eft|old)\b"
    r"(?:\s+[\w'\u2019-]+){0,4}\s+for(?:\s+(?:more\s+than|over|at\s+least|nearly|almost|about|some|around))*\s*$",
    re.I,
)
_FOR = re.compile(r"\bfor\b", re.I)
# Words that stand right before a time, or before what leads to its number ("about", "nearly").
_BEFORE = re.compile(
    r"\b(?:(?:the|this|these|past|previous|our|their)\s+(?:last|past|previous|first)|past|previous|first|after|since|lasted|took(?:\s+(?:us|me|him|her|them|you))?|spent|waited|serv(?:es?|ed|ing)|"
    r"(?:lease|contract|licen[cs]e|sentence|warranty|tenancy|loan|term|guarantee)\s+(?:of|for|is|runs|lasts))\s*$",
    re.I,
)
_LEAD = re.compile(r"(?:\s*\b(?:about|around|roughly|some|nearly|almost|over|more\s+than|just|only|another|at\s+least|up\s+to|for|in)\b)+\s*$", re.I)  # fmt: skip
# What takes or lasts its own time, and nobody's who is asked.
_TAKES_ITS_TIME = re.compile(
    r"\b(?:bus(?:es)?|trains?|journeys?|trips?|drive|commute|ambulances?|ferry|travel|appointments?|roadworks|works|building|construction|repairs?|demolition|"
    r"refurbishment|rebuilding|treatment|recovery|diversion|closure|outage|(?:the|our|their|each|every)\s+(?:\w+\s+){0,2}?(?:meeting|shift|course|lesson)s?(?=\s+(?:lasts?|lasted|takes?)\b))\b"
    r"(?:\s+[\w'\u2019-]+){0,3}?\s+(?:runs?|is|are|takes?|lasts?|took|lasted|of)\s*$",
    re.I,
)
# The time of those who run it: "half a day of staff time", "two officers, half a day".
_THEIR_TIME = re.compile(
    r"\s+of\s+(?:(?:our|the|my|paid|council)\s+)*(?:staff(?:ing)?|officers?|workers?|team|my|our|own|paid)(?:['\u2019]s?)?\s+time\b",
    re.I,
)
_THEY_HAVE = re.compile(
    r"\b(?:a|one|two|three|four|five|six|seven|eight|nine|[1-9])\s+(?:[a-z-]+\s+)?(?:staff|officers?|colleagues?|workers?|volunteers?|councillors?|"
    r"members?\s+of\s+(?:our\s+)?staff)(?:\s+members?)?\s*,?\s*(?:(?:and|for|with|have|has|plus|only|about)\s+)*$",
    re.I,
)


def is_organisers(text: str, start: int, end: int) -> bool:
    """Whether a time from `start` to `end` is that of the few who run something."""
    return bool(_THEIR_TIME.match(text, end) or _THEY_HAVE.search(text[:start]))


def is_past_or_described(text: str, number: int, end: int) -> bool:
    """Whether the time whose number begins at `number` and which ends at `end` is past, or that of what a text is about."""
    before, after = _CLAUSE_END.split(text[:number])[-1], text[end:]
    if (
        _AFTER.match(after)
        or _WAITING.search(before)
        or _GOING_ON.search(before)
        or _PERFECT.search(before)
    ):
        return True
    bare = _LEAD.sub(" ", before)
    led = before[len(bare.rstrip()) :]
    if _BEFORE.search(bare) or _BEFORE.search(before) or _TAKES_ITS_TIME.search(bare):
        return True
    return bool(_FOR.search(led) and _STATE.search(bare))
