"""Everything the interface says can be translated.

A made-up translation puts each extracted text in «brackets»; on a page in that language, whatever
has no brackets and is not a contributor's own text was forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Comment, Doctype, Tag

from catalogue import i18n
from catalogue.authoring.form.form_messages import in_form
from catalogue.model.codes import CODES
from catalogue.model.completeness import RULES
from catalogue.model.fields import FIELDS
from catalogue.model.problems import Problem
from catalogue.presentation.notice_texts import notice_text
from catalogue.search.parameters import Notice
from catalogue.settings import PROJECT, Settings, read_settings
from catalogue.uses.use import FIELDS as USE_FIELDS
from catalogue.vocabulary import VOCABULARY, VOCABULARY_FILE
from catalogue.web import create_app
from tests.support.command import FINE, Command
from tests.support.page import PageClient
from tests.support.reading import texts, words

GOOD = Path(__file__).parent / "data" / "methods_good"
LANGUAGE = "cy"
# The texts of methods, and the introductions that stand in texts/.
# What stands in code is written in files, in no language.
CONTRIBUTED = ".part .prose, p + .prose, code, .guide-links, .guidance a, .guidance__summary, .law a, .law .related__summary"


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What `pybabel extract` finds, run as docs/translating.md says."""
    template = tmp_path_factory.mktemp("extracted") / "messages.pot"
    CommandLineInterface().run(
        ["pybabel", "-q", "extract", "-F", str(PROJECT / "babel.cfg"), "-o", str(template),
         str(PROJECT)]
    )  # fmt: skip
    with template.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def bracketed(extracted: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    """The site in the made-up language."""
    folder = tmp_path_factory.mktemp("translations")
    catalog = Catalog(locale=LANGUAGE)
    for message in extracted:
        if message.id:
            catalog.add(message.id, translation(message.id, catalog.num_plurals))
    file = folder / LANGUAGE / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        write_mo(stream, catalog)
    index_dir = tmp_path_factory.mktemp("index")
    settings = replace(read_settings({}), methods_dir=GOOD, index_dir=index_dir, language=LANGUAGE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "TRANSLATIONS", folder)
        yield PageClient(create_app(settings))


def translation(message: str | tuple[str, str], plurals: int) -> str | tuple[str, ...]:
    if isinstance(message, str):
        return f"«{message}»"
    return tuple(f"«{message[1]}»" for _ in range(plurals))


def without_brackets(text: str) -> list[str]:
    """Return the pieces of a text that stand outside all brackets and hold a letter."""
    depth, piece, pieces = 0, "", []
    for letter in text:
        if letter in "«»":
            depth += 1 if letter == "«" else -1
            pieces.append(piece)
            piece = ""
        elif not depth:
            piece += letter
    pieces.append(piece)
    assert depth == 0, text
    split = (part for piece in pieces for part in re.split(r"\s–\s|,\s|\s·\s", piece))
    cleaned = (" ".join(part.strip(" \t\n.,:;·()–×").split()) for part in split)
    return [piece for piece in cleaned if re.search(r"[^\W\d_]", piece)]


def visible(soup: BeautifulSoup) -> Iterator[str]:
    """Yield every text of a page that people see or hear."""
    for tag in soup.select(CONTRIBUTED):
        tag.decompose()
    for text in soup.find_all(string=True):
        if not isinstance(text, (Comment, Doctype)):
            yield str(text)
    for tag in soup.find_all(True):
        for name in ("aria-label", "alt", "title", "placeholder"):
            if tag.get(name):
                yield str(tag[name])


def contributed() -> set[str]:
    """Return the texts of contributors, and the names that are the same in every language."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)
        else:
            yield str(value).rstrip(".").lower()

    found = {"the participation catalogue", "cc by 4.0"}
    found |= {"csv", "json", "word", "markdown", "bibtex", "ris"}
    for file in GOOD.glob("*.md"):
        _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
        found |= set(walk(yaml.safe_load(head)))
        found |= {line.replace("**", "").rstrip(".").lower() for line in body.splitlines()}
    return found


def untranslated(soup: BeautifulSoup) -> list[str]:
    """Return the texts on a page that nobody can translate."""
    own = contributed()
    addresses = re.compile(r"/[\w/-]+|zzz")
    return [
        piece
        for text in visible(soup)
        for piece in without_brackets(text)
        if not addresses.fullmatch(piece) and not any(piece.lower() in known for known in own)
    ]


PAGES = {
    "home": "/",
    "results": "/methods?q=village+witnesses+zzz&purpose=inform&cost=low&cost=unknown&weeks=12"
    "&people=1-900&per_page=1&page=2&page=3&sort=cost&level=zzz&hours=zzz&zzz=1&budget=5000",
    "no result": "/methods?q=zzz&cost=low",
    "method": "/methods/harvest-jury",
    "method with little known": "/methods/web-idea-box",
    "about": "/about",
    "a purpose": "/purposes/gather-views",
    "an audience": "/audiences/general-public",
    "contributors": "/contributors",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_no_text_of_the_interface_is_left_untranslated(bracketed: PageClient, address: str) -> None:
    soup = bracketed.get(address)
    assert words(soup.select_one("footer")).count("«") > 3
    assert untranslated(soup) == []


@pytest.mark.parametrize("address", ["/methods/zzz", "/zzz"])
def test_no_text_of_an_error_page_is_left_untranslated(bracketed: PageClient, address: str) -> None:
    assert untranslated(bracketed.get(address, status=404)) == []


def test_an_error_in_json_is_translated(bracketed: PageClient) -> None:
    error = bracketed.client.get("/api/v1/methods/zzz").get_json()["error"]
    assert without_brackets(error["title"]) == without_brackets(error["detail"]) == []


def test_labels_in_json_are_translated(bracketed: PageClient) -> None:
    facets = bracketed.client.get("/api/v1/methods").get_json()["facets"]
    labels = [option["label"] for options in facets.values() for option in options]
    assert [label for label in labels if not re.fullmatch("«[^«»]+»", label)] == []


def test_a_page_names_its_language_and_writes_dates_and_numbers_in_it(
    bracketed: PageClient,
) -> None:
    soup = bracketed.get("/methods/harvest-jury")
    assert isinstance(soup.html, Tag)
    assert soup.html["lang"] == LANGUAGE
    assert any("15 Ionawr 2026" in line for line in texts(soup, ".colophon li"))


def test_extraction_finds_every_label_of_the_vocabulary(extracted: Catalog) -> None:
    known = {message.id for message in extracted}
    wanted = set(VOCABULARY.headings)
    for facet in (*VOCABULARY.facets.values(), *VOCABULARY.choices.values()):
        wanted |= {facet.label, facet.question}
        for option in facet.options:
            wanted |= {option.label, option.help, option.group}
    for numbers in VOCABULARY.ranges.values():
        wanted |= {numbers.label, numbers.question, numbers.unit}
    assert wanted - {""} - known == set()


def test_extraction_finds_every_template_of_a_message_and_what_a_field_holds(
    extracted: Catalog,
) -> None:
    known = {message.id for message in extracted}
    wordings = [wording for code in CODES.values() for wording in code.wordings.values()]
    wanted = {text for wording in wordings for text in asdict(wording).values() if text}
    wanted |= {inner.meaning for field in FIELDS for inner in (field, *field.fields)}
    wanted |= {field.meaning for field in USE_FIELDS}
    assert wanted - known == set()


@pytest.mark.usefixtures("bracketed")
def test_a_message_is_translated_with_its_values() -> None:
    missing = [rule.meaning for rule in RULES[2:4]]
    problem = Problem("page-thin", "methods/a.md", 1, 1, {"score": 9, "missing": missing})
    reversed_cost = Problem("range-reversed", "methods/a.md", 1, 1, {"low": 2, "high": 1}, "cost")
    with i18n.language(LANGUAGE):
        assert str(problem) == (
            "methods/a.md:1:1: warning: «this page is thin: 9 of 100 points for completeness». "
            "«Add what is missing: «Two sources or more.» «A source whose publisher does not promote the "
            "method.»» [page-thin]"
        )
        assert in_form(reversed_cost) == (
            "«“«Higher figure»” (1) is smaller than “«Lower figure»” (2)»",
            "«Change the two over.»",
        )


def test_no_message_of_the_form_is_left_untranslated(bracketed: PageClient) -> None:
    typed = {"cost-band": "low", "cost-low": "9", "cost-high": "1", "sources-1-by": "A"}
    page = bracketed.client.post("/contribute/new", data=typed)
    listed = texts(BeautifulSoup(page.data, "lxml"), ".govuk-error-summary__list li")
    assert len(listed) > 6
    assert [text for text in listed if without_brackets(text)] == []


def test_extraction_names_the_line_of_a_label(extracted: Catalog) -> None:
    (message,) = [message for message in extracted if message.id == "Collect views"]
    lines = VOCABULARY_FILE.read_text(encoding="utf-8").splitlines()
    (place,) = message.locations
    assert lines[place[1] - 1].strip() == "label: Collect views"


@pytest.mark.usefixtures("bracketed")
def test_a_translation_may_change_the_order_of_words() -> None:
    with i18n.language(LANGUAGE):
        assert notice_text(Notice("parameter-unknown", "zzz")) == (
            "«We ignored “zzz”, which is not a filter we know.»"
        )


@pytest.mark.usefixtures("bracketed")
def test_a_language_holds_for_its_block_and_no_longer() -> None:
    with i18n.language(LANGUAGE):
        assert (i18n.gettext("Cost"), i18n.locale()) == ("«Cost»", LANGUAGE)
        with i18n.language("de"):
            assert (i18n.gettext("Cost"), i18n.number(1234.5)) == ("Cost", "1.234,5")
        assert i18n.gettext("Cost") == "«Cost»"
    assert (i18n.gettext("Cost"), i18n.number(1234.5)) == ("Cost", "1,234.5")


@pytest.mark.usefixtures("bracketed")
def test_another_thread_keeps_its_own_language() -> None:
    with i18n.language(LANGUAGE), ThreadPoolExecutor(1) as pool:
        assert pool.submit(i18n.gettext, "Cost").result() == "Cost"


@pytest.mark.parametrize(
    "content, reason",
    [(None, "is missing"), (b"", r"cannot be read \(.+\)"), (b"no catalogue", r"cannot be read \(.+\)")],
    ids=["missing", "empty", "damaged"],
)  # fmt: skip
def test_a_language_without_a_translation_is_told_and_pages_say_that_they_are_in_english(
    content: bytes | None, reason: str, tmp_path: Path, settings: Settings,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    monkeypatch.setattr(i18n, "TRANSLATIONS", tmp_path / "translations")
    file = tmp_path / "translations" / LANGUAGE / "LC_MESSAGES" / "messages.mo"
    if content is not None:
        file.parent.mkdir(parents=True)
        file.write_bytes(content)
    app = create_app(replace(settings, language=LANGUAGE))
    assert PageClient(app).get("/methods").html["lang"] == "en-GB"
    assert re.fullmatch(
        rf"CATALOGUE_LANGUAGE is cy, and translations/cy/LC_MESSAGES/messages\.mo {reason}\. What the interface "
        r"says stays in English\. docs/translating\.md says how to make that file\.",
        caplog.messages[0],
    )
    assert Command(settings)("search", "harvest", CATALOGUE_LANGUAGE=LANGUAGE).exit_code == FINE


def test_english_needs_no_translation(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    american = replace(settings, language="en_US")
    assert (i18n.with_translation(american), caplog.messages) == (american, [])
