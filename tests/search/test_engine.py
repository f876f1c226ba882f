"""An answer holds the right methods, in the right order, with true counts and notices."""

from __future__ import annotations

import pytest

from catalogue.search.engine import SearchPage, search
from catalogue.search.highlights import Piece
from catalogue.search.parameters import Notice
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from tests.support.search_helpers import ask, counts, shown, slugs

BY_TITLE = [
    "barn-meeting",
    "harvest-jury",
    "orchard-walk",
    "postcard-survey",
    "reed-panel",
    "web-idea-box",
]


def answer(snapshot: Snapshot, query: str) -> SearchPage:
    return search(snapshot, ask(query))


def marked(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.marked]


def test_without_words_or_filters_every_method_is_listed_by_title(snapshot: Snapshot) -> None:
    page = answer(snapshot, "")
    assert (page.total, page.pages, slugs(page), page.notices) == (6, 1, BY_TITLE, ())
    assert [entry.facet for entry in page.facets] == list(VOCABULARY.filters)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("purpose=gather-views", ["barn-meeting", "postcard-survey"]),
        (
            "purpose=gather-views&purpose=deliberate",
            ["barn-meeting", "harvest-jury", "postcard-survey"],
        ),
        ("purpose=gather-views&format=remote", ["postcard-survey"]),
        (
            "purpose=gather-views&purpose=deliberate&cost=high&cost=minimal",
            ["harvest-jury"],
        ),
        ("purpose=shape-vision", []),
        ("purpose=gather-views&purpose=shape-vision", ["barn-meeting", "postcard-survey"]),
        ("cost=unknown", ["web-idea-box"]),
        ("cost=unknown&cost=minimal", ["orchard-walk", "web-idea-box"]),
    ],
)
def test_options_add_within_a_facet_and_narrow_between_facets(
    snapshot: Snapshot, query: str, expected: list[str]
) -> None:
    page = answer(snapshot, query)
    assert (slugs(page), page.total, page.notices) == (expected, len(expected), ())


@pytest.mark.parametrize(
    ("query", "expected", "not_known"),
    [
        pytest.param("people=12", ["harvest-jury", "orchard-walk", "reed-panel"], 0, id="ends"),
        pytest.param(
            "people=24-50", ["barn-meeting", "harvest-jury", "web-idea-box"], 0, id="overlap"
        ),
        pytest.param("people=1-4", [], 0, id="too small for all"),
        pytest.param("people=5000", ["web-idea-box"], 0, id="no upper limit"),
        pytest.param("people=49", ["barn-meeting"], 0, id="below an open range"),
        pytest.param("weeks=3", ["barn-meeting", "orchard-walk"], 1, id="at most"),
        pytest.param("weeks=16-99", ["harvest-jury", "reed-panel"], 1, id="from and to"),
        pytest.param("hours=1", ["orchard-walk", "postcard-survey"], 1, id="hours"),
        pytest.param("hours=0.05", [], 1, id="nothing so short"),
        pytest.param("budget=300", ["orchard-walk"], 1, id="all that is known to be needed"),
        pytest.param("budget=299", [], 2, id="cost without a low end"),
        pytest.param("budget=301-400", [], 1, id="more than the most it costs"),
        pytest.param("budget=500", ["barn-meeting", "orchard-walk"], 1, id="cost by band alone"),
        pytest.param(
            "budget=4999-5000", ["barn-meeting", "reed-panel"], 1, id="euros turned into pounds"
        ),
        pytest.param("budget=15001-39999", [], 1, id="between all"),
    ],
)
def test_a_range_keeps_what_overlaps_and_says_what_it_leaves_out(
    snapshot: Snapshot, query: str, expected: list[str], not_known: int
) -> None:
    page = answer(snapshot, query)
    name = query.partition("=")[0]
    query = f"?{name}=unknown"
    notices = (Notice("range-not-known", name, str(not_known), query=query),) if not_known else ()
    assert (slugs(page), page.notices) == (expected, notices)


def test_methods_that_another_filter_leaves_out_are_not_blamed_on_a_range(
    snapshot: Snapshot,
) -> None:
    assert answer(snapshot, "hours=3&purpose=inform").notices == ()
    assert answer(snapshot, "hours=3&purpose=generate-ideas").notices == (
        Notice("range-not-known", "hours", "1", query="?purpose=generate-ideas&hours=unknown"),
    )


def test_each_unknown_method_is_blamed_on_one_range_only(snapshot: Snapshot) -> None:
    page = answer(snapshot, "weeks=20&hours=30")
    (notice,) = page.notices
    assert notice == Notice("range-not-known", "weeks", "1", query="?weeks=unknown&hours=30")
    assert slugs(page) == BY_TITLE[:5]


def test_counts_in_a_facet_ignore_that_facets_own_choice(snapshot: Snapshot) -> None:
    free = answer(snapshot, "format=in-person")
    chosen = answer(snapshot, "format=in-person&purpose=deliberate")
    assert counts(chosen, "purpose") == counts(free, "purpose")
    assert counts(chosen, "cost") == {
        "minimal": 0,
        "low": 0,
        "moderate": 0,
        "high": 1,
        "very-high": 0,
        "unknown": 0,
    }


def test_counts_obey_words_and_ranges(snapshot: Snapshot) -> None:
    page = answer(snapshot, "q=survey&people=1000")
    assert slugs(page) == ["postcard-survey"]
    assert {v: n for v, n in counts(page, "purpose").items() if n} == {
        "understand-needs": 1,
        "gather-views": 1,
    }


def test_options_nobody_has_are_kept_with_a_count_of_nothing(snapshot: Snapshot) -> None:
    found = counts(answer(snapshot, ""), "purpose")
    assert list(found) == list(VOCABULARY.facets["purpose"].values)
    assert found["shape-vision"] == 0 and found["gather-views"] == 2


def test_unknown_is_an_option_only_where_a_method_does_not_say(snapshot: Snapshot) -> None:
    page = answer(snapshot, "")
    with_unknown = [e.facet.name for e in page.facets if UNKNOWN in counts(page, e.facet.name)]
    assert with_unknown == [
        "cost", "level", "recruitment", "facilitation", "talk", "kind", "stage", "family",
        "handles_conflict", "handles_complexity", "inclusion", "decision", "outcome",
    ]  # fmt: skip
    assert counts(page, "cost")[UNKNOWN] == 1


def test_unknown_is_shown_where_it_was_chosen(snapshot: Snapshot) -> None:
    page = answer(snapshot, "audience=unknown")
    assert (slugs(page), counts(page, "audience")[UNKNOWN]) == ([], 0)


def test_chosen_options_are_told_from_the_others(snapshot: Snapshot) -> None:
    page = answer(snapshot, "cost=low&cost=high")
    cost = next(entry for entry in page.facets if entry.facet.name == "cost")
    assert cost.chosen == ("low", "high")
    assert [entry.facet.name for entry in page.facets if entry.chosen] == ["cost"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=title", "barn-meeting harvest-jury orchard-walk postcard-survey reed-panel web-idea-box"),
        ("sort=cost", "orchard-walk barn-meeting postcard-survey reed-panel harvest-jury web-idea-box"),
        ("sort=time", "postcard-survey orchard-walk barn-meeting reed-panel harvest-jury web-idea-box"),
        (
            "sort=reviewed",
            "postcard-survey harvest-jury barn-meeting reed-panel orchard-walk web-idea-box",
        ),
        ("sort=relevance", "barn-meeting harvest-jury orchard-walk postcard-survey reed-panel web-idea-box"),
    ],
)  # fmt: skip
def test_sorts_put_the_least_first_the_newest_first_and_the_unknown_last(
    snapshot: Snapshot, query: str, expected: str
) -> None:
    assert slugs(answer(snapshot, query)) == expected.split()


def test_a_chosen_sort_orders_what_the_words_found(snapshot: Snapshot) -> None:
    by_match = ["harvest-jury", "barn-meeting", "orchard-walk", "postcard-survey"]
    by_cost = ["orchard-walk", "barn-meeting", "postcard-survey", "harvest-jury"]
    assert slugs(answer(snapshot, "q=village+harvest")) == by_match
    assert slugs(answer(snapshot, "q=village+harvest&sort=cost")) == by_cost


def test_pages_follow_one_another_without_gap_or_repeat(snapshot: Snapshot) -> None:
    pages = [answer(snapshot, f"sort=cost&per_page=4&page={number}") for number in (1, 2)]
    assert [(page.total, page.pages, len(page.results)) for page in pages] == [(6, 2, 4), (6, 2, 2)]
    assert slugs(pages[0]) + slugs(pages[1]) == slugs(answer(snapshot, "sort=cost"))


def test_a_page_beyond_the_last_gives_the_last_and_says_so(snapshot: Snapshot) -> None:
    page = answer(snapshot, "per_page=4&page=999999")
    assert slugs(page) == BY_TITLE[4:]
    assert page.request.page == 2
    assert page.notices == (Notice("page-beyond", "page", "999999", ("2",)),)


def test_an_answer_without_results_still_has_its_first_page_and_all_counts(
    snapshot: Snapshot,
) -> None:
    page = answer(snapshot, "q=zork")
    assert (page.total, page.pages, page.results, page.notices) == (0, 1, (), ())
    assert set(counts(page, "purpose").values()) == {0}


def test_words_without_anything_to_search_for_do_not_narrow_the_list(snapshot: Snapshot) -> None:
    page = answer(snapshot, "q=the+*&cost=low")
    assert slugs(page) == ["barn-meeting", "postcard-survey"]
    assert page.notices == (Notice("words-empty", "q", "the *"),)


def test_one_odd_word_does_not_empty_the_list_and_is_named(snapshot: Snapshot) -> None:
    page = answer(snapshot, "q=lottery+Zörk+evidence+blah")
    assert slugs(page) == ["harvest-jury"]
    assert page.notices == (Notice("words-not-found", "q", "", ("Zörk", "blah")),)


def test_no_more_than_five_odd_words_are_named(snapshot: Snapshot) -> None:
    page = answer(snapshot, "q=lottery+zork+blah+" + "x" * 70 + "+qux+quux+corge+grault")
    expected = ("zork", "blah", "x" * 60, "qux", "quux")
    assert page.notices == (Notice("words-not-found", "q", "", expected),)


def test_methods_with_more_of_the_words_rank_higher(snapshot: Snapshot) -> None:
    assert slugs(answer(snapshot, "q=village"))[0] == "barn-meeting"
    both = answer(snapshot, "q=village+lottery")
    assert slugs(both)[0] == "harvest-jury"
    assert set(slugs(both)) == set(slugs(answer(snapshot, "q=village")))
    scores = [result.score for result in both.results]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=%22five+questions%22", ["postcard-survey"]),
        ("q=%22questions+five%22", []),
        ("q=%E2%80%9Cfive+questions%E2%80%9D", ["postcard-survey"]),
        ("q=%22five+questions%22+village", ["postcard-survey"]),
        ("q=%22five+questions%22+zork", ["postcard-survey"]),
        ("q=%22five+questions%22+%22hay+bales%22", []),
        ("q=five+questions+hay+bales", ["barn-meeting", "postcard-survey", "harvest-jury"]),
    ],
)
def test_a_phrase_in_quotation_marks_must_be_there(
    snapshot: Snapshot, query: str, expected: list[str]
) -> None:
    assert sorted(slugs(answer(snapshot, query))) == sorted(expected)


def test_matching_words_are_marked_in_title_summary_and_extract(snapshot: Snapshot) -> None:
    result = answer(snapshot, "q=jurys+LOTTERY+witness").results[0]
    assert shown(snapshot, result).title == (Piece("Harvest "), Piece("jury", marked=True))
    assert marked(shown(snapshot, result).summary) == ["lottery", "evidence"]  # what witnesses give
    assert shown(snapshot, result).extract == (
        Piece("People chosen by "),
        Piece("lottery", marked=True),
        Piece(" listen to "),
        Piece("witnesses", marked=True),
        Piece(" and weigh the question of water rights."),
    )


def test_without_words_nothing_is_marked_and_no_extract_shown(snapshot: Snapshot) -> None:
    result = answer(snapshot, "purpose=deliberate").results[0]
    assert shown(snapshot, result).title == (Piece("Harvest jury"),)
    assert marked(shown(snapshot, result).summary) == []
    assert (shown(snapshot, result).extract, result.score) == ((), 0.0)


def test_what_a_method_warns_of_is_no_extract(snapshot: Snapshot) -> None:
    results = {r.card.slug: r for r in answer(snapshot, "q=postcard").results}
    assert list(results) == ["postcard-survey", "barn-meeting"]
    assert shown(snapshot, results["barn-meeting"]).extract == ()


def test_an_answer_depends_on_the_request_alone(snapshot: Snapshot) -> None:
    queries = ["q=jury", "q=%22five+questions%22", "people=12&purpose=deliberate", "", "q=village"]
    once = [answer(snapshot, query) for query in queries]
    again = [answer(snapshot, query) for query in reversed(queries)]
    assert once == again[::-1]
    assert search(snapshot, SearchRequest()) == once[3]
