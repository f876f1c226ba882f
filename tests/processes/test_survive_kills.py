"""A build killed with kill -9 at any moment, while people read: they see the old build or the new one.

The next start needs no repair. These kills come by the clock, so that they fall into the work of
SQLite and the disk too; test_builder_failures.py counts function calls instead.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import catalogue.search.live_build as live_build_module
from catalogue.build.builder import build
from catalogue.settings import Settings
from catalogue.storage.folder import UNFINISHED
from catalogue.storage.temporary import BUILD, COUNTS, LOCK
from catalogue.web import create_app
from tests.support.editing import build_names
from tests.support.running import running
from tests.support.soak import counted, times
from tests.support.versioned_catalogue import Ask, Reader, faults, write_version

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]
KILLS = times(12, 200)
# What a site that has just started is asked.
FIRST = ("/methods", "/methods/bird-5", "/api/v1/methods?purpose=inform")


def asking(settings: Settings) -> Ask:
    """Return a way to ask a site that has just been started."""
    app = create_app(settings)

    def ask(address: str) -> tuple[int, str]:
        answer = app.test_client().get(address)
        return answer.status_code, answer.get_data(as_text=True)

    return ask


@pytest.fixture
def killer(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A program that runs `catalogue build` and kills it, once for each line it is sent."""
    folders = {
        "CATALOGUE_METHODS_DIR": str(settings.methods_dir),
        "CATALOGUE_INDEX_DIR": str(settings.index_dir),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    script = [sys.executable, str(ROOT / "tests" / "support" / "killed_builds.py"), "in-turn"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        script, env=os.environ | folders, stdin=pipe, stdout=pipe, text=True
    ) as program:
        yield program
        assert program.stdin is not None
        program.stdin.close()
        assert program.wait(60) == 0


@pytest.mark.soak
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork and no SIGKILL")
def test_readers_of_killed_builds_see_the_old_or_the_new_one_and_the_next_start_needs_no_repair(
    settings: Settings, killer: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_build_module, "LOOK_AGAIN_SECONDS", 0)
    for file in settings.methods_dir.iterdir():
        file.unlink()
    write_version(settings.methods_dir, 0)
    build(settings.methods_dir, settings.index_dir)
    reader = Reader(asking(settings), 0)
    reader.start()
    served, killed, left_behind = 0, 0, 0
    version = 0
    while killed < KILLS:
        version += 1
        write_version(settings.methods_dir, version)
        killed += ended(killer, "kill") == 9
        left_behind += any(n.startswith(UNFINISHED) for n in build_names(settings.index_dir))
        # A fresh start, on whatever the killed build has left, answers from one build.
        started = asking(settings)
        found = {faults(address, *started(address))[0] for address in FIRST}
        assert found <= {served, version}
        assert len(found) == 1
        served = found.pop()
        if version % 3 == 0:  # otherwise the next build begins on what two killed ones left
            assert ended(killer, "build") == 0
            served = version
            names = build_names(settings.index_dir)
            assert not [name for name in names if name.startswith(UNFINISHED)]
            reader.wait_for(version)
    reader.stop()
    assert reader.faults == []
    # Some of the moments were late enough to leave something behind.
    assert left_behind > 0
    counted("kills", killed)


def ended(killer: subprocess.Popen[str], what: str) -> int:
    """Let the program do one build, killed or not; return the signal that ended it, or 0."""
    assert killer.stdin is not None
    assert killer.stdout is not None
    print(what, file=killer.stdin, flush=True)
    return int(killer.stdout.readline())


def held_folder(process: int) -> Path:
    """Return the temporary folder whose lock a process holds."""
    files = [os.readlink(file) for file in Path(f"/proc/{process}/fd").iterdir() if file.exists()]
    (lock,) = [file for file in files if COUNTS in file and file.endswith(LOCK)]
    return Path(lock).parent


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux's /proc")
def test_what_a_killed_site_left_in_memory_and_in_temporary_folders_is_gone_after_the_next_start(
    settings: Settings, tmp_path: Path
) -> None:
    # What a process leaves that builds in a folder of its own.
    aside = tmp_path / "tmp" / f"{BUILD}left"
    aside.mkdir(parents=True)
    (aside / LOCK).touch()
    more = {"CATALOGUE_METRICS": "yes", "TMPDIR": str(tmp_path / "tmp")}
    with running(settings, **more) as killed:
        folder = held_folder(killed.process.pid)
        assert folder.is_dir()
        assert not aside.exists()
        for process in (killed.process.pid, *killed.workers()):
            os.kill(process, signal.SIGKILL)
        killed.process.wait()
    assert folder.is_dir()
    with running(settings, **more) as again:
        assert not folder.exists()
        folder = held_folder(again.process.pid)
    assert not folder.exists()
