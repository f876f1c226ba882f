"""The formats of `catalogue check`: GitHub's log and summary, JSON, SARIF; one check, read back from each.

What each reader demands is held as rules here: GitHub's of workflow commands, OASIS's of SARIF 2.1.0.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from catalogue.authoring.check.check_files import Checked
from catalogue.authoring.check.output_formats import (
    as_json,
    github,
    markdown,
    sarif,
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


def sarif_faults(log: dict[str, Any]) -> list[str]:
    """Return what SARIF 2.1.0 would refuse in a log like ours: the "shall"s of its chapter 3."""
    faults = []
    if log["version"] != "2.1.0" or not log["$schema"].startswith("https://"):
        faults.append("version or schema")
    for run in log["runs"]:
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        faults += ["rule twice"] * (len(rules) != len(set(rules)))
        faults += ["driver without a name"] * (not run["tool"]["driver"]["name"])
        faults += ["column kind"] * (
            run["columnKind"] not in ("utf16CodeUnits", "unicodeCodePoints")
        )
        for result in run["results"]:
            place = result["locations"][0]["physicalLocation"]
            uri, region = place["artifactLocation"]["uri"], place["region"]
            faults += ["rule"] * (rules[result["ruleIndex"]] != result["ruleId"])
            faults += ["level"] * (result["level"] not in ("none", "note", "warning", "error"))
            faults += ["message"] * (not result["message"]["text"])
            faults += ["uri"] * (not re.fullmatch(r"(?:[\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+", uri))
            faults += ["region"] * (not (region["startLine"] >= 1 and region["startColumn"] >= 1))
    return faults


def test_sarif_is_what_the_standard_asks_for() -> None:
    odd = "methods/World Café: 50%.md"
    problems = (problem(1), problem(9, "warning"), problem(2, "reminder", path=odd))
    log = json.loads(sarif(checked(*problems)))
    assert sarif_faults(log) == []
    (run,) = log["runs"]
    results = run["results"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        "link-text",
        "option-repeated",
        "review-due",
    ]
    assert [result["level"] for result in results] == ["error", "warning", "note"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert unquote(places[2]["artifactLocation"]["uri"]) == odd
    assert places[1]["region"] == {"startLine": 9, "startColumn": 3}
    assert results[0]["message"]["text"] == '"open" is given twice. Take one of them out.'


def test_the_rules_for_sarif_would_notice_a_fault() -> None:
    log = json.loads(sarif(checked(problem(1))))
    log["runs"][0]["results"][0]["level"] = "bad"
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert sarif_faults(log) == ["level", "region"]


def test_every_format_of_a_clean_folder_can_be_read(run: Command) -> None:
    real = {"CATALOGUE_METHODS_DIR": str(METHODS)}
    file = METHODS / "citizens-jury.md"
    assert run("check", "--format", "github", file, **real).stdout == ""
    assert sarif_faults(json.loads(run("check", "--format", "sarif", file, **real).stdout)) == []


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
    assert len(rows) == 3
    purposes = ", ".join(VOCABULARY.facets["purpose"].values)
    assert rows[-1] == [
        "methods/harvest-jury.md:5:12",
        r'purpose "&lt;b&gt;\|x" is not one we use (option-unknown)',
        f"Choose one of {purposes}.",
    ]
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
    assert markdown("a|b *c* [d](e) <f> &g `h` $i$ #2\n_j_") == (
        r"a\|b \*c\* \[d\](e) &lt;f&gt; &amp;g \`h\` &#36;i&#36; \#2 \_j\_"
    )
