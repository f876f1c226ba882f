"""What a script needs of each method to filter the list without a server: its options, and its figures by size."""

from __future__ import annotations

from typing import Any

from catalogue.i18n import ngettext
from catalogue.model.method import POSSIBLE
from catalogue.model.sizes import SIZED_FACETS, Run
from catalogue.search.cards import Card
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import UNKNOWN, VOCABULARY


def list_data(snapshot: Snapshot) -> dict[str, Any]:
    """Return the filters, the methods in the order of titles, and the heading for each number of them, for JSON."""
    numbers = range(len(snapshot.cards) + 1)
    plain = [facet.name for facet in VOCABULARY.filters if facet.name not in SIZED_FACETS]
    return {
        "facets": plain,
        "sized": list(SIZED_FACETS),
        "values": {facet.name: [*facet.values, UNKNOWN] for facet in VOCABULARY.filters},
        "ranges": {name: span.single == "at-most" for name, span in VOCABULARY.ranges.items()},
        "headings": [ngettext("%(num)s method", "%(num)s methods", number) for number in numbers],
        "skips": [
            ngettext("Skip to %(num)s result", "Skip to %(num)s results", number)
            for number in numbers
        ],
        "methods": {card.slug: _method(card, plain) for card in snapshot.cards},
    }


def _method(card: Card, facets: list[str]) -> dict[str, Any]:
    options = {name: [*card.choices.get(name, ()), *card.possible.get(name, ())] for name in facets}
    return {
        "options": {name: values or [UNKNOWN] for name, values in options.items()},
        "made_for": {
            name: [value for value in options[name] if value not in card.possible[name]]
            or [UNKNOWN]
            for name in POSSIBLE
        },
        "runs": [_run(run) for run in card.runs],
    }


def _run(run: Run) -> dict[str, Any]:
    """Return the options and the ends of the ranges of a size; an end of None is open, a range of None not known."""
    ranges = {name: run.number_range(name) for name in VOCABULARY.ranges}
    return {
        **{facet: list(run.choices(facet)) or [UNKNOWN] for facet in SIZED_FACETS},
        **{name: [numbers.low, numbers.high] if numbers else None for name, numbers in ranges.items()},
    }  # fmt: skip
