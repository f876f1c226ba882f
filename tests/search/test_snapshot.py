"""An opened build holds its cards, one set of methods for each option, and the orders."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict
from pathlib import Path

import numpy as np
import pytest

from catalogue.build.builder import BuildResult, build
from catalogue.model.method import Cost
from catalogue.search.engine import search
from catalogue.search.sets.method_set import in_any_size
from catalogue.search.snapshot import MethodSet, Snapshot, set_of
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from tests.support.editing import change
from tests.support.search_helpers import ask, slugs


def named(snapshot: Snapshot, methods: MethodSet) -> list[str]:
    """Return the slugs in a set of methods."""
    return [card.slug for ordinal, card in enumerate(snapshot.cards) if methods >> ordinal & 1]


def test_cards_stand_in_the_order_of_their_titles(snapshot: Snapshot) -> None:
    titles = [card.title for card in snapshot.cards]
    assert titles == sorted(titles, key=str.lower) and len(titles) == 6
    assert snapshot.slugs == [card.slug for card in snapshot.cards]
    assert snapshot.ordinals == {slug: ordinal for ordinal, slug in enumerate(snapshot.slugs)}


def test_a_card_holds_what_a_list_shows(snapshot: Snapshot) -> None:
    card = snapshot.cards[snapshot.ordinals["reed-panel"]]
    assert (card.title, card.purposes, card.audience) == (
        "Reed panel",
        ("monitor-evaluate",),
        ("service-users",),
    )
    assert card.summary == (
        "A group of service users meets every month to judge how a service works."
    )
    assert card.choices["format"] == ("in-person", "online")
    assert card.ranges == {
        "people": (8, 12),
        "weeks": (8, 16),
        "hours": (12, 24),
        "budget": (5000, 15000),
    }
    assert card.cost == Cost(6000, 18000, "EUR", 2022, "source", "moderate")
    assert card.last_reviewed == "2025-05-20"


def test_a_card_does_not_make_up_what_a_method_does_not_say(snapshot: Snapshot) -> None:
    card = snapshot.cards[snapshot.ordinals["web-idea-box"]]
    assert (card.ranges, card.cost, card.last_reviewed) == ({"people": (50, None)}, None, "")
    assert set(card.choices) == {"purpose", "audience", "format"}


def test_the_main_value_of_a_facet_comes_first(snapshot: Snapshot) -> None:
    card = snapshot.cards[snapshot.ordinals["barn-meeting"]]
    assert card.purposes == ("gather-views", "inform")


def test_cards_cannot_be_changed(snapshot: Snapshot) -> None:
    with pytest.raises(FrozenInstanceError):
        snapshot.cards[0].title = "Other"  # type: ignore[misc]


@pytest.mark.parametrize("facet", VOCABULARY.facets)
def test_each_method_is_in_the_sets_of_its_options_or_in_unknown(
    snapshot: Snapshot, facet: str
) -> None:
    sets = snapshot.options[facet]
    assert set(sets) == {*VOCABULARY.facets[facet].values, UNKNOWN}
    for ordinal, card in enumerate(snapshot.cards):
        in_sets = {value for value, methods in sets.items() if methods >> ordinal & 1}
        page = snapshot.page(card.slug)
        assert page is not None
        assert in_sets == set(page.method.choices(facet) or (UNKNOWN,))


def test_a_set_is_made_of_ordinals_and_comes_back_as_a_mask(snapshot: Snapshot) -> None:
    for ordinals in ([], [0], [5], [1, 4], range(6)):
        mask = np.isin(np.arange(6), list(ordinals))
        methods = set_of(mask)
        assert named(snapshot, methods) == [snapshot.slugs[ordinal] for ordinal in ordinals]
        assert snapshot.mask(methods).tolist() == mask.tolist()
    assert set_of(np.ones(6, dtype=bool)) == snapshot.all


def test_any_of_joins_the_options_of_a_facet(snapshot: Snapshot) -> None:
    either = snapshot.any_of("cost", ["minimal", "high", "very-high", "strange"])
    assert named(snapshot, either) == ["harvest-jury", "orchard-walk"]
    assert snapshot.any_of("cost", []) == 0


@pytest.mark.parametrize(
    ("name", "low", "high", "expected"),
    [
        ("people", 12, 12, ["harvest-jury", "orchard-walk", "reed-panel"]),
        ("people", 16, 19, ["harvest-jury"]),
        ("people", 3001, 10**9, ["web-idea-box"]),
        ("people", 0, 4.9, []),
        ("hours", 0, 0.1, ["postcard-survey"]),
        ("weeks", 17, 20, ["harvest-jury"]),
        ("budget", 0, 0, []),
        ("budget", 300, 300, ["orchard-walk"]),
        ("budget", 15_000, 15_000, ["reed-panel"]),
        ("budget", 90_000.5, 10**9, []),
    ],
)
def test_ranges_overlap_with_both_ends_counted(
    snapshot: Snapshot, name: str, low: float, high: float, expected: list[str]
) -> None:
    assert named(snapshot, in_any_size(snapshot.sizes.overlapping(name, low, high))) == expected


def test_methods_without_a_number_or_a_least_cost_are_known_by_range(snapshot: Snapshot) -> None:
    unknown = {
        name: named(snapshot, in_any_size(snapshot.sizes.options[name][UNKNOWN]))
        for name in VOCABULARY.ranges
    }
    assert unknown == {
        "people": [],
        "weeks": ["web-idea-box"],
        "hours": ["web-idea-box"],
        "budget": ["orchard-walk", "web-idea-box"],
    }


@pytest.mark.parametrize("name", ["title", "cost", "time", "reviewed"])
def test_an_order_holds_every_method_once(snapshot: Snapshot, name: str) -> None:
    assert sorted(snapshot.orders[name]) == list(range(6))


def test_a_page_is_the_whole_method_with_its_sections_rendered(snapshot: Snapshot) -> None:
    page = snapshot.page("harvest-jury")
    assert page is not None
    assert page.method.title == "Harvest jury"
    assert [section for section, _ in page.sections] == list(VOCABULARY.required_sections)
    assert dict(page.sections)["confused-with"].strip() == (
        '<p>A <a href="/methods/barn-meeting" rel="noopener noreferrer">barn meeting</a>'
        " is open to all.</p>"
    )
    assert snapshot.page("harvest-juri") is None
    assert snapshot.page("' OR 1=1 --") is None


def test_the_latest_review_and_the_fingerprint_are_known(
    snapshot: Snapshot, built: BuildResult
) -> None:
    assert snapshot.last_reviewed == "2026-03-20"
    assert snapshot.build_id == built.manifest.fingerprint


def test_cases_carry_the_title_of_their_method(snapshot: Snapshot) -> None:
    found = [(entry.case.title, entry.slug, entry.method) for entry in snapshot.cases]
    assert found == [("Jury at Appleby", "harvest-jury", "Harvest jury")]


def test_a_folder_that_is_no_build_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as raised:
        Snapshot(tmp_path)
    manifest = tmp_path / "manifest.json"
    assert str(raised.value) == (
        f"The build in {tmp_path} has no readable manifest "
        f"([Errno 2] No such file or directory: '{manifest}')."
    )


def test_a_catalogue_without_methods_can_be_opened_and_searched(tmp_path: Path) -> None:
    (tmp_path / "methods").mkdir()
    empty = Snapshot(build(tmp_path / "methods", tmp_path / "index").folder)
    assert (empty.cards, empty.all, empty.last_reviewed, empty.cases) == ((), 0, "", ())
    for query in ("", "q=jury", "purpose=inform&people=5", "q=%22open+space%22&sort=cost&page=3"):
        page = search(empty, ask(query))
        assert (page.total, page.pages, slugs(page)) == (0, 1, [])
        assert {methods for entry in page.facets for methods in entry.methods.values()} == {0}
    empty.store.close()


def test_an_open_snapshot_outlives_the_next_build(methods_dir: Path, tmp_path: Path) -> None:
    old = Snapshot(build(methods_dir, tmp_path / "index").folder)
    (methods_dir / "orchard-walk.md").unlink()
    new = Snapshot(build(methods_dir, tmp_path / "index").folder)
    assert "orchard-walk" in slugs(search(old, ask("q=walk")))
    assert slugs(search(new, ask("q=walk"))) == []
    assert (len(old.cards), len(new.cards)) == (6, 5)
    old.store.close()
    new.store.close()


def test_passages_are_read_from_the_database_once_and_then_cached(
    built: BuildResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Snapshot(built.folder)
    first, second = opened.slugs[:3], opened.slugs[1:4]
    assert list(opened.passages(first)) == first
    stored = opened.store.passages([*first, *second])
    read: list[list[str]] = []
    monkeypatch.setattr(
        opened.texts, "passages", lambda s: read.append(s) or {x: stored[x] for x in s}
    )
    assert opened.passages(second) == {slug: stored[slug] for slug in second}
    assert opened.passages(first) == {slug: stored[slug] for slug in first}
    assert read == [second[-1:]]


def test_what_did_not_change_is_taken_from_the_snapshot_before(settings: Settings) -> None:
    first = Snapshot(build(settings.methods_dir, settings.index_dir).folder)
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Zebra panel")
    (settings.methods_dir / "postcard-survey.md").unlink()
    second = Snapshot(build(settings.methods_dir, settings.index_dir).folder, before=first)
    fresh = Snapshot(second.folder)
    assert [asdict(card) for card in second.cards] == [asdict(card) for card in fresh.cards]
    kept = {card.slug for card in second.cards if card in first.cards}
    assert kept == set(second.slugs) - {"reed-panel"}
    assert kept
    assert (second.options, second.ordinals) == (fresh.options, fresh.ordinals)


def test_cards_made_by_another_version_are_not_taken_over(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Snapshot(build(settings.methods_dir, settings.index_dir).folder)
    for module in ("build.builder", "storage.folder"):
        monkeypatch.setattr(f"catalogue.{module}.engine_fingerprint", lambda: "another")
    second = Snapshot(build(settings.methods_dir, settings.index_dir).folder, before=first)
    assert not set(second.cards) & set(first.cards)
