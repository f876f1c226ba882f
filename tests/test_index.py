"""The index finds words and phrases, ranks them, forgives odd input and serves many threads."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.entries import make_document, make_entry
from catalogue.index import MAX_TERMS, IndexDocument, SearchIndex, Term, parse_words, write_index
from catalogue.snapshot import Snapshot
from tests.asking import tries


def document(slug: str, **texts: str) -> IndexDocument:
    """Make a document whose fields are empty but for those given."""
    return IndexDocument(
        slug=slug, **{f.name: texts.get(f.name, "") for f in fields(IndexDocument)[1:]}
    )


def index_of(folder: Path, *documents: IndexDocument) -> SearchIndex:
    write_index(folder / "index", documents)
    return SearchIndex(folder / "index")


def ranked(index: SearchIndex, words: str) -> list[str]:
    scores = index.rank(words).scores
    return sorted(scores, key=lambda slug: -scores[slug])


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("Juries", [Term("Juries", ("juri",), False)], id="stem and small letters"),
        pytest.param("Bürger", [Term("Bürger", ("burger",), False)], id="accent"),
        pytest.param("Bu\u0308rger", [Term("Bürger", ("burger",), False)], id="separate accent"),
        pytest.param("jury juries", [Term("jury", ("juri",), False)], id="same word twice"),
        pytest.param(
            "the jury of it", [Term("jury", ("juri",), False)], id="words that say little"
        ),
        pytest.param(
            '"open space" jury',
            [Term("open space", ("open", "space"), True), Term("jury", ("juri",), False)],
            id="phrase",
        ),
        pytest.param('"jury"', [Term("jury", ("juri",), False)], id="phrase of one word"),
        pytest.param('"the jury"', [Term("the jury", ("juri",), False)], id="one word that counts"),
        pytest.param("„open space“", [Term("open space", ("open", "space"), True)], id="other marks"),
        pytest.param(
            '"open space', [Term("open", ("open",), False), Term("space", ("space",), False)],
            id="mark without its end",
        ),
        pytest.param(
            'open" space', [Term("open", ("open",), False), Term("space", ("space",), False)],
            id="mark within",
        ),
        pytest.param(
            '"" "the" """', [], id="nothing in the marks"
        ),
        pytest.param(
            "jury AND (poll* OR NOT title:x)",
            [Term(word, (stem,), False) for word, stem in (("jury", "juri"), ("poll", "poll"),
                                                           ("title", "titl"))],
            id="operators are words",
        ),
        pytest.param("*", [], id="wildcard"),
        pytest.param("", [], id="nothing"),
    ],
)  # fmt: skip
def test_only_quotation_marks_have_a_meaning(text: str, terms: list[Term]) -> None:
    assert parse_words(text) == tuple(terms)


def test_of_many_words_the_first_ones_count() -> None:
    terms = parse_words(" ".join(f"word{number}" for number in range(1000)))
    assert [term.text for term in terms] == [f"word{number}" for number in range(MAX_TERMS)]


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
    assert set(small.rank(words).scores) <= {"jury", "poll", "walk"}


@tries(150)
@given(words=st.text())
def test_no_text_raises(small: SearchIndex, words: str) -> None:
    ranking = small.rank(words)
    assert set(ranking.not_found) <= set(ranking.terms)


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
    ranking = small.rank("zork jury blah")
    assert [term.text for term in ranking.not_found] == ["zork", "blah"]
    assert set(ranking.scores) == {"jury", "poll", "walk"}


def test_a_phrase_nobody_uses_empties_the_list(small: SearchIndex) -> None:
    ranking = small.rank('jury "evidence hear"')
    assert [term.text for term in ranking.not_found] == ["evidence hear"]
    assert ranking.scores == {}


@pytest.mark.parametrize(
    ("typed", "found"),
    [("presupuesto", True), ("PRESUPUÉSTO", True), ("presupue\u0301sto", True), ("presupuest", False)],
)  # fmt: skip
def test_accents_and_capitals_do_not_matter(tmp_path: Path, typed: str, found: bool) -> None:
    index = index_of(tmp_path, document("pb", aliases="Presupuésto participativo"))
    assert ranked(index, typed) == (["pb"] if found else [])


@pytest.mark.parametrize("typed", ["meeting", "meetings", "meet", "MEETINGS"])
def test_forms_of_a_word_find_each_other(tmp_path: Path, typed: str) -> None:
    assert ranked(index_of(tmp_path, document("m", body="They met in meetings.")), typed) == ["m"]


def test_words_in_bold_or_links_are_found(snapshot: Snapshot) -> None:
    page = snapshot.page("harvest-jury")
    assert page is not None
    assert "**witnesses**" in page.method.sections[0].markdown
    assert ranked(snapshot.index, "witnesses") == ["harvest-jury"]
    assert ranked(snapshot.index, '"listen to witnesses and weigh"') == ["harvest-jury"]
    assert ranked(snapshot.index, "strong href") == []


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
    found = [ranked(index, words) for words in ("lottery", "poll", "walk")]
    assert found == [[], [], ["a"]]


def test_an_open_index_keeps_its_answers_while_another_is_written(tmp_path: Path) -> None:
    index = index_of(tmp_path, document("a", title="Lottery"))
    write_index(tmp_path / "index", [document("b", title="Lottery")])
    assert ranked(index, "lottery") == ["a"]
    assert set(ranked(SearchIndex(tmp_path / "index"), "lottery")) == {"a", "b"}


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert index_of(tmp_path).rank('jury "open space"').scores == {}


def test_eight_threads_get_the_same_answers_as_one(tmp_path: Path) -> None:
    random = Random(7)
    words = [f"word{number}" for number in range(60)]
    texts = [" ".join(random.choices(words, k=150)) for _ in range(120)]
    index = index_of(
        tmp_path,
        *(document(f"m{n}", title=text[:40], body=text) for n, text in enumerate(texts)),
    )
    queries = [" ".join(random.sample(words, 3)) for _ in range(30)]
    queries += [f'"{" ".join(random.sample(words, 2))}" {words[n]}' for n in range(30)]
    alone = [index.rank(query) for query in queries]
    start = threading.Barrier(8)

    def all_answers(_: int) -> bool:
        start.wait(timeout=10)
        return [index.rank(query) for query in queries] == alone

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(all_answers, range(8)))
    finally:
        sys.setswitchinterval(interval)
