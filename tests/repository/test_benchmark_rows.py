"""A benchmark loses nothing: each row is printed as it is measured, and one that fails says why."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import search, servers, serving
from benchmarks.report import Table
from benchmarks.servers import Load, Server, WrkError
from benchmarks.serving import BARE, COLD_SEARCH, HOME, Options, Target

OPTIONS = Options(seconds=1, runs=2, connections=[4], workers=1, encoding="gzip", seed=1)
MEASUREMENT = '{"requests": 50, "seconds": 2.0, "p50": 1.5, "p99": 9.0, "failed": 0}'
# Fails for the addresses that say so, as the real one does where nothing listens.
FAKE = f"""#!/bin/sh
while [ "$1" != -- ]; do shift; done
case "$(cat "$2")" in
  *refuse*) echo "unable to connect to 127.0.0.1:1 Connection refused | really" >&2; exit 1;;
  *nothing*) echo "Running 1s test";;
  *null*) echo '{{"requests": 0, "seconds": 0.0, "p50": 0, "p99": 0, "failed": 0}}';;
  *hang*) exec sleep 60;;
  *) echo "Running 1s test"; echo '{MEASUREMENT}';;
esac
"""


@pytest.fixture
def wrk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "wrk"
    program.write_text(FAKE, encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")


def server() -> Server:
    return Server(SimpleNamespace(pid=0), 1)  # type: ignore[arg-type]


def target(name: str, *addresses: str) -> Target:
    return Target(name, server(), lambda: list(addresses))


def rows(printed: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in printed.split("\n") if line[:1] == "|"]


@pytest.mark.usefixtures("wrk")
@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/refuse", "wrk ended with 1 and printed: unable to connect to 127.0.0.1:1 Connection refused | really"),
        ("/nothing", "wrk printed no measurement but: Running 1s test"),
        ("/null", 'wrk printed no measurement but: {"requests": 0, "seconds": 0.0, "p50": 0, "p99": 0, "failed": 0}'),
        ("/hang", "wrk did not end within 1 seconds."),
    ],
)  # fmt: skip
def test_a_run_of_wrk_that_fails_says_how_and_what_wrk_printed(
    address: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "WRK_GRACE_SECONDS", 0)
    with pytest.raises(WrkError) as raised:
        servers.load(server(), [address], 1, 1, "gzip")
    assert str(raised.value) == message


@pytest.mark.usefixtures("wrk")
def test_what_wrk_measured_is_read_from_the_last_line() -> None:
    assert servers.load(server(), ["/"], 1, 1, "gzip") == Load(50, 25.0, 1.5, 9.0, 0)


@pytest.mark.usefixtures("wrk")
def test_a_failed_run_is_a_row_with_what_wrk_printed_and_the_others_go_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    targets = [target(BARE, "/"), target(HOME, "/refuse"), target(COLD_SEARCH, *"abcdefghij" * 5)]
    loads = serving.measure([(found, 4) for found in targets], OPTIONS)
    heads, _, *printed = rows(capsys.readouterr().out)
    assert {len(row) for row in printed} == {len(heads)}
    reason = (
        "failed: wrk ended with 1 and printed: "
        "unable to connect to 127.0.0.1:1 Connection refused / really"
    )
    assert printed == [
        row
        for run in ("1", "2")
        for row in (
            [BARE, run, "4", "25", "1.5", "9", "0"],
            [HOME, run, "4", reason, "–", "–", "–"],
            [COLD_SEARCH, run, "4", "25", "1.5", "9", "0"],
        )
    ]
    assert {row: len(runs) for row, runs in loads.items()} == {
        (BARE, 4): 2,
        (HOME, 4): 0,
        (COLD_SEARCH, 4): 2,
    }


@pytest.mark.usefixtures("wrk")
def test_cold_addresses_that_had_to_come_twice_are_a_failed_row(
    capsys: pytest.CaptureFixture[str],
) -> None:
    serving.measure([(target(COLD_SEARCH, "/only"), 4)], OPTIONS)
    assert rows(capsys.readouterr().out)[2][3] == (
        "failed: 50 requests were made of 1 fresh addresses."
    )


@pytest.mark.usefixtures("wrk")
def test_each_run_is_printed_before_the_next_begins(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[str] = []

    def addresses() -> list[str]:
        seen.append(capsys.readouterr().out)
        return ["/"]

    serving.measure([(Target(BARE, server(), addresses), 4)], OPTIONS)
    # Each run asks for addresses twice, to warm up and to measure.
    assert [len(rows(printed)) for printed in seen] == [2, 0, 1, 0]
    assert rows(seen[2]) == [[BARE, "1", "4", "25", "1.5", "9", "0"]]


def test_medians_are_of_the_runs_that_succeeded_and_needs_are_open_where_none_did(
    capsys: pytest.CaptureFixture[str],
) -> None:
    loads = {(BARE, 4): [Load(10, 100, 1, 2, 0), Load(10, 300, 3, 4, 1)], (COLD_SEARCH, 4): []}
    serving.print_loads(loads)
    serving.print_needs(loads, OPTIONS)
    assert [row for row in rows(capsys.readouterr().out) if not row[-1].startswith("--")] == [
        *[["page, medians", "connections", "requests/s", "of bare Flask", "p50 ms", "p99 ms", "failed", "runs"]],
        [BARE, "4", "200", "100%", "2", "3", "1", "2"],
        [COLD_SEARCH, "4", "–", "–", "–", "–", "–", "0"],
        ["need", "needed", "measured"],
        ["warm results page, of bare Flask (4 connections)", "80% or more", "–"],
        ["cold filtered search, of bare Flask (4 connections)", "25% or more", "–"],
        ["p99 of the slowest page at 4 connections", "under 100 ms", "– ms"],
    ]  # fmt: skip


def test_a_server_that_ended_has_no_memory_and_stops_no_table() -> None:
    assert Server(SimpleNamespace(pid=2**22 + 1), 1).memory() == 0  # type: ignore[arg-type]


def test_a_failed_kind_of_search_is_a_row_and_the_other_kinds_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def runners(bench: search.Bench, folder: Path) -> list[Callable[[object], object]]:
        return [lambda request: asked.append(str(request))]

    def requests(kind: str, documents: list[object], count: int, seed: int) -> list[object]:
        if kind == "one word with a typo":
            raise ValueError("No word is long enough.")
        return [SimpleNamespace(words=kind)] * 2

    monkeypatch.setattr(search, "_runners", runners)
    monkeypatch.setattr(search, "make_requests", requests)
    monkeypatch.setattr(search, "recombined", lambda requests, seed: requests)
    # A collection before each race takes half a second among the objects of all tests.
    monkeypatch.setattr(gc, "collect", lambda: 0)
    before = Table.failures
    search.print_queries(SimpleNamespace(peers=[], documents=[], seed=1, budget=1), Path())  # type: ignore[arg-type]
    printed = rows(capsys.readouterr().out)[2:]
    assert [row[0] for row in printed] == [
        *("one word", "three words", "one word with a typo", "phrase of two words"),
        *(
            "words with limits",
            "three words, three filters",
            "– in words asked for before",
            "three filters, no words",
        ),
    ]
    assert printed[2] == ["one word with a typo", "failed: No word is long enough.", "–", "–", "–"]
    assert all(
        re.fullmatch(r"[\d.e-]+", cell) for row in (*printed[:2], *printed[3:]) for cell in row[1:]
    )
    assert Table.failures == before + 1
