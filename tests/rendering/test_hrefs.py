"""Links that look like ones to this site and lead to another: refused by the check, and no links on a page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from catalogue.authoring.check.check_files import check_files, faulty_texts
from catalogue.rendering.hrefs import leaves_unseen, link_problems
from catalogue.rendering.markdown import to_html
from catalogue.validation.style_checks import prose_problems
from tests.support.command import PROBLEMS, Command
from tests.support.method_text import BODY, method, method_text

# As they stand in Markdown. Browsers lead each to evil.test from some page of a site.
LEAVING = [
    "//evil.test",
    "//evil.test/methods/a",
    "///evil.test",
    r"/\evil.test",
    r"/\\evil.test",
    r"\\\\evil.test",
    r"\\/evil.test",
    r"\/\/evil.test",
    "/&#47;evil.test",
    "&#x2f;/evil.test",
    "/&sol;evil.test",
    "/&bsol;evil.test",
    "/&Tab;/evil.test",
    "/&NewLine;/evil.test",
    "&#32;//evil.test",
    "https:/evil.test",
    "https:evil.test",
    "HTTPS:/evil.test",
    "http:///evil.test",
    r"https:\\evil.test",
    r"https:/\evil.test",
    "<//evil.test>",
    " //evil.test",
    '//evil.test "A title"',
]
STAYING = [
    "https://evil.test",
    "http://evil.test/a//b",
    "mailto:a@evil.test",
    "other.md",
    "./other.md#part",
    "/methods/other",
    "/methods?purpose=inform",
    "#part",
]
WAYS = ["See [x]({}) there.", "See [x][y] there.\n\n[y]: {}", '<a href="{}">x</a>']


def links(markdown: str) -> list[str]:
    """Return the addresses that a page has of a text."""
    found = BeautifulSoup(to_html(markdown), "html.parser").find_all("a", href=True)
    return [str(link["href"]) for link in found]


def leads_away(address: str) -> bool:
    """Whether a browser leaves the site for an address: backslashes are slashes to it, and some blanks are nothing."""
    read = address.strip("\x00\t\n\r ").translate(dict.fromkeys(map(ord, "\t\n\r")))
    read = read.replace("\\", "/")
    for scheme in ("http:", "https:"):
        if read.lower().startswith(scheme):
            read = f"{scheme}//{read[len(scheme) :].lstrip('/')}"
    if read.startswith("//"):
        read = f"//{read.lstrip('/')}"
    return urlsplit(urljoin("https://site.test/methods/a", read)).hostname not in (
        "site.test",
        None,
    )


@pytest.mark.parametrize("address", LEAVING)
@pytest.mark.parametrize("way", WAYS)
def test_no_link_of_a_page_leaves_the_site_unseen(way: str, address: str) -> None:
    assert [link for link in links(way.format(address)) if leads_away(link)] == []


@pytest.mark.parametrize("address", LEAVING)
@pytest.mark.parametrize("way", WAYS[:2])
def test_the_check_refuses_it_at_its_place(way: str, address: str) -> None:
    found = method(body=BODY.replace("It is so.", way.format(address), 1))
    problems = [
        p
        for p in prose_problems("methods/a.md", found, date(2026, 6, 1))
        if p.code == "link-address"
    ]
    written = address.partition(' "')[0].strip().strip("<>")
    (problem,) = problems
    assert problem.severity == "error"
    assert (problem.line, written[:4] in problem.message) == (10 if "[x](" in way else 12, True)
    assert problem.message.endswith('" looks like one to this site and leads to another')


@pytest.mark.parametrize("address", STAYING)
@pytest.mark.parametrize("way", WAYS)
def test_whole_addresses_and_pages_of_the_site_are_links(way: str, address: str) -> None:
    assert list(link_problems("a.md", way.format(address), 1)) == []
    assert len(links(way.format(address))) == 1


@pytest.mark.parametrize(
    "address",
    ["/\t/evil.test", "\x01//evil.test", " \n//evil.test", "ht\ntps:/evil.test", "/\n\\evil.test"],
)
def test_blanks_that_browsers_leave_out_hide_nothing(address: str) -> None:
    assert leaves_unseen(address)


def test_html_with_such_a_link_is_refused_too() -> None:
    (problem,) = link_problems("a.md", "One\n\ntwo <a  href='//evil.test'>x</a>", 5)
    assert (problem.line, problem.column) == (7, 15)


def test_the_command_ends_with_1_and_names_it(tmp_path: Path, settings: object) -> None:
    file = tmp_path / "methods" / "barn-dance.md"
    text = method_text(body=BODY.replace("It is so.", "[x](//evil.test)", 1))
    file.write_text(text, encoding="utf-8")
    result = Command(settings)("check", file)  # type: ignore[arg-type]
    assert result.exit_code == PROBLEMS
    assert (
        'methods/barn-dance.md:10:5: the link to "//evil.test" looks like one to this site and leads to another. '
        "Write the whole address, beginning with https://, or the file name of a method. [link-address]"
    ) in result.stdout.splitlines()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of the site's own texts."""
    folder = tmp_path / "texts"
    (folder / "purposes").mkdir(parents=True)
    (folder / "glossary.md").write_text("## Lot\n\nA draw.\n", encoding="utf-8")
    (folder / "purposes" / "inform.md").write_text("So [it](/methods/a) is.\n", encoding="utf-8")
    return folder


def test_the_sites_own_texts_are_looked_at_too(texts: Path) -> None:
    assert list(faulty_texts(texts)) == []
    (texts / "glossary.md").write_text("## L\u202eot\n\nA [draw](//evil.test).\n", encoding="utf-8")
    (texts / "purposes" / "inform.md").write_bytes(b"caf\xe9")
    said = [str(problem) for reading in faulty_texts(texts) for problem in reading.problems]
    assert [line.partition(": ")[0] for line in said] == [
        "texts/glossary.md:1:5",
        "texts/glossary.md:3:10",
        "texts/purposes/inform.md:1:1",
    ]
    assert said[2] == (
        "texts/purposes/inform.md:1:1: this file cannot be read (it is not in UTF-8). Save it again with the "
        'encoding "UTF-8". [file-unreadable]'
    )


def test_what_git_leaves_of_a_merge_in_the_sites_own_texts_is_named(texts: Path) -> None:
    left = "## Lot\n\n<<<<<<< HEAD\nA draw.\n=======\nA lottery.\n>>>>>>> other\n"
    (texts / "glossary.md").write_text(left, encoding="utf-8")
    (reading,) = faulty_texts(texts)
    assert [(p.code, p.path, p.line) for p in reading.problems] == [
        ("file-conflict", "texts/glossary.md", 3)
    ]


def test_a_check_of_the_whole_names_faulty_texts_and_one_of_files_does_not(
    methods_dir: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (texts / "glossary.md").write_text("A [draw](//evil.test).\n", encoding="utf-8")
    monkeypatch.setattr(
        "catalogue.authoring.check.check_files.faulty_texts", lambda: faulty_texts(texts)
    )
    file = methods_dir / "reed-panel.md"
    for files, codes in (((), ["link-address"]), ((file,), [])):
        checked = check_files(methods_dir, files, date(2026, 6, 1))
        assert [p.code for p in checked.problems if p.severity == "error"] == codes
