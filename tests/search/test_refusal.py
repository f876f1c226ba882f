"""What a text names only to say no to it is not wanted: methods come last, and of other options the opposite counts or none."""

from __future__ import annotations

import pytest

from catalogue.model.facts import Fact
from catalogue.search.query.facts import understood, without_refused_options
from catalogue.search.query.refusal import is_refused
from catalogue.search.snapshot import Snapshot
from tests.support.search_helpers import asked, slugs


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("no [public meeting], last time it ended in a fight", True),
        ("please no more boring [public meetings]", True),
        ("not a [survey]", True),
        ("anything but a [focus group]", True),
        ("we don't want a [citizens' assembly]", True),
        ("we dont want another [survey]", True),
        ("the mayor has ruled out a [referendum]", True),
        ("people are sick of [surveys]", True),
        ("there is no money for a [citizens' assembly]", True),
        ("we tried a [public meeting] and it failed", True),
        ("the [public meeting] last year was a disaster", True),
        ("a [referendum] has been ruled out", True),
        ("a [citizens' assembly] is overkill", True),
        ("why not a [survey]", False),
        ("not only a [survey]", False),
        ("we have never run a [focus group]", False),
        ("we are not sure whether a [survey] helps", False),
        ("they do not know how to run a [focus group]", False),
        ("no internet [survey]", False),
        ("cannot read [focus group]", False),
        ("no more than 12 in a [focus group]", False),
        ("the form did not work so a [citizens' jury]", False),
        ("instead of an online form something [face to face]", False),
        ("a [survey] is planned", False),
        ("there is no [youth council] here", False),
        ("we do not want the [survey] to be online", False),
        ("we do not want the survey to be [online]", True),
        ("we don't want to spend money on a [citizens' assembly]", True),
        ("the road was built without [consultation]", False),
        ("there was no proper public [consultation] before", False),
        ("we want no [online consultation]", True),
        ("nobody comes to our [meetings]", False),
        ("people who hate speaking in [groups]", False),
        ("people hate [groups]", True),
        ("people who cannot [vote]", False),
        ("a decision without a [vote]", True),
    ],
)
def test_no_is_said_before_or_behind_and_doubt_is_no_no(text: str, refused: bool) -> None:
    start, end = text.index("["), text.index("]") - 1
    assert is_refused(text.replace("[", "").replace("]", ""), start, end) == refused


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("no public meeting, last time it ended in a fight", "public-meeting"),
        ("no meetings please, people are tired of meetings", "public-meeting"),
        ("not a survey", "survey"),
        ("anything but a focus group", "focus-group"),
        ("the mayor ruled out a referendum, how can residents still decide", "referendum"),
        ("we don't want a citizens' assembly but something smaller", "citizens-assembly"),
        (
            "we don't want to spend money on a citizens' assembly, what is smaller",
            "citizens-assembly",
        ),
        ("without voting", "dot-voting"),
        ("how do we choose between three sites with no votes", "referendum"),
    ],
)
def test_a_method_that_is_refused_comes_last_and_the_page_says_so(
    real: Snapshot, words: str, slug: str
) -> None:
    page = asked(real, words)
    title = real.cards[real.ordinals[slug]].title
    assert [title in n.options for n in page.notices if n.code == "words-refused"] == [True]
    assert slug not in slugs(page)[:9]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("we tried a public meeting and it failed", "public-meeting"),
        ("alternative to a citizens' assembly", "citizens-assembly"),
        ("cheaper than a citizens jury", "citizens-jury"),
        ("less formal than a focus group", "focus-group"),
        ("we already did a survey", "survey"),
        ("we did a survey last year, what next", "survey"),
        ("we tried surveys but they did not work", "survey"),
    ],
)
def test_a_method_that_is_passed_over_comes_last_and_nobody_is_told_that_they_refused_it(
    real: Snapshot, words: str, slug: str
) -> None:
    page = asked(real, words)
    title = real.cards[real.ordinals[slug]].title
    assert [(n.code, n.options) for n in page.notices] == [("words-passed-over", (title,))]
    assert slug not in slugs(page)[:9]


def test_what_is_near_to_a_method_that_is_passed_over_stays(real: Snapshot) -> None:
    assert "citizens-jury" in slugs(asked(real, "alternative to a citizens' assembly"))[:3]


@pytest.mark.parametrize(
    ("words", "first"),
    [("why not a survey", "survey"), ("survey, not a public meeting", "survey"), ('not a "survey"', "survey")],
)  # fmt: skip
def test_what_is_not_refused_stays_first(real: Snapshot, words: str, first: str) -> None:
    assert slugs(asked(real, words))[0] == first


@pytest.mark.parametrize("words", ["residents were not consulted about the bypass", "road scheme went in without consultation", "shy people who hate speaking in groups", "people don't trust the council after the road scheme"])  # fmt: skip
def test_a_word_of_the_story_refuses_no_method(real: Snapshot, words: str) -> None:
    page = asked(real, words)
    assert [notice.code for notice in page.notices] == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("we can't do face to face", [Fact("format", ("online", "remote"))]),
        ("we cannot meet in person", [Fact("format", ("online", "remote"))]),
        ("online did not work", [Fact("format", ("in-person", "remote"))]),
        ("instead of an online form something face to face", [Fact("format", ("in-person",))]),
        ("without the internet and without post", [Fact("format", ("in-person",))]),
        ("they cannot take part from home", [Fact("format", ("online",))]),
        ("not by phone", []),
        ("not young people, their parents", [Fact("inclusion", ("carers",))]),
        ("not experts", []),
        ("no experts, please", []),
        ("it is not controversial", []),
        ("we do not hear from young people", [Fact("audience", ("young-people",))]),
        ("no young people come", [Fact("audience", ("young-people",))]),
        ("without experts", []),
        ("without interpreters", []),
        ("not without young people", [Fact("audience", ("young-people",))]),
        ("it was decided without young people", [Fact("audience", ("young-people",))]),
        ("nothing written", [Fact("inclusion", ("low-literacy",))]),
    ],
)
def test_of_an_option_that_is_refused_the_opposite_is_understood_or_nothing(
    text: str, facts: list[Fact]
) -> None:
    assert [mention.fact for mention in understood(text).mentions] == facts


def test_guides_are_looked_for_without_the_options_that_are_refused() -> None:
    assert without_refused_options("not young people, their parents") == (
        "not             , their parents"
    )


def test_a_name_of_a_method_refuses_none(real: Snapshot) -> None:
    refusing = {
        name: real.rank_uncached(name)[1].refused for card in real.cards for name in card.names
    }
    assert {name for name, refused in refusing.items() if refused} == set()
    assert slugs(asked(real, "monitoring without indicators"))[0] == "most-significant-change"


def test_where_nothing_is_said_but_what_is_refused_all_else_is_listed(real: Snapshot) -> None:
    page = asked(real, "without voting")
    assert page.total == len(real.cards)
    assert "dot-voting" not in slugs(page)
