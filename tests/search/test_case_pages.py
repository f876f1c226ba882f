"""Tests of the pages of cases: their slugs, which last, and the cases beside one."""

from __future__ import annotations

import pytest

from catalogue.model.method import Case
from catalogue.search.cases import MAX_NEIGHBOURS, CaseEntry, case_pages, neighbours, page_slugs


def case(title: str = "Mill jury", **facts: object) -> Case:
    return Case(title, "It went well.", **facts)  # type: ignore[arg-type]


def slugs(*pairs: tuple[str, str]) -> list[str]:
    return page_slugs([(method, case(title)) for method, title in pairs])


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Leeds Citizens' Jury, 2019", "leeds-citizens-jury-2019"),
        ("Élan walks", "elan-walks"),
        ("x" * 200, "x" * 60),
        ("日本", "case"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
    ],
)
def test_a_case_is_called_by_its_title(title: str, slug: str) -> None:
    assert slugs(("jury", title)) == [slug]


def test_cases_of_one_title_have_their_method_behind_it_and_then_a_number() -> None:
    assert slugs(("jury", "Mill"), ("walk", "Mill"), ("jury", "Mill"), ("jury", "Dam")) == [
        "mill-jury", "mill-walk", "mill-jury-2", "dam",
    ]  # fmt: skip


def test_no_two_cases_ever_share_a_page() -> None:
    found = slugs(("jury", "Mill"), ("walk", "Mill"), ("barn", "Mill jury"), ("a", "Mill jury 2"))
    assert found == ["mill-jury", "mill-walk", "mill-jury-2", "mill-jury-2-2"]


def test_the_address_of_a_title_lasts_when_another_case_gets_the_same() -> None:
    entries = [
        CaseEntry(case("Mill", year=year), method, method, f"mill-{method}")
        for year, method in ((2001, "jury"), (2002, "walk"))
    ]
    pages = case_pages(entries)
    assert set(pages) == {"mill", "mill-jury", "mill-walk"}
    assert pages["mill"] is pages["mill-jury"]


def entry(page: str, method: str, sector: str, country: str, year: int | None) -> CaseEntry:
    return CaseEntry(case(page, sector=sector, country=country, year=year), method, method, page)


BESIDE = (
    entry("own", "jury", "health", "Wales", 2001),
    entry("sister", "jury", "health", "Wales", 2002),
    entry("far", "walk", "health", "France", 2020),
    entry("near", "walk", "health", "Wales", 1999),
    entry("home", "barn", "housing", "Wales", None),
    entry("other", "barn", "housing", "France", 2022),
    entry("bare", "barn", "", "", 2022),
)


def pages(entries: tuple[CaseEntry, ...]) -> list[str]:
    return [each.page for each in entries]


def test_beside_a_case_are_those_of_its_method_its_sector_and_its_country_once_each() -> None:
    near = neighbours(BESIDE[0], BESIDE)
    assert (pages(near.method), pages(near.sector), pages(near.country)) == (
        ["sister"], ["near", "far"], ["home"],
    )  # fmt: skip


def test_a_case_whose_sector_and_country_are_not_known_has_no_neighbours_by_them() -> None:
    near = neighbours(BESIDE[-1], (*BESIDE, entry("blank", "walk", "", "", 2000)))
    assert (pages(near.method), near.sector, near.country) == (["other", "home"], (), ())


def test_neighbours_by_sector_and_country_are_few_and_the_newest() -> None:
    many = tuple(entry(f"c{n}", f"m{n}", "health", "Wales", 2000 + n) for n in range(20))
    near = neighbours(BESIDE[0], many)
    assert pages(near.sector) == [f"c{n}" for n in range(19, 19 - MAX_NEIGHBOURS, -1)]
    assert pages(near.country) == [f"c{n}" for n in range(14, 14 - MAX_NEIGHBOURS, -1)]
