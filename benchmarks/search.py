"""Measures the catalogue beside SQLite FTS5 and tantivy, at several sizes, in one run.

`python -m benchmarks.search --sizes 100 1000 5000`. All engines get the same documents and the same
requests. Each row is printed as it is measured; one that fails says why, and the next one goes on.
"""

from __future__ import annotations

import argparse
import gc
import math
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

from flask import Flask

from benchmarks.generate import REAL_METHODS, generate
from benchmarks.peer_fts5 import FTS5Peer
from benchmarks.peers import Peer, PeerDocument, folder_size, read_document, read_documents
from benchmarks.queries import KINDS, make_requests, recombined
from benchmarks.relevance import print_relevance
from benchmarks.report import Table, compared, compared_heads, machine, spread_heads, spread_row
from benchmarks.timing import (
    Spread,
    fetch,
    median_seconds,
    pages_per_second,
    race,
    run_worker,
    seconds_of,
    timed,
)
from catalogue.build.builder import build
from catalogue.search.engine import search
from catalogue.search.live_build import freeze_objects
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.settings import read_settings
from catalogue.web import create_app
from catalogue.web.middleware.response_cache import ResponseCache

CALLS = 240
WARM_UP = 20
FULL_PAGE = "three words, three filters"
MIXED = ("three words", "three words, three filters", "three filters, no words")
EDIT = "This sentence was added by a measurement."
MB = 1_000_000


class Bench:
    """One size: its method files, its build, the peers filled with the same documents."""

    def __init__(self, scratch: Path, count: int, seed: int, budget: float) -> None:
        """Generate the files; `budget` is how many seconds one kind of request may take."""
        self.scratch, self.count, self.seed, self.budget = scratch, count, seed, budget
        self.methods, self.index = scratch / "methods", scratch / "search_index"
        self.peers: list[Peer] = []
        # Above a thousand methods a build takes minutes, so that one has to do.
        self.runs = 3 if count <= 1000 else 1
        self.short_runs = 5 if count <= 1000 else 3
        generate(self.methods, count, seed)
        self.documents: list[PeerDocument] = []

    def app(self, reload: bool = False) -> Flask:
        """Return a fresh application over the build that makes each page anew, also a second time."""
        settings = replace(
            read_settings({}), methods_dir=self.methods, index_dir=self.index, reload=reload
        )
        app = create_app(settings)
        app.extensions["page_cache"].responses = ResponseCache(max_responses=0)
        return app

    def requests(self, kind: str, count: int = CALLS, seed: int = 0) -> list[str]:
        """Return addresses of result pages."""
        made = make_requests(kind, self.documents, count, seed or self.seed)
        return [f"/methods{request.query()}" for request in made]


def print_building(bench: Bench, peers: list[type[Peer]]) -> Path:
    """Build everything from nothing, and again without a change; return the build's folder."""
    indexes = [bench.scratch / f"build-{run}" for run in range(bench.runs - 1)] + [bench.index]
    with timed("catalogue.build.builder.write_index") as indexing_times:
        full_times = [seconds_of(partial(build, bench.methods, index)) for index in indexes]
    full, indexing = statistics.median(full_times), statistics.median(indexing_times)
    reading = seconds_of(lambda: bench.documents.extend(read_documents(bench.methods)))
    peer_times = []
    for peer_class in peers:
        tries = [peer_class(bench.scratch / f"{peer_class.name}-{n}") for n in range(bench.runs)]
        built = [seconds_of(partial(peer.build, bench.documents)) for peer in tries]
        peer_times.append(statistics.median(built))
        bench.peers.append(tries[-1])
    table = Table(compared_heads("building", [p.name for p in bench.peers], "runs"))
    from_files = [reading + seconds for seconds in peer_times]
    table.row(compared("full build, from files", full, from_files, bench.runs, "s"))
    table.row(compared("– of it, writing the index", indexing, peer_times, bench.runs, "s"))
    # A process that builds holds nothing of the peers that its garbage collector would traverse.
    freeze_objects()
    none = [None] * len(peers)
    unchanged = median_seconds(partial(build, bench.methods, bench.index), bench.short_runs)
    table.row(compared("unchanged rebuild", unchanged, none, bench.short_runs, "s"))
    result = build(bench.methods, bench.index)
    if result.made or result.manifest.methods != bench.count:
        raise RuntimeError("The build is not whole, or was made again without need.")
    folder = result.folder
    sizes = [peer.size() / MB for peer in bench.peers]
    table.row(compared("size of the index", folder_size(folder / "index") / MB, sizes, 1, "MB"))
    table.row(compared("size of the whole build", folder_size(folder) / MB, none, 1, "MB"))
    table.end()
    return folder


def print_queries(bench: Bench, folder: Path) -> None:
    """Send all engines the same requests, in turns; each kind meets a newly opened build."""
    table = Table(spread_heads("search with all counts, ms", [p.name for p in bench.peers]))
    for kind in KINDS:
        with table.attempt(kind):
            _print_kind(table, bench, folder, kind)
    table.end()


def _print_kind(table: Table, bench: Bench, folder: Path, kind: str) -> None:
    runners = _runners(bench, folder)
    race(runners, make_requests(kind, bench.documents, WARM_UP, bench.seed + 1), bench.budget)
    requests = make_requests(kind, bench.documents, CALLS, bench.seed)
    spreads = race(runners, requests, bench.budget)
    table.row(spread_row(kind, spreads))
    if kind == FULL_PAGE:
        again = recombined(requests[: len(spreads[0].sorted)], bench.seed)
        table.row(spread_row("– in words asked for before", race(runners, again, bench.budget)))


def _runners(bench: Bench, folder: Path) -> list[Callable[[SearchRequest], object]]:
    """Open the build anew, as a worker process does: prepared, and frozen for the garbage collector."""
    snapshot = Snapshot(folder)
    snapshot.prepare()
    freeze_objects()
    return [partial(search, snapshot), *(peer.search for peer in bench.peers)]


def print_pages(bench: Bench) -> None:
    """Fetch whole pages through Flask's test client."""
    table = Table(spread_heads("page as HTML, ms", []))
    label = "filtered results page (three words, three filters)"
    with table.attempt(label):
        client = bench.app().test_client()
        client.get("/methods")
        freeze_objects()
        for address in bench.requests(FULL_PAGE, WARM_UP, bench.seed + 1):
            client.get(address)
        table.row(spread_row(label, race([client.get], bench.requests(FULL_PAGE), bench.budget)))
    label = "method page, first visit"
    with table.attempt(label):
        table.row(spread_row(label, [_method_pages(bench)]))
    table.end()


def _method_pages(bench: Bench) -> Spread:
    """Visit each method once in each of as many fresh applications as it takes."""
    slugs = [document.words.slug for document in bench.documents]
    Random(bench.seed).shuffle(slugs)
    taken: list[float] = []
    for _ in range(math.ceil(CALLS / (len(slugs) - 1))):
        client = bench.app().test_client()
        client.get(f"/methods/{slugs[0]}")
        spread = race([client.get], [f"/methods/{slug}" for slug in slugs[1 : CALLS + 1]], bench.budget)  # fmt: skip
        taken += [ms / 1000 for ms in spread[0].sorted]
    return Spread(taken)


def print_process(bench: Bench) -> None:
    """Measure what one worker process takes: to start, in memory, and for many pages."""
    addresses = [address for kind in MIXED for address in bench.requests(kind, 80)]
    addresses += [f"/methods/{document.words.slug}" for document in bench.documents[:60]]
    Random(bench.seed).shuffle(addresses)
    table = Table(["one worker process", "ours", "runs"])
    with table.attempt("start of Python to first page"):
        starts = [run_worker(bench.methods, bench.index, "/methods") for _ in range(bench.short_runs)]  # fmt: skip
        runs = str(len(starts))
        first_page = statistics.median(worker.first_page for worker in starts)
        memory = statistics.median(worker.memory for worker in starts) / MB
        table.row(["start of Python to first page", f"{first_page:.2f} s", runs])
        table.row(["memory after one page", f"{memory:.0f} MB", runs])
    label = f"memory after {len(addresses) + 1} pages"
    with table.attempt(label):
        busy = run_worker(bench.methods, bench.index, "/methods", addresses)
        table.row([label, f"{busy.memory / MB:.0f} MB", "1"])
    with table.attempt("pages per second"):
        _print_rates(table, bench, addresses)
    table.end()


def _print_rates(table: Table, bench: Bench, addresses: list[str]) -> None:
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "Hello")
    app = bench.app()
    fetch(app, addresses[0])
    freeze_objects()
    bare_rate = pages_per_second(bare, ["/"], bench.budget / 4)
    for label, requested in (
        ("filtered results pages", bench.requests(FULL_PAGE)),
        ("mixed pages", addresses),
    ):
        rate = pages_per_second(app, requested, bench.budget / 4)
        share = f"{rate:,.0f} ({rate / bare_rate:.1%} of a bare Flask page)"
        table.row([f"{label} per second", share, "1"])
    table.row(["bare Flask pages per second", f"{bare_rate:,.0f}", "1"])


def print_edit(bench: Bench) -> None:
    """Change some files, one at a time, and wait until the new page is served."""
    label = "one edited file, until its page is served"
    table = Table(compared_heads("editing", [p.name for p in bench.peers], "runs"))
    with table.attempt(label):
        app = bench.app(reload=True)
        slugs = [document.words.slug for document in bench.documents]
        fetch(app, f"/methods/{slugs[0]}")
        ours: list[float] = []
        theirs: list[list[float]] = [[] for _ in bench.peers]
        for slug in Random(bench.seed).sample(slugs, bench.short_runs):
            path = bench.methods / f"{slug}.md"
            path.write_text(f"{path.read_text(encoding='utf-8')}\n{EDIT}\n", encoding="utf-8")
            ours.append(seconds_of(partial(_serve_edited, app, slug)))
            for peer, times in zip(bench.peers, theirs, strict=True):
                times.append(seconds_of(partial(_update, peer, bench.methods, slug)))
        medians = [statistics.median(times) for times in theirs]
        table.row(compared(label, statistics.median(ours), medians, bench.short_runs, "s"))
    table.end()


def _serve_edited(app: Flask, slug: str) -> None:
    if EDIT not in fetch(app, f"/methods/{slug}").decode("utf-8"):
        raise RuntimeError(f"The page of {slug} is served as it was before the edit.")


def _update(peer: Peer, methods: Path, slug: str) -> None:
    """Read and render the file again and give it to a peer, which has no pages to serve."""
    peer.update(read_document(methods, slug))


def measure(
    count: int, seed: int, budget: float, peers: list[type[Peer]], building_only: bool
) -> None:
    """Measure one size and print its tables."""
    print(f"## {count:,} methods\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        bench = Bench(Path(folder), count, seed, budget)
        built = print_building(bench, peers)
        if building_only:
            return
        print_queries(bench, built)
        print_pages(bench)
        print_process(bench)
        print_edit(bench)
        for peer in bench.peers:
            peer.close()
    gc.unfreeze()


def all_peers() -> list[type[Peer]]:
    """Return the peers that can be used here."""
    peers: list[type[Peer]] = [FTS5Peer]
    with suppress(ImportError):
        from benchmarks.peer_tantivy import TantivyPeer

        peers.append(TantivyPeer)
    return peers


def main() -> None:
    """Read the command line, measure, print; end with 1 if a row failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 5000], help="methods")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other texts")
    parser.add_argument("--seconds", type=float, default=20, help="at most, for a kind of request")
    parser.add_argument("--queries", type=Path, help="a YAML file of queries, for relevance")
    parser.add_argument("--building", action="store_true", help="measure building alone, without peers")  # fmt: skip
    given = parser.parse_args()
    peers = [] if given.building else all_peers()
    print(f"{machine()}.\n", flush=True)
    if given.queries:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            print_relevance(given.queries, REAL_METHODS, Path(folder), peers)
    for count in given.sizes:
        try:
            measure(count, given.seed, given.seconds, peers, given.building)
        except Exception as error:
            Table.failures += 1
            print(f"\n{count:,} methods failed: {error or type(error).__name__}\n", flush=True)
    sys.exit(bool(Table.failures))


if __name__ == "__main__":
    main()
