"""Slugs: made from any title, usable as file names, and compared with those that are there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.slugs import SLUG, near_slugs, slug_of
from tests.support.search_helpers import tries


def test_a_slug_that_does_not_exist_has_near_ones() -> None:
    known = ["citizens-jury", "citizens-panel", "e-petition", "survey"]
    assert near_slugs("citizen-jury", known)[0] == "citizens-jury"
    assert near_slugs("Citizens’ Jury", known, 1) == ["citizens-jury"]
    assert near_slugs("zzz", known) == []
    assert near_slugs("市民陪審", [*known, "name-of-this-method"]) == []
    assert near_slugs("x" * 100_000, known) == []


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Citizens' jury", "citizens-jury"),
        ("Bürgerjury – für Alle!", "burgerjury-fur-alle"),
        ("  Q&A  ", "q-a"),
        ("Łódź: Straße & Cœur", "lodz-strasse-coeur"),
        ("İzmir Ærø", "izmir-aero"),
        ("市民陪審", "name-of-the-method"),
        ("../../etc/passwd", "etc-passwd"),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_file_is_named_after_the_title(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@tries(100)
@given(title=st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_title_gives_a_usable_file_name(title: str) -> None:
    slug = slug_of(title)
    assert SLUG.fullmatch(slug)
    assert len(slug) <= 60
