"""One fault in each file of methods_bad/, and many in terrible.md: the whole output of one run, line by line.

The messages are what contributors meet, so each stands in full in methods_bad.txt beside the folder.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from catalogue.cli.main import main
from catalogue.model.codes import CODE_GROUPS
from catalogue.validation.cross_checks import check_across
from catalogue.validation.reader import Reading, method_files, read_method_file

BAD = Path(__file__).parents[1] / "data" / "methods_bad"
# These two are good; they have a name that the file beside them claims too.
PARTNERS = ["same-alias-one.md", "same-title-one.md", "was-shared.md"]
# What is wrong with these keeps no method off the site.
ACROSS_FILES = ("link-unknown", "name-taken", "related-unknown", "was-taken")
# Everything that one run prints about errors, exactly.
EXPECTED = BAD.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
FILES = [path.name for path in method_files(BAD)]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """What one run makes of the whole folder, by file name."""
    checked = check_across([read_method_file(BAD, path) for path in method_files(BAD)])
    return {Path(reading.path).name: reading for reading in checked}


@pytest.mark.parametrize("name", FILES)
def test_each_bad_file_says_exactly_what_to_fix(name: str, readings: dict[str, Reading]) -> None:
    expected = [line for line in EXPECTED if line.startswith(f"{BAD.name}/{name}:")]
    assert [str(problem) for problem in readings[name].problems] == expected
    assert bool(expected) == (name not in PARTNERS)


def test_one_run_reports_everything_in_the_order_of_files_and_lines(
    readings: dict[str, Reading],
) -> None:
    printed = [str(problem) for reading in readings.values() for problem in reading.problems]
    assert printed == EXPECTED


def test_only_files_without_an_error_of_their_own_stay(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        errors = {problem.code for problem in reading.problems if problem.severity == "error"}
        assert reading.usable == (errors <= set(ACROSS_FILES))


def test_the_command_prints_it_all_and_ends_with_1(tmp_path: Path) -> None:
    folders = {"CATALOGUE_METHODS_DIR": str(BAD), "CATALOGUE_INDEX_DIR": str(tmp_path)}
    result = CliRunner().invoke(main, ["check"], env=folders)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert [line for line in result.stdout.splitlines() if line in EXPECTED] == EXPECTED


# What cannot stand in one file with all the rest.
ALONE = {
    "front-matter-missing": "then there are no facts",
    "front-matter-open": "the facts of this file end",
    "front-matter-shape": "then there are no fields",
    "date-future": "there is one date, and it cannot be read",
    "cost-band-missing": "only a cost without other faults is looked at as a whole",
    "cost-band-computed": "only a cost without other faults is looked at as a whole",
    "section-marks": "it takes five hundred signs",
    "section-blocks": "it takes five hundred items",
    "heading-order": "the order is looked at once all headings are known ones",
}
# What is said of the texts of the site, which no method file can have.
OF_TEXTS = {"advice-nowhere"}


def test_the_terrible_file_has_every_fault_that_can_stand_with_others() -> None:
    printed = [line for line in EXPECTED if line.startswith("methods_bad/terrible.md:")]
    shown = {line.rpartition("[")[2].rstrip("]") for line in printed}
    within = {code.code for group in CODE_GROUPS[1:5] for code in group.codes}
    assert shown == within - set(ALONE) - OF_TEXTS


def test_every_fault_that_stands_alone_has_a_file_of_its_own() -> None:
    assert set(ALONE) <= {line.rpartition("[")[2].rstrip("]") for line in EXPECTED}
