"""A plug-in for browser tests (`pytest_plugins`): the real site on a port of its own, and Chromium.

A tab watches what goes wrong while its pages load, and hands it over when the test asks.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.support.contrast import AXE
from tests.support.over_http import served

# The first is Chromium without its windows: the same pages in a third of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(real_app: Flask) -> Iterator[str]:
    """The address at which the real site is served."""
    with served(real_app) as address:
        yield address


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Playwright, which a process can start only once."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(driver: Playwright) -> Iterator[Browser]:
    """The browser of this computer, started once for all modules."""
    yield from _started(driver)


@pytest.fixture(scope="session")
def keeping_chromium(driver: Playwright) -> Iterator[Browser]:
    """The browser, which keeps whole pages to go back to (bfcache), as visitors' browsers do and Playwright's do not."""
    yield from _started(driver, ["--disable-back-forward-cache"])


def _started(driver: Playwright, without: Sequence[str] = ()) -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no browser found: none of {', '.join(NAMES)} is on the PATH")
    browser = driver.chromium.launch(
        executable_path=path, args=ARGUMENTS, ignore_default_args=list(without)
    )
    yield browser
    browser.close()


@dataclass
class Tab:
    """An open page of the site, and the faults and outside addresses seen so far."""

    page: Page
    site: str
    faults: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Open an address of the site, forgetting earlier faults, and wait until it has loaded."""
        self.faults.clear()
        self.page.goto(self.site + address)
        return self.page

    def watch(self) -> None:
        """Begin to write down errors, and requests that leave the site."""
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("request", self._request)

    def _console(self, message: object) -> None:
        kind, text = message.type, message.text  # type: ignore[attr-defined]
        # Chromium reports the status of a page that is meant to be missing.
        if kind in ("error", "warning") and "status of 404" not in text:
            self.faults.append(f"{kind}: {text}")

    def _request(self, request: object) -> None:
        if not request.url.startswith((self.site, "data:")):  # type: ignore[attr-defined]
            self.faults.append(f"asked for {request.url}")  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def shared_tab(chromium: Browser, site: str) -> Iterator[Callable[[int, str], Tab]]:
    """Return a function that gives the one tab of a width and scheme; its pages know axe."""
    contexts: list[BrowserContext] = []

    @cache
    def make(width: int, scheme: str) -> Tab:
        tab = _tab(chromium, site, contexts, width, scheme, True)
        tab.page.add_init_script(path=AXE)
        return tab

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def open_tab(chromium: Browser, site: str) -> Iterator[Callable[..., Tab]]:
    """Return a function that opens new tabs, with or without JavaScript."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, scheme: str = "light", javascript: bool = True) -> Tab:
        return _tab(chromium, site, contexts, width, scheme, javascript)

    yield make
    for context in contexts:
        context.close()


def _tab(
    chromium: Browser,
    site: str,
    contexts: list[BrowserContext],
    width: int,
    scheme: str,
    javascript: bool,
) -> Tab:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=javascript,
    )
    contexts.append(context)
    tab = Tab(context.new_page(), site)
    tab.watch()
    return tab
