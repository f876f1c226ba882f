"""Says a problem of a file as it looks from the form: by labels and boxes, not by fields and quoting.

Between authoring/form/form_data.py, which finds each problem its question, and the page. A problem that names nothing
of a file is said as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from catalogue.authoring.form.questions import ASKED
from catalogue.model.fields import FIELDS, Field
from catalogue.model.problems import Problem

# What is wrong and how to mend it, as a pair.
Said = tuple[str, str]
_FOUND = re.compile(r'\("(.*)"\)$')
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_NUMBER = "Write a number in figures. For example: 12."
_DAY = "Write year, month and day. For example: 2026-11-23."


def _names(fields: tuple[Field, ...]) -> set[str]:
    return {name for field in fields for name in (field.name, *_names(field.fields))}


# A field at the beginning of a message: '"summary" is', "last_reviewed lies", "cost has".
_SUBJECT = re.compile(
    rf'^"?(?:{"|".join(sorted(_names(FIELDS), key=len, reverse=True))})"? (?=is|has|holds|lies|begins|takes)'
)


def in_form(problem: Problem) -> Problem:
    """Say a problem as it looks from the form, where it is said otherwise than of a file.

    There are no quotation marks to leave out in a box, and no field whose name has to be written.
    """
    say = _SAID.get(problem.code)
    what, mend = say(problem) if say else (problem.what, problem.mend)
    return replace(problem, what=_SUBJECT.sub("this answer ", what, count=1), mend=mend)


def _missing(problem: Problem) -> Said:
    return "this answer is missing", problem.mend.removeprefix("Add it: ")


def _empty(_: Problem) -> Said:
    return "this text is missing", "Write it, if only two lines."


def _found_with(what: str, mend: str) -> Callable[[Problem], Said]:
    """Say what was found: the text in brackets at the end of the message."""

    def say(problem: Problem) -> Said:
        found = _FOUND.search(problem.what) or _IN_BRACKETS.search(problem.what)
        return what.format(found[1] if found else "this"), mend

    return say


def _nought(problem: Problem) -> Said:
    # Of all that YAML reads otherwise, the form writes only this without quotation marks.
    return re.sub(r"^\w+ (.*), which YAML .*", r"this answer \1", problem.what), problem.mend


def _reversed(problem: Problem) -> Said:
    words = {name: f"“{ASKED[known][0]}”" for name, known in _ENDS.items()}
    what = problem.what.partition(", ")[2]
    return re.sub(r"\b(?:min|max|low|high)\b", lambda name: words[name[0]], what), problem.mend


_ENDS = {"min": "min", "max": "max", "low": "cost-low", "high": "cost-high"}


def _band_computed(problem: Problem) -> Said:
    band, low, high = (ASKED[f"cost-{name}"][0] for name in ("band", "low", "high"))
    mend = f"Choose nothing at “{band}”, or take out one of “{low}” and “{high}”."
    what = problem.what.replace(
        "cost has both figures, so its", "both figures are given, so the cost"
    )
    return what, mend


def _band_missing(_: Problem) -> Said:
    band, low, high = (ASKED[f"cost-{name}"][0] for name in ("band", "low", "high"))
    what = f"“{band}” is not chosen, and it takes two figures to work it out"
    return what, f"Choose one, or give “{low}” and “{high}”."


def _list_long(problem: Problem) -> Said:
    what = re.sub(r"^\w+ has (\d+) entries", r"there are \1 answers", problem.what)
    return what, problem.mend


def _review_due(problem: Problem) -> Said:
    day = ASKED["last_reviewed"][0]
    return problem.what, problem.mend.replace("change last_reviewed", f"answer “{day}” anew")


_SAID: dict[str, Callable[[Problem], Said]] = {
    "field-missing": _missing,
    "section-empty": _empty,
    "number-unreadable": _found_with("“{}” is not a number", _NUMBER),
    "number-large": _found_with("{} is too large a number", "Check it."),
    "yaml-trap": _nought,
    "date-unreadable": _found_with("“{}” is not a date", _DAY),
    "range-reversed": _reversed,
    "cost-band-computed": _band_computed,
    "cost-band-missing": _band_missing,
    "list-long": _list_long,
    "review-due": _review_due,
}
CODES_SAID = tuple(_SAID)
