"""A `Problem`: what is wrong in a file and where, as a code and values that make its message.

Everything that reads method files yields problems instead of raising.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from catalogue.i18n import gettext
from catalogue.model.codes import CODES, Severity, Wording
from catalogue.model.letters import fold
from catalogue.model.unprintable import escape

# How many characters of what was found a message shows.
# A fix repeats a text whole up to this length, so that it can be copied.
MAX_REPEATED = 300
MAX_SHOWN = 80

# Plain values, because problems are stored as JSON.
Value = str | int | float | list[str]
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Problem:
    """One thing to fix. An error keeps its file off the site; a warning does not.

    A reminder asks for a review and never counts as a fault, so that time alone fails nobody.
    `line` and `column` count from 1. `code` and `variant` name a wording of codes.yaml, `values` fill it in;
    KeyError comes from the message of a problem whose wording or value is missing.
    """

    code: str
    path: str
    line: int
    column: int
    values: Values = field(default_factory=dict, hash=False)
    variant: str = ""

    @property
    def severity(self) -> Severity:
        """How much the problem counts."""
        return CODES[self.code].severity

    @property
    def wording(self) -> Wording:
        """The templates of the message."""
        return CODES[self.code].wordings[self.variant]

    @property
    def message(self) -> str:
        """What is wrong, as a sentence without its full stop."""
        return fill(self.wording.text, self.values)

    @property
    def fix(self) -> str:
        """How to fix it, in whole sentences."""
        templates = [self.wording.fix]
        if self.wording.hint and all(map(self.values.get, named(self.wording.hint))):
            templates.append(self.wording.hint)
        return " ".join(fill(template, self.values) for template in templates)

    @property
    def sentences(self) -> str:
        """What is wrong and how to fix it, on one line, with escapes for what cannot be printed."""
        return escape(f"{self.message}. {self.fix}")

    def __str__(self) -> str:
        kind = "" if self.severity == "error" else f"{self.severity}: "
        return (
            f"{escape(self.path)}:{self.line}:{self.column}: {kind}{self.sentences} [{self.code}]"
        )

    def __lt__(self, other: Problem) -> bool:
        """Order by file, line, column, code, the `place` that its values give it, then message."""
        mine, theirs = (
            (problem.path, problem.line, problem.column, problem.code) for problem in (self, other)
        )
        if mine == theirs:
            places = [int(str(problem.values.get("place", 0))) for problem in (self, other)]
            return (places[0], self.message, self.fix) < (places[1], other.message, other.fix)
        return mine < theirs


class _Template(string.Formatter):
    """Fills in a template; `{name!t}` stands for a value, or several, to be translated."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        if conversion == "t":
            return " ".join(map(gettext, [value] if isinstance(value, str) else value))
        return super().convert_field(value, conversion)


_TEMPLATE = _Template()


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Return a template of codes.yaml in the language of the site, filled in. Raises KeyError if a value is missing."""
    return _TEMPLATE.vformat(gettext(template), (), values)


def named(template: str) -> list[str]:
    """Return the names of the values in a template."""
    return [name for _, name, _, _ in _TEMPLATE.parse(template) if name]


def shown(found: str, limit: int = MAX_SHOWN) -> str:
    """Return what was found as messages show it: a long text is cut, with dots in place of the rest."""
    return found if len(found) <= limit else f"{found[:limit].rstrip()} …"


def nearest(
    word: str,
    known: Iterable[str],
    cutoff: float = 60,
    synonyms: Mapping[str, str] | None = None,
) -> str:
    """Return the known word that `word` was probably meant to be, or "" if none is close.

    `cutoff` says how close, in percent: 100 is the same word but for capitals. `synonyms` maps other words
    people use, in lowercase, to the known one they mean.
    """
    word = fold(word).strip()
    if synonyms and word in synonyms:
        return synonyms[word]
    match = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=cutoff)
    return match[0] if match else ""
