"""A reason says why a method is in a list: in one form for names, needs, facts and extracts."""

from __future__ import annotations

import pytest

from catalogue.model.facts import Fact
from catalogue.presentation.reasons import LABELS, Reason, reasons
from catalogue.search.engine import search
from catalogue.search.highlights import Highlights, Piece
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from tests.support.search_helpers import shown

PLAIN = Highlights((Piece("Harvest jury"),), (Piece("Twelve people."),))
NAME, NEED, EXTRACT = (Piece("Erntejury", marked=True),), (Piece("a need"),), (Piece("a text"),)


def texts(found: list[Reason]) -> list[tuple[str, str]]:
    return [(reason.label, "".join(piece.text for piece in reason.text)) for reason in found]


def test_reasons_come_in_the_order_name_need_facts_extract() -> None:
    highlights = Highlights(PLAIN.title, PLAIN.summary, EXTRACT, NAME, NEED)
    found = list(reasons(highlights, [Fact("format", ("online",)), Fact("weeks", numbers=(0, 2))]))
    assert [reason.kind for reason in found] == list(LABELS)
    assert texts(found) == [
        ("Also known as:", "Erntejury"),
        ("For a need such as:", "a need"),
        ("Matches:", "Format: Online, From idea to result: up to 2 weeks"),
        ("In the text:", "a text"),
    ]
    assert found[0].text == NAME


def test_what_title_and_summary_show_is_no_reason_of_its_own() -> None:
    assert list(reasons(PLAIN, [])) == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Erntejury", ("Also known as:", "Erntejury")),
        ("lottery online", ("Matches:", "Audience: A cross-section of people")),
    ],
)
def test_a_result_has_the_reasons_of_its_search(
    snapshot: Snapshot, words: str, reason: tuple[str, str]
) -> None:
    results = search(snapshot, SearchRequest(words=words)).results
    (result,) = [result for result in results if result.card.slug == "harvest-jury"]
    assert reason in texts(list(reasons(shown(snapshot, result), result.facts)))
