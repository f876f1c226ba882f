"""A file of a use becomes a `Use`, or messages with line and column, all in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.uses.reader import (
    read_use_file,
    read_use_text,
    read_uses,
    use_digests,
    with_unknown_method,
)
from catalogue.uses.use import Use
from tests.support.uses import use_text, write_use

PATH = "uses/barnton.yaml"


def messages(text: str) -> list[str]:
    return [str(problem) for problem in read_use_text(PATH, text).problems]


def test_a_whole_file_becomes_a_use() -> None:
    text = use_text(
        size="light",
        people="24",
        money="2100",
        currency="EUR",
        weeks="9.5",
        url='"https://a.example/x"',
    )
    use = read_use_text(PATH, text).use
    assert use == Use(
        slug="barnton", method="harvest-jury", place="Barnton", country="England", when="2025-03",
        what_happened="They met and ate.", again="as-before", size="light", people=24, money=2100, currency="EUR",
        weeks=9.5, url="https://a.example/x",
    )  # fmt: skip
    assert use is not None
    assert use.gbp == 1750


def test_a_line_of_hyphens_may_stand_above_the_fields() -> None:
    assert read_use_text(PATH, f"---\n{use_text()}").use is not None


def test_one_run_names_every_fault_with_its_line() -> None:
    text = use_text(place="", when="March 2025", people="lots", again="maybe")
    assert messages(text) == [
        'uses/barnton.yaml:1:1: required field "place" is missing. Add it: Town or area; never an address. Write '
        'place: "…". [field-missing]',
        'uses/barnton.yaml:3:7: when is not a month ("March 2025"). Write year and month: YYYY-MM. [month-unreadable]',
        'uses/barnton.yaml:5:8: answer "maybe" is not one we use. Choose one of as-before, with-changes, not-again. '
        "[option-unknown]",
        "uses/barnton.yaml:6:9: people is not a number (\"lots\"). Write a bare number, with no quotation marks, £, "
        "commas or words: for example 12. [number-unreadable]",
    ]  # fmt: skip


def test_after_a_fault_of_yaml_the_rest_is_read_all_the_same() -> None:
    text = use_text(place="Barnton: the hill: top", when="2025-13")
    assert [message.rpartition("[")[2] for message in messages(text)] == [
        "yaml-colon]",
        "month-unreadable]",
    ]


@pytest.mark.parametrize(
    "text",
    ["Ask ada@council.example", "Ring 0113 496 0000", "Ring +44 20 7946 0958", "Ring (0113) 496-0000"],
)  # fmt: skip
def test_a_report_with_an_e_mail_address_or_a_telephone_number_is_refused(text: str) -> None:
    found = read_use_text(PATH, use_text(what_happened=f'"{text}"'))
    assert found.use is None
    assert [problem.code for problem in found.problems] == ["use-personal"]


@pytest.mark.parametrize(
    "text",
    ["We spent £1,234,567 in 2019-2024.", "12 met on 3 days, 40 on 5.", "Minute 2024/2025 no 12345678"],
)  # fmt: skip
def test_sums_and_years_are_no_telephone_numbers(text: str) -> None:
    assert messages(use_text(what_happened=f'"{text}"')) == []


def test_a_month_to_come_is_refused() -> None:
    assert messages(use_text(when="2999-01")) == [
        "uses/barnton.yaml:4:7: when lies in the future (2999-01). Write the month in which it ended. [month-unreadable]"
    ]


def test_a_method_that_is_not_there_is_named_with_the_nearest() -> None:
    reading = read_use_text(PATH, use_text(method="harvest-jurry"))
    found = with_unknown_method(reading, {"harvest-jury", "reed-panel"})
    assert [str(problem) for problem in found.problems] == [
        'uses/barnton.yaml:1:9: there is no method "harvest-jurry". Did you mean "harvest-jury"? [use-method-unknown]'
    ]
    assert found.use is None
    assert with_unknown_method(reading, {"harvest-jurry"}) is reading


@pytest.mark.parametrize(
    ("name", "better"),
    [("Barn Ton.yaml", "barn-ton"), ("barnton.yml", "barnton"), ("barnton.md", "barnton")],
)
def test_a_file_of_another_name_is_told_its_right_one(
    tmp_path: Path, name: str, better: str
) -> None:
    file = tmp_path / name
    file.write_text(use_text(), encoding="utf-8")
    reading = read_use_file(file)
    assert reading.use is None
    assert [f"uses/{better}.yaml" in str(problem) for problem in reading.problems] == [True]


def test_a_folder_that_is_not_there_holds_no_uses(tmp_path: Path) -> None:
    assert (read_uses(tmp_path / "methods"), use_digests(tmp_path / "methods")) == ([], {})


def test_the_readme_and_hidden_files_are_no_uses(methods_dir: Path) -> None:
    write_use(methods_dir)
    for name in ("README.md", "LICENSE", ".hidden.yaml", "_draft.yaml"):
        (methods_dir.parent / "uses" / name).write_text("x", encoding="utf-8")
    assert [reading.path for reading in read_uses(methods_dir)] == ["uses/barnton.yaml"]
