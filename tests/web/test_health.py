"""What machines ask: alive, ready, and why not. A build that is older than it should be is said to be so."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

import catalogue.search.live_build as live_build_module
import catalogue.web.readiness as readiness_module
from catalogue import __version__
from catalogue.build.builder import BuildResult, build
from catalogue.search import served_build
from catalogue.search.live_build import LiveBuild
from catalogue.search.query.terms import ParsedQuery
from catalogue.search.ranking import Ranking
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage.folder import DATABASE, BuildError
from catalogue.web import create_app
from tests.support.editing import break_file, change

NO_FOLDER = os.strerror(errno.ENOENT)


@pytest.fixture(autouse=True)
def always_looking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Look for a new build at each request; keep temporary builds in the folder of the test."""
    monkeypatch.setattr(live_build_module, "LOOK_AGAIN_SECONDS", 0)
    monkeypatch.setattr(readiness_module, "CHECK_SECONDS", 0)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def ready(client: FlaskClient, status: int = 200) -> dict[str, object]:
    """Return what /readyz says; it must have this status and be kept by nobody."""
    answer = client.get("/readyz")
    assert answer.status_code == status
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, object] = answer.json
    found.pop("search", None)  # another one each time
    return found


def look(client: FlaskClient) -> tuple[object, object]:
    """Return the status and the reason that /readyz gives, with 200."""
    found = ready(client)
    return found["status"], found.get("reason")


def newer(settings: Settings) -> BuildResult:
    """Edit a method and build."""
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    return build(settings.methods_dir, settings.index_dir)


def test_alive_says_so_and_touches_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_build_module.LiveBuild, "snapshot", None)
    answer = create_app(settings).test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "version": __version__})
    assert answer.headers["Cache-Control"] == "no-store"
    assert not settings.index_dir.exists()


def test_ready_names_the_build_and_its_methods(client: FlaskClient, built: BuildResult) -> None:
    assert ready(client) == {
        "status": "ready",
        "build": built.manifest.fingerprint,
        "methods": 6,
        "version": __version__,
    }


def test_every_answer_made_from_a_build_names_it(client: FlaskClient, built: BuildResult) -> None:
    for address in ("/", "/methods", "/methods/reed-panel", "/methods/reed", "/api/v1/suggest?q=j"):
        assert client.get(address).headers["Catalogue-Build"] == built.manifest.fingerprint
    assert "Catalogue-Build" not in client.get("/healthz").headers


def test_without_a_build_it_is_not_ready_and_says_why_without_naming_folders(
    settings: Settings,
) -> None:
    shutil.rmtree(settings.methods_dir)
    client = create_app(settings).test_client()
    assert ready(client, 503) == {
        "status": "not ready",
        "reason": f"The folder of methods, the methods folder, cannot be read ({NO_FOLDER}). Set "
        "CATALOGUE_METHODS_DIR to the folder with the method files.",
    }
    assert client.get("/healthz").status_code == 200


def test_a_damaged_newer_build_is_said_and_the_older_one_served(settings: Settings) -> None:
    client = create_app(settings).test_client()
    first = ready(client)
    made = newer(settings)
    (made.folder / DATABASE).write_bytes(b"")
    reason = "Serving an older build because the newest is damaged."
    assert ready(client) == {**first, "status": "degraded", "reason": reason}
    assert client.get("/methods/reed-panel").headers["Catalogue-Build"] == first["build"]


def test_a_build_by_other_code_is_said_and_the_older_one_served(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(settings).test_client()
    first = ready(client)
    with monkeypatch.context() as patch:
        for module in ("build.builder", "storage.folder"):
            patch.setattr(f"catalogue.{module}.engine_fingerprint", lambda: "another version")
        newer(settings)
    assert ready(client) == {
        **first,
        "status": "degraded",
        "reason": "Serving an older build because the newest is made by another version: restart "
        "the server.",
    }


def test_a_good_build_after_a_damaged_one_makes_all_well_again(settings: Settings) -> None:
    client = create_app(settings).test_client()
    ready(client)
    made = newer(settings)
    (made.folder / DATABASE).write_bytes(b"")
    assert ready(client)["status"] == "degraded"
    change(settings.methods_dir / "reed-panel.md", "Heron panel", "Stork panel")
    better = build(settings.methods_dir, settings.index_dir)
    found = ready(client)
    assert (found["status"], found["build"]) == ("ready", better.manifest.fingerprint)


def test_a_build_that_cannot_be_made_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    client = create_app(replace(settings, reload=True)).test_client()
    first = ready(client)
    with monkeypatch.context() as patch:
        patch.setattr("catalogue.build.builder.write_index", full)
        change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
        assert ready(client) == {
            **first,
            "status": "degraded",
            "reason": "Serving an older build because none can be made. The build cannot be "
            f"written to the index folder ({os.strerror(errno.ENOSPC)}). Check that the disk has "
            "room and that this user may write there, or set CATALOGUE_INDEX_DIR to another "
            "folder. What was served before stays.",
        }
    change(settings.methods_dir / "reed-panel.md", "Heron panel", "Stork panel")
    assert ready(client)["status"] == "ready"


def test_a_build_in_a_temporary_folder_is_said_to_be_one(settings: Settings) -> None:
    settings.index_dir.write_text("a plain file", encoding="utf-8")
    client = create_app(settings).test_client()
    found = ready(client)
    assert found["status"] == "degraded"
    assert found["reason"] == (
        "Serving a build of this process alone. The build cannot be written to the index folder "
        f"({os.strerror(errno.EEXIST)}). Check that the disk has room and that this user may "
        "write there, or set CATALOGUE_INDEX_DIR to another folder. What was served before stays."
    )


OTHER_FILES = (
    "Serving an older build: the method files are not those it was made of. Run `catalogue build`; if it fails, "
    "it says why."
)
FAULTY_FILES = (
    "The method files have {}: files or links are left out. Run `catalogue check`; it says which."
)
OTHER_CODE = (
    "Serving an older build: the code or the texts on the disk have changed since it was made. Run `catalogue "
    "build`, or restart the server."
)


@pytest.mark.parametrize("edit", ["changed", "added", "removed", "broken"])
def test_method_files_that_no_build_has_taken_up_are_said_and_a_build_makes_all_well(
    settings: Settings, edit: str
) -> None:
    client = create_app(settings).test_client()
    assert look(client) == ("ready", None)
    file = settings.methods_dir / "reed-panel.md"
    if edit == "changed":
        change(file, "Reed panel", "Heron panel")
    elif edit == "added":
        (settings.methods_dir / "new.md").write_text("not yet a method", encoding="utf-8")
    elif edit == "removed":
        file.unlink()
    else:
        break_file(file)
    assert look(client) == ("degraded", OTHER_FILES)
    result = build(settings.methods_dir, settings.index_dir)
    faulty = FAULTY_FILES.format(things(result.manifest.errors))
    assert look(client) == (("degraded", faulty) if result.problems else ("ready", None))
    assert bool(result.problems) == (edit in ("added", "broken"))


def things(errors: int) -> str:
    return "1 error" if errors == 1 else f"{errors} errors"


def test_a_build_that_failed_beside_the_server_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    client = create_app(settings).test_client()
    assert look(client) == ("ready", None)
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    monkeypatch.setattr("catalogue.build.builder.write_index", full)
    with pytest.raises(BuildError):
        build(settings.methods_dir, settings.index_dir)
    assert look(client) == ("degraded", OTHER_FILES)


def test_a_build_by_another_catalogue_is_not_served_but_one_of_our_own_is_made(
    settings: Settings, tmp_path: Path
) -> None:
    build(settings.methods_dir, settings.index_dir)
    other = shutil.copytree(settings.methods_dir, tmp_path / "other")
    (other / "reed-panel.md").unlink()
    client = create_app(replace(settings, methods_dir=other)).test_client()
    assert look(client) == ("ready", None)
    assert client.get("/methods/reed-panel").status_code == 404
    assert client.get("/methods/harvest-jury").status_code == 200


def test_a_methods_folder_that_is_gone_is_said_and_what_was_built_is_served(
    settings: Settings,
) -> None:
    client = create_app(settings).test_client()
    assert look(client) == ("ready", None)
    settings.methods_dir.rename(settings.methods_dir.with_name("away"))
    reason = f"Serving an older build: the methods folder cannot be read ({NO_FOLDER})."
    assert look(client) == ("degraded", reason)
    assert client.get("/methods/reed-panel").status_code == 200


def test_code_that_is_newer_than_the_build_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(settings).test_client()
    assert look(client) == ("ready", None)
    monkeypatch.setattr(readiness_module, "engine_on_disk", lambda: "newer code")
    assert look(client) == ("degraded", OTHER_CODE)


def test_an_index_folder_that_is_removed_is_made_again_and_then_all_is_well(
    settings: Settings,
) -> None:
    client = create_app(settings).test_client()
    assert look(client) == ("ready", None)
    shutil.rmtree(settings.index_dir)
    assert client.get("/methods/reed-panel").status_code == 200
    assert look(client) == ("ready", None)
    assert settings.index_dir.is_dir()


def until(condition: Callable[[], object]) -> None:
    """Wait for something that another thread brings about."""
    pause = threading.Event()
    assert any(condition() or pause.wait(0.02) for _ in range(1500))


@pytest.mark.parametrize("damage", ["damaged", "gone"])
def test_while_a_damaged_build_is_made_again_it_is_said_and_pages_are_made_from_their_files(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    building, go_on = threading.Event(), threading.Event()

    def slow(*given: object, **named: object) -> BuildResult:
        building.set()
        assert go_on.wait(60)
        return build(*given, **named)  # type: ignore[arg-type]

    app = create_app(settings)
    client = app.test_client()
    untouched = create_app(settings).test_client()
    asked = ("/methods/reed-panel", "/methods?q=village", "/api/v1/methods/harvest-jury")
    right = [untouched.get(address).get_data() for address in asked]
    live_build: LiveBuild = app.extensions["catalogue"]
    monkeypatch.setattr(live_build_module, "WATCH_SECONDS", 0.01)
    monkeypatch.setattr(served_build, "build", slow)
    stop = live_build.watch()
    try:
        assert look(client) == ("ready", None)
        folder = live_build.snapshot().folder
        if damage == "damaged":
            (folder / DATABASE).write_bytes(b"not a database" * 100)
        else:
            shutil.rmtree(folder)
        until(building.is_set)
        reason = f"Serving from memory and method files: the build is {damage}. It is made again."
        assert look(client) == ("degraded", reason)
        # Nobody has asked for these before.
        assert [client.get(address).get_data() for address in asked] == right
        go_on.set()
        until(lambda: look(client) == ("ready", None))
    finally:
        go_on.set()
        stop.set()


def test_a_page_is_not_made_from_a_file_that_has_changed_since(settings: Settings) -> None:
    app = create_app(settings)
    app.extensions["catalogue"].snapshot().store.refuse()
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    client = app.test_client()
    assert client.get("/methods/reed-panel").status_code == 503
    assert client.get("/methods/orchard-walk").status_code == 200


def test_a_database_that_cannot_be_read_is_said_even_if_its_file_looks_whole(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(slug: str) -> None:
        raise OperationalError("SELECT", {}, sqlite3.OperationalError("disk I/O error"))

    app = create_app(settings)
    client = app.test_client()
    monkeypatch.setattr(app.extensions["catalogue"].snapshot().store, "page", fail)
    assert look(client) == (
        "degraded",
        "The database of the build cannot be read; pages are made from their files.",
    )
    assert client.get("/methods/reed-panel").status_code == 200


def test_a_search_for_each_title_in_turn_finds_its_method(settings: Settings) -> None:
    client = create_app(settings).test_client()
    found = [client.get("/readyz").json["search"] for _ in range(6)]
    assert len({search["words"] for search in found}) == 6
    assert min(search["found"] for search in found) >= 1


def test_a_search_that_fails_is_said_until_it_works_again_and_pages_go_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise RuntimeError("deque mutated during iteration")

    client = create_app(settings).test_client()
    with monkeypatch.context() as patch:
        patch.setattr(Snapshot, "rank_uncached", fail)
        assert look(client) == ("degraded", "Searching fails (RuntimeError). Restart the server.")
        assert "search" not in client.get("/readyz").json
        assert client.get("/methods/reed-panel").status_code == 200
    assert look(client) == ("ready", None)


def test_a_search_that_does_not_find_what_is_there_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Snapshot.rank_uncached

    def nothing(snapshot: Snapshot, words: str) -> tuple[ParsedQuery, Ranking]:
        parsed, ranking = real(snapshot, words)
        return parsed, replace(ranking, scores=ranking.scores * 0)

    client = create_app(settings).test_client()
    monkeypatch.setattr(Snapshot, "rank_uncached", nothing)
    status, reason = look(client)
    assert (status, str(reason)[:14]) == ("degraded", 'A search for "')
    assert str(reason).endswith('" does not find it. Restart the server.')


def test_asking_often_costs_one_look_in_a_while(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    real = Snapshot.rank_uncached

    def noting(snapshot: Snapshot, words: str) -> tuple[ParsedQuery, Ranking]:
        looks.append(words)
        return real(snapshot, words)

    monkeypatch.setattr(readiness_module, "CHECK_SECONDS", 3600)
    monkeypatch.setattr(Snapshot, "rank_uncached", noting)
    client = create_app(settings).test_client()
    for _ in range(50):
        assert look(client) == ("ready", None)
    assert len(looks) == 1
    newer(settings)  # another build is looked at at once
    assert look(client) == ("ready", None)
    assert len(looks) == 2
