"""The files for the forge: workflows that strangers cannot misuse, templates, labels, citation.

The keys a workflow may have are those of docs.github.com, "Workflow syntax for GitHub Actions", as
far as ours use them; likewise for GitLab ("CI/CD YAML syntax reference") and Dependabot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalogue import __version__
from catalogue.settings import PROJECT
from catalogue.vocabulary import VOCABULARY

GITHUB = PROJECT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").iterdir())
EACH_WORKFLOW = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.name)
WORKFLOW_KEYS = {"name", "on", "permissions", "concurrency", "jobs"}
JOB_KEYS = {"name", "runs-on", "container", "timeout-minutes", "permissions", "steps"}
STEP_KEYS = {"name", "uses", "with", "run", "env"}
JOB_KEYS_GITLAB = {"stage", "timeout", "variables", "rules", "script", "artifacts"}
# A commit of the action, and the version it was when we looked.
PINNED = re.compile(r"^ *(?:- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
# What a workflow may put into a text: nothing that a stranger writes (titles, branches, names).
SAFE = {"github.ref", "github.token", "github.repository"}


class Loader(yaml.SafeLoader):
    """Reads "on" as a word, as GitHub does, and not as the YAML 1.1 way to write "true"."""


Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def load(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader)


def jobs(file: Path) -> list[dict[str, Any]]:
    return list(load(file)["jobs"].values())


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(file) for step in job["steps"]]


def workflow(name: str) -> Any:
    return load(GITHUB / "workflows" / f"{name}.yml")


@EACH_WORKFLOW
def test_a_workflow_has_only_keys_the_host_knows(file: Path) -> None:
    assert set(load(file)) == WORKFLOW_KEYS
    for job in jobs(file):
        assert set(job) - JOB_KEYS == set()
        assert {"runs-on", "timeout-minutes", "steps"} <= set(job)
    for step in steps(file):
        assert set(step) - STEP_KEYS == set()
        assert ("uses" in step) != ("run" in step)


@EACH_WORKFLOW
def test_a_workflow_never_runs_with_rights_on_what_a_stranger_sent(file: Path) -> None:
    triggers = set(load(file)["on"])
    assert triggers <= {"pull_request", "push", "schedule", "workflow_dispatch"}
    rights = [load(file)["permissions"], *(job.get("permissions", {}) for job in jobs(file))]
    writes = {name for given in rights for name, right in given.items() if right != "read"}
    if "pull_request" in triggers:
        assert writes == set()
        assert "secrets." not in file.read_text(encoding="utf-8")


def test_only_the_scheduled_workflow_may_write_and_only_issues() -> None:
    found = {
        (file.name, name)
        for file in WORKFLOWS
        for given in (load(file)["permissions"], *(j.get("permissions", {}) for j in jobs(file)))
        for name, right in given.items()
        if right != "read"
    }
    assert found == {("scheduled.yml", "issues")}
    assert [load(file)["permissions"] for file in WORKFLOWS] == [{"contents": "read"}] * 3


def test_no_file_of_the_forge_uses_the_dangerous_trigger() -> None:
    files = [path for path in GITHUB.rglob("*") if path.is_file()]
    assert len(files) >= 10
    named = [f for f in files if "pull_request_target" in f.read_text(encoding="utf-8")]
    assert named == []


@EACH_WORKFLOW
def test_actions_are_pinned_by_commit_with_their_version_beside(file: Path) -> None:
    lines = [line for line in file.read_text("utf-8").splitlines() if "uses:" in line]
    assert len(lines) == sum("uses" in step for step in steps(file)) > 0
    assert [line for line in lines if not PINNED.match(line)] == []


def test_an_action_has_one_commit_in_all_workflows() -> None:
    used = {step["uses"] for file in WORKFLOWS for step in steps(file) if "uses" in step}
    assert len({name.partition("@")[0] for name in used}) == len(used)


@EACH_WORKFLOW
def test_no_text_is_put_into_a_command(file: Path) -> None:
    assert [step["run"] for step in steps(file) if "${{" in step.get("run", "")] == []
    filled = set(re.findall(r"\$\{\{\s*(.*?)\s*\}\}", file.read_text(encoding="utf-8")))
    assert filled <= SAFE


@EACH_WORKFLOW
def test_the_token_is_not_left_in_the_checkout(file: Path) -> None:
    checkouts = [
        step for step in steps(file) if step.get("uses", "").startswith("actions/checkout@")
    ]
    assert len(checkouts) == len(jobs(file))
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False] * len(checkouts)


def test_content_is_checked_for_methods_and_reports_alone_in_two_minutes() -> None:
    found = workflow("content")
    assert found["on"] == {"pull_request": {"paths": ["methods/**", "uses/**"]}}
    assert [job["timeout-minutes"] for job in found["jobs"].values()] == [2]


def test_code_runs_what_every_change_must_pass() -> None:
    found = workflow("code")
    (job,) = found["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert set(found["on"]) == {"push", "pull_request"}
    assert "paths" not in (found["on"]["push"] or {})


def commands(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from re.findall(r"(?:^|\s)(\.ci/[\w.-]+)", text)


def test_every_script_a_forge_runs_exists_and_can_be_run() -> None:
    gitlab = [job["script"] for job in gitlab_jobs().values()]
    github = [step.get("run", "") for file in WORKFLOWS for step in steps(file)]
    named = set(commands([*github, *(line for lines in gitlab for line in lines)]))
    assert named == {f".ci/{path.name}" for path in (PROJECT / ".ci").iterdir() if path.is_file()}
    not_runnable = [n for n in named if not n.endswith(".py") and not _runnable(PROJECT / n)]
    assert not_runnable == []


def _runnable(file: Path) -> bool:
    first = file.read_text(encoding="utf-8").split("\n")[:20]
    return (
        first[0] == "#!/usr/bin/env bash"
        and "set -euo pipefail" in first
        and bool(file.stat().st_mode & 0o100)
    )


def gitlab_jobs() -> dict[str, Any]:
    found = load(PROJECT / ".gitlab-ci.yml")
    return {name: job for name, job in found.items() if name not in ("workflow", "default")}


def test_gitlab_does_the_same_with_the_keys_it_knows() -> None:
    found = gitlab_jobs()
    assert list(found) == ["content", "code", "upkeep"]
    assert [set(job) - JOB_KEYS_GITLAB for job in found.values()] == [set(), set(), set()]
    assert set(commands([" ".join(job["script"]) for job in found.values()])) == {
        ".ci/content",
        ".ci/run",
        ".ci/upkeep",
    }
    assert found["content"]["rules"][0]["changes"] == ["methods/**/*", "uses/**/*"]
    assert found["code"]["rules"][0] == {
        "if": '$CI_PIPELINE_SOURCE == "schedule"',
        "when": "never",
    }


def test_both_forges_run_everything_in_the_same_image() -> None:
    image = load(PROJECT / ".gitlab-ci.yml")["default"]["image"]
    assert image == workflow("code")["jobs"]["test"]["container"]


def labels() -> list[dict[str, str]]:
    found: list[dict[str, str]] = load(GITHUB / "labels.yml")
    return found


def test_labels_are_whole_and_within_the_limits_of_the_host() -> None:
    for label in labels():
        assert set(label) == {"name", "color", "description", "applied_by"}
        assert re.fullmatch(r"[0-9a-f]{6}", label["color"])
        assert len(label["name"]) <= 50
        assert len(label["description"]) <= 100
    names = [label["name"] for label in labels()]
    assert len(set(names)) == len(names)


def test_every_label_that_a_file_sets_is_among_them() -> None:
    forms = [load(f) for f in (GITHUB / "ISSUE_TEMPLATE").iterdir() if f.name != "config.yml"]
    updates = load(GITHUB / "dependabot.yml")["updates"]
    script = (PROJECT / ".ci" / "rolling-issue").read_text(encoding="utf-8")
    used = {label for given in (*forms, *updates) for label in given["labels"]}
    used |= set(re.findall(r"--label (\w+)", script))
    known = {label["name"]: label["applied_by"] for label in labels()}
    assert used == {name for name, by in known.items() if by != "reviewers"}


def test_dependabot_looks_after_python_and_the_actions() -> None:
    found = load(GITHUB / "dependabot.yml")
    assert set(found) == {"version", "updates"}
    assert found["version"] == 2
    assert {update["package-ecosystem"] for update in found["updates"]} == {"pip", "github-actions"}
    for update in found["updates"]:
        assert set(update) == {"package-ecosystem", "directory", "schedule", "labels", "groups"}
        assert update["schedule"]["interval"] in ("weekly", "monthly")


def test_nobody_is_made_up_as_an_owner() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []
    names = {name for line in lines for name in re.findall(r"@([\w-]+)", line)}
    assert names == {"YOUR-ORGANISATION"}
    paths = re.findall(r"^# (/\S+)", "\n".join(lines), re.MULTILINE)
    assert paths
    assert [path for path in paths if not (PROJECT / path.lstrip("/")).exists()] == []


def test_a_pull_request_asks_for_six_ticks_and_names_the_licence() -> None:
    text = (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    ticks = re.findall(r"^- \[ \] (.+)$", text, re.MULTILINE)
    assert len(ticks) == 6
    assert "CC BY 4.0" in ticks[-1]


def test_the_citation_is_valid_and_names_the_licence_of_the_texts() -> None:
    # Required keys and their forms: Citation File Format 1.2.0, schema-guide.md.
    found = load(PROJECT / "CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= set(found)
    assert set(found) <= {
        "cff-version", "message", "title", "authors", "type", "abstract", "keywords", "license",
    }  # fmt: skip
    assert found["cff-version"] == "1.2.0"
    assert found["type"] in ("software", "dataset")
    assert all(set(author) == {"name"} for author in found["authors"])
    assert found["license"] in VOCABULARY.choices["licence"].values


CHANGE_HEADINGS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")


def test_the_change_log_keeps_its_form_and_begins_with_what_is_not_released() -> None:
    text = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert versions[0] == "[Unreleased]"
    for version in versions[1:]:
        found = re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", version)
        assert found, version
        assert date.fromisoformat(found[2]) <= date.today()
    headings = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert headings
    assert set(headings) <= set(CHANGE_HEADINGS)
    released = versions[1:2]
    assert not released or released[0].startswith(f"[{__version__}]")
