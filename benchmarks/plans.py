"""How long the planner's pages take: suggestions, methods side by side, and a plan of steps, none of them kept.

`python -m benchmarks.plans` prints the table, with 150 methods unless `--size` says otherwise. Each page is asked for with
other answers or methods each time. Beside the time on the clock stands our own processor time, which other programs
do not lengthen.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice, product
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.report import Table, machine, number
from benchmarks.timing import Spread, fetch
from catalogue.build.builder import build
from catalogue.search.live_build import freeze_objects
from catalogue.settings import read_settings
from catalogue.vocabulary import VOCABULARY
from catalogue.web import create_app

CALLS, WARM_UP = 60, 10
WORDS = (
    "We+have+a+few+weeks+and+our+director+wants+a+meeting,+but+nobody+knows+why+people+stay+away."
)


def answers(words: bool) -> Iterator[str]:
    """Yield addresses of suggestions, each with other answers."""
    purposes, audiences = (VOCABULARY.facets[name].values for name in ("purpose", "audience"))
    said = f"&text={WORDS}" if words else ""
    for weeks, audience, purpose in product((6, 12, 26), audiences, purposes):
        yield (
            f"/plan?purpose={purpose}&level=involve&audience={audience}&people=20-40&weeks={weeks}&budget=9000"
            f"&conflict=high&must=low-literacy{said}"
        )  # fmt: skip


def sets(path: str, slugs: list[str], size: int, more: str = "") -> Iterator[str]:
    """Yield addresses of pages that are made of some methods, each with others."""
    for first in range(len(slugs)):
        chosen = islice(cycle(slugs), first, first + size)
        yield f"{path}?{'&'.join(f'm={slug}' for slug in chosen)}{more}"


def main() -> None:
    """Print a row for each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=150)
    size = parser.parse_args().size
    print(f"{machine()}; {size} methods\n")
    with tempfile.TemporaryDirectory() as scratch:
        methods, index = Path(scratch, "methods"), Path(scratch, "index")
        generate(methods, size)
        build(methods, index)
        app = create_app(replace(read_settings({}), methods_dir=methods, index_dir=index))
        slugs = sorted(path.stem for path in methods.glob("*.md"))
        wanted = "&weeks=30&budget=60000&purpose=deliberate&audience=local-residents"
        table = Table(["page as HTML, ms", "p50", "p95", "p99", "processor, p50", "calls"])
        for label, addresses in (
            ("plan: suggestions", answers(words=False)),
            ("plan: suggestions, with own words", answers(words=True)),
            ("compare: four methods", sets("/compare", slugs, 4)),
            ("plan of three steps", sets("/plan/steps", slugs, 3)),
            ("plan of three steps, with answers", sets("/plan/steps", slugs, 3, wanted)),
        ):
            with table.attempt(label):
                for address in islice(addresses, WARM_UP):
                    fetch(app, address)
                freeze_objects()
                clock, own = [], []
                for address in islice(addresses, CALLS):
                    began = time.perf_counter(), time.process_time()
                    fetch(app, address)
                    clock.append(time.perf_counter() - began[0])
                    own.append(time.process_time() - began[1])
                spread = Spread(clock)
                cells = [spread.p50, spread.at(95), spread.at(99), statistics.median(own) * 1000]
                table.row([label, *map(number, cells), str(len(clock))])
        table.end()


if __name__ == "__main__":
    main()
