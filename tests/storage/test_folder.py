"""The fingerprint of the code of a build: it covers all that the builder imports, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import catalogue.storage.folder as folder_module
from catalogue.settings import PROJECT
from catalogue.storage.folder import BUILD_FILES, BUILD_FOLDERS, engine_on_disk


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, whose code is fingerprinted in place of our own."""
    ignored = shutil.ignore_patterns("__pycache__")
    copy = shutil.copytree(PROJECT / "catalogue", tmp_path / "catalogue", ignore=ignored)
    monkeypatch.setattr(folder_module, "PACKAGE", copy)
    return copy


def changes_the_fingerprint(file: Path) -> bool:
    before = engine_on_disk()
    file.write_bytes(file.read_bytes() + b"\n# changed\n")
    return engine_on_disk() != before


@pytest.mark.parametrize(
    "name",
    [
        *BUILD_FILES,
        *(f"{folder}/__init__.py" for folder in BUILD_FOLDERS),
        "model/codes.yaml",
        "rendering/markdown.py",
        "validation/reader.py",
        "storage/fulltext.py",
        "build/builder.py",
    ],
)
def test_a_change_of_code_that_a_build_depends_on_changes_the_fingerprint(
    package: Path, name: str
) -> None:
    assert changes_the_fingerprint(package / name)


def test_a_module_that_is_added_or_renamed_there_changes_the_fingerprint(package: Path) -> None:
    before = engine_on_disk()
    added = package / "model" / "deeper" / "new.py"
    added.parent.mkdir()
    added.write_text("", encoding="utf-8")
    with_new = engine_on_disk()
    added.rename(added.with_name("renamed.py"))
    assert len({before, with_new, engine_on_disk()}) == 3


@pytest.mark.parametrize(
    "name",
    [
        "search/engine.py",
        "search/query/thesaurus.yaml",
        "presentation/formatting.py",
        "authoring/form/questions.py",
        "web/views/pages.py",
        "hosting/servers.py",
        "cli/main.py",
        "settings.py",
        "i18n.py",
    ],
)
def test_a_change_of_other_code_leaves_the_fingerprint(package: Path, name: str) -> None:
    assert not changes_the_fingerprint(package / name)


def test_all_that_the_builder_imports_of_ours_is_in_the_fingerprint_but_settings_and_language() -> (
    None
):
    program = "import sys, catalogue.build.builder; print(*sys.modules)"
    words = [sys.executable, "-c", program]
    ran = subprocess.run(words, cwd=PROJECT, capture_output=True, encoding="utf-8", check=True)
    ours = {name.split(".")[1] for name in ran.stdout.split() if name.startswith("catalogue.")}
    files = {name.partition(".")[0] for name in BUILD_FILES} - {"__init__"}
    assert ours == {*files, *BUILD_FOLDERS, "settings", "i18n", "budget"}
