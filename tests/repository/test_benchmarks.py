"""The measurements compare like with like: realistic files, and peers that answer as we do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.generate import REAL_METHODS, generate, read_real
from benchmarks.peer_fts5 import FTS5Peer
from benchmarks.peers import FILTERS, PeerDocument, read_document, read_documents
from benchmarks.queries import KINDS, make_requests, recombined
from benchmarks.timing import Spread
from catalogue.build.builder import build
from catalogue.cli.main import main
from catalogue.model.method import POSSIBLE
from catalogue.model.sizes import SIZED_FACETS
from catalogue.search.engine import search
from catalogue.search.query.facts import find_mentions
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot

COUNT = 40


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "methods"
    generate(folder, COUNT)
    return folder


@pytest.fixture(scope="module")
def with_gaps(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files, but in some of them facts are missing."""
    folder = shutil.copytree(generated, tmp_path_factory.mktemp("gaps") / "methods")
    for place, path in enumerate(sorted(folder.iterdir())):
        if place % 3 == 0:
            missing = ("cost", "audience", "recruitment", "format")[place % 4]
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(rf"(?m)^{missing}: .*\n", "", text), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def documents(with_gaps: Path) -> list[PeerDocument]:
    return list(read_documents(with_gaps))


@pytest.fixture(scope="module")
def generated_snapshot(with_gaps: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return Snapshot(build(with_gaps, tmp_path_factory.mktemp("built")).folder)


@pytest.fixture
def fts5(documents: list[PeerDocument], tmp_path: Path) -> Iterator[FTS5Peer]:
    peer = FTS5Peer(tmp_path)
    peer.build(documents[::-1])  # so that the order of results is its own
    yield peer
    peer.close()


def test_generated_files_pass_the_check(generated: Path) -> None:
    result = CliRunner().invoke(main, ["check"], env={"CATALOGUE_METHODS_DIR": str(generated)})
    assert result.exit_code == 0, result.output


def test_as_many_files_are_made_as_asked_and_all_are_methods(
    generated: Path, documents: list[PeerDocument]
) -> None:
    assert len(list(generated.iterdir())) == COUNT
    assert [document.words.slug for document in documents] == sorted(
        path.stem for path in generated.iterdir()
    )


def test_more_files_than_real_methods_can_be_made(tmp_path: Path) -> None:
    real = read_real()[:5]
    generate(tmp_path, 60, real=real)
    assert len(list(tmp_path.iterdir())) == 60
    assert len(list(read_documents(tmp_path))) == 60


def test_the_same_seed_makes_the_same_files_and_another_seed_makes_others(
    generated: Path, tmp_path: Path
) -> None:
    generate(tmp_path / "same", COUNT)
    generate(tmp_path / "other", COUNT, seed=2)
    assert _contents(tmp_path / "same") == _contents(generated)
    assert _contents(tmp_path / "other") != _contents(generated)


def _contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_generated_texts_are_as_long_as_the_real_ones(generated: Path) -> None:
    assert _mean_words(generated) == pytest.approx(_mean_words(REAL_METHODS), rel=0.1)


def _mean_words(folder: Path) -> float:
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.md")]
    return sum(len(text.split("\n---\n", 1)[1].split()) for text in texts) / len(texts)


def test_every_generated_text_is_taken_from_several_methods(generated: Path) -> None:
    real = [_lines(path) for path in REAL_METHODS.glob("*.md")]
    for path in generated.iterdir():
        lines = _lines(path)
        assert max(len(lines & known) for known in real) < 0.7 * len(lines), path.name
        assert len(lines & set.union(*real)) > 0.2 * len(lines), path.name


def _lines(path: Path) -> set[str]:
    """Return the lines of a text, without headings and with every link as one and the same."""
    text = re.sub(r"\[[^\]]+\]\([^)]+\)", "[]()", path.read_text(encoding="utf-8"))
    return {line for line in text.split("\n---\n", 1)[1].split("\n") if line and line[0] != "#"}


def test_generated_methods_know_what_all_real_methods_know(generated: Path) -> None:
    known = set.intersection(*(set(method.facts) for method in read_real()))
    assert {"purposes", "audience", "related", "cases"} <= known
    for method in read_real(generated):
        assert known - set(method.facts) == set(), method.slug


@pytest.mark.parametrize("kind", KINDS)
def test_requests_of_a_kind_differ_and_are_the_same_for_a_seed(
    kind: str, documents: list[PeerDocument]
) -> None:
    requests = make_requests(kind, documents, 50, seed=1)
    assert len({request.query() for request in requests}) == 50
    assert requests == make_requests(kind, documents, 50, seed=1)
    assert requests != make_requests(kind, documents, 50, seed=2)


def test_requests_with_three_filters_have_three_filters(documents: list[PeerDocument]) -> None:
    for kind, words in (("three filters, no words", 0), ("three words, three filters", 3)):
        for request in make_requests(kind, documents, 50, seed=1):
            assert (len(request.choices), len(request.words.split())) == (3, words)


def test_requests_of_words_with_limits_name_two_limits_and_three_words(
    documents: list[PeerDocument],
) -> None:
    for request in make_requests("words with limits", documents, 50, seed=1):
        limits, words = request.words.split(", ")
        assert len({m.fact.name for m in find_mentions(limits) if m.fact.numbers}) == 2
        assert len(words.split()) == 3


def test_generated_methods_have_the_steps_of_their_own_text(generated: Path) -> None:
    warned = CliRunner().invoke(main, ["check"], env={"CATALOGUE_METHODS_DIR": str(generated)})
    assert "step-unknown" not in warned.output
    assert all(method.facts.get("timeline") for method in read_real(generated))


def test_recombined_requests_are_new_and_use_no_new_word(documents: list[PeerDocument]) -> None:
    requests = make_requests("three words, three filters", documents, 50, seed=1)
    others = recombined(requests, seed=1)
    assert [other.choices for other in others] == [request.choices for request in requests]
    assert {w for o in others for w in o.words.split()} == {
        word for request in requests for word in request.words.split()
    }
    assert len({other.words for other in others} - {request.words for request in requests}) > 40


def test_the_fts5_peer_counts_and_finds_the_same_as_we_do_without_words(
    documents: list[PeerDocument], generated_snapshot: Snapshot, fts5: FTS5Peer
) -> None:
    requests = [
        SearchRequest(),
        *make_requests("three filters, no words", documents, 80, seed=3),
        *(SearchRequest(choices={name: ("unknown",)}) for name in FILTERS),
    ]
    # The peer knows no sizes, and does not put methods made for something before those for which it is possible.
    plain = [request for request in requests if not set(request.choices) & set(SIZED_FACETS)]
    assert len(plain) > 40
    for request in plain:
        ours, theirs = search(generated_snapshot, request), fts5.search(request)
        assert theirs.total == ours.total, request
        assert theirs.counts == _counts_above_nought(ours.facets), request
        if not set(request.choices) & set(POSSIBLE):
            assert list(theirs.slugs) == [result.card.slug for result in ours.results], request


def _counts_above_nought(facets: tuple) -> dict[str, dict[str, int]]:
    return {
        counts.facet.name: {value: number for value, number in counts.methods.items() if number}
        for counts in facets
    }


def test_the_fts5_peer_finds_a_method_by_its_title(
    documents: list[PeerDocument], fts5: FTS5Peer
) -> None:
    for document in documents[:10]:
        found = fts5.search(SearchRequest(words=f'"{document.words.title}"'))
        extracts = dict(zip(found.slugs, found.extracts, strict=True))
        assert "<mark>" in extracts[document.words.slug]


def test_the_fts5_peer_finds_an_edited_method_by_its_new_word(
    generated: Path, fts5: FTS5Peer, tmp_path: Path
) -> None:
    slug = next(generated.iterdir()).stem
    text = (generated / f"{slug}.md").read_text(encoding="utf-8")
    (tmp_path / f"{slug}.md").write_text(f"{text}\nMade by quillwort.\n", encoding="utf-8")
    fts5.update(read_document(tmp_path, slug))
    assert fts5.search(SearchRequest(words="quillwort")).slugs == (slug,)
    assert fts5.search(SearchRequest()).total == COUNT


def test_percentiles_are_figures_that_were_measured() -> None:
    spread = Spread([second / 1000 for second in range(1, 101)])
    assert (spread.p50, spread.at(95), spread.at(99), spread.at(100)) == (50.5, 95, 99, 100)
    assert Spread([0.002]).at(99) == 2
