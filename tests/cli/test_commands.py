"""Tests of the `catalogue` command, run inside the tests: help, exit codes, messages.

Its checks and searches have test_check.py and test_search.py; as a program of its own it is
tested in test_cli_program.py.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import socket
from pathlib import Path

import click
import pytest

import catalogue.cli.build as build_module
import catalogue.cli.failures as failures
import catalogue.cli.serve as serve_module
from catalogue.cli.main import main
from catalogue.exports.static_site import judgements_data
from catalogue.planner.words import WordScores
from catalogue.search.judgements.judged_searches import read_judged_searches
from catalogue.settings import Settings
from catalogue.storage.folder import pointed_build
from catalogue.vocabulary import VOCABULARY
from tests.support.command import FINE, IO_FAILED, MISUSE, PROBLEMS, Command, last_line
from tests.support.editing import break_file, broken

COMMANDS = tuple(sorted(main.commands))
NO_ADDRESS = "256.1.1.1 is no address of this machine. Leave out --host, or give one that it has."


@pytest.fixture
def run(settings: Settings) -> Command:
    return Command(settings)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_explains_itself_and_its_options(
    name: str, option: str, run: Command
) -> None:
    result = run(name, option)
    assert (result.exit_code, result.stderr) == (FINE, "")
    assert result.stdout.startswith(f"Usage: catalogue {name} [OPTIONS]")
    command = main.commands[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert option.opts[0] in result.stdout


def test_the_help_lists_every_command_with_its_job(run: Command) -> None:
    result = run("--help")
    listed = re.findall(r"^  ([a-z-]+)  +\S", result.stdout.partition("Commands:")[2], re.MULTILINE)
    assert (result.exit_code, tuple(listed)) == (FINE, COMMANDS)
    assert {"build", "check", "search", "serve"} <= set(COMMANDS)


def test_a_plan_guesses_no_purpose_that_no_words_stand_for(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As where every word of the text stands in many methods.
    monkeypatch.setattr(WordScores, "shared", lambda *_: [])
    lines = run("plan", "the whole village").stdout.splitlines()
    assert lines
    assert [line for line in lines if line.startswith("purpose=")] == []


def test_search_offers_a_filter_for_each_of_the_vocabulary_in_its_order() -> None:
    names = [option.name for option in main.commands["search"].params]
    filters = [*(facet.name for facet in VOCABULARY.filters), *VOCABULARY.ranges]
    assert names == ["words", "sort", "limit", *filters]


@pytest.mark.parametrize(
    "words, message",
    [
        pytest.param(["dance"], "No such command 'dance'.", id="command"),
        pytest.param(["build", "--fast"], "No such option '--fast'.", id="option"),
        pytest.param(["build", "x"], "Got unexpected extra argument (x)", id="argument"),
        pytest.param(
            ["serve", "--port", "0"],
            "Invalid value for '--port': 0 is not in the range 1<=x<=65535.",
            id="port",
        ),
        pytest.param(
            ["search", "--limit", "500"],
            "Invalid value for '--limit': 500 is not in the range 1<=x<=100.",
            id="limit",
        ),
        pytest.param(
            ["check", "no-such.md"],
            "no-such.md cannot be read: No such file or directory.",
            id="file",
        ),
    ],
)
def test_misuse_ends_with_2_and_says_what_is_wrong(
    words: list[str], message: str, run: Command
) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (MISUSE, "")
    assert last_line(result.stderr) == f"Error: {message}"


@pytest.mark.parametrize("command", ["evaluate-plans", "evaluate-search"])
@pytest.mark.parametrize(
    "name, fault", [("none.yaml", "does not exist"), ("", "is a directory")], ids=["none", "folder"]
)
def test_an_evaluation_of_what_is_no_file_is_misuse(
    command: str, name: str, fault: str, run: Command, tmp_path: Path
) -> None:
    file = tmp_path / name
    result = run(command, file)
    assert (result.exit_code, result.stdout) == (MISUSE, "")
    assert last_line(result.stderr) == f"Error: Invalid value for 'FILE': File '{file}' {fault}."


@pytest.mark.parametrize("name", COMMANDS)
def test_an_unknown_setting_is_misuse_of_every_command(name: str, run: Command) -> None:
    result = run(name, CATALOGUE_SITENAME="x")
    assert result.exit_code == MISUSE
    assert last_line(result.stderr).startswith(
        "Error: CATALOGUE_SITENAME is not a setting we know."
    )
    assert last_line(result.stderr).endswith(" Did you mean CATALOGUE_SITE_NAME?")


def test_build_counts_what_it_did(run: Command, settings: Settings) -> None:
    for done in ("6 rendered", "nothing had changed"):
        result = run("build")
        assert re.fullmatch(rf"6 methods, {done}, \d+\.\d\d seconds\.\n", result.stdout)
        assert (result.exit_code, result.stderr) == (FINE, "")
    assert pointed_build(settings.index_dir)


def test_build_ends_with_1_while_a_file_is_left_out(
    run: Command, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    for done in ("5 rendered", "nothing had changed"):
        caplog.clear()
        result = run("build")
        assert result.exit_code == PROBLEMS
        assert re.fullmatch(rf"5 methods, {done}, \d+\.\d\d seconds\.\n", result.stdout)
        assert caplog.messages == [
            broken("methods/reed-panel.md"),
            "Left out of the site until mended: methods/reed-panel.md.",
        ]


def test_build_of_an_empty_folder_warns(
    run: Command, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(settings.methods_dir)
    settings.methods_dir.mkdir()
    result = run("build")
    assert result.exit_code == FINE
    assert re.fullmatch(r"0 methods, 0 rendered, \d+\.\d\d seconds\.\n", result.stdout)
    assert caplog.messages == [
        "There is no method to show. Put method files into the methods folder."
    ]


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("command", ["build", "serve", "search"])
def test_a_missing_methods_folder_ends_with_74_and_the_fix(
    command: str, run: Command, settings: Settings
) -> None:
    shutil.rmtree(settings.methods_dir)
    result = run(command)
    assert (result.exit_code, result.stdout) == (IO_FAILED, "")
    assert result.stderr == (
        f"Error: The folder of methods, {settings.methods_dir}, cannot be read "
        f"({os.strerror(errno.ENOENT)}). Set CATALOGUE_METHODS_DIR to the folder with the method "
        "files.\n"
    )


def test_build_where_nothing_can_be_written_ends_with_74_and_the_fix(
    run: Command, settings: Settings
) -> None:
    settings.index_dir.write_text("a plain file", encoding="utf-8")
    folder = settings.index_dir / "index"
    result = run("build", CATALOGUE_INDEX_DIR=str(folder))
    assert (result.exit_code, result.stdout) == (IO_FAILED, "")
    assert result.stderr == (
        f"Error: The build cannot be written to {folder} ({os.strerror(errno.ENOTDIR)}). Check that "
        "the disk has room and that this user may write there, or set CATALOGUE_INDEX_DIR to "
        "another folder. What was served before stays.\n"
    )


class SlowClock:
    """A clock on which two seconds pass at every look."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        self.now += 2
        return self.now


def test_progress_is_shown_once_a_build_takes_more_than_a_second(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_module, "time", SlowClock())
    assert run("build").stderr.splitlines() == [
        *(f"Reading {done} of 6 …" for done in range(1, 7)),
        *(f"Rendering {done} of 6 …" for done in range(1, 7)),
        "Writing the index …",
    ]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the server would have been started with."""
    started: list[tuple[object, ...]] = []
    monkeypatch.setattr(
        serve_module,
        "run_simple",
        lambda host, port, app, threaded: started.append((host, port, threaded)),
    )
    # The ports of the tests may be in use here.
    monkeypatch.setattr(failures, "check_free", lambda host, port: None)
    return started


def test_serve_listens_on_this_machine_only_unless_told_otherwise(
    run: Command, served: list[tuple[object, ...]]
) -> None:
    result = run("serve")
    assert result.exit_code == FINE
    assert result.stdout == "6 methods on http://127.0.0.1:8000/ (stop with Ctrl and C)\n"
    result = run("serve", "--host", "0.0.0.0", "--port", "9000")
    assert result.stdout == "6 methods on http://0.0.0.0:9000/ (stop with Ctrl and C)\n"
    assert served == [("127.0.0.1", 8000, True), ("0.0.0.0", 9000, True)]


@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_serve_prints_an_ipv6_address_in_brackets(
    run: Command, served: list[tuple[object, ...]], host: str
) -> None:
    result = run("serve", "--host", host)
    assert result.stdout == "6 methods on http://[::1]:8000/ (stop with Ctrl and C)\n"
    assert served == [("::1", 8000, True)]


def test_serve_on_a_port_in_use_says_so_and_ends_with_74(run: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", "--port", port)
    assert result.exit_code == IO_FAILED
    assert last_line(result.stderr) == (
        f"Error: The site cannot listen on 127.0.0.1:{port}: another program, or the site itself, listens there already. "
        "Choose another port with --port."
    )


def test_mcp_over_http_on_a_port_in_use_says_so_and_ends_with_74(run: Command) -> None:
    pytest.importorskip("mcp")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("mcp", "--http", "--port", port)
    assert result.exit_code == IO_FAILED
    assert result.stderr.startswith(
        f"Error: The site cannot listen on 127.0.0.1:{port}: another program, "
    )


@pytest.mark.parametrize(
    "error, reason",
    [
        (socket.gaierror(-2, "Name or service not known"), NO_ADDRESS),
        (OSError(errno.EADDRNOTAVAIL, "Cannot assign"), NO_ADDRESS),
        (OSError(errno.EACCES, "Denied"), "this user may not. Choose a port above 1023 with --port."),
        (OSError(errno.ENOBUFS, "No room"), "No room. Choose another port with --port, or another address with --host."),
    ],
    ids=["unknown", "elsewhere", "low-port", "other"],
)  # fmt: skip
@pytest.mark.parametrize("options", [[], ["--production"]], ids=["here", "production"])
def test_serve_says_why_it_cannot_listen_before_it_builds(
    error: OSError, reason: str, options: list[str], run: Command, settings: Settings,
    monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    def refuse(host: str, port: int) -> None:
        raise error

    monkeypatch.setattr(failures, "check_free", refuse)
    result = run("serve", *options, "--host", "256.1.1.1")
    assert (result.exit_code, result.stdout) == (IO_FAILED, "")
    assert result.stderr == f"Error: The site cannot listen on 256.1.1.1:8000: {reason}\n"
    assert not settings.index_dir.exists()


@pytest.mark.parametrize("what", ["data", "site"])
def test_an_export_writes_over_nothing_that_no_export_wrote(
    what: str, run: Command, settings: Settings, tmp_path: Path
) -> None:
    before = {file: file.read_bytes() for file in settings.methods_dir.iterdir()}
    for folder in (settings.methods_dir, settings.methods_dir.parent):
        result = run("export", what, str(folder))
        assert result.exit_code == MISUSE
        assert "holds files that no export wrote, such as " in result.stderr
        assert "Choose an empty folder, or one that an earlier export filled." in result.stderr
    assert {file: file.read_bytes() for file in settings.methods_dir.iterdir()} == before


def test_an_export_says_which_row_of_the_judged_searches_is_wrong_and_how_to_mend_it(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "searches.csv"
    file.write_text("search,first,also\nwhy, oh why,survey,\n", encoding="utf-8")
    monkeypatch.setattr(judgements_data, "read_judged_searches", lambda: read_judged_searches(file))
    result = run("export", "site", str(tmp_path / "site"))
    assert result.exit_code == IO_FAILED
    assert last_line(result.stderr) == (
        f"Error: {file}:2: this row has 4 parts, and there are three: search, first and also. "
        "Put quotation marks around a search that has a comma."
    )


def test_an_export_fills_its_folder_again(run: Command, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    assert run("export", "data", str(folder)).exit_code == FINE
    assert run("export", "data", str(folder)).exit_code == FINE
    assert (folder / "methods.csv").exists()
