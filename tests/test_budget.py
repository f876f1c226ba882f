"""What the processes of the site may keep in memory is bounded for all of them together, and written down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from catalogue import budget
from catalogue.budget import MIB, WORKERS, max_workers, needed, share, workers

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "participation-catalogue.service").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "given, wanted", [({}, 1), ({WORKERS: "8"}, 8), ({WORKERS: "0"}, 1), ({WORKERS: "many"}, 1)]
)
def test_the_number_of_workers_is_that_of_the_environment(
    given: dict[str, str], wanted: int
) -> None:
    assert workers(given) == wanted


@pytest.mark.parametrize("count", [1, 2, 3, 8, 64])
def test_all_workers_together_keep_no_more_than_two_would(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(budget, "workers", lambda: count)
    assert count * share(32 * MIB) <= 2 * 32 * MIB
    assert share(1) == 1


@pytest.mark.parametrize("count", [1, 2, 8])
def test_as_many_workers_fit_as_the_sum_says(count: int) -> None:
    assert max_workers(needed(count)) == count
    assert max_workers(needed(count) - 1) == max(1, count - 1)


def limit(text: str, pattern: str) -> int:
    """Return the limit that a file sets, in bytes."""
    (found,) = re.findall(pattern, text, re.MULTILINE | re.IGNORECASE)
    return int(found) * 1024 * MIB


def test_the_unit_has_room_for_eight_workers_and_the_container_for_those_of_its_cores() -> None:
    assert limit(UNIT, r"^MemoryMax=(\d+)G$") >= needed(8)
    (cores,) = re.findall(r"^    cpus: (\d+)$", COMPOSE, re.MULTILINE)
    assert limit(COMPOSE.partition("\n  proxy:")[0], r"^    mem_limit: (\d+)g$") >= needed(
        int(cores)
    )


def test_the_guide_has_the_sum() -> None:
    rows = re.findall(r"^\| (\d+) \| ([\d,]+) MiB \|", GUIDE, re.MULTILINE)
    assert len(rows) >= 3
    for count, most in rows:
        assert int(most.replace(",", "")) == needed(int(count)) // MIB
