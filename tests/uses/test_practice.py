"""Ranges come from three figures or more; totals say how many reports they are of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalogue.presentation.practice_texts import practice_rows
from catalogue.search.snapshot import Snapshot
from catalogue.uses.practice import Spread, spread, totals
from catalogue.uses.use import Use

ONE = Use(
    "a",
    "harvest-jury",
    "Barnton",
    "England",
    "2025-03",
    "They met.",
    "as-before",
    people=24,
    money=900,
)
USES = [ONE, replace(ONE, people=40, currency="EUR", money=1200), replace(ONE, people=12, money=None)]  # fmt: skip


def test_a_range_needs_three_figures() -> None:
    assert spread(USES, "people") == Spread(12, 24, 40, 3)
    assert spread(USES[:2], "people") is None
    assert spread(USES, "money") is None
    assert spread([*USES, ONE], "money") == Spread(900, 900, 1000, 3)


def test_totals_name_the_number_of_reports_behind_each_sum() -> None:
    found = totals(
        [*USES, replace(ONE, method="reed-panel", what_changed="A road.", again="not-again")]
    )
    assert (found.uses, found.methods, found.changed) == (4, 2, 1)
    assert (found.people, found.money) == ((100, 4), (2800, 3))
    assert found.again == {"as-before": 3, "not-again": 1}  # fmt: skip


@pytest.mark.parametrize(("count", "rows"), [(0, 0), (2, 0), (3, 1), (4, 2)])
def test_practice_stands_beside_our_figures_from_three_reports_on(
    snapshot: Snapshot, count: int, rows: int
) -> None:
    page = snapshot.page("harvest-jury")
    assert page is not None
    assert len(practice_rows(page.method, [*USES, ONE][:count])) == rows


def test_our_figure_is_that_of_all_sizes(snapshot: Snapshot) -> None:
    page = snapshot.page("harvest-jury")
    assert page is not None
    (row,) = practice_rows(page.method, USES)
    assert (row.label, row.ours, row.practice) == (
        "People", "12 to 24 people", "12 to 40 people, in the middle 24 (3 reports)",
    )  # fmt: skip
