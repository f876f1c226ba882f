"""The addresses on the repository's host: their form for each host, and what they decode to."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalogue.authoring.form.code_host import MAX_URL_BYTES, Forge, NewFile, forge_of, mail
from tests.support.search_helpers import tries

TEXT = '---\ntitle: "Q & A"\n---\n\n## What it is\n\n100% "fine" + more; #1, 😀\n'
GITHUB = Forge("github", "GitHub", "https://github.com/o/r", "main")
GITLAB = Forge("gitlab", "GitLab", "https://gitlab.com/o/r", "main")
CODEBERG = Forge("gitea", "Codeberg", "https://codeberg.org/o/r", "main")
ALL = pytest.mark.parametrize("forge", [GITHUB, GITLAB, CODEBERG], ids=lambda f: f.name)


def query(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query, strict_parsing=True))


def start(address: str) -> str:
    return address.partition("?")[0]


@pytest.mark.parametrize(
    ("url", "kind", "name"),
    [
        ("https://github.com/o/r", "github", "GitHub"),
        ("https://github.council.example/o/r", "github", "GitHub"),
        ("https://gitlab.com/o/g/r", "gitlab", "GitLab"),
        ("https://gitlab.example.org/o/r", "gitlab", "GitLab"),
        ("https://codeberg.org/o/r", "gitea", "Codeberg"),
        ("https://forgejo.example.org/o/r", "gitea", "Forgejo"),
        ("https://gitea.example.org/o/r", "gitea", "Gitea"),
    ],
)
def test_a_host_is_known_by_its_name(url: str, kind: str, name: str) -> None:
    forge = forge_of(url, "main")
    assert forge is not None
    assert (forge.kind, forge.name, forge.url) == (kind, name, url)


@pytest.mark.parametrize("url", ["", "https://example.org/gitlab/r", "https://bitbucket.org/o/r"])
def test_no_address_or_an_unknown_host_has_no_forms(url: str) -> None:
    assert forge_of(url, "main") is None


@pytest.mark.parametrize(
    ("forge", "view", "edit"),
    [
        (GITHUB, "/blob/main/methods/a.md", "/edit/main/methods/a.md"),
        (GITLAB, "/-/blob/main/methods/a.md", "/-/edit/main/methods/a.md"),
        (CODEBERG, "/src/branch/main/methods/a.md", "/_edit/main/methods/a.md"),
    ],
    ids=["GitHub", "GitLab", "Codeberg"],
)
def test_a_file_is_viewed_and_edited_at_its_address(forge: Forge, view: str, edit: str) -> None:
    assert forge.view("methods/a.md") == forge.url + view
    assert forge.edit("methods/a.md") == forge.url + edit


def test_github_gets_name_and_text() -> None:
    new = GITHUB.new_file("methods/q-a.md", TEXT, "Paste it.")
    assert start(new.address) == "https://github.com/o/r/new/main"
    assert query(new.address) == {"filename": "methods/q-a.md", "value": TEXT}
    assert new.filled


def test_codeberg_gets_the_folder_in_the_path_and_the_name_and_text_behind() -> None:
    new = CODEBERG.new_file("methods/q-a.md", TEXT, "Paste it.")
    assert start(new.address) == "https://codeberg.org/o/r/_new/main/methods"
    assert query(new.address) == {"filename": "q-a.md", "value": TEXT}
    assert new.filled


def test_gitlab_gets_the_name_alone_and_says_so() -> None:
    address = "https://gitlab.com/o/r/-/new/main?file_name=methods/q-a.md"
    assert GITLAB.new_file("methods/q-a.md", TEXT, "Paste it.") == NewFile(address, False)


def test_a_branch_may_hold_a_slash() -> None:
    forge = Forge("github", "GitHub", "https://github.com/o/r", "drafts/new")
    assert forge.edit("methods/a.md") == "https://github.com/o/r/edit/drafts/new/methods/a.md"


@pytest.mark.parametrize("forge", [GITHUB, CODEBERG], ids=lambda f: f.name)
def test_the_longest_address_is_six_kilobytes_and_a_longer_text_gives_way_to_a_line(
    forge: Forge,
) -> None:
    room = MAX_URL_BYTES - len(forge.new_file("methods/a.md", "", "").address)
    fits = forge.new_file("methods/a.md", "a" * room, "Paste it.")
    assert (len(fits.address), fits.filled) == (6_144, True)
    over = forge.new_file("methods/a.md", "a" * (room + 1), "Paste it.")
    assert query(over.address)["value"] == "Paste it."
    assert not over.filled


def test_the_limit_counts_the_encoded_bytes() -> None:
    assert not GITHUB.new_file("methods/a.md", "é" * 1_100, "Paste it.").filled


@tries(100)
@given(text=st.text(max_size=300))
def test_any_text_survives_the_address(text: str) -> None:
    new = GITHUB.new_file("methods/a.md", text, "")
    assert query(f"{new.address}&end=1").get("value", "") == text


@pytest.mark.parametrize(
    ("forge", "names"),
    [
        (GITHUB, ("/issues/new", "title", "body")),
        (GITLAB, ("/-/issues/new", "issue[title]", "issue[description]")),
        (CODEBERG, ("/issues/new", "title", "body")),
    ],
    ids=["GitHub", "GitLab", "Codeberg"],
)
def test_a_report_has_its_title_and_text_filled_in(
    forge: Forge, names: tuple[str, str, str]
) -> None:
    address = forge.issue("Citizens' jury: cost", "Page: https://example.org/\n\nWhat is wrong?")
    path, title, body = names
    assert start(address) == forge.url + path
    assert query(address) == {
        title: "Citizens' jury: cost",
        body: "Page: https://example.org/\n\nWhat is wrong?",
    }


def test_the_forms_that_github_is_asked_for_exist_and_have_the_field() -> None:
    folder = Path(__file__).parents[2] / ".github" / "ISSUE_TEMPLATE"
    suggested = query(GITHUB.suggestion("New method: ", "What?"))
    assert suggested == {"template": "suggest-a-method.yml", "title": "New method: "}
    reported = query(GITHUB.report("Problem", "https://example.org/methods/a", "What?"))
    assert reported.pop("page") == "https://example.org/methods/a"
    assert reported == {"template": "report-a-problem.yml", "title": "Problem"}
    fields = yaml.safe_load((folder / reported["template"]).read_text(encoding="utf-8"))["body"]
    assert "page" in [field.get("id") for field in fields]
    fields = yaml.safe_load((folder / suggested["template"]).read_text(encoding="utf-8"))["body"]
    known = query(GITHUB.suggestion("New method: ", "What?", "weeks: 0"))
    assert known == {**suggested, "situation": "weeks: 0"}
    assert "situation" in [field.get("id") for field in fields]


@pytest.mark.parametrize("forge", [GITLAB, CODEBERG], ids=lambda f: f.name)
def test_other_hosts_get_an_ordinary_report(forge: Forge) -> None:
    assert forge.suggestion("New", "What?") == forge.issue("New", "What?")
    assert forge.report("Problem", "/methods/a", "What?") == forge.issue("Problem", "What?")


@ALL
def test_a_report_never_grows_past_the_limit(forge: Forge) -> None:
    assert len(forge.issue("😀" * 9_000, "😀" * 9_000)) <= MAX_URL_BYTES


def test_mail_has_its_subject_and_text_filled_in() -> None:
    address = mail("methods@example.org", "Citizens' jury & more", "Two\nlines")
    assert address == (
        "mailto:methods@example.org?subject=Citizens%27%20jury%20%26%20more&body=Two%0Alines"
    )
    assert mail("a@example.org", "Hello") == "mailto:a@example.org?subject=Hello"
