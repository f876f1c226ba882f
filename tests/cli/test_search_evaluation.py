"""The measures of relevance, on examples worked out by hand, and what is said of a file that cannot be used."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from click.testing import CliRunner

from catalogue.cli.evaluations.search_evaluation import (
    Outcome,
    QueriesError,
    Query,
    by_kind,
    evaluate,
    interval,
    read_queries,
    score,
)
from catalogue.cli.main import main
from catalogue.settings import Settings
from tests.support.editing import change


def outcome(want: str, found: str, kind: str = "need") -> Outcome:
    return Outcome(Query("words", kind, tuple(want)), tuple(found))


def test_the_rank_is_that_of_the_first_wanted_method() -> None:
    assert [outcome("b", "abc").rank, outcome("cb", "abc").rank, outcome("z", "abc").rank] == [
        2,
        2,
        0,
    ]


def test_graded_answers_count_three_where_wanted_and_one_where_they_could_serve() -> None:
    query = Query("q", "need", want=("a",), also=("b",))
    assert Outcome(query, ("a", "b")).ndcg == pytest.approx(1)
    swapped = (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))
    assert Outcome(query, ("b", "a")).ndcg == pytest.approx(swapped)
    assert Outcome(query, ("b", "c", "a")).precision_5 == pytest.approx(2 / 5)


def test_the_interval_of_a_difference_lies_about_its_mean() -> None:
    ours = [outcome("a", "abc")] * 10
    theirs = [outcome("a", "abc")] * 5 + [outcome("a", "bcd")] * 5
    low, high = interval(ours, theirs)
    assert 0 < low < 0.5 < high < 1
    assert interval(ours, ours) == (0.0, 0.0)


def test_ndcg_is_one_for_the_best_order_and_less_for_a_worse_one() -> None:
    assert outcome("ab", "abc").ndcg == pytest.approx(1)
    assert outcome("a", "bca").ndcg == pytest.approx(1 / math.log2(4))
    assert outcome("ab", "ca").ndcg == pytest.approx((1 / math.log2(3)) / (1 + 1 / math.log2(3)))
    assert outcome("z", "abc").ndcg == 0


def test_measures_are_means_over_the_queries() -> None:
    found = score(
        [outcome("a", "abc"), outcome("c", "abc"), outcome("d", "abcd"), outcome("z", "a")]
    )
    assert (found.queries, found.success_1, found.success_3) == (4, 0.25, 0.5)
    assert found.mrr == pytest.approx((1 + 1 / 3 + 1 / 4) / 4)


def test_outcomes_are_grouped_by_kind_in_the_order_of_the_file() -> None:
    groups = by_kind(
        [outcome("a", "a", "typo"), outcome("a", "a", "alias"), outcome("a", "b", "typo")]
    )
    assert {kind: len(group) for kind, group in groups.items()} == {"typo": 2, "alias": 1}
    assert list(groups) == ["typo", "alias"]


def test_only_the_first_ten_count() -> None:
    found = evaluate([Query("q", "need", ("k",))], lambda words: list("abcdefghijk"))
    assert found[0].rank == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {q: x, kind: need, want: [nothing-like-it]}", '{path}: "x" wants nothing-like-it, which is no method.'),
        ("- {q: x, kind: need, want: []}", '{path}: "x" wants nothing, which is no method.'),
        ("[]", "{path} holds no queries."),
        ("- just words", None),
        ("- {q: x}", None),
        ("{", None),
        ("", None),
        ("q: x", None),
        ("- {q: x, kind: need, want: jury}", None),
        ("- {q: x, kind: need, want: null}", None),
        ("- {q: 2020-13-45, kind: need, want: [jury]}", None),
        ("- {q: x, kind: need, want: [[jury]]}", """{path}: "x" wants ['jury'], which is no method."""),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_with_its_fix(
    tmp_path: Path, text: str, message: str | None
) -> None:
    path = tmp_path / "queries.yaml"
    path.write_text(text, encoding="utf-8")
    shape = '{path} is not a list of queries. Write one a line: - {{q: "words", kind: need, want: [slug]}}, or with grades {{…, first: [slug], also: [slug]}}.'
    with pytest.raises(QueriesError) as error:
        read_queries(path, ["jury"])
    assert str(error.value) == (message or shape).format(path=path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "queries.yaml"
    path.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(QueriesError) as error:
        read_queries(path, ["jury"])
    shape = (
        '- {q: "words", kind: need, want: [slug]}, or with grades {…, first: [slug], also: [slug]}'
    )
    assert str(error.value) == f"{path} is not a list of queries. Write one a line: {shape}."


def test_a_good_file_is_read_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "queries.yaml"
    path.write_text(
        '- {q: "bürger", kind: alias, want: [jury]}\n- {q: 5, kind: need, want: [walk, jury]}\n',
        encoding="utf-8",
    )
    assert read_queries(path, ["jury", "walk"]) == [
        Query("bürger", "alias", ("jury",)),
        Query("5", "need", ("walk", "jury")),
    ]


@pytest.fixture
def here(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings that commands find in the environment."""
    monkeypatch.setenv("CATALOGUE_METHODS_DIR", str(settings.methods_dir))
    monkeypatch.setenv("CATALOGUE_INDEX_DIR", str(settings.index_dir))
    return settings


def test_the_command_measures_the_files_as_they_are_now(tmp_path: Path, here: Settings) -> None:
    path = tmp_path / "queries.yaml"
    path.write_text("- {q: zebra, kind: alias, want: [reed-panel]}\n", encoding="utf-8")
    before = CliRunner().invoke(main, ["evaluate-search", str(path)])
    change(here.methods_dir / "reed-panel.md", "Reed panel", "Zebra panel")
    after = CliRunner().invoke(main, ["evaluate-search", str(path)])
    found = [result.stdout.splitlines()[1].split()[3] for result in (before, after)]
    assert found == ["0.000", "1.000"]


@pytest.mark.usefixtures("here")
def test_the_command_prints_measures_by_kind_and_what_failed(tmp_path: Path) -> None:
    path = tmp_path / "queries.yaml"
    path.write_text(
        "- {q: harvest jury, kind: alias, want: [harvest-jury]}\n"
        "- {q: harvest jury, kind: need, want: [web-idea-box]}\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["evaluate-search", str(path)])
    lines = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert lines[0] == ["queries", "success@1", "success@3", "MRR", "nDCG@10", "P@5"]
    assert [line[:4] for line in lines[1:4]] == [
        ["all", "2", "0.500", "0.500"],
        ["alias", "1", "1.000", "1.000"],
        ["need", "1", "0.000", "0.000"],
    ]
    assert result.stdout.splitlines()[4].startswith(
        'need: "harvest jury" wants web-idea-box; found harvest-jury'
    )


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("half", "first"), [("1", "1.000"), ("2", "0.000")])
def test_the_command_can_leave_out_every_second_query(
    tmp_path: Path, half: str, first: str
) -> None:
    path = tmp_path / "queries.yaml"
    path.write_text(
        "- {q: harvest jury, kind: alias, want: [harvest-jury]}\n"
        "- {q: harvest jury, kind: need, want: [web-idea-box]}\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["evaluate-search", str(path), "--half", half])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split()[:3] == ["all", "1", first]
