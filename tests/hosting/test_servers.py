"""How many processes serve, what is refused before live_build, and how new builds are taken up beside requests.

Nothing here starts a server; test_production.py does.
"""

from __future__ import annotations

import logging
import os
import random
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import catalogue.hosting.servers as production
import catalogue.search.live_build as live_build_module
from catalogue.budget import MIB, WORKERS, needed
from catalogue.build.builder import build
from catalogue.exports.documents.committee_report import PARTS_FILE
from catalogue.hosting.servers import cores, memory, run_gunicorn, usual_server, usual_workers
from catalogue.search import served_build
from catalogue.search.live_build import LiveBuild
from catalogue.search.snapshot import Snapshot
from catalogue.settings import PROJECT, Settings, SettingsError, read_settings
from catalogue.web import create_app
from tests.conftest import GOOD
from tests.support.command import FINE, IO_FAILED, MISUSE, Command, last_line
from tests.support.editing import change
from tests.support.running import free_port

BOUND = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Take back what serving does to the loggers of the whole process."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in ("werkzeug", "catalogue-requests")}
    yield
    root.handlers[:], root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def groups(folder: Path, own: str, **limits: str) -> tuple[Path, Path]:
    """Make control groups: their folder, and the file that names ours; _ stands for a level."""
    for name, limit in limits.items():
        group = folder.joinpath("groups", *name.strip("_").split("_"))
        group.mkdir(parents=True, exist_ok=True)
        (group / "cpu.max").write_text(limit + "\n", encoding="ascii")
    (folder / "groups").mkdir(exist_ok=True)
    (folder / "own").write_text(own, encoding="ascii")
    return folder / "groups", folder / "own"


@pytest.mark.parametrize(
    "own, limits, wanted",
    [
        ("0::/\n", {}, BOUND),
        ("0::/\n", {"_": "max 100000"}, BOUND),
        ("0::/\n", {"_": "100000 100000"}, 1),
        ("0::/\n", {"_": "50000 100000"}, 1),
        ("0::/\n", {"_": "150000 100000"}, min(2, BOUND)),
        ("0::/\n", {"_": "6400000 100000"}, BOUND),
        ("0::/site/web\n", {"site_web": "max 100000", "site": "100000 100000"}, 1),
        ("0::/site/web\n", {"site_web": "100000 100000"}, 1),
        ("0::/site\n", {"other": "100000 100000"}, BOUND),
        ("0::/../../etc\n", {}, BOUND),
        ("0::/\n", {"_": "100000 0"}, BOUND),
        ("0::/\n", {"_": "nonsense"}, BOUND),
        ("4:cpu:/old\n", {"_": "nonsense"}, BOUND),
        ("", {}, BOUND),
    ],
)
def test_cores_are_those_bound_and_granted(
    tmp_path: Path, own: str, limits: dict[str, str], wanted: int
) -> None:
    assert cores(*groups(tmp_path, own, **limits)) == wanted


def test_without_control_groups_all_bound_cores_count(tmp_path: Path) -> None:
    assert cores(tmp_path / "none", tmp_path / "none") == BOUND


@pytest.mark.parametrize("found, wanted", [(1, 2), (2, 2), (7, 7)])
def test_there_is_a_worker_for_each_core_and_never_one_alone(
    monkeypatch: pytest.MonkeyPatch, found: int, wanted: int
) -> None:
    monkeypatch.setattr(production, "cores", lambda: found)
    monkeypatch.setattr(production, "memory", lambda: needed(7))
    assert usual_workers("gunicorn") == wanted
    assert usual_workers("waitress") == 1


@pytest.mark.parametrize("granted, wanted", [(256, 1), (1024, 2), (2048, 7), (1 << 40, 64)])
def test_there_are_no_more_workers_than_memory_has_room_for(
    monkeypatch: pytest.MonkeyPatch, granted: int, wanted: int
) -> None:
    monkeypatch.setattr(production, "cores", lambda: 64)
    monkeypatch.setattr(production, "memory", lambda: granted * MIB)
    assert usual_workers("gunicorn") == wanted
    assert wanted == 1 or needed(wanted) <= granted * MIB


def test_memory_is_that_of_the_machine_or_what_a_control_group_grants(tmp_path: Path) -> None:
    machine = memory(tmp_path / "none", tmp_path / "none")
    places = groups(tmp_path, "0::/site/web\n", site_web="max 100000")
    (places[0] / "site" / "web" / "memory.max").write_text("max\n", encoding="ascii")
    assert memory(*places) == machine > 64 * MIB
    (places[0] / "site" / "memory.max").write_text("67108864\n", encoding="ascii")
    assert memory(*places) == 64 * MIB


def test_more_workers_than_memory_has_room_for_are_named_and_started(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(production, "memory", lambda: 1024 * MIB)
    result = serve(run, "--workers", 8)
    assert isinstance(result.exception, Became)
    said = f"8 workers may take {needed(8) // MIB} MiB of memory, and there are 1024."
    assert f"WARNING {said} Start at most 2 with --workers." in result.stderr


@pytest.mark.parametrize(
    "platform, server", [("linux", "gunicorn"), ("darwin", "gunicorn"), ("win32", "waitress")]
)
def test_each_system_has_its_server(
    monkeypatch: pytest.MonkeyPatch, platform: str, server: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert usual_server() == server


class Became(Exception):
    """Raised in place of becoming another program."""


@pytest.fixture
def became(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the process would have become."""
    noted: dict[str, object] = {}

    def note(program: str, words: list[str], environment: dict[str, str]) -> None:
        noted.update(program=program, words=words, environment=environment, folder=Path.cwd())
        raise Became

    monkeypatch.setattr(os, "execve", note)
    monkeypatch.chdir(PROJECT)
    return noted


@pytest.mark.parametrize(
    "host, place", [("127.0.0.1", "127.0.0.1:80"), ("::", "[::]:80"), ("site.test", "site.test:80")]
)
def test_gunicorn_is_told_where_to_listen(
    became: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    host: str,
    place: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Became):
        run_gunicorn(host, 80, 3, 5, {"NAME": "value"})
    words = became["words"]
    assert isinstance(words, list)
    assert words[:4] == [sys.executable, "-P", "-m", "gunicorn"]
    options = dict(zip(words[4:-1:2], words[5:-1:2], strict=True))
    file = str(PROJECT / "catalogue" / "hosting" / "gunicorn_conf.py")
    assert options == {"--config": file, "--bind": place, "--workers": "3", "--threads": "5"}
    assert words[-1] == "catalogue.web:create_app()"
    assert became["environment"] == {"NAME": "value", WORKERS: "3"}
    # Code that lies in the folder where somebody stands is not taken for ours.
    assert became["folder"] == PROJECT


@pytest.fixture
def run(settings: Settings, became: dict[str, object]) -> Command:
    """The command, which becomes nothing."""
    return Command(settings)


def serve(run: Command, *words: object, **environment: str) -> object:
    """Run `catalogue serve --production` up to the point where it becomes the server."""
    port = free_port()
    return run(
        "serve", "--production", "--server", "gunicorn", "--port", port, *words, **environment
    )


def test_before_it_serves_it_builds_and_reload_is_off_whatever_is_set(
    run: Command, settings: Settings, became: dict[str, object]
) -> None:
    own = settings.methods_dir.with_name("own.yaml")
    shutil.copy(PARTS_FILE, own)
    near = os.path.relpath(own)
    result = serve(run, "--workers", 3, CATALOGUE_RELOAD="yes", CATALOGUE_COMMITTEE_REPORT=near)
    assert isinstance(result.exception, Became)
    assert (settings.index_dir / "current").is_file()
    environment = became["environment"]
    assert isinstance(environment, dict)
    assert environment["CATALOGUE_RELOAD"] == "no"
    # Whole paths, as the server works in another folder.
    assert environment["CATALOGUE_METHODS_DIR"] == str(settings.methods_dir)
    assert environment["CATALOGUE_INDEX_DIR"] == str(settings.index_dir)
    assert Path(environment["CATALOGUE_COMMITTEE_REPORT"]).samefile(own)
    assert Path(environment["CATALOGUE_COMMITTEE_REPORT"]).is_absolute()


def test_a_file_of_a_setting_that_cannot_be_used_keeps_the_server_from_starting(
    run: Command, settings: Settings, became: dict[str, object]
) -> None:
    result = serve(run, CATALOGUE_COMMITTEE_REPORT="gone.yaml")
    assert isinstance(result.exception, SettingsError)  # __main__.py ends with its message
    assert became == {}
    assert not settings.index_dir.exists()


def test_where_nothing_can_be_built_an_older_build_is_served_and_the_reason_logged(
    run: Command, settings: Settings
) -> None:
    build(settings.methods_dir, settings.index_dir)
    shutil.rmtree(settings.methods_dir)
    result = serve(run)
    assert isinstance(result.exception, Became)
    lines = result.stderr.splitlines()
    assert f"ERROR The folder of methods, {settings.methods_dir}, cannot be read" in lines[0]
    assert "INFO 6 methods on http://127.0.0.1:" in lines[1]


def test_it_does_not_start_with_a_build_of_another_methods_folder(
    run: Command, settings: Settings, became: dict[str, object]
) -> None:
    build(GOOD, settings.index_dir)
    shutil.rmtree(settings.methods_dir)
    result = serve(run)
    assert result.exit_code == IO_FAILED
    assert last_line(result.stderr).startswith(
        f"Error: The folder of methods, {settings.methods_dir}, cannot be read"
    )
    assert became == {}


def test_without_any_build_it_does_not_start(
    run: Command, settings: Settings, became: dict[str, object]
) -> None:
    shutil.rmtree(settings.methods_dir)
    result = serve(run)
    assert result.exit_code == IO_FAILED
    assert "cannot be read" in last_line(result.stderr)
    assert became == {}


def test_a_port_that_is_taken_is_named_before_anything_is_built(
    run: Command, settings: Settings
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--production", "--port", port)
    assert result.exit_code == IO_FAILED
    assert last_line(result.stderr) == (
        f"Error: The site cannot listen on 127.0.0.1:{port}: another program, or the site itself, listens there already. "
        "Choose another port with --port."
    )
    assert not settings.index_dir.exists()


@pytest.mark.parametrize("option", [("--workers", 2), ("--threads", 2), ("--server", "waitress")])
def test_options_of_production_need_production(run: Command, option: tuple[str, object]) -> None:
    result = run("serve", *option)
    assert result.exit_code == MISUSE
    assert last_line(result.stderr) == "Error: --workers, --threads and --server need --production."


def test_waitress_has_one_process(run: Command) -> None:
    result = run("serve", "--production", "--server", "waitress", "--workers", 2)
    assert result.exit_code == MISUSE
    assert last_line(result.stderr) == (
        "Error: waitress serves from one process. Leave out --workers."
    )


def test_help_names_the_usual_numbers(run: Command) -> None:
    result = run("serve", "--help")
    assert result.exit_code == FINE
    text = " ".join(result.stdout.split())
    assert "[default: one for each core, at least two, if memory allows]" in text
    assert "[default: 4; waitress: 8]" in text


class Slow:
    """Takes the place of Snapshot: opening waits until it is let go on."""

    def __init__(self) -> None:
        self.began, self.go_on = threading.Event(), threading.Event()

    def __call__(self, folder: Path, before: Snapshot, methods_dir: Path) -> Snapshot:
        self.began.set()
        assert self.go_on.wait(30)
        return Snapshot(folder, before)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Opening a build takes as long as the test wants."""
    opening = Slow()
    monkeypatch.setattr(live_build_module, "LOOK_AGAIN_SECONDS", 0)
    monkeypatch.setattr(live_build_module, "WATCH_SECONDS", 0.01)
    yield opening
    opening.go_on.set()


def newer(settings: Settings) -> str:
    """Edit a method, build, and return the fingerprint of the build."""
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    return build(settings.methods_dir, settings.index_dir).manifest.fingerprint


def test_while_one_request_opens_a_newer_build_others_are_answered_from_the_old(
    settings: Settings, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_build = LiveBuild(settings)
    first = live_build.snapshot()
    made = newer(settings)
    monkeypatch.setattr(served_build, "Snapshot", slow)
    with ThreadPoolExecutor(1) as thread:
        opening = thread.submit(live_build.snapshot)
        assert slow.began.wait(30)
        assert [live_build.snapshot() for _ in range(5)] == [first] * 5
        slow.go_on.set()
        assert opening.result(30).build_id == made
    assert live_build.snapshot().build_id == made


def test_while_a_watching_thread_opens_a_newer_build_no_request_waits(
    settings: Settings, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    live_build = LiveBuild(settings)
    stop = live_build.watch()
    try:
        first = live_build.snapshot()
        monkeypatch.setattr(served_build, "Snapshot", slow)
        made = newer(settings)
        assert slow.began.wait(30)
        assert [live_build.snapshot() for _ in range(5)] == [first] * 5
        slow.go_on.set()
        until(lambda: live_build.snapshot().build_id == made)
    finally:
        stop.set()


class OneLook:
    """Takes the place of the event that ends a watch: lets it look once, and notes its waits in seconds."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        return len(self.waits) > 1


def test_a_watching_thread_takes_up_a_newer_build_at_its_next_look_a_quarter_of_a_second_later(
    settings: Settings,
) -> None:
    live_build = LiveBuild(settings)
    live_build.watch().set()
    made = newer(settings)
    assert live_build.snapshot().build_id != made
    look = OneLook()
    live_build._watch(look)  # type: ignore[arg-type]
    assert live_build.snapshot().build_id == made
    assert look.waits == [0.25, 0.25]


def until(condition: object) -> None:
    """Look again and again, for half a minute at most, until a condition holds."""
    assert callable(condition)
    pause = threading.Event()
    assert any(condition() or pause.wait(0.02) for _ in range(1500))


def test_a_build_that_cannot_be_opened_is_named_once_and_the_watch_goes_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(folder: Path, before: Snapshot, methods_dir: Path) -> Snapshot:
        raise ValueError("secret")

    monkeypatch.setattr(live_build_module, "WATCH_SECONDS", 0.01)
    live_build = LiveBuild(settings)
    stop = live_build.watch()
    try:
        first = live_build.snapshot()
        with monkeypatch.context() as patch:
            patch.setattr(served_build, "Snapshot", fail)
            newer(settings)
            until(lambda: live_build.trouble)
            assert live_build.trouble == (
                "Serving an older build because the newest could not be opened (ValueError)."
            )
            assert live_build.snapshot() is first
        change(settings.methods_dir / "reed-panel.md", "Heron panel", "Stork panel")
        last = build(settings.methods_dir, settings.index_dir).manifest.fingerprint
        until(lambda: live_build.snapshot().build_id == last)
        assert live_build.trouble == ""
    finally:
        stop.set()
    assert len([m for m in caplog.messages if "could not be opened (ValueError)" in m]) == 1


def test_a_build_of_other_code_is_not_opened_and_the_reload_that_would_open_it_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_build_module, "WATCH_SECONDS", 0.01)
    live_build = LiveBuild(settings)
    stop = live_build.watch()
    try:
        first = live_build.snapshot()
        with monkeypatch.context() as patch:
            for module in ("build.builder", "storage.folder"):
                patch.setattr(f"catalogue.{module}.engine_fingerprint", lambda: "other code")
            newer(settings)
        until(lambda: live_build.trouble)
        assert live_build.trouble == (
            "Serving an older build because the newest is made by another version: restart the server."
        )
        assert live_build.snapshot() is first
    finally:
        stop.set()


def test_eight_threads_get_the_answers_of_one(real: Snapshot) -> None:
    words = ("jury", "young people", '"citizens jury"', "cheap online", "budgett", "under £500")
    ends = ("", "&cost=low", "&purpose=decide", "&people=30", "&sort=title", "&format=online")
    addresses = [f"/api/v1/methods?q={w}{end}" for w in words for end in ends]
    addresses += [f"/api/v1/methods/{slug}" for slug in real.slugs[:20]]
    addresses += [f"/methods?q={word}" for word in words]
    # Sites of their own, so that nothing they are asked for is at hand from before.
    settings = replace(read_settings({}), index_dir=real.folder.parent.parent)
    alone, shared = create_app(settings), create_app(settings)

    def answers(app: object, order: list[str]) -> dict[str, bytes]:
        client = app.test_client()  # type: ignore[attr-defined]
        return {address: client.get(address).data for address in order}

    right = answers(alone, addresses)
    start = threading.Barrier(8)

    def all_at_once(seed: int) -> dict[str, bytes]:
        order = random.Random(seed).sample(addresses, len(addresses))
        start.wait(timeout=30)
        return answers(shared, order)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(all_at_once, range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert len({right[address] for address in addresses}) > 40
    assert [one == right for one in found] == [True] * 8
