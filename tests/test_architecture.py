"""Holds the package to its architecture: data and imports go one way, and modules stay small.

The flow is file, checked Method, database and index, request, page; docs/architecture.md has the picture.
"""

from __future__ import annotations

import ast
import configparser
import importlib.metadata
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "catalogue"
MAX_MODULE_LINES = 320
MAX_FUNCTION_LINES = 55

# From the file to the page: each module may import only those that stand before it.
LAYERS = [
    # words that all others use
    *("catalogue", "budget", "temporary", "logs", "settings", "problems", "codes", "vocabulary"),
    # a file becomes a checked Method
    *(
        "fields",
        "method",
        "yaml_faults",
        "front_matter",
        "values",
        "groups",
        "body",
        "reader",
        "checks",
    ),
    *("render", "texts", "terms", "links", "quality"),
    # what helps people to add a method
    *("contribute", "contribute.markdown", "contribute.problem_guide", "contribute.schema"),
    *("contribute.examples", "contribute.field_guide"),
    *("contribute.issue_form", "contribute.generated"),
    # Methods become a database and an index
    *(
        "postings",
        "index",
        "lines",
        "models",
        "store",
        "entries",
        "prose",
        "integrity",
        "build_folder",
        "build",
    ),
    # a build, opened, answers a request
    *("cards", "request", "cases", "credits", "hints", "lexicon", "understanding", "ranking"),
    *("snapshot", "extract", "search", "suggest", "serving", "evaluation"),
    # an answer becomes a page
    *("translation", "wording", "presentation"),
    # what people type becomes the text of a method file
    *(
        "contribute.writing",
        "contribute.neighbours",
        "contribute.forge",
        "contribute.questions",
        "contribute.form",
        "contribute.said",
        "contribute.checking",
    ),
    # method files are checked, mended and reported on
    *("contribute.files", "contribute.reports", "contribute.summary"),
    *("contribute.lines", "contribute.spelling", "contribute.quoting"),
    *("contribute.mending", "contribute.fixing"),
    *("contribute.due", "contribute.skeleton"),
    *(
        "web.current",
        "web.hosts",
        "web.guarding",
        "web.metrics",
        "web.accounting",
        "web.health",
        "web.paging",
        "web.compression",
        "web.answers",
        "web.canonical",
        "web.limits",
        "web.assets",
        "web.caching",
        "web.fragments",
        "web.frame",
        "web.doors",
        "web.pages",
        "web.guide",
        "web.shapes",
        "web.method_schema",
        "web.api",
        "web.schema",
        "web.openapi",
        "web.reference",
        "web.contribute",
        "web.development",
        "web.errors",
        "web.factory",
        "web",
    ),
    # servers run it
    *("request_buffer", "waitress_channel", "production"),
    *("buffering_worker", "gunicorn_answers", "gunicorn_settings"),
    # and the terminal uses all of it
    "commands",
    "commands.check",
    "commands.due",
    "commands.new",
    "commands.build",
    "commands.serve",
    "commands.search",
    "commands.evaluate",
    "commands.generate",
    "cli",
    "__main__",
]

# Who may import what is not ours. Each package has few doors, so that another can take its place.
DOORS = {
    "whoosh": {"postings", "index"},
    "sqlalchemy": {"models", "store"},
    "frontmatter": {"front_matter"},
    "yaml": {
        "codes",
        "yaml_faults",
        "front_matter",
        "vocabulary",
        "translation",
        "evaluation",
        "contribute.writing",
        "contribute.issue_form",
    },
    "markdown": {"render"},
    "nh3": {"render"},
    "pyphen": {"prose"},
    "urllib3": {"links"},
    "filelock": {"build", "temporary"},
    "numpy": {"postings", "index", "ranking", "snapshot", "contribute.neighbours"},
    "rapidfuzz": {"lexicon", "contribute.neighbours"},
    "brotli": {"web.compression"},
    "gunicorn": {"buffering_worker", "gunicorn_answers", "gunicorn_settings"},
    "waitress": {"production", "waitress_channel"},
    "prometheus_client": {"web.metrics", "web.health"},
    # Translations belong to a request.
    "flask": {"web.*", "translation"},
    "markupsafe": {"web.*", "translation"},
    "jinja2": {"translation"},
    "flask_babel": {"web.*", "translation"},
    # Comes with Flask-Babel; knows which languages there are.
    "babel": {"settings"},
    # Come with Flask.
    "werkzeug": {"web.*", "commands.*"},
    "click": {"cli", "commands.*"},
}


def module_name(path: Path) -> str:
    """Return the name of a module within the package; the package itself is "catalogue"."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__") or "catalogue"


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
ALL = pytest.mark.parametrize("name", MODULES)


def imported(name: str) -> Iterator[str]:
    """Yield the full name of everything a module imports, wherever in it that happens."""
    package = MODULES[name].relative_to(ROOT).parent.parts
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            source = ".".join((*above, *([node.module] if node.module else [])))
            yield from (f"{source}.{alias.name}" for alias in node.names)


def own_module(full_name: str) -> str:
    """Return the module of ours that an imported name belongs to."""
    parts = full_name.split(".")[1:]
    while parts and ".".join(parts) not in MODULES:
        parts.pop()
    return ".".join(parts) or "catalogue"


def third_party(name: str) -> set[str]:
    tops = {full_name.partition(".")[0] for full_name in imported(name)}
    return tops - sys.stdlib_module_names - {"catalogue"}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Yield the classes, functions and methods that others may use."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def test_every_module_has_its_place_in_the_order_and_no_other_has() -> None:
    assert sorted(LAYERS) == sorted(MODULES)


@ALL
def test_a_module_imports_only_what_comes_before_it(name: str) -> None:
    ours = {own_module(full) for full in imported(name) if full.split(".")[0] == "catalogue"}
    before = LAYERS[: LAYERS.index(name)]
    assert sorted(ours - set(before)) == []


@ALL
def test_a_package_of_others_is_imported_only_by_its_doors(name: str) -> None:
    allowed = {
        package
        for package, doors in DOORS.items()
        if name in doors or f"{name.split('.')[0]}.*" in doors
    }
    assert sorted(third_party(name) - allowed) == []


def test_every_door_is_used() -> None:
    used = {name: third_party(name) for name in MODULES}
    for package, doors in DOORS.items():
        for door in doors:
            behind = [name for name in MODULES if fnmatch(name, door)]
            assert any(package in used[name] for name in behind), (
                f"{door} does not import {package}"
            )


def test_every_dependency_is_imported_by_the_package() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = setup["options"]["install_requires"].split("\n")
    wanted = {re.split(r"[=<>~!\[; ]", line)[0].lower() for line in lines if line.strip()}
    provided = importlib.metadata.packages_distributions()
    used = {
        distribution.lower()
        for name in MODULES
        for package in third_party(name)
        for distribution in provided[package]
    }
    assert sorted(wanted - used) == []


def test_the_application_file_uses_the_web_package_alone() -> None:
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    sources = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert sources == ["catalogue.web"]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


@ALL
def test_a_module_is_short(name: str) -> None:
    lines = MODULES[name].read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_MODULE_LINES


@ALL
def test_functions_are_short(name: str) -> None:
    long = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in functions(TREES[name])
        if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION_LINES
    }
    assert long == {}


@ALL
def test_a_module_says_its_job_and_its_place_in_two_sentences(name: str) -> None:
    docstring = ast.get_docstring(TREES[name]) or ""
    sentences = re.findall(r"[.!?](?=\s+[A-Z`\"']|$)", docstring)
    assert len(sentences) >= 2, docstring


@ALL
def test_all_that_is_public_is_described(name: str) -> None:
    silent = [node.name for node in public(TREES[name].body) if not ast.get_docstring(node)]
    assert silent == []


@ALL
def test_every_argument_and_answer_of_a_function_has_a_type(name: str) -> None:
    untyped = [node.name for node in functions(TREES[name]) if not _typed(node)]
    assert untyped == []


def _typed(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    given += [extra for extra in (node.args.vararg, node.args.kwarg) if extra]
    named = [argument for argument in given if argument.arg not in ("self", "cls")]
    return node.returns is not None and all(argument.annotation for argument in named)


def test_no_module_is_called_utils() -> None:
    names = {part for name in MODULES for part in name.split(".")}
    assert names & {"util", "utils", "helpers", "misc", "common"} == set()
