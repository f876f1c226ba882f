"""Hostile texts in a real browser: nothing runs, and no request leaves for another site.

The pages are opened under our headers, and again with the content security policy switched off, so
that the cleaned text must hold alone. The same texts, not cleaned, do run: so the listeners hear.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from catalogue.build.builder import build
from catalogue.settings import read_settings
from catalogue.web import create_app
from tests.support.hostile_files import FAMILIES, VECTORS, hostile_file
from tests.support.over_http import served
from tests.support.soak import SOAK, counted

pytest_plugins = ["tests.support.real_site", "tests.support.browser"]
pytestmark = pytest.mark.browser

# In `make test-all` each page holds eleven texts, in turns; in `make soak` each one has a page.
GROUPS = [[v] for v in VECTORS] if SOAK else [VECTORS[n::29] for n in range(29)]

# Runs before any script of a page: what a hostile script would call tells us.
LISTEN = (
    "for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => ran(name)"
)
# Does what a visitor may do: points at everything, focuses it, opens it.
PROVOKE = """() => {
  const events = ['mouseover', 'mouseenter', 'pointerenter', 'focus', 'focusin', 'blur', 'toggle',
    'wheel', 'copy', 'animationstart', 'animationend', 'load', 'error'];
  for (const element of document.querySelectorAll('main, main *'))
    for (const name of events) element.dispatchEvent(new Event(name, {bubbles: false}));
  return [...document.querySelectorAll('a[href], area[href], form')]
    .map(link => link.protocol || new URL(link.action || link.href, location.href).protocol);
}"""


@dataclass
class Watched:
    """A page that tells what ran in it, what it asked for elsewhere, and what it complained about."""

    page: Page
    heard: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, context: BrowserContext, site: str) -> Watched:
        watched = cls(context.new_page())
        heard = watched.heard
        context.expose_binding("ran", lambda _, name: heard.append(f"ran {name}"))
        context.add_init_script(LISTEN)
        page = watched.page
        page.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: heard.append(f"error: {error}"))
        page.on("popup", lambda popup: heard.append(f"opened {popup.url}"))

        def answer(route: object) -> None:
            url = route.request.url  # type: ignore[attr-defined]
            if url.startswith(f"{site}/"):
                route.continue_()  # type: ignore[attr-defined]
            else:
                heard.append(f"asked for {url}")
                route.abort()  # type: ignore[attr-defined]

        context.route("**/*", answer)
        return watched


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site over hostile files."""
    folder = tmp_path_factory.mktemp("hostile") / "methods"
    folder.mkdir()
    for number, vectors in enumerate(GROUPS):
        file = folder / f"hostile-{number}.md"
        file.write_text(hostile_file(number, vectors), encoding="utf-8")
    build(folder, folder.with_name("index"))
    settings = replace(read_settings({}), methods_dir=folder, index_dir=folder.with_name("index"))
    with served(create_app(settings)) as address:
        yield address


@pytest.fixture(params=[False, True], ids=["with-policy", "without-policy"])
def watched(
    request: pytest.FixtureRequest, chromium: Browser, hostile_site: str
) -> Iterator[Watched]:
    """A watched page, with our content security policy in force or switched off."""
    context = chromium.new_context(bypass_csp=request.param)
    yield Watched.open(context, hostile_site)
    context.close()


@pytest.mark.soak
def test_nothing_hostile_runs_or_asks_elsewhere_on_any_page_of_a_method(
    watched: Watched, hostile_site: str
) -> None:
    for number, vectors in enumerate(GROUPS):
        watched.page.goto(f"{hostile_site}/methods/hostile-{number}")
        protocols = watched.page.evaluate(PROVOKE)
        assert watched.heard == [], vectors
        assert set(protocols) <= {"http:", "https:", "mailto:"}, vectors
    counted("pages opened in Chromium", len(GROUPS))


@pytest.mark.parametrize(
    "address",
    [
        "/methods?per_page=100",
        "/methods?q=%3Cscript%3Ealert(1)%3C/script%3E&per_page=100",
        "/methods?q=onerror+alert&per_page=100&%22onload=alert(1)=x",
        "/cases",
        "/cases?q=%22%3E%3Cimg+src=x+onerror=alert(1)%3E",
        "/about/quality",
        "/purposes/inform",
    ],
)
def test_nothing_hostile_runs_or_asks_elsewhere_on_pages_of_many(
    watched: Watched, hostile_site: str, address: str
) -> None:
    watched.page.goto(hostile_site + address)
    protocols = watched.page.evaluate(PROVOKE)
    assert watched.heard == []
    assert set(protocols) <= {"http:", "https:", "mailto:"}


def test_nothing_hostile_runs_in_the_suggestions(watched: Watched, hostile_site: str) -> None:
    watched.page.goto(f"{hostile_site}/")
    for typed in ("al", "scri", "also"):
        watched.page.locator("#q").fill("")
        watched.page.locator("#q").press_sequentially(typed)
        watched.page.locator("[role=option]").first.wait_for()
        watched.page.evaluate(PROVOKE)
    assert watched.heard == []


def test_the_same_texts_run_where_nothing_cleans_them(chromium: Browser, hostile_site: str) -> None:
    context = chromium.new_context(bypass_csp=True)
    watched = Watched.open(context, hostile_site)
    ran = 0
    family = FAMILIES["handlers"]
    for vector in family:
        watched.heard.clear()
        watched.page.goto(f"{hostile_site}/healthz")
        watched.page.set_content(f"<main>{vector}</main>")
        watched.page.evaluate(PROVOKE)
        ran += any(line.startswith("ran ") for line in watched.heard)
    context.close()
    assert ran > len(family) / 2
