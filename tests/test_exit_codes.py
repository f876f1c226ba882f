"""What the `catalogue` program ends with: a fault of its own is never taken for problems in the files.

Programs of their own, because the number a process ends with is what scripts and servers see.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

import catalogue.__main__ as program
from catalogue import exit_codes
from catalogue.exit_codes import CRASHED, FINE, IO_FAILED, PROBLEMS_FOUND, STOPPED, TRY_AGAIN
from catalogue.settings import PROJECT, Settings
from tests.support.command import Command
from tests.support.editing import break_file, change

SECONDS = 60


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    folders = {
        "CATALOGUE_METHODS_DIR": str(settings.methods_dir),
        "CATALOGUE_INDEX_DIR": str(settings.index_dir),
    }
    return {**os.environ, **folders, "PYTHONDONTWRITEBYTECODE": "1"}


def ended(
    environment: dict[str, str], *words: str, code: Path = PROJECT
) -> subprocess.CompletedProcess[str]:
    """Run the command with the code in a folder."""
    given = environment | {"PYTHONPATH": str(code)}
    run = "import sys; from catalogue.__main__ import run; sys.exit(run())"
    return subprocess.run([sys.executable, "-P", "-c", run, *words], env=given, capture_output=True,
                          text=True, timeout=SECONDS, check=False)  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of our code, free to break."""
    folder = tmp_path / "copy"
    for name in ("catalogue", "templates", "static", "texts"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_numbers_are_all_different_and_each_has_a_meaning() -> None:
    numbers = [
        value for name, value in vars(exit_codes).items() if name.isupper() and name != "MEANINGS"
    ]
    assert sorted(numbers) == sorted(set(numbers)) == sorted(exit_codes.MEANINGS)
    assert program.CRASHED == CRASHED


@pytest.mark.process
def test_problems_in_a_file_are_1_and_none_are_0(
    settings: Settings, environment: dict[str, str]
) -> None:
    assert ended(environment, "check").returncode == FINE
    break_file(settings.methods_dir / "reed-panel.md")
    assert ended(environment, "check").returncode == PROBLEMS_FOUND


@pytest.mark.process
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("validation/cross_checks.py", "def check_across(", "def def check_across("),
        ("cli/main.py", "import click\n", "import click\nimport catalogue.that_is_not_there\n"),
        ("cli/check.py", "    folder = _folder(", "    raise RecursionError\n    folder = _folder("),
        ("cli/check.py", "    folder = _folder(", "    raise MemoryError\n    folder = _folder("),
        ("cli/check.py", "    folder = _folder(", "    {}['gone']\n    folder = _folder("),
        ("vocabulary.yaml", "facets:", "facets: ["),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_crash_is_a_fault_of_the_program_whatever_crashes(
    environment: dict[str, str], copy: Path, file: str, old: str, new: str, command: str
) -> None:
    if command == "build" and file == "cli/check.py":
        pytest.skip("another command")
    change(copy / "catalogue" / file, old, new)
    done = ended(environment, command, code=copy)
    assert done.returncode == CRASHED
    last = done.stderr.rstrip().splitlines()[-1]
    assert last.startswith("catalogue ended by a fault of its own (")
    assert last.endswith(
        "Nothing was found out about your files. Please report it, with the lines above."
    )


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="the commands for Windows are others")
def test_a_python_without_our_packages_is_told_how_to_install_them() -> None:
    # Without the folders of packages (-S).
    done = subprocess.run([sys.executable, "-S", "-m", "catalogue", "check"], capture_output=True,
                          text=True, timeout=SECONDS, cwd=PROJECT, check=False)  # fmt: skip
    assert (done.returncode, done.stdout) == (CRASHED, "")
    first, *commands = done.stderr.splitlines()
    assert re.fullmatch(
        r"The package \w+ is missing from this Python, \S+python\S*\. In the folder .+:", first
    )
    assert [line.strip() for line in commands if line] == [
        "python3 -m venv .venv",
        ".venv/bin/python -m pip install -c constraints.txt -e .",
        ".venv/bin/catalogue",
    ]


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_no_problem_of_a_file(
    settings: Settings, environment: dict[str, str]
) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-P", "-m", "catalogue", "check"], env=environment, stdout=full,
                              stderr=subprocess.PIPE, text=True, timeout=SECONDS, cwd=PROJECT, check=False)  # fmt: skip
    assert done.returncode not in (FINE, PROBLEMS_FOUND)
    assert "Error: No space left on device." in done.stderr.splitlines()
    assert "Traceback" not in done.stderr


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_reader_that_has_had_enough_gets_no_complaint(
    settings: Settings, environment: dict[str, str]
) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-P", "-m", "catalogue", "check"], env=environment, stdout=writing,
                          stderr=subprocess.PIPE, text=True, timeout=SECONDS, cwd=PROJECT, check=False)  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (IO_FAILED, "")


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_and_c_is_no_problem_of_a_file(environment: dict[str, str], copy: Path) -> None:
    change(
        copy / "catalogue" / "cli" / "check.py",
        "    folder = _folder(",
        "    import time\n    click.echo('begun')\n    time.sleep(60)\n    folder = _folder(",
    )
    run = "import sys; from catalogue.__main__ import run; sys.exit(run())"
    with subprocess.Popen([sys.executable, "-P", "-c", run, "check"], stdout=subprocess.PIPE, text=True,
                          env=environment | {"PYTHONPATH": str(copy)},
                          stderr=subprocess.DEVNULL) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == STOPPED


def test_a_build_that_waits_in_vain_for_another_may_be_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalogue.build.builder.LOCK_SECONDS", 0.05)
    settings.index_dir.mkdir()
    with FileLock(settings.index_dir / ".lock"):
        result = Command(settings)("build")
    assert result.exit_code == TRY_AGAIN
    assert result.stderr.startswith("Error: Another build has been running in ")
