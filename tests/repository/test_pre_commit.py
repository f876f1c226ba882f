"""The hooks for pre-commit: that they are of the form it wants, call the real command, and take the real files.

pre-commit itself is not installed; what it asks of both files is held here.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from catalogue.cli.main import main
from catalogue.settings import PROJECT, Settings
from catalogue.validation.reader import NOT_METHODS, method_files
from tests.conftest import METHODS
from tests.support.command import FINE, PROBLEMS, Command
from tests.support.editing import break_file

KEYS = {
    "id", "name", "description", "entry", "language", "files", "exclude", "require_serial",
}  # fmt: skip


def loaded(name: str) -> Any:
    return yaml.safe_load((PROJECT / name).read_text(encoding="utf-8"))


def hooks() -> dict[str, dict[str, Any]]:
    """Return the one hook of each file."""
    (ours,) = loaded(".pre-commit-hooks.yaml")
    (repository,) = loaded(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    (local,) = repository["hooks"]
    return {"for others": ours, "our own": local}


@pytest.fixture(params=["for others", "our own"])
def hook(request: pytest.FixtureRequest) -> dict[str, Any]:
    return hooks()[request.param]


def takes(hook: dict[str, Any], name: str) -> bool:
    """Whether pre-commit would hand a file to a hook."""
    return bool(re.search(hook["files"], name)) and not re.search(hook["exclude"], name)


def test_a_hook_has_what_pre_commit_requires_and_nothing_it_does_not_know(
    hook: dict[str, Any],
) -> None:
    assert {"id", "name", "entry", "language"} <= set(hook) <= KEYS
    assert re.fullmatch(r"[a-z-]+", hook["id"])
    assert hook["require_serial"] is True


def test_both_hooks_run_the_same_command_on_the_same_files() -> None:
    first, second = hooks().values()
    assert {key for key in second if first[key] != second[key]} == {"language"}
    assert (first["language"], second["language"]) == ("python", "system")


def test_the_entry_is_a_command_of_ours_with_options_it_has(hook: dict[str, Any]) -> None:
    program, name, *options = shlex.split(hook["entry"])
    assert program == "catalogue"
    command = main.commands[name]
    known = {opt for p in command.params if isinstance(p, click.Option) for opt in p.opts}
    assert set(options) <= known
    assert options == ["--fix", "--strict"]


def test_every_file_that_is_read_as_a_method_is_handed_over_and_no_other(
    hook: dict[str, Any],
) -> None:
    names = [f"methods/{file.name}" for file in method_files(METHODS)]
    assert [name for name in names if not takes(hook, name)] == []
    passed_over = [*NOT_METHODS, "_template.md", ".hidden.md", "folder/a.md"]
    assert [name for name in passed_over if takes(hook, f"methods/{name}")] == []
    assert not takes(hook, "docs/methods/a.md")
    assert takes(hook, "methods/Notes.txt")
    assert takes(hook, "uses/2025-03-leeds.yaml")
    assert not takes(hook, "uses/README.md")


def test_what_the_hook_runs_passes_good_files_and_stops_bad_ones(
    hook: dict[str, Any], settings: Settings, tmp_path: Path
) -> None:
    _, *words = shlex.split(hook["entry"])
    run = Command(settings)
    good = METHODS / "citizens-jury.md"
    assert run(*words, good, CATALOGUE_METHODS_DIR=str(METHODS)).exit_code == FINE
    break_file(settings.methods_dir / "reed-panel.md")
    elsewhere = str(tmp_path / "not-there")  # as in the repository of somebody else
    result = run(*words, settings.methods_dir / "reed-panel.md", CATALOGUE_METHODS_DIR=elsewhere)
    assert result.exit_code == PROBLEMS
