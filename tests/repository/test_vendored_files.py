"""Holds the files copied from other projects to their records and our rules.
It reads only what is in the repository, so a changed, stray or branded file fails here first.
"""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "data" / "vendor"]
BUILD = ROOT / "tools" / "vendor_css"
FIELDS = {"file", "package", "version", "licence", "source", "sha256", "changes"}


def records(folder: Path) -> list[dict[str, str]]:
    return json.loads((folder / "vendored.json").read_text(encoding="utf-8"))


ENTRIES = [
    pytest.param(folder, entry, id=entry["file"]) for folder in FOLDERS for entry in records(folder)
]
STYLESHEETS = [entry for entry in records(FOLDERS[0]) if entry["file"].endswith(".css")]


@pytest.fixture(params=STYLESHEETS, ids=lambda entry: entry["file"])
def entry_of_css(request: pytest.FixtureRequest) -> dict[str, str]:
    return request.param


@pytest.fixture
def css(entry_of_css: dict[str, str]) -> str:
    return (FOLDERS[0] / entry_of_css["file"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("folder, entry", ENTRIES)
def test_vendored_file_has_a_complete_record(folder: Path, entry: dict[str, str]) -> None:
    assert set(entry) == FIELDS
    assert all(entry.values())


@pytest.mark.parametrize("folder, entry", ENTRIES)
def test_vendored_file_matches_its_checksum(folder: Path, entry: dict[str, str]) -> None:
    content = (folder / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("folder, entry", ENTRIES)
def test_vendored_file_keeps_its_licence_beside_it(folder: Path, entry: dict[str, str]) -> None:
    assert (folder / f"LICENSE-{entry['package'].rpartition('/')[2]}.txt").is_file()


@pytest.mark.parametrize("folder", FOLDERS, ids=["static", "tests"])
def test_vendor_folder_holds_nothing_without_a_record(folder: Path) -> None:
    recorded = {entry["file"] for entry in records(folder)} | {"vendored.json"}
    found = {path.name for path in folder.iterdir() if not path.name.startswith("LICENSE-")}
    assert found == recorded


def test_vendored_css_starts_with_its_name_version_and_licence(
    entry_of_css: dict[str, str], css: str
) -> None:
    assert css.startswith("/*!")
    header = css.partition("*/")[0]
    for field in ("package", "version", "licence"):
        assert entry_of_css[field] in header


def test_vendored_css_carries_no_govuk_typeface_or_crest(css: str) -> None:
    found = re.findall(r"gds transport|@font-face|crown|crest|logo", css, re.IGNORECASE)
    assert found == []


def test_vendored_css_fetches_nothing(css: str) -> None:
    found = re.findall(r"url\(|@import|sourceMappingURL", css, re.IGNORECASE)
    assert found == []


def test_vendored_css_is_plain_ascii(css: str) -> None:
    assert css.isascii()


def test_vendored_css_keeps_forced_colours_print_and_live_colours(css: str) -> None:
    for needed in ("(forced-colors: active)", "@media print", "--govuk-brand-colour:"):
        assert needed in css


def test_vendored_css_version_equals_the_version_that_is_built(
    entry_of_css: dict[str, str],
) -> None:
    manifest = json.loads((BUILD / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((BUILD / "package-lock.json").read_text(encoding="utf-8"))
    package, version = entry_of_css["package"], entry_of_css["version"]
    assert manifest["devDependencies"][package] == version
    assert lock["packages"][f"node_modules/{package}"]["version"] == version


def test_build_tools_are_pinned_to_exact_versions() -> None:
    manifest = json.loads((BUILD / "package.json").read_text(encoding="utf-8"))
    for version in manifest["devDependencies"].values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_build_lockfile_names_no_registry_and_keeps_its_checksums() -> None:
    lock = json.loads((BUILD / "package-lock.json").read_text(encoding="utf-8"))
    installed = {name: entry for name, entry in lock["packages"].items() if name}
    assert installed
    for entry in installed.values():
        assert "resolved" not in entry
        assert entry["integrity"].startswith("sha512-")
