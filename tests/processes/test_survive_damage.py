"""Files of a build that are damaged by chance, at the start and under a running site: pages go on.

What can be served is served or built again, and the log says so; what cannot is a 503, never a 500.
"""

from __future__ import annotations

import logging
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

import catalogue.search.live_build as live_build_module
from catalogue.build.builder import BuildResult, build
from catalogue.settings import Settings
from catalogue.storage.folder import DATABASE, MANIFEST, POINTER, BuildError
from catalogue.web import create_app
from tests.support.editing import change
from tests.support.page import PageClient
from tests.support.soak import counted, times

ROOT = Path(__file__).parents[2]
MUTATIONS = times(12, 200)
# Pages of all kinds; those of single methods are read from the database one by one.
ADDRESSES = (
    "/",
    "/methods",
    "/methods?q=jury+village&cost=high",
    "/methods/harvest-jury",
    "/methods/orchard-walk",
    "/cases?q=council",
    "/about/quality",
)


def cut_short(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def overwrite_some(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    piece = chance.randbytes(chance.randint(1, 4096))
    return content[:start] + piece + content[start + len(piece) :]


def overwrite_all(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(len(content) + 1)


def add_some(content: bytes, chance: random.Random) -> bytes:
    return content + chance.randbytes(chance.randint(1, 4096))


def blank_some(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + bytes(len(content) - start) + b"\0"


MUTATE = (cut_short, overwrite_some, overwrite_all, add_some, blank_some)


def mutate(index_dir: Path, chance: random.Random) -> str:
    """Change one file of an index folder in place, take it away, or put a folder there; say which."""
    files = [path for path in index_dir.rglob("*") if path.is_file() and path.name != ".lock"]
    file = chance.choice(sorted(files))
    kind = chance.randrange(len(MUTATE) + 2)
    if kind < len(MUTATE):
        file.write_bytes(MUTATE[kind](file.read_bytes(), chance))
    else:
        file.unlink()
        if kind > len(MUTATE):
            file.mkdir()
    return file.relative_to(index_dir).as_posix()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.ERROR, logger="catalogue")
    return caplog


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep temporary builds inside the folder of the test."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


@pytest.fixture(scope="module")
def right(app: Flask) -> dict[str, str]:
    """What each page says when nothing is damaged."""
    return answers(app)


def answers(app: Flask) -> dict[str, str]:
    """Return what each page says; all must be there."""
    found = {}
    for address in ADDRESSES:
        answer = app.test_client().get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        found[address] = answer.get_data(as_text=True)
    return found


def build_of(app: Flask) -> Path:
    """Return the folder of the build that a site serves."""
    folder: Path = app.extensions["catalogue"].snapshot().folder
    return folder


def site(settings: Settings, index_dir: Path) -> Flask:
    return create_app(replace(settings, index_dir=index_dir))


@pytest.mark.soak
def test_a_site_that_starts_on_damaged_files_serves_every_page_and_the_log_says_so(
    settings: Settings,
    built: BuildResult,
    right: dict[str, str],
    tmp_path: Path,
    log: pytest.LogCaptureFixture,
) -> None:
    whole = built.folder.parents[1]
    for seed in range(MUTATIONS):
        index_dir = shutil.copytree(whole, tmp_path / "index")
        damaged = mutate(index_dir, random.Random(seed))
        log.clear()
        app = site(settings, index_dir)
        assert answers(app) == right, f"{damaged}, seed {seed}"
        assert readiness(app)[0] == "ready" or damaged == POINTER
        if contents(index_dir / damaged) != contents(whole / damaged):
            assert "ERROR" in [record.levelname for record in log.records], damaged
        # And the next start finds nothing left to fix.
        log.clear()
        if damaged != POINTER:
            assert answers(site(settings, index_dir)) == right
            assert log.messages == []
        shutil.rmtree(index_dir)
    counted("mutations before a start", MUTATIONS)


def readiness(app: Flask) -> tuple[str, str]:
    """Return what /readyz says: how it stands, and the reason if all is not well."""
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 200
    return answer.json["status"], answer.json.get("reason", "")


def contents(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


@pytest.mark.soak
def test_files_damaged_under_a_running_site_cost_no_page_and_the_log_says_so(
    settings: Settings,
    built: BuildResult,
    right: dict[str, str],
    tmp_path: Path,
    log: pytest.LogCaptureFixture,
) -> None:
    index_dir = shutil.copytree(built.folder.parents[1], tmp_path / "index")
    app = site(settings, index_dir)
    live_build = app.extensions["catalogue"]
    answers(app)
    for seed in range(MUTATIONS):
        before = live_build.snapshot().folder
        log.clear()
        damaged = mutate(index_dir, random.Random(seed))
        assert answers(app) == right, f"{damaged}, seed {seed}"
        assert readiness(app)[0] == "ready" or damaged == POINTER
        after = live_build.snapshot().folder
        if after != before:
            assert log.messages[0].startswith(f"The build that was served, {before}, is ")
        elif Path(damaged).name in (DATABASE, MANIFEST):  # found whole, so nothing was changed
            assert before.name in damaged
    assert live_build.snapshot().folder != built.folder
    counted("mutations under a running site", MUTATIONS)


def test_with_its_files_damaged_and_nothing_to_build_from_memory_goes_on_answering(
    settings: Settings, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(settings)
    page = PageClient(app)
    page.get("/methods/harvest-jury")
    (build_of(app) / DATABASE).write_bytes(b"not a database" * 100)
    away = settings.methods_dir.rename(settings.methods_dir.with_name("away"))
    log.clear()
    for address in ("/", "/methods", "/methods?cost=high", "/methods/harvest-jury", "/about"):
        page.get(address)
    soup = page.get("/methods/orchard-walk", status=503)
    assert soup.h1 is not None
    assert soup.h1.get_text(strip=True) == "The catalogue is not ready"
    assert log.messages[0] == f"The build that was served, {build_of(app)}, is damaged."
    status, reason = readiness(app)
    assert status == "degraded"
    assert reason.startswith("Serving from memory because none can be made. The folder of methods")
    # Once it can be built again, it is.
    away.rename(settings.methods_dir)
    monkeypatch.setattr(live_build_module, "TRY_AGAIN_SECONDS", 0)
    page.get("/methods/orchard-walk")
    assert readiness(app) == ("ready", "")


def test_a_database_that_fails_in_the_middle_of_a_request_is_asked_again(
    settings: Settings, log: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings)
    store = app.extensions["catalogue"].snapshot().store
    fail = OperationalError("SELECT", {}, sqlite3.OperationalError("disk I/O error"))
    log.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "cases", Failing(store.cases, fail, times=1))
        PageClient(app).get("/cases")
        patch.setattr(store, "quality", Failing(store.quality, fail, times=9))
        PageClient(app).get("/about/quality", status=503)
    told = "The database could not be read at {}: disk I/O error"
    assert log.messages == [told.format("/cases"), told.format("/about/quality")]


def test_a_page_that_the_database_does_not_give_is_made_from_its_file(
    settings: Settings, right: dict[str, str], log: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings)
    store = app.extensions["catalogue"].snapshot().store
    fail = OperationalError("SELECT", {}, sqlite3.OperationalError("disk I/O error"))
    log.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "page", Failing(store.page, fail, times=9))
        answer = app.test_client().get("/methods/harvest-jury")
    assert answer.get_data(as_text=True) == right["/methods/harvest-jury"]
    assert log.messages == [
        "The database could not be read (disk I/O error): harvest-jury is made from its file."
    ]


class Failing:
    """A function that fails some times and then works."""

    def __init__(self, real: Callable[..., object], error: Exception, times: int) -> None:
        self.real, self.error, self.left = real, error, times

    def __call__(self, *given: object) -> object:
        self.left -= 1
        if self.left >= 0:
            raise self.error
        return self.real(*given)


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="takes a right away that only Linux has")
@pytest.mark.parametrize("damaged", [False, True], ids=["whole", "damaged"])
def test_a_site_on_an_index_folder_that_is_read_only_serves_it_or_a_temporary_build(
    settings: Settings, damaged: bool, tmp_path: Path
) -> None:
    made = build(settings.methods_dir, settings.index_dir)
    if damaged:
        (made.folder / DATABASE).write_bytes(b"not a database")
    folders = [
        path for path in (settings.index_dir, *settings.index_dir.rglob("*")) if path.is_dir()
    ]
    for folder in folders:
        folder.chmod(0o555)
    # Root may write anywhere, so that right is given up first (PR_CAPBSET_DROP, CAP_DAC_OVERRIDE).
    program = (
        "import ctypes, os, sys; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0); "
        "os.execv(sys.executable, [sys.executable, '-c', sys.argv[1]])"
    )
    asked = (
        "import logging; logging.basicConfig(format='%(message)s'); "
        "from catalogue.web import create_app; client = create_app().test_client(); "
        "print([client.get(a).status_code for a in ('/methods?q=jury', '/methods/reed-panel')]); "
        "print(client.get('/readyz').json['status'])"
    )
    done = run(["-c", program, asked], settings, TMPDIR=str(tmp_path / "temporary"))
    for folder in folders:
        folder.chmod(0o755)
    assert done.stdout.split("\n") == ["[200, 200]", "degraded" if damaged else "ready", ""]
    if damaged:
        first, second, third = done.stderr.splitlines()
        assert first == f"The build in {made.folder} is damaged. It is made again."
        assert second.startswith(f"The build cannot be written to {settings.index_dir} (")
        assert third.startswith("Until then this process builds in ")
    else:
        assert done.stderr == ""


def run(words: list[str], settings: Settings, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the folders of a test."""
    folders = {
        "CATALOGUE_METHODS_DIR": str(settings.methods_dir),
        "CATALOGUE_INDEX_DIR": str(settings.index_dir),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    return subprocess.run(
        [sys.executable, *words],
        env=os.environ | folders | more,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this user may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    if (
        not shutil.which("mount")
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True
        ).returncode
    ):
        pytest.skip("this user may not make a small disk (a tmpfs)")
    yield place
    # The site of the test still has files open there; the disk goes when they are closed.
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_on_a_full_disk_the_old_build_is_served_and_the_next_one_comes_when_there_is_room(
    settings: Settings, small_disk: Path, log: pytest.LogCaptureFixture
) -> None:
    settings = replace(settings, index_dir=small_disk / "index")
    old = build(settings.methods_dir, settings.index_dir)
    filling = small_disk / "filling"
    with suppress(OSError), filling.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    with pytest.raises(BuildError) as caught:
        build(settings.methods_dir, settings.index_dir)
    assert str(caught.value).startswith(f"The build cannot be written to {settings.index_dir} (")
    app = create_app(settings)
    answers(app)
    assert app.extensions["catalogue"].snapshot().folder == old.folder
    assert log.messages == []
    status, reason = readiness(app)
    assert (status, reason[:48]) == ("degraded", "Serving an older build: the method files are not")
    reloading = create_app(replace(settings, reload=True))
    answers(reloading)
    status, reason = readiness(reloading)
    assert (status, reason[:40]) == ("degraded", "Serving a build of this process alone. T")
    filling.unlink()
    assert build(settings.methods_dir, settings.index_dir).rendered == 1
    assert "Heron panel" in answers(create_app(settings))["/methods"]
