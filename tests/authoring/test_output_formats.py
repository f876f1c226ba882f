"""The formats of `catalogue check`: GitHub's log and summary, and JSON; one check, read back from each.

The rules of GitHub for workflow commands are written here.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from catalogue.authoring.check.check_files import Checked
from catalogue.authoring.check.output_formats import (
    as_json,
    github,
    markdown,
    summary_table,
    text,
)
from catalogue.model.codes import Severity
from catalogue.model.problems import Problem, Values
from catalogue.settings import Settings
from catalogue.validation.reader import Reading
from catalogue.vocabulary import VOCABULARY
from tests.conftest import METHODS
from tests.support.command import FINE, MISUSE, PROBLEMS, Command, last_line
from tests.support.editing import break_file, change

COMMAND = re.compile(r"::(error|warning) ([^:]*)::(.*)")


@pytest.fixture
def run(settings: Settings) -> Command:
    return Command(settings)


# One code of each severity, with the values of its message.
PROBLEMS_BY_SEVERITY: dict[Severity, tuple[str, Values]] = {
    "error": ("option-repeated", {"option": "open"}),
    "warning": ("link-text", {"words": "here"}),
    "reminder": ("review-due", {"reviewed": "2024-01-01", "due": "2026-01-01", "months": 24}),
}


def problem(line: int = 1, severity: Severity = "error", **changed: Any) -> Problem:
    code, values = PROBLEMS_BY_SEVERITY[severity]
    return replace(Problem(code, "methods/a.md", line, 3, values), **changed)


def checked(*problems: Problem) -> Checked:
    paths = dict.fromkeys(found.path for found in problems)
    readings = tuple(Reading(path, path, None, ()) for path in paths)
    return Checked(readings, problems)


def commands(written: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as GitHub does: kind, properties and message."""

    def plain(value: str) -> str:
        for escape, sign in (
            ("%3A", ":"),
            ("%2C", ","),
            ("%0D", "\r"),
            ("%0A", "\n"),
            ("%25", "%"),
        ):
            value = value.replace(escape, sign)
        return value

    found = []
    for line in written.splitlines():
        if match := COMMAND.fullmatch(line):
            pairs = dict(pair.split("=", 1) for pair in match[2].split(","))
            properties = {name: plain(value) for name, value in pairs.items()}
            found.append((match[1], properties, plain(match[3])))
    return found


def test_an_annotation_stands_on_the_line_of_its_problem() -> None:
    assert github(checked(problem(7))) == (
        "::error file=methods/a.md,line=7,col=3,title=option-repeated::"
        '"open" is given twice. Take one of them out.'
    )
    assert github(checked(problem(7, "warning"))).startswith("::warning file=methods/a.md,line=7,")


def test_what_means_something_to_github_is_escaped() -> None:
    odd = problem(path="methods/a,b:c%.md", values={"option": "50%\r\n::error::x"})
    ((kind, properties, message),) = commands(github(checked(odd)))
    assert (kind, properties["file"]) == ("error", "methods/a,b:c%.md")
    assert message == r'"50%\r\n::error::x" is given twice. Take one of them out.'


def test_at_most_ten_errors_and_ten_warnings_are_annotated_and_the_rest_is_counted() -> None:
    many = [problem(n, severity) for severity in ("error", "warning") for n in range(1, 17)]
    written = github(checked(*many, problem(20, "reminder")))
    found = commands(written)
    assert [kind for kind, _, _ in found] == ["error"] * 10 + ["warning"] * 10
    assert last_line(written) == "13 more in the summary; `catalogue check` lists them all."


def test_a_line_gets_one_annotation_and_the_first_files_come_first() -> None:
    many = [problem(1, path=f"methods/{name}.md", column=n) for name in "zya" for n in range(1, 9)]
    places = [
        (properties["file"], properties["col"])
        for _, properties, _ in commands(github(checked(*many)))
    ]
    assert places == [("methods/z.md", "1"), ("methods/y.md", "1"), ("methods/a.md", "1")]


def test_nothing_to_say_is_nothing_in_a_log() -> None:
    assert (github(checked()), text(checked()), [*summary_table(checked())]) == ("", "", [])


def test_the_command_annotates_files_in_the_order_in_which_they_were_given(
    run: Command, settings: Settings
) -> None:
    files = [settings.methods_dir / name for name in ("reed-panel.md", "harvest-jury.md")]
    for file in files:
        break_file(file)
    result = run("check", "--format", "github", *files)
    assert result.exit_code == PROBLEMS
    errors = [found[1]["file"] for found in commands(result.stdout) if found[0] == "error"]
    assert errors == ["methods/reed-panel.md", "methods/harvest-jury.md"]


def test_json_holds_everything_that_the_text_holds() -> None:
    problems = (
        problem(1),
        problem(2, "warning", values={"words": "é\n"}),
        problem(3, "reminder"),
    )
    found = json.loads(as_json(checked(*problems)))
    assert {name: found[name] for name in ("ready", "files", "counts")} == {
        "ready": False,
        "files": ["methods/a.md"],
        "counts": {"error": 1, "warning": 1, "reminder": 1},
    }
    assert found["problems"] == [
        {
            "path": each.path,
            "line": each.line,
            "column": each.column,
            "severity": each.severity,
            "code": each.code,
            "what": each.message,
            "mend": each.fix,
        }
        for each in problems
    ]
    assert found["problems"][1]["what"] == 'link text "é\n" does not say where it goes'


def test_json_of_the_command_stands_alone_on_its_output(run: Command) -> None:
    result = run("check", "--format", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["ready"], len(found["files"])) == (FINE, True, 6)
    assert found["counts"]["error"] == 0
    assert result.stderr.startswith("All 6 files are ready.")


def test_a_clean_folder_gives_nothing_for_a_log_of_github(run: Command) -> None:
    real = {"CATALOGUE_METHODS_DIR": str(METHODS)}
    file = METHODS / "citizens-jury.md"
    assert run("check", "--format", "github", file, **real).stdout == ""


def table(written: str, head: str) -> list[list[str]]:
    """Return the cells of the rows below a head; a sign behind a backslash ends no cell."""
    _, _, rest = written.partition(f"{head}\n")
    rows = []
    for line in rest.splitlines()[1:]:
        if not line.startswith("| "):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


def test_the_summary_lists_every_problem_and_previews_each_method(
    run: Command, settings: Settings, tmp_path: Path
) -> None:
    good, bad = (settings.methods_dir / name for name in ("reed-panel.md", "harvest-jury.md"))
    change(bad, "purposes: [", "purposes: [<b>|x, ")
    summary = tmp_path / "summary.md"
    summary.write_text("What other steps wrote.\n", encoding="utf-8")
    result = run("check", "--summary", summary, "--format", "github", good, bad)
    assert result.exit_code == PROBLEMS
    written = summary.read_text(encoding="utf-8")
    assert written.startswith("What other steps wrote.\n## Check of the method files\n")
    rows = table(written, "| where | what is wrong | how to mend it |")
    assert [row[1].rpartition("(")[2] for row in rows] == [
        "page-thin)", "body-short)", "page-thin)", "option-unknown)", "body-short)",
    ]  # fmt: skip
    purposes = ", ".join(VOCABULARY.facets["purpose"].values)
    assert [
        "methods/harvest-jury.md:5:12",
        r'purpose "&lt;b&gt;\|x" is not one we use (option-unknown)',
        f"Choose one of {purposes}.",
    ] in rows
    assert re.findall(r"^### (.*)$", written, re.MULTILINE) == ["Reed panel"]
    facts = dict(table(written, "| at a glance | |"))
    assert facts["Purpose"] == "Check and learn"
    assert facts["Group size"] == "8 to 12 people"


def test_many_methods_are_listed_without_previews(run: Command, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    assert run("check", "--summary", summary, CATALOGUE_METHODS_DIR=str(METHODS)).exit_code == FINE
    written = summary.read_text(encoding="utf-8")
    assert "Previews are made for up to 20 methods at a time." in written
    assert "###" not in written


def test_a_summary_that_cannot_be_written_is_misuse(run: Command, tmp_path: Path) -> None:
    result = run("check", "--summary", tmp_path)
    assert result.exit_code == MISUSE
    assert last_line(result.stderr) == f"Error: {tmp_path} cannot be written: Is a directory."


def test_markdown_shows_every_sign_as_it_is() -> None:
    assert markdown("a|b *c* [d](e) <f> &g `h` $i$ # 2\n_j_") == (
        r"a\|b \*c\* \[d\](e) &lt;f&gt; &amp;g \`h\` &#36;i&#36; \# 2 \_j\_"
    )


# What GitHub, GitLab and Gitea look for in a text that is no Markdown (GFM's autolinks, names, numbers, addresses).
ALIVE = re.compile(
    r"@[\w-]|(?<!&)#\w|[!$^]\d|[%~][\w\"]|\bGH-\d|\w://|\bwww\.\w|[\w.+-]+@[\w-]",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "text",
    [
        "@octocat", "ask @org/team.", "(@octocat)", "a@b.example", "mailto:a@b.example", "#123", "owner/repo#1",
        "see #12.", "GH-12", "gh-12", "https://evil.test/x", "HTTP://evil.test", "ftp://evil.test", "www.evil.test",
        "WWW.evil.test", "!7", "$7", "~bug", "%3", '%"A milestone"', "owner/repo@1234567", "x@@y", "##1",
    ],
)  # fmt: skip
def test_markdown_leaves_nothing_alive_that_a_forge_makes_a_link_of(text: str) -> None:
    written = markdown(text)
    # As the finished page has it: a backslash is gone by then, and references stand for their characters.
    finished = unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", written))
    assert ALIVE.search(text)
    assert not ALIVE.search(finished)
    assert not ALIVE.search(written.replace("&#8203;", "\u200b"))
    assert finished.replace("\u200b", "") == text


@pytest.mark.parametrize(
    "text", ["- a", "+ a", "1. a", "23) a", "=== a", "---", "# a", "> a", "~~~"]
)
def test_markdown_begins_no_list_heading_or_quotation(text: str) -> None:
    written = markdown(text)
    assert not re.match(r"[-+=#>~]|\d+[.)]", written)
    assert unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", written)).replace("\u200b", "") == text


def test_the_summary_of_a_method_notifies_nobody(
    run: Command, settings: Settings, tmp_path: Path
) -> None:
    file = settings.methods_dir / "reed-panel.md"
    change(file, 'title: "Reed panel"', 'title: "Reed @octocat #12"')
    change(file, "summary: ", 'summary: "Ask @octocat, see #12 and https://evil.test." # ')
    summary = tmp_path / "summary.md"
    assert run("check", "--summary", summary, file).exit_code == FINE
    written = summary.read_text(encoding="utf-8")
    assert "octocat" in written
    assert not ALIVE.search(
        unescape(written.replace("\\", "").replace("### ", "").replace("## ", ""))
    )


# What a machine of a forge obeys in its log: GitHub's commands of today at the beginning of a line, its older ones, and
# those of others, anywhere; escapes of terminals; sections of GitLab.
OBEYED = re.compile(r"^\s*::|##\w*\[|[\x00-\x08\x0b-\x1f\x7f-\x9f]|\r", re.MULTILINE)
NAMES = [
    "##[error]x.md", "a##[add-mask]b.md", "##vso[task.setvariable]x.md", "##teamcity[x].md", "::error::x.md",
    "a\n::error::b.md", "a\r::set-env name=x::y.md", "\x1b[31mred.md", "section_start:1:a\r\x1b[0K.md",
    "a,b:c%0A::error::.md", "a\u2028::error::b.md", "a\u202eb.md", "%0A::error::.md",
]  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="names that only POSIX allows")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("style", ["text", "github", "json"])
def test_no_name_of_a_file_gives_a_command_to_the_machine_of_a_forge(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, style: str
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / name).write_text(
        f'---\ntitle: "x"\npurposes: ["{name[:5]}##[error]boo"]\n---\n', "utf-8"
    )
    for where in (name, f"./{name}"):
        result = run("check", "--format", style, "--", where)
        assert result.exit_code == PROBLEMS
        lines = result.stdout.splitlines() + result.stderr.splitlines()
        ours = re.compile(r"::(?:error|warning) file=[^,:]*,line=\d+,col=\d+,title=[a-z-]+::(?!:)")
        others = [ours.sub("", line, count=1) for line in lines]
        assert [line for line in others if OBEYED.search(line)] == []
        if style == "github":
            assert len(commands(result.stdout)) == sum(line.startswith("::") for line in lines)
        if style == "json":
            json.loads(result.stdout)


def test_json_says_what_stands_in_a_file_though_a_forge_would_obey_it() -> None:
    written = as_json(checked(problem(values={"option": "##[error]x"})))
    assert "##[" not in written
    assert json.loads(written)["problems"][0]["what"] == '"##[error]x" is given twice'
