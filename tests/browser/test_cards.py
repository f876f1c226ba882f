"""Cards of results in a real browser: low enough to look through, and each still says why it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

# No query; a sentence with limits, with what is outside them; filters that only other sizes pass; a name.
LISTS = (
    "/methods?per_page=96",
    "/methods?per_page=96&weaker=show&q=four+weeks+and+%C2%A32,000+to+hear+young+people+about+a+park",
    "/methods?per_page=96&weeks=4&budget=2000&audience=service-users",
    "/methods?per_page=96&q=world+cafe",
)
# How high a card may be, in CSS pixels, by the width of the window.
HIGHEST = {1280: 210, 375: 350}
# Of each card: its title, its height, and what of "does not fit", "possible" and the first reason is cut off at its end.
LOOK_AT_CARDS = """[...document.querySelectorAll(".card")].map((card) => {
  const box = card.getBoundingClientRect();
  const kept = [...card.querySelectorAll(".card__missed, .card__possible, .card__reasons > p:first-child > .quiet")];
  const outside = kept.filter((e) => {
    const clip = (e.closest(".card__reasons") || card).getBoundingClientRect();
    return [...e.getClientRects()].some((line) => line.bottom > clip.bottom + 1);
  });
  return [card.querySelector(".card__title").innerText, box.height, outside.map((e) => e.innerText)];
})"""


@pytest.mark.parametrize("width", HIGHEST)
def test_a_card_is_low_and_keeps_what_does_not_fit_and_its_first_reason(
    open_tab: Callable[..., Any], width: int
) -> None:
    tab = open_tab(width)
    too_high, cut, seen = {}, {}, 0
    for address in LISTS:
        for title, height, outside in tab.open(address).evaluate(LOOK_AT_CARDS):
            seen += 1
            if height > HIGHEST[width]:
                too_high[f"{title} at {address}"] = height
            if outside:
                cut[f"{title} at {address}"] = outside
    assert seen > 200
    assert too_high == {}
    assert cut == {}
