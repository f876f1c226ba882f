"""Nothing in one method file takes another method off the site: it is reported, and links to what is gone are plain text."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from catalogue.settings import read_settings
from catalogue.storage.folder import current_build
from catalogue.web import create_app
from tests.conftest import GOOD, METHODS, linked_copy
from tests.support.editing import change

SLUGS = frozenset(path.stem for path in GOOD.glob("*.md"))
DEGRADED = (
    "The method files have {}: files or links are left out. Run `catalogue check`; it says which."
)


def copy_title(folder: Path) -> None:
    """Put a stray copy of a method into the folder, under a name that is read before it."""
    shutil.copy(folder / "postcard-survey.md", folder / "a-survey.md")


WAYS: dict[str, tuple[Callable[[Path], object], set[str], set[str]]] = {
    "removed": (
        lambda folder: (folder / "postcard-survey.md").unlink(),
        {"postcard-survey"},
        set(),
    ),
    "renamed": (
        lambda folder: (folder / "postcard-survey.md").rename(folder / "poll.md"),
        {"postcard-survey"},
        {"poll"},
    ),
    "capital": (
        lambda folder: (folder / "postcard-survey.md").rename(folder / "Postcard-survey.md"),
        {"postcard-survey"},
        set(),
    ),
    "ending": (
        lambda folder: (folder / "postcard-survey.md").rename(folder / "postcard-survey.md.txt"),
        {"postcard-survey"},
        set(),
    ),
    "unreadable": (
        lambda folder: (folder / "postcard-survey.md").write_bytes(b"\xff"),
        {"postcard-survey"},
        set(),
    ),
    "copied": (copy_title, set(), {"a-survey"}),
    "alias of another": (
        lambda folder: change(
            folder / "barn-meeting.md", "aliases: [", 'aliases: ["Postcard survey", '
        ),
        set(),
        set(),
    ),
    "related to itself": (
        lambda folder: change(
            folder / "postcard-survey.md", "related: [", "related: [postcard-survey, "
        ),
        set(),
        set(),
    ),
}


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Callable[[], FlaskClient]]:
    """A copy of the small methods of the tests, and a function that builds them and opens the public site."""
    return _site(shutil.copytree(GOOD, tmp_path / "methods"), tmp_path / "index")


@pytest.fixture
def site(tmp_path: Path, real_index: Path) -> tuple[Path, Callable[[], FlaskClient]]:
    """The same of the real methods."""
    index = linked_copy(real_index, tmp_path / "index")
    return _site(shutil.copytree(METHODS, tmp_path / "methods"), index)


def _site(folder: Path, index: Path) -> tuple[Path, Callable[[], FlaskClient]]:
    def opened() -> FlaskClient:
        settings = replace(read_settings({}), methods_dir=folder, index_dir=index, reload=True)
        app = create_app(settings)
        app.test_client().get("/")
        assert current_build(index)
        return create_app(replace(settings, reload=False)).test_client()

    return folder, opened


@pytest.mark.parametrize("way", WAYS)
def test_no_file_takes_another_off_the_site_and_readyz_says_that_something_is_wrong(
    small: tuple[Path, Callable[[], FlaskClient]], way: str
) -> None:
    folder, opened = small
    act, gone, new = WAYS[way]
    act(folder)
    client = opened()
    ready = client.get("/readyz").get_json()
    assert ready["methods"] == len(SLUGS - gone | new)
    assert ready["status"] == "degraded"
    count = int(ready["reason"].split()[4])
    assert ready["reason"] == DEGRADED.format("1 error" if count == 1 else f"{count} errors")
    for slug in SLUGS - gone | new:
        assert client.get(f"/methods/{slug}").status_code == 200, slug


def test_links_to_a_method_that_is_gone_are_plain_text_and_come_back_with_it(
    site: tuple[Path, Callable[[], FlaskClient]],
) -> None:
    folder, opened = site

    def links(client: FlaskClient, path: str) -> list[str]:
        main = BeautifulSoup(client.get(path).text, "lxml").find("main")
        assert main
        return [a.get_text(strip=True) for a in main.select('a[href="/methods/survey"]')]

    pages = ("/methods/telephone-poll", "/purposes/gather-views", "/before-you-choose")
    whole = opened()
    before = {path: links(whole, path) for path in pages}
    assert before["/methods/telephone-poll"] and before["/purposes/gather-views"]
    text = (folder / "survey.md").read_text(encoding="utf-8")
    (folder / "survey.md").unlink()
    client = opened()
    for path in pages:
        assert links(client, path) == [], path
    words = BeautifulSoup(client.get("/methods/telephone-poll").text, "lxml").get_text()
    assert before["/methods/telephone-poll"][0] in words
    method = client.get("/api/v1/methods/telephone-poll").get_json()
    assert "survey" not in method["related"]
    assert not any("/methods/survey" in section["html"] for section in method["sections"])
    (folder / "survey.md").write_text(text, encoding="utf-8")
    again = opened()
    assert {path: links(again, path) for path in pages} == before
    assert again.get("/readyz").get_json()["status"] == "ready"
