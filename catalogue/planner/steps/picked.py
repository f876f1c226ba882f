"""The methods that somebody chose, looked up in a build: each with its method and the figures of its size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.model.method import Method
from catalogue.model.sizes import USUAL, Run, runs
from catalogue.search.chosen import Pick
from catalogue.search.parameters import Notice, readable
from catalogue.search.snapshot import Snapshot


@dataclass(frozen=True)
class Picked:
    """A pick whose method exists: the method, the run in the size chosen, and all sizes that it has."""

    pick: Pick
    method: Method
    run: Run
    sizes: tuple[str, ...]


def look_up(
    snapshot: Snapshot, picks: Iterable[Pick], notices: list[Notice] | None = None
) -> tuple[Picked, ...]:
    """Return the picks that are in a build, in their order; what is not is left out and noticed.

    A size that the method does not have becomes its usual run, once.
    """
    noticed = notices if notices is not None else []
    found: dict[Pick, Picked] = {}
    for pick in picks:
        page = snapshot.page(pick.slug)
        if page is None:
            noticed.append(Notice("method-unknown", "m", readable(pick.slug)))
            continue
        own = {run.size: run for run in runs(page.method)}
        if pick.size not in own:
            noticed.append(Notice("size-missing", "m", readable(str(pick))))
        run = own.get(pick.size, own[USUAL])
        kept = Pick(pick.slug, run.size)
        found.setdefault(kept, Picked(kept, page.method, run, tuple(own)))
    return tuple(found.values())
