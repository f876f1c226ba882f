"""Tests of what the words of a search name: sixty and more that lead to a guide or a rule, and some that must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.model.guides import Guide
from catalogue.rendering.site_texts import TEXTS_DIR
from catalogue.search.query.guidance import MAX_FOUND, GuidanceIndex, guidance_index
from catalogue.search.snapshot import Snapshot
from catalogue.validation.guides import read_guidance
from tests.validation.test_guides import GUIDE

WORDS = {
    # The words that the issue names, and some like them.
    "autism": "autistic-people",
    "working with autistic adults": "autistic-people",
    "neurodivergent residents": "autistic-people",
    "probation": "people-in-prison-and-on-probation",
    "prisoners": "people-in-prison-and-on-probation",
    "PRISON": "people-in-prison-and-on-probation",
    "asylum": "people-seeking-asylum",
    "asylum seeker": "people-seeking-asylum",
    "refugee women": "people-seeking-asylum",
    "Gypsy and Traveller": "gypsy-roma-and-traveller-communities",
    "travellers": "gypsy-roma-and-traveller-communities",
    "roma": "gypsy-roma-and-traveller-communities",
    "BSL": "deaf-people-and-bsl",
    "sign language": "deaf-people-and-bsl",
    "deaf people": "deaf-people-and-bsl",
    "blind": "blind-and-partially-sighted-people",
    "sight loss": "blind-and-partially-sighted-people",
    "dementia": "people-with-dementia",
    "alzheimer's": "people-with-dementia",
    "learning disability": "people-with-a-learning-disability",
    "learning disabilities": "people-with-a-learning-disability",
    "easy read": "people-with-a-learning-disability",
    "carers": "unpaid-carers",
    "young carers": "unpaid-carers",
    "older people": "older-people",
    "pensioners": "older-people",
    "the elderly": "older-people",
    "children under 8s": "children-under-8",
    "toddlers": "children-under-8",
    "primary school children": "children-8-to-12",
    "teenagers": "teenagers",
    "young people": "teenagers",
    "sixth form": "teenagers",
    "rough sleepers": "people-who-sleep-rough",
    "homelessness": "people-who-sleep-rough",
    "domestic abuse": "survivors-of-abuse",
    "survivors": "survivors-of-abuse",
    "mental health": "people-who-use-mental-health-services",
    "veterans": "veterans",
    "armed forces": "veterans",
    "rural": "rural-communities",
    "farmers in Cumbria": "rural-communities",
    "shift workers": "shift-workers",
    "night shift": "shift-workers",
    "no internet": "people-without-internet",
    "digital exclusion": "people-without-internet",
    "low literacy": "people-who-read-with-difficulty",
    "dyslexia": "people-who-read-with-difficulty",
    "ESOL": "people-with-little-english",
    "language barrier": "people-with-little-english",
    "LGBT": "lgbt-people",
    "lgbtq+ youth": "lgbt-people",
    "trans": "lgbt-people",
    "small businesses": "small-businesses",
    "market traders": "small-businesses",
    "Gunning": "gunning-principles",
    "lawful consultation": "gunning-principles",
    "equality impact assessment": "public-sector-equality-duty",
    "PSED": "public-sector-equality-duty",
    "GDPR": "uk-gdpr",
    "data protection": "uk-gdpr",
    "privacy notice": "uk-gdpr",
    "mental capacity": "mental-capacity-act",
    "DBS check": "safeguarding-and-dbs",
    "safeguarding": "safeguarding-and-dbs",
    "Welsh": "welsh-language",
    "purdah": "publicity-code-and-pre-election-period",
    "local plan": "planning-consultation",
    "Regulation 18": "planning-consultation",
    "tenant engagement": "social-housing-regulation",
    "section 14Z45": "nhs-duty-to-involve",
    "Healthwatch": "nhs-duty-to-involve",
    "best value": "best-value-and-council-tax-referendums",
    "participation request": "scottish-participation-requests",
    "Lundy model": "childrens-rights-and-lundy",
    "Aarhus": "aarhus-convention",
    "open meetings law": "us-open-meetings-and-title-vi",
}


@pytest.mark.parametrize(("typed", "slug"), WORDS.items(), ids=WORDS)
def test_the_words_people_type_lead_to_the_guide_or_the_rule(typed: str, slug: str) -> None:
    assert slug in [each.slug for each in guidance_index().find(typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "", "?", "the", "citizens' jury", "online survey", "school travel plan", "section 106", "women's refuge",
        "elected members", "over 6 months, up to £50,000", "what patients think of our clinic", "consultation", "planning for real", "people",
    ],
)  # fmt: skip
def test_other_words_lead_to_none(typed: str) -> None:
    assert guidance_index().find(typed) == ()


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        # Groups of words that mean something else, and people whom their words mean.
        ("consultation fell on deaf ears", []),
        ("blind spot in our equality policy", []),
        ("travellers on the 8.15 train", []),
        ("Travellers on the site", ["gypsy-roma-and-traveller-communities"]),
        ("racist abuse at the last public meeting", []),
        ("a black hole in the parish accounts", []),
        ("the parish", ["rural-communities"]),
        # Numbers and "not" beside their words alone.
        ("under 20 people, over 6 months, up to £50,000", []),
        ("over 50 people", []),
        ("people over 65", ["older-people"]),
        ("Bangladeshi elders who can’t read", ["people-who-read-with-difficulty", "older-people"]),
        ("who can read it", []),
        ("not on the internet", ["people-without-internet"]),
        # The words of a law side by side alone.
        ("test a new council tax form", []),
        ("a plan for local shops", []),
        ("raise council tax", ["best-value-and-council-tax-referendums"]),
        ("statutory consultation", ["gunning-principles"]),
        # The ages that are named, and no others.
        ("how to consult children aged 5", ["children-under-8"]),
        ("children aged 9", ["children-8-to-12"]),
        ("children aged 5 to 11", ["children-8-to-12", "children-under-8"]),
        ("14 year olds", ["teenagers"]),
        ("our 10 year old strategy", []),
        ("children", ["children-8-to-12", "children-under-8"]),
        # The more exact words win.
        ("young children", ["children-under-8"]),
        ("psychiatric survivors", ["people-who-use-mental-health-services"]),
        # Painful subjects.
        ("suicide in our school", ["people-who-use-mental-health-services"]),
        ("sexual harassment at work", ["survivors-of-abuse"]),
    ],
)  # fmt: skip
def test_people_are_found_by_what_the_words_mean_together(typed: str, slugs: list[str]) -> None:
    assert [each.slug for each in guidance_index().find(typed)] == slugs


def test_every_guide_and_rule_is_found_by_each_of_its_words_or_by_those_that_share_it() -> None:
    index = guidance_index()
    for each in read_guidance(TEXTS_DIR).all:
        for word in each.words:
            assert index.find(word), word
        assert any(each.slug in [e.slug for e in index.find(word)] for word in each.words)


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    """A small guide."""
    (tmp_path / "groups").mkdir()
    (tmp_path / "groups" / "keepers.md").write_text(GUIDE, encoding="utf-8")
    return read_guidance(tmp_path).guides[0]


def named(guide: Guide, *words: str, title: str = "x") -> Guide:
    return Guide(**{**vars(guide), "words": words, "title": title})


def test_an_entry_of_several_words_needs_all_of_them_in_any_order_and_place(guide: Guide) -> None:
    index = GuidanceIndex([named(guide, "light keepers")])
    assert index.find("keepers of the light")
    assert index.find("Which KEEPER has a light?")
    assert not index.find("keepers")
    assert not index.find("light")


def test_longer_entries_come_first_then_those_that_stand_earlier_and_two_at_most(
    guide: Guide,
) -> None:
    first = named(guide, "lamp oil", title="c")
    second = named(guide, "oil", title="b")
    third = named(guide, "fog", "oil", title="a")
    assert GuidanceIndex([third, second, first]).find("oil for a lamp") == (first, second)
    assert MAX_FOUND == 2


def test_a_word_of_a_guide_is_not_corrected_to_another(snapshot: Snapshot) -> None:
    query, _ = snapshot.rank_uncached("purdah harvst")
    assert query.corrections == (("harvst", "harvest"),)


def test_no_length_of_words_holds_a_search_up() -> None:
    assert guidance_index().find("zz " * 50_000) == ()


@pytest.mark.parametrize(
    ("story", "guides"),
    [
        ("I work for probation. What do they want?", ["people-in-prison-and-on-probation"]),
        ("We close a clinic for refugees with dementia.", ["people-seeking-asylum", "people-with-dementia"]),
        # "Learning disability" stands in no one sentence, and a rule of law is no guide.
        ("We are learning. Disability is no subject of the planning consultation.", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_story_leads_to_the_guides_that_one_of_its_sentences_names(
    story: str, guides: list[str]
) -> None:
    assert sorted(each.slug for each in guidance_index().guides_in(story)) == guides
