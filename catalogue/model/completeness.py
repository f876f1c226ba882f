"""How complete and how fresh a method is, by rules that are published.

Used when the catalogue is built (each page shows its score) and by `catalogue check`; the rules
stand on the page /about/quality.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from catalogue.i18n import N_
from catalogue.model.method import Method, Section
from catalogue.vocabulary import VOCABULARY

WORDS_LEAST, WORDS_MOST = 500, 900
REVIEW_AFTER_MONTHS = 24
# A page with fewer points is called thin. One with everything but people in all, sizes, steps, harm and the whole of inclusion
# has 70.
THIN = 70


# What a rule of several facts calls each of them where only some are missing.
FACTS = {
    "people_in_all": N_("How many people in all."),
    "participant_hours": N_("Time for participants."),
    "lead_time_weeks": N_("Time to organise."),
    "audience": N_("Audience."),
    "level": N_("Level."),
    "format": N_("Format."),
    "recruitment": N_("Recruitment."),
    "facilitation": N_("Facilitation."),
    "stage": N_("Stage."),
    "kind": N_("Kind."),
    "family": N_("Family."),
    "outcomes": N_("Outcomes."),
    "staff_days": N_("Staff days."),
    "handles_conflict": N_("How it copes with conflict."),
    "handles_complexity": N_("How it copes with complexity."),
    "talk": N_("How much people talk together."),
    "decision_capable": N_("Whether it can decide."),
}


@dataclass(frozen=True)
class Rule:
    """One thing a complete method has, and its points out of 100; `reads` are the fields it depends on.

    Where it says no more, it holds for a method that has all of them.
    """

    name: str
    points: int
    meaning: str
    reads: tuple[str, ...]
    says: Callable[[Method], bool] | None = None

    def holds(self, method: Method) -> bool:
        """Whether a method meets the rule."""
        if self.says:
            return self.says(method)
        return all(getattr(method, name) for name in self.reads)

    def lacking(self, method: Method) -> list[str]:
        """Return what to add to a method that does not meet the rule: nothing that it has."""
        facts = [name for name in self.reads if name in FACTS]
        missing = [name for name in facts if not getattr(method, name)]
        return [FACTS[name] for name in missing] if missing != facts else [self.meaning]


def body_words(method: Method) -> int:
    """Return the number of words of a method's text, without its headings and its optional sections."""
    return sum(len(section.markdown.split()) for section in _required(method))


def _required(method: Method) -> tuple[Section, ...]:
    return tuple(s for s in method.sections if not VOCABULARY.sections[s.id].optional)


def _whole_text(method: Method) -> bool:
    ids = tuple(section.id for section in _required(method))
    return ids == VOCABULARY.required_sections and WORDS_LEAST <= body_words(method) <= WORDS_MOST


def _real_case(method: Method) -> bool:
    return any(case.place and case.year and case.outcome for case in method.cases)


def _inclusion(method: Method) -> bool:
    said = {*method.inclusion, *method.inclusion_possible, *method.inclusion_unsuitable}
    return said == set(VOCABULARY.facets["inclusion"].values)


RULES = (
    Rule("text", 15, N_("A text of 500 to 900 words under all eleven headings."),
         ("sections",), _whole_text),
    Rule("case", 10, N_("A real case with place, year and what came of it."), ("cases",), _real_case),
    Rule("sources", 5, N_("Two sources or more."), ("sources",), lambda m: len(m.sources) >= 2),
    Rule("independent-source", 10, N_("A source whose publisher does not promote the method."),
         ("sources",), lambda m: any(source.independent for source in m.sources)),
    Rule("cost", 10, N_("A cost, with where it comes from."), ("cost",)),
    Rule("numbers", 10, N_("People in all, time for participants and time to organise."),
         ("people_in_all", "participant_hours", "lead_time_weeks")),
    Rule("light", 5, N_("A smaller run; a body that must be founded needs none."),
         ("light", "existing_body"), lambda m: bool(m.light) or m.existing_body == "must-be-founded"),
    Rule("timeline", 5, N_("Its steps in weeks."), ("timeline",)),
    Rule("conditions", 5, N_("Audience, level, format, recruitment and facilitation."),
         ("audience", "level", "format", "recruitment", "facilitation")),
    Rule("judgements", 5, N_("Stage, kind, family, outcomes, staff days, how it copes with conflict "
         "and complexity, how much people talk together, and whether it can decide."),
         ("stage", "kind", "family", "outcomes", "staff_days", "handles_conflict", "handles_complexity",
          "talk", "decision_capable")),
    Rule("inclusion", 5, N_("For each of the seven grounds of inclusion whether it is built in, possible "
         "or unsuitable."), ("inclusion", "inclusion_possible", "inclusion_unsuitable"), _inclusion),
    Rule("harm", 5, N_("What harm it can do."), ("can_harm",)),
    Rule("not-for", 5, N_("Two things or more that it will not deliver."),
         ("not_for",), lambda m: len(m.not_for) >= 2),
    Rule("related", 5, N_("Three related methods or more."), ("related",),
         lambda m: len(m.related) >= 3),
)  # fmt: skip


@dataclass(frozen=True)
class Completeness:
    """The score of a method, from 0 to 100, and the names of the rules it does not meet."""

    score: int
    missing: tuple[str, ...]


def completeness(method: Method, unread: Collection[str] = ()) -> Completeness:
    """Add up the points of the rules a method meets; those about fields that could not be read count as met."""
    missing = tuple(
        rule.name for rule in RULES if not set(unread) & set(rule.reads) and not rule.holds(method)
    )
    return Completeness(sum(rule.points for rule in RULES if rule.name not in missing), missing)


def review_due(last_reviewed: date | None) -> date | None:
    """Return the day on which a method should be read through again; None if it never was."""
    if last_reviewed is None:
        return None
    months = last_reviewed.month - 1 + REVIEW_AFTER_MONTHS
    year, month = last_reviewed.year + months // 12, months % 12 + 1
    # The 29th to 31st may not exist in that month; the 28th always does.
    return date(year, month, min(last_reviewed.day, 28))
