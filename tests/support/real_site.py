"""A plug-in for test modules (`pytest_plugins`): the site over the real methods."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from catalogue.settings import read_settings
from catalogue.web import create_app


@pytest.fixture(scope="session")
def real_app(real_index: Path) -> Flask:
    """The site over the one build of the real methods."""
    return create_app(replace(read_settings({}), index_dir=real_index))
