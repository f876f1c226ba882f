"""Tests of builds that were damaged after they were made: it is noticed, and they are made again.

Whoosh and SQLite notice damage late or not at all, so each file is compared with its digest.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

import catalogue.storage.folder as folders
from catalogue.build.builder import BuildResult, build
from catalogue.search.snapshot import Snapshot
from catalogue.storage.folder import current_build, pointed_build
from tests.conftest import GOOD
from tests.support.editing import pointed_name, state


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite(path: Path) -> None:
    path.write_bytes(random.Random(path.stat().st_size).randbytes(max(1, path.stat().st_size)))


def change_one_byte(path: Path) -> None:
    held = bytearray(path.read_bytes() or b"-")
    held[len(held) // 2] ^= 0x10
    path.write_bytes(held)


DAMAGE = {
    "truncated": truncate,
    "emptied": lambda path: path.write_bytes(b""),
    "overwritten": overwrite,
    "one-byte": change_one_byte,
    "missing": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_of_a_build_is_noticed_and_the_build_made_again(
    tmp_path: Path, built: BuildResult, damage: str
) -> None:
    good = state(built.folder)
    for name in [*built.manifest.files, folders.MANIFEST]:
        index_dir = shutil.copytree(built.folder.parents[1], tmp_path / f"index of {name[-8:]}")
        file = index_dir / folders.BUILDS / built.folder.name / name
        before = file.read_bytes()
        DAMAGE[damage](file)
        if file.exists() and file.read_bytes() == before:
            continue
        again = build(GOOD, index_dir)
        assert again.made, name
        assert current_build(index_dir) == again.folder, name
        assert state(again.folder) == good, name


@pytest.mark.parametrize(
    "pointer",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\x00\xfe", id="binary"),
        pytest.param(b"../../methods", id="outside"),
        pytest.param(b"0123456789abcdef0123456789abcdef-none", id="not-there"),
        pytest.param(b"x" * 5000, id="long"),
        pytest.param(None, id="missing"),
    ],
)
def test_a_pointer_that_names_no_build_is_replaced(
    tmp_path: Path, built: BuildResult, pointer: bytes | None
) -> None:
    index_dir = shutil.copytree(built.folder.parents[1], tmp_path / "index")
    file = index_dir / folders.POINTER
    file.unlink()
    if pointer is not None:
        file.write_bytes(pointer)
    assert pointed_build(index_dir) is None
    assert current_build(index_dir) is None
    again = build(GOOD, index_dir)
    assert (again.made, again.rendered) == (True, 6)
    assert pointed_name(index_dir) == again.folder.name
    assert len(Snapshot(again.folder).cards) == 6


def test_a_folder_where_the_name_of_the_build_should_stand_gives_way(
    tmp_path: Path, built: BuildResult
) -> None:
    index_dir = shutil.copytree(built.folder.parents[1], tmp_path / "index")
    pointer = index_dir / folders.POINTER
    pointer.unlink()
    (pointer / "within").mkdir(parents=True)
    again = build(GOOD, index_dir)
    assert current_build(index_dir) == again.folder
    assert pointer.read_text(encoding="utf-8") == again.folder.name
