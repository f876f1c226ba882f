"""Writes the summary of a check as Markdown: how it ended, every problem, and how each method will look.

GitHub shows it on the page of the run, where annotations end at ten. The facts are worded as on the pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.authoring.check.check_files import Checked
from catalogue.authoring.check.output_formats import markdown, summary_table
from catalogue.i18n import gettext
from catalogue.model.method import Method
from catalogue.presentation.glance import glance

MAX_PREVIEWS = 20


def summary(checked: Checked, verdict: str) -> str:
    """Return the whole summary in Markdown; `verdict` is the closing line of the check."""
    parts = [["## Check of the method files"], [markdown(verdict)], [*summary_table(checked)]]
    methods = [reading.method for reading in checked.readings if reading.method]
    if 0 < len(methods) <= MAX_PREVIEWS:
        parts += [[*_preview(method)] for method in methods]
    elif methods:
        parts.append([f"Previews are made for up to {MAX_PREVIEWS} methods at a time."])
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _preview(method: Method) -> Iterator[str]:
    """Yield title, summary and facts as they will stand on the page."""
    yield f"### {markdown(method.title)}"
    yield ""
    yield markdown(method.summary)
    yield ""
    yield "| at a glance | |"
    yield "| --- | --- |"
    for row in glance(method):
        fact = " ".join(part for part in (row.text, row.note) if part)
        yield f"| {markdown(row.label)} | {markdown(fact or gettext('Not known'))} |"
