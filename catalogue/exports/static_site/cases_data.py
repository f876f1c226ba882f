"""What a script needs to filter the cases without a server: the value of each case for each filter."""

from __future__ import annotations

from typing import Any

from catalogue.i18n import gettext
from catalogue.search.cases import FILTERS
from catalogue.search.snapshot import Snapshot


def cases_data(snapshot: Snapshot) -> dict[str, Any]:
    """Return the filters, and the values of each case in their order by the slug of its page, as plain values for JSON."""
    return {
        "filters": list(FILTERS),
        "cases": {e.page: [value_of(e) for value_of in FILTERS.values()] for e in snapshot.cases},
        "none": gettext("No case matches all of this. Take one of the filters away, or use fewer words."),
    }  # fmt: skip
