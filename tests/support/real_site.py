"""A plug-in for test modules (`pytest_plugins`): the site over the real methods."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from catalogue.settings import read_settings
from catalogue.web import create_app


@pytest.fixture(scope="session")
def real_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One folder for all modules that ask, so that the methods are built once."""
    folder = tmp_path_factory.getbasetemp() / "real_index"
    return create_app(replace(read_settings({}), index_dir=folder))
