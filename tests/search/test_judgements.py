"""Judged searches are sound and apart from those that measure, and the ranking learns from them and from nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

from catalogue.cli.evaluations import learn as command
from catalogue.cli.main import main
from catalogue.search.judgements.features import features_in
from catalogue.search.judgements.judged_searches import JudgedSearch, read_judged_searches
from catalogue.search.judgements.learning import learn
from catalogue.search.judgements.recommended import Recommended
from catalogue.search.judgements.weights import Weights, read_weights
from catalogue.search.snapshot import Snapshot
from tests.support.search_helpers import asked, slugs

RELEVANCE = Path(__file__).parents[1] / "data" / "relevance"
SEARCHES = (
    JudgedSearch("find out why nobody rings", ("survey",), ("fishbowl",)),
    JudgedSearch("let neighbours quarrel fairly", ("fishbowl",), ()),
    JudgedSearch("a hall full of neighbours", ("fishbowl",), ("world-cafe",)),
)


@pytest.fixture(scope="module")
def judged() -> tuple[JudgedSearch, ...]:
    return read_judged_searches()


@pytest.fixture(scope="module")
def weights() -> Weights:
    return learn(SEARCHES)


def of(weights: Weights, words: str) -> dict[str, float]:
    scores = weights.scores(features_in(words)).tolist()
    return dict(zip(weights.slugs, scores, strict=True))


def test_every_judged_search_names_methods_that_there_are_each_once(
    judged: tuple[JudgedSearch, ...], real: Snapshot
) -> None:
    for each in judged:
        named = (*each.first, *each.also)
        assert each.first, each.words
        assert len(set(named)) == len(named), each.words
        assert set(named) <= real.ordinals.keys(), each.words


def test_no_judged_search_stands_twice_or_is_one_that_measures(
    judged: tuple[JudgedSearch, ...],
) -> None:
    learned = [each.words.casefold() for each in judged]
    assert len(set(learned)) == len(learned)
    measured = {
        query["q"].casefold()
        for path in RELEVANCE.glob("*.yaml")
        for query in yaml.safe_load(path.read_text(encoding="utf-8"))
    }
    assert measured
    assert not measured & set(learned)


def test_the_stored_weights_are_what_is_learned_now(judged: tuple[JudgedSearch, ...]) -> None:
    stored, now = read_weights(), learn(judged)
    advice = "Run catalogue learn."
    assert (stored.slugs, stored.names) == (now.slugs, now.names), advice
    # Half precision.
    assert np.allclose(stored.weights, now.weights, atol=2e-3), advice
    assert np.allclose(stored.mean, now.mean, atol=1e-3), advice


def test_weights_come_back_as_they_were_written(weights: Weights, tmp_path: Path) -> None:
    weights.write(tmp_path / "weights.npz")
    back = read_weights(tmp_path / "weights.npz")
    assert (back.slugs, back.names) == (weights.slugs, weights.names)
    assert back.weights == pytest.approx(weights.weights, abs=2e-3)


def test_words_speak_for_the_methods_of_the_searches_that_had_them(weights: Weights) -> None:
    found = of(weights, "why does nobody ring us")
    assert max(found, key=lambda slug: found[slug]) == "survey"
    assert found["survey"] > 0 > found["fishbowl"]
    # The quarrel of one search and the neighbours of two.
    found = of(weights, "neighbours who quarrel")
    assert max(found, key=lambda slug: found[slug]) == "fishbowl"


def test_unknown_words_say_nothing_and_take_their_share(weights: Weights) -> None:
    assert set(of(weights, "zebra crossing paint").values()) == {0.0}
    alone, among = of(weights, "neighbours"), of(weights, "neighbours zebra crossing paint")
    assert 0 < among["fishbowl"] < alone["fishbowl"]


def test_a_method_that_no_search_names_has_the_mean_of_those_it_refers_to(real: Snapshot) -> None:
    one = real.cards[real.ordinals["fishbowl"]]
    others = sorted(set(one.refers_to) & real.ordinals.keys())
    taught = learn([JudgedSearch("quarrel at the pond", (slug,), ()) for slug in others])
    query = real.matched("quarrel").query
    scores = Recommended(taught, real.cards, {}).scores(query)
    assert scores[one_at(real, "fishbowl")] == pytest.approx(
        scores[[one_at(real, slug) for slug in others]].mean()
    )


def test_a_method_that_moved_is_recommended_by_its_old_name(real: Snapshot) -> None:
    taught = learn([JudgedSearch("quarrel at the pond", ("old-name",), ())])
    query = real.matched("quarrel").query
    scores = Recommended(taught, real.cards, {"old-name": ("fishbowl",)}).scores(query)
    assert scores.argmax() == one_at(real, "fishbowl")


def one_at(snapshot: Snapshot, slug: str) -> int:
    return snapshot.ordinals[slug]


def test_a_few_words_with_the_name_of_a_method_ask_for_it_whatever_was_learned(
    real: Snapshot,
) -> None:
    assert slugs(asked(real, "fishbowl meeting"))[0] == "fishbowl"
    query, ranking = real.rank_uncached("fishbowl meeting")
    unasked, plain = real.rank_uncached("neighbours shout at meetings", asks=False)
    assert not query.is_sentence
    assert not unasked.asks
    taught = real.rank_uncached("neighbours shout at meetings")[1]
    assert (taught.scores != plain.scores).any()
    assert ranking.scores.argmax() == one_at(real, "fishbowl")


def test_only_methods_that_match_the_words_are_recommended(real: Snapshot) -> None:
    page = asked(real, '"empty chair"')
    assert page.total < len(real.cards) / 2
    scores = real.rank_uncached('"empty chair"')[1]
    assert ((scores.scores > 0) == (scores.by_words > 0)).all()


def test_what_is_measured_is_what_the_other_searches_teach(
    monkeypatch: pytest.MonkeyPatch, real_index: Path
) -> None:
    monkeypatch.setattr(command, "read_judged_searches", lambda: SEARCHES * 4)
    monkeypatch.setenv("CATALOGUE_INDEX_DIR", str(real_index))
    result = CliRunner().invoke(main, ["learn", "--left-out"])
    assert result.exit_code == 0
    header, every, *kinds = (line.split() for line in result.output.splitlines())
    assert header == ["queries", "success@1", "success@3", "MRR", "nDCG@10", "P@5"]
    assert every[:2] == ["all", "12"]
    assert [kind[:3] for kind in kinds] == [["few", "words", "12"]]
