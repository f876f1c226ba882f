"""The scripts of .ci, run in a scratch repository with stand-ins for `catalogue` and `gh`.

A stand-in notes the words it is called with, one call a line, and answers what the test says.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from catalogue.settings import PROJECT

pytestmark = pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("git")), reason="needs bash and git"
)

# What it answers stands in a file: {"words of the call": [exit code, output]}.
STAND_IN = """#!{python}
import json, os, sys
with open(os.environ["CALLS"], "a", encoding="utf-8") as calls:
    calls.write(json.dumps([os.path.basename(sys.argv[0]), *sys.argv[1:]]) + "\\n")
answers = json.load(open(os.environ["ANSWERS"], encoding="utf-8"))
known = [key for key in answers if key in " ".join(sys.argv[1:])]
code, output = answers[known[0]] if known else (0, "")
sys.stdout.write(output)
sys.exit(code)
"""
IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.quotePath=true")


class Scratch:
    """A small repository with our scripts and one commit, and a record of what was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repository"
        self.calls_file = folder / "calls"
        self.answers_file = folder / "answers"
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        for name in ("catalogue", "gh"):
            (bin_folder / name).write_text(STAND_IN.format(python=sys.executable), "utf-8")
            (bin_folder / name).chmod(0o755)
        shutil.copytree(PROJECT / ".ci", self.folder / ".ci")
        shutil.copytree(PROJECT / "tests" / "data" / "methods_good", self.folder / "methods")
        (self.folder / ".github").mkdir()
        shutil.copy(PROJECT / ".github" / "labels.yml", self.folder / ".github")
        self.environment = {
            "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
            "CALLS": str(self.calls_file),
            "ANSWERS": str(self.answers_file),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "HOME": str(folder),
        }
        self.git("init", "-q", "-b", "main")
        self.commit()

    def git(self, *words: str) -> None:
        subprocess.run(["git", *IDENTITY, *words], cwd=self.folder, check=True,
                       env=self.environment, capture_output=True)  # fmt: skip

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def run(self, *words: str, **answers: tuple[int, str]) -> subprocess.CompletedProcess[str]:
        """Run a script with these answers; the keys use "_" for a space and "__" for "--"."""
        given = {key.replace("__", "--").replace("_", " "): a for key, a in answers.items()}
        self.answers_file.write_text(json.dumps(given), encoding="utf-8")
        return subprocess.run(words, cwd=self.folder, env=self.environment, check=False,
                              capture_output=True, text=True)  # fmt: skip

    def calls(self) -> list[list[str]]:
        if not self.calls_file.exists():
            return []
        return [json.loads(line) for line in self.calls_file.read_text("utf-8").splitlines()]


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path)


def checked(scratch: Scratch) -> list[str]:
    """Return the files that were checked by name."""
    (first, *_) = [call for call in scratch.calls() if "--" in call]
    return first[first.index("--") + 1 :]


def test_content_checks_the_files_a_change_touches_and_then_the_whole(scratch: Scratch) -> None:
    (scratch.folder / "methods" / "new.md").write_text("new", "utf-8")
    (scratch.folder / "methods" / "barn-meeting.md").write_text("changed", "utf-8")
    (scratch.folder / "methods" / "LICENSE").write_text("other", "utf-8")
    (scratch.folder / "other.md").write_text("other", "utf-8")
    (scratch.folder / "methods" / "harvest-jury.md").unlink()
    scratch.git("mv", "methods/postcard-survey.md", "methods/card-survey.md")
    scratch.commit()
    result = scratch.run(".ci/content", "HEAD^1", "summary of it.md")
    assert result.returncode == 0
    assert scratch.calls() == [
        ["catalogue", "check", "--format", "github", "--summary", "summary of it.md", "--",
         "methods/barn-meeting.md", "methods/card-survey.md", "methods/new.md"],
        ["catalogue", "check"],
    ]  # fmt: skip


def test_without_a_summary_none_is_asked_for(scratch: Scratch) -> None:
    (scratch.folder / "methods" / "new.md").write_text("new", "utf-8")
    scratch.commit()
    assert scratch.run(".ci/content", "HEAD^1").returncode == 0
    assert scratch.calls()[0] == ["catalogue", "check", "--format", "text", "--", "methods/new.md"]


@pytest.mark.parametrize(
    "name",
    ["$(touch hacked).md", "; touch hacked #.md", "a b\n::error::c.md", "`touch hacked`.md",
     "--help.md", "'\".md", "é – ü.md", "*.md"],
)  # fmt: skip
def test_a_file_name_stays_one_word_whatever_it_holds(scratch: Scratch, name: str) -> None:
    (scratch.folder / "methods" / name).write_text("x", "utf-8")
    scratch.commit()
    assert scratch.run(".ci/content", "HEAD^1").returncode == 0
    assert checked(scratch) == [f"methods/{name}"]
    assert not list(scratch.folder.rglob("hacked"))


def test_a_method_taken_out_is_not_checked_itself_but_the_others_are(scratch: Scratch) -> None:
    (scratch.folder / "methods" / "harvest-jury.md").unlink()
    scratch.commit()
    result = scratch.run(".ci/content", "HEAD^1")
    assert result.stdout.startswith("No method file and no report was added or changed.\n")
    assert scratch.calls() == [["catalogue", "check"]]


@pytest.mark.parametrize(
    ("changed", "whole", "status"),
    [(0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1), (2, 1, 2), (0, 2, 2), (70, 1, 70), (1, 74, 74)],
)
def test_an_error_in_either_check_fails_the_whole(
    scratch: Scratch, changed: int, whole: int, status: int
) -> None:
    (scratch.folder / "methods" / "new.md").write_text("new", "utf-8")
    scratch.commit()
    result = scratch.run(".ci/content", "HEAD^1", __format=(changed, ""), check=(whole, ""))
    assert result.returncode == status
    assert len(scratch.calls()) == 2


@pytest.mark.parametrize(("changed", "whole"), [(70, 0), (0, 70), (74, 1)])
@pytest.mark.parametrize("summary", [(), ("s.md",)], ids=["log", "summary"])
def test_a_check_that_failed_itself_is_not_said_of_the_files(
    scratch: Scratch, changed: int, whole: int, summary: tuple[str, ...]
) -> None:
    (scratch.folder / "methods" / "new.md").write_text("new", "utf-8")
    scratch.commit()
    result = scratch.run(
        ".ci/content", "HEAD^1", *summary, __format=(changed, ""), check=(whole, "half a line")
    )
    assert result.stdout == (
        f"The check itself failed (exit code {max(changed, whole)}). That is no fault of the "
        "method files.\n"
    )
    assert not (scratch.folder / "s.md").exists()


BROKEN = 'methods/b.md:4:2: linked method "a" does not exist. [link-unknown]\n::warning::hello\n'


def test_what_a_change_broke_elsewhere_stands_in_the_summary_and_one_remark_says_so(
    scratch: Scratch,
) -> None:
    (scratch.folder / "methods" / "new.md").write_text("new", "utf-8")
    scratch.commit()
    result = scratch.run(".ci/content", "HEAD^1", "s.md", __format=(0, ""), check=(1, BROKEN))
    assert result.stdout == (
        "::error title=Other files::This change leaves something to mend in files that it does not "
        "touch. They stand in the summary.\n"
    )
    assert f"\n````text\n{BROKEN}````\n" in (scratch.folder / "s.md").read_text("utf-8")


def test_without_a_summary_it_stands_in_the_log(scratch: Scratch) -> None:
    (scratch.folder / "methods" / "new.md").write_text("new", "utf-8")
    scratch.commit()
    result = scratch.run(".ci/content", "HEAD^1", __format=(0, ""), check=(1, BROKEN))
    assert result.stdout == f"All methods together:\n{BROKEN}"


def test_content_without_a_base_that_exists_fails(scratch: Scratch) -> None:
    result = scratch.run(".ci/content", "HEAD^1")
    assert result.returncode not in (0, 1)
    assert scratch.calls() == []


DUE = "## Methods to read through again\n\n- [ ] Barn meeting: 1 December 2026\n"
LINKS = """\
methods/a.md:3:9: https://example.org/a is gone (404). Find where the page has gone. [link-broken]
methods/a.md:9:1: warning: a sentence has 50 words. Cut it in two. [sentence-long]
methods/b.md:4:2: warning: https://example.org/`b` gave no answer (x). Open it yourself. [link-look]
"""


def test_upkeep_reports_reviews_and_links_and_nothing_else(scratch: Scratch) -> None:
    result = scratch.run(".ci/upkeep", "report.md", __links=(1, LINKS), due=(0, DUE))
    assert (result.returncode, result.stderr) == (0, "")
    report = (scratch.folder / "report.md").read_text("utf-8")
    assert f"\n\n{DUE}\n## Links to look at\n" in report
    first, _, last = LINKS.splitlines()
    assert f"\n````text\n{first}\n{last}\n````\n" in report
    assert "sentence-long" not in report
    assert scratch.calls() == [
        ["catalogue", "check", "--links"],
        ["catalogue", "due", "--within", "60", "--format", "markdown"],
    ]


def test_upkeep_with_every_link_answering_says_so(scratch: Scratch) -> None:
    scratch.run(".ci/upkeep", "report.md", __links=(0, ""), due=(0, "Nothing is due.\n"))
    assert (scratch.folder / "report.md").read_text("utf-8").endswith("Every link answered.\n")


def test_a_long_list_of_links_stays_within_the_limit_of_an_issue(scratch: Scratch) -> None:
    line = (
        f"methods/{'a' * 60}.md:3:9: https://example.org/{'b' * 200} is gone (404). [link-broken]\n"
    )
    scratch.run(".ci/upkeep", "report.md", __links=(1, line * 400), due=(0, DUE * 96))
    report = (scratch.folder / "report.md").read_text("utf-8")
    assert report.count("[link-broken]") == 150
    assert report.endswith("250 more: run `catalogue check --links`.\n")
    assert len(report) < 65_536


@pytest.mark.parametrize(
    ("links", "due", "status"), [(2, 0, 2), (70, 0, 70), (74, 0, 74), (0, 70, 70), (1, 2, 2)]
)
def test_upkeep_that_could_not_check_fails_and_leaves_no_report(
    scratch: Scratch, links: int, due: int, status: int
) -> None:
    result = scratch.run(".ci/upkeep", "report.md", __links=(links, ""), due=(due, "half"))
    assert result.returncode == status
    assert not (scratch.folder / "report.md").exists()


TITLE = "Upkeep: reviews due and links to look at"


def test_the_first_report_opens_an_issue(scratch: Scratch) -> None:
    assert scratch.run(".ci/rolling-issue", "report.md", issue_list=(0, "\n")).returncode == 0
    looked, wrote = scratch.calls()
    assert looked[:3] == ["gh", "issue", "list"]
    assert wrote == ["gh", "issue", "create", "--title", TITLE, "--label", "upkeep",
                     "--body-file", "report.md"]  # fmt: skip


def test_later_reports_change_that_issue_and_open_no_other(scratch: Scratch) -> None:
    assert scratch.run(".ci/rolling-issue", "report.md", issue_list=(0, "41\n")).returncode == 0
    looked, wrote = scratch.calls()
    # Anybody may open an issue; only ours may be written over.
    assert looked[looked.index("--app") + 1] == "github-actions"
    assert looked[looked.index("--state") + 1] == "open"
    assert wrote == ["gh", "issue", "edit", "41", "--title", TITLE, "--body-file", "report.md"]


def test_a_forge_that_does_not_answer_opens_nothing(scratch: Scratch) -> None:
    assert scratch.run(".ci/rolling-issue", "report.md", issue_list=(4, "")).returncode == 4
    assert len(scratch.calls()) == 1


def test_every_label_is_made_with_its_colour_and_meaning(scratch: Scratch) -> None:
    assert scratch.run(sys.executable, ".ci/labels.py").returncode == 0
    written = yaml.safe_load((PROJECT / ".github" / "labels.yml").read_text(encoding="utf-8"))
    assert scratch.calls() == [
        ["gh", "label", "create", label["name"], "--color", label["color"],
         "--description", label["description"], "--force"]
        for label in written
    ]  # fmt: skip
