"""Tests of live_build: which build answers, when a newer one is taken up, and what happens without one.

Time is a clock that the tests move, so nothing sleeps. What a build itself does is tested in test_builder.py.
"""

from __future__ import annotations

import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask

import catalogue.search.live_build as live_build_module
from catalogue.build.builder import build
from catalogue.search import served_build
from catalogue.search.live_build import LiveBuild
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage.folder import BUILDS, POINTER, BuildError
from catalogue.web import create_app
from tests.support.editing import break_file, broken, change, fix_file, holding, save, tree
from tests.support.page import PageClient
from tests.support.search_helpers import asked

PAGES = ("/", "/methods", "/methods?q=jury&cost=high", "/about")


class Clock:
    """Takes the place of the module `time`; stands still until moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(live_build_module, "time", clock)
    return clock


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="catalogue")
    return caplog


@pytest.fixture
def live(settings: Settings) -> PageClient:
    """The site with RELOAD, over files that can be changed."""
    return PageClient(create_app(replace(settings, reload=True)))


def titles(page: PageClient) -> list[str]:
    found = page.get("/methods").select(".card__title")
    return [" ".join(tag.get_text().split()) for tag in found]


ALL_TITLES = [
    "Barn meeting",
    "Harvest jury",
    "Orchard walk",
    "Postcard survey",
    "Reed panel",
    "Web idea box",
]


def test_nothing_is_built_before_the_first_request(settings: Settings) -> None:
    app = create_app(settings)
    assert not settings.index_dir.exists()
    assert titles(PageClient(app)) == ALL_TITLES
    assert settings.index_dir.exists()


def test_a_build_that_is_there_is_served_without_building(
    settings: Settings, log: pytest.LogCaptureFixture
) -> None:
    made = build(settings.methods_dir, settings.index_dir)
    before = tree(settings.index_dir)
    assert LiveBuild(settings).snapshot().folder == made.folder
    assert tree(settings.index_dir) == before
    assert log.messages == [f"Serving build {made.manifest.fingerprint}."]


def test_the_first_search_of_a_served_build_finds_everything_read(settings: Settings) -> None:
    snapshot = LiveBuild(settings).snapshot()
    read = set(vars(snapshot)), set(vars(snapshot.lexicon))
    assert asked(snapshot, "harvestjury barn meting delibe").results
    assert (set(vars(snapshot)), set(vars(snapshot.lexicon))) == read


@pytest.mark.parametrize("reload", [True, False], ids=["reload", "no-reload"])
def test_a_file_with_an_error_is_named_in_the_log_and_the_rest_is_served(
    settings: Settings, log: pytest.LogCaptureFixture, reload: bool
) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    page = PageClient(create_app(replace(settings, reload=reload)))
    assert titles(page) == [title for title in ALL_TITLES if title != "Reed panel"]
    page.get("/methods/reed-panel", status=404)
    assert log.messages == [
        broken("methods/reed-panel.md"),
        "Left out of the site until mended: methods/reed-panel.md.",
    ]


def test_reload_shows_an_edited_file_on_the_next_request(
    settings: Settings, live: PageClient
) -> None:
    assert titles(live) == ALL_TITLES
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    assert live.get("/methods/reed-panel").h1.get_text(strip=True) == "Heron panel"
    assert titles(live) == sorted([*ALL_TITLES[:4], "Heron panel", "Web idea box"])


def test_reload_shows_an_added_and_a_removed_file_on_the_next_request(
    settings: Settings, live: PageClient
) -> None:
    live.get("/methods/heron-panel", status=404)
    old = settings.methods_dir / "reed-panel.md"
    text = old.read_text(encoding="utf-8").replace("Reed panel", "Heron panel")
    save(settings.methods_dir / "heron-panel.md", text)
    live.get("/methods/heron-panel")
    live.get("/methods/reed-panel")
    old.unlink()
    live.get("/methods/reed-panel", status=404)


def test_reload_takes_a_broken_file_off_and_brings_it_back_when_fixed(
    settings: Settings, live: PageClient, log: pytest.LogCaptureFixture
) -> None:
    live.get("/methods/reed-panel")
    break_file(settings.methods_dir / "reed-panel.md")
    live.get("/methods/reed-panel", status=404)
    assert broken("methods/reed-panel.md") in log.messages
    fix_file(settings.methods_dir / "reed-panel.md")
    live.get("/methods/reed-panel")


def test_reload_names_a_problem_once_and_not_at_each_request(
    settings: Settings, live: PageClient, log: pytest.LogCaptureFixture
) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    for address in PAGES:
        live.get(address)
    assert log.messages.count(broken("methods/reed-panel.md")) == 1


def test_reload_builds_nothing_while_no_file_changes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_build = LiveBuild(replace(settings, reload=True))
    first = live_build.snapshot()
    monkeypatch.setattr(served_build, "build", None)
    assert live_build.snapshot() is first


def test_reload_keeps_the_old_build_where_a_new_one_fails(
    settings: Settings,
    live: PageClient,
    log: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise BuildError("The build cannot be written, says the test.")

    assert titles(live) == ALL_TITLES
    with monkeypatch.context() as patch:
        patch.setattr(served_build, "build", fail)
        change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
        assert titles(live) == ALL_TITLES
    assert log.messages == ["The build cannot be written, says the test."]
    shutil.rmtree(settings.methods_dir)
    assert titles(live) == ALL_TITLES


def test_a_new_build_is_taken_up_without_reload_after_a_second(
    settings: Settings, clock: Clock
) -> None:
    live_build = LiveBuild(settings)
    first = live_build.snapshot()
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    made = build(settings.methods_dir, settings.index_dir)
    clock.now += 0.9
    assert live_build.snapshot() is first
    clock.now += 0.2
    second = live_build.snapshot()
    assert second.folder == made.folder
    assert second.cards[second.ordinals["reed-panel"]].title == "Heron panel"


def test_an_answer_that_began_on_one_build_ends_on_it(settings: Settings, clock: Clock) -> None:
    live_build = LiveBuild(settings)
    first = live_build.snapshot()
    change(settings.methods_dir / "reed-panel.md", "clinic", "heronry")
    build(settings.methods_dir, settings.index_dir)
    clock.now += 2
    second = live_build.snapshot()

    def look(snapshot: Snapshot) -> list[object]:
        page, texts = snapshot.page("reed-panel"), snapshot.passages(["reed-panel"])["reed-panel"]
        words = [word for word in ("clinic", "heronry") if holding(snapshot, word)]
        assert page is not None
        html, extracts = page.sections[0][1], " ".join(texts.texts)
        return [words, *(["heronry" in text, "clinic" in text] for text in (html, extracts))]

    with ThreadPoolExecutor(1) as thread:  # a thread that has opened nothing before
        old, new = thread.map(look, (first, second))
    assert old == [["clinic"], [False, True], [False, True]]
    assert new == [["heronry"], [True, False], [True, False]]


def test_without_reload_an_edited_file_alone_changes_nothing(
    settings: Settings, clock: Clock
) -> None:
    live_build = LiveBuild(settings)
    first = live_build.snapshot()
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    clock.now += 10
    assert live_build.snapshot() is first


def test_a_damaged_new_build_is_not_taken_up(
    settings: Settings, clock: Clock, log: pytest.LogCaptureFixture
) -> None:
    live_build = LiveBuild(settings)
    first = live_build.snapshot()
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    made = build(settings.methods_dir, settings.index_dir)
    (made.folder / "catalogue.sqlite").write_bytes(b"")
    log.clear()
    clock.now += 2
    assert live_build.snapshot() is first
    assert log.messages == [
        f"The build in {made.folder} is damaged. The one before it stays.",
    ]


def test_a_build_by_another_version_is_not_taken_up_and_not_opened_at_the_start(
    settings: Settings, clock: Clock, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_build = LiveBuild(settings)
    first = live_build.snapshot()
    with monkeypatch.context() as patch:
        for module in ("build.builder", "storage.folder"):
            patch.setattr(f"catalogue.{module}.engine_fingerprint", lambda: "another version")
        other = build(settings.methods_dir, settings.index_dir)
    log.clear()
    clock.now += 2
    assert live_build.snapshot() is first
    assert log.messages == [
        f"The build in {other.folder} is made by another version: restart the server. "
        "The one before it stays.",
    ]
    assert LiveBuild(settings).snapshot().build_id == first.build_id


@pytest.mark.parametrize("reload", [True, False], ids=["reload", "no-reload"])
@pytest.mark.parametrize("lost", ["", POINTER, BUILDS])
def test_what_is_deleted_while_it_is_served_is_built_again(
    settings: Settings, log: pytest.LogCaptureFixture, reload: bool, lost: str
) -> None:
    app = create_app(replace(settings, reload=reload))
    first = app.extensions["catalogue"].snapshot().folder
    path = settings.index_dir / lost
    path.unlink() if lost == POINTER else shutil.rmtree(path)
    log.clear()

    def search(_: int) -> list[str]:
        return titles_found(app, "/methods?q=jury")

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(search, range(8))) == [["Harvest jury"]] * 8
    gone = [f"The build that was served, {first}, is gone."]
    assert log.messages[:1] == ([] if lost == POINTER else gone)


def titles_found(app: Flask, address: str) -> list[str]:
    answer = app.test_client().get(address.replace("/methods", "/api/v1/methods"))
    return [item["title"] for item in answer.json["items"]]
