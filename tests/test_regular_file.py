"""Files that others put there are opened one way: regular files alone, inside their folder, up to a size.

Each odd file is given to the function itself, and then to every way in that reads `methods/` or `texts/`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalogue.authoring.fix.fix_files import fix_file, fixable
from catalogue.regular_file import NotRegularError, TooLargeError, read_regular_file
from catalogue.rendering.site_texts import TextsError, load_texts, texts_digest
from catalogue.settings import PROJECT, Settings
from catalogue.validation.link_checks import find_addresses
from catalogue.validation.reader import digest, read_method_file
from tests.support.command import PROBLEMS, Command

pytestmark = pytest.mark.skipif(os.name != "posix", reason="makes files that only POSIX has")
SECRET = "https://secret.example.org/page"
SECONDS = 20


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    path.mkdir()


def unix_socket(path: Path) -> None:
    # A path of a socket is short, so it is bound by its name alone.
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


def link_out(path: Path) -> None:
    outside = path.parent.parent / "outside.md"
    outside.write_text(SECRET, encoding="utf-8")
    path.symlink_to(outside)


def link_beside(path: Path) -> None:
    path.symlink_to("reed-panel.md")


def link_loop(path: Path) -> None:
    path.symlink_to(path.name)


ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (pipe, "special"),
    "link to /dev/zero": (endless, "link"),
    "folder": (folder, "folder"),
    "socket": (unix_socket, "special"),
    "link out": (link_out, "link"),
    "link beside": (link_beside, "link"),
    "link loop": (link_loop, "link"),
}
EACH = pytest.mark.parametrize("kind", ODD)


@pytest.fixture(autouse=True)
def not_for_ever() -> Iterator[None]:
    """End a test that waits for a pipe, so that it is red and not endless."""

    def end(*_: object) -> None:
        raise AssertionError("a pipe was waited for")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def odd(settings: Settings, kind: str) -> Path:
    """The odd file, among the small methods."""
    file = settings.methods_dir / "odd.md"
    ODD[kind][0](file)
    return file


@EACH
def test_what_is_no_regular_file_is_refused_by_its_kind(odd: Path, kind: str) -> None:
    with pytest.raises(NotRegularError) as caught:
        read_regular_file(odd.parent, odd.name, 1000)
    assert (caught.value.kind, caught.value.filename) == (ODD[kind][1], str(odd))


def test_a_device_itself_is_refused_without_being_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    real = os.open

    def noting(path: object, *given: object, **named: object) -> int:
        opened.append(path)
        return real(path, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", noting)
    with pytest.raises(NotRegularError) as caught:
        read_regular_file(Path("/dev"), "null", 1000)
    assert (caught.value.kind, opened) == ("special", [Path("/dev")])


def test_a_file_is_read_up_to_its_limit_and_no_further(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"12345")
    assert read_regular_file(tmp_path, "a.md", 5) == b"12345"
    with pytest.raises(TooLargeError) as caught:
        read_regular_file(tmp_path, "a.md", 4)
    assert caught.value.size == 5
    assert caught.value.strerror == "it has 5 bytes and the limit is 4"


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs /proc")
def test_a_file_that_says_it_is_empty_and_is_not_is_read_up_to_its_limit() -> None:
    assert Path("/proc/self/maps").stat().st_size == 0
    with pytest.raises(TooLargeError):
        read_regular_file(Path("/proc/self"), "maps", 10)


def test_a_link_in_the_middle_of_the_way_is_refused_and_the_folder_itself_may_be_one(
    tmp_path: Path,
) -> None:
    real = tmp_path / "real"
    (real / "below").mkdir(parents=True)
    (real / "below" / "a.md").write_bytes(b"text")
    (tmp_path / "linked").symlink_to(real)
    (real / "aside").symlink_to("below")
    assert read_regular_file(tmp_path / "linked", "below/a.md", 9) == b"text"
    with pytest.raises(NotRegularError) as caught:
        read_regular_file(real, "aside/a.md", 9)
    assert caught.value.kind == "link"


@pytest.mark.parametrize(
    "name", ["../outside.md", "/etc/passwd", "below/../../outside.md", "..", ""]
)
def test_a_name_does_not_lead_out_of_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder" / "below").mkdir(parents=True)
    (tmp_path / "outside.md").write_bytes(b"text")
    with pytest.raises(NotRegularError):
        read_regular_file(tmp_path / "folder", name, 9)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        read_regular_file(tmp_path, "gone.md", 9)
    assert caught.value.filename in ("gone.md", str(tmp_path / "gone.md"))


def test_no_open_file_is_left_behind(tmp_path: Path) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc")
    (tmp_path / "a.md").write_bytes(b"12345")
    (tmp_path / "below").mkdir()
    pipe(tmp_path / "pipe.md")
    before = len(os.listdir("/proc/self/fd"))
    for name, limit in (("a.md", 9), ("a.md", 2), ("pipe.md", 9), ("below", 9), ("below/x", 9)):
        with contextlib.suppress(OSError):
            read_regular_file(tmp_path, name, limit)
    assert len(os.listdir("/proc/self/fd")) == before


def test_where_nothing_opens_relative_to_a_folder_the_rules_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalogue.regular_file._RELATIVE", False)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.md").write_bytes(b"text")
    (tmp_path / "link.md").symlink_to("below/a.md")
    (tmp_path / "aside").symlink_to("below")
    pipe(tmp_path / "pipe.md")
    assert read_regular_file(tmp_path, "below/a.md", 9) == b"text"
    for name in ("link.md", "aside/a.md", "pipe.md", "below"):
        with pytest.raises(NotRegularError):
            read_regular_file(tmp_path, name, 9)


CODES = {"link": "file-link", "folder": "file-folder", "special": "file-kind"}


@EACH
def test_every_way_into_methods_refuses_it(odd: Path, kind: str) -> None:
    reading = read_method_file(odd.parent, odd)
    assert [problem.code for problem in reading.problems] == [CODES[ODD[kind][1]]]
    assert digest(odd) == digest(odd)
    assert list(find_addresses("methods/odd.md", odd)) == []
    assert (fixable(odd), fix_file(odd.parent, odd).done) == (0, ())


@EACH
def test_a_file_exchanged_after_it_was_looked_at_is_refused(
    odd: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = (odd.parent / "reed-panel.md").lstat()
    real = os.lstat
    monkeypatch.setattr(
        os, "lstat", lambda path, **named: plain if path == odd.name else real(path, **named)
    )
    with pytest.raises(OSError) as caught:
        read_regular_file(odd.parent, odd.name, 1000)
    # A socket cannot be opened at all.
    assert isinstance(caught.value, NotRegularError) or caught.value.errno == errno.ENXIO


@EACH
@pytest.mark.parametrize("named", [False, True], ids=["folder", "FILES"])
def test_check_with_links_reads_nothing_through_it(
    settings: Settings, odd: Path, kind: str, named: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "catalogue.cli.check.check_links",
        lambda found, tell: asked.extend(url for url, _ in found) or [],
    )
    for other in settings.methods_dir.glob("*.md"):
        if other != odd and other.name != "reed-panel.md":
            other.unlink()
    result = Command(settings)("check", "--links", "--fix", *([odd] if named else []))
    assert result.exit_code == PROBLEMS
    assert f"[{CODES[ODD[kind][1]]}]" in result.stdout
    assert SECRET not in asked


@EACH
@pytest.mark.parametrize("name", ["glossary.md", "purposes/inform.md"])
def test_every_way_into_texts_refuses_it(tmp_path: Path, kind: str, name: str) -> None:
    texts = tmp_path / "texts"
    (texts / "purposes").mkdir(parents=True)
    for file in ("glossary.md", "before-you-choose.md", "purposes/inform.md"):
        (texts / file).write_text("## A\n\nText.\n", encoding="utf-8")
    before = texts_digest(texts)
    (texts / name).unlink()
    ODD[kind][0](texts / name)
    assert texts_digest(texts) != before
    with pytest.raises(TextsError) as caught:
        load_texts(texts)
    assert str(caught.value).startswith(f"texts/{name} cannot be read (it is ")
    assert str(caught.value).endswith("Put a plain file with the text there.")


@pytest.mark.skipif(sys.platform != "linux", reason="takes a right away that only Linux has")
def test_a_file_without_the_right_to_read_it_is_named_by_the_command(settings: Settings) -> None:
    (settings.methods_dir / "reed-panel.md").chmod(0)
    # Root may read anything, so that right is given up first (PR_CAPBSET_DROP).
    program = (
        "import ctypes, os, sys; libc = ctypes.CDLL(None); "
        "libc.prctl(24, 1, 0, 0, 0); libc.prctl(24, 2, 0, 0, 0); "
        "os.execv(sys.executable, [sys.executable, '-m', 'catalogue', 'check'])"
    )
    folders = {
        "CATALOGUE_METHODS_DIR": str(settings.methods_dir),
        "CATALOGUE_INDEX_DIR": str(settings.index_dir),
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env=os.environ | folders,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == PROBLEMS
    assert (
        "methods/reed-panel.md:1:1: this file cannot be read (Permission denied). "
        "Check its permissions. [file-unreadable]"
    ) in done.stdout.splitlines()
