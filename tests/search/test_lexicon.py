"""The catalogue's own words serve for unfinished words, UK and US spelling, compounds and slips."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from catalogue.search.query.lexicon import (
    MAX_COMPLETIONS,
    MIN_CORRECTED_LENGTH,
    Lexicon,
    words_near,
)
from catalogue.search.snapshot import Snapshot
from tests.support.search_helpers import document, index_of, lexicon_of, tries

NAMES = ["Fishbowl", "Open space", "Citizens' jury", "Photovoice", "Round-table talk"]
BODIES = {
    "a": "Residents prioritise a programme for the neighbourhood, and photograph it.",
    "b": "Residents organize a meeting at the town centre, and photograph it.",
    "c": "Residents of the harbour analyse a catalogue of enquiries; jurors travelled in 2019.",
    "d": "Residents reside. Réunion! Pole, polo, poll; consultation in the north.",
    "e": "Photocopied " + " ".join(f"prefix{letter}" for letter in string.ascii_lowercase),
}


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """The words of five short documents with a name each."""
    named = zip(BODIES.items(), NAMES, strict=True)
    documents = [document(slug, title=name, body=body) for (slug, body), name in named]
    return lexicon_of(index_of(tmp_path_factory.mktemp("lexicon"), *documents), NAMES)


def test_words_are_known_whole_in_small_letters_and_without_accents(lexicon: Lexicon) -> None:
    known = ["residents", "reunion", "fishbowl", "citizens", "2019"]
    unknown = ["resident", "Residents", "réunion", "the", "zork", "", "citizens jury"]
    assert [lexicon.knows(word) for word in known] == [True] * 5
    assert [lexicon.knows(word) for word in unknown] == [False] * 7


def test_words_are_counted_by_methods_and_those_of_names_are_told_apart(lexicon: Lexicon) -> None:
    counted = {word: lexicon.counts[word] for word in ("residents", "photograph", "photovoice")}
    assert counted == {"residents": 4, "photograph": 2, "photovoice": 1}
    assert lexicon.name_words == frozenset(
        ["fishbowl", "open", "space", "citizens", "jury", "photovoice", "round", "table", "talk"]
    )


@pytest.mark.parametrize(
    ("beginning", "expected"),
    [
        pytest.param("photo", ["photovoice", "photograph", "photocopied"], id="names, then common"),
        pytest.param("resid", ["residents", "reside"], id="the common before the rare"),
        pytest.param("pol", ["pole", "poll", "polo"], id="three letters"),
        pytest.param("po", [], id="two letters"),
        pytest.param("", [], id="nothing"),
        pytest.param("zor", [], id="no such beginning"),
        pytest.param("photovoice", ["photovoice"], id="whole word"),
    ],
)
def test_an_unfinished_word_is_completed_from_three_letters_on(
    lexicon: Lexicon, beginning: str, expected: list[str]
) -> None:
    assert lexicon.completions(beginning) == expected


def test_completions_are_few(lexicon: Lexicon) -> None:
    every = [f"prefix{letter}" for letter in string.ascii_lowercase]
    assert lexicon.completions("prefi") == every[:MAX_COMPLETIONS]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("prioritize", "prioritise"), ("organise", "organize"), ("program", "programme"),
        ("neighborhood", "neighbourhood"), ("center", "centre"), ("harbor", "harbour"),
        ("analyze", "analyse"), ("catalog", "catalogue"), ("inquiries", "enquiries"),
        ("traveled", "travelled"),
    ],
)  # fmt: skip
def test_uk_and_us_spelling_find_each_other_if_the_catalogue_uses_the_other(
    lexicon: Lexicon, typed: str, written: str
) -> None:
    assert lexicon.other_spelling(typed) == written
    assert lexicon.other_spelling(written) == ""


@pytest.mark.parametrize("word", ["residents", "jury", "zorkise", "or", "", "ise", "our"])
def test_a_word_without_another_spelling_has_none(lexicon: Lexicon, word: str) -> None:
    assert lexicon.other_spelling(word) == ""


def test_two_words_are_joined_only_if_a_name_writes_them_as_one(lexicon: Lexicon) -> None:
    assert lexicon.joined("fish", "bowl") == "fishbowl"
    assert lexicon.joined("photo", "voice") == "photovoice"
    assert lexicon.joined("photo", "graph") == ""  # stands in texts, but in no name
    assert lexicon.joined("open", "space") == ""


def test_a_word_is_parted_only_where_a_name_has_both_parts_side_by_side(lexicon: Lexicon) -> None:
    assert lexicon.parted("openspace") == ("open", "space")
    assert lexicon.parted("roundtable") == ("round", "table")
    assert lexicon.parted("citizensjury") == ("citizens", "jury")
    assert lexicon.parted("jurycitizens") is None
    assert lexicon.parted("fishbowl") is None
    assert [lexicon.parted(word) for word in ("", "o", "op", "ope", "open")] == [None] * 5


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("photovoise", "photovoice", id="another letter"),
        pytest.param("photvoice", "photovoice", id="a letter less"),
        pytest.param("photoovoice", "photovoice", id="a letter more"),
        pytest.param("phootvoice", "photovoice", id="two changed over"),
        pytest.param("fotovoice", "photovoice", id="two slips in a long word, even at its head"),
        pytest.param("consltaton", "consultation", id="two letters less"),
        pytest.param("cnsltaton", "", id="three slips"),
        pytest.param("juri", "jury", id="one slip in a short word"),
        pytest.param("jirr", "", id="two slips in a short word"),
        pytest.param("polx", "pole", id="of like ones the first in the alphabet"),
        pytest.param("nole", "pole", id="another first letter"),
        pytest.param("2018", "", id="figures are never slips"),
        pytest.param("jur", "", id="too short to tell"),
        pytest.param("", "", id="nothing"),
        pytest.param("xylophone", "", id="nothing like it"),
    ],
)
def test_a_slip_is_corrected_to_a_word_of_the_catalogue(
    lexicon: Lexicon, typed: str, meant: str
) -> None:
    assert lexicon.correct(typed).word == meant


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        pytest.param({"a": "mopping maps", "b": "maps"}, "mopping", id="fewer slips first"),
        pytest.param(
            {"a": "mapping hopping", "b": "hopping"}, "mapping", id="the same first letter"
        ),
        pytest.param({"a": "mapping", "b": "moping", "c": "moping"}, "moping", id="the commoner"),
    ],
)
def test_of_several_likely_words_one_is_chosen(
    tmp_path: Path, texts: dict[str, str], meant: str
) -> None:
    documents = [document(slug, body=body) for slug, body in texts.items()]
    assert lexicon_of(index_of(tmp_path, *documents)).correct("mpping").word == meant


def test_a_word_of_a_name_is_likelier_than_a_common_one(tmp_path: Path) -> None:
    common = [document(f"m{number}", body="moping") for number in range(5)]
    index = index_of(tmp_path, *common, document("named", title="Mapping"))
    assert lexicon_of(index).correct("mpping").word == "mapping"
    assert lexicon_of(index).completions("map") == ["mapping"]


LETTERS = st.text(string.ascii_lowercase, max_size=14)


@tries(200)
@given(word=LETTERS)
def test_a_correction_is_a_known_word_at_most_two_slips_away(snapshot: Snapshot, word: str) -> None:
    found = snapshot.lexicon.correct(word).word
    if found:
        assert snapshot.lexicon.knows(found)
        assert len(word) >= MIN_CORRECTED_LENGTH
        assert OSA.distance(word, found) <= (1 if len(word) <= 6 else 2)


@tries(200)
@given(beginning=st.text(max_size=8))
def test_completions_begin_as_typed_and_are_known(snapshot: Snapshot, beginning: str) -> None:
    found = snapshot.lexicon.completions(beginning)
    assert all(word.startswith(beginning) and snapshot.lexicon.knows(word) for word in found)
    assert len(set(found)) == len(found) <= MAX_COMPLETIONS


def test_english_words_near_known_ones_are_one_slip_away_and_not_known() -> None:
    near = words_near(["sharing", "band"], least=5)
    assert {"shaping", "sharding", "brand", "bands"} & set(near) == {"shaping", "brand", "bands"}
    assert all(
        min(OSA.distance(word, other) for other in ("sharing", "band")) == 1 for word in near
    )
