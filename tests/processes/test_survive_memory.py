"""Memory does not grow with what people ask: every cache has an end, and full caches are all there is.

`make soak` asks 100,000 random addresses and looks at the memory of the process.
"""

from __future__ import annotations

import functools
import gc
import os
import random
import shutil
import string
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask

from catalogue.budget import MIB, needed
from catalogue.search.snapshot import Snapshot
from catalogue.settings import read_settings
from catalogue.vocabulary import VOCABULARY
from catalogue.web.results import cards
from tests.conftest import METHODS
from tests.support.running import fetch, running
from tests.support.soak import SOAK, counted, times

REQUESTS = times(500, 100_000)
# Kept without an end, because there are only so many files, options and scales of ours that they are made from.
ENDLESS = {
    "_axis",
    "_code_version",
    "_option_words",
    "load_advice",
    "load_guidance",
    "load_texts",
    "read_phrases",
}
GROWTH_KB = 12_000
# Eight workers, and enough searches to fill their caches, in the soak.
WORKERS, SEARCHES = (8, 40_000) if SOAK else (2, 300)
WORDS = ["jury", "village", "cheap", "survey", "young", "people", "online", "budget", "quick"]


def caches() -> dict[str, functools._lru_cache_wrapper[object]]:
    """Return all caches of the package that are alive, by name."""
    # Where a test before this one served a new build, all objects of that time are frozen and not listed.
    gc.unfreeze()
    return {
        f"{found.__module__}.{found.__qualname__} {number}": found
        for number, found in enumerate(gc.get_objects())
        if isinstance(found, functools._lru_cache_wrapper)
        and str(found.__module__).startswith("catalogue")
    }


def address(chance: random.Random) -> str:
    """Return a random address that reads a build; hardly two are the same."""
    made = "".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 12)))
    facet = chance.choice(list(VOCABULARY.filters))
    pairs = [("q", f"{chance.choice(WORDS)} {made}"), (facet.name, chance.choice(facet.values))]
    pairs += [("people", str(chance.randint(1, 10**6))), ("page", str(chance.randint(1, 9)))]
    query = urlencode(chance.sample(pairs, chance.randint(1, len(pairs))))
    kinds = ("/methods?", "/api/v1/methods?", "/cases?", "/api/v1/suggest?", f"/methods/{made}?")
    return chance.choice(kinds) + query


def resident_kb() -> int:
    """Return how much memory this process holds, in kB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def test_every_cache_of_the_package_has_an_end(app: Flask) -> None:
    client = app.test_client()
    for asked in ("/methods?q=jury&weeks=4", "/plan?text=We+have+ten+weeks", "/map", "/cases"):
        assert client.get(asked).status_code == 200
    endless = {
        found.__name__
        for found in caches().values()
        if found.cache_info().maxsize is None and found.cache_info().currsize > 1
    }
    assert len(caches()) > 8
    assert endless <= ENDLESS


def test_what_is_kept_of_results_has_an_end(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "MAX_CACHED_RESULTS", 4)
    monkeypatch.setattr(cards, "_results", OrderedDict())
    client = app.test_client()
    shown = 0
    for words in WORDS:
        for page in range(1, 7):
            client.get(f"/methods?q={words}&per_page=1&page={page}")
        shown += len(client.get(f"/api/v1/methods?q={words}").json["items"])
        assert len(cards._results) <= 4
    assert shown > 10


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's /proc")
def test_random_addresses_fill_the_caches_and_then_nothing(app: Flask) -> None:
    client = app.test_client()
    chance = random.Random(2026)
    half = 0
    sizes: dict[str, int] = {}
    for number in range(REQUESTS):
        if number == REQUESTS // 2:
            gc.collect()
            half = resident_kb()
            sizes = {name: found.cache_info().currsize for name, found in caches().items()
                     if found.cache_info().maxsize is None}  # fmt: skip
        answer = client.get(address(chance))
        assert answer.status_code in (200, 404)
        answer.close()
    gc.collect()
    grown = resident_kb() - half
    for name, found in caches().items():
        size, end = found.cache_info().currsize, found.cache_info().maxsize
        assert end is None or size <= end, name
    endless = [found.cache_info().currsize for found in caches().values()
               if found.cache_info().maxsize is None]  # fmt: skip
    assert sum(endless) == sum(sizes.values())
    # In the soak the second half begins with full caches.
    assert grown < GROWTH_KB, f"{grown:,} kB in {REQUESTS - REQUESTS // 2:,} requests"
    counted("random addresses", REQUESTS)
    if SOAK:
        counted("kB grown in the second half", grown)


def proportional_bytes(process: int) -> int:
    """Return the memory of a process, with its part of what it shares."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return int(next(line for line in text.split("\n") if line.startswith("Pss:")).split()[1]) * 1024


@pytest.mark.process
@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's /proc")
def test_all_workers_together_stay_within_the_sum_that_is_written_down(
    real: Snapshot, tmp_path: Path
) -> None:
    # A copy of a build that is there already, so that starting takes no time.
    index = shutil.copytree(real.folder.parent.parent, tmp_path / "search_index")
    settings = replace(read_settings({}), methods_dir=METHODS, index_dir=index)
    chances = [random.Random(number) for number in range(WORKERS)]
    with running(settings, workers=WORKERS) as site, ThreadPoolExecutor(WORKERS) as pool:

        def searches(chance: random.Random) -> int:
            for _ in range(SEARCHES // WORKERS):
                connection = site.connect()
                assert fetch(connection, address(chance)).status in (200, 404)
                connection.close()
            return SEARCHES // WORKERS

        assert sum(pool.map(searches, chances)) == SEARCHES
        taken = sum(map(proportional_bytes, (site.process.pid, *site.workers())))
    assert taken < needed(WORKERS)
    counted("MiB of all workers", taken // MIB)
