"""Builds swapped in one after another under load: no answer fails, and none mixes two builds.

Each build changes every method, so that an answer made from two of them shows both marks. The site
is asked over HTTP, with its usual second between two looks for a new build.
"""

from __future__ import annotations

import http.client
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

import catalogue.search.live_build as live_build_module
from catalogue.build.builder import build
from catalogue.settings import Settings
from catalogue.web import create_app
from tests.support.over_http import served
from tests.support.running import running
from tests.support.soak import counted, times
from tests.support.versioned_catalogue import Ask, Reader, write_version

SWAPS = times(10, 50)
READERS = 4


@pytest.fixture
def marked(settings: Settings) -> Settings:
    """Settings for a catalogue of marked methods, of which version 0 is built."""
    settings = replace(settings, methods_dir=settings.methods_dir.with_name("marked"))
    write_version(settings.methods_dir, 0)
    build(settings.methods_dir, settings.index_dir)
    return settings


@pytest.fixture
def site(marked: Settings) -> Iterator[str]:
    """The address at which that catalogue is served, by a thread for each request."""
    with served(create_app(marked)) as address:
        yield address


def asking(site: str) -> Ask:
    """Return a way to ask over HTTP, with a connection for each request."""

    def ask(address: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(site.removeprefix("http://"), timeout=30)
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8")
        finally:
            connection.close()

    return ask


@pytest.mark.soak
@pytest.mark.parametrize("look_again", [0.0, 1.0], ids=["always-looking", "each-second"])
def test_builds_swapped_in_under_load_give_no_failed_and_no_mixed_answer(
    marked: Settings, site: str, look_again: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_build_module, "LOOK_AGAIN_SECONDS", look_again)
    readers = [Reader(asking(site), seed) for seed in range(READERS)]
    for reader in readers:
        reader.start()
    for version in range(1, SWAPS + 1):
        write_version(marked.methods_dir, version)
        assert build(marked.methods_dir, marked.index_dir).made
        # Under load all the time: nobody waits for the swap, but everybody is answered meanwhile.
        for reader in readers:
            reader.wait_for_answers(2)
    for reader in readers:
        reader.wait_for(SWAPS)
    for reader in readers:
        reader.stop()
    assert [reader.faults for reader in readers] == [[]] * READERS
    counted("swaps", SWAPS)
    counted("answers during swaps", sum(reader.answers for reader in readers))


@pytest.mark.process
@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn needs Unix")
def test_swaps_under_the_production_server_give_no_failed_and_no_mixed_answer(
    marked: Settings,
) -> None:
    swaps = times(3, 50)
    with running(marked, workers=2) as site:
        readers = [Reader(asking(f"http://127.0.0.1:{site.port}"), seed) for seed in range(2)]
        for reader in readers:
            reader.start()
        for version in range(1, swaps + 1):
            write_version(marked.methods_dir, version)
            made = build(marked.methods_dir, marked.index_dir)
            taken_up = made.manifest.fingerprint
            site.wait_for(lambda build=taken_up: len(site.workers(build)) == 2, "not taken up")
            for reader in readers:
                reader.wait_for(version)
        for reader in readers:
            reader.stop()
    assert [reader.faults for reader in readers] == [[], []]
    counted("swaps under gunicorn", swaps)
    counted("answers during swaps", sum(reader.answers for reader in readers))
