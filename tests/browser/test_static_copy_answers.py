"""The scripts of the copy without a server answer as the server does, over the real methods; run in a real browser."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from catalogue.planner.steps.picked import look_up
from catalogue.presentation.plans.comparison import compare
from catalogue.search.chosen import MAX_COMPARED, Pick
from catalogue.search.snapshot import Snapshot
from catalogue.settings import PROJECT
from catalogue.web.static_site.scripts import as_script

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.browser"]

Load = Callable[..., Page]


@pytest.fixture(scope="module")
def load(chromium: Browser, real: Snapshot) -> Iterator[Load]:
    """Return a function that gives an empty page with data and scripts of the copy of the real methods."""
    context = chromium.new_context()

    def make(data: str, *scripts: str) -> Page:
        page = context.new_page()
        page.add_script_tag(content=as_script(data, real))
        for name in ("parts", *scripts):
            page.add_script_tag(path=PROJECT / "static" / "exported" / f"{name}.js")
        return page

    yield make
    context.close()


def test_it_compares_as_the_server_does(load: Load, real: Snapshot) -> None:
    dice = random.Random(21)
    sizes = [Pick(card.slug, run.size) for card in real.cards for run in card.runs]
    asked = [dice.sample(sizes, dice.randint(1, MAX_COMPARED)) for _ in range(60)]
    page = load("comparison", "compare")
    answers = page.evaluate(
        "(all) => all.map((values) => COPY.compare(COPY.readPicks(values)))",
        [[str(pick) for pick in picks] for picks in asked],
    )
    assert answers == [[_row(row) for row in compare(look_up(real, picks))] for picks in asked]


def _row(row: Any) -> dict[str, Any]:
    cells = [{"text": c.text, "note": c.note, "apart": c.apart} for c in row.cells]
    return {"label": row.label, "cells": cells, "same": row.same}
