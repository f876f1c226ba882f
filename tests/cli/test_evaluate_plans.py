"""`catalogue evaluate-plans`: which methods the limits of a situation leave in."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.cli.evaluations.plan_evaluation import (
    FIGURES,
    Judged,
    SituationsError,
    figures,
    judge,
    left_in,
    read_situations,
)
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from tests.support.command import Command

SITUATIONS = """
- id: s1
  answers: {people: [12, 24], weeks: 20, budget: 90000, must: [no-internet]}
  ideal: [harvest-jury, postcard-survey]
  bad: [{slug: orchard-walk, reason: too small}]
- id: s2
  answers: {}
  ideal: [reed-panel, a-method-of-another-catalogue]
  bad: []
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with two situations."""
    path = tmp_path / "situations.yaml"
    path.write_text(SITUATIONS, encoding="utf-8")
    return path


@pytest.fixture
def run(settings: Settings) -> Command:
    """The command over the six small methods."""
    return Command(settings)


def test_limits_are_filters_that_one_size_must_meet(snapshot: Snapshot, file: Path) -> None:
    first, second = (left_in(snapshot, situation) for situation in read_situations(file))
    assert first.situation.ranges == {"people": (12, 24), "weeks": (0, 20), "budget": (0, 90000)}
    assert (
        first.any_size
        == first.usual
        == {
            "barn-meeting",
            "harvest-jury",
            "orchard-walk",
            "reed-panel",
        }
    )
    assert second.any_size == set(snapshot.slugs)


def test_the_command_prints_shares_and_what_is_struck_out(run: Command, file: Path) -> None:
    result = run("evaluate-plans", str(file))
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["all", "1,", "3…", "2,", "4…", "goal"]
    assert [line[:32].strip() for line in lines[1:7]] == list(FIGURES)
    assert [line.split() for line in lines[7:]] == [
        ["methods", "any", "size", "usual", "run"],
        ["ideal", "3", "0.667", "0.667"],
        ["bad", "1", "1.000", "1.000"],
        ["s1:", "struck", "out", "postcard-survey"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- 1",
        "- {id: s1}",
        "{",
        "- {id: a, answers: {}, ideal: 3, bad: []}",
        "- {id: a, answers: {people: [5]}, ideal: [], bad: []}",
        "- {id: a, answers: 3, ideal: [], bad: []}",
    ],
)
def test_a_file_of_another_form_is_refused_with_the_form_it_needs(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SituationsError, match="is not a list of situations"):
        read_situations(path)


def test_figures_are_means_over_situations_that_have_an_ideal_method(file: Path) -> None:
    first, second = read_situations(file)
    judged = [
        Judged(first, ("orchard-walk", "postcard-survey", "barn-meeting"), frozenset()),
        Judged(second, ("reed-panel",), frozenset()),
    ]
    assert [value for _, value, _ in figures(judged)] == [0.5, 1.0, 0.5, 0.5, 1.0, 0.0]


def test_a_situation_is_judged_by_its_answers_and_what_it_asks_for_is_not_read_from_its_story(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(
        "- {id: a, story: We want a barn meeting in ten weeks, answers: {purpose: [deliberate]}, ideal: [], bad: []}"
    )
    [situation] = read_situations(path)
    judged = judge(snapshot, situation)
    assert situation.answers.weeks is None
    assert judged.suggested
