"""Holds requirements.lock, what production installs, to setup.cfg and constraints.txt; and the audit to its word."""

from __future__ import annotations

import configparser
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def locked() -> Iterator[tuple[Requirement, list[str]]]:
    """Yield each requirement of the lock with what stands in the lines that belong to it."""
    joined = LOCK.replace("\\\n", " ")
    for line in joined.split("\n"):
        if line and not line.startswith("#"):
            named, *rest = re.split(r"\s+(?=--)", line)
            yield Requirement(named), [word.strip() for word in rest]


def versions(lines: list[str]) -> dict[str, str]:
    """Return the exact version of each package that lines such as "Flask==3.1.3" name."""
    found = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]
    return {canonicalize_name(r.name): str(r.specifier).removeprefix("==") for r in found}


def production() -> list[str]:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    return setup["options"]["install_requires"].strip().split("\n")


def needed_here() -> set[str]:
    """Return what setup.cfg names for production and all that needs in turn, on this system."""
    found: set[str] = set()
    waiting = [Requirement(line) for line in production()]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate()):
            continue
        found.add(name)
        for extra in ("", *requirement.extras):
            environment = {**default_environment(), "extra": extra}
            for line in metadata.requires(name) or ():
                further = Requirement(line)
                if not further.marker or further.marker.evaluate(environment):
                    waiting.append(further)
    return found


def test_every_locked_version_is_exact_and_has_hashes_and_nothing_else() -> None:
    entries = list(locked())
    assert len(entries) > 20
    for requirement, words in entries:
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement
        assert words, requirement
        assert [word for word in words if not HASH.fullmatch(word)] == [], requirement


def test_the_lock_has_the_versions_of_setup_cfg() -> None:
    lock = {canonicalize_name(r.name): str(r.specifier)[2:] for r, _ in locked()}
    assert versions(production()).items() <= lock.items()


def test_the_lock_has_the_versions_that_the_tests_install() -> None:
    constraints = versions((ROOT / "constraints.txt").read_text(encoding="utf-8").split("\n"))
    assert {canonicalize_name(r.name): str(r.specifier)[2:] for r, _ in locked()}.items() <= (
        constraints.items()
    )


def test_the_lock_has_all_that_is_needed_here_and_no_more() -> None:
    here = {
        canonicalize_name(r.name) for r, _ in locked() if not r.marker or r.marker.evaluate()
    }  # fmt: skip
    assert here == needed_here()


def test_pip_takes_the_lock_and_finds_everything_installed() -> None:
    # With --no-index nothing can be fetched, so that a version that is not installed is an error.
    options = ["--dry-run", "--no-index", "--no-deps", "--require-hashes"]
    ran = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "-r", ROOT / "requirements.lock"],
        capture_output=True,
        encoding="utf-8",
        env={"PIP_CONFIG_FILE": "/dev/null", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
    assert ran.returncode == 0, ran.stderr
    assert "Would install" not in ran.stdout


def audit(stdout: str, stderr: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run tools/audit.py with an answer of pip-audit that was written for the test."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    answer = subprocess.CompletedProcess([], 0, stdout, stderr)
    monkeypatch.setattr(module.subprocess, "run", lambda *_, **__: answer)
    return module.main()


def test_an_audit_names_a_known_fault_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = {"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]}
    packages = [
        {"name": "reed", "version": "1.0", "vulns": [fault]},
        {"name": "sedge", "version": "2.0", "vulns": []},
    ]
    assert audit(json.dumps({"dependencies": packages}), "", monkeypatch) == 1
    assert capsys.readouterr().out.splitlines() == [
        "reed 1.0 has PYSEC-1; mended in 1.1, 2.0.",
        "2 of 2 packages audited, 1 known faults.",
    ]


def test_an_audit_says_what_could_not_be_looked_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packages = [
        {"name": "reed", "skip_reason": "Dependency not found"},
        {"name": "sedge", "version": "2.0", "vulns": []},
    ]
    assert audit(json.dumps({"dependencies": packages}), "", monkeypatch) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Not audited: the service does not know reed.",
        "1 of 2 packages audited, 0 known faults.",
    ]


def test_an_audit_without_a_network_says_so_and_does_not_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit("", "Traceback\nConnectionError: no route\n", monkeypatch) == 0
    assert capsys.readouterr().out == "Not audited: ConnectionError: no route\n"
