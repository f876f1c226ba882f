"""`catalogue check --fix` on files: what it writes, renames and says, and which files it never touches.

What is fixed within a text is tested in test_fixes.py.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from codecs import BOM_UTF8
from pathlib import Path

import pytest

import catalogue.authoring.fix.fix_files as fixing
from catalogue.authoring.fix.fix_files import fix_file, fixable
from catalogue.settings import Settings
from catalogue.validation.reader import MAX_BYTES, method_files
from tests.conftest import METHODS
from tests.support.command import FINE, PROBLEMS, Command, errors
from tests.support.editing import change, tree
from tests.support.method_text import method_text
from tests.validation.test_bad_files import BAD


@pytest.fixture(autouse=True)
def ordered(methods_dir: Path) -> None:
    """The small methods, with their fields in the usual order."""
    for file in method_files(methods_dir):
        fix_file(methods_dir, file)


@pytest.fixture
def run(settings: Settings) -> Command:
    return Command(settings)


@pytest.fixture
def panel(methods_dir: Path) -> Path:
    """A method with two slips and an error that needs a person."""
    file = methods_dir / "reed-panel.md"
    change(file, "kind: standing", "kind: standng")
    change(file, "format: [in-person, online]", "format: [in-person, on-line, flying]")
    return file


NOTES = [
    'methods/reed-panel.md:13: mended: format: "on-line" is now "online".',
    'methods/reed-panel.md:14: mended: kind: "standng" is now "standing".',
]
FLYING = (
    'methods/reed-panel.md:13:29: format "flying" is not one we use. Choose one of in-person, online, '
    "hybrid, remote. [option-unknown]"
)


def test_the_last_line_says_how_much_would_be_fixed(run: Command, panel: Path) -> None:
    before = panel.read_bytes()
    result = run("check", panel)
    assert (result.exit_code, len(errors(result))) == (PROBLEMS, 3)
    assert result.stderr == (
        "3 things to mend in methods/reed-panel.md. Worth a look: 2 warnings. "
        "Run `catalogue check --fix` to mend at least 2 of them for you.\n"
    )
    assert panel.read_bytes() == before


def test_fix_fixes_says_what_and_reports_what_is_left(run: Command, panel: Path) -> None:
    result = run("check", "--fix", panel)
    assert (result.exit_code, errors(result)) == (PROBLEMS, [FLYING])
    assert result.stderr.splitlines() == [
        *NOTES,
        "1 thing to mend in methods/reed-panel.md. Worth a look: 2 warnings.",
    ]
    text = panel.read_text(encoding="utf-8")
    assert "kind: standing\n" in text
    assert "format: [in-person, online, flying]\n" in text


def test_a_second_run_changes_nothing(run: Command, panel: Path, methods_dir: Path) -> None:
    run("check", "--fix")
    before = tree(methods_dir)
    result = run("check", "--fix")
    assert tree(methods_dir) == before
    assert "mended" not in result.stderr


def test_without_files_all_are_fixed(run: Command, methods_dir: Path) -> None:
    for file in (methods_dir / "reed-panel.md", methods_dir / "harvest-jury.md"):
        change(file, "audience: [", "audiences: [")
    result = run("check", "--fix")
    assert (result.exit_code, errors(result)) == (FINE, [])
    assert result.stderr.count(': mended: "audiences" is now "audience".\n') == 2


def test_our_own_methods_stay_as_they_are(run: Command, tmp_path: Path) -> None:
    folder = shutil.copytree(METHODS, tmp_path / "all")
    before = tree(folder)
    assert run("check", "--fix", "--strict", CATALOGUE_METHODS_DIR=str(folder)).exit_code == FINE
    assert tree(folder) == before


def test_a_wrong_file_name_is_fixed_and_the_rest_checked_under_the_new_one(
    run: Command, methods_dir: Path
) -> None:
    (methods_dir / "reed-panel.md").rename(methods_dir / "Reed Panel.md")
    result = run("check", "--fix", methods_dir / "Reed Panel.md")
    assert (result.exit_code, errors(result)) == (FINE, [])
    assert result.stderr.splitlines()[0] == (
        "methods/Reed Panel.md: mended: its name is now methods/reed-panel.md."
    )
    assert (methods_dir / "reed-panel.md").is_file()
    assert not (methods_dir / "Reed Panel.md").exists()


@pytest.mark.parametrize("name", ["Reed Panel.md", "\u65e5\u672c.md"])
def test_a_file_is_not_renamed_over_another_nor_without_a_better_name(
    methods_dir: Path, name: str
) -> None:
    file = methods_dir / name
    file.write_text(method_text(), encoding="utf-8")
    before = tree(methods_dir)
    assert fix_file(methods_dir, file).file == file
    assert fixable(file) == 0
    assert tree(methods_dir) == before


def test_a_name_that_only_a_dangling_link_has_is_taken(methods_dir: Path) -> None:
    (methods_dir / "a-b.md").symlink_to(methods_dir / "nowhere.md")
    file = methods_dir / "A B.md"
    file.write_text(method_text(), encoding="utf-8")
    assert fix_file(methods_dir, file).file == file


@pytest.mark.parametrize("mark", [b"", BOM_UTF8], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["Unix", "Windows"])
def test_every_byte_outside_the_fixed_places_stays(
    methods_dir: Path, mark: bytes, end: bytes
) -> None:
    file = methods_dir / "barn-dance.md"
    text = method_text("kind: evnt\n# \u00e9").replace("\u00e9", "\u00e9\u2028 \U0001f41d").encode()
    file.write_bytes(mark + text.replace(b"\n", end))
    assert fix_file(methods_dir, file).done
    fixed = file.read_bytes()
    assert fixed.startswith(mark + b"---" + end)
    lines = fixed.removeprefix(mark).split(end)
    assert sorted(lines) == sorted(text.replace(b"evnt", b"event").split(b"\n"))


def test_permissions_stay(methods_dir: Path, panel: Path) -> None:
    panel.chmod(0o640)
    fix_file(methods_dir, panel)
    assert stat.S_IMODE(panel.stat().st_mode) == 0o640


def outside(tmp_path: Path) -> Path:
    file = tmp_path / "outside.md"
    file.write_text(method_text("kind: evnt"), encoding="utf-8")
    return file


def untouchable(kind: str, file: Path, tmp_path: Path) -> None:
    """Put something in place of a file that must not be touched."""
    faulty = method_text("kind: evnt").encode()
    if kind == "link":
        file.symlink_to(outside(tmp_path))
    elif kind == "folder":
        file.mkdir()
    elif kind == "Latin-1":
        file.write_bytes(faulty.replace(b"barn", b"b\xe4rn"))
    elif kind == "binary":
        file.write_bytes(faulty + b"\0")
    elif kind == "large":
        file.write_bytes(faulty + b"x" * MAX_BYTES)
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.write_bytes(b"# Weakneses\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
@pytest.mark.parametrize(
    "kind", ["link", "folder", "Latin-1", "binary", "large", "pipe", "no front matter"]
)
def test_what_is_no_plain_method_file_is_never_touched(
    run: Command, methods_dir: Path, tmp_path: Path, kind: str
) -> None:
    file = methods_dir / "a-b.md"
    untouchable(kind, file, tmp_path)
    before = (tree(tmp_path), file.lstat())
    result = run("check", "--fix", file)
    assert result.exit_code == PROBLEMS
    assert "mended" not in result.stderr
    assert "--fix" not in result.stderr
    after = (tree(tmp_path), file.lstat())
    assert (after[0], after[1].st_mode, after[1].st_mtime_ns) == (
        before[0], before[1].st_mode, before[1].st_mtime_ns)  # fmt: skip


def test_a_file_set_to_be_read_only_stays_and_the_others_are_fixed(
    run: Command, methods_dir: Path, panel: Path
) -> None:
    change(methods_dir / "harvest-jury.md", "audience: [", "audiences: [")
    panel.chmod(0o444)
    before = panel.read_bytes()
    result = run("check", "--fix")
    assert result.exit_code == PROBLEMS
    assert panel.read_bytes() == before
    said = result.stderr.splitlines()
    assert said[-2] == (
        "methods/reed-panel.md could not be written (it is set to be read only), so it stays as it was."
    )
    assert said[0].endswith(': mended: "audiences" is now "audience".')


def test_a_full_disk_leaves_the_file_whole_and_nothing_beside_it(
    run: Command, methods_dir: Path, panel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fixing.os, "fsync", full)
    before, names = panel.read_bytes(), method_files(methods_dir)
    result = run("check", "--fix", panel)
    assert result.exit_code == PROBLEMS
    assert result.stderr.splitlines()[0] == (
        "methods/reed-panel.md could not be written (No space left on device), so it stays as it was."
    )
    assert panel.read_bytes() == before
    assert sorted(methods_dir.iterdir()) == names


def test_the_bad_files_are_fixed_where_they_can_be_and_none_gets_worse(
    run: Command, tmp_path: Path
) -> None:
    folder = shutil.copytree(BAD, tmp_path / "methods_bad")
    real = {"CATALOGUE_METHODS_DIR": str(folder)}
    before = run("check", **real)
    fixed = run("check", "--fix", **real)
    assert "World Cafe.md: mended: its name is now methods_bad/world-cafe.md." in fixed.stderr
    assert len(errors(fixed)) < len(errors(before)) - 30
    codes = {line.rpartition(" ")[2] for line in errors(before)}
    assert {line.rpartition(" ")[2] for line in errors(fixed)} <= codes
    again = run("check", "--fix", **real)
    assert again.stdout == fixed.stdout


def test_a_title_of_a_method_beside_it_becomes_its_slug(methods_dir: Path) -> None:
    file = methods_dir / "a.md"
    file.write_text(method_text("related: [Harvest jury, Moon jury]"), encoding="utf-8")
    fix_file(methods_dir, file)
    assert "related: [harvest-jury, Moon jury]\n" in file.read_text(encoding="utf-8")
