"""Tests of serving in bad conditions: nothing to serve, no place to build, builds swapped under readers.

The ordinary course is tested in test_live_build.py.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest

import catalogue.search.live_build as live_build_module
from catalogue.build.builder import build
from catalogue.search.live_build import LiveBuild
from catalogue.settings import Settings
from catalogue.storage.folder import BUILDS, DATABASE, MANIFEST, POINTER
from catalogue.web import create_app
from tests.support.editing import break_file, broken, change, holding, state, tree
from tests.support.page import PageClient

PAGES = ("/", "/methods", "/methods?q=jury&cost=high", "/about")
NO_METHOD = "There is no method to show. Put method files into the methods folder."
VERSIONS = 5


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="catalogue")
    return caplog


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, kept inside the folder of the test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def unwritable(settings: Settings) -> Settings:
    """Settings with an index folder that cannot be made: a plain file is in its way."""
    settings.index_dir.write_text("a plain file", encoding="utf-8")
    return replace(settings, index_dir=settings.index_dir / "index")


def cannot_be_read(settings: Settings) -> str:
    return (
        f"The folder of methods, {settings.methods_dir}, cannot be read "
        f"({os.strerror(errno.ENOENT)}). Set CATALOGUE_METHODS_DIR to the folder with the method "
        "files."
    )


def cannot_be_written(settings: Settings) -> str:
    return (
        f"The build cannot be written to {settings.index_dir} ({os.strerror(errno.ENOTDIR)}). Check "
        "that the disk has room and that this user may write there, or set CATALOGUE_INDEX_DIR to "
        "another folder. What was served before stays."
    )


@pytest.mark.parametrize("reload", [True, False], ids=["reload", "no-reload"])
def test_an_empty_methods_folder_gives_a_warning_and_pages_without_methods(
    settings: Settings, log: pytest.LogCaptureFixture, reload: bool
) -> None:
    shutil.rmtree(settings.methods_dir)
    settings.methods_dir.mkdir()
    page = PageClient(create_app(replace(settings, reload=reload)))
    for address in PAGES:
        page.get(address)
    page.get("/methods/reed-panel", status=404)
    assert page.client.get("/api/v1/methods").json["total"] == 0
    assert [(r.levelname, r.getMessage()) for r in log.records] == [("WARNING", NO_METHOD)]


@pytest.mark.parametrize("reload", [True, False], ids=["reload", "no-reload"])
def test_a_missing_methods_folder_gives_a_page_that_says_so_and_a_clear_log(
    settings: Settings, log: pytest.LogCaptureFixture, temporary: Path, reload: bool
) -> None:
    shutil.rmtree(settings.methods_dir)
    page = PageClient(create_app(replace(settings, reload=reload)))
    for address in PAGES:
        soup = page.get(address, status=503)
        assert soup.h1.get_text(strip=True) == "The catalogue is not ready"
    page.get("/nowhere", status=404)
    assert log.messages == [cannot_be_read(settings)] * len(PAGES)
    assert tree(temporary) == {}


@pytest.mark.parametrize("address", ["/api/v1/methods", "/api/v1/methods/reed-panel"])
def test_programs_are_told_in_json_that_nothing_can_be_served(
    settings: Settings, address: str
) -> None:
    shutil.rmtree(settings.methods_dir)
    answer = create_app(settings).test_client().get(address)
    assert (answer.status_code, answer.json) == (
        503,
        {
            "error": {
                "status": 503,
                "title": "The catalogue is not ready",
                "detail": "Its pages could not be built. The reason stands in the log of the "
                "server.",
            }
        },
    )


def test_the_site_starts_once_the_missing_folder_is_there(settings: Settings) -> None:
    away = settings.methods_dir.rename(settings.methods_dir.with_name("away"))
    page = PageClient(create_app(settings))
    page.get("/methods", status=503)
    away.rename(settings.methods_dir)
    page.get("/methods")


def test_a_build_goes_on_being_served_when_the_methods_folder_is_missing(
    settings: Settings,
) -> None:
    build(settings.methods_dir, settings.index_dir)
    shutil.rmtree(settings.methods_dir)
    assert len(LiveBuild(settings).snapshot().cards) == 6


@pytest.mark.parametrize("reload", [True, False], ids=["reload", "no-reload"])
def test_without_a_place_to_build_in_the_site_serves_a_temporary_build_and_says_so(
    unwritable: Settings, temporary: Path, log: pytest.LogCaptureFixture, reload: bool
) -> None:
    break_file(unwritable.methods_dir / "reed-panel.md")
    page = PageClient(create_app(replace(unwritable, reload=reload)))
    for address in (*PAGES, "/methods/harvest-jury"):
        page.get(address)
    (folder,) = temporary.iterdir()
    assert log.messages == [
        cannot_be_written(unwritable),
        f"Until then this process builds in {folder}.",
        broken("methods/reed-panel.md"),
        "Left out of the site until mended: methods/reed-panel.md.",
    ]


def test_reload_works_in_a_temporary_build_too(unwritable: Settings) -> None:
    page = PageClient(create_app(replace(unwritable, reload=True)))
    page.get("/methods/reed-panel")
    change(unwritable.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    assert page.get("/methods/reed-panel").h1.get_text(strip=True) == "Heron panel"


def test_where_no_folder_at_all_can_be_written_the_pages_say_so(
    unwritable: Settings, temporary: Path, log: pytest.LogCaptureFixture
) -> None:
    temporary.rmdir()
    temporary.write_text("a plain file", encoding="utf-8")
    PageClient(create_app(unwritable)).get("/methods", status=503)
    assert log.messages == [cannot_be_written(unwritable)]


def test_a_temporary_build_that_fails_leaves_nothing_behind(
    settings: Settings, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    page = PageClient(create_app(settings))
    with monkeypatch.context() as patch:
        patch.setattr("catalogue.build.builder.write_index", full)
        page.get("/methods", status=503)
    assert list(temporary.iterdir()) == []
    page.get("/methods")
    assert (settings.index_dir / POINTER).is_file()


@pytest.mark.parametrize("reload", [True, False], ids=["reload", "no-reload"])
@pytest.mark.parametrize(
    "lost", [DATABASE, MANIFEST, "index", POINTER, BUILDS, "everything", "a byte"]
)
def test_what_is_missing_or_damaged_at_the_start_is_built_again(
    settings: Settings, reload: bool, lost: str
) -> None:
    made = build(settings.methods_dir, settings.index_dir)
    good = state(made.folder)
    if lost == "a byte":
        (made.folder / DATABASE).write_bytes((made.folder / DATABASE).read_bytes()[:-1] + b"x")
    else:
        above = made.folder if lost in (DATABASE, MANIFEST, "index") else settings.index_dir
        path = above if lost == "everything" else above / lost
        path.unlink() if path.is_file() else shutil.rmtree(path)
    snapshot = LiveBuild(replace(settings, reload=reload)).snapshot()
    assert snapshot.folder != made.folder
    assert state(snapshot.folder) == good


class Reader(threading.Thread):
    """Searches without end, and notes every answer that mixes two builds."""

    def __init__(self, live_build: LiveBuild) -> None:
        super().__init__(daemon=True)
        self.live_build = live_build
        self.faults: list[str] = []
        self.seen: set[int] = set()
        self.answered = threading.Condition()
        self.stopped = False

    def run(self) -> None:
        while not self.stopped:
            try:
                version = self.look()
            except Exception as error:
                self.faults.append(repr(error))
                version = -1
            with self.answered:
                self.seen.add(version)
                self.answered.notify_all()

    def look(self) -> int:
        """Answer from the card, the page, the extract and the index; they must be of one version."""
        snapshot = self.live_build.snapshot()
        card = snapshot.cards[snapshot.ordinals["reed-panel"]]
        version = int(card.summary.removeprefix("Heron").removesuffix("."))
        page = snapshot.page("reed-panel")
        texts = snapshot.passages(["reed-panel"])["reed-panel"].texts
        words = [f"heron{number}" for number in range(VERSIONS)]
        found = [word for word in words if holding(snapshot, word)]
        if not page or page.method.summary != card.summary or len(snapshot.cards) != 6:
            self.faults.append(f"page of another build than card {version}")
        if found != [f"heron{version}"] or f"Only heron{version} came." not in texts:
            self.faults.append(f"{found} and {texts[:1]} with card {version}")
        return version

    def wait_for(self, version: int) -> None:
        """Wait until this reader has seen a version, or failed."""
        with self.answered:
            assert self.answered.wait_for(lambda: self.faults or version in self.seen, 30)


@pytest.mark.parametrize("reload", [True, False], ids=["reload", "no-reload"])
def test_readers_never_see_half_a_build(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, reload: bool
) -> None:
    monkeypatch.setattr(live_build_module, "LOOK_AGAIN_SECONDS", 0)
    file = settings.methods_dir / "reed-panel.md"
    summary = "A group of service users meets every month to judge how a service works."
    change(file, summary, "Heron0.")
    change(file, "Patients and carers meet the managers of a clinic.", "Only heron0 came.")
    readers = [Reader(LiveBuild(replace(settings, reload=reload))) for _ in range(2)]
    readers.append(Reader(readers[0].live_build))
    for reader in readers:
        reader.start()
    for version in range(VERSIONS):
        if version:
            text = file.read_text(encoding="utf-8")
            change(file, text, text.replace(f"eron{version - 1}", f"eron{version}"))
            if not reload:
                build(settings.methods_dir, settings.index_dir)
        for reader in readers:
            reader.wait_for(version)
    for reader in readers:
        reader.stopped = True
    for reader in readers:
        reader.join(30)
    assert [reader.faults for reader in readers] == [[]] * len(readers)
    assert [reader.seen for reader in readers] == [set(range(VERSIONS))] * len(readers)
