"""What a script needs to plan without a server: the rules, and of each method what they ask of it, with its texts.

The points of effort are exported as they are summed up, because logarithms differ in their last digit between programs.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from catalogue.i18n import gettext
from catalogue.model.method import Method, Range
from catalogue.model.sizes import Run
from catalogue.planner.answers import COUNCIL, FREE, HIRERS, ONE_OF, POPULATION, SEVERAL_OF
from catalogue.planner.limits import FACILITATION
from catalogue.planner.plan import MAX_RESULTS
from catalogue.planner.plan_methods import plan_methods
from catalogue.planner.ranking import LABELS as ORDER_OF_LABELS
from catalogue.planner.rules import Rules, load_rules
from catalogue.planner.scores import DEGREES, HALF_A_YEAR, LEVELS, SHARING, effort
from catalogue.planner.steps.costs import estimate
from catalogue.planner.steps.kinds import ANY_PURPOSE
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.process import AROUND, STAGES
from catalogue.presentation.formatting import sums_text
from catalogue.presentation.plans.plan_texts import (
    ASKED,
    HOW,
    LABELS,
    LIMITS,
    NO_REASON,
    OF_USUAL_RUN,
    TAKEN_OFF,
    option_text,
)
from catalogue.presentation.size_views import NAMES, size_figures
from catalogue.search.chosen import Pick
from catalogue.search.snapshot import Snapshot
from catalogue.validation.guides import load_guidance
from catalogue.vocabulary import VOCABULARY

# The fields of a method that rules ask for; of those with a text for each option, the options alone.
FIELDS = (
    "title", "summary", "family", "kind", "purposes", "supports", "audience", "audience_possible", "level", "recruitment",
    "stage", "outcomes", "handles_conflict", "handles_complexity", "existing_body", "decision_capable", "inclusion",
    "inclusion_possible", "inclusion_unsuitable", "can_harm",
)  # fmt: skip
# The answers whose options are named in a reason.
SAID = ("purpose", "audience", "level", "output", "recruitment")


def planner_data(snapshot: Snapshot) -> dict[str, Any]:
    """Return the rules, the methods in the order of titles, the order of options and all texts, as plain values for JSON."""
    known, rules = plan_methods(snapshot), load_rules()
    methods = [
        {"slug": slug, **_facts(method), "runs": [_run(slug, method, run, rules) for run in known.runs[slug]]}
        for slug, method in known.methods.items()
    ]  # fmt: skip
    return {
        "methods": methods,
        "rules": _rules(rules),
        "oneOf": ONE_OF,
        "severalOf": {name: {"options": options, "most": most} for name, (options, most) in SEVERAL_OF.items()},
        "orders": {"level": LEVELS, "degree": DEGREES, "facilitation": FACILITATION, "stage": STAGES},
        "population": POPULATION,
        "sharing": {"levels": SHARING, "weeks": HALF_A_YEAR},
        "most": MAX_RESULTS,
        "labels": ORDER_OF_LABELS,
        "anyPurpose": ANY_PURPOSE,
        "around": AROUND,
        "hirers": {"money": COUNCIL, "none": FREE},
        "texts": _texts(),
    }  # fmt: skip


def _facts(method: Method) -> dict[str, Any]:
    facts = {name: getattr(method, name) for name in FIELDS}
    plain = {name: list(value) if isinstance(value, dict) else value for name, value in facts.items()}  # fmt: skip
    return {**plain, "will_not": method.not_for[0] if method.not_for else ""}


def _run(slug: str, method: Method, run: Run, rules: Rules) -> dict[str, Any]:
    """Return the figures of a size, its effort as points by name, its least outside cost by who hires rooms, and all that it takes in words."""
    picked = Picked(Pick(slug, run.size), method, run, ())
    return {
        "size": run.size,
        "people": run.people and [run.people.low, run.people.high],
        "counts": run.people.counts if run.people else "",
        **{name: _ends(run.number_range(name)) for name in ("weeks", "budget", "hours")},
        "facilitation": run.facilitation,
        "format": run.format,
        "unsuitable": list(run.unsuitable),
        "effort": {point.how: point.points for point in effort(run, rules)},
        "outside": {hire: estimate(picked, {}, hire).outside[0] for hire in HIRERS},
        "figures": size_figures(run),
        "cost": sums_text(run.cost) if run.cost else "",
        "gives_up": run.gives_up,
    }


def _ends(numbers: Range | None) -> list[float | None] | None:
    return [numbers.low, numbers.high] if numbers else None


def _rules(rules: Rules) -> dict[str, Any]:
    """Return the rules with what is said in the language of the site; a rule of law by its title."""
    titles = {rule.slug: rule.title for rule in load_guidance().rules}
    plain = asdict(rules)
    plain["public_includes"] = sorted(rules.public_includes)
    plain["adjacent"] = sorted(map(sorted, rules.adjacent))
    for note in plain["push_back"]:
        note["text"] = gettext(note["text"])
        note["title"] = titles.get(note["rule"], "")
    return plain


def _texts() -> dict[str, Any]:
    """Return what the page says, as the templates of the server say it."""
    options = {name: _options(name) for name in SAID}
    return {
        "labels": {label: gettext(text) for label, text in LABELS.items()},
        "sizes": {size: gettext(text) for size, text in NAMES.items()},
        "stages": {o.value: gettext(o.label) for o in VOCABULARY.facets["stage"].options},
        "asked": {name: gettext(text) for name, text in ASKED.items()},
        "limits": {name: gettext(text) for name, text in LIMITS.items()},
        "how": {f"{name} {how}": gettext(text, option="{option}") for (name, how), text in HOW.items()},
        "off": {name: gettext(text) for name, text in TAKEN_OFF.items()},
        "options": options,
        "unknown": gettext("Its page does not say."),
        "usual_run": {f"{name} {how}": gettext(text) for (name, how), text in OF_USUAL_RUN.items()},
        "no_reason": gettext(NO_REASON),
        "usual_too": gettext("Your money would pay the usual run too: it costs %(sum)s.", sum="{sum}"),
        "process": gettext("A short process"),
        "single": gettext("Single methods"),
        "passing": gettext("Methods that break none of your limits: %(num)s.", num="{num}"),
        "alphabet": gettext("You have not said what you need or from whom, so they stand from A to Z."),
        "because": gettext("Because"),
        "check": gettext("Check"),
        "will_not": gettext("It will not give you"),
        "not_known": gettext("We do not know"),
        "sum": gettext("The sum: %(points)s points", points="{points}"),
        "for": gettext("For"),
        "points": gettext("Points"),
        "of": gettext("Of"),
        "compare": gettext("Compare"),
        "notes": gettext("Before you go on"),
        "judgement": gettext("our judgement"),
        "answers": gettext("Your answers"),
        "again": gettext("Suggest again"),
    }  # fmt: skip


def _options(name: str) -> dict[str, str]:
    values = ONE_OF.get(name) or SEVERAL_OF[name][0]
    return {value: option_text(name, value) for value in values}
