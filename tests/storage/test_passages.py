"""Of several short texts, the first that holds the most of the words asked for is picked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalogue.storage.passages import Lines, make_lines
from tests.support.search_helpers import tries

STEMS = st.sampled_from(["jury", "map", "vote", "walk", "idea"])
TEXTS = st.lists(st.frozensets(STEMS), max_size=80)


def numbered(texts: list[frozenset[str]]) -> Lines:
    return make_lines((f"text {number}", stems) for number, stems in enumerate(texts))


@tries(200)
@given(TEXTS, st.frozensets(STEMS))
def test_the_best_text_is_the_first_that_holds_the_most_stems(
    texts: list[frozenset[str]], asked: frozenset[str]
) -> None:
    held = [len(stems & asked) for stems in texts]
    most = max(held, default=0)
    expected = (f"text {held.index(most)}", most) if most else ("", 0)
    assert numbered(texts).best(asked) == expected


def test_texts_keep_their_order_and_stems_know_their_texts() -> None:
    lines = make_lines([("One jury.", ["one", "juri"]), ("A jury.", ["juri"])])
    assert lines == Lines(("One jury.", "A jury."), {"o": "|one=1|", "j": "|juri=3|"})
