"""Fixtures for all tests: six small methods, a build of them, the site, and a client that polices pages.

Nothing here touches the network or writes outside the temporary folder.
"""

from __future__ import annotations

import gc
import os
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis.configuration import set_hypothesis_home_dir

from catalogue.build.builder import BuildResult, build
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings, read_settings
from catalogue.storage.folder import current_build
from catalogue.web import create_app
from catalogue.web.middleware.response_cache import ResponseCache
from tests.support.compiled_templates import CompiledTemplates
from tests.support.page import PageClient
from tests.support.soak import counts

GOOD = Path(__file__).parent / "data" / "methods_good"
METHODS = Path(__file__).parent.parent / "methods"

# What hypothesis keeps between examples, even without a database; gone when the tests end.
_HYPOTHESIS_HOME = TemporaryDirectory(prefix="hypothesis-")
set_hypothesis_home_dir(_HYPOTHESIS_HOME.name)
# A full collection walks half a million objects of pytest; Python would make one every few seconds.
gc.set_threshold(10_000, 10, 50)
Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests of survival counted."""
    if counts():
        terminalreporter.write_line(f"survival: {counts()}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each browser test a second try, which the summary lists."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture
def methods_dir(tmp_path: Path) -> Path:
    """A copy of the six small methods, free to change."""
    return shutil.copytree(GOOD, tmp_path / "methods")


@pytest.fixture
def settings(methods_dir: Path, tmp_path: Path) -> Settings:
    """Settings that point to the copy and to an empty index folder."""
    return replace(read_settings({}), methods_dir=methods_dir, index_dir=tmp_path / "search_index")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """A build of the six small methods that no test changes."""
    return build(GOOD, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def snapshot(built: BuildResult) -> Snapshot:
    """That build, opened."""
    return Snapshot(built.folder)


@pytest.fixture(scope="session")
def real_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder with a build of the real methods, which no test changes.

    All workers of pytest-xdist share it: one builds, the others wait at the lock of the build and
    find nothing left to do.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    build(METHODS, folder / "real_index")
    return folder / "real_index"


def linked_copy(index_dir: Path, folder: Path) -> Path:
    """Copy an index folder by hard links, for a test that builds on: a build changes no file of another."""
    return shutil.copytree(
        index_dir, folder, copy_function=os.link, ignore=shutil.ignore_patterns(".lock")
    )


@pytest.fixture(scope="session")
def real(real_index: Path) -> Snapshot:
    """A build of the real methods, opened."""
    folder = current_build(real_index)
    assert folder is not None
    return Snapshot(folder)


@pytest.fixture(scope="session")
def app(built: BuildResult) -> Flask:
    """The site over that build."""
    index_dir = built.folder.parent.parent
    return create_app(replace(read_settings({}), methods_dir=GOOD, index_dir=index_dir))


@pytest.fixture(scope="session")
def cold_app(app: Flask) -> Flask:
    """A site over that build that makes every page anew, so that a changed function is called."""
    cold = create_app(app.extensions["catalogue"].settings)
    cold.extensions["page_cache"].responses = ResponseCache(max_responses=0)
    return cold


@pytest.fixture(scope="session")
def public_app(app: Flask) -> Flask:
    """The site over that build at a public address, so that its pages name their canonical URLs."""
    settings = app.extensions["catalogue"].settings
    return create_app(replace(settings, site_url="https://catalogue.example"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A plain client, for JSON and headers."""
    return app.test_client()


@pytest.fixture
def page(app: Flask) -> PageClient:
    """A client that checks every page it fetches and returns it parsed."""
    return PageClient(app)
