"""Tests of methods that the site's own texts name and that do not exist."""

from __future__ import annotations

from pathlib import Path

from catalogue.settings import PROJECT
from catalogue.validation.cross_checks import unknown_methods
from catalogue.validation.reader import method_files
from tests.validation.test_guides import GUIDE, RULE

INTRODUCTION = "---\nadvice:\n  - {method: walk, when: {budget: 500}}\n---\n\nA [walk](/methods/walk) is free.\n"


def test_methods_that_texts_name_or_link_to_must_exist(tmp_path: Path) -> None:
    for name, text in (
        ("groups/keepers.md", GUIDE),
        ("rules/lamps.md", RULE),
        ("purposes/inform.md", INTRODUCTION),
    ):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    folder = tmp_path.name
    assert [
        str(problem) for problem in unknown_methods({"harvest-jury", "reed-panels"}, tmp_path)
    ] == [
        f'{folder}/purposes/inform.md:3:1: linked method "walk" does not exist. Take it out, or add that '
        "method. [link-unknown]",
        f'{folder}/purposes/inform.md:6:19: linked method "walk" does not exist. Take it out, or add that '
        "method. [link-unknown]",
        f'{folder}/rules/lamps.md:7:1: linked method "reed-panel" does not exist. Did you mean '
        '"reed-panels"? [link-unknown]',
    ]
    assert unknown_methods({"harvest-jury", "reed-panel", "walk"}, tmp_path) == []


def test_every_method_that_a_real_text_names_exists() -> None:
    slugs = {file.stem for file in method_files(PROJECT / "methods")}
    assert [str(problem) for problem in unknown_methods(slugs)] == []
