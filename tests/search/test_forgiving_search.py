"""A search forgives how something is written, says what it made of it, and never leaves anybody without a way on."""

from __future__ import annotations

import string
import time
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.engine import search
from catalogue.search.highlights import highlight
from catalogue.search.order.results import common_stems
from catalogue.search.parameters import MAX_WORDS_LENGTH
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from tests.support.page import PageClient
from tests.support.search_helpers import ask, shown, slugs, tries

FACTS = ["cheap", "under £500", "young people", "in two weeks", "30 people", "online", "an hour", "free"]  # fmt: skip
WORDS = ["jury", "survey", "map", "photovoise", "", "xyzzy"]


def first(snapshot: Snapshot, words: str) -> str:
    return slugs(search(snapshot, SearchRequest(words=words)))[0]


@pytest.mark.parametrize(
    ("slug", "forms"),
    [
        ("fishbowl", ["fish bowl", "fishbowl", "fish-bowl", "Fish Bowl"]),
        ("open-space-technology", ["open space", "openspace", "open-space"]),
        ("photovoice", ["photovoice", "photo voice", "photo-voice"]),
        ("world-cafe", ["world cafe", "world café", "worldcafe", "WORLD CAFE\u0301"]),
        ("neighbourhood-planning", ["neighbourhood planning", "neighborhood planning"]),
        ("community-organising", ["community organising", "community organizing"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_however_a_name_is_written_its_method_comes_first(
    real: Snapshot, slug: str, forms: list[str]
) -> None:
    assert {form: first(real, form) for form in forms} == dict.fromkeys(forms, slug)


def test_every_method_is_found_first_by_its_title_and_soon_by_its_other_names(
    real: Snapshot,
) -> None:
    titles = {card.title: first(real, card.title) for card in real.cards}
    assert titles == {card.title: card.slug for card in real.cards}
    names = [(name, card.slug) for card in real.cards for name in card.aliases]
    late = [
        (name, slug)
        for name, slug in names
        if slug not in slugs(search(real, SearchRequest(words=name)))[:3]
    ]
    assert late == []


@pytest.mark.parametrize("slip", ["photovoise", "photo-voise", "(Photovóise)", '"photovoise', "photovoise!"])  # fmt: skip
def test_a_correction_is_said_and_not_undone_where_nothing_has_the_word_as_typed(
    real: Snapshot, slip: str
) -> None:
    page = search(real, ask(urlencode({"q": slip, "cost": "low"})))
    (correction,) = page.corrections
    assert "photovoice".endswith(correction.instead)
    assert correction.undone is None


@pytest.mark.parametrize("slip", ["photovoices", "(photovoices)", "PHOTOVOICES!"])
def test_what_undoes_a_correction_brings_no_other_and_leads_to_results(
    real: Snapshot, slip: str
) -> None:
    page = search(real, ask(urlencode({"q": slip, "cost": "low"})))
    (correction,) = page.corrections
    undone = correction.undone
    assert undone is not None
    assert undone.choices == {"cost": ("low",)}
    assert ask(undone.query()) == undone
    again = search(real, undone)
    assert again.corrections == ()
    assert again.total > 0


@tries(100)
@given(data=st.data())
def test_no_word_is_replaced_in_silence_or_for_good(real: Snapshot, data: st.DataObject) -> None:
    known = sorted(word for word in real.lexicon.name_words if len(word) > 6 and word.isascii())
    typed = []
    for _ in range(data.draw(st.integers(1, 3))):
        word = data.draw(st.sampled_from(known))
        place = data.draw(st.integers(1, len(word) - 1))
        typed.append(
            word[:place] + data.draw(st.sampled_from(string.ascii_lowercase)) + word[place:]
        )
    request = SearchRequest(words=" ".join(typed))
    page = search(real, request)
    for correction in page.corrections:
        assert correction.typed in typed
        assert real.lexicon.knows(correction.instead)
        if correction.undone:
            left = search(real, correction.undone)
            assert left.total > 0
            assert correction.typed not in [other.typed for other in left.corrections]


@st.composite
def filtered(draw: st.DrawFn, words: st.SearchStrategy[str]) -> SearchRequest:
    """Make a request with these words and a few filters."""
    pairs = [("q", draw(words))]
    for facet in draw(st.sets(st.sampled_from(VOCABULARY.filters), max_size=3)):
        values = st.sampled_from((*facet.values, UNKNOWN))
        pairs += [(facet.name, value) for value in draw(st.sets(values, min_size=1, max_size=2))]
    for name in draw(st.sets(st.sampled_from(list(VOCABULARY.ranges)), max_size=2)):
        pairs.append((name, str(draw(st.integers(1, 400)))))
    return ask(urlencode(pairs))


NAMING = st.lists(st.sampled_from([*FACTS, *WORDS]), min_size=1, max_size=4).map(" ".join)


@tries(120)
@given(request=filtered(NAMING))
def test_a_named_fact_is_offered_with_the_number_that_filter_brings(
    real: Snapshot, request: SearchRequest
) -> None:
    page = search(real, request)
    for raised in page.raised:
        assert raised.text in request.words
        if raised.only is None:
            assert VOCABULARY.facets[raised.fact.name] not in VOCABULARY.filters
            continue
        only = search(real, raised.only)
        assert (raised.only.words, raised.count) == (request.words, only.total)
        # The filter also brings methods for which it is only possible, behind those made for it.
        made_for = only.results[: max(0, only.made_for)] if len(only.groups) == 1 else ()
        assert all(raised.fact in result.facts for result in made_for)
        assert raised.fact not in [again.fact for again in only.raised]


@tries(120)
@given(request=filtered(st.sampled_from([*WORDS, *FACTS])))
def test_a_way_out_of_an_empty_list_brings_what_it_promises(
    real: Snapshot, request: SearchRequest
) -> None:
    page = search(real, request)
    if page.total:
        assert (page.ways_out, page.nearest) == ((), ())
        return
    promised = [way.count for way in page.ways_out]
    assert promised == [search(real, way.request).total for way in page.ways_out]
    assert promised == sorted(promised, reverse=True)
    assert all(promised)
    if request.filtered and search(real, SearchRequest(words=request.words)).total:
        assert page.nearest


def test_methods_with_a_named_fact_come_higher_and_say_so(snapshot: Snapshot) -> None:
    page = search(snapshot, SearchRequest(words="village online"))
    having = ["online" in result.card.choices["format"] for result in page.results]
    assert [bool(result.facts) for result in page.results] == having
    assert set(having) == {True, False}
    assert first(snapshot, "note") == "orchard-walk"
    assert first(snapshot, "note online") in ("reed-panel", "web-idea-box")
    alone = search(snapshot, SearchRequest(words="under £400"))
    assert slugs(alone) == slugs(search(snapshot, ask("budget=399")))


def test_another_name_and_a_need_that_matched_are_shown(snapshot: Snapshot) -> None:
    (result,) = search(snapshot, SearchRequest(words="Erntejury")).results
    assert [(piece.text, piece.marked) for piece in shown(snapshot, result).other_name] == [
        ("Erntejury", True)
    ]
    result = search(snapshot, SearchRequest(words="hear what the whole village thinks")).results[0]
    assert result.card.slug == "barn-meeting"
    assert (
        "".join(piece.text for piece in shown(snapshot, result).need)
        == "hear what the whole village thinks"
    )


LONG = {
    "many slips": " ".join(
        f"c{letter}nsult{other}tion" for letter in "qxzvk" for other in "qxzvkjwy"
    ),
    "slips": "phottovoice confferrence ",
    "unknown words": "qwzx jkqv ",
    "quotation marks": '"jury" "',
    "facts": "cheap £500 in 2 weeks ",
    "thesaurus": "hard to reach ",
    "commas": "1,",
    "prefixes": "par con pho ",
    "one word": "x",
    "dots": "a.",
    "signs": "(*£-",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_the_longest_odd_search_takes_less_than_a_second(real: Snapshot, text: str) -> None:
    words = (text * MAX_WORDS_LENGTH)[:MAX_WORDS_LENGTH].strip()
    started = time.thread_time()
    search(real, SearchRequest(words=words))
    assert time.thread_time() - started < 1


ODD = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from([*FACTS, *WORDS, '"', "“", "*", "ſ", "ı", "\u0301", "-", " "]), max_size=15).map("".join),
)  # fmt: skip


@tries(250)
@given(text=ODD)
def test_no_text_raises_and_what_is_shown_adds_up(real: Snapshot, text: str) -> None:
    page = search(real, ask(urlencode({"q": text}, errors="replace")))
    assert len(page.results) == min(page.total, page.request.per_page)
    assert all("".join(p.text for p in shown(real, r).title) == r.card.title for r in page.results)


@tries(250)
@given(text=ODD)
def test_the_words_a_method_holds_mark_what_all_words_would(real: Snapshot, text: str) -> None:
    request = ask(urlencode({"q": text}, errors="replace"))
    results = search(real, request).results
    query = real.matched(request.words).query
    passages, common = real.passages([r.card.slug for r in results]), common_stems(query, real)
    for r in results:
        assert shown(real, r) == highlight(r.card, query.marked, passages[r.card.slug], common)


@pytest.fixture(scope="module")
def site(app: Flask) -> PageClient:
    """The checking client, for a whole property test."""
    return PageClient(app)


@tries(30)
@given(text=ODD, filters=st.sampled_from(["", "&cost=very-high&format=remote", "&people=1"]))
def test_a_page_without_results_still_leads_on(site: PageClient, text: str, filters: str) -> None:
    query = urlencode({"q": f'{text} "xyzzy" "'}, errors="replace")
    soup = site.get(f"/methods?{query}{filters}")
    assert bool(soup.select(".card")) != bool(soup.select(".nothing"))
    if not soup.select(".card"):
        assert "/methods" in [link["href"] for link in soup.select(".nothing a")]


def test_the_page_says_what_was_corrected_and_raised_with_links(page: PageClient) -> None:
    soup = page.get("/methods?q=postcart+survey+online")
    said = [" ".join(p.get_text().split()) for p in soup.select(".understood p")]
    assert said == [
        "We searched for “postcard” instead of “postcart”.",
        "We understood these limits, and what fits them comes first: Format: Online. 2 methods fit, 3 are outside.",
        "Make filters of these limits · Forget these limits",
    ]
    assert [link["href"] for link in soup.select(".understood a")] == [
        "/methods?q=postcart+survey+online&format=online#results",
        "/methods?q=postcart+survey+online&limits=off#results",
    ]


def test_the_answer_for_programs_says_the_same(client: FlaskClient) -> None:
    answer = client.get("/api/v1/methods?q=postcart+survey+online").get_json()
    assert answer["corrections"] == [{"typed": "postcart", "instead": "postcard", "undone": None}]
    assert answer["limits"] == {
        "facts": ["Format: Online"],
        "fits": 2,
        "unknown": 0,
        "outside": 3,
        "only": "?q=postcart+survey+online&format=online",
        "off": "?q=postcart+survey+online&limits=off",
    }
    plain = client.get("/api/v1/methods?q=survey").get_json()
    assert (plain["corrections"], plain["raised"]) == ([], [])
