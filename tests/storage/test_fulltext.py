"""The index finds words and phrases in every part of a page, forgives odd input, serves many threads."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.build.documents import make_document, make_entry
from catalogue.model.letters import split_words
from catalogue.search.query.parser import MAX_TERMS
from catalogue.search.snapshot import Snapshot
from catalogue.storage import fulltext
from catalogue.storage.fulltext import (
    IndexDocument,
    Scores,
    SearchIndex,
    stems_of,
    write_index,
)
from tests.support.search_helpers import document, index_of, ranked, ranking, tries

ODD = {
    "unbalanced quotes": '"jury "poll" "',
    "only quotes": '"' * 999,
    "operators": "AND OR NOT (jury) +poll -walk ^2 ~ && || jury~2 [a TO b] title:jury",
    "wildcards": "* ? *jury* j?ry *:*",
    "ten thousand characters": "jury " * 2000,
    "one long word": "j" * 10_000,
    "control characters": "".join(map(chr, range(32))) + "jury\x7f\x85",
    "lone surrogates": "\ud800jury\udfff",
    "slashes": "\\ / \\\\ jury \\",
    "outside the basic plane": "𝔍𝔲𝔯𝔶 🎉 jury \U0010ffff",
    "right to left": "‮yruj הצבעה تصويت",
    "break between texts": "\x1e\x1e jury",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """Three short documents."""
    return index_of(
        tmp_path_factory.mktemp("small"),
        document("jury", title="Citizens' jury", body="Ordinary people hear the evidence."),
        document("poll", title="Opinion poll", aliases="Jury of all", body="Many people answer."),
        document("walk", title="Orchard walk", body="People walk.", caveats="Not for a jury."),
    )


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
def test_odd_input_never_raises(small: SearchIndex, words: str) -> None:
    assert set(ranked(small, words)) <= {"jury", "poll", "walk"}


@tries(150)
@given(words=st.text())
def test_no_text_raises(small: SearchIndex, words: str) -> None:
    assert len(ranking(small, words).not_found) <= MAX_TERMS


def test_names_outrank_warnings_and_all_are_found(small: SearchIndex) -> None:
    assert ranked(small, "jury") == ["jury", "poll", "walk"]


@pytest.mark.parametrize("field", [f.name for f in fields(IndexDocument)[1:]])
def test_a_word_is_found_in_every_field(tmp_path: Path, field: str) -> None:
    index = index_of(tmp_path, document("here", **{field: "lottery"}), document("there"))
    assert ranked(index, "lotteries") == ["here"]


@pytest.mark.parametrize("field", ["title", "aliases", "asked_as", "summary", "body"])
def test_a_phrase_is_found_where_its_words_follow_each_other(tmp_path: Path, field: str) -> None:
    whole = document("whole", **{field: "drawn by the lottery of fields"})
    apart = document("apart", **{field: "lottery with many green fields"})
    index = index_of(tmp_path, whole, apart)
    assert ranked(index, '"lottery of the fields"') == ["whole"]
    assert set(ranked(index, "lottery fields")) == {"whole", "apart"}


def test_more_matching_words_rank_higher_than_one_word_in_a_better_place(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        document("one", title="Lottery"),
        document("all", body="A lottery draws residents to hear evidence."),
    )
    assert ranked(index, "lottery") == ["one", "all"]
    assert ranked(index, "lottery residents evidence draws") == ["all", "one"]


def test_words_nobody_uses_are_named_and_empty_nothing(small: SearchIndex) -> None:
    missing = [term.text for term in ranking(small, "zork jury blah").not_found]
    assert missing == ["zork", "blah"]
    assert set(ranked(small, "zork jury blah")) == {"jury", "poll", "walk"}


def test_a_phrase_nobody_uses_empties_the_list(small: SearchIndex) -> None:
    missing = [term.text for term in ranking(small, 'jury "evidence hear"').not_found]
    assert missing == ["evidence hear"]
    assert ranked(small, 'jury "evidence hear"') == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('"presupuesto"', True), ('"PRESUPUÉSTO"', True), ('"presupue\u0301sto"', True),
        ('"presupuest"', False),
    ],
)  # fmt: skip
def test_accents_and_capitals_do_not_matter(tmp_path: Path, typed: str, found: bool) -> None:
    index = index_of(tmp_path, document("pb", aliases="Presupuésto participativo"))
    assert ranked(index, typed) == (["pb"] if found else [])


@pytest.mark.parametrize("typed", ["meeting", "meetings", "meet", "MEETINGS"])
def test_forms_of_a_word_find_each_other(tmp_path: Path, typed: str) -> None:
    index = index_of(tmp_path, document("m", body="They met in meetings."))
    assert ranked(index, f'"{typed}"') == ["m"]


@pytest.mark.parametrize(
    ("text", "words", "stems"),
    [
        ("Citizens' Juries", ["citizens", "juries"], ("citizen", "juri")),
        ("fish-bowl", ["fish", "bowl"], ("fish", "bowl")),
        ("Bürger", ["burger"], ("burger",)),
        ("the of it", ["the", "of", "it"], ()),
        ("", [], ()),
    ],
)
def test_words_are_small_letters_without_accents_and_stems_leave_out_what_says_little(
    text: str, words: list[str], stems: tuple[str, ...]
) -> None:
    assert (split_words(text), stems_of(text)) == (words, stems)


def test_words_in_bold_or_links_are_found(snapshot: Snapshot) -> None:
    page = snapshot.page("harvest-jury")
    assert page is not None
    assert "**witnesses**" in page.method.sections[0].markdown
    assert ranked(snapshot.index, '"witnesses"') == ["harvest-jury"]
    assert ranked(snapshot.index, '"listen to witnesses and weigh"') == ["harvest-jury"]
    assert ranked(snapshot.index, '"strong" "href"') == []


def test_no_phrase_runs_from_one_text_into_the_next(snapshot: Snapshot) -> None:
    assert ranked(snapshot.index, '"jury of the fields"') == ["harvest-jury"]
    assert ranked(snapshot.index, '"fields erntejury"') == []


def test_fixed_headings_are_not_indexed_and_caveats_apart(snapshot: Snapshot) -> None:
    page = snapshot.page("barn-meeting")
    assert page is not None
    entry = make_document(make_entry(page.method, ""))
    assert (entry.title, entry.aliases, entry.headings) == ("Barn meeting", "Village gathering", "")
    assert "Loud voices win; a postcard survey hears more people." in entry.caveats.split("\n")
    assert "postcard" not in entry.body
    assert "People sit on hay bales and speak in turn about the village." in entry.body.split("\n")
    assert {"Tell people", "announce", "villagers"} <= set(entry.labels.split("\n"))


def test_a_document_written_again_takes_the_place_of_the_old(tmp_path: Path) -> None:
    index_of(tmp_path, document("a", title="Lottery"), document("b", title="Poll"))
    write_index(tmp_path / "index", [document("a", title="Walk")], removed=["b"])
    index = SearchIndex(tmp_path / "index")
    found = [ranked(index, words) for words in ('"lottery"', '"poll"', '"walk"')]
    assert found == [[], [], ["a"]]


def test_an_open_index_keeps_its_answers_while_another_is_written(tmp_path: Path) -> None:
    index = index_of(tmp_path, document("a", title="Lottery"))
    write_index(tmp_path / "index", [document("b", title="Lottery")])
    assert ranked(index, "lottery") == ["a"]
    assert set(ranked(SearchIndex(tmp_path / "index"), "lottery")) == {"a", "b"}


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert ranked(index_of(tmp_path), 'jury "open space"') == []


def test_the_lexicon_holds_whole_words_with_the_number_of_methods_that_use_them(
    small: SearchIndex,
) -> None:
    assert dict(small.lexicon("words")) == {
        "answer": 1, "citizens": 1, "evidence": 1, "hear": 1, "jury": 3, "many": 1, "opinion": 1,
        "orchard": 1, "ordinary": 1, "people": 3, "poll": 1, "walk": 1, "all": 1,
    }  # fmt: skip
    names = {"citizens", "jury", "opinion", "poll", "all", "orchard", "walk"}
    assert {word for word, _ in small.lexicon("names")} == names


def test_scores_follow_the_order_the_index_is_given(tmp_path: Path) -> None:
    index = index_of(tmp_path, document("a", title="Poll"), document("b", title="Walk"))
    for ordinals in ({"a": 0, "b": 1}, {"a": 1, "b": 0}):
        opened = SearchIndex(tmp_path / "index")
        opened.arrange(ordinals)
        (ordinal,) = np.flatnonzero(opened.word_scores("walk"))
        assert ordinal == ordinals["b"]
    assert np.flatnonzero(index.word_scores("walk")).tolist() == [index.slugs.index("b")]


def test_scores_that_are_kept_cannot_be_changed(small: SearchIndex) -> None:
    for scores in (small.word_scores("juri"), small.phrase_scores(("opinion", "poll"))):
        with pytest.raises(ValueError, match="assignment destination is read-only"):
            scores[0] = 1.0


@pytest.mark.parametrize(("limit", "words"), [(10**9, 8192), (100 * 8 * 2, 100), (8 * 2 - 1, 1)])
def test_words_are_cached_up_to_a_number_and_up_to_so_many_bytes(
    limit: int, words: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "MAX_WORD_BYTES", limit)
    index = index_of(tmp_path, document("a", title="Poll"), document("b", title="Walk"))
    assert index.word_scores.cache_info().maxsize == words


def test_eight_threads_get_the_same_answers_as_one(tmp_path: Path) -> None:
    random = Random(7)
    words = [f"word{number}" for number in range(60)]
    texts = [" ".join(random.choices(words, k=150)) for _ in range(120)]
    alone = index_of(
        tmp_path,
        *(document(f"m{n}", title=text[:40], body=text) for n, text in enumerate(texts)),
    )
    pairs = [tuple(random.sample(words, 2)) for _ in range(30)]
    start = threading.Barrier(8)

    def answers(index: SearchIndex) -> list[Scores]:
        return [*map(index.word_scores, words), *map(index.phrase_scores, pairs)]

    def all_answers(index: SearchIndex) -> list[Scores]:
        start.wait(timeout=10)
        return answers(index)

    # An index of its own, so that nothing it is asked for is at hand from before.
    shared = SearchIndex(tmp_path / "index")
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(all_answers, [shared] * 8))
    finally:
        sys.setswitchinterval(interval)
    assert any(scores.any() for scores in found[0][len(words) :])
    assert all(np.array_equal(one, answers(alone)) for one in found)
