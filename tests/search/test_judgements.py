"""Judged searches are sound and apart from those that measure, and the ranking learns from them and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

from catalogue.cli.evaluations import learn as command
from catalogue.cli.main import main
from catalogue.search.judgements.features import features_in
from catalogue.search.judgements.judged_searches import (
    JudgedSearch,
    JudgedSearchesError,
    problems_of,
    read_judged_searches,
)
from catalogue.search.judgements.learning import learn
from catalogue.search.judgements.recommended import Recommended
from catalogue.search.judgements.weights import WEIGHTS_FILE, Weights, read_weights
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


def test_the_judged_searches_are_sound(judged: tuple[JudgedSearch, ...], real: Snapshot) -> None:
    assert list(problems_of(judged, real.slugs)) == []


def test_no_judged_search_is_one_that_measures(
    judged: tuple[JudgedSearch, ...],
) -> None:
    learned = [each.words.casefold() for each in judged]
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


def test_one_search_that_names_a_method_hardly_changes_what_it_is_recommended_for(
    real: Snapshot,
) -> None:
    others = sorted(set(real.cards[one_at(real, "fishbowl")].refers_to) & real.ordinals.keys())
    without = [JudgedSearch("quarrel at the pond", (slug,), ()) for slug in others]
    query = real.matched("quarrel").query
    found = [
        Recommended(learn(searches), real.cards, {}).scores(query)[one_at(real, "fishbowl")]
        for searches in (without, [*without, JudgedSearch("eat together", ("fishbowl",), ())])
    ]
    assert found[1] == pytest.approx(found[0], rel=0.3)


def test_without_the_file_the_search_works_says_so_and_recommends_nothing(
    real: Snapshot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cut.npz").write_bytes(WEIGHTS_FILE.read_bytes()[:5000])
    for name in ("missing.npz", "cut.npz"):
        caplog.clear()
        none = read_weights(tmp_path / name)
        [record] = caplog.records
        assert f"{name} cannot be read" in record.message
        assert record.message.endswith("or run catalogue learn, and restart the server.")
        recommended = Recommended(none, real.cards, {})
        assert not recommended.scores(real.matched("neighbours quarrel").query).any()
        assert not recommended.shares("neighbours quarrel").any()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ":1: the columns are none. Write search,first,also, with commas between them."),
        (b"search;first;also\nwhy;survey;\n", ":1: the columns are search;first;also. Write search,first,also, with commas between them."),
        (b"search,first,also\n", " holds no searches. Write one a row below search,first,also."),
        (b"search,first,also\nwhy, oh why,survey,\nwho,survey\n",
         ":2: this row has 4 parts, and there are three: search, first and also. Put quotation marks around a search that has a comma.\n"
         "{path}:3: this row has 2 parts, and there are three: search, first and also. Put quotation marks around a search that has a comma."),
        ("search,first,also\nwhy,survey,\n".encode("utf-16"), " is no CSV file in UTF-8 ("),
    ],
)  # fmt: skip
def test_a_file_of_searches_that_cannot_be_used_says_where_and_how_to_mend_it(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "searches.csv"
    path.write_bytes(content)
    with pytest.raises(JudgedSearchesError) as caught:
        read_judged_searches(path)
    assert str(caught.value).startswith(str(path) + said.format(path=path))


def test_what_a_spreadsheet_saves_as_csv_utf_8_is_read(tmp_path: Path) -> None:
    path = tmp_path / "searches.csv"
    path.write_bytes("search,first,also\r\n\"why, oh why\",survey,fishbowl world-cafe\r\n".encode("utf-8-sig"))  # fmt: skip
    assert read_judged_searches(path) == (
        JudgedSearch("why, oh why", ("survey",), ("fishbowl", "world-cafe")),
    )


def test_wrong_rows_are_all_named_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = (
        JudgedSearch("why", ("servey",), ()),
        JudgedSearch("Why", ("survey",), ("survey",)),
        JudgedSearch("who", (), ("survey",)),
    )
    monkeypatch.setattr(command, "read_judged_searches", lambda: wrong)
    monkeypatch.setattr(Weights, "write", lambda *_: pytest.fail("written"))
    result = CliRunner().invoke(main, ["learn"])
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        'Error: "why" names "servey", which is no method. Did you mean "survey"?',
        '"Why" stands there twice. Take one row out.',
        '"Why" names "survey" twice.',
        '"who" has no method to recommend first.',
        "Nothing was written.",
    ]


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
    several = [replace(each, words=f"{each.words} {n}") for n in range(4) for each in SEARCHES]
    monkeypatch.setattr(command, "read_judged_searches", lambda: several)
    monkeypatch.setenv("CATALOGUE_INDEX_DIR", str(real_index))
    result = CliRunner().invoke(main, ["learn", "--left-out"])
    assert result.exit_code == 0
    header, every, *kinds = (line.split() for line in result.output.splitlines())
    assert header == ["queries", "success@1", "success@3", "MRR", "nDCG@10", "P@5"]
    assert every[:2] == ["all", "12"]
    assert [kind[:3] for kind in kinds] == [["few", "words", "12"]]
