"""What a script needs to set methods side by side without a server: the facts of each size in words, and the words between."""

from __future__ import annotations

import math
from typing import Any

from catalogue.i18n import gettext
from catalogue.model.method import Method
from catalogue.model.sizes import SIZES, Run, runs
from catalogue.planner.steps.picked import Picked
from catalogue.presentation.plans.comparison import Cell, compare, size_name
from catalogue.search.chosen import MAX_COMPARED, Pick
from catalogue.search.snapshot import Snapshot


def comparison_data(snapshot: Snapshot) -> dict[str, Any]:
    """Return the rows, and the cells of each method by its sizes in the order of the rows, as plain values for JSON."""
    methods, rows = {}, list[dict[str, Any]]()
    for slug in snapshot.slugs:
        page = snapshot.page(slug)
        if page is None:
            continue
        sizes = {}
        for run in runs(page.method):
            facts = compare([_picked(page.method, run)])
            rows = rows or [{"label": row.label, "several": row.several, "least": row.least} for row in facts]  # fmt: skip
            sizes[run.size] = [_cell(row.cells[0]) for row in facts]
        methods[slug] = {"title": page.method.title, "sizes": sizes}
    return {
        "rows": rows,
        "methods": methods,
        "sizes": {size: size_name(size) for size in SIZES},
        "most": MAX_COMPARED,
        "texts": _texts(),
    }


def _picked(method: Method, run: Run) -> Picked:
    return Picked(Pick(method.slug, run.size), method, run, (run.size,))


def _cell(cell: Cell) -> dict[str, Any]:
    """Return a cell without what is empty; an open end is null."""
    ends = cell.ends and [cell.ends[0], None if math.isinf(cell.ends[1]) else cell.ends[1]]
    values = {"text": cell.text, "note": cell.note, "options": cell.options, "ends": ends}
    return {name: value for name, value in values.items() if value}


def _texts() -> dict[str, str]:
    """Return what the page says between the facts, as the template of the server says it."""
    return {
        "heading": gettext("Compare %(num)s methods", num="{num}"),
        "one": gettext("You have chosen one method. Choose another below to see how they differ."),
        "differ": gettext("They differ in {num} of {all} facts."),
        "caption": gettext("Facts of each method, one row for each fact"),
        "fact": gettext("Fact"),
        "same": gettext("The same"),
        "differs": gettext("Differs"),
        "unknown": gettext("Not known"),
        "only": gettext("Only here: %(listed)s", listed="{listed}"),
        "change": gettext("Change what is compared"),
        "take": gettext("Take its %(size)s", size="{size}"),
        "remove": gettext("Remove"),
    }
