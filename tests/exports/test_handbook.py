"""The handbook holds every method once, under its main purpose, and every link inside it leads somewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from catalogue.exports.handbook.epub import epub
from catalogue.exports.handbook.xhtml import to_xhtml
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings, read_settings
from catalogue.vocabulary import VOCABULARY
from tests.support.command import FINE, Command
from tests.support.page import PageClient

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"


@pytest.fixture(scope="module")
def book(snapshot: Snapshot) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(epub(snapshot, read_settings({}))))


def xhtml(book: zipfile.ZipFile) -> Iterator[tuple[str, ElementTree.Element]]:
    for name in book.namelist():
        if name.endswith(".xhtml"):
            yield name.removeprefix("EPUB/"), ElementTree.fromstring(book.read(name))


def test_the_page_has_each_method_once_under_its_main_purpose(
    page: PageClient, snapshot: Snapshot
) -> None:
    soup = page.get("/handbook")
    shown = {
        str(section["aria-labelledby"]).removeprefix("purpose-"): [
            h.get_text() for h in section("h3")
        ]
        for section in soup.select("main section")
    }
    main: dict[str, list[str]] = {}
    for option in VOCABULARY.facets["purpose"].options:
        titles = [card.title for card in snapshot.cards if card.purposes[0] == option.value]
        if titles:
            main[option.value] = titles
    assert shown == main
    assert soup.select('meta[name="robots"]')[0]["content"] == "noindex, follow"


def test_a_parameter_which_the_page_does_not_know_is_named_and_a_choice_is_carried(
    page: PageClient,
) -> None:
    soup = page.get("/handbook?m=reed-panel&plan=reed-panel")
    assert [notice.get_text() for notice in soup.select(".notices p")] == [
        "We ignored “m”, which is not a filter we know."
    ]
    assert not page.get("/handbook").select(".notices")


def test_links_between_methods_stay_on_the_page_and_lead_somewhere(page: PageClient) -> None:
    soup = page.get("/handbook")
    inside = {str(a["href"]) for a in soup.select('main a[href^="#"]')}
    assert {"#harvest-jury", "#barn-meeting"} <= inside
    assert [href for href in inside if soup.find(id=href[1:]) is None] == []
    assert soup.select('main a[href^="/methods/"]') == []


def test_an_e_book_begins_with_its_type_uncompressed(book: zipfile.ZipFile) -> None:
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.read("mimetype") == b"application/epub+zip"
    assert book.testzip() is None


def test_the_package_names_every_file_and_reads_every_page_once(
    book: zipfile.ZipFile, snapshot: Snapshot
) -> None:
    package = ElementTree.fromstring(book.read("EPUB/package.opf"))
    items = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    outside = {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert {f"EPUB/{href}" for href in items.values()} == set(book.namelist()) - outside
    read = [items[ref.get("idref")] for ref in package.iter(f"{OPF}itemref")]
    slugs = [f"{card.slug}.xhtml" for card in snapshot.cards]
    assert sorted(map(str, read)) == sorted(["title.xhtml", "nav.xhtml", *slugs])


def test_every_link_and_picture_of_the_e_book_is_in_it_and_pictures_are_described(
    book: zipfile.ZipFile,
) -> None:
    names = {name.removeprefix("EPUB/") for name in book.namelist()}
    pictures = 0
    for name, root in xhtml(book):
        for link in root.iter(f"{XHTML}a"):
            href = link.get("href", "")
            assert href in names or href.startswith(("https://", "http://", "mailto:")), (
                name,
                href,
            )
        for image in root.iter(f"{XHTML}img"):
            assert image.get("src") in names
            assert (image.get("alt") or "").endswith(".")
            pictures += 1
    assert pictures == 6


def test_a_link_to_another_page_of_the_site_leads_there_if_the_site_has_an_address() -> None:
    html = '<p>A <a class="term" href="/glossary#lot">lot</a> &amp; <br>more</p>'
    assert to_xhtml(html, "") == "<p>A lot &amp; <br/>more</p>"
    assert to_xhtml(html, "https://a.example") == (
        '<p>A <a href="https://a.example/glossary#lot">lot</a> &amp; <br/>more</p>'
    )


def test_equal_builds_give_equal_books(snapshot: Snapshot) -> None:
    settings = read_settings({})
    assert epub(snapshot, settings) == epub(snapshot, settings)
    named = epub(snapshot, replace(settings, site_name='Ada & "Co"'))
    package = zipfile.ZipFile(io.BytesIO(named)).read("EPUB/package.opf").decode()
    assert "<dc:title>Ada &amp; &quot;Co&quot;</dc:title>" in package


def test_the_command_writes_the_book_into_a_file(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "out" / "book.epub"
    result = Command(settings)("export", "epub", file)
    assert (result.exit_code, result.stdout) == (FINE, f"6 methods written to {file}.\n")
    assert zipfile.is_zipfile(file)
