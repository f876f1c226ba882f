"""Tests of building: what is done again, what disappears, what stays the same.

Builds that fail, are killed or are damaged are tested in test_builder_failures.py.
"""

from __future__ import annotations

import os
import random
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import catalogue.build.builder as building
import catalogue.storage.folder as folders
from catalogue.build.builder import BuildResult, build
from catalogue.model.problems import Problem
from catalogue.settings import PROJECT, Settings
from catalogue.storage.database import Store
from catalogue.storage.folder import DATABASE, INDEX, MANIFEST, current_build
from catalogue.storage.fulltext import SearchIndex
from catalogue.validation.reader import digest
from catalogue.web import create_app
from tests.conftest import GOOD
from tests.support.editing import (
    Calls,
    break_file,
    broken,
    build_names,
    change,
    fix_file,
    pointed_name,
    save,
    state,
    tree,
)
from tests.support.page import PageClient

SLUGS = {path.stem for path in GOOD.glob("*.md")}


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "search_index"


@pytest.fixture
def first(methods_dir: Path, index_dir: Path) -> BuildResult:
    """A first build of the six methods."""
    return build(methods_dir, index_dir)


@pytest.fixture
def calls(first: BuildResult, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What is done from now on, after the first build."""
    return Calls(monkeypatch)


def test_a_first_build_makes_every_method(first: BuildResult, index_dir: Path) -> None:
    assert (first.made, first.rendered, first.problems) == (True, 6, ())
    assert first.manifest.methods == 6
    assert set(state(first.folder)["digests"]) == SLUGS
    assert current_build(index_dir) == first.folder


def test_a_build_holds_a_database_an_index_and_a_manifest_of_both(first: BuildResult) -> None:
    found = set(tree(first.folder))
    assert found == {*first.manifest.files, MANIFEST}
    assert DATABASE in found
    assert any(name.startswith(f"{INDEX}/") for name in found)


def test_a_build_can_be_read_by_other_users(first: BuildResult) -> None:
    assert stat.S_IMODE(first.folder.stat().st_mode) == 0o755


def test_an_unchanged_rebuild_does_nothing(
    methods_dir: Path, index_dir: Path, calls: Calls
) -> None:
    before = tree(index_dir)
    again = build(methods_dir, index_dir)
    assert (again.made, again.rendered, again.problems) == (False, 0, ())
    assert (calls.read, calls.rendered, calls.indexed) == ([], [], [])
    assert tree(index_dir) == before
    assert again.manifest.methods == 6


def test_a_file_that_is_touched_but_not_changed_builds_nothing(
    methods_dir: Path, index_dir: Path, calls: Calls
) -> None:
    for path in methods_dir.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    assert build(methods_dir, index_dir).made is False
    assert calls.read == []


def test_only_a_changed_method_is_read_rendered_and_indexed_again(
    methods_dir: Path, index_dir: Path, calls: Calls
) -> None:
    change(methods_dir / "reed-panel.md", "a clinic", "a heron")
    result = build(methods_dir, index_dir)
    assert (result.made, result.rendered, result.manifest.methods) == (True, 1, 6)
    assert (calls.read, calls.rendered, calls.indexed) == (
        ["reed-panel.md"],
        ["reed-panel"],
        ["reed-panel"],
    )
    found = state(result.folder)["found"]
    assert found["heron"] == ["reed-panel"]
    assert found["clinic"] == []


def test_only_an_added_method_is_rendered_and_indexed(
    methods_dir: Path, index_dir: Path, calls: Calls
) -> None:
    text = (methods_dir / "reed-panel.md").read_text(encoding="utf-8")
    save(methods_dir / "heron-panel.md", text.replace("Reed panel", "Heron panel"))
    result = build(methods_dir, index_dir)
    assert (result.rendered, result.manifest.methods) == (1, 7)
    assert (calls.rendered, calls.indexed) == (["heron-panel"], ["heron-panel"])
    assert state(result.folder)["found"]["heron"] == ["heron-panel"]


def test_a_removed_file_disappears_from_database_index_and_pages(
    methods_dir: Path, index_dir: Path, settings: Settings, calls: Calls
) -> None:
    (methods_dir / "reed-panel.md").unlink()
    result = build(methods_dir, index_dir)
    assert (result.rendered, result.manifest.methods) == (0, 5)
    assert calls.rendered == []
    store = Store(result.folder / DATABASE)
    held = {*store.digests(), *(slug for slug, _, _ in store.facets(sorted(SLUGS)))}
    assert held == SLUGS - {"reed-panel"}
    assert set(store.files()) == {f"{slug}.md" for slug in held}
    store.close()
    assert not SearchIndex(result.folder / INDEX).word_scores("clinic").any()
    page = PageClient(create_app(settings))
    page.get("/methods/reed-panel", status=404)
    links = page.get("/methods").select(".card__title a")
    assert {link["href"] for link in links} == {f"/methods/{slug}" for slug in held}


def test_a_file_with_an_error_is_left_out_and_the_rest_is_built(
    methods_dir: Path, index_dir: Path
) -> None:
    break_file(methods_dir / "reed-panel.md")
    result = build(methods_dir, index_dir)
    assert [str(problem) for problem in result.problems] == [broken("methods/reed-panel.md")]
    assert set(state(result.folder)["digests"]) == SLUGS - {"reed-panel"}


def test_the_problems_are_named_again_by_an_unchanged_rebuild(
    methods_dir: Path, index_dir: Path
) -> None:
    break_file(methods_dir / "reed-panel.md")
    first = build(methods_dir, index_dir)
    again = build(methods_dir, index_dir)
    assert again.made is False
    assert again.problems == first.problems != ()


def test_a_file_that_gets_an_error_goes_and_comes_back_when_fixed(
    methods_dir: Path, index_dir: Path, first: BuildResult, calls: Calls
) -> None:
    break_file(methods_dir / "reed-panel.md")
    without = build(methods_dir, index_dir)
    assert (without.rendered, without.manifest.methods) == (0, 5)
    assert state(without.folder)["found"]["clinic"] == []
    fix_file(methods_dir / "reed-panel.md")
    fixed = build(methods_dir, index_dir)
    assert (fixed.rendered, fixed.manifest.methods, fixed.problems) == (1, 6, ())
    assert calls.rendered == calls.indexed == ["reed-panel"]
    assert state(fixed.folder) == state(build(methods_dir, index_dir.with_name("new")).folder)


def test_a_method_stays_when_the_file_it_refers_to_goes_and_comes_back(
    methods_dir: Path, index_dir: Path, first: BuildResult, calls: Calls
) -> None:
    gone = methods_dir / "harvest-jury.md"
    kept = gone.rename(methods_dir.parent / gone.name)
    without = build(methods_dir, index_dir)
    assert set(state(without.folder)["digests"]) == SLUGS - {"harvest-jury"}
    assert {problem.code for problem in without.problems} == {"related-unknown"}
    assert (without.manifest.errors, without.left_out) == (len(without.problems), ())
    assert calls.rendered == []
    shutil.move(kept, gone)
    back = build(methods_dir, index_dir)
    assert back.problems == ()
    assert back.manifest.fingerprint == first.manifest.fingerprint
    assert calls.rendered == ["harvest-jury"]
    assert calls.read == ["harvest-jury.md"]


def test_another_version_of_the_code_builds_everything_again(
    methods_dir: Path, index_dir: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (building, folders):
        monkeypatch.setattr(module, "engine_fingerprint", lambda: "another")
    result = build(methods_dir, index_dir)
    assert (result.made, result.rendered, result.manifest.engine) == (True, 6, "another")
    assert set(calls.indexed) == SLUGS


def test_a_change_of_code_builds_again_if_the_build_depends_on_it_and_else_renders_nothing(
    methods_dir: Path, index_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    package = shutil.copytree(PROJECT / "catalogue", tmp_path / "catalogue", ignore=ignored)
    monkeypatch.setattr(folders, "PACKAGE", package)
    for module in (building, folders):  # as a program that has just been started finds it
        monkeypatch.setattr(module, "engine_fingerprint", folders.engine_on_disk)
    assert build(methods_dir, index_dir).rendered == 6
    change(package / "web" / "factory.py", '"""', '"""Changed. ')
    result = build(methods_dir, index_dir)
    assert (result.made, result.rendered) == (False, 0)
    change(package / "rendering" / "markdown.py", '"""', '"""Changed. ')
    result = build(methods_dir, index_dir)
    assert (result.made, result.rendered) == (True, 6)


def test_the_same_sources_give_the_same_fingerprint_in_two_folders(
    methods_dir: Path, first: BuildResult, tmp_path: Path
) -> None:
    elsewhere = shutil.copytree(methods_dir, tmp_path / "elsewhere" / "methods")
    other = build(elsewhere, tmp_path / "elsewhere" / "index")
    assert other.manifest.fingerprint == first.manifest.fingerprint
    assert other.folder.name != first.folder.name
    assert state(other.folder) == state(first.folder)


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda d: change(d / "reed-panel.md", "month", "week"), id="text"),
        pytest.param(lambda d: (d / "reed-panel.md").rename(d / "reed.md"), id="name"),
        pytest.param(lambda d: (d / "reed-panel.md").unlink(), id="removed"),
        pytest.param(lambda d: save(d / "heron.md", ""), id="added"),
    ],
)
def test_any_change_of_the_sources_changes_the_fingerprint(
    methods_dir: Path, index_dir: Path, first: BuildResult, edit: Callable[[Path], object]
) -> None:
    edit(methods_dir)
    assert build(methods_dir, index_dir).manifest.fingerprint != first.manifest.fingerprint


def test_builds_older_than_the_last_two_are_removed(
    methods_dir: Path, index_dir: Path, first: BuildResult
) -> None:
    made, before = [first.folder.name], "month"
    for visit in ("week", "year", "decade"):
        change(methods_dir / "reed-panel.md", before, visit)
        before = visit
        made.append(build(methods_dir, index_dir).folder.name)
        assert build_names(index_dir) == set(made[-2:])
    assert pointed_name(index_dir) == made[-1]


def test_progress_counts_up_to_the_last_file_and_method(methods_dir: Path, index_dir: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(methods_dir, index_dir, lambda *step: told.append(step))
    assert told == [
        *(("Reading", done, 6) for done in range(1, 7)),
        *(("Rendering", done, 6) for done in range(1, 7)),
        ("Writing the index", 0, 1),
    ]


def test_a_folder_with_odd_characters_in_its_name_can_be_built_in(
    methods_dir: Path, tmp_path: Path
) -> None:
    result = build(methods_dir, tmp_path / "a #1, 100% ? & é")
    assert set(state(result.folder)["digests"]) == SLUGS


def random_edit(methods_dir: Path, chance: random.Random) -> None:
    """Add, remove, change, break or fix one file."""
    file = methods_dir / f"{chance.choice(sorted(SLUGS))}.md"
    if not file.exists():
        shutil.copy(GOOD / file.name, file)
        return
    text = file.read_text(encoding="utf-8")
    doing = chance.choice(["remove", "break or mend", "change", "change"])
    if doing == "remove":
        file.unlink()
    elif doing == "change":
        change(file, "## Origin\n", f"## Origin\n\nOnce a heron came, {chance.random():.3f}.\n")
    elif "dancing" in text:
        fix_file(file)
    else:
        break_file(file)


@pytest.mark.parametrize("seed", range(3))
def test_many_small_builds_end_where_one_whole_build_does(
    methods_dir: Path, index_dir: Path, seed: int
) -> None:
    chance = random.Random(seed)
    problems: tuple[Problem, ...] = ()
    for _ in range(8):
        random_edit(methods_dir, chance)
        last = build(methods_dir, index_dir)
        problems = last.problems
    whole = build(methods_dir, index_dir.with_name("whole"))
    assert whole.manifest.fingerprint == last.manifest.fingerprint
    assert whole.problems == problems
    assert state(last.folder) == state(whole.folder)


def age(folder: Path) -> None:
    """Give all files an age of a minute."""
    for file in folder.iterdir():
        os.utime(file, (file.stat().st_atime, time.time() - 60))


def test_a_file_that_was_not_touched_is_not_read_again(
    methods_dir: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(methods_dir)
    monkeypatch.setattr(building, "FRESH_SECONDS", 0.0)
    first = build(methods_dir, index_dir)
    looked: list[str] = []
    monkeypatch.setattr(building, "digest", lambda file: looked.append(file.name) or digest(file))
    assert not build(methods_dir, index_dir).made
    assert looked == []
    change(methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    assert build(methods_dir, index_dir).rendered == 1
    assert looked == ["reed-panel.md"]
    assert first.manifest.methods == 6


def test_a_file_of_the_same_size_and_time_with_other_words_is_noticed(
    methods_dir: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(methods_dir)
    monkeypatch.setattr(building, "FRESH_SECONDS", 0.0)
    build(methods_dir, index_dir)
    file = methods_dir / "reed-panel.md"
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    change(file, "Reed panel", "Weed panel")
    os.utime(file, ns=times)
    assert build(methods_dir, index_dir).rendered == 1


def test_a_file_touched_just_now_is_always_read(
    methods_dir: Path, index_dir: Path, first: BuildResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(building, "digest", lambda file: looked.append(file.name) or digest(file))
    assert not build(methods_dir, index_dir).made
    assert sorted(looked) == sorted(f"{slug}.md" for slug in SLUGS)


def test_a_process_that_built_before_does_not_read_the_database_again(
    methods_dir: Path, index_dir: Path, first: BuildResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: Store) -> None:
        raise AssertionError

    monkeypatch.setattr(Store, "files", never)
    change(methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    again = build(methods_dir, index_dir, before=first)
    assert (again.rendered, again.manifest.methods) == (1, 6)


def test_an_index_file_goes_into_the_next_build_without_a_copy_and_with_its_digest(
    methods_dir: Path, index_dir: Path, first: BuildResult
) -> None:
    nodes = {path.stat().st_ino for path in (first.folder / INDEX).glob("*.seg")}
    change(methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    second = build(methods_dir, index_dir)
    assert nodes <= {path.stat().st_ino for path in (second.folder / INDEX).glob("*.seg")}
    shared = {name for name in first.manifest.files if name.endswith(".seg")}
    assert shared
    assert all(first.manifest.files[name] == second.manifest.files[name] for name in shared)


def test_each_build_has_a_lock_of_its_own(
    methods_dir: Path, index_dir: Path, first: BuildResult
) -> None:
    change(methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    locks = [
        path.stat().st_ino
        for folder in (first.folder, build(methods_dir, index_dir).folder)
        for path in (folder / INDEX).glob("*LOCK")
    ]
    assert len(set(locks)) == len(locks) == 2
