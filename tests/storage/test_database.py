"""What is written to the database is read back the same, and nobody can write to it afterwards."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from catalogue.model.method import Case, Cost, Credit, Method, Range, Section, Source
from catalogue.model.problems import Problem
from catalogue.storage.database import (
    Entry,
    FileRead,
    Page,
    Store,
    StoreError,
)
from catalogue.storage.database_writer import write_database
from catalogue.storage.passages import NO_PASSAGES, PassageIndex
from catalogue.validation.reader import Reading
from catalogue.validation.sections import Mention

BARE = Method(slug="bare", title="Bare method", summary="Nothing is known of it.",
              purposes=("inform",), sources=(Source("A guide", "Somebody"),))  # fmt: skip
FULL = Method(
    slug="full",
    title="a full méthod",
    summary="Everything is known of it, “quotes” and 🎉 too.",
    purposes=("deliberate", "inform"),
    sources=(Source("A guide", "Somebody", 2020, "https://example.org", True), Source("B", "C")),
    aliases=("Whole", "Tout"),
    asked_as=("know everything",),
    level=("involve", "consult"),
    audience=("experts",),
    recruitment="random",
    group_size=Range(12, None, "our estimate"),
    participant_hours=Range(0.5, 2),
    lead_time_weeks=Range(1, 3),
    cost=Cost(1200, 3600, "EUR", 2022, "source", "low", "a price"),
    staff_days=Range(1, 2),
    facilitation="none",
    format=("online", "in-person"),
    kind="event",
    family="survey",
    stage=("decide", "weigh"),
    handles_conflict="low",
    handles_complexity="high",
    talk="much",
    decision_capable="no",
    outcomes=("report",),
    not_for=("This.", "That."),
    inclusion={"carers": "Yes.", "anonymous": "Also."},
    related=("bare",),
    cases=(Case("One", "It worked.", "Leeds", "United Kingdom", 2019, 25, "worked"), Case("Two", "?")),
    contributors=(Credit("Ada", "wrote", "https://example.org/ada"),),
    last_reviewed=date(2026, 1, 15),
    licence="CC-BY-4.0",
    sections=(Section("what-it-is", "Some **text**.", 40, 42), Section("origin", "More.", 50, 52)),
)  # fmt: skip
FULL_ENTRY = Entry(
    FULL,
    "digest-full",
    (("what-it-is", "<p>Some <strong>text</strong>.</p>"), ("origin", "<p>More.</p>")),
    PassageIndex(("Some text.", "More."), {"s": "|some=1|", "t": "|text=1|", "m": "|more=2|"}),
)
BARE_ENTRY = Entry(BARE, "digest-bare", (), NO_PASSAGES)
BOTH = ["full", "bare"]
READING = Reading(
    path="methods/full.md",
    slug="full",
    method=FULL,
    problems=(Problem("range-reversed", "methods/full.md", 3, 9, {"low": 9.5, "high": 1}, "cost"),),
    names=(Mention("a full méthod", 2, 8),),
    related=(Mention("bare", 30, 11),),
    links=(Mention("bare", 44, 5),),
    usable=True,
)  # fmt: skip
UNREADABLE = Reading(
    "methods/bad.md", "bad", None, (Problem("file-empty", "methods/bad.md", 1, 1),)
)


def write(path: Path, *entries: Entry, removed: tuple[str, ...] = ()) -> None:
    write_database(path, entries, removed, [])


def opened(path: Path) -> closing[Store]:
    return closing(Store(path))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database of a full and a bare method, opened."""
    files = [
        FileRead("full.md", "digest-full", "1 2", READING),
        FileRead("bad.md", "digest-bad", "", UNREADABLE),
    ]
    write_database(tmp_path / "c.sqlite", [BARE_ENTRY, FULL_ENTRY], [], files)
    with opened(tmp_path / "c.sqlite") as store:
        yield store


def test_a_method_and_its_page_come_back_as_they_were(store: Store) -> None:
    assert store.page("full") == Page(FULL, FULL_ENTRY.sections)
    assert store.page("bare") == Page(BARE, ())
    assert store.page("other") is None


def test_passages_come_back_for_the_methods_asked_for(store: Store) -> None:
    assert store.passages(["full", "bare", "other"]) == {
        "full": PassageIndex(
            ("Some text.", "More."), {"s": "|some=1|", "t": "|text=1|", "m": "|more=2|"}
        ),
        "bare": NO_PASSAGES,
    }
    assert store.passages([]) == {}


def test_file_readings_come_back_with_their_digests(store: Store) -> None:
    assert store.files() == {
        "full.md": FileRead("full.md", "digest-full", "1 2", replace(READING, method=None)),
        "bad.md": FileRead("bad.md", "digest-bad", "", UNREADABLE),
    }
    assert store.digests() == {"full": "digest-full", "bare": "digest-bare"}


def test_rows_are_those_of_the_methods_asked_for(store: Store) -> None:
    assert [row.slug for row in store.rows(["full", "other"])] == ["full"]
    assert {slug for slug, _, _ in store.facets(["bare", "other"])} == {"bare"}
    assert (store.rows([]), store.facets([])) == ([], [])


def test_numbers_are_kept_in_pounds_and_unknown_ones_stay_unknown(store: Store) -> None:
    bare, full = sorted(store.rows(BOTH), key=lambda row: row.slug)
    assert (full.cost_band, full.cost_low_gbp, full.cost_high_gbp) == ("low", 1000, 3000)
    assert (full.people_min, full.people_max) == (12, None)
    assert (full.hours_min, full.hours_max, full.weeks_min, full.weeks_max) == (0.5, 2, 1, 3)
    assert (full.last_reviewed, full.cost["currency"]) == ("2026-01-15", "EUR")
    unknown = ("cost_band", "cost_low_gbp", "cost_high_gbp", "cost", "people_min", "people_max")
    unknown += ("hours_min", "hours_max", "weeks_min", "weeks_max", "last_reviewed")
    assert {name: getattr(bare, name) for name in unknown} == dict.fromkeys(unknown)


def test_facets_keep_the_order_of_the_file(store: Store) -> None:
    found: dict[tuple[str, str], list[str]] = {}
    for slug, facet, value in store.facets(BOTH):
        found.setdefault((slug, facet), []).append(value)
    assert found["full", "purpose"] == ["deliberate", "inform"]
    assert found["full", "format"] == ["online", "in-person"]
    assert found["full", "inclusion"] == ["carers", "anonymous"]
    assert (found["full", "cost"], found["full", "decision"]) == (["low"], ["no"])
    assert {facet for slug, facet in found if slug == "bare"} == {"purpose"}


def test_cases_keep_their_order(store: Store) -> None:
    assert store.cases() == [("full", case) for case in FULL.cases]


def test_sources_are_counted(store: Store) -> None:
    counted = {row.slug: (row.sources, row.independent_sources) for row in store.quality()}
    assert counted == {"full": (2, 1), "bare": (1, 0)}


def test_a_method_written_again_takes_the_place_of_the_old(tmp_path: Path) -> None:
    write(tmp_path / "c.sqlite", FULL_ENTRY, BARE_ENTRY)
    changed = Entry(
        replace(BARE, slug="full", purposes=("inform",)),
        "new",
        (("origin", "<p>x</p>"),),
        NO_PASSAGES,
    )
    write(tmp_path / "c.sqlite", changed)
    with opened(tmp_path / "c.sqlite") as store:
        assert store.page("full") == Page(changed.method, (("origin", "<p>x</p>"),))
        rows = [("bare", "purpose", "inform"), ("full", "purpose", "inform")]
        assert sorted(store.facets(BOTH)) == rows
        assert (store.cases(), store.digests()) == ([], {"bare": "digest-bare", "full": "new"})


def test_a_removed_method_leaves_nothing_behind(tmp_path: Path) -> None:
    write(tmp_path / "c.sqlite", FULL_ENTRY, BARE_ENTRY)
    write(tmp_path / "c.sqlite", removed=("full", "never-there"))
    with opened(tmp_path / "c.sqlite") as store:
        assert store.page("full") is None
        assert (store.facets(BOTH), store.cases()) == ([("bare", "purpose", "inform")], [])


def test_files_that_are_gone_leave_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    write_database(path, [], [], [FileRead("full.md", "1", "", READING)])
    write_database(path, [], [], [FileRead("bad.md", "2", "", UNREADABLE)], ["full.md"])
    with opened(tmp_path / "c.sqlite") as store:
        assert store.files() == {"bad.md": FileRead("bad.md", "2", "", UNREADABLE)}


def test_methods_by_the_thousand_can_be_written_and_replaced(tmp_path: Path) -> None:
    many = [
        Entry(replace(BARE, slug=f"m{n}", title=f"Method {n}"), str(n), (), NO_PASSAGES)
        for n in range(1200)
    ]
    write(tmp_path / "c.sqlite", *many)
    write(tmp_path / "c.sqlite", *many[:1100], removed=("m1199",))
    with opened(tmp_path / "c.sqlite") as store:
        assert len(store.rows(sorted(store.digests()))) == 1199


def test_a_failed_write_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "c.sqlite", FULL_ENTRY)
    twice = [BARE_ENTRY, BARE_ENTRY]
    with pytest.raises(StoreError):
        write_database(tmp_path / "c.sqlite", twice, ["full"], [])
    with opened(tmp_path / "c.sqlite") as store:
        assert store.digests() == {"full": "digest-full"}


@pytest.mark.parametrize("name", ["a b", "a#b", "a%20b", "a?b", "a&b=c", "ünï", "a+b", "a;b'c"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    write(folder / "c.sqlite", FULL_ENTRY)
    with opened(folder / "c.sqlite") as store:
        assert store.digests() == {"full": "digest-full"}
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_reading_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    write(tmp_path / "c.sqlite", FULL_ENTRY)
    before = (tmp_path / "c.sqlite").read_bytes()
    with opened(tmp_path / "c.sqlite") as store:
        _ = store.rows(BOTH), store.files(), store.page("full")
    assert (tmp_path / "c.sqlite").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["c.sqlite"]


def test_a_missing_or_damaged_database_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with opened(tmp_path / "missing.sqlite") as store, pytest.raises(StoreError):
        store.rows(BOTH)
    assert not (tmp_path / "missing.sqlite").exists()
    (tmp_path / "damaged.sqlite").write_bytes(b"not a database" * 1000)
    with opened(tmp_path / "damaged.sqlite") as store, pytest.raises(StoreError):
        store.rows(BOTH)


@pytest.mark.parametrize("document", ["", "{}", '"text"', '{"slug": 1}'])
def test_a_method_that_is_not_stored_as_one_is_an_error(tmp_path: Path, document: str) -> None:
    write(tmp_path / "c.sqlite", FULL_ENTRY)
    with closing(sqlite3.connect(tmp_path / "c.sqlite")) as connection:
        packed = zlib.compress(document.encode())
        connection.execute("UPDATE method SET document = ?", [packed])
        connection.commit()
    with opened(tmp_path / "c.sqlite") as store, pytest.raises(StoreError):
        store.page("full")


def test_a_store_is_shared_by_threads(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(store.page, ["full", "bare", "other"] * 30))
    assert pages == [Page(FULL, FULL_ENTRY.sections), Page(BARE, ()), None] * 30
