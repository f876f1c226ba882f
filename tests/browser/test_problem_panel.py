"""The panel with the problems of method files, in a real browser: on a wide screen and a phone, light and dark.

What it says is tested in test_problem_panel.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from catalogue.settings import read_settings
from catalogue.web import create_app
from tests.conftest import GOOD
from tests.support.contrast import AXE_WIDTH, RUN_AXE, SIDEWAYS, WIDTHS
from tests.support.editing import break_file
from tests.support.over_http import served

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site in development with two faulty files."""
    folder = tmp_path_factory.mktemp("development")
    methods = shutil.copytree(GOOD, folder / "methods")
    for name in ("reed-panel.md", "harvest-jury.md"):
        break_file(methods / name)
    given = replace(read_settings({}), methods_dir=methods, index_dir=folder / "index", reload=True)
    with served(create_app(given)) as address:
        yield address


@pytest.mark.parametrize("scheme", list(WIDTHS))
@pytest.mark.parametrize("address", ["/about", "/methods/reed-panel", "/methods/orchard-walk"])
def test_the_panel_fits_passes_axe_and_opens_by_keyboard(
    shared_tab: Callable[[int, str], Any], address: str, scheme: str
) -> None:
    tab = shared_tab(AXE_WIDTH[scheme], scheme)
    page = tab.open(address)
    if address == "/about":
        assert not page.is_visible(".file-problems li")
        page.focus(".file-problems summary")
        page.keyboard.press("Enter")
    assert page.is_visible(".file-problems li")
    for width in WIDTHS[scheme]:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SIDEWAYS) == 0, width
    assert page.evaluate(RUN_AXE) == []
    assert tab.faults == []
