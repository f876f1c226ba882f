"""Letters: one folding for whatever people type or write, one way to cut words, one order."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.letters import (
    compose,
    cut,
    fold,
    is_plain,
    name_key,
    sort_key,
    split_words,
    typed_words,
)
from tests.support.search_helpers import tries


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Café", "cafe"), ("İzmir", "izmir"), ("ISPARTA", "isparta"), ("ısırgan", "isirgan"), ("Cœur", "coeur"),
        ("Ærø", "aero"), ("Straße", "strasse"), ("STRASSE", "strasse"), ("ẞ", "ss"), ("Łódź", "lodz"),
        ("Đakovo", "dakovo"), ("Þingvellir", "thingvellir"), ("Niðarós", "nidaros"), ("Ħamrun", "hamrun"),
        ("Ɓauchi", "bauchi"), ("ŋ", "n"), ("ﬁre", "fire"), ("ＮＨＳ", "nhs"), ("Hawaiʻi", "hawaii"),
        ("Αθήνα", "αθηνα"), ("ΠΌΛΗΣ", "πολησ"), ("πόλης", "πολησ"), ("Ёлка", "елка"), ("أحمد", "احمد"), ("مُشَارَكَة", "مشاركة"),
        ("שָׁלוֹם", "שלום"), ("Việt", "viet"), ("हिन्दी", "हिन्दी"), ("ﾊﾟﾈﾙ", "パネル"), ("が", "が"), ("시민", "시민"),
    ],
)  # fmt: skip
def test_a_word_is_folded_to_plain_letters_of_its_script(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded
    assert fold(written.upper()) == folded


@tries(300)
@given(text=st.text())
def test_a_folded_text_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(compose(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Citizens’ juries, e-petitions", ["citizens", "juries", "e", "petitions"]),
        ("par\u00adtici\u00adpa\u00adtion", ["participation"]),
        ("cafe\u0301 re\u0301union", ["cafe", "reunion"]),
        ("می\u200cخواهم", ["میخواهم"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("市民会議とNHS", ["市", "民", "会", "議", "と", "nhs"]),
        ("시민의회", ["시", "민", "의", "회"]),
        ("ประชุม", ["ป", "ร", "ะ", "ชุ", "ม"]),
        ("½ of U.S.A.", ["½", "of", "u.s.a"]),
    ],
)
def test_a_text_is_cut_into_folded_words_and_scripts_without_spaces_into_letters(
    text: str, words: list[str]
) -> None:
    assert split_words(text) == words


def test_what_was_typed_in_a_script_without_spaces_is_one_word_of_a_search() -> None:
    assert typed_words("NHS市民会議 2024年") == [
        ("nhs", "NHS"), ("市民会議", "市民会議"), ("2024", "2024"), ("年", "年"),
    ]  # fmt: skip


@tries(300)
@given(text=st.one_of(st.text(), st.text("aé\u0301\u00ad市민ก.ा½'ʻ ", max_size=20)))
def test_words_stand_in_the_text_in_order_and_are_words_again(text: str) -> None:
    words = list(cut(text))
    assert all(one.end <= two.start for one, two in pairwise(words))
    assert all(split_words(word.folded) == [word.folded] for word in words)
    assert "".join(folded for folded, _ in typed_words(text)) == "".join(split_words(text))
    if is_plain(text):
        assert all(text[word.start : word.end].replace(".", "x").isalnum() or "_" in text for word in words)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("World Cafe", "World café"), ("World  CAFÉ", "World cafe\u0301"), ("Citizens’ jury", "Citizens' jury"),
        ("Łódź talks", "Lodz talks"), ("par\u00adty", "party"), ("Straße", "STRASSE"),
    ],
)  # fmt: skip
def test_two_names_that_people_take_for_one_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("World café", "World cafés"), ("市民会議", "市民会議所"), ("E-petition", "E petition")]
)  # fmt: skip
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_texts_are_sorted_as_dictionaries_sort_them() -> None:
    ordered = [
        "“Big” talk", "10 days", "Area forum", "Ärea forum", "Dak", "Đak", "Echo", "École", "Eden", "Izmir",
        "İzmir", "Lob", "Łódź", "Luz", "Ofen", "Öffentlich", "Oz", "Strasse", "Straße", "Zebra", "Ωmega", "市民",
    ]  # fmt: skip
    assert sorted(reversed(ordered), key=sort_key) == ordered
    assert sort_key("E\u0301cole") == sort_key("École")
