"""The ready-made processes: ten, of methods that exist, each with the real process it is drawn from."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from catalogue.planner.steps.patterns import PATTERNS_FILE, PatternError, load_patterns, usable
from catalogue.planner.steps.picked import look_up
from catalogue.search.parameters import Notice
from catalogue.search.snapshot import Snapshot

TEXT = PATTERNS_FILE.read_text(encoding="utf-8")


def test_all_patterns_use_methods_and_sizes_that_exist(real: Snapshot) -> None:
    assert len(load_patterns()) == 10
    assert usable(real.ordinals) == list(load_patterns())
    notices: list[Notice] = []
    for pattern in load_patterns():
        picks = [step.pick for step in pattern.steps]
        assert [one.pick for one in look_up(real, picks, notices)] == picks
    assert notices == []


def test_every_pattern_is_drawn_from_a_case_in_the_catalogue(real: Snapshot) -> None:
    known = {entry.case.url for entry in real.cases}
    assert [p.id for p in load_patterns() if p.source.url not in known] == []


def test_a_pattern_with_a_method_that_is_not_here_is_left_out() -> None:
    assert [p.id for p in usable({"wiki-survey", "stakeholder-dialogue"})] == [
        "statements-then-parties"
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: review-before-vote", "id: assembly-then-vote", "assembly-then-vote: this id stands twice. Give each pattern its own."),
        ("      - {method: referendum, did: \"The whole country voted on the change.\"}\n", "", "assembly-then-vote: a pattern has at least two steps. Add one."),
        ("method: citizens-assembly,", "method: citizens-assembly, size: huge,", "assembly-then-vote: 'huge' is no size. Write one of light, usual, large."),
        ("url: \"https://www.irishtimes", "url: \"www.irishtimes", "assembly-then-vote: the source needs an address that begins with https://"),
    ],
)  # fmt: skip
def test_a_pattern_written_wrongly_is_named_with_its_fix(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    broken = tmp_path / "patterns.yaml"
    assert old in TEXT
    broken.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PatternError) as caught:
        load_patterns(broken)
    assert str(caught.value).startswith(message)


def test_a_pattern_without_its_source_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "patterns.yaml"
    broken.write_text(TEXT.replace("    source:", "    origin:", 1), encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match="source"):
        load_patterns(broken)
