"""Measures whole requests over the network of this machine: our pages, a bare Flask page, and Datasette.

`python -m benchmarks.serving` prints the tables; README.md says how long that takes. All run with the same
server and workers, in turns, so that they meet the same noise. Each run is printed as it is measured, and the medians at
the end; a run of wrk that fails is printed with what wrk said, and the next one goes on.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks import peer_datasette, servers
from benchmarks.addresses import Addresses
from benchmarks.generate import REAL_METHODS, generate
from benchmarks.peers import read_documents
from benchmarks.report import NONE, Table, machine, number
from benchmarks.servers import Load, Server, WrkError
from catalogue.build.builder import build

# More different addresses than one run of wrk can request.
ADDRESSES_PER_SECOND = 3000
WARM = 100
# Each page is requested for this share of the time before the clock starts; for searches that come again with
# other filters, long enough for their words to be read.
WARM_UP, WARM_UP_COLD = 0.4, 1.0
# Each of the searches some twenty times; then they come again.
WARM_UP_PAGES = 6_000
BARE, HOME, METHOD = "bare Flask page", "home page", "method pages"
COLD_SEARCH, WARM_SEARCH, API = "filtered search, cold", "filtered search, warm", "/api/v1/methods"
NEW_SEARCH = "filtered search, words new too"
OURS = (HOME, METHOD, COLD_SEARCH, NEW_SEARCH, WARM_SEARCH, API)
PEER, PEER_THREE = (
    "Datasette, search and the same seven facets",
    "Datasette, search and three facets",
)
PEER_JSON = "Datasette, three facets, as JSON"
PEER_CONNECTIONS = (1, 2)


@dataclass(frozen=True)
class Options:
    """What the command line sets."""

    seconds: float
    runs: int
    connections: Sequence[int]
    workers: int
    encoding: str
    seed: int


@dataclass(frozen=True)
class Target:
    """What one row measures: a server, and the addresses that each run requests of it."""

    name: str
    server: Server
    addresses: Callable[[], list[str]]


# The successful runs of each row: a target's name and a number of connections.
Loads = dict[tuple[str, int], list[Load]]


def targets(
    bare: Server, site: Server, new_site: Server, addresses: Addresses, count: int
) -> list[Target]:
    """Return what is measured on our side.

    New words push others out of the caches, so they are requested of a site of their own.
    """
    warm = addresses.cold(WARM)
    methods = [f"/methods/{slug}" for slug in addresses.slugs[:WARM]]
    return [
        Target(BARE, bare, lambda: ["/"]),
        Target(HOME, site, lambda: ["/"]),
        Target(METHOD, site, lambda: methods),
        Target(COLD_SEARCH, site, lambda: addresses.cold(count)),
        Target(WARM_SEARCH, site, lambda: warm),
        Target(API, site, lambda: ["/api/v1/methods"]),
        Target(NEW_SEARCH, new_site, lambda: addresses.new(count)),
    ]


def peer_targets(peer: Server, addresses: Addresses) -> list[Target]:
    """Return what is measured of Datasette."""
    three = peer_datasette.THREE
    requests = addresses.new_requests(3 * ADDRESSES_PER_SECOND)
    pages = {
        PEER: [peer_datasette.page(r) for r in requests[::3]],
        PEER_THREE: [peer_datasette.page(r, three) for r in requests[1::3]],
        PEER_JSON: [peer_datasette.page(r, three, ".json") for r in requests[2::3]],
    }
    return [Target(name, peer, lambda made=made: made) for name, made in pages.items()]  # type: ignore[misc]


def measure(rows: Sequence[tuple[Target, int]], options: Options) -> Loads:
    """Measure all rows in turns, as often as there are runs, and print each run as it ends."""
    loads: Loads = {(target.name, connections): [] for target, connections in rows}
    table = Table(["each run", "run", "connections", "requests/s", "p50 ms", "p99 ms", "failed"])
    for run in range(1, options.runs + 1):
        for target, connections in rows:
            with table.attempt(target.name, str(run), str(connections)):
                load = _load(target, connections, options)
                loads[target.name, connections].append(load)
                table.row([target.name, str(run), str(connections), number(load.rate),
                           number(load.p50), number(load.p99), str(load.failed)])  # fmt: skip
    table.end()
    return loads


def _load(target: Target, connections: int, options: Options) -> Load:
    """Warm a target up and measure it once. Raises WrkError."""
    # Cold pages push all others out of memory, and words are read when first searched for. The cold
    # addresses of the warm-up are others than those of the measurement.
    warm_up = options.seconds * (WARM_UP_COLD if target.name == COLD_SEARCH else WARM_UP)
    servers.load(target.server, target.addresses(), 16, warm_up, options.encoding)
    made = target.addresses()
    load = servers.load(target.server, made, connections, options.seconds, options.encoding)
    if target.name in (COLD_SEARCH, NEW_SEARCH) and load.requests > len(made):
        raise WrkError(f"{load.requests:,} requests were made of {len(made):,} fresh addresses.")
    return load


def medians(loads: Loads) -> dict[tuple[str, int], Load]:
    """Return the median of the runs of each row, with all its failed responses; rows without a run are left out."""
    middle = statistics.median
    return {
        row: Load(
            sum(load.requests for load in runs),
            middle(load.rate for load in runs),
            middle(load.p50 for load in runs),
            middle(load.p99 for load in runs),
            sum(load.failed for load in runs),
        )
        for row, runs in loads.items()
        if runs
    }


def print_loads(loads: Loads) -> None:
    """Print the medians: requests per second, times, and the share of the bare page at as many connections."""
    found = medians(loads)
    table = Table(["page, medians", "connections", "requests/s", "of bare Flask", "p50 ms", "p99 ms", "failed", "runs"])  # fmt: skip
    for (name, connections), runs in loads.items():
        load = found.get((name, connections))
        cells = [NONE] * 5
        if load:
            cells = [number(load.rate), _share(load, found.get((BARE, connections))),
                     number(load.p50), number(load.p99), str(load.failed)]  # fmt: skip
        table.row([name, str(connections), *cells, str(len(runs))])
    table.end()


def _share(load: Load | None, limit: Load | None) -> str:
    """Return a rate as a share of another; a dash if one of them was not measured."""
    return f"{load.rate / limit.rate:.0%}" if load and limit else NONE


def print_needs(loads: Loads, options: Options) -> None:
    """Print what the catalogue needs beside what was measured; a dash where that failed."""
    found = medians(loads)
    busiest = max(options.connections)
    middle = sorted(options.connections)[len(options.connections) // 2]
    bare, warm, cold = (found.get((name, middle)) for name in (BARE, WARM_SEARCH, COLD_SEARCH))
    table = Table(["need", "needed", "measured"])
    table.row([f"warm results page, of bare Flask ({middle} connections)", "80% or more", _share(warm, bare)])  # fmt: skip
    table.row([f"cold filtered search, of bare Flask ({middle} connections)", "25% or more", _share(cold, bare)])  # fmt: skip
    p99s = [found[name, busiest].p99 for name in OURS if (name, busiest) in found]
    slowest = max(p99s) if len(p99s) == len(OURS) else None
    table.row([f"p99 of the slowest page at {busiest} connections", "under 100 ms",
               f"{number(slowest)} ms"])  # fmt: skip
    for peer in (PEER, PEER_THREE):
        theirs = [found[peer, c].rate for c in PEER_CONNECTIONS if (peer, c) in found]
        if theirs:
            ratio = cold.rate / options.workers / max(theirs) if cold else None
            table.row([f"cold filtered search per process ÷ {peer}, per process", "15 or more", number(ratio)])  # fmt: skip
    table.end()


def print_memory(started: Sequence[tuple[str, Server, float]]) -> None:
    """Print the memory of the largest worker of each server."""
    table = Table(["memory of the largest worker", "at the start", "at the end"])
    for name, server, before in started:
        table.row([name, f"{before:.0f} MB", f"{server.memory():.0f} MB"])
    table.end()


def print_growth(site: Server, addresses: Addresses, count: int, options: Options) -> bool:
    """Request random addresses, print the memory of the largest worker on the way, and return whether all went well."""
    table = Table(["random addresses requested", "memory of the largest worker"])
    table.row(["0", f"{site.memory():.1f} MB"])
    requested, seed = 0, options.seed
    while requested < count:
        made = addresses.random(round(ADDRESSES_PER_SECOND * options.seconds), seed)
        try:
            requested += servers.load(site, made, 16, options.seconds, options.encoding).requests
        except WrkError as error:
            print(f"\nwrk failed after {requested:,} addresses. {error}\n", flush=True)
            return False
        seed += 1
        table.row([f"{requested:,}", f"{site.memory():.1f} MB"])
    table.end()
    return True


def prepare(folder: Path, count: int, seed: int) -> tuple[Path, Path]:
    """Return the folders of the methods and of their build; 0 means the real methods."""
    methods, index = REAL_METHODS, folder / "search_index"
    if count:
        methods, index = folder / f"methods-{count}", folder / f"index-{count}"
        if not methods.exists():
            generate(methods, count, seed)
    print(f"{build(methods, index).manifest.methods:,} methods.\n", flush=True)
    return methods, index


def run(folder: Path, given: argparse.Namespace, options: Options) -> bool:
    """Start the servers, measure, print; return whether every run succeeded."""
    methods, index = prepare(folder, given.methods, options.seed)
    addresses = Addresses(list(read_documents(methods)), options.seed)
    size = (options.workers, given.threads)
    with ExitStack() as stack:
        bare = stack.enter_context(servers.bare(*size, folder / "bare.log"))
        site = stack.enter_context(servers.site(methods, index, *size, folder / "site.log"))
        new_site = stack.enter_context(servers.site(methods, index, *size, folder / "new.log"))
        started = [("bare Flask", bare, bare.memory()), ("the site", site, site.memory()),
                   ("the site with new words", new_site, new_site.memory())]  # fmt: skip
        ours = targets(bare, site, new_site, addresses, round(ADDRESSES_PER_SECOND * options.seconds))  # fmt: skip
        rows = [(target, c) for c in options.connections for target in ours]
        if not given.no_datasette:
            database = folder / "methods.db"
            database.unlink(missing_ok=True)
            peer_datasette.make_database(database, list(read_documents(methods)))
            peer = stack.enter_context(servers.datasette(database, folder / "datasette.log"))
            started.append(("Datasette", peer, peer.memory()))
            rows += [(target, c) for c in PEER_CONNECTIONS for target in peer_targets(peer, addresses)]  # fmt: skip
        if given.warm_up:
            with suppress(WrkError):  # the rows say what fails
                servers.load(site, addresses.cold(WARM_UP_PAGES), 16, given.warm_up, options.encoding)  # fmt: skip
        loads = measure(rows, options)
        print_loads(loads)
        print_needs(loads, options)
        print_memory(started)
    whole = all(len(runs) == options.runs for runs in loads.values())
    if given.growth:
        with servers.site(methods, index, *size, folder / "growth.log") as site:
            whole &= print_growth(site, addresses, given.growth, options)
    return whole


def main() -> None:
    """Read the command line, measure, print; end with 1 if a run failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--methods", type=int, default=0, help="so many made-up methods in place of the real ones")  # fmt: skip
    parser.add_argument("--seconds", type=float, default=5, help="how long one run requests one kind of page")  # fmt: skip
    parser.add_argument("--runs", type=int, default=3, help="how often; the medians are printed at the end")  # fmt: skip
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64], help="visitors at a time")  # fmt: skip
    parser.add_argument("--workers", type=int, default=2, help="processes of each server; Datasette has one")  # fmt: skip
    parser.add_argument("--threads", type=int, default=4, help="threads of each process")
    parser.add_argument("--warm-up", type=float, default=0, help="seconds of cold pages before anything is measured, so that the words have been read")  # fmt: skip
    parser.add_argument("--encoding", default="gzip, deflate, br", help="what visitors accept; identity for no compression")  # fmt: skip
    parser.add_argument("--growth", type=int, default=0, help="then request so many random addresses and print the memory")  # fmt: skip
    parser.add_argument("--folder", type=Path, help="where made-up methods and their build are kept for the next time")  # fmt: skip
    parser.add_argument("--no-datasette", action="store_true", help="leave Datasette out")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other addresses")
    given = parser.parse_args()
    if not given.no_datasette and find_spec("datasette") is None:
        parser.error("Datasette is not installed. Install the benchmarks extra, or use --no-datasette.")  # fmt: skip
    if shutil.which("wrk") is None:
        parser.error("wrk is not installed. On Debian: apt-get install wrk")
    options = Options(given.seconds, given.runs, given.connections, given.workers, given.encoding, given.seed)  # fmt: skip
    print(f"{machine()}.\n{options.workers} workers with {given.threads} threads, "
          f"visitors accept {options.encoding}. ", end="", flush=True)  # fmt: skip
    if given.folder:
        given.folder.mkdir(parents=True, exist_ok=True)
        sys.exit(not run(given.folder, given, options))
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        sys.exit(not run(Path(folder), given, options))


if __name__ == "__main__":
    main()
