"""Holds the package to its architecture: rooms and modules stay small, and packages of others have few importers.

The order of imports is a contract of import-linter in setup.cfg; `make lint` checks it.
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

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "catalogue"
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 50
MAX_MODULES = 15  # in a folder
MAX_TOP_MODULES = 8

# Who may import what is not ours. Each package has few importers, so that another can take its place.
IMPORTERS = {
    "whoosh": {"storage.fulltext"},
    "sqlalchemy": {"storage.tables", "storage.database", "storage.database_writer"},
    "msgspec": {
        "planner.rules",
        "planner.steps.patterns",
        "planner.steps.prices",
        "presentation.serialisers",
        "search.cards",
        "storage.database",
        "storage.database_writer",
        "storage.uses_file",
        "web.api.openapi",
    },
    "frontmatter": {"validation.front_matter"},
    "yaml": {
        "vocabulary",
        "i18n",
        "model.codes",
        "validation.yaml_errors",
        "validation.front_matter",
        "authoring.form.method_writer",
        "cli.evaluations.search_evaluation",
        "cli.evaluations.plan_evaluation",
        "exports.documents.committee_report",
    },
    "markdown": {"rendering.site_texts"},
    "markdown_it": {"rendering.markdown", "rendering.markdown_parts"},
    "mdit_py_plugins": {"rendering.markdown"},
    "nh3": {"rendering.markdown"},
    "pyuca": {"model.letters"},
    "spellchecker": {"search.query.english"},
    "pyphen": {"validation.style_checks"},
    "urllib3": {"validation.link_checks"},
    "filelock": {"build.builder", "storage.temporary"},
    "numpy": {
        "storage.fulltext",
        "search.nearest",
        "search.judgements.learning",
        "search.judgements.recommended",
        "search.judgements.weights",
        "search.ranking",
        "search.sets.fact_fit",
        "search.sets.kinship",
        "search.sets.method_set",
        "search.sets.size_sets",
        "search.snapshot",
        "cli.evaluations.search_evaluation",
        "authoring.check.similar_methods",
    },
    "rapidfuzz": {
        "settings",
        "model.problems",
        "model.slugs",
        "search.query.lexicon",
        "authoring.check.similar_methods",
        "authoring.fix.fix_names",
    },
    "brotli": {"web.middleware.compression"},
    "gunicorn": {"hosting.buffering_worker", "hosting.gunicorn_worker", "hosting.gunicorn_conf"},
    "waitress": {"hosting.servers", "hosting.waitress_channel"},
    "prometheus_client": {"web.metrics", "web.views.health"},
    "flask": {"web.*"},
    "markupsafe": {"web.*", "rendering.signs"},
    "jinja2": {"web.translation", "web.template_urls", "web.views.pages"},
    "babel": {"i18n", "model.numbers", "settings"},
    # Come with Flask.
    "werkzeug": {"web.*", "cli.*", "assistants.answers"},
    "docx": {"exports.documents.word_writer"},
    # The extra "assistants".
    "mcp": {"assistants.server"},
    "pydantic": {"assistants.server"},
    "click": {"__main__", "cli.*"},
}


def module_name(path: Path) -> str:
    """Return the name of a module within the package; the package itself is "catalogue"."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__") or "catalogue"


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
FOLDERS = sorted({path.parent.relative_to(PACKAGE).as_posix() for path in MODULES.values()})


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


def third_party(name: str) -> set[str]:
    tops = {full_name.partition(".")[0] for full_name in imported(name)}
    return tops - sys.stdlib_module_names - {"catalogue"}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_a_package_of_others_is_imported_only_by_its_importers() -> None:
    assert [
        (name, package)
        for name in MODULES
        for package in third_party(name)
        if not {name, f"{name.split('.')[0]}.*"} & IMPORTERS.get(package, set())
    ] == []


def test_every_importer_named_imports_the_package() -> None:
    used = {name: third_party(name) for name in MODULES}
    for package, importers in IMPORTERS.items():
        for importer in importers:
            behind = [name for name in MODULES if fnmatch(name, importer)]
            assert any(package in used[name] for name in behind), (
                f"{importer} does not import {package}"
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


def test_modules_are_short() -> None:
    lines = {name: path.read_text(encoding="utf-8").count("\n") for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > MAX_MODULE_LINES} == {}


def test_functions_are_short() -> None:
    lines = {
        (name, node.name): (node.end_lineno or 0) - node.lineno + 1
        for name, tree in TREES.items()
        for node in functions(tree)
    }
    assert {name: count for name, count in lines.items() if count > MAX_FUNCTION_LINES} == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_has_few_modules(folder: str) -> None:
    modules = [path.name for path in (PACKAGE / folder).glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= (MAX_TOP_MODULES if folder == "." else MAX_MODULES), modules


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if folder != "."])
def test_a_folder_says_in_one_sentence_what_it_is_for(folder: str) -> None:
    tree = ast.parse((PACKAGE / folder / "__init__.py").read_text(encoding="utf-8"))
    docstring = ast.get_docstring(tree) or ""
    assert re.fullmatch(r"[A-Z`][^\n]+[^.!?]\.", docstring), docstring
    assert not re.search(r"[.!?] [A-Z]", docstring), docstring
    # Whoever imports a module of a folder imports nothing else with it; the site has one entrance.
    assert len(tree.body) == 1 or folder == "web"


def test_no_module_is_called_utils() -> None:
    names = {part for name in MODULES for part in name.split(".")}
    assert names & {"util", "utils", "helpers", "misc", "common"} == set()
