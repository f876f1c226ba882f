"""Tests of `catalogue check`: what it prints, which files it looks at, how it ends.

What is found in a file is tested with the modules that find it; here a few faults stand for all.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import Result

from catalogue.settings import Settings
from catalogue.validation.guides import load_guidance
from catalogue.validation.link_checks import LinkResponse, check_links
from catalogue.vocabulary import VOCABULARY
from tests.conftest import METHODS
from tests.support.command import FINE, MISUSE, PROBLEMS, Command, errors, last_line
from tests.support.editing import break_file, broken, change, save


@pytest.fixture
def run(settings: Settings) -> Command:
    return Command(settings)


@pytest.fixture
def methods(settings: Settings) -> Path:
    return settings.methods_dir


def name_taken(file: str, line: int, name: str, owner: str) -> str:
    return (
        f'{file}:{line}: the name "{name}" is taken already, on {owner}. Keep it where people would '
        "look for it, and take it out of the other place. [name-taken]"
    )


def aside(result: Result, *counted: str) -> str:
    """Return what the last line says of the problems that were printed and do not count."""
    kinds = Counter(
        found[1]
        for line in result.stdout.splitlines()
        if (found := re.match(r".+?:\d+:\d+: (warning|reminder): ", line))
    )
    parts = [
        f"{kinds[kind]} {kind}{'' if kinds[kind] == 1 else 's'}"
        for kind in ("warning", "reminder")
        if kinds[kind] and kind not in counted
    ]
    return f" Worth a look: {' and '.join(parts)}." if parts else ""


def test_files_without_errors_end_with_0(run: Command) -> None:
    result = run("check")
    assert (result.exit_code, errors(result)) == (FINE, [])
    assert result.stderr == f"All 6 files are ready.{aside(result)}\n"


def test_one_file_without_a_fault_is_ready(run: Command) -> None:
    result = run("check", METHODS / "citizens-jury.md", CATALOGUE_METHODS_DIR=str(METHODS))
    assert (result.exit_code, result.stdout) == (FINE, "")
    assert result.stderr == "methods/citizens-jury.md is ready.\n"


def test_an_empty_folder_has_nothing_to_fix(run: Command, methods: Path) -> None:
    shutil.rmtree(methods)
    methods.mkdir()
    result = run("check", "--strict")
    assert (result.exit_code, result.stdout) == (FINE, "")
    assert result.stderr == "There is no method file to check.\n"


def test_all_errors_are_named_in_one_run_and_end_with_1(run: Command, methods: Path) -> None:
    break_file(methods / "harvest-jury.md")
    break_file(methods / "reed-panel.md")
    save(methods / "Notes.txt", "nothing")
    result = run("check")
    assert result.exit_code == PROBLEMS
    assert sorted(errors(result)) == [
        "methods/Notes.txt:1:1: this file has no .md ending, so it will never be published. Rename "
        "it to methods/notes.md, or take it out. [file-ending]",
        broken("methods/harvest-jury.md").replace(":4:12:", ":5:12:"),
        broken("methods/reed-panel.md"),
    ]
    assert result.stderr == (f"3 things to mend in 3 of 7 files.{aside(result)}\n")


def test_a_warning_counts_only_with_strict(run: Command, methods: Path) -> None:
    change(methods / "reed-panel.md", "## Strengths", "## Held back")
    change(methods / "reed-panel.md", "## Weaknesses", "## Strengths")
    change(methods / "reed-panel.md", "## Held back", "## Weaknesses")
    lines, said = [], []
    order = " · ".join(VOCABULARY.section_ids)
    for options, code in (([], FINE), (["--strict"], PROBLEMS)):
        result = run("check", *options, methods / "reed-panel.md")
        assert (result.exit_code, errors(result)) == (code, [])
        lines.append(result.stdout)
        said.append(result.stderr)
    assert lines[0] == lines[1]
    assert said == [
        "methods/reed-panel.md is ready. Worth a look: 3 warnings.\n",
        "3 things to mend in methods/reed-panel.md.\n",
    ]
    assert [line for line in lines[0].splitlines() if line.endswith("[heading-order]")] == [
        'methods/reed-panel.md:51:1: warning: heading "Strengths" stands after "Weaknesses". Keep '
        f"this order: {order}. [heading-order]"
    ]


def test_only_the_files_asked_for_are_reported(run: Command, methods: Path) -> None:
    break_file(methods / "harvest-jury.md")
    break_file(methods / "reed-panel.md")
    result = run("check", methods / "reed-panel.md")
    assert (result.exit_code, errors(result)) == (PROBLEMS, [broken("methods/reed-panel.md")])
    assert result.stderr == f"1 thing to mend in methods/reed-panel.md.{aside(result)}\n"
    assert run("check", methods / "orchard-walk.md").exit_code == FINE


def test_a_file_from_elsewhere_is_named_as_it_was_given(
    run: Command, methods: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").mkdir()
    file = shutil.copy(methods / "reed-panel.md", tmp_path / "new" / "reed-panel.md")
    break_file(Path(file))
    assert errors(run("check", file)) == [broken(str(file))]
    monkeypatch.chdir(tmp_path / "new")
    assert errors(run("check", "reed-panel.md")) == [broken("reed-panel.md")]
    assert errors(run("check")) == []


def test_a_file_from_elsewhere_may_refer_to_those_in_the_folder(
    run: Command, methods: Path, tmp_path: Path
) -> None:
    file = shutil.move(methods / "orchard-walk.md", tmp_path / "orchard-walk.md")
    assert errors(run("check", file)) == []
    change(file, "related: [barn-meeting]", "related: [born-meeting]")
    assert errors(run("check", file)) == [
        f'{file}:16:11: related method "born-meeting" does not exist. Did you mean "barn-meeting"? '
        "[related-unknown]"
    ]


@pytest.mark.parametrize("name", ["a-first-panel.md", "z-last-panel.md"])
@pytest.mark.parametrize("inside", [True, False], ids=["inside", "elsewhere"])
def test_a_name_that_another_file_has_is_a_problem_of_the_file_asked_for(
    run: Command, methods: Path, tmp_path: Path, name: str, inside: bool
) -> None:
    file = (methods if inside else tmp_path) / name
    shutil.copy(methods / "reed-panel.md", file)
    shown = f"methods/{name}" if inside else str(file)
    result = run("check", file)
    assert result.exit_code == PROBLEMS
    assert errors(result) == [
        f'{shown}:2:8: the name "Reed panel" is taken already, on methods/reed-panel.md:2. If it is '
        "the same method, suggest a change to that file. If not, choose a title that tells the two "
        "apart. [name-taken]"
    ]


def test_the_fix_of_a_file_name_names_its_folder(
    run: Command, methods: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").mkdir()
    (methods / "reed-panel.md").rename(tmp_path / "new" / "Reed Panel.md")
    monkeypatch.chdir(tmp_path / "new")
    assert errors(run("check", "Reed Panel.md")) == [
        'Reed Panel.md:1:1: the file name "Reed Panel.md" has a space and capitals. Rename it to '
        "new/reed-panel.md. [file-name]"
    ]


def test_a_folder_that_is_missing_is_misuse(run: Command, methods: Path) -> None:
    shutil.rmtree(methods)
    result = run("check")
    assert (result.exit_code, result.stdout) == (MISUSE, "")
    message = f"Error: {methods} cannot be read: No such file or directory."
    assert last_line(result.stderr) == message


@pytest.mark.parametrize("name", [".", "methods"])
@pytest.mark.parametrize("options", [[], ["--fix"]], ids=["check", "fix"])
def test_a_folder_in_place_of_files_is_misuse(
    name: str, options: list[str], run: Command, methods: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(methods.parent)
    result = run("check", *options, "methods/reed-panel.md", name)
    assert (result.exit_code, result.stdout) == (MISUSE, "")
    assert last_line(result.stderr) == (
        f"Error: {name} is a folder. Name the files in it, or none at all to check the whole of {methods}."
    )


def test_files_given_are_checked_in_their_order_and_by_themselves_where_there_is_no_folder(
    run: Command, methods: Path, tmp_path: Path
) -> None:
    """As where pre-commit installed the package and checks another repository."""
    for name in ("reed-panel.md", "harvest-jury.md"):
        break_file(methods / name)
    files = [methods / "reed-panel.md", methods / "harvest-jury.md"]
    result = run("check", *files, CATALOGUE_METHODS_DIR=str(tmp_path / "nowhere"))
    assert result.exit_code == PROBLEMS
    assert errors(result) == [
        broken("methods/reed-panel.md"),
        broken("methods/harvest-jury.md").replace(":4:12:", ":5:12:"),
    ]


ODD_NAMES = {
    "line feed": ("two\nlines.md", r"two\nlines.md"),
    "escape": ("red\x1b[31m.md", r"red\x1b[31m.md"),
    "turned about": ("a\u202edm.md", r"a\u202edm.md"),
    "half a character": ("a\udce9.md", r"a\udce9.md"),
    "backslash": ("a\\nb.md", r"a\\nb.md"),
}


@pytest.mark.parametrize(("name", "shown"), ODD_NAMES.values(), ids=ODD_NAMES)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
def test_an_odd_file_name_never_breaks_a_message(
    run: Command, methods: Path, name: str, shown: str
) -> None:
    (methods / "reed-panel.md").rename(methods / name)
    lines = [line for line in errors(run("check")) if not line.endswith("[related-unknown]")]
    (line,) = lines
    assert line.startswith(f'methods/{shown}:1:1: the file name "{shown}" has ')
    assert line.isprintable()


def test_a_file_from_elsewhere_with_a_colon_first_is_no_command_of_a_log(
    run: Command, methods: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "::error::x").mkdir()
    shutil.copy(methods / "reed-panel.md", tmp_path / "::error::x" / "a-panel.md")
    monkeypatch.chdir(tmp_path)
    result = run("check", "::error::x/a-panel.md")
    assert result.exit_code == PROBLEMS
    assert all(line.startswith("./::error::x/a-panel.md:") for line in result.stdout.splitlines())


def test_what_a_file_holds_never_breaks_a_message(run: Command, methods: Path) -> None:
    change(methods / "reed-panel.md", "kind: standing", '"kind\\n::error::x": standing')
    (line,) = errors(run("check", methods / "reed-panel.md"))
    assert line.startswith(
        r'methods/reed-panel.md:14:21: "kind\n::error::x" is not a field we use.'
    )


OFFICIAL = load_guidance().rules[0].official.url


@pytest.mark.parametrize("named", [False, True], ids=["folder", "FILES"])
def test_links_of_guides_and_rules_are_asked_for_with_those_of_the_whole_folder(
    run: Command, methods: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    gone = lambda url: LinkResponse(url, 404 if url == OFFICIAL else 200)  # noqa: E731
    monkeypatch.setattr(
        "catalogue.cli.check.check_links",
        lambda found, tell: check_links(found, tell, gone, 0),
    )
    result = run("check", "--links", *([methods / "reed-panel.md"] if named else []))
    said = [line for line in result.stdout.splitlines() if OFFICIAL in line]
    assert [line.partition(":")[0] for line in said] == (
        [] if named else [f"texts/rules/{load_guidance().rules[0].slug}.md"]
    )
