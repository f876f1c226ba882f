"""Scores: added up from Whoosh's own postings, they are Whoosh's own, on any index and any words.

The rest states what a term, a name and a need add to them.
"""

from __future__ import annotations

from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query
from whoosh.index import open_dir

from catalogue.build.documents import make_document, make_entry
from catalogue.search.query.terms import Expansion, ParsedQuery, QueryTerm
from catalogue.search.ranking import NeedIndex, rank, term_scores
from catalogue.search.sets.names import NameIndex
from catalogue.search.snapshot import Snapshot
from catalogue.storage.folder import INDEX
from catalogue.storage.fulltext import (
    BOOSTS,
    PHRASE_FIELDS,
    SHORT_FIELDS,
    WEIGHTING,
    SearchIndex,
    stems_of,
    write_index,
)
from catalogue.validation.reader import method_files, read_method_file
from tests.support.search_helpers import document, index_of, tries

METHODS = Path(__file__).parents[2] / "methods"
COMMON = ["jury", "people", "map", "plan", "vote", "patient", "survey", "council", "walk", "idea"]
# Words that stand side by side in many methods, one of them twice over.
PHRASES = [
    list(stems_of(text))
    for text in ("citizens' jury", "local people", "open space technology", "face to face")
]
COMMON_STEMS = [stem for word in COMMON for stem in stems_of(word)]


@pytest.fixture(scope="module")
def pieced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index in several segments, with methods replaced and taken out."""
    folder = tmp_path_factory.mktemp("pieced") / "index"
    files = method_files(METHODS)[:24]
    methods = [m for file in files if (m := read_method_file(METHODS, file).method)]
    documents = [make_document(make_entry(method, "")) for method in methods]
    write_index(folder, documents[:20])
    write_index(folder, documents[20:], removed=[documents[3].slug])
    write_index(folder, documents[5:7], removed=[documents[21].slug])
    return folder


def whoosh_scores(folder: Path, stems: list[str]) -> dict[str, float]:
    """Ask Whoosh itself, through its searcher and collectors; the best comes first."""
    terms = [query.Term(n, stem, boost=boost) for stem in stems for n, boost in BOOSTS.items()]
    index = open_dir(str(folder), readonly=True)
    try:
        with index.searcher(weighting=WEIGHTING) as searcher:
            found = searcher.search(query.Or(terms), limit=None)
            return {hit["slug"]: hit.score for hit in found}
    finally:
        index.close()


def whoosh_phrase_scores(
    folder: Path, stems: list[str], fields: tuple[str, ...]
) -> dict[str, float]:
    """Ask Whoosh itself for words that stand side by side."""
    parts = [query.Phrase(name, stems, boost=BOOSTS[name]) for name in fields]
    index = open_dir(str(folder), readonly=True)
    try:
        with index.searcher(weighting=WEIGHTING) as searcher:
            return {hit["slug"]: hit.score for hit in searcher.search(query.Or(parts), limit=None)}
    finally:
        index.close()


def our_scores(index: SearchIndex, stems: list[str]) -> dict[str, float]:
    total = sum((index.word_scores(stem) for stem in stems), np.zeros(len(index.slugs)))
    return {slug: score for slug, score in zip(index.slugs, total, strict=True) if score > 0}


def test_the_index_in_pieces_is_in_pieces_with_gaps(pieced: Path) -> None:
    with open_dir(str(pieced), readonly=True).searcher() as searcher:
        assert len(searcher.leaf_searchers()) > 1
        assert searcher.doc_count() < searcher.doc_count_all()


@pytest.fixture(scope="module", params=["whole", "pieced"])
def folder(request: pytest.FixtureRequest) -> Path:
    """An index written in one go, or in several."""
    if request.param == "pieced":
        return request.getfixturevalue("pieced")
    return request.getfixturevalue("real").folder / INDEX


@pytest.fixture(scope="module")
def opened(folder: Path) -> SearchIndex:
    return SearchIndex(folder)


@pytest.fixture(scope="module")
def vocabulary(opened: SearchIndex) -> list[str]:
    """Stems that stand somewhere, the commonest and the rarest among them, and one that does not."""
    known = {stems[0] for word, _ in opened.lexicon("words") if len(stems := stems_of(word)) == 1}
    return [*sorted(known), "zzzz"]


@tries(60)
@given(data=st.data())
def test_scores_sets_and_order_are_those_of_whoosh(
    folder: Path, opened: SearchIndex, vocabulary: list[str], data: st.DataObject
) -> None:
    word = st.one_of(st.sampled_from(COMMON_STEMS), st.sampled_from(vocabulary))
    asked = data.draw(st.lists(word, min_size=1, max_size=3, unique=True))
    theirs, ours = whoosh_scores(folder, asked), our_scores(opened, asked)
    assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-9)
    in_their_order = [ours[slug] for slug in theirs]
    assert all(one >= two - 1e-9 for one, two in pairwise(in_their_order))


@tries(60)
@given(data=st.data())
def test_scores_of_phrases_are_those_of_whoosh(
    folder: Path, opened: SearchIndex, vocabulary: list[str], data: st.DataObject
) -> None:
    common = st.sampled_from([*PHRASES, *PHRASES, *map(list, permutations(COMMON_STEMS[:3], 2))])
    odd = st.lists(st.sampled_from([*COMMON_STEMS, *vocabulary]), min_size=2, max_size=3)
    asked = data.draw(st.one_of(common, odd))
    fields = data.draw(st.sampled_from([PHRASE_FIELDS, SHORT_FIELDS]))
    scores = opened.phrase_scores(tuple(asked), fields)
    ours = {slug: score for slug, score in zip(opened.slugs, scores, strict=True) if score > 0}
    assert ours == pytest.approx(whoosh_phrase_scores(folder, asked, fields), rel=1e-9, abs=1e-9)


def test_the_phrases_that_are_compared_stand_somewhere(opened: SearchIndex) -> None:
    assert sum(opened.phrase_scores(tuple(phrase)).any() for phrase in PHRASES) >= 2


@tries(40)
@given(data=st.data())
def test_ranking_finds_what_whoosh_finds_and_keeps_its_order_among_equals(
    folder: Path, opened: SearchIndex, vocabulary: list[str], data: st.DataObject
) -> None:
    word = st.sampled_from([s for s in COMMON_STEMS if s in vocabulary])
    asked = data.draw(st.lists(word, min_size=1, max_size=3, unique=True))
    terms = tuple(QueryTerm(stem, (Expansion((stem,)),)) for stem in asked)
    needs = NeedIndex([], len(opened.slugs))
    found = rank(ParsedQuery(terms, tuple(asked)), opened, NameIndex([]), needs, {}).scores
    ours = {slug: score for slug, score in zip(opened.slugs, found, strict=True) if score > 0}
    theirs = whoosh_scores(folder, asked)
    assert ours.keys() == theirs.keys()
    holding = [whoosh_scores(folder, [stem]).keys() for stem in asked]
    met = {slug: sum(slug in held for held in holding) for slug in theirs}
    for count in set(met.values()):
        same = [slug for slug in theirs if met[slug] == count]
        scores = [ours[slug] for slug in same]
        assert all(a >= b - 1e-9 for a, b in pairwise(scores))
        if count == len(asked):
            assert scores == pytest.approx([theirs[slug] for slug in same], rel=1e-9)


def test_a_term_scores_as_its_best_expansion(snapshot: Snapshot) -> None:
    one, other = Expansion(("juri",)), Expansion(("lotteri",), 0.5)
    both = term_scores(QueryTerm("x", (one, other)), snapshot.index)
    alone = term_scores(QueryTerm("x", (one,)), snapshot.index)
    weak = term_scores(QueryTerm("x", (other,)), snapshot.index)
    assert both.tolist() == np.maximum(alone, weak).tolist()


@pytest.mark.parametrize(
    ("field", "weight", "gains"),
    [("body", 1.0, True), ("body", 0.45, False), ("summary", 1.0, True), ("summary", 0.45, True)],
)
def test_words_nobody_typed_gain_by_standing_together_in_short_texts_alone(
    tmp_path: Path, field: str, weight: float, gains: bool
) -> None:
    texts = {"together": "heron pond bird", "apart": "heron bird pond"}
    index = index_of(tmp_path, *(document(slug, **{field: text}) for slug, text in texts.items()))
    term = QueryTerm("x", (Expansion(("heron", "pond"), weight, phrase=True),))
    scores = dict(zip(index.slugs, term_scores(term, index).tolist(), strict=True))
    assert scores["apart"] > 0
    assert (scores["together"] > scores["apart"]) is gains


def test_a_name_typed_in_full_is_found_wherever_it_stands() -> None:
    index = NameIndex([(0, ("citizen", "juri")), (1, ("juri",)), (2, ("world", "cafe"))])
    assert index.named(("a", "citizen", "juri", "cost")) == {0: 2, 1: 1}
    assert index.named(("cafe", "world")) == {}


def test_one_word_alone_makes_no_need() -> None:
    index = NeedIndex([(0, ("bin", "ring")), (1, ("bin",))], methods=2)
    bins, ring = (QueryTerm(w, (Expansion((w,)),)) for w in ("bin", "ring"))
    assert index.scores([bins]).tolist() == [0, 0]
    first, second = index.scores([bins, ring])
    assert first > 0
    assert second == 0


def test_what_is_required_must_be_there(snapshot: Snapshot) -> None:
    jury = QueryTerm("jury", (Expansion(("juri",)),))
    hay = QueryTerm("hay", (Expansion(("hai",)), Expansion(("hay",))), required=True)
    asked = ParsedQuery((jury, hay), ("juri", "hay"))
    found = rank(asked, snapshot.index, snapshot.names, snapshot.needs, {})
    held = term_scores(hay, snapshot.index) > 0
    assert (found.scores > 0).tolist() == held.tolist()
    assert held.sum() == 1
