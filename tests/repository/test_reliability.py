"""Holds docs/reliability.md to the tests: it names tests that exist, and every test of survival.

The counts it gives are those of the tests.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
DOCUMENT = (TESTS.parent / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| (.+?) \| `(test_\w+\.py)::(test_\w+)` \| ?(\d*) ?\| ?(\d*) ?\|$", DOCUMENT, re.MULTILINE
)
KINDS = ("survive", "hostile", "soak")
FILES = sorted(file for kind in KINDS for file in TESTS.rglob(f"test_{kind}_*.py"))


def names_in(file: Path) -> list[str]:
    """Return the names of the tests of a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def test_every_row_of_a_table_is_a_promise_with_its_test() -> None:
    lines = [line for line in DOCUMENT.splitlines() if line.startswith("| ")]
    assert len(ROWS) == len([line for line in lines if not line.startswith("| promise |")]) > 30


def test_every_test_of_survival_is_named_once_and_every_test_named_exists() -> None:
    named = [(file, test) for _, file, test, _, _ in ROWS]
    assert len(named) == len(set(named))
    survival = {(file.name, test) for file in FILES for test in names_in(file)}
    assert survival - set(named) == set()
    tests = {file.name: names_in(file) for file in TESTS.rglob("test_*.py")}
    assert [(file, test) for file, test in named if test not in tests.get(file, ())] == []


@pytest.mark.parametrize("row", [row for row in ROWS if row[3]], ids=lambda row: row[2][:40])
def test_the_counts_are_those_of_the_test(row: tuple[str, ...]) -> None:
    _, file, _, bounded, full = row
    (found,) = TESTS.rglob(file)
    text = found.read_text(encoding="utf-8").replace("_", "")
    assert f"times({bounded}, {full})" in text


def test_what_counts_differ_in_the_soak_is_marked_for_it() -> None:
    for file in TESTS.rglob("test_*.py"):
        text = file.read_text(encoding="utf-8")
        if re.search(r"^from tests\.support\.soak import .*(SOAK|times)", text, re.MULTILINE):
            assert "pytest.mark.soak" in text, file.name
            assert file in FILES
