"""Matching words are marked, and a result shows the sentence that answers best, cut short."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.build.documents import make_entry
from catalogue.model.method import Method, Section
from catalogue.search.highlights import MAX_EXTRACT, Piece, best_extract, mark
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import BREAK, analyse, spans_of, stems_in
from catalogue.storage.passages import PassageIndex, index_passages
from tests.support.search_helpers import tries

PARTS = ["jury", "Juries", "poll", "meeting", "é", "ß", "🎉", " ", " ", "\n", "-", ".", "'", "the"]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=20).map("".join)


def lines(*texts: str) -> PassageIndex:
    return index_passages((text, stems_in(text)) for text in texts)


def shown(pieces: tuple[Piece, ...]) -> str:
    """Return the pieces as one text, marked words in brackets."""
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Citizens' jury", "jury", "Citizens' [jury]"),
        ("Juries, and a JURY.", "jury", "[Juries], and a [JURY]."),
        ("Bürgerjury für alle", "burgerjury", "[Bürgerjury] für alle"),
        ("jury jury", "jury", "[jury] [jury]"),
        ("jury", "jury", "[jury]"),
        ("Opinion poll", "jury", "Opinion poll"),
        ("the jury of the", "the jury", "the [jury] of the"),
        ("open space in open air", '"open space"', "[open] [space] in [open] air"),
        ("no.jury but a jury", "jury", "no.jury but a [jury]"),
        ("", "jury", ""),
    ],
)
def test_words_asked_for_are_marked_in_all_their_forms(
    text: str, words: str, expected: str
) -> None:
    assert shown(mark(text, stems_in(words))) == expected


@tries(150)
@given(TEXTS)
def test_marked_pieces_together_are_the_text(text: str) -> None:
    pieces = mark(text, stems_in("jury meeting"))
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


SIGNS = [
    *"aeisuyKIJ éüßİ\u212a字ъ_29.'’“-£🎉",
    " ",
    " ",
    "ing",
    "ies",
    "ed",
    "jury",
    "Élan",
    "e.g.",
    "no.jury",
    "\n",
]


@tries(600)
@given(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join), st.data())
def test_the_words_with_some_stems_are_those_that_the_index_knows_by_them(
    text: str, data: st.DataObject
) -> None:
    words = analyse(text)
    known = sorted({word.stem for word in words} - {BREAK}) or ["juri"]
    stems = data.draw(st.frozensets(st.sampled_from(known), min_size=1))
    assert spans_of(stems, text) == [(w.start, w.end) for w in words if w.stem in stems]


def test_every_word_of_the_catalogue_is_found_by_its_stem(real: Snapshot) -> None:
    for lines in real.passages(real.slugs[::8]).values():
        for text in lines.texts:
            words = analyse(text)
            for stem in {word.stem for word in words}:
                spans = [(word.start, word.end) for word in words if word.stem == stem]
                assert spans_of(frozenset((stem,)), text) == spans


def test_the_first_sentence_with_most_of_the_words_is_shown() -> None:
    passages = lines(
        "A jury sits.",
        "A jury hears evidence.",
        "Evidence for the jury comes first.",
        "Nothing here.",
    )
    assert shown(best_extract(passages, stems_in("jury evidence"))) == "A [jury] hears [evidence]."
    assert shown(best_extract(passages, stems_in("jury"))) == "A [jury] sits."


def test_no_extract_is_shown_where_no_sentence_matches() -> None:
    assert best_extract(lines("Nothing here."), stems_in("jury")) == ()
    assert best_extract(lines(), stems_in("jury")) == ()
    assert best_extract(lines("A jury sits."), frozenset()) == ()


def test_an_extract_is_chosen_by_words_that_tell_methods_apart_and_common_ones_are_marked_in_it() -> (
    None
):
    passages, asked = lines("Local people come.", "People build a dam."), stems_in("local people dam")  # fmt: skip
    common = stems_in("local people")
    assert shown(best_extract(passages, asked)) == "[Local] [people] come."
    assert shown(best_extract(passages, asked, common)) == "[People] build a [dam]."
    assert best_extract(passages, common, common) == ()


LONG = {
    "match at the start": "jury " + "word " * 100,
    "match in the middle": "word " * 60 + "jury " + "word " * 60,
    "match at the end": "word " * 100 + "jury",
    "long word before": "x" * 500 + " jury " + "word " * 100,
    "long word after": "jury " + "x" * 500,
    "no space before": "word " * 30 + "a/" * 80 + "jury " + "word " * 100,
    "no space after": "word " * 60 + "jury" + "/a" * 200,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_sentence_is_cut_around_its_match(text: str) -> None:
    pieces = best_extract(lines(text), stems_in("jury"))
    whole = "".join(piece.text for piece in pieces)
    assert [piece.text for piece in pieces if piece.marked] == ["jury"]
    assert len(whole) <= MAX_EXTRACT + len("… ") + len(" …")
    kept = whole.removeprefix("… ").removesuffix(" …")
    before, _, after = text.partition(kept)
    assert (bool(before), bool(after.strip())) == (whole[:2] == "… ", whole[-2:] == " …")


def test_a_long_sentence_is_cut_between_words() -> None:
    text = " ".join(f"number{n}" for n in range(80)).replace("number40", "jury")
    whole = "".join(piece.text for piece in best_extract(lines(text), stems_in("jury")))
    assert set(whole.split()) <= {*text.split(), "…"}


@tries(100)
@given(st.lists(st.sampled_from(["word", "a", "poll/", "x" * 90]), max_size=60), st.integers(0, 60))
def test_an_extract_is_short_and_shows_the_match(words: list[str], place: int) -> None:
    text = " ".join([*words[:place], "jury", *words[place:]])
    pieces = best_extract(lines(text), stems_in("jury"))
    assert [piece.text for piece in pieces if piece.marked] == ["jury"]
    assert sum(len(piece.text) for piece in pieces) <= MAX_EXTRACT + 4


def test_sentences_of_the_text_are_passages_but_not_what_it_warns_of(snapshot: Snapshot) -> None:
    page = snapshot.page("harvest-jury")
    assert page is not None
    entry = make_entry(_with_sections(page.method), "")
    assert entry.passages.texts == (
        "Twelve people meet, e.g. in a hall.",
        "They hear “witnesses”.",
        "“Why?” one asks.",
        "It cost £2.50 in 2019.",
        "Pick people.",
        "Listen to them.",
    )
    words = "".join(entry.passages.words.values())
    pairs = [pair.split("=") for pair in words.split("|") if pair]
    assert {s for s, held in pairs if int(held, 16) >> 1 & 1} == {"hear", "thei", "wit"}


def _with_sections(method: Method) -> Method:
    story = (
        'Twelve people meet,\ne.g. in a hall. They hear "**witnesses**". "Why?" one asks.'
        "\n\nIt cost £2.50 in 2019."
    )
    return replace(
        method,
        sections=(
            Section("what-it-is", story),
            Section("avoid-when", "Time is short."),
            Section("how-to-run", "1. Pick people.\n2. Listen to *them*."),
            Section("weaknesses", "It is slow."),
            Section("confused-with", "A [barn meeting](barn-meeting.md)."),
        ),
    )
