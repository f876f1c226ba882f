"""The measurement of whole requests asks fresh addresses, gives Datasette the same methods, and runs."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks import peer_datasette
from benchmarks.peers import PeerDocument, read_documents
from benchmarks.serving import Addresses
from catalogue.search.search_request import SearchRequest
from catalogue.vocabulary import VOCABULARY
from tests.conftest import GOOD

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def documents() -> list[PeerDocument]:
    return list(read_documents(ROOT / "methods"))


@pytest.fixture(scope="module")
def database(documents: list[PeerDocument], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("peer") / "methods.db"
    peer_datasette.make_database(path, documents)
    return path


def test_cold_addresses_never_come_twice_and_all_have_words_and_filters(
    documents: list[PeerDocument],
) -> None:
    addresses = Addresses(documents, seed=1)
    made = addresses.cold(3000) + addresses.cold(3000) + addresses.new(3000)
    assert len(set(made)) == 9000
    for address in made[::100]:
        asked = parse_qs(urlsplit(address).query)
        assert len(asked.pop("q")[0].split()) >= 2, address
        assert len(asked) >= 3, address


def test_the_same_seed_makes_the_same_addresses(documents: list[PeerDocument]) -> None:
    assert Addresses(documents, 1).cold(50) == Addresses(documents, 1).cold(50)
    assert Addresses(documents, 1).cold(50) != Addresses(documents, 2).cold(50)


def test_datasette_gets_every_method_with_its_words_and_options(
    documents: list[PeerDocument], database: Path
) -> None:
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT slug, title, cost FROM methods ORDER BY id").fetchall()
    assert rows == [(d.words.slug, d.words.title, d.choices["cost"][0]) for d in documents]
    found = connection.execute(
        "SELECT slug FROM methods_fts JOIN methods ON id = methods_fts.rowid "
        'WHERE methods_fts MATCH \'"citizens" "jury"\''
    ).fetchall()
    connection.close()
    assert ("citizens-jury",) in found


def test_datasette_is_asked_for_the_same_words_and_filters() -> None:
    request = SearchRequest(
        words="young people", choices={"purpose": ("ideas", "decide"), "cost": ("low",)}
    )
    asked = {
        "_search": ['"young" OR "people"'],
        "_searchmode": ["raw"],
        "purpose__arraycontains": ["ideas"],
        "cost__exact": ["low"],
        "_facet": ["cost"],
        "_size": ["20"],
    }
    address = urlsplit(peer_datasette.page(request, peer_datasette.THREE, ".json"))
    assert address.path == "/methods/methods.json"
    assert parse_qs(address.query) == {**asked, "_facet_array": ["purpose", "audience"]}
    address = urlsplit(peer_datasette.page(request))
    assert address.path == "/methods/methods"
    others = [facet.name for facet in VOCABULARY.filters if facet.name != "cost"]
    counted = parse_qs(address.query)
    assert sorted(counted.pop("_facet_array")) == sorted(others)
    assert counted == asked


@pytest.mark.process
def test_the_measurement_runs_and_no_answer_fails(tmp_path: Path) -> None:
    if shutil.which("wrk") is None or not Path("/proc").is_dir():
        pytest.skip("wrk is not installed, or there is no /proc to read memory from")
    shutil.copytree(GOOD, tmp_path / "methods-6")
    words = ["--methods", "6", "--folder", str(tmp_path), "--seconds", "1", "--runs", "1"]
    words += ["--connections", "2", "--workers", "1", "--growth", "1", "--no-datasette"]
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.serving", *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr
    rows = [line.strip("| ").split(" | ") for line in ran.stdout.split("\n") if line[:1] == "|"]
    pages = [row for row in rows if len(row) == 8 and row[1] == "2"]
    assert [row[0] for row in pages] == [
        *("bare Flask page", "home page", "method pages"),
        *("filtered search, cold", "filtered search, warm"),
        *("/api/v1/methods", "filtered search, words new too"),
    ]
    assert [row[6] for row in pages] == ["0"] * 7
    assert pages[0][3] == "100%"
    assert len([row for row in rows if re.fullmatch(r"[\d.]+ MB", row[-1])]) >= 2
