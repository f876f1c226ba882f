"""A method that a search names and that fits in no size is said to, in the words of the planner, with the way there."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from catalogue.presentation.plans.named_texts import out_of_reach
from catalogue.search.engine import search
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from tests.support.page import PageClient
from tests.support.search_helpers import asked


@pytest.mark.parametrize(
    ("words", "slug", "said"),
    [
        ("citizens' jury for £500 in two weeks", "citizens-jury", ("You have 2 weeks", "You can spend £500")),
        ("world café for 3 people", "world-cafe", ("more than you have.",)),
        ("citizens' assembly in 3 weeks", "citizens-assembly", ("You have 3 weeks",)),
    ],
)  # fmt: skip
def test_a_named_method_that_fits_in_no_size_is_said_to_with_what_it_takes_and_what_was_given(
    real: Snapshot, words: str, slug: str, said: tuple[str, ...]
) -> None:
    [found] = out_of_reach(asked(real, words))
    assert found.title == real.cards[real.ordinals[slug]].title
    assert all(part in found.text for part in said)
    assert found.query.endswith(f"&why_not={slug}")


@pytest.mark.parametrize(
    "words",
    [
        "citizens' jury",
        "citizens' jury with £100,000",
        "survey for £500",
        "no citizens' jury, we have £500",
        "people say what matters for £500",
    ],
)
def test_nothing_is_said_of_what_fits_is_refused_or_not_named(real: Snapshot, words: str) -> None:
    assert list(out_of_reach(asked(real, words))) == []


def test_a_filter_is_a_limit_too_and_words_whose_limits_are_forgotten_are_none(
    real: Snapshot,
) -> None:
    filtered = SearchRequest(words="citizens' jury", ranges={"budget": (0.0, 500.0)})
    [found] = out_of_reach(search(real, filtered))
    assert "You can spend £500" in found.text
    forgotten = SearchRequest(words="citizens' jury for £500").with_limits_off()
    assert list(out_of_reach(search(real, forgotten))) == []


def test_the_list_the_api_and_the_planner_say_it_in_the_same_words(
    page: PageClient, client: FlaskClient
) -> None:
    soup = page.get("/methods?q=harvest+jury+for+%C2%A3500")
    [said] = [p for p in soup.select(".understood p") if "does not fit, whatever" in p.get_text()]
    link = said.select_one("a")
    assert link is not None
    assert link["href"] == "/plan?budget=500&why_not=harvest-jury#asked-1"
    text = said.get_text().removesuffix(link.get_text()).strip()
    assert text in client.get("/api/v1/methods?q=harvest+jury+for+%C2%A3500").json["notices"]
    why = text.split("whatever its size. ")[1]
    assert why.startswith("You can spend £500; it costs ")
    assert why in " ".join(page.get(str(link["href"]).split("#")[0]).get_text().split())
