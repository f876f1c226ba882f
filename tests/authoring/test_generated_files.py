"""The generated files are what the code and the vocabulary make of them today.

The rules of the command that writes them are here too; it is let loose on a copy of the folder.
"""

from __future__ import annotations

import configparser
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from catalogue.authoring.reference.generated_files import GENERATED
from catalogue.cli import generate
from catalogue.cli.main import main
from catalogue.settings import PROJECT
from tests.support.command import FINE, IO_FAILED, PROBLEMS

ONE = "schema/method.schema.json"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all generated files as they should be, which the command takes for the project."""
    for path, make in GENERATED.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(make(), encoding="utf-8", newline="\n")
    monkeypatch.setattr(generate, "PROJECT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", GENERATED)
def test_a_generated_file_is_current(path: str) -> None:
    assert (PROJECT / path).read_bytes().decode() == GENERATED[path](), "Run catalogue generate."


def test_a_file_is_written_alike_each_time() -> None:
    assert [make() for make in GENERATED.values()] == [make() for make in GENERATED.values()]


@pytest.mark.parametrize("damage", ["missing", "changed", "windows", "not text"])
def test_check_names_what_is_out_of_date_and_changes_nothing(root: Path, damage: str) -> None:
    good = (root / ONE).read_bytes()
    made = {"changed": good + b"\n", "windows": good.replace(b"\n", b"\r\n"), "not text": b"\xff"}
    (root / ONE).unlink()
    if damage != "missing":
        (root / ONE).write_bytes(made[damage])
    result = CliRunner().invoke(main, ["generate", "--check"])
    assert result.output == f"{ONE} is out of date. Run catalogue generate.\n"
    assert result.exit_code == PROBLEMS
    left = (root / ONE).read_bytes() if (root / ONE).exists() else None
    assert left == made.get(damage)


def test_the_command_writes_what_is_out_of_date_and_only_that(root: Path) -> None:
    (root / ONE).unlink()
    result = CliRunner().invoke(main, ["generate"])
    assert (result.exit_code, result.output) == (FINE, f"{ONE} written.\n")
    assert (root / ONE).read_bytes().decode() == GENERATED[ONE]()
    again = CliRunner().invoke(main, ["generate"])
    assert again.output == f"All {len(GENERATED)} generated files are current.\n"
    assert again.exit_code == FINE


def test_a_folder_that_cannot_be_written_is_named(root: Path) -> None:
    (root / ONE).unlink()
    (root / ONE).mkdir()
    result = CliRunner().invoke(main, ["generate"])
    assert result.output == f"Error: {root / ONE}: Is a directory.\n"
    assert result.exit_code == IO_FAILED


def test_every_generated_file_is_marked_so_that_reviews_fold_it_away() -> None:
    lines = (PROJECT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    marked = [line.split()[0] for line in lines if line.endswith(" linguist-generated")]
    assert sorted(marked) == sorted(GENERATED)


@pytest.mark.parametrize("name", ["settings.json", "extensions.json"])
def test_the_settings_for_an_editor_can_be_read_and_name_files_that_exist(name: str) -> None:
    found = json.loads((PROJECT / ".vscode" / name).read_text(encoding="utf-8"))
    assert found
    assert [path for path in found.get("yaml.schemas", {}) if not (PROJECT / path).exists()] == []


def test_editors_are_told_to_end_lines_as_the_repository_does() -> None:
    text = (PROJECT / ".editorconfig").read_text(encoding="utf-8")
    rules = configparser.ConfigParser()
    rules.read_string(f"[top]\n{text}")
    assert rules["*"]["end_of_line"] == "lf"
    assert rules["*"]["charset"] == "utf-8"
    assert "* text=auto eol=lf" in (PROJECT / ".gitattributes").read_text(encoding="utf-8")
