"""The open data: every file says the same as the catalogue, is described as it is, and is the same for the same build."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from catalogue.build.builder import build
from catalogue.exports.data_files import OpenData, csv_name, open_data
from catalogue.exports.tables import TABLES, Table
from catalogue.search.snapshot import Snapshot
from tests.conftest import GOOD, METHODS
from tests.support.uses import write_use

SITE = "https://catalogue.example"
READ = {"string": str, "date": str, "number": float, "integer": int, "boolean": bool}


@pytest.fixture(scope="module")
def data(real: Snapshot) -> OpenData:
    """The open data of the real methods."""
    return open_data(real, METHODS, SITE)


@pytest.fixture(scope="module")
def package(data: OpenData) -> Any:
    """The Data Package that describes it."""
    return json.loads(data.files["datapackage.json"].content)


def rows(data: OpenData, table: Table) -> list[list[str]]:
    text = data.files[csv_name(table)].content.decode()
    return list(csv.reader(io.StringIO(text)))


def test_the_package_has_the_size_and_the_digest_of_every_file(
    data: OpenData, package: Any
) -> None:
    described = {r["path"]: (r["bytes"], r["hash"]) for r in package["resources"]}
    assert described == {
        name: (len(file.content), f"sha256:{sha256(file.content).hexdigest()}")
        for name, file in data.files.items()
        if name != "datapackage.json"
    }


def test_every_dump_names_its_version_its_day_its_content_and_its_licence(
    data: OpenData, package: Any, real: Snapshot
) -> None:
    about = json.loads(data.files["catalogue.jsonl"].content.split(b"\n")[0])["about"]
    assert about["day"] == real.last_reviewed
    assert about["build"] == package["build"] == real.build_id
    assert about["schema_version"] == package["version"] == "1.3"
    assert package["licenses"] == [{"name": about["licence"], "path": about["licence_url"]}]
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data.files["catalogue.sqlite"].content)
    assert dict(connection.execute("SELECT name, value FROM about")) == about
    connection.close()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_cell_has_the_type_of_its_column_and_every_key_is_unique(
    data: OpenData, table: Table
) -> None:
    header, *lines = rows(data, table)
    assert header == [column.name for column in table.columns]
    assert lines or table.name in ("contributors", "moved", "uses")
    columns = zip(*lines, strict=True) if lines else [()] * len(header)
    for column, cells in zip(table.columns, columns, strict=True):
        if column.type == "boolean":
            assert set(cells) <= {"true", "false", ""}
        for cell in cells:
            assert not cell or READ[column.type](cell) is not None
    keys = [tuple(line[header.index(name)] for name in table.key) for line in lines]
    assert len(set(keys)) == len(keys)
    assert all(all(key) for key in keys)


def test_sqlite_holds_what_csv_holds_and_no_row_belongs_to_no_method(data: OpenData) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data.files["catalogue.sqlite"].content)
    for table in TABLES:
        (count,) = connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()
        assert count == len(rows(data, table)) - 1
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_the_table_of_names_says_the_language_of_each_foreign_name(
    data: OpenData, real: Snapshot
) -> None:
    (table,) = (table for table in TABLES if table.name == "names")
    header, *lines = rows(data, table)
    assert header[-1] == "language"
    foreign = {(slug, text, code) for slug, kind, _, text, code in lines if code}
    assert foreign == {
        (card.slug, name, code) for card in real.cards for name, code in card.languages.items()
    }
    assert ("citizens-assembly", "Bürgerrat", "de") in foreign
    assert {kind for _, kind, _, _, code in lines if code} == {"alias"}


def test_json_lines_hold_every_method_with_its_text_and_address(
    data: OpenData, real: Snapshot
) -> None:
    methods = [json.loads(line) for line in data.files["catalogue.jsonl"].content.splitlines()]
    assert [method["slug"] for method in methods] == real.slugs
    assert {method["url"] for method in methods} == {f"{SITE}/methods/{s}" for s in real.slugs}
    assert all(section["markdown"] for method in methods for section in method["sections"])


def test_the_archive_holds_the_method_files_byte_for_byte(data: OpenData, real: Snapshot) -> None:
    with zipfile.ZipFile(io.BytesIO(data.files["methods-markdown.zip"].content)) as found:
        assert sorted(found.namelist()) == [f"methods/{slug}.md" for slug in sorted(real.slugs)]
        for name in found.namelist():
            assert found.read(name) == (METHODS.parent / name).read_bytes()


def test_the_archive_leaves_out_a_file_that_has_changed_since_the_build(
    snapshot: Snapshot, tmp_path: Any
) -> None:
    for file in GOOD.glob("*.md"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "harvest-jury.md").write_text("changed", encoding="utf-8")
    made = open_data(snapshot, tmp_path, "").files["methods-markdown.zip"].content
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        kept = {name.removeprefix("methods/").removesuffix(".md") for name in found.namelist()}
    assert kept == set(snapshot.slugs) - {"harvest-jury"}


def test_the_same_build_gives_the_same_bytes(snapshot: Snapshot) -> None:
    first, second = (open_data(snapshot, GOOD, SITE) for _ in range(2))
    assert {n: f.digest for n, f in first.files.items()} == {
        n: f.digest for n, f in second.files.items()
    }


@pytest.fixture
def reported(tmp_path: Path) -> tuple[Snapshot, Path]:
    """A build of the harvest jury with a report from practice that gives little, and one that gives much."""
    folder = tmp_path / "methods"
    folder.mkdir()
    shutil.copy(GOOD / "harvest-jury.md", folder)
    write_use(folder, "little")
    write_use(folder, "much", when="2025-06", people="24", money="9000", currency="EUR", what_changed='"=SUM, exactly"')  # fmt: skip
    return Snapshot(build(folder, tmp_path / "index").folder), folder


def test_reports_from_practice_are_a_table_exact_for_programs(
    reported: tuple[Snapshot, Path],
) -> None:
    made = open_data(*reported, SITE)
    read = csv.DictReader(io.StringIO(made.files["uses.csv"].content.decode()))
    newest, oldest = list(read)
    assert (newest["slug"], newest["report"], newest["when"]) == ("harvest-jury", "much", "2025-06")
    assert (newest["people"], newest["money"], newest["currency"]) == ("24", "9000", "EUR")
    assert newest["what_changed"] == "=SUM, exactly"
    assert (oldest["report"], oldest["people"], oldest["what_changed"]) == ("little", "", "")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(made.files["catalogue.sqlite"].content)
    found = connection.execute("SELECT report, people, url FROM uses ORDER BY report").fetchall()
    assert found == [("little", None, None), ("much", 24.0, None)]
    connection.close()
    package = json.loads(made.files["datapackage.json"].content)
    [schema] = [r["schema"] for r in package["resources"] if r["path"] == "uses.csv"]
    assert schema["primaryKey"] == ["slug", "report"]
    assert [field["name"] for field in schema["fields"]] == list(newest)


def test_the_archive_holds_the_files_of_reports_that_are_as_they_were_built(
    reported: tuple[Snapshot, Path],
) -> None:
    current, folder = reported
    write_use(folder, "much", when="2025-07")
    made = open_data(current, folder, SITE).files["methods-markdown.zip"].content
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert sorted(found.namelist()) == ["methods/harvest-jury.md", "uses/little.yaml"]
        assert (
            found.read("uses/little.yaml") == (folder.parent / "uses" / "little.yaml").read_bytes()
        )
