"""Nothing is wider than a phone, whatever a contributor writes and however large a visitor's text is.

One method has a word of 75 letters and a long address in every place where a text may stand.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from catalogue.authoring.form.method_writer import write_method
from catalogue.settings import PROJECT, read_settings
from catalogue.validation.reader import MAX_BYTES, read_method_text
from catalogue.vocabulary import VOCABULARY
from catalogue.web import create_app
from tests.conftest import GOOD
from tests.support.contrast import OPEN_ALL
from tests.support.over_http import served

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

WORD = "Öffentlichkeitsbeteiligungsverfahrens" * 2 + "x"
ADDRESS = f"https://example.org/{'a' * 75}/{WORD[:60].lower()}?{'q' * 75}=1"
PROSE = f"{WORD} {ADDRESS} `{WORD}`"
NOTE = PROSE[:300]
BLOCKS = f"""{PROSE}

### {WORD}

- {PROSE}
  - [{WORD}]({ADDRESS})

1. **{WORD}**

> {PROSE}

| {WORD[:40]} | b | c |
|---|---|---|
| {PROSE} | {WORD} | {WORD} |

```
{WORD * 3}
```
"""
SLUG = "w" * 75
VALUES: dict[str, Any] = {
    "title": WORD[:60],
    "aliases": [WORD, f"{WORD} two"],
    "asked_as": [f"{WORD} needed"],
    "summary": f"{WORD} {'z' * 75}",
    "purposes": ["build-community", "deliberate"],
    "audience": ["local-residents"],
    "group_size": {"min": 1, "max": 999_999, "note": NOTE},
    "cost": {"low": 1, "high": 99_999_999, "basis": "source", "note": NOTE},
    "not_for": [PROSE],
    "inclusion": dict.fromkeys(VOCABULARY.facets["inclusion"].values, PROSE),
    "related": ["reed-panel"],
    "cases": [
        {"title": WORD, "place": WORD, "country": WORD[:60], "year": 2020, "result": "worked",
         "outcome": PROSE, "url": ADDRESS},
        {"title": WORD, "outcome": PROSE},
    ],
    "sources": [{"title": WORD, "by": WORD, "url": ADDRESS}, {"title": f"{WORD} two", "by": WORD}],
    "contributors": [{"name": WORD, "role": "wrote", "url": ADDRESS}],
    "licence": "CC-BY-4.0",
    "sections": {**dict.fromkeys(VOCABULARY.sections, PROSE), "what-it-is": BLOCKS},
}  # fmt: skip
FILE = write_method(VALUES)
FAULTY = FILE.replace("purposes: [", f"purposes: [{WORD}, ", 1).replace("## Origin", f"## {WORD}")
NOWHERE = (f"/methods/{WORD}", f"/{SLUG}")
WHERE = (
    *("/", f"/methods/{SLUG}", "/methods/reed-panel", "/methods", f"/methods?q={WORD}"),
    f"/methods?q={WORD[:36]}+lottery&cost=low&{WORD}={WORD}",
    *("/purposes/build-community", "/audiences/local-residents", "/cases", f"/cases?q={WORD}"),
    *("/contributors", "/about/quality", "/about", "/api", "/glossary", *NOWHERE),
    *("/contribute", f"/contribute/new?title={WORD}", "/contribute/check"),
)  # fmt: skip
# What sticks out of the page, innermost first; what scrolls inside itself may be as wide as it likes.
WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .filter((e) => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll'))
    .map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`).slice(-4);
}"""
TEXT_SIZE = "(size) => { document.documentElement.style.fontSize = size; }"
# Widths of phones, and the size of text; each page is loaded once and shown in all of them, the widest first.
SIZES = [(375, ""), (320, ""), (375, "200%"), (320, "200%")]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site in development, whose pages show the problems of a faulty file too."""
    folder = tmp_path_factory.mktemp("long")
    methods = Path(shutil.copytree(GOOD, folder / "methods"))
    (methods / f"{SLUG}.md").write_text(FILE, encoding="utf-8")
    other = FAULTY.replace("Öff", "Eff")  # no two methods may have one name
    (methods / f"{'v' * 75}.md").write_text(other, encoding="utf-8")
    settings = replace(read_settings({}), methods_dir=methods, index_dir=folder / "index",
                       reload=True, site_url=f"https://{'s' * 60}.example",
                       repository_url="https://github.com/o/r", contact_email=f"{'m' * 75}@example.org")  # fmt: skip
    return create_app(settings)


@pytest.fixture(scope="module")
def site(app: Flask) -> Iterator[str]:
    """The address of that site."""
    with served(app) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A tab."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def wide(page: Page) -> list[str]:
    """Return what is wider than a phone in any size, with everything folded and unfolded."""
    found = _wide_in_any_size(page)
    page.evaluate(OPEN_ALL)
    return [*found, *_wide_in_any_size(page)]


def _wide_in_any_size(page: Page) -> list[str]:
    found = []
    for width, text in SIZES:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(TEXT_SIZE, text)
        found += [f"{width} {text}: {what}" for what in page.evaluate(WIDER)]
    return found


def test_the_long_method_is_whole_so_every_text_of_it_is_shown() -> None:
    reading = read_method_text("x.md", SLUG, FILE)
    assert [str(p) for p in reading.problems if p.severity == "error"] == []
    assert len(FILE.encode()) < MAX_BYTES


def test_no_page_is_wider_than_the_screen(page: Page, site: str) -> None:
    found = {}
    for path in WHERE:
        response = page.goto(site + path)
        assert response is not None
        assert response.ok or path in NOWHERE
        found[path] = wide(page)
    assert {path: what for path, what in found.items() if what} == {}


def test_no_answer_to_a_contributor_is_wider_than_the_screen(page: Page, site: str) -> None:
    found = {}
    for name, text in {"whole": FILE, "faulty": FAULTY, "nothing": WORD}.items():
        page.goto(f"{site}/contribute/check")
        page.fill("#f-text", text)
        page.get_by_role("button", name="Check and preview").click()
        page.wait_for_selector("#answer")
        found[name] = wide(page)
    page.goto(f"{site}/contribute/new")
    page.evaluate(OPEN_ALL)
    for control in page.query_selector_all(".questions input:not([type=checkbox]), textarea"):
        control.fill(PROSE)
    page.get_by_role("button", name="Check and preview").first.click()
    page.wait_for_selector("#answer")
    found["form"] = wide(page)
    assert {name: what for name, what in found.items() if what} == {}


def test_suggestions_are_no_wider_than_the_screen(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("#q").press_sequentially("öffentlich")
    page.wait_for_selector("[role=option]")
    assert wide(page) == []


def test_one_rule_breaks_long_words_everywhere() -> None:
    styles = (PROJECT / "static" / "catalogue.css").read_text(encoding="utf-8")
    assert styles.count("overflow-wrap: anywhere") == 1
