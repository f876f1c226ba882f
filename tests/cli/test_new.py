"""`catalogue new`: what it writes, whom it refuses; and that it never half-writes or overwrites.

The file it begins is read again by the rules for all files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import catalogue.cli.new as new_module
from catalogue.authoring.fix.fixes import fix
from catalogue.authoring.form.new_file import new_file_text
from catalogue.model.fields import FIELDS
from catalogue.model.method import Method
from catalogue.settings import Settings
from catalogue.validation.reader import Reading, read_method_file, read_method_text
from catalogue.vocabulary import VOCABULARY
from tests.support.command import FINE, IO_FAILED, MISUSE, PROBLEMS, Command, errors, last_line
from tests.support.editing import tree

TODAY = date.today()
NO_NAME = (
    'Give the NAME of the method, such as "Citizens\' jury". If you would rather be asked, run catalogue serve '
    "and fill in the form at http://127.0.0.1:8000/contribute/new."
)


@pytest.fixture
def run(settings: Settings) -> Command:
    return Command(settings)


@pytest.fixture
def begun(run: Command, methods_dir: Path) -> Callable[..., Reading]:
    """Run the command for a walk through town and read what it wrote."""

    def begin(*words: str) -> Reading:
        result = run("new", "Town walk", *words)
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


def test_without_options_only_what_is_required_is_left_to_write(
    begun: Callable[..., Reading],
) -> None:
    reading = begun()
    empty = ["text-empty", "list-short", "text-empty", "text-empty"]
    assert codes(reading) == [*empty, *["section-empty"] * len(VOCABULARY.headings)]


def test_what_was_begun_and_filled_in_is_a_method(
    begun: Callable[..., Reading], methods_dir: Path
) -> None:
    begun()
    method = filled((methods_dir / "town-walk.md").read_text(encoding="utf-8"))
    assert (method.title, method.licence, method.last_reviewed) == ("Town walk", "CC-BY-4.0", TODAY)
    assert method.contributors == ()


def test_options_fill_in_their_fields(begun: Callable[..., Reading], methods_dir: Path) -> None:
    begun(
        "--summary", "People  walk.", "--by", "Ada", "--cost", "low",
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


@pytest.mark.parametrize("words", [("--cost", "low", "--summary", "So."), ()])
def test_nothing_is_asked_and_no_input_changes_nothing(
    run: Command, methods_dir: Path, words: tuple[str, ...]
) -> None:
    results = []
    for more in ((), ("--no-input",)):
        result = run("new", "Town walk", *words, *more)
        file = methods_dir / "town-walk.md"
        results.append((result.exit_code, result.output, file.read_text(encoding="utf-8")))
        file.unlink()
    assert results[0] == results[1]
    assert results[0][0] == FINE


def test_it_says_what_to_do_next(
    run: Command, methods_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(methods_dir.parent)
    result = run("new", "Town walk")
    assert result.stdout.splitlines() == [
        "methods/town-walk.md is begun. What to do next:",
        "  1. Open methods/town-walk.md in an editor and write. Lines that begin with # help you.",
        "  2. catalogue check methods/town-walk.md   says what is still to do.",
        "  3. catalogue serve   shows it: http://127.0.0.1:8000/methods/town-walk",
    ]
    assert run("check", "methods/town-walk.md").exit_code == PROBLEMS


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
    result = run("new", name)
    file = like.lower().replace(" ", "-")
    assert (result.exit_code, result.stdout) == (PROBLEMS, "")
    assert result.stderr == (
        f'Error: "{name}" is very like "{like}" in methods/{file}.md. Improve that file if it is the '
        "same method. If yours is another, go on with --despite-similar.\n"
    )
    assert tree(methods_dir) == before
    assert run("new", name, "--despite-similar").exit_code == FINE


def test_another_name_of_a_method_counts_too(run: Command, methods_dir: Path) -> None:
    text = (methods_dir / "harvest-jury.md").read_text(encoding="utf-8")
    alias = re.findall(r'aliases: \["([^"]+)"', text)[0]
    result = run("new", f"{alias}s")
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
    result = run("new", "Town walk", "--despite-similar")
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

    monkeypatch.setattr(new_module, "new_file_text", slow)
    result = run("new", "Town walk")
    assert result.exit_code == IO_FAILED
    assert last_line(result.stderr).endswith("town-walk.md cannot be written: File exists.")
    assert (methods_dir / "town-walk.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], NO_NAME),
        (["--no-input"], NO_NAME),
        (["\u65e5\u672c", "--no-input"], 'No file name can be made of "\u65e5\u672c". Give the usual English name in '
         "Latin letters; names in other languages go into the file, as aliases."),
        (["x" * 61], "The name has 61 characters and the limit is 60."),
        (["Town walk", "--summary", "x" * 170], "The summary is too long. It has 170 characters. Cut 10."),
    ],
    ids=["none", "none and no input", "other letters", "long", "long summary"],
)  # fmt: skip
def test_what_cannot_be_used_is_misuse(
    run: Command, methods_dir: Path, words: list[str], message: str
) -> None:
    before = tree(methods_dir)
    result = run("new", *words)
    assert (result.exit_code, last_line(result.stderr)) == (MISUSE, f"Error: {message}")
    assert tree(methods_dir) == before


def test_the_addresses_it_names_carry_the_path_of_the_site(run: Command) -> None:
    site = {"CATALOGUE_SITE_URL": "https://council.example/participation"}
    shown = "http://127.0.0.1:8000/participation"
    assert run("new", **site).stderr.endswith(f" the form at {shown}/contribute/new.\n")
    assert run("new", "Town walk", **site).stdout.endswith(f" {shown}/methods/town-walk\n")


def test_a_missing_folder_is_named(run: Command, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    result = run("new", "Town walk", CATALOGUE_METHODS_DIR=str(nowhere))
    assert result.exit_code == IO_FAILED
    assert result.stderr == f"Error: {nowhere} cannot be read: No such file or directory.\n"


def test_the_begun_file_names_every_field_in_order_and_needs_no_fixing() -> None:
    text = new_file_text({"title": "Town walk"}, TODAY)
    names = re.findall(r"^(?:# )?([a-z_]+):", text, re.MULTILINE)
    assert [name for name in names if name in {f.name for f in FIELDS}] == [f.name for f in FIELDS]
    assert fix("methods/town-walk.md", text).notes == ()


def test_every_remark_can_be_made_a_field_by_taking_its_sign_away() -> None:
    """What stands behind the sign is YAML of the right shape, with "…" to be replaced."""
    text = new_file_text({"title": "Town walk"}, TODAY)
    shapes = re.sub(r"^# ([a-z_]+:|  )(?=.*)", r"\1", text, flags=re.MULTILINE)
    found = read_method_text("methods/a.md", "a", shapes).problems
    assert {problem.code for problem in found} <= {
        "option-unknown", "repeated", "slug-unusable", "address-unusable", "text-empty", "list-short",
        "section-empty", "timeline-outside",
    }  # fmt: skip
    assert {problem.code for problem in found} >= {"option-unknown", "address-unusable"}


def test_options_of_the_begun_file_are_those_of_the_vocabulary() -> None:
    text = new_file_text({"title": "Town walk"}, TODAY)
    for facet in VOCABULARY.facets.values():
        listed = [value if value not in ("yes", "no") else f'"{value}"' for value in facet.values]
        assert (f": {', '.join(listed)}.\n" in text) == (facet.name != "cost")


def test_check_names_the_lines_that_are_still_to_be_filled(run: Command, methods_dir: Path) -> None:
    run("new", "Town walk")
    file = methods_dir / "town-walk.md"
    lines = file.read_text(encoding="utf-8").splitlines()
    first = next(line for line in errors(run("check", file)) if "empty" in line)
    assert first.endswith(
        ": summary is empty. Write it: One sentence that says what happens. [text-empty]"
    )
    assert lines[int(first.split(":")[1]) - 1] == 'summary: ""'
