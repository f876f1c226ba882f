"""Which kinds of steps a process needs for some answers, those first that can least be left out."""

from __future__ import annotations

from catalogue.planner.answers import Answers
from catalogue.planner.push_back import holds
from catalogue.planner.rules import Rules, StepKind

# What is taken for the main purpose where none was answered.
ANY_PURPOSE = "understand-needs"


def wanted_kinds(answers: Answers, rules: Rules) -> list[StepKind]:
    """Return the kinds of steps: what each purpose is met in, what other answers ask for, and the rest for the main purpose.

    They may be more than `most_steps`: what comes later takes the place of one for which no method fits.
    """
    process = rules.process
    if answers.nothing_open:
        return [process.kinds[name] for name in process.nothing_open]
    main, *others = answers.purpose or (ANY_PURPOSE,)
    asked = [rule.step for rule in process.asked_by if all(holds(key, wanted, answers) for key, wanted in rule.when.items())]  # fmt: skip
    # Where other answers ask for a stage, or the main purpose has it anyway, no further kind of step is added to it.
    asked_at = {process.kinds[name].stage: name for name in asked}
    usual = [asked_at.get(process.kinds[name].stage, name) for name in process.steps[main]]
    first_at = {process.kinds[name].stage: name for name in reversed(usual)} | asked_at
    further = [process.steps[purpose][0] for purpose in others]
    early = [first_at.get(process.kinds[name].stage, name) for name in (*further, *asked)]
    return [process.kinds[name] for name in dict.fromkeys((usual[0], *early, *usual))]


def most_steps(answers: Answers, rules: Rules) -> int:
    """Return how many steps a process may have: fewer where there is hardly time for another invitation and answer."""
    short = rules.process.short_of_time
    hurried = answers.weeks is not None and answers.weeks <= short.weeks
    return short.steps if hurried else rules.process.most_steps
