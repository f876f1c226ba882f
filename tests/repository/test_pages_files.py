"""The files that put the site on the pages of a forge: workflows of known form, and the script that replaces the branch."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from catalogue.settings import PROJECT
from tests.repository.test_forge_files import JOB_KEYS, JOB_KEYS_GITLAB, PINNED, STEP_KEYS, load

PAGES = PROJECT / "deploy" / "pages"
# Stands in for `catalogue`: writes a site of one page into the folder that it is given.
PROGRAM = '#!/bin/sh\ntest "$1 $2" = "export site" && echo "$SITE" > "$3/index.html" && touch "$3/.nojekyll"\n'


@pytest.mark.parametrize("name", ["github", "codeberg"])
def test_a_workflow_runs_on_main_alone_and_publishes_to_the_branch_of_its_forge(name: str) -> None:
    found = load(PAGES / f"{name}.yml")
    assert found["on"]["push"] == {"branches": ["main"]}
    assert set(found["on"]) <= {"push", "workflow_dispatch"}
    (job,) = found["jobs"].values()
    assert set(job) - JOB_KEYS == set()
    assert [set(step) - STEP_KEYS for step in job["steps"] if set(step) - STEP_KEYS] == []
    branch = {"github": "gh-pages", "codeberg": "pages"}[name]
    assert job["steps"][-1]["run"].startswith(f"deploy/pages/publish {branch} ")
    assert [step["run"] for step in job["steps"] if "${{" in step.get("run", "")] == []


def test_actions_are_pinned_as_in_the_other_workflows() -> None:
    others = (PROJECT / ".github" / "workflows" / "content.yml").read_text(encoding="utf-8")
    lines = [line for line in (PAGES / "github.yml").read_text("utf-8").splitlines() if "uses:" in line]  # fmt: skip
    assert len(lines) == 2
    assert [line for line in lines if not PINNED.match(line) or line not in others] == []


def test_gitlab_serves_what_the_job_called_pages_leaves_in_public() -> None:
    job: dict[str, Any] = load(PAGES / "gitlab.yml")["pages"]
    assert set(job) - JOB_KEYS_GITLAB == {"image"}
    assert job["script"][-1] == "catalogue export site public"
    assert job["artifacts"] == {"paths": ["public"]}


def publish(branch: str, folder: Path, site: str = "first") -> subprocess.CompletedProcess[str]:
    """Run the script in this repository, with a program that stands in for `catalogue`."""
    program = folder / "catalogue"
    program.write_text(PROGRAM, encoding="ascii")
    program.chmod(0o755)
    return subprocess.run(
        [PAGES / "publish", branch, str(folder / "remote.git")],
        env={**os.environ, "PROGRAM": str(program), "SITE": site},
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def git(folder: Path, *words: str) -> str:
    command = ["git", "--git-dir", str(folder / "remote.git"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_script_replaces_the_branch_by_the_last_copy(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "remote.git"], check=True)
    for site in ("first", "second"):
        done = publish("pages", tmp_path, site)
        assert done.returncode == 0, done.stderr
    assert git(tmp_path, "show", "pages:index.html") == "second\n"
    assert git(tmp_path, "rev-list", "--count", "pages") == "1\n"
    assert git(tmp_path, "ls-tree", "--name-only", "pages").split() == [".nojekyll", "index.html"]


def test_the_script_replaces_no_branch_with_work_on_it(tmp_path: Path) -> None:
    done = publish("main", tmp_path)
    assert done.returncode == 2
    assert done.stderr == "The branch must be gh-pages or pages, not main.\n"
