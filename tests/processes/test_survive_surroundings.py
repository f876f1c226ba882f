"""Odd surroundings: clocks that jump, time zones, old encodings, odd file names, crowds of files.

The site and its commands do their work, and what they say can be read.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import catalogue.build.builder
import catalogue.search.live_build as live_build_module
import catalogue.validation.scalars
import catalogue.web.method_context
import catalogue.web.views.about
from catalogue.build.builder import build
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError, current_build
from catalogue.web import create_app
from catalogue.web.text_reload import READ_ONCE
from tests.conftest import GOOD
from tests.support.editing import build_names, change, save, state
from tests.support.page import PageClient
from tests.support.soak import counted, times
from tests.support.versioned_catalogue import METHODS, write_version

ROOT = Path(__file__).parents[2]
FILES_AT_ONCE = times(100, 1000)
PAGES = ("/", "/methods?q=jury", "/methods/harvest-jury", "/about/quality", "/about")
# Signs of the text on pages that no old encoding holds.
PLAIN = {
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONIOENCODING": "ascii",
}


@pytest.fixture(autouse=True)
def texts_read_anew() -> Iterator[None]:
    """Forget texts that were read while the clock was wrong, which leaves out rules that seem to come."""
    yield
    for read in READ_ONCE:
        read.cache_clear()


def set_clock(patch: pytest.MonkeyPatch, today: date) -> None:
    """Let every module of the site think that it is another day."""

    class Day(date):
        @classmethod
        def today(cls) -> date:
            return today

    seconds = (today - date(1970, 1, 1)).days * 86_400.0
    patch.setattr(time, "time", lambda: seconds)
    for module in (
        catalogue.build.builder,
        catalogue.validation.scalars,
        catalogue.web.method_context,
        catalogue.web.views.about,
    ):
        patch.setattr(module, "date", Day)


JUMPS = [date(1970, 1, 1), date(2000, 2, 29), date(2038, 1, 20), date(2150, 12, 31)]


@pytest.mark.parametrize("today", JUMPS, ids=str)
def test_a_clock_that_jumps_while_the_site_is_served_takes_nothing_off_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    monkeypatch.setattr(live_build_module, "LOOK_AGAIN_SECONDS", 0)
    file = settings.methods_dir / "reed-panel.md"
    save(file, re.sub(r"last_reviewed: .*\n|year: \d+, ", "", file.read_text(encoding="utf-8")))
    page = PageClient(create_app(settings))
    page.get("/methods")
    set_clock(monkeypatch, today)
    for address in PAGES:
        page.get(address)
    change(file, "Reed panel", "Heron panel")
    os.utime(file, (0, 0))
    assert build(settings.methods_dir, settings.index_dir).rendered == 1
    titles = [tag.get_text(strip=True) for tag in page.get("/methods").select(".card__title")]
    assert len(titles) == 6
    assert "Heron panel" in titles


def test_a_clock_that_is_evidently_wrong_makes_no_empty_site(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue.build.builder, "SURELY_THE_CLOCK", 4)  # of the six
    with pytest.MonkeyPatch.context() as patch:
        set_clock(patch, date(2001, 1, 1))
        with pytest.raises(BuildError) as caught:
            build(settings.methods_dir, settings.index_dir)
    assert str(caught.value) == (
        "The clock of this computer says 1 January 2001, and 4 of 6 method files name later days. "
        "Set the clock, and try again. What was served before stays."
    )
    assert current_build(settings.index_dir) is None
    assert build(settings.methods_dir, settings.index_dir).manifest.methods == 6


def test_methods_left_out_because_the_clock_was_wrong_come_back_when_it_is_right(
    settings: Settings,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        set_clock(patch, date(2001, 1, 1))
        wrong = build(settings.methods_dir, settings.index_dir)
    codes = {problem.code for problem in wrong.problems}
    assert codes == {"date-future", "year-unlikely"}
    assert wrong.manifest.methods < 6
    right = build(settings.methods_dir, settings.index_dir)
    assert (right.made, right.manifest.methods, right.problems) == (True, 6, ())
    fresh = build(settings.methods_dir, settings.index_dir.with_name("fresh"))
    assert state(right.folder) == state(fresh.folder)
    assert not build(settings.methods_dir, settings.index_dir).made


@pytest.mark.skipif(
    not hasattr(time, "tzset"), reason="this system sets no time zone for a program"
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "x"])
def test_a_build_is_the_same_in_every_time_zone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, zone: str, right: dict[str, object]
) -> None:
    settings = replace(settings, methods_dir=GOOD)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        made = build(settings.methods_dir, settings.index_dir)
        assert state(made.folder) == right
        for address in PAGES:
            PageClient(create_app(settings)).get(address)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.fixture(scope="module")
def right(built: object) -> dict[str, object]:
    """What a build answers with in ordinary surroundings."""
    return state(built.folder)  # type: ignore[attr-defined]


def run(settings: Settings, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python with the folders of a test and other variables."""
    folders = {
        "CATALOGUE_METHODS_DIR": str(settings.methods_dir),
        "CATALOGUE_INDEX_DIR": str(settings.index_dir),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    return subprocess.run(
        [sys.executable, *words],
        env=os.environ | folders | variables,
        capture_output=True,
        timeout=120,
    )


def command(
    settings: Settings, *words: str, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    return run(settings, "-c", "from catalogue.cli.main import main; main()", *words, **variables)


@pytest.mark.process
def test_every_command_works_in_a_locale_without_utf_8_and_what_it_prints_can_be_read(
    settings: Settings,
) -> None:
    file = settings.methods_dir / "reed-panel.md"
    change(file, "purposes: [", "purposes: [größer, ")
    change(settings.methods_dir / "harvest-jury.md", "Harvest jury", "Fête de la récolte")
    outcomes = {
        words: command(settings, *words, **PLAIN)
        for words in (("check",), ("build",), ("search", "récolte"))
    }
    printed = {words[0]: done.stdout.decode("utf-8") for words, done in outcomes.items()}
    codes = {words[0]: done.returncode for words, done in outcomes.items()}
    assert codes == {"check": 1, "build": 1, "search": 0}
    assert 'purpose "größer" is not one we use' in printed["check"]
    assert printed["build"].startswith("5 methods, 5 rendered, ")
    assert printed["search"].startswith("Fête de la récolte  [harvest-jury]\n")
    # The log, on the other stream, is written in what the locale has.
    assert b'purpose "gr\\xf6\\xdfer" is not one we use' in outcomes["build",].stderr
    assert b"Traceback" not in b"".join(done.stderr for done in outcomes.values())


@pytest.mark.process
def test_a_site_in_a_locale_without_utf_8_gives_the_same_pages(settings: Settings) -> None:
    change(settings.methods_dir / "harvest-jury.md", "Harvest jury", "Fête de la récolte 饗宴")
    program = (
        "import sys; from catalogue.web import create_app; client = create_app().test_client(); "
        "[sys.stdout.buffer.write(client.get(a).data) for a in ('/methods', '/methods/harvest-jury')]"
    )
    plain = run(settings, "-c", program, **PLAIN)
    client = create_app(settings).test_client()
    usual = b"".join(client.get(a).data for a in ("/methods", "/methods/harvest-jury"))
    assert (plain.stderr, plain.stdout) == (b"", usual)
    assert "Fête de la récolte 饗宴".encode() in plain.stdout


ODD_NAMES = [
    "naïve café.md",
    "écoute.md",
    "e\u0301coute.md",
    "饗宴.md",
    "🎪.md",
    "new\nline.md",
    "tab\tin.md",
    "-rf.md",
    "--help.md",
    "a b.md",
    "quote\"s'.md",
    "<script>.md",
    "$(reboot).md",
    "%2e%2e%2f.md",
    "..md",
    "con.md",
    "\u202egnp.md",
    "back\\slash.md",
    "\x1b[31mred.md",
    "x" * 250 + ".md",
    b"\xff\xfe.md",
    b"caf\xe9.md",
]


@pytest.mark.process
def test_files_with_odd_names_are_named_on_one_line_and_the_rest_is_served(
    settings: Settings,
) -> None:
    text = (settings.methods_dir / "reed-panel.md").read_text(encoding="utf-8")
    for number, name in enumerate(ODD_NAMES):
        file = settings.methods_dir / os.fsdecode(name)
        file.write_text(text.replace("Reed panel", f"Odd {number}"), encoding="utf-8")
    done = command(settings, "check", PYTHONUTF8="1")
    assert b"Traceback" not in done.stderr
    lines = done.stdout.decode("utf-8").splitlines()
    named = [line for line in lines if "[file-name]" in line]
    # The long one is a proper slug, "con.md" one that Windows cannot have; "..md" is hidden.
    assert len(named) == len(ODD_NAMES) - 2
    assert all(line.startswith("methods/") for line in lines if line.endswith("]"))
    assert not [line for line in lines if not line.isprintable()]
    result = build(settings.methods_dir, settings.index_dir)
    served = {card.slug for card in Snapshot(result.folder).cards}
    assert {"reed-panel", "harvest-jury"} <= served
    assert len(served) == 7
    page = PageClient(create_app(settings))
    for address in PAGES:
        page.get(address)


def test_folders_with_odd_names_hold_methods_and_builds(settings: Settings) -> None:
    odd = settings.methods_dir.parent / "naïve #1 100% ?x=y 🎪 'q'\n"
    odd.mkdir()
    settings = replace(
        settings,
        methods_dir=settings.methods_dir.rename(odd / "méthodes"),
        index_dir=odd / "índex",
    )
    page = PageClient(create_app(settings))
    for address in PAGES:
        page.get(address)
    assert current_build(settings.index_dir) is not None


@pytest.mark.soak
def test_many_files_added_at_once_are_taken_up_whole_while_people_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_build_module, "LOOK_AGAIN_SECONDS", 0)
    app = create_app(settings)
    seen: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            answer = app.test_client().get("/api/v1/methods?per_page=1")
            seen.append(answer.json["total"] if answer.status_code == 200 else -1)

    look_once = app.test_client().get("/api/v1/methods").json
    assert look_once["total"] == METHODS
    write_version(settings.methods_dir, 0, FILES_AT_ONCE)
    reader = threading.Thread(target=look)
    reader.start()
    result = build(settings.methods_dir, settings.index_dir)
    done.set()
    reader.join()
    after = app.test_client().get("/api/v1/methods").json["total"]
    assert result.rendered == FILES_AT_ONCE
    assert after == METHODS + FILES_AT_ONCE
    assert set(seen) <= {METHODS, after}
    counted("files at once", FILES_AT_ONCE)


@pytest.mark.process
@pytest.mark.soak
def test_of_builds_started_at_once_one_works_and_the_others_wait_for_it(settings: Settings) -> None:
    rounds, together = times(1, 20), times(2, 4)
    for file in settings.methods_dir.iterdir():
        file.unlink()
    for version in range(rounds):
        write_version(settings.methods_dir, version)
        with ThreadPoolExecutor(together) as threads:
            done = list(threads.map(lambda _: command(settings, "build"), range(together)))
        assert [outcome.returncode for outcome in done] == [0] * together
        said = sorted(outcome.stdout.decode().split(",")[1].strip() for outcome in done)
        assert said == ["6 rendered", *["nothing had changed"] * (together - 1)]
        assert len(build_names(settings.index_dir)) <= 2
    served = current_build(settings.index_dir)
    assert served is not None
    assert f"heron{rounds - 1}" in json.dumps([card.title for card in Snapshot(served).cards])
    counted("builds at once", rounds * together)
