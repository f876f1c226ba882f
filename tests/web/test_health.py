"""What machines ask: alive, ready, and why not. A build that is older than it should be is said to be so."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import catalogue.search.live_build as serving_module
from catalogue import __version__
from catalogue.build.builder import BuildResult, build
from catalogue.settings import Settings
from catalogue.storage.folder import DATABASE
from catalogue.web import create_app
from tests.support.editing import change

NO_FOLDER = os.strerror(errno.ENOENT)


@pytest.fixture(autouse=True)
def always_looking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Look for a new build at each request; keep temporary builds in the folder of the test."""
    monkeypatch.setattr(serving_module, "LOOK_AGAIN_SECONDS", 0)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def ready(client: FlaskClient, status: int = 200) -> dict[str, object]:
    """Return what /readyz says; it must have this status and be kept by nobody."""
    answer = client.get("/readyz")
    assert answer.status_code == status
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, object] = answer.json
    return found


def newer(settings: Settings) -> BuildResult:
    """Edit a method and build."""
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    return build(settings.methods_dir, settings.index_dir)


def test_alive_says_so_and_touches_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_module.Serving, "snapshot", None)
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
