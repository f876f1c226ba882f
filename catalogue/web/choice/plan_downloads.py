"""A plan as a file: Markdown for a report, CSV for a spreadsheet, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from catalogue.exports.csv_files import safe_cell
from catalogue.i18n import gettext
from catalogue.planner.steps.costs import Estimate
from catalogue.planner.steps.totals import Total, Totals
from catalogue.presentation.plans.estimate_texts import EstimateText
from catalogue.presentation.plans.step_texts import StepText, SumText, timeline_note


@dataclass(frozen=True)
class PlanToWrite:
    """Everything of a plan that a file holds; `whole` is the estimate of all steps together, `because` their reason."""

    address: str
    steps: Sequence[StepText]
    sums: Sequence[SumText]
    texts: Sequence[EstimateText]
    totals: Totals
    estimates: Sequence[Estimate]
    whole: str
    because: str


def as_markdown(plan: PlanToWrite) -> str:
    """Write a plan as Markdown."""
    lines = [f"# {gettext('My plan')}", "", plan.address, ""]
    if plan.because:
        lines += [f"{gettext('Why these steps:')} {_plain(plan.because)}", ""]
    lines += [f"## {gettext('Steps')}", ""]
    for step, text in zip(plan.steps, plan.texts, strict=True):
        lines += [f"{step.number}. **{step.name}** ({step.weeks})"]
        facts = (step.figures, step.hands_on, step.gap)
        lines += [f"   - {fact}" for fact in facts if fact]
        estimated = gettext("Estimated from prices: %(sums)s", sums=text.whole)
        lines += [f"   - {estimated}"]
        lines += [f"     - {line.part}: {line.sum}" for line in text.lines]
        lines += [f"   - {text.warning}"] if text.warning else []
    lines += ["", timeline_note(plan.totals)] if len(plan.steps) > 1 else []
    lines += ["", f"## {gettext('Together')}", ""]
    for sum_ in plan.sums:
        remarks = " ".join(part for part in (sum_.verdict, sum_.note) if part)
        lines.append(f"- {sum_.label}: {sum_.text}{f' ({remarks})' if remarks else ''}")
    lines.append(f"- {gettext('Estimated from prices, all in')}: {plan.whole}")
    return "\n".join([*lines, ""])


def as_csv(plan: PlanToWrite) -> str:
    """Write a plan as CSV with one row for each step."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(
        ["step", "method", "size", "stages", "weeks_low", "weeks_high", "staff_days_low", "staff_days_high",
         "estimate_outside_low", "estimate_outside_high", "estimate_whole_low", "estimate_whole_high", "timeline"]
    )  # fmt: skip
    for step, made in zip(plan.steps, plan.estimates, strict=True):
        run = step.picked.run
        writer.writerow(
            [step.number, safe_cell(step.picked.method.title), run.size, safe_cell(step.stages),
             *_ends(run.weeks), *_ends(run.staff_days),
             *(round(end) for end in (*made.outside, *made.whole)), step.weeks]
        )  # fmt: skip
    return table.getvalue()


def as_json(plan: PlanToWrite) -> str:
    """Write a plan as JSON."""
    steps = [
        {
            "slug": step.picked.pick.slug,
            "size": step.picked.run.size,
            "title": step.picked.method.title,
            "stages": list(step.picked.method.stage),
            "weeks": _ends(step.picked.run.weeks),
            "staff_days": _ends(step.picked.run.staff_days),
            "outcomes": list(step.picked.method.outcomes),
            "hands_on": step.hands_on,
            "gap": step.gap,
            "estimate_gbp": {
                "priced": [round(end, 2) for end in made.priced],
                "outside": [round(end, 2) for end in made.outside],
                "whole": [round(end, 2) for end in made.whole],
                "amounts": {name: list(span) for name, span in made.amounts.items()},
            },
        }
        for step, made in zip(plan.steps, plan.estimates, strict=True)
    ]
    totals = {name: _total(getattr(plan.totals, name)) for name in vars(plan.totals)}
    return (
        json.dumps(
            {"address": plan.address, "because": plan.because, "steps": steps, "totals": totals},
            indent=2,
        )
        + "\n"
    )


def _plain(text: str) -> str:
    """Return what a visitor typed so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|!~&])", r"\\\1", text)


def _total(total: Total) -> dict[str, object]:
    high = None if total.high is None else round(total.high, 2)
    return {"low": round(total.low, 2), "high": high, "unknown": list(total.unknown)}


def _ends(numbers: object) -> list[float | None]:
    return [getattr(numbers, "low", None), getattr(numbers, "high", None)]


# By format: its content type, the ending of the file, and what writes it.
DOWNLOADS: dict[str, tuple[str, str, Callable[[PlanToWrite], str]]] = {
    "markdown": ("text/markdown; charset=utf-8", "md", as_markdown),
    "csv": ("text/csv; charset=utf-8", "csv", as_csv),
    "json": ("application/json", "json", as_json),
}
