"""What was typed becomes terms; whatever was added to it or changed in it can be seen in them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.search.query.facts import find_mentions
from catalogue.search.query.lexicon import Lexicon
from catalogue.search.query.parser import (
    FACT_WORD,
    MAX_SLIPS,
    MAX_TERMS,
    SYNONYM,
    as_typed,
    parse_query,
)
from catalogue.search.query.terms import ParsedQuery, QueryTerm
from catalogue.search.query.thesaurus import THESAURUS
from catalogue.storage.fulltext import stems_of
from tests.support.search_helpers import document, index_of, lexicon_of, tries

NAMES = ["Fishbowl", "Open space", "Photovoice"]
BODY = (
    "Jury juries title zork opera operatic neighbourhood burger harbours conference photograph "
    "bowl fish oxen"
)


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """The words of three names and a short text."""
    documents = [document(name.lower(), title=name, body=BODY) for name in NAMES]
    return lexicon_of(index_of(tmp_path_factory.mktemp("lexicon"), *documents), NAMES)


def one(query: ParsedQuery) -> QueryTerm:
    (term,) = query.terms
    return term


def expansions(term: QueryTerm) -> list[tuple[str, ...]]:
    """Return the stems of everything that meets a term, what was typed first."""
    return [expansion.stems for expansion in term.expansions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Juries", [("Juries", ("juri",), False)], id="stem and small letters"),
        pytest.param("Bürger", [("Bürger", ("burger",), False)], id="accent"),
        pytest.param("Bu\u0308rger", [("Bürger", ("burger",), False)], id="separate accent"),
        pytest.param("zork zork", [("zork", ("zork",), False)], id="same word twice"),
        pytest.param("the jury of it", [("jury", ("juri",), False)], id="words that say little"),
        pytest.param('"open space" jury',
                     [("open space", ("open", "space"), True), ("jury", ("juri",), False)], id="phrase"),
        pytest.param('"jury"', [("jury", ("juri",), True)], id="phrase of one word"),
        pytest.param('"the jury"', [("the jury", ("juri",), True)], id="one word that counts"),
        pytest.param("„open space“", [("open space", ("open", "space"), True)], id="other marks"),
        pytest.param("«open space»", [("open space", ("open", "space"), True)], id="marks in French"),
        pytest.param('zork "zork"', [("zork", ("zork",), True)], id="a word again in marks"),
        pytest.param('"zork" zork', [("zork", ("zork",), True)], id="a word in marks again"),
        pytest.param('"opera zork',
                     [("opera", ("opera",), False), ("zork", ("zork",), False)], id="mark without its end"),
        pytest.param('opera" zork',
                     [("opera", ("opera",), False), ("zork", ("zork",), False)], id="mark within"),
        pytest.param('"opera" "zork',
                     [("opera", ("opera",), True), ("zork", ("zork",), False)], id="an odd mark at the end"),
        pytest.param('"" "the" """', [], id="nothing in the marks"),
        pytest.param("jury AND (zork* OR NOT title:x)",
                     [("jury", ("juri",), False), ("zork", ("zork",), False), ("title", ("titl",), False)],
                     id="operators are words"),
        pytest.param("*", [], id="wildcard"),
        pytest.param("", [], id="nothing"),
    ],
)  # fmt: skip
def test_only_quotation_marks_have_a_meaning(
    lexicon: Lexicon, text: str, expected: list[tuple[str, tuple[str, ...], bool]]
) -> None:
    terms = parse_query(text, lexicon).terms
    assert [(c.text, c.expansions[0].stems, c.required) for c in terms] == expected


def test_of_many_words_the_first_ones_count_and_it_is_said(lexicon: Lexicon) -> None:
    words = [f"word{number}" for number in range(1000)]
    query = parse_query(" ".join(words), lexicon)
    assert [term.text for term in query.terms] == words[:MAX_TERMS]
    assert query.cut
    assert not parse_query(" ".join(words[:MAX_TERMS]), lexicon).cut


@pytest.mark.parametrize(
    "word", ["photovoise", "photov", "survey", "cheap", "harbour", "openspace"]
)
def test_a_word_in_quotation_marks_is_taken_as_it_is(lexicon: Lexicon, word: str) -> None:
    loose, quoted = parse_query(word, lexicon), parse_query(f'"{word}"', lexicon)
    assert expansions(one(quoted)) == [stems_of(word)]
    assert (one(quoted).required, one(quoted).corrected, one(quoted).fact) == (True, "", None)
    assert not one(loose).required
    assert expansions(one(loose)) != expansions(one(quoted)) or one(loose).fact


LINES = [line for line in THESAURUS.synonyms if len(line) > 1]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_each_word_of_the_thesaurus_brings_the_others_at_less_weight(
    lexicon: Lexicon, line: tuple[str, ...]
) -> None:
    for word in line:
        if find_mentions(word) or word in THESAURUS.fillers:
            continue
        term = one(parse_query(word, lexicon))
        weights = {expansion.stems: expansion.weight for expansion in term.expansions}
        others = {stems_of(other) for other in line} - {stems_of(word)}
        assert others <= set(weights), word
        assert max(weights[other] for other in others) < weights[stems_of(word)], word


def test_a_word_that_names_a_fact_brings_other_words_at_less_weight_still(lexicon: Lexicon) -> None:
    line = next(line for line in THESAURUS.synonyms if "low literacy" in line)
    term = one(parse_query("low literacy", lexicon))
    assert term.fact is not None
    weights = {expansion.stems: expansion.weight for expansion in term.expansions}
    assert weights.pop(stems_of("low literacy")) == 1.0
    assert weights == {stems_of(w): FACT_WORD for w in line if w != "low literacy"}
    assert FACT_WORD < SYNONYM


def test_facts_are_terms_of_their_own_between_the_words(lexicon: Lexicon) -> None:
    terms = parse_query("zork under £500 opera cheap", lexicon).terms
    assert [(c.text, c.fact is not None) for c in terms] == [
        ("zork", False), ("under £500", True), ("opera", False), ("cheap", True),
    ]  # fmt: skip
    assert [expansions(c) for c in terms] == [[("zork",)], [], [("opera",)], [("cheap",)]]


def test_fillers_are_told_from_words_that_say_something(lexicon: Lexicon) -> None:
    filler = sorted(word for word in THESAURUS.fillers if stems_of(word) and " " not in word)[0]
    terms = parse_query(f"{filler} zork", lexicon).terms
    assert [(c.text, c.filler) for c in terms] == [(filler, True), ("zork", False)]


@pytest.mark.parametrize("text", ["fishbowl", "fish bowl", "fish-bowl"])
def test_compounds_are_met_however_they_are_written(lexicon: Lexicon, text: str) -> None:
    assert ("fishbowl",) in expansions(one(parse_query(text, lexicon)))


def test_a_word_written_as_one_meets_the_two_words_of_a_name(lexicon: Lexicon) -> None:
    term = one(parse_query("openspace", lexicon))
    assert expansions(term) == [("openspac",), ("open", "space")]
    assert term.expansions[1].phrase


def test_the_other_of_uk_and_us_spelling_counts_as_much(lexicon: Lexicon) -> None:
    term = one(parse_query("harbors", lexicon))
    weights = {expansion.stems: expansion.weight for expansion in term.expansions}
    assert weights[stems_of("harbors")] == weights[stems_of("harbours")]
    assert term.corrected == ""


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        pytest.param("photogr", True, id="alone"),
        pytest.param("zork photogr", True, id="last"),
        pytest.param('"zork" photogr', True, id="last after a phrase"),
        pytest.param('zork "photogr', True, id="last after a mark without its end"),
        pytest.param("cheap photogr", True, id="last after a fact"),
        pytest.param("photogr zork", False, id="before a word"),
        pytest.param('photogr "zork"', False, id="before a phrase"),
        pytest.param("photogr cheap", False, id="before a fact"),
        pytest.param('"photogr"', False, id="in quotation marks"),
        pytest.param("ph", False, id="two letters"),
    ],
)
def test_only_the_last_word_is_taken_for_unfinished(
    lexicon: Lexicon, text: str, completed: bool
) -> None:
    found = [
        expansion for term in parse_query(text, lexicon).terms for expansion in expansions(term)
    ]
    assert (("photograph",) in found) == completed


def test_a_finished_word_is_not_completed(lexicon: Lexicon) -> None:
    assert expansions(one(parse_query("opera", lexicon))) == [("opera",)]


@pytest.mark.parametrize(
    ("text", "corrections"),
    [
        pytest.param("photovoise", (("photovoise", "photovoice"),), id="one"),
        pytest.param("confrence photovoise opera",
                     (("confrence", "conference"), ("photovoise", "photovoice")), id="two"),
        pytest.param("(Photovóise)", (("Photovóise", "photovoice"),), id="accent and brackets"),
        pytest.param("photovoice opera", (), id="known words"),
        pytest.param("photovoi", (), id="an unfinished word is no slip"),
        pytest.param("harbor", (), id="nor is the other spelling"),
        pytest.param("openspace", (), id="nor a word written as one"),
        pytest.param("xylophone", (), id="nor a word like no other"),
        pytest.param('"photovoise"', (), id="nor one in quotation marks"),
    ],
)  # fmt: skip
def test_slips_are_corrected_and_named(
    lexicon: Lexicon, text: str, corrections: tuple[tuple[str, str], ...]
) -> None:
    query = parse_query(text, lexicon)
    assert query.corrections == corrections
    for typed, instead in corrections:
        (term,) = [c for c in query.terms if c.text == typed]
        assert {stems_of(typed), stems_of(instead)} <= set(expansions(term))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("photovoise", '"photovoise"'),
        ("Photovóise", '"Photovóise"'),
        ("a photo-voise, and photovoise!", 'a photo-voise, and "photovoise!"'),
        ("(photovoise)", '"(photovoise)"'),
        ("opera/photovoise", '"opera/photovoise"'),
        ("photovoises", "photovoises"),
        ('"photovoise', '"photovoise"'),
        ('"open photovoise', 'open "photovoise"'),
        ('"photovoise" photovoise', '"photovoise" "photovoise"'),
        ("“the photovoise” opera", '"the photovoise" opera'),
    ],
)
def test_undoing_puts_the_word_alone_in_quotation_marks(text: str, quoted: str) -> None:
    assert as_typed(text, "photovoise") == quoted


SLIPS = ["photovoise", "confrence", "oparatic", "Harbuors", "fishbowll", "photógraf"]
PIECES = st.sampled_from([*SLIPS, "opera", "cheap", "£500", '"', "“", " ", " ", "-", ".", "(", "'", "/", ",", "\u0301"])  # fmt: skip


@tries(300)
@example(text="£500\u0301photovoise")
@example(text="photovoise\u0301\u0301cheap")
@given(text=st.lists(PIECES, max_size=12).map("".join))
def test_a_correction_that_was_undone_does_not_come_back(lexicon: Lexicon, text: str) -> None:
    for typed, _ in parse_query(text, lexicon).corrections:
        again = parse_query(as_typed(text, typed), lexicon)
        assert typed not in [word for word, _ in again.corrections]
        assert not again.cut


@tries(200)
@given(text=st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_every_word_typed_that_tells_something_can_still_be_marked(
    lexicon: Lexicon, text: str
) -> None:
    query = parse_query(text, lexicon)
    assert all(c.expansions or c.fact for c in query.terms)
    assert len(query.terms) <= MAX_TERMS
    for term in query.terms:
        telling = not term.filler and term.weight == 1.0
        assert set(stems_of(term.text)) <= query.marked or term.fact or not telling


def test_a_text_of_words_that_nobody_knows_is_not_corrected(lexicon: Lexicon) -> None:
    slip = "photoovoice"
    strange = " ".join(f"zz{chr(97 + n // 26)}{chr(97 + n % 26)}qx" for n in range(MAX_SLIPS))
    assert parse_query(slip, lexicon).corrections == ((slip, "photovoice"),)
    assert parse_query(f"{strange} {slip}", lexicon).corrections == ()
