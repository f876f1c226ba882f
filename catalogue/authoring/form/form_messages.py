"""The message of a problem as the form words it: by labels and boxes, not by fields and quotation marks."""

from __future__ import annotations

from catalogue.authoring.form.question_texts import ASKED
from catalogue.model.problems import Problem, fill

LABELS = {name: label for name, (label, _) in ASKED.items()}


def in_form(problem: Problem) -> tuple[str, str]:
    """Return what is wrong and how to fix it, where the form words it differently; else as for files."""
    wording, values = problem.wording, {**problem.values, "label": LABELS}
    message = fill(wording.form_text, values) if wording.form_text else problem.message
    return message, fill(wording.form_fix, values) if wording.form_fix else problem.fix
