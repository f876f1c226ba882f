"""Files of other programs and odd files: each gets useful messages, none a traceback, at once and in little memory.

The messages stand here whole, but for those that foreign files have by the dozen: fields and headings that
are missing or unknown.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from catalogue.cli.main import main
from catalogue.model.problems import Problem
from catalogue.validation.cross_checks import check_across
from catalogue.validation.reader import Reading, method_files, read_method_file
from catalogue.validation.style_checks import prose_problems
from tests.support.command import PROBLEMS
from tests.support.foreign_files import BYTES, KINDS, NAMES, TEXTS, make_strangers

SECONDS = 1.0
BYTES_AT_MOST = 50_000_000
# Of these a foreign file has many, and of these every short text has one each.
BY_THE_DOZEN = ("field-missing", "field-unknown", "heading-missing", "heading-unknown")
# Of a text that is a flood of one sign; test_hostile_files.py looks at these.
FLOODED = ("section-marks",)
ALWAYS = ("page-thin", "body-short")

BEGIN = (
    "Put the facts of the method at the top, between two lines of ---, each as name: value. "
    "[front-matter-missing]"
)
TOP = f"1:1: this file does not begin with a line of three hyphens. {BEGIN}"
WEB_PAGE = (
    f"1:1: this file begins like a web page (HTML) and not with a line of three hyphens. {BEGIN}"
)
ENCODING = 'Save it again with the encoding "UTF-8". [file-encoding]'
ACCENTS = f"this file is not in UTF-8, so its accents cannot be read. {ENCODING}"
UTF_16 = f"1:1: this file is in UTF-16, which is not what we read. {ENCODING}"
TYPE_IT = "Type what it shows into a plain text file. [file-binary]"
PROGRAM = "Open it in its own program and save it as plain text. [file-binary]"
LINK = "1:1: this is a link to a file somewhere else, and is not followed. Put the file itself here. [file-link]"
ALIAS = (
    "YAML's anchors and aliases (& and *) are not used in method files. Write the value out, or "
    "put the text in double quotation marks. [yaml-alias]"
)
TAG = "Take the word that begins with ! out, or put the text in quotation marks. [yaml-tag]"
DEEP = (
    "values are nested too deeply here. The deepest form we use is a list of groups: "
    'sources: [{title: "…", by: "…"}]. [yaml-deep]'
)
AS_A_FIELD = (
    "Write a field as name: value, with one space after the colon, and indent what belongs to it by "
    "two spaces. [yaml-unreadable]"
)
WHOLE_TEXT = "Put the whole text in double quotation marks"
UNSEEN = "Delete it, or type the words again instead of pasting them. [text-unseen]"
NESTED = (
    "lists or quotations stand more than 10 deep inside each other here. "
    "Use fewer levels; two are enough for most lists. [nesting-deep]"
)
TAKEN = "Keep it where people would look for it, and take it out of the other place. [name-taken]"
TAB = "this line is indented with a tab, which YAML does not allow. Use two spaces instead of each tab. [yaml-tab]"
PLAIN = (
    "Write plain Markdown: paragraphs, lists, tables, and links as [words](address). [not-shown]"
)
BEFORE = "there is text before the first heading. Write a line ## What it is above it. [text-before-heading]"


def large(size: str) -> str:
    return (
        f"1:1: this file has {size} bytes and the limit is 30,000. A method has about 10,000. "
        "Keep the text short and leave pictures out. [file-large]"
    )


def renamed(name: str, odd: str, better: str) -> str:
    return f'1:1: the file name "{name}" has {odd}. Rename it to methods/{better}. [file-name]'


def ending(better: str) -> str:
    return (
        "1:1: this file has no .md ending, so it will never be published. "
        f"Rename it to methods/{better}, or take it out. [file-ending]"
    )


# A name of two lines is shown in one way or another; that it is named is what counts.
BROKEN_NAME = "line\nend.md"
ODD = "characters other than letters, figures and hyphens"
EXPECTED: dict[str, list[str]] = {
    "jekyll.md": [f"9:1: {BEFORE}"],
    "hugo-toml.md": [
        f"1:1: this file begins with +++, as facts in TOML do, and not with a line of three hyphens. {BEGIN}",
        f"1:1: {BEFORE}",
    ],
    "hugo-json.md": [
        f"1:1: this file begins with a brace, as facts in JSON do, and not with a line of three hyphens. {BEGIN}",
        f"1:1: {BEFORE}",
    ],
    "docusaurus.md": [f"8:1: {BEFORE}"],
    "obsidian.md": [
        "4:11: related takes one value, not a list. Write related: [world-cafe]. [wrong-type]",
        f"7:1: {BEFORE}",
    ],
    "mkdocs.md": [
        TOP,
        f"1:1: {BEFORE}",
        '4:1: "Fishbowl" is a heading of the first level, which the title already is. Take the line out. [heading-level]',
    ],
    "participedia.md": [
        TOP,
        '1:1: "Fishbowl" is a heading of the first level, which the title already is. Take the line out. [heading-level]',
        f"3:1: {BEFORE}",
    ],
    "wikipedia.md": [
        f"1:1: this file begins like a page of a wiki and not with a line of three hyphens. {BEGIN}",
        f"1:1: {BEFORE}",
    ],
    "html-page.md": [WEB_PAGE, f"1:1: {BEFORE}"],
    "word-html.md": [WEB_PAGE, f"1:1: {BEFORE}"],
    "html-inside.md": [f"10:1: warning: \"<div class='box'>\" does not work on the page. {PLAIN}"],
    "only-body.md": [TOP],
    "only-spaces.md": [
        "1:1: this file is empty. Write the method, or take the file out. [file-empty]"
    ],
    "open.md": [
        "1:1: the front matter begins here and does not end. Put a line of three hyphens (---) below the last field, before the text. [front-matter-open]",
        f'5:1: this line cannot be read ("Text without a heading."). {AS_A_FIELD}',
    ],
    "deep-yaml.md": [f"5:8: {DEEP}"],
    "deep-brackets.md": [f"2:13: {DEEP}"],
    "billion-laughs.md": [f"{line}:4: {ALIAS}" for line in range(2, 11)],
    "python-object.md": [
        f'2:8: YAML\'s tags are not used in method files ("!!python/object/apply:os.system"). {TAG}'
    ],
    "own-tag.md": [f'2:8: YAML\'s tags are not used in method files ("!include"). {TAG}'],
    "duplicate-keys.md": [
        '7:1: "kind" is given twice; the first time on line 6. Keep one of the two. [key-repeated]'
    ],
    "tabs.md": [f"7:1: {TAB}", f"8:1: {TAB}"],
    "many-documents.md": [
        "7:1: there is text before the first heading. "
        "Move it below one of the headings, such as ## What it is. [text-before-heading]"
    ],
    "second-document.md": [
        "6:1: this line begins a second set of facts, which is not read. Take the three hyphens out. [yaml-document]"
    ],
    "right-to-left.md": [
        f"2:9: a character that turns text round stands here (U+202E RIGHT-TO-LEFT OVERRIDE). {UNSEEN}"
    ],
    "zero-width.md": [
        f"2:17: a character that cannot be seen stands here (U+200B ZERO WIDTH SPACE). {UNSEEN}"
    ],
    "smart-quotes.md": [
        '3:23: this line cannot be read because its text contains a colon ("summary: “People dance: they talk.”"). Put the whole text in double quotation marks: summary: "“People dance: they talk.”". [yaml-colon]'
    ],
    "control-characters.md": [
        "2:1: this line holds a character that cannot be seen. Type the line again. [yaml-character]"
    ],
    "one-long-line.md": [
        "8:1: warning: the text has 5030 words and should have 900 at most. Cut 4130. [body-long]",
        "10:1: warning: a sentence has 5000 words (“word word word word word word …”). "
        "Cut it in two; 35 is the limit and 25 a good average. [sentence-long]",
        "1:1: warning: its sentences have 503 words on average and should have under 25. "
        "Use one idea for each sentence. [sentences-long]",
        "1:1: warning: the text is hard to read (Flesch reading ease -388; aim for 50 or more). "
        "Use shorter words and shorter sentences. [reading-hard]",
    ],
    "long-title.md": [
        '2:8: "title" is 24999 characters and the limit is 60. Cut 24939. [text-long]'
    ],
    "long-key.md": [
        f'2:25001: this line cannot be read ("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"). {AS_A_FIELD}'
    ],
    "long-list.md": [
        "6:10: aliases has 9001 entries and the limit is 30. Keep the 30 that matter most. [list-long]",
        *(
            f'6:{column}: the name "a" is taken already, on line 6. {TAKEN}'
            for column in range(14, 101, 3)
        ),
    ],
    "faults.md": [
        f'{n + 2}:{6 + (n > 9)}: this line cannot be read because its text contains a colon ("f{n}: a: b"). '
        f"{WHOLE_TEXT}. [yaml-colon]"
        for n in range(20)
    ],
    "quotes.md": [f"10:1: {NESTED}"],
    "empty.md": ["1:1: this file is empty. Write the method, or take the file out. [file-empty]"],
    "utf-16.md": [UTF_16],
    "utf-16-be.md": [UTF_16],
    "utf-16-without-mark.md": [
        "1:1: this is not a text file. Save it as plain text. [file-binary]"
    ],
    "latin-1.md": [f"2:1: {ACCENTS}"],
    "windows-1252.md": [f"2:1: {ACCENTS}"],
    "nuls.md": ["1:1: this is not a text file. Save it as plain text. [file-binary]"],
    "five-megabytes.md": [large("5,000,509")],
    "line-of-a-megabyte.md": [large("1,000,000")],
    "word.md": [f"1:1: this is a Word file or another archive and not plain text. {PROGRAM}"],
    "old-word.md": [f"1:1: this is an old Word file and not plain text. {PROGRAM}"],
    "rich-text.md": [f"1:1: this is a rich-text file and not plain text. {PROGRAM}"],
    "pdf.md": [f"1:1: this is a PDF and not plain text. {PROGRAM}"],
    "png.md": [f"1:1: this is a picture and not plain text. {TYPE_IT}"],
    "jpeg.md": [f"1:1: this is a picture and not plain text. {TYPE_IT}"],
    "half-a-character.md": [f"50:1: {ACCENTS}"],
    "With Space.md": [renamed("With Space.md", "a space and capitals", "with-space.md")],
    "CAPITALS.MD": [ending("capitals.md")],
    "Café.md": [renamed("Café.md", f"capitals and {ODD}", "cafe.md")],
    "🐟bowl.md": [renamed("🐟bowl.md", ODD, "bowl.md")],
    "dots..md": [renamed("dots..md", ODD, "dots.md")],
    "-hyphen.md": [renamed("-hyphen.md", "a hyphen too many", "hyphen.md")],
    "under_score.md": [renamed("under_score.md", ODD, "under-score.md")],
    "x.markdown": [ending("x.md")],
    "x.md.txt": [ending("x.md")],
    "x.md~": [ending("x.md")],
    "no-ending": [ending("no-ending.md")],
    "%2e%2e.md": [renamed("%2e%2e.md", ODD, "2e-2e.md")],
    "'; DROP--.md": [renamed("'; DROP--.md", f"a space and capitals and {ODD}", "drop.md")],
    "folder.md": [
        "1:1: this is a folder, and folders are not looked into. Put each method straight into methods/. [file-folder]"
    ],
    "pipe.md": ["1:1: this is not an ordinary file. Take it out of methods/. [file-kind]"],
    "link-out.md": [LINK],
    "link-nowhere.md": [LINK],
    "link-to-itself.md": [LINK],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_strangers(tmp_path_factory.mktemp("strangers") / "methods")


def looked_at(folder: Path, name: str) -> tuple[Reading, list[Problem]]:
    """Do all that `catalogue check` does with one file."""
    (reading,) = check_across([read_method_file(folder, folder / name)])
    problems = list(reading.problems)
    if reading.method:
        problems += prose_problems(reading.path, reading.method, date(2026, 6, 1))
    return reading, problems


def files() -> Iterator[str]:
    yield from (f"{name}.md" for name in (*TEXTS, *BYTES))
    yield from (*NAMES, *KINDS)


ALL = pytest.mark.parametrize("name", list(files()), ids=ascii)


@ALL
def test_a_strange_file_gets_exactly_these_messages(folder: Path, name: str) -> None:
    _, problems = looked_at(folder, name)
    telling = [p for p in problems if p.code not in (*BY_THE_DOZEN, *ALWAYS, *FLOODED)]
    if name == BROKEN_NAME:
        assert [problem.code for problem in telling] == ["file-name"]
        return
    said = [str(problem).removeprefix(f"methods/{name}:") for problem in telling]
    assert said == EXPECTED.get(name, [])


# Good files, whatever program saved them.
FINE = ["arabic.md", "bom.md", "mac-line-ends.md", "mixed-line-ends.md", "windows-line-ends.md"]


@ALL
def test_a_strange_file_is_a_method_only_without_an_error(folder: Path, name: str) -> None:
    reading, problems = looked_at(folder, name)
    errors = [problem for problem in problems if problem.severity == "error"]
    assert (reading.method is None) == bool(errors)
    assert reading.method is not None or name not in FINE
    assert all(problem.fix.strip() for problem in problems)
    assert max((len(str(problem)) for problem in problems), default=0) < 1_000


@ALL
def test_no_file_takes_more_than_a_second(folder: Path, name: str) -> None:
    started = time.process_time()
    looked_at(folder, name)
    assert time.process_time() - started < SECONDS


@ALL
def test_no_file_takes_more_than_fifty_megabytes(folder: Path, name: str) -> None:
    tracemalloc.start()
    try:
        looked_at(folder, name)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < BYTES_AT_MOST


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        ("jekyll.md", ["layout", "date", "categories"]),
        ("docusaurus.md", ["id", "sidebar_label", "slug"]),
        ("obsidian.md", ["tags"]),
        ("merge-key.md", ["<<"]),
    ],
)
def test_fields_of_other_programs_are_named(folder: Path, name: str, unknown: list[str]) -> None:
    _, problems = looked_at(folder, name)
    found = [problem.message for problem in problems if problem.code == "field-unknown"]
    assert [what.split('"')[1] for what in found] == unknown


def test_there_are_more_than_thirty_strangers_of_each_sort(folder: Path) -> None:
    assert len(TEXTS) > 30
    assert len(BYTES) + len(NAMES) + len(KINDS) > 30
    assert sorted(path.name for path in method_files(folder)) == sorted(files())


def test_the_command_answers_for_all_of_them_at_once(folder: Path, tmp_path: Path) -> None:
    folders = {"CATALOGUE_METHODS_DIR": str(folder), "CATALOGUE_INDEX_DIR": str(tmp_path)}
    result = CliRunner().invoke(main, ["check"], env=folders)
    assert result.exit_code == PROBLEMS
    assert isinstance(result.exception, SystemExit)
    assert f"{len(list(files()))} files" in result.stderr
    assert "Traceback" not in result.output
