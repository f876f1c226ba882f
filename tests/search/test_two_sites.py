"""Two sites whose settings name one index folder by mistake: each serves its own methods, and says what is wrong."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import catalogue.search.live_build as live_build_module
from catalogue.build.builder import build
from catalogue.search.live_build import LiveBuild
from catalogue.settings import Settings
from catalogue.storage.folder import pointed_build
from catalogue.web import create_app
from tests.support.editing import change

FOREIGN = (
    "Serving an older build because the newest is made from another methods folder: set "
    "CATALOGUE_INDEX_DIR, so that each site has an index folder of its own."
)


@pytest.fixture
def other(settings: Settings, tmp_path: Path) -> Settings:
    """Another site, with one method of its own, and the same index folder."""
    folder = tmp_path / "other"
    folder.mkdir()
    shutil.copy(settings.methods_dir / "reed-panel.md", folder / "heron-panel.md")
    change(folder / "heron-panel.md", "Reed panel", "Heron panel")
    change(folder / "heron-panel.md", "related: [harvest-jury]\n", "")
    return replace(settings, methods_dir=folder)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="catalogue")
    return caplog


def slugs(live_build: LiveBuild) -> list[str]:
    return list(live_build.snapshot().ordinals)


def test_a_server_stays_with_its_own_build_when_another_site_builds_in_its_folder(
    settings: Settings, other: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_build = LiveBuild(settings)
    mine = slugs(live_build)
    build(other.methods_dir, other.index_dir)
    monkeypatch.setattr(live_build_module, "LOOK_AGAIN_SECONDS", 0.0)
    assert slugs(live_build) == mine
    assert live_build.trouble == FOREIGN
    ready = create_app(settings).test_client()
    build(other.methods_dir, other.index_dir)
    assert ready.get("/methods/heron-panel").status_code == 404
    # The next build of its own is taken up again.
    change(settings.methods_dir / "web-idea-box.md", "Web idea box", "Idea box")
    made = build(settings.methods_dir, settings.index_dir)
    assert live_build.snapshot().folder == made.folder
    assert live_build.trouble == ""


def test_a_server_that_starts_builds_its_own_where_it_finds_that_of_another_site(
    settings: Settings, other: Settings, log: pytest.LogCaptureFixture
) -> None:
    build(other.methods_dir, other.index_dir)
    assert "heron-panel" not in slugs(LiveBuild(settings))
    assert slugs(LiveBuild(other)) == ["heron-panel"]
    warnings = [record.getMessage() for record in log.records if record.levelname == "WARNING"]
    assert warnings[0] == (
        f"{settings.index_dir} held a build of another methods folder, {other.methods_dir}. If that is "
        "another site, set CATALOGUE_INDEX_DIR so that each has an index folder of its own."
    )
    assert len(warnings) == 2


def test_sites_that_take_the_folder_from_each_other_never_show_the_methods_of_the_other(
    settings: Settings, other: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_build_module, "LOOK_AGAIN_SECONDS", 0.0)
    one, two = LiveBuild(settings), LiveBuild(other)
    mine = slugs(one)
    for number in range(4):
        assert (slugs(one), slugs(two)) == (mine, ["heron-panel"])
        for site in (settings, other):
            file = next(site.methods_dir.glob("*-panel.md"))
            file.write_text(file.read_text() + f"\nAgain {number}.\n")
            build(site.methods_dir, site.index_dir)
            assert (slugs(one), slugs(two)) == (mine, ["heron-panel"])


def test_a_build_copied_with_its_methods_is_served_as_it_is(
    settings: Settings, tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    build(settings.methods_dir, settings.index_dir)
    copy = replace(settings, methods_dir=tmp_path / "copy" / "methods", index_dir=tmp_path / "copy" / "index")  # fmt: skip
    shutil.copytree(settings.methods_dir, copy.methods_dir)
    shutil.copytree(settings.index_dir, copy.index_dir)
    assert LiveBuild(copy).snapshot().folder == pointed_build(copy.index_dir)
    assert [record.levelname for record in log.records] == ["INFO"]


def test_a_methods_folder_that_was_moved_takes_its_builds_along_without_a_warning(
    settings: Settings, tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    build(settings.methods_dir, settings.index_dir)
    settings.methods_dir.rename(tmp_path / "moved")
    moved = replace(settings, methods_dir=tmp_path / "moved")
    change(moved.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    assert len(slugs(LiveBuild(moved))) == 6
    assert [record.levelname for record in log.records] == []
