"""Measures whole requests over the network of this machine: our pages, a bare Flask page, and Datasette.

`python -m benchmarks.serving` prints the tables; README.md says how long that takes. All run with the same
server and workers, in turns, so that they meet the same noise; figures are medians of the runs.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random

from benchmarks import peer_datasette, servers
from benchmarks.generate import REAL_METHODS, generate
from benchmarks.peers import PeerDocument, read_documents
from benchmarks.queries import make_requests, recombined
from benchmarks.report import figure, machine, table
from benchmarks.servers import Load, Server
from catalogue.build.builder import build
from catalogue.search.search_request import SearchRequest

FULL_PAGE = "three words, three filters"
PATTERNS = 900
# So many searches are typed again and again, each time with filters that nobody chose with them before.
SEARCHES = 300
# More different addresses than one run of wrk can ask for.
FRESH_EACH_SECOND = 3000
WARM = 100
# Each page is asked for this share of the time before the clock starts; for searches that come again with
# other filters, long enough for their words to be read.
WARM_UP, WARM_UP_COLD = 0.4, 1.0
# Each of the searches some twenty times; then they come again.
WARM_UP_PAGES = 6_000
BARE, HOME, METHOD = "bare Flask page", "home page", "method pages"
COLD, KEPT, API = "filtered search, cold", "filtered search, warm", "/api/v1/methods"
NEW = "filtered search, words new too"
PEER, PEER_THREE = (
    "Datasette, search and the same seven facets",
    "Datasette, search and three facets",
)
PEER_JSON = "Datasette, three facets, as JSON"
PEER_CONNECTIONS = (1, 2)


@dataclass(frozen=True)
class Given:
    """What the command line asks for."""

    seconds: float
    runs: int
    connections: Sequence[int]
    workers: int
    encoding: str
    seed: int


@dataclass(frozen=True)
class Target:
    """One row of the table: which server, and which addresses each run asks for."""

    name: str
    server: Server
    addresses: Callable[[], list[str]]


class Addresses:
    """Addresses made from the words and options of the methods themselves; fresh ones never come twice."""

    def __init__(self, documents: list[PeerDocument], seed: int) -> None:
        """Take the words of the documents; the same documents and seed give the same addresses."""
        self.slugs = [document.words.slug for document in documents]
        self.requests = make_requests(FULL_PAGE, documents, PATTERNS, seed)
        self._fresh = self._make(seed)
        self._refiltered = self._refilter(seed)

    def _make(self, seed: int) -> Iterator[SearchRequest]:
        """Yield requests without end: real words, mixed anew, with real choices of filters."""
        seen: set[str] = set()
        for again in itertools.count():
            for request in recombined(self.requests, seed + again):
                if (query := request.query()) not in seen:
                    seen.add(query)
                    yield request

    def _refilter(self, seed: int) -> Iterator[SearchRequest]:
        """Yield each of some searches with the filters of each of the others, in a random order."""
        words = dict.fromkeys(request.words for request in self.requests[:SEARCHES])
        filters = {request.with_words("").query(): request for request in self.requests}
        pairs = list(itertools.product(words, filters.values()))
        Random(seed).shuffle(pairs)
        for typed, request in pairs:
            yield request.with_words(typed)

    def fresh(self, count: int) -> list[SearchRequest]:
        """Return requests that nobody asked before."""
        return list(itertools.islice(self._fresh, count))

    def cold(self, count: int) -> list[str]:
        """Return addresses of results pages that nobody asked for before; their words may have been."""
        return [f"/methods{r.query()}" for r in itertools.islice(self._refiltered, count)]

    def new(self, count: int) -> list[str]:
        """Return addresses of results pages with words that nobody put together before."""
        return [f"/methods{request.query()}" for request in self.fresh(count)]

    def random(self, count: int, seed: int) -> list[str]:
        """Return addresses of all kinds: searches, methods, JSON, and some that lead nowhere."""
        rng = Random(seed)
        made = []
        for address in self.new(count):
            slug = rng.choice(self.slugs)
            others = (f"/methods/{slug}", f"/api/v1/methods/{slug}", f"/{rng.random()}",
                      address.replace("/methods", "/api/v1/methods", 1))  # fmt: skip
            made.append(address if rng.random() < 0.7 else rng.choice(others))
        return made


def targets(
    bare: Server, site: Server, apart: Server, addresses: Addresses, fresh: int
) -> list[Target]:
    """Return what is measured on our side.

    New words push what is known of others out of memory, so they are asked of a site of their own, `apart`.
    """
    warm = addresses.cold(WARM)
    methods = [f"/methods/{slug}" for slug in addresses.slugs[:WARM]]
    return [
        Target(BARE, bare, lambda: ["/"]),
        Target(HOME, site, lambda: ["/"]),
        Target(METHOD, site, lambda: methods),
        Target(COLD, site, lambda: addresses.cold(fresh)),
        Target(KEPT, site, lambda: warm),
        Target(API, site, lambda: ["/api/v1/methods"]),
        Target(NEW, apart, lambda: addresses.new(fresh)),
    ]


def peer_targets(peer: Server, addresses: Addresses) -> list[Target]:
    """Return what is measured of Datasette."""
    three = peer_datasette.THREE
    pages = {
        PEER: [peer_datasette.page(r) for r in addresses.fresh(FRESH_EACH_SECOND)],
        PEER_THREE: [peer_datasette.page(r, three) for r in addresses.fresh(FRESH_EACH_SECOND)],
        PEER_JSON: [peer_datasette.page(r, three, ".json") for r in addresses.fresh(FRESH_EACH_SECOND)],
    }  # fmt: skip
    return [Target(name, peer, lambda made=made: made) for name, made in pages.items()]  # type: ignore[misc]


def measure(rows: Sequence[tuple[Target, int]], given: Given) -> dict[tuple[str, int], Load]:
    """Ask for everything in turns, as often as there are runs; return the medians."""
    seen: dict[tuple[str, int], list[Load]] = {}
    for _ in range(given.runs):
        for target, connections in rows:
            # Cold pages push all others out of memory, and words are read when first asked for. The cold
            # addresses of the warm-up are others than those of the measurement.
            warm_up = given.seconds * (WARM_UP_COLD if target.name == COLD else WARM_UP)
            servers.load(target.server, target.addresses(), 16, warm_up, given.encoding)
            made = target.addresses()
            load = servers.load(target.server, made, connections, given.seconds, given.encoding)
            if target.name in (COLD, NEW) and load.requests > len(made):
                raise RuntimeError("More was asked than there are fresh addresses.")
            seen.setdefault((target.name, connections), []).append(load)
    return {key: _median(loads) for key, loads in seen.items()}


def _median(loads: Sequence[Load]) -> Load:
    middle = statistics.median
    return Load(
        sum(load.requests for load in loads),
        middle(load.rate for load in loads),
        middle(load.p50 for load in loads),
        middle(load.p99 for load in loads),
        sum(load.failed for load in loads),
    )


def print_loads(loads: dict[tuple[str, int], Load], given: Given) -> None:
    """Print requests per second and times, and the share of the bare page at as many connections."""
    rows = []
    for (name, connections), load in loads.items():
        limit = loads.get((BARE, connections))
        share = f"{load.rate / limit.rate:.0%}" if limit else "–"
        rows.append([name, str(connections), figure(load.rate), share, figure(load.p50),
                     figure(load.p99), str(load.failed), str(given.runs)])  # fmt: skip
    heads = ["page", "connections", "requests/s", "of bare Flask", "p50 ms", "p99 ms", "failed", "runs"]  # fmt: skip
    table(heads, rows)


def print_needs(loads: dict[tuple[str, int], Load], given: Given) -> None:
    """Print what the catalogue needs beside what was measured."""
    busiest = max(given.connections)
    middle = sorted(given.connections)[len(given.connections) // 2]
    limit = loads[BARE, middle].rate
    rows = [
        [f"warm results page, of bare Flask ({middle} connections)", "80% or more",
         f"{loads[KEPT, middle].rate / limit:.0%}"],
        [f"cold filtered search, of bare Flask ({middle} connections)", "25% or more",
         f"{loads[COLD, middle].rate / limit:.0%}"],
        [f"p99 of the slowest page at {busiest} connections", "under 100 ms",
         f"{figure(max(loads[name, busiest].p99 for name in (HOME, METHOD, COLD, NEW, KEPT, API)))} ms"],
    ]  # fmt: skip
    if (PEER, 1) in loads:
        ours = loads[COLD, middle].rate / given.workers
        for peer in (PEER, PEER_THREE):
            theirs = max(loads[peer, connections].rate for connections in PEER_CONNECTIONS)
            rows.append([f"cold filtered search per process ÷ {peer}, per process",
                         "15 or more", figure(ours / theirs)])  # fmt: skip
    table(["need", "needed", "measured"], rows)


def print_memory(found: Sequence[tuple[str, Server, float]]) -> None:
    """Print what the heaviest worker of each server holds."""
    rows = [[name, f"{before:.0f} MB", f"{server.memory():.0f} MB"] for name, server, before in found]  # fmt: skip
    table(["memory of the heaviest worker", "at the start", "at the end"], rows)


def print_growth(site: Server, addresses: Addresses, requests: int, given: Given) -> None:
    """Ask for random addresses and print what the heaviest worker holds on the way."""
    rows, asked = [["0", f"{site.memory():.1f} MB"]], 0
    for chunk in itertools.count():
        if asked >= requests:
            break
        made = addresses.random(round(FRESH_EACH_SECOND * given.seconds), given.seed + chunk)
        load = servers.load(site, made, 16, given.seconds, given.encoding)
        asked += load.requests
        rows.append([f"{asked:,}", f"{site.memory():.1f} MB"])
    table(["random addresses asked for", "memory of the heaviest worker"], rows)


def prepare(folder: Path, count: int, seed: int) -> tuple[Path, Path]:
    """Return the folders of the methods and of their build; 0 means the real methods."""
    methods, index = REAL_METHODS, folder / "search_index"
    if count:
        methods, index = folder / f"methods-{count}", folder / f"index-{count}"
        if not methods.exists():
            generate(methods, count, seed)
    print(f"{build(methods, index).manifest.methods:,} methods.\n", flush=True)
    return methods, index


def run(folder: Path, asked: argparse.Namespace, given: Given) -> None:
    """Start the servers, measure, print."""
    methods, index = prepare(folder, asked.methods, given.seed)
    addresses = Addresses(list(read_documents(methods)), given.seed)
    size = (given.workers, asked.threads)
    with ExitStack() as stack:
        bare = stack.enter_context(servers.bare(*size, folder / "bare.log"))
        site = stack.enter_context(servers.site(methods, index, *size, folder / "site.log"))
        apart = stack.enter_context(servers.site(methods, index, *size, folder / "apart.log"))
        found = [("bare Flask", bare, bare.memory()), ("the site", site, site.memory()),
                 ("the site asked with new words", apart, apart.memory())]  # fmt: skip
        ours = targets(bare, site, apart, addresses, round(FRESH_EACH_SECOND * given.seconds))
        rows = [(target, c) for c in given.connections for target in ours]
        if not asked.no_datasette:
            database = folder / "methods.db"
            database.unlink(missing_ok=True)
            peer_datasette.make_database(database, list(read_documents(methods)))
            peer = stack.enter_context(servers.datasette(database, folder / "datasette.log"))
            found.append(("Datasette", peer, peer.memory()))
            rows += [(target, c) for c in PEER_CONNECTIONS for target in peer_targets(peer, addresses)]  # fmt: skip
        if asked.warm_up:
            servers.load(site, addresses.cold(WARM_UP_PAGES), 16, asked.warm_up, given.encoding)
        loads = measure(rows, given)
        print_loads(loads, given)
        print_needs(loads, given)
        print_memory(found)
    if asked.growth:
        with servers.site(methods, index, *size, folder / "growth.log") as site:
            print_growth(site, addresses, asked.growth, given)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--methods", type=int, default=0, help="so many made-up methods in place of the real ones")  # fmt: skip
    parser.add_argument("--seconds", type=float, default=5, help="how long one run asks for one kind of page")  # fmt: skip
    parser.add_argument("--runs", type=int, default=3, help="how often; the medians are printed")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64], help="visitors at a time")  # fmt: skip
    parser.add_argument("--workers", type=int, default=2, help="processes of each server; Datasette has one")  # fmt: skip
    parser.add_argument("--threads", type=int, default=4, help="threads of each process")
    parser.add_argument("--warm-up", type=float, default=0, help="seconds of cold pages before anything is measured, so that the words have been read")  # fmt: skip
    parser.add_argument("--encoding", default="gzip, deflate, br", help="what visitors accept; identity for no compression")  # fmt: skip
    parser.add_argument("--growth", type=int, default=0, help="then ask for so many random addresses and watch the memory")  # fmt: skip
    parser.add_argument("--folder", type=Path, help="where made-up methods and their build are kept for the next time")  # fmt: skip
    parser.add_argument("--no-datasette", action="store_true", help="leave Datasette out")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other addresses")
    asked = parser.parse_args()
    if not asked.no_datasette and find_spec("datasette") is None:
        parser.error("Datasette is not installed. Install the benchmarks extra, or use --no-datasette.")  # fmt: skip
    given = Given(asked.seconds, asked.runs, asked.connections, asked.workers, asked.encoding, asked.seed)  # fmt: skip
    print(f"{machine()}.\n{given.workers} workers with {asked.threads} threads, "
          f"visitors accept {given.encoding}. ", end="", flush=True)  # fmt: skip
    if asked.folder:
        asked.folder.mkdir(parents=True, exist_ok=True)
        run(asked.folder, asked, given)
        return
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        run(Path(folder), asked, given)


if __name__ == "__main__":
    main()
