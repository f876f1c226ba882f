"""The check of files: whatever is pasted or uploaded gets its problems by line, and a preview."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from catalogue.validation.reader import MAX_BYTES
from catalogue.vocabulary import VOCABULARY
from tests.support.page import PageClient, page_problems
from tests.support.reading import attribute, texts, words
from tests.support.search_helpers import tries

GOOD = Path(__file__).parents[1] / "data" / "methods_good"
# Two files that share a name are bad only together.
BAD = sorted(
    path
    for path in (Path(__file__).parents[1] / "data" / "methods_bad").glob("*.md")
    if path.is_file() and not path.name.startswith("same-")
)
JURY = (GOOD / "harvest-jury.md").read_text(encoding="utf-8")
OTHER = JURY.replace("Harvest jury", "Lantern jury", 1).replace("aliases:", "# aliases:", 1)


def upload(page: PageClient, raw: bytes, name: str = "lantern-jury.md") -> BeautifulSoup:
    return page.post("/contribute/check", {"upload": (BytesIO(raw), name)})


def said(soup: BeautifulSoup) -> list[str]:
    return texts(soup, ".govuk-error-summary li")


def test_the_page_takes_a_text_or_a_file(page: PageClient) -> None:
    soup = page.get("/contribute/check")
    assert attribute(soup, ".questions", "enctype") == "multipart/form-data"
    assert [tag["name"] for tag in soup.select(".questions [name]")] == ["text", "upload"]


def test_nothing_sent_is_said_beside_the_box(page: PageClient) -> None:
    soup = page.post("/contribute/check", {"text": " \n"})
    assert texts(soup, "#f-text-error") == ["Error: Paste a text or choose a file."]


def test_a_method_that_is_here_is_checked_as_a_change_of_it(page: PageClient) -> None:
    soup = page.post("/contribute/check", {"text": JURY.replace("\n", "\r\n")})
    assert said(soup) == []
    assert texts(soup, "h1") == ["“Harvest jury” is here already, and your file changes nothing"]
    assert soup.select(".send, a[href='#send']") == []
    assert texts(soup, ".preview .method__title") == ["Harvest jury"]
    assert "/methods/harvest-jury" not in [a["href"] for a in soup.select(".answer a")]


def test_a_file_with_the_name_of_another_method_names_that_file(page: PageClient) -> None:
    soup = upload(page, JURY.encode(), "lantern-jury.md")
    first = 'Line 2: The name "Harvest jury" is taken already, on methods_good/harvest-jury.md:2.'
    assert said(soup)[0].startswith(first)


def test_problems_have_the_lines_of_the_text_that_stands_there_to_be_fixed(
    page: PageClient,
) -> None:
    lines = OTHER.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("purposes:"))
    lines[at] = "purposes: [dance]"
    text = "\n".join(lines)
    soup = page.post("/contribute/check", {"text": text})
    (problem,) = said(soup)
    assert problem.startswith(f'Line {at + 1}: Purpose "dance" is not one we use.')
    assert soup.select("#f-text")[0].get_text().removeprefix("\n") == text
    assert texts(soup, ".preview .method__title") == ["Lantern jury"]


def test_the_preview_shows_both_texts_under_a_heading_given_twice_with_anchors_of_their_own(
    page: PageClient,
) -> None:
    soup = page.post("/contribute/check", {"text": f"{OTHER}\n## Strengths\n\n- It is dry.\n"})
    assert any(
        'heading "Strengths" is given twice' in line.replace("Heading", "heading")
        for line in said(soup)
    )
    headings = [h for h in soup.select(".preview .part h4") if words(h) == "Strengths"]
    assert [str(heading["id"]) for heading in headings] == ["strengths", "strengths-12"]
    links = {str(a["href"]) for a in soup.select(".preview .contents a") if words(a) == "Strengths"}
    assert links == {"#strengths", "#strengths-12"}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Mac"])
def test_every_kind_of_text_file_is_read(page: PageClient, mark: bytes, end: str) -> None:
    soup = upload(page, mark + OTHER.replace("\n", end).encode())
    assert said(soup) == []
    assert texts(soup, ".preview .method__title") == ["Lantern jury"]


def test_a_text_in_latin_1_is_read_and_the_encoding_named(page: PageClient) -> None:
    soup = upload(page, OTHER.replace("Lantern jury", "Lantern jury café", 1).encode("cp1252"))
    assert said(soup)[0] == (
        "Line 2: This file is not in UTF-8, so its accents cannot be read. "
        'Save it again with the encoding "UTF-8".'
    )
    assert texts(soup, ".preview .method__title") == ["Lantern jury café"]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "This file is empty. Write the method, or take the file out."),
        (b"---\x00---", "This is not a text file. Save it as plain text."),
        (b"a" * (MAX_BYTES + 1), f"This file has {MAX_BYTES + 1:,} bytes and the limit is {MAX_BYTES:,}. A method has about "
         "10,000. Keep the text short and leave pictures out."),
    ],
    ids=["empty", "binary", "large"],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_nothing_is_shown(
    page: PageClient, raw: bytes, problem: str
) -> None:
    soup = upload(page, raw)
    assert said(soup) == [f"Line 1: {problem}"]
    assert soup.select(".preview") == []


@pytest.mark.parametrize("size", [10, MAX_BYTES * 2])
@pytest.mark.parametrize(
    ("name", "start", "said_of_it"),
    [
        ("My Photo.png", b"\x89PNG", "This is a picture and not plain text. Type what it shows into a plain text file."),
        ("a.docx", b"PK\x03\x04", "This is a Word file or another archive and not plain text. "
         "Open it in its own program and save it as plain text."),
        ("a.pdf", b"%PDF", "This is a PDF and not plain text. Open it in its own program and save it as plain text."),
    ],
)  # fmt: skip
def test_of_a_file_of_another_program_its_kind_alone_is_said_whatever_its_name_and_size(
    page: PageClient, name: str, start: bytes, said_of_it: str, size: int
) -> None:
    soup = upload(page, start + b"\0" * size, name)
    assert said(soup) == [f"Line 1: {said_of_it}"]
    assert "Copy your text into the form" in words(soup.main)


MARKED = OTHER.replace("purposes:", "<<<<<<< HEAD\nkind: event\n=======\nkind: body\n>>>>>>> theirs\npurposes:", 1)  # fmt: skip


@pytest.mark.parametrize("sent", ["uploaded", "pasted"])
def test_a_text_in_which_git_left_two_versions_comes_back_to_be_mended_and_nothing_else_is_said(
    page: PageClient, sent: str
) -> None:
    soup = (
        upload(page, MARKED.encode())
        if sent == "uploaded"
        else page.post("/contribute/check", {"text": MARKED.replace("\n", "\r\n")})
    )
    line = MARKED[: MARKED.index("<<<")].count("\n") + 1
    assert [words[:60] for words in said(soup)] == [
        f"Line {line}: Git has left two versions of the following lines here, and marks"[:60]
    ]
    assert soup.select("#f-text")[0].get_text().removeprefix("\n").replace("\r", "") == MARKED
    shown = words(soup.main)
    assert "The lines are those of the text below." in shown
    assert "Mend the lines named above; then you can go on with it in the form." in shown
    assert "No method file yet?" not in shown


@pytest.mark.parametrize(
    ("name", "kept"), [("conf.yaml", 0), ("conf.YML", 0), ("conf.txt", 0), ("conf.yaml", 4)]
)
def test_a_report_in_which_git_left_two_versions_is_told_as_a_report(
    page: PageClient, name: str, kept: int
) -> None:
    # With `kept`, only the ending is left to say what it is.
    text = "".join(REPORT.splitlines(keepends=True)[kept:]).replace("again:", "again_:" if kept else "again:")  # fmt: skip
    text += "<<<<<<< HEAD\nmoney: 1\n=======\nmoney: 2\n>>>>>>> theirs\n"
    soup = upload(page, text.encode(), name)
    line = text[: text.index("<<<")].count("\n") + 1
    conflict = next(words for words in said(soup) if words.startswith(f"Line {line}: Git has left"))
    others = [words for words in said(soup) if words != conflict]
    assert all("uses/" in words and ".md" not in words for words in others)
    assert bool(others) == (not name.endswith(".yaml"))
    assert soup.select("#f-text")[0].get_text().removeprefix("\n") == text
    assert "then you can go on with it in the form" in words(soup.main)


def test_a_method_whose_name_ends_as_that_of_a_report_is_a_method_all_the_same(
    page: PageClient,
) -> None:
    soup = upload(page, OTHER.encode(), "lantern-jury.yaml")
    assert "Rename it to methods/lantern-jury.md" in said(soup)[0]
    assert texts(soup, ".preview .method__title") == ["Lantern jury"]


def test_a_text_that_was_pasted_and_is_too_long_stays_in_the_box(page: PageClient) -> None:
    soup = page.post("/contribute/check", {"text": "a" * (MAX_BYTES + 1)})
    assert len(soup.select("#f-text")[0].get_text().strip()) == MAX_BYTES + 1
    assert len(said(soup)) == 1


def test_a_text_in_utf_16_is_read_and_the_encoding_named_first(page: PageClient) -> None:
    text = OTHER.replace("kind: process", "kind: dance")
    soup = upload(page, text.ljust(MAX_BYTES * 2 // 3).encode("utf-16"), "lantern.txt")
    assert [line[:60] for line in said(soup)] == [
        "Line 1: This file is in UTF-16, which is not what we read. S",
        "Line 1: This file has no .md ending, so it will never be pub",
        'Line 16: Kind "dance" is not one we use. Choose one of activ',
    ]
    assert texts(soup, ".preview .method__title") == ["Lantern jury"]


def test_five_megabytes_are_refused_with_a_page(client: FlaskClient) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="upload"; filename="a.md"\r\n\r\n'
    body += b"a" * 5_000_000 + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    response = client.post("/contribute/check", data=body, content_type=kind)
    assert response.status_code == 413
    soup = BeautifulSoup(response.get_data(as_text=True), "lxml")
    assert texts(soup, "h1") == ["That is too much for us to read"]
    assert response.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("Lantern Jury.md", 'Line 1: The file name "Lantern Jury.md" has a space and capitals.'),
        ("lantern.txt", "Line 1: This file has no .md ending"),
        ("../../lantern/x y.md", 'Line 1: The file name "x y.md" has a space.'),
        ("<b>\x00.md", 'Line 1: The file name "<b>.md" has'),
    ],
)
def test_a_file_name_that_does_not_fit_is_named_without_its_folders(
    page: PageClient, name: str, start: str
) -> None:
    soup = upload(page, OTHER.encode(), name)
    assert said(soup)[0].startswith(start)
    assert soup.select("main b") == []


@pytest.mark.parametrize(
    ("name", "text", "path"),
    [
        *((name, OTHER, "methods/lantern-jury.md") for name in ("lantern-jury (1).md", "my draft - Copy.md", "x copy 2.md",
          "lantern 2.md", "lantern.txt", "lantern.md.txt", "lantern.markdown")),
        # What is there is meant, whatever the title says.
        ("harvest-jury (1).md", OTHER, "methods/harvest-jury.md"),
        # Where the text does not say it, the name does.
        ("lantern jury (1).md", "No title.", "methods/lantern-jury.md"),
        *((name, "REPORT", "uses/2025-03-barnton-harvest-jury.yaml") for name in ("x (1).yaml", "rep.yml", "rep.txt")),
        ("rep (1).yml", "method: harvest-jury\nagain: as-before\n", "uses/rep.yaml"),
    ],
)  # fmt: skip
def test_the_name_a_file_should_have_is_that_of_its_text_and_the_download_has_the_same(
    page: PageClient, name: str, text: str, path: str
) -> None:
    soup = upload(page, (REPORT if text == "REPORT" else text).encode(), name)
    assert f"Rename it to {path}" in " ".join(said(soup))
    downloads = soup.select("form[action='/contribute/file']")
    for form in downloads:
        assert f"/{attribute(form, 'input[name=name]', 'value')}." in path
        kinds = [tag["value"] for tag in form.select("input[name=kind]")]
        assert kinds == (["use"] if path.startswith("uses/") else [])
    assert len(downloads) == (text != "No title.")


@pytest.mark.parametrize("name", ["lantern-jury.md", "lantern-jury-2.md", "name-of-the-method.md"])
def test_a_copy_that_browsers_numbered_and_a_draft_without_a_name_are_sent_under_the_name_of_the_title(
    page: PageClient, name: str
) -> None:
    soup = upload(page, OTHER.encode(), name)
    assert "The whole file, methods/lantern-jury.md" in texts(soup, ".send label")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_every_bad_file_gets_a_well_made_page_with_its_problems(
    page: PageClient, path: Path
) -> None:
    soup = upload(page, path.read_bytes(), path.name)
    assert texts(soup, ".govuk-error-summary li, .advice-list li, .needed li")


@tries(25)
@given(
    raw=st.binary(max_size=300)
    | st.text(max_size=200).map(lambda t: f"---\n{t}\n---\n## {t}".encode(errors="replace"))
)
def test_any_bytes_get_a_well_made_page(app: Flask, raw: bytes) -> None:
    client = app.test_client()
    data = {"upload": (BytesIO(raw), "a.md")}
    response = client.post("/contribute/check", data=data)
    assert response.status_code == 200
    assert page_problems(response.get_data(as_text=True)) == []


def test_a_text_with_facts_and_no_heading_is_shown_as_far_as_it_goes(page: PageClient) -> None:
    soup = page.post("/contribute/check", {"text": '---\ntitle: "Zed"\n---\nNo heading.\n'})
    assert texts(soup, ".preview .method__title") == ["Zed"]
    assert soup.select(".preview .part .prose") == []


def test_a_draft_without_the_headings_of_its_later_texts_is_a_draft_and_lists_them_in_their_order(
    page: PageClient,
) -> None:
    head, first, rest = OTHER.partition("\n## What it is\n")
    steps = rest[rest.index("## How to run it") : rest.index("## What it costs")]
    soup = page.post("/contribute/check", {"text": f"{head}{first}\nWe sit.\n\n{steps}## Origin\n"})
    assert texts(soup, "h1") == ["Your draft is ready"]
    assert said(soup) == []
    needed = texts(soup, ".needed li")
    assert needed[0] == (
        'Use it when. Add a line ## Use it when after the text under "What it is" and write its text below it.'
    )
    assert [line.partition(". Add")[0].partition(": ")[0] for line in needed[:-1]] == [
        heading for heading in VOCABULARY.headings if heading not in ("What it is", "How to run it", "Origin")
    ]  # fmt: skip
    assert needed[-1].endswith(": Origin")


def into_the_form(page: PageClient, soup: BeautifulSoup) -> BeautifulSoup:
    """Press "Go on with it in the form"."""
    form = soup.select_one("form[data-replaces]")
    assert form is not None
    assert texts(form, "button") == ["Go on with it in the form"]
    sent = {"file": attribute(form, "input[name=file]", "value")}
    return page.post(str(form["action"]).removesuffix("#answer"), sent)


def test_a_draft_that_was_downloaded_goes_back_into_the_form_with_its_faults(
    page: PageClient,
) -> None:
    draft = OTHER.replace("staff_days: {min: 20, ", "staff_days: {min: ten, ", 1)
    draft = draft[: draft.index("## Origin")]
    soup = into_the_form(page, upload(page, draft.encode()))
    assert texts(soup, "h1") == ["1 thing to mend"]
    assert attribute(soup, "#f-title", "value") == "Lantern jury"
    assert attribute(soup, "#f-staff_days-min", "value") == "ten"
    assert texts(soup, ".needed li") == ["Origin"]
    assert soup.select(".questions[data-answered]")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ("colour: blue", "The form would lose what cannot be read in this file. Mend the lines named above; then you can go on with it in the form."),
        ("picture: theatre", "The form does not ask for all that this file says (picture), so go on with it here."),
    ],
)  # fmt: skip
def test_what_the_form_would_lose_is_not_taken_into_it(
    page: PageClient, changed: str, sentence: str
) -> None:
    soup = upload(page, OTHER.replace("purposes:", f"{changed}\npurposes:", 1).encode())
    assert soup.select("form[data-replaces]") == []
    assert sentence in words(soup.main)


def test_a_change_of_a_method_that_is_here_is_not_taken_into_the_form_for_new_ones(
    page: PageClient,
) -> None:
    soup = page.post("/contribute/check", {"text": JURY})
    assert soup.select("form[data-replaces]") == []
    assert (
        "This is the file of a page that is here already: Harvest jury. Nothing in it differs from that page, so there is "
        "nothing to send. The form makes new methods only, so a change of it is made in the text below."
    ) in words(soup.main)


def test_a_change_of_a_method_that_is_here_is_told_with_what_it_changes(page: PageClient) -> None:
    changed = JURY.replace("staff_days: {min: 20, ", "staff_days: {min: 19, ", 1)
    changed = changed.replace("## Origin\n", "## Origin\n\nOnce.\n", 1)
    assert changed.count("\n") > JURY.count("\n")
    soup = upload(page, changed.encode(), "harvest-jury.md")
    assert texts(soup, "h1") == ["Your change of “Harvest jury” is ready to send"]
    assert "It changes: staff_days, Origin. The form makes new methods only" in words(soup.main)
    assert len(soup.select(".send")) == 1
    assert "Is it one of these?" not in words(soup.main)


def test_a_faulty_file_of_a_method_that_is_here_is_told_to_be_that(page: PageClient) -> None:
    soup = page.post(
        "/contribute/check", {"text": JURY.replace("purposes:", "colour: b\npurposes:", 1)}
    )
    assert texts(soup, "h1") == ["1 thing to mend"]
    assert "here already: Harvest jury. The form makes new methods only" in words(soup.main)


REPORT = (
    'method: harvest-jury\nplace: "Barnton"\ncountry: England\nwhen: 2025-03\npeople: 12\n'
    'what_happened: "They met."\nagain: with-changes\n'
)


@pytest.mark.parametrize("name", ["2025-03-barnton.yaml", ""])
def test_a_report_from_practice_is_checked_as_one_and_can_be_sent_or_gone_on_with(
    page: PageClient, name: str
) -> None:
    soup = (
        upload(page, REPORT.encode(), name)
        if name
        else page.post("/contribute/check", {"text": REPORT})
    )
    assert texts(soup, "h1") == ["Your report is ready to send"]
    stem = name.removesuffix(".yaml") or "2025-03-barnton-harvest-jury"
    assert f"The whole file, uses/{stem}.yaml" in texts(soup, ".send label")
    assert attribute(soup, ".send input[name=kind]", "value") == "use"
    again = into_the_form(page, soup)
    assert texts(again, "h1") == ["Your report is ready to send"]
    assert attribute(again, "#f-use-place", "value") == "Barnton"
    assert attribute(again, "#f-use-method option[selected]", "value") == "harvest-jury"


def test_the_faults_of_a_report_have_its_lines(page: PageClient) -> None:
    text = REPORT.replace("harvest-jury", "harvest-july").replace("2025-03", "soon")
    soup = upload(page, text.encode(), "x.yaml")
    assert said(soup) == [
        'Line 1: There is no method "harvest-july". Did you mean "harvest-jury"?',
        'Line 4: When is not a month ("soon"). Write year and month: YYYY-MM.',
    ]
    assert texts(into_the_form(page, soup), "#f-use-when-error") == [
        "Error: “soon” is not a month. Write year and month. For example: 2025-03."
    ]


def test_of_endless_problems_a_hundred_are_listed_and_the_rest_counted(page: PageClient) -> None:
    soup = page.post("/contribute/check", {"text": '---\ntitle: "Zed"\n---\n' + "## x\n" * 300})
    listed = said(soup)
    assert len(listed) - 1 == 100
    count = int(words(soup.h1).split()[0])
    assert listed[-1] == f"And {count - 100} more, which are not shown."
