"""Holds the documents to the code: what README.md and docs/ name exists, and what exists is named.

Tables are read as tables, so that an entry in the wrong row counts as missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest
from flask import Flask

from catalogue.cli.main import main
from catalogue.exit_codes import explained
from catalogue.settings import PREFIX, SETTINGS
from catalogue.vocabulary import VOCABULARY

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
DOCUMENTS = [
    ROOT / "README.md",
    *sorted(set(ROOT.glob("*.md")) - {ROOT / "README.md"}),
    *sorted((ROOT / "docs").glob("*.md")),
]
# Those for people who send something: each address and each file they name must be there.
FOR_CONTRIBUTORS = [
    ROOT / name
    for name in ("CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "docs/reviewing.md")
]
# What stands between backticks, or in a block of code.
CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
# Everything people write in the repository, but the methods, which name other sites' addresses.
WRITTEN = [
    *DOCUMENTS,
    *(
        ROOT / name
        for name in (
            "app.py",
            "Makefile",
            "LICENSE",
            ".gitignore",
            "CITATION.cff",
            ".gitlab-ci.yml",
            "Dockerfile",
            ".dockerignore",
            "compose.yaml",
            "requirements.lock",
        )
    ),
    *sorted(ROOT.glob(".pre-commit-*.yaml")),
    *(
        path
        for name in (".ci", ".github", "deploy")
        for path in sorted((ROOT / name).rglob("*"))
        if path.is_file()
    ),
    *(path for pattern in ("*.cfg", "*.toml", "*.txt") for path in sorted(ROOT.glob(pattern))),
    *(
        path
        for folder in ("catalogue", "templates", "static", "texts", "tools", "benchmarks", "tests")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".html", ".css", ".js", ".md", ".yaml", ".scss", ".sh", ".toml")
        and not {"node_modules", "methods_good", "__pycache__"} & set(path.parts)
    ),
]
LINK = re.compile(r"\]\(([^()\s]+)\)")
# Written in pieces, because this file is looked through too.
MACHINE_PATH = re.compile(r"(?<![\w.:/<-])/(?:" + "work|home|root|tmp|Users|mnt" + r")/\w")
WINDOWS_PATH = re.compile(r"\b[A-Z]:\\" + r"\w")
HOSTS = (
    "pypi" + r"\.[a-z]",
    "python" + "hosted",
    "npm" + r"js\.",
    "index" + "-url",
    "--regis" + "try",
)
REGISTRY = re.compile("|".join(HOSTS))


def section(title: str) -> str:
    """Return the text of README.md below a heading, up to the next one of its kind."""
    _, found, rest = README.partition(f"\n## {title}\n")
    assert found, f"README.md has no heading {title}"
    return rest.partition("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    """Return the cells of the table below a heading, without its head."""
    lines = [line for line in section(title).split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def code(text: str) -> list[str]:
    """Return what stands between backticks."""
    return re.findall(r"`([^`]+)`", text)


def by_name(title: str) -> dict[str, list[str]]:
    """Return the rows of a table by each of the names in their first cell."""
    return {name: row for row in rows(title) for name in code(row[0])}


def options(command: click.Command) -> set[str]:
    return {p.opts[0] for p in command.params if isinstance(p, click.Option)}


def search_parameters() -> list[str]:
    filters = [*(facet.name for facet in VOCABULARY.filters), *VOCABULARY.ranges]
    return ["q", *filters, "sort", "page", "per_page", "compare", "plan"]


def test_the_settings_table_equals_the_settings() -> None:
    table = [(code(name), code(default), meaning) for name, default, meaning in rows("Settings")]
    assert table == [
        ([PREFIX + s.name], [s.default] if s.default else [], s.meaning) for s in SETTINGS
    ]


def test_the_commands_table_equals_the_commands() -> None:
    assert set(by_name("Commands")) == {f"catalogue {name}" for name in main.commands}


@pytest.mark.parametrize("name", main.commands)
def test_every_option_and_argument_named_for_a_command_exists(name: str) -> None:
    command = main.commands[name]
    known = options(command) | {p.name.upper() for p in command.params if p.name}
    named = re.findall(
        r"--[a-z-]+|\b[A-Z]{2,}\b", " ".join(code(by_name("Commands")[f"catalogue {name}"][1]))
    )
    assert set(named) - known == set()


@pytest.mark.parametrize("name", main.commands)
def test_every_option_of_a_command_is_named(name: str) -> None:
    row = by_name("Commands")[f"catalogue {name}"][1]
    named = set(re.findall(r"--[a-z-]+", row))
    if name == "search":  # its filters are those of the address, which has a row of its own
        named |= {f"--{word}" for word in code(by_name("Addresses")["/methods"][1])}
    assert options(main.commands[name]) - named == set()


def test_exit_codes_are_named_as_they_are() -> None:
    assert explained() in " ".join(section("Commands").split())


def test_the_addresses_table_equals_the_routes(app: Flask) -> None:
    assert set(by_name("Addresses")) == {rule.rule for rule in app.url_map.iter_rules()}


def test_every_search_parameter_is_named_and_no_other() -> None:
    assert sorted(code(by_name("Addresses")["/methods"][1])) == sorted(search_parameters())


def test_every_place_named_exists() -> None:
    named = [name for row in rows("What is where") for cell in row for name in code(cell)]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_readme_opens_with_the_two_commands() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", section("Start"), re.DOTALL)
    assert blocks[:2] == ["make serve\n", "make test\n"]
    first = README.split("```")[0]
    assert "## Start" in first
    assert first.count("\n## ") == 1


def test_every_make_command_named_exists() -> None:
    named = {
        (target, variable)
        for document in DOCUMENTS
        for text in re.findall(r"```.*?```|`[^`]+`", document.read_text("utf-8"), re.DOTALL)
        for target, variable in re.findall(r"\bmake ([a-z-]+)(?: ([A-Z]+)=)?", text)
    }
    assert {("serve", ""), ("test", ""), ("serve", "PORT")} <= named
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    variables = set(re.findall(r"^([A-Z]+) \?=", MAKEFILE, re.MULTILINE))
    assert {target for target, _ in named} - targets == set()
    assert {variable for _, variable in named} - variables == {""}


def test_every_make_target_is_listed_and_explained() -> None:
    phony = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()
    explained = re.findall(r"^([a-z-]+):.* ## \S", MAKEFILE, re.MULTILINE)
    assert sorted(explained) == sorted(phony)


def dependencies() -> Iterator[tuple[str, str]]:
    """Yield each dependency of setup.cfg with the line above it."""
    text = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    lines = text.split("\n")
    for above, line in pairwise(lines):
        if re.match(r"    [A-Za-z][\w.-]*==", line):
            yield line.strip(), above.strip()


def test_every_dependency_has_its_reason_directly_above_it() -> None:
    found = dict(dependencies())
    assert len(found) > 10
    assert [name for name, above in found.items() if not re.match(r"# \S.*\.$", above)] == []


def in_code(document: Path) -> list[str]:
    """Return what a document writes as code, line by line."""
    text = document.read_text(encoding="utf-8")
    found = [block or span for block, span in CODE.findall(text)]
    return [line.strip() for piece in found for line in piece.splitlines()]


def test_every_command_a_document_gives_exists_with_its_options() -> None:
    given = {
        (command, option)
        for document in DOCUMENTS
        for line in in_code(document)
        for command, rest in re.findall(
            r"(?:^|[/\\ ])catalogue ([a-z][a-z-]*)\b([^#|]*)", line.partition("  #")[0]
        )
        for option in ("", *re.findall(r"--[a-z][a-z-]*", rest))
    }
    assert {("check", "--fix"), ("new", ""), ("due", "")} <= given
    lost = [
        f"catalogue {command} {option}".strip()
        for command, option in sorted(given)
        if command not in main.commands
        or (option and option not in options(main.commands[command]) | {"--help"})
    ]
    assert lost == []


@pytest.mark.parametrize("document", FOR_CONTRIBUTORS, ids=lambda path: path.name)
def test_every_address_of_the_site_that_a_contributor_is_sent_to_exists(
    app: Flask, document: Path
) -> None:
    addresses = {line for line in in_code(document) if re.fullmatch(r"/[a-z/-]*", line)}
    if document.name == "CONTRIBUTING.md":
        assert {"/contribute/new", "/contribute/check", "/contributors"} <= addresses
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert addresses - rules == set()


@pytest.mark.parametrize("document", FOR_CONTRIBUTORS, ids=lambda path: path.name)
def test_every_file_and_folder_that_a_contributor_is_sent_to_exists(document: Path) -> None:
    named = {line for line in in_code(document) if re.fullmatch(r"\.?[\w-]+[/.][\w./-]*", line)}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_contributing_fits_on_a_screen_and_shows_the_form_first_and_the_terminal_last() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(text.split("\n")) <= 60
    ways = re.findall(r"^\d\. (.*)$", text, re.MULTILINE)
    assert "/contribute/new" in ways[0]
    assert "computer" in ways[-1]
    assert "ten days" in text


def anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`\n]+`", "", document.read_text("utf-8"), flags=re.DOTALL)
    for address in LINK.findall(prose):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, anchor = address.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), address
        assert target.is_relative_to(ROOT), address
        assert not anchor or anchor in anchors(target), address


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [DOCUMENTS[0]]
    while waiting:
        document = waiting.pop()
        reached.add(document)
        for address in LINK.findall(document.read_text(encoding="utf-8")):
            target = (document.parent / address.partition("#")[0]).resolve()
            if target in DOCUMENTS and target not in reached:
                waiting.append(target)
    assert [path.name for path in DOCUMENTS if path not in reached] == []


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(MACHINE_PATH, id="path"),
        pytest.param(WINDOWS_PATH, id="windows-path"),
        pytest.param(REGISTRY, id="registry"),
    ],
)
def test_nothing_written_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    assert len(WRITTEN) > 50
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in WRITTEN
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if (match := pattern.search(line))
    ]
    assert found == []
