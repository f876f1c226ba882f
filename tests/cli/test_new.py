"""`catalogue new`: what it asks, what it writes, whom it refuses; and that it never half-writes or overwrites.

The file it begins is read again by the rules for all files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import Result

import catalogue.cli.new as new_module
from catalogue.authoring.fix.fixes import mend
from catalogue.authoring.form.new_file import skeleton
from catalogue.exit_codes import STOPPED
from catalogue.model.fields import FIELDS
from catalogue.model.method import Method
from catalogue.settings import Settings
from catalogue.validation.reader import Reading, read_method_file, read_method_text
from catalogue.vocabulary import VOCABULARY
from tests.support.command import FINE, IO_FAILED, MISUSE, PROBLEMS, Command, errors, last_line
from tests.support.editing import tree

TODAY = date.today()
ENTER = "\n"


@pytest.fixture
def run(settings: Settings) -> Command:
    return Command(settings)


@pytest.fixture
def begun(run: Command, methods_dir: Path) -> Callable[..., Reading]:
    """Run the command for a walk through town and read what it wrote."""

    def begin(*words: str, typed: str = "") -> Reading:
        result = run("new", "Town walk", *words, typed=typed)
        assert (result.exit_code, result.exception) == (FINE, None), result.stderr
        return read_method_file(methods_dir, methods_dir / "town-walk.md")

    return begin


def filled(text: str) -> Method:
    """Write what is still missing in a file that was begun, as its author would, and read it."""
    for empty, written in (
        ('summary: ""', 'summary: "People walk."'),
        ("purposes: []", "purposes: [inform]"),
        ('title: ""', 'title: "A guide"'),
        ('by: ""', 'by: "A university"'),
    ):
        text = text.replace(empty, written)
    text = re.sub(r"^(## .*)$", r"\1\n\nIt is so.", text, flags=re.MULTILINE)
    reading = read_method_text("methods/town-walk.md", "town-walk", text)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.method
    return reading.method


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_without_any_answer_only_what_is_required_is_left_to_write(
    begun: Callable[..., Reading],
) -> None:
    reading = begun("--no-input")
    empty = ["text-empty", "list-short", "text-empty", "text-empty"]
    assert codes(reading) == [*empty, *["section-empty"] * len(VOCABULARY.headings)]


def test_what_was_begun_and_filled_in_is_a_method(
    begun: Callable[..., Reading], methods_dir: Path
) -> None:
    begun("--no-input")
    method = filled((methods_dir / "town-walk.md").read_text(encoding="utf-8"))
    assert (method.title, method.licence, method.last_reviewed) == ("Town walk", "CC-BY-4.0", TODAY)
    assert method.contributors == ()


def test_options_answer_every_question(begun: Callable[..., Reading], methods_dir: Path) -> None:
    begun(
        "--no-input", "--summary", "People  walk.", "--by", "Ada", "--cost", "low",
        "--purpose", "inform", "--purpose", "deliberate", "--purpose", "inform", "--level", "involve",
        "--audience", "experts", "--recruitment", "open", "--facilitation", "some",
        "--format", "online", "--format", "in-person",
    )  # fmt: skip
    method = filled((methods_dir / "town-walk.md").read_text(encoding="utf-8"))
    assert method.summary == "People walk."
    assert method.purposes == ("inform", "deliberate")
    assert method.cost
    assert (method.cost.band, method.cost.basis) == ("low", "judgement")
    assert [(credit.name, credit.role) for credit in method.contributors] == [("Ada", "wrote")]
    assert (method.level, method.audience, method.format) == (
        ("involve",), ("experts",), ("online", "in-person"))  # fmt: skip
    assert (method.recruitment, method.facilitation) == ("open", "some")


def test_answers_are_numbers_or_options_and_enter_leaves_a_question(
    begun: Callable[..., Reading], methods_dir: Path
) -> None:
    begun(typed="People walk.\n5, 1 inform\n\nexperts\n2\n\n3\n1,2\nAda\n")
    method = filled((methods_dir / "town-walk.md").read_text(encoding="utf-8"))
    assert method.purposes == ("deliberate", "inform")
    assert (method.level, method.audience, method.recruitment) == ((), ("experts",), "targeted")
    assert (method.cost, method.facilitation) == (None, "specialist")
    assert method.format == ("in-person", "online")


def test_every_question_is_asked_with_its_choices(run: Command) -> None:
    result = run("new", "Town walk", typed=ENTER * 9)
    assert result.exit_code == FINE
    for name in new_module.ASKED:
        facet = VOCABULARY.facets[name]
        assert facet.question in result.stderr.splitlines()
        for number, option in enumerate(facet.options, start=1):
            assert re.search(rf"^ +{number}  {re.escape(option.label)}\b", result.stderr, re.M)


def test_an_option_that_was_given_is_not_asked_for(run: Command) -> None:
    result = run("new", "Town walk", "--cost", "low", "--summary", "So.", typed=ENTER * 7)
    assert result.exit_code == FINE
    assert VOCABULARY.facets["cost"].question not in result.stderr


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (f"{'x' * 163}\n" + ENTER * 9, "It has 163 characters. Cut 3."),
        ("So.\n1 2 3 4 5 6\n" + ENTER * 8, "Choose at most 5."),
        ("So.\nvoting\n" + ENTER * 8, '"voting" is not on the list. Choose one of '
         f'{", ".join(VOCABULARY.facets["purpose"].values)}. Did you mean "make-decisions"?'),
        ("So.\n0\n" + ENTER * 8, '"0" is not on the list. Choose one of '
         f'{", ".join(VOCABULARY.facets["purpose"].values)}.'),
        (f"So.\n{'9' * 5000}\n" + ENTER * 8, None),
        ("So.\n\u00b2\n" + ENTER * 8, None),
    ],
    ids=["long", "many", "word", "nought", "huge", "power"],
)  # fmt: skip
def test_an_answer_that_cannot_be_used_is_asked_for_again(
    run: Command, typed: str, said: str | None
) -> None:
    result = run("new", "Town walk", typed=typed)
    assert (result.exit_code, result.exception) == (FINE, None)
    assert "is not on the list" in result.stderr if said is None else said in result.stderr


def test_the_name_is_asked_for_where_it_was_not_given(run: Command, methods_dir: Path) -> None:
    result = run("new", typed="Town walk\n" + ENTER * 9)
    assert result.exit_code == FINE
    assert (methods_dir / "town-walk.md").is_file()


def test_it_says_what_to_do_next(
    run: Command, methods_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(methods_dir.parent)
    result = run("new", "Town walk", "--no-input")
    assert result.stdout.splitlines() == [
        "methods/town-walk.md is begun. What to do next:",
        "  1. Open methods/town-walk.md in an editor and write. Lines that begin with # help you.",
        "  2. catalogue check methods/town-walk.md   says what is still to do.",
        "  3. catalogue serve   shows it: http://127.0.0.1:8000/methods/town-walk",
    ]
    assert run("check", "methods/town-walk.md").exit_code == PROBLEMS


def stopped(result: Result, methods_dir: Path) -> None:
    assert result.exit_code == STOPPED
    assert last_line(result.stderr) == "Error: Stopped. Nothing was written."
    assert not (methods_dir / "town-walk.md").exists()


@pytest.mark.parametrize("typed", ["", "People walk.\n", "People walk.\n1\n2", "People walk.\n77"])
def test_where_the_input_ends_early_nothing_is_written(
    run: Command, methods_dir: Path, typed: str
) -> None:
    stopped(run("new", "Town walk", typed=typed), methods_dir)


def test_control_and_c_ends_without_a_file(
    run: Command, methods_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*given: object, **named: object) -> str:
        raise click.Abort  # as click turns the interruption of a question into

    monkeypatch.setattr(new_module.click, "prompt", interrupted)
    stopped(run("new", "Town walk"), methods_dir)


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("reed pannel", "Reed panel"),
        ("Reed Panels", "Reed panel"),
        ("The harvest jury", "Harvest jury"),
    ],
)
def test_a_name_like_that_of_another_is_refused_and_the_way_on_is_named(
    run: Command, methods_dir: Path, name: str, like: str
) -> None:
    before = tree(methods_dir)
    result = run("new", name, "--no-input")
    file = like.lower().replace(" ", "-")
    assert (result.exit_code, result.stdout) == (PROBLEMS, "")
    assert result.stderr == (
        f'Error: "{name}" is very like "{like}" in methods/{file}.md. Improve that file if it is the '
        "same method. If yours is another, go on with --despite-similar.\n"
    )
    assert tree(methods_dir) == before
    assert run("new", name, "--no-input", "--despite-similar").exit_code == FINE


def test_another_name_of_a_method_counts_too(run: Command, methods_dir: Path) -> None:
    text = (methods_dir / "harvest-jury.md").read_text(encoding="utf-8")
    alias = re.findall(r'aliases: \["([^"]+)"', text)[0]
    result = run("new", f"{alias}s", "--no-input")
    assert result.exit_code == PROBLEMS
    assert f'is very like "{alias}" in methods/harvest-jury.md.' in result.stderr


@pytest.mark.parametrize("kind", ["file", "dangling link", "folder"])
def test_nothing_is_ever_overwritten(run: Command, methods_dir: Path, kind: str) -> None:
    file = methods_dir / "town-walk.md"
    {
        "file": lambda: file.write_text("mine", encoding="utf-8"),
        "dangling link": lambda: file.symlink_to("nowhere"),
        "folder": file.mkdir,
    }[kind]()
    before = tree(methods_dir)
    result = run("new", "Town walk", "--no-input", "--despite-similar")
    assert result.exit_code == PROBLEMS
    assert result.stderr == (
        "Error: methods/town-walk.md is there already. Improve that file, or give yours another name.\n"
    )
    assert tree(methods_dir) == before


def test_a_file_that_appears_meanwhile_is_kept(
    run: Command, methods_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(values: object, today: date) -> str:
        (methods_dir / "town-walk.md").write_text("mine", encoding="utf-8")
        return "ours"

    monkeypatch.setattr(new_module, "skeleton", slow)
    result = run("new", "Town walk", "--no-input")
    assert result.exit_code == IO_FAILED
    assert last_line(result.stderr).endswith("town-walk.md cannot be written: File exists.")
    assert (methods_dir / "town-walk.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--no-input"], "Give the NAME of the method, such as \"Citizens' jury\"."),
        (["\u65e5\u672c", "--no-input"], 'No file name can be made of "\u65e5\u672c". Give the usual English name in '
         "Latin letters; names in other languages go into the file, as aliases."),
        (["x" * 61], "The name has 61 characters and the limit is 60."),
        (["Town walk", "--summary", "x" * 170], "The summary is too long. It has 170 characters. Cut 10."),
    ],
    ids=["none", "other letters", "long", "long summary"],
)  # fmt: skip
def test_what_cannot_be_used_is_misuse(
    run: Command, methods_dir: Path, words: list[str], message: str
) -> None:
    before = tree(methods_dir)
    result = run("new", *words)
    assert (result.exit_code, last_line(result.stderr)) == (MISUSE, f"Error: {message}")
    assert tree(methods_dir) == before


def test_a_missing_folder_is_named(run: Command, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    result = run("new", "Town walk", "--no-input", CATALOGUE_METHODS_DIR=str(nowhere))
    assert result.exit_code == IO_FAILED
    assert result.stderr == f"Error: {nowhere} cannot be read: No such file or directory.\n"


def test_the_begun_file_names_every_field_in_order_and_needs_no_mending() -> None:
    text = skeleton({"title": "Town walk"}, TODAY)
    names = re.findall(r"^(?:# )?([a-z_]+):", text, re.MULTILINE)
    assert [name for name in names if name in {f.name for f in FIELDS}] == [f.name for f in FIELDS]
    assert mend("methods/town-walk.md", text).notes == ()


def test_every_remark_can_be_made_a_field_by_taking_its_sign_away() -> None:
    """What stands behind the sign is YAML of the right shape, with "…" to be replaced."""
    text = skeleton({"title": "Town walk"}, TODAY)
    shapes = re.sub(r"^# ([a-z_]+:|  )(?=.*)", r"\1", text, flags=re.MULTILINE)
    found = read_method_text("methods/a.md", "a", shapes).problems
    assert {problem.code for problem in found} <= {
        "option-unknown", "repeated", "slug-unusable", "address-unusable", "text-empty", "list-short",
        "section-empty",
    }  # fmt: skip
    assert {problem.code for problem in found} >= {"option-unknown", "address-unusable"}


def test_options_of_the_begun_file_are_those_of_the_vocabulary() -> None:
    text = skeleton({"title": "Town walk"}, TODAY)
    for facet in VOCABULARY.facets.values():
        listed = [value if value not in ("yes", "no") else f'"{value}"' for value in facet.values]
        assert (f": {', '.join(listed)}.\n" in text) == (facet.name != "cost")


def test_check_names_the_lines_that_are_still_to_be_filled(run: Command, methods_dir: Path) -> None:
    run("new", "Town walk", "--no-input")
    file = methods_dir / "town-walk.md"
    lines = file.read_text(encoding="utf-8").splitlines()
    first = next(line for line in errors(run("check", file)) if "empty" in line)
    assert first.endswith(
        ": summary is empty. Write it, or take the line out: One sentence that says what happens. "
        "[text-empty]"
    )
    assert lines[int(first.split(":")[1]) - 1] == 'summary: ""'
