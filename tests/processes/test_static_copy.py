"""The copy of the real site without a server: from a web server below a path, and from a USB stick."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from catalogue.web import create_app
from tests.support.contrast import AXE, RUN_AXE
from tests.support.exported_site import PREFIX, served_files, write_site

pytestmark = [pytest.mark.browser, pytest.mark.process]
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

PAGES = (
    "/index.html", "/methods/index.html?purpose=inform&budget=1000", "/methods/index.html?q=what+patients+think+of+our+clinic",
    "/map/index.html?q=young+people&budget=5k", "/cases/index.html?sector=health&q=survey", "/compare/index.html?m=citizens-jury&m=survey:light&m=world-cafe",
    "/plan/index.html?purpose=resolve-conflict&audience=local-residents&weeks=12&budget=5k&people=30&conflict=high",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(real_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the copy below PREFIX."""
    folder = tmp_path_factory.mktemp("copy")
    settings = real_app.extensions["catalogue"].settings
    write_site(create_app(replace(settings, site_url="https://x.example/sub")), folder)
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """In place of the plug-in's: the address of the copy."""
    with served_files(folder) as address:
        yield address


@pytest.mark.parametrize("address", PAGES)
def test_pages_answer_and_are_accessible(open_tab: Callable[..., Any], address: str) -> None:
    tab = open_tab()
    tab.page.add_init_script(path=AXE)
    page = tab.open(address)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(RUN_AXE) == []
    assert tab.faults == []


def test_a_method_is_found_compared_and_planned_with_from_a_usb_stick(
    open_tab: Callable[..., Any], folder: Path
) -> None:
    page = open_tab().page
    copy = (folder / PREFIX).as_uri()
    page.goto(f"{copy}/methods/index.html?q=citizens+jury")
    page.wait_for_function("window.COPY?.shown")
    assert page.locator(".card:visible .card__title").first.inner_text() == "Citizens' jury"
    page.locator(".card:visible").first.get_by_role("link", name="Compare").click()
    page.get_by_label("Method to compare").select_option("survey")
    page.get_by_role("button", name="Add to the comparison").click()
    page.wait_for_function("document.querySelectorAll('.compare thead th').length === 3")
    page.goto(f"{copy}/plan/index.html?purpose=inform")
    assert page.locator(".cards .card__title").count() > 4
