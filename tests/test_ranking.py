"""Scores: added up from Whoosh's own postings, they are Whoosh's own, on any index and any words.

The rest states what a concept, a name and a need add to them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query
from whoosh.index import open_dir

from catalogue.build import INDEX
from catalogue.entries import make_document, make_entry
from catalogue.index import BOOSTS, WEIGHTING, SearchIndex, stems_of, write_index
from catalogue.ranking import NameBook, NeedBook, concept_scores, rank
from catalogue.reader import method_files, read_method_file
from catalogue.snapshot import Snapshot
from catalogue.understanding import Alternative, Concept, Understanding
from tests.asking import tries

METHODS = Path(__file__).parent.parent / "methods"
COMMON = ["jury", "people", "map", "plan", "vote", "patient", "survey", "council", "walk", "idea"]


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
    """Ask Whoosh itself, through its searcher and collectors."""
    index = open_dir(str(folder))
    with index.searcher(weighting=WEIGHTING) as searcher:
        asked = query.Or(
            [
                query.Term(name, stem, boost=boost)
                for stem in stems
                for name, boost in BOOSTS.items()
            ]
        )
        return {hit["slug"]: hit.score for hit in searcher.search(asked, limit=None)}


def our_scores(folder: Path, stems: list[str]) -> dict[str, float]:
    index = SearchIndex(folder)
    total = sum((index.word_scores(stem) for stem in stems), np.zeros(len(index.slugs)))
    return {slug: score for slug, score in zip(index.slugs, total, strict=True) if score > 0}


words = st.lists(st.sampled_from(COMMON), min_size=1, max_size=3, unique=True)


@tries(40)
@given(words)
def test_scores_sets_and_order_are_those_of_whoosh(real: Snapshot, asked: list[str]) -> None:
    stems = [stem for word in asked for stem in stems_of(word)]
    theirs, ours = (ask(real.folder / INDEX, stems) for ask in (whoosh_scores, our_scores))
    assert ours == pytest.approx(theirs, rel=1e-9)
    assert sorted(ours, key=lambda s: (-round(ours[s], 9), s)) == sorted(
        theirs, key=lambda s: (-round(theirs[s], 9), s)
    )


@tries(30)
@given(words)
def test_the_same_holds_for_an_index_in_pieces(pieced: Path, asked: list[str]) -> None:
    stems = [stem for word in asked for stem in stems_of(word)]
    assert our_scores(pieced, stems) == pytest.approx(whoosh_scores(pieced, stems), rel=1e-9)


def test_a_concept_is_worth_its_best_alternative(snapshot: Snapshot) -> None:
    one, other = Alternative(("juri",)), Alternative(("lotteri",), 0.5)
    both = concept_scores(Concept("x", (one, other)), snapshot.index)
    alone = concept_scores(Concept("x", (one,)), snapshot.index)
    weak = concept_scores(Concept("x", (other,)), snapshot.index)
    assert both.tolist() == np.maximum(alone, weak).tolist()


def test_a_name_typed_in_full_is_found_wherever_it_stands() -> None:
    book = NameBook([(0, ("citizen", "juri")), (1, ("juri",)), (2, ("world", "cafe"))])
    assert book.named(("a", "citizen", "juri", "cost")) == {0: 2, 1: 1}
    assert book.named(("cafe", "world")) == {}


def test_one_word_alone_makes_no_need() -> None:
    book = NeedBook([(0, ("bin", "ring")), (1, ("bin",))], methods=2)
    bins, ring = (Concept(w, (Alternative((w,)),)) for w in ("bin", "ring"))
    assert book.scores([bins]).tolist() == [0, 0]
    first, second = book.scores([bins, ring])
    assert first > 0
    assert second == 0


def test_what_is_required_must_be_there(snapshot: Snapshot) -> None:
    jury = Concept("jury", (Alternative(("juri",)),))
    hay = Concept("hay", (Alternative(("hai",)), Alternative(("hay",))), required=True)
    asked = Understanding((jury, hay), ("juri", "hay"))
    found = rank(asked, snapshot.index, snapshot.names, snapshot.needs, {})
    held = concept_scores(hay, snapshot.index) > 0
    assert (found.scores > 0).tolist() == held.tolist()
    assert held.sum() == 1
