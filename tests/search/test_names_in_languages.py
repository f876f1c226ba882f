"""A method's name in another language finds it, with and without accents, and pages say which language it is."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from catalogue.model.method import LANGUAGES, split_language
from catalogue.search.autocomplete import suggest
from catalogue.search.snapshot import Snapshot
from tests.support.page import PageClient
from tests.support.search_helpers import asked, slugs

pytest_plugins = ["tests.support.real_site"]

NAMES = {
    "de": [
        ("Bürgerhaushalt", "participatory-budgeting"), ("buergerrat", "citizens-assembly"), ("Burgerrat", "citizens-assembly"),
        ("Planungszelle", "planning-cell"), ("Zukunftswerkstatt", "scenario-workshop"), ("Bürgerentscheid", "referendum"),
        ("Runder Tisch", "stakeholder-dialogue"), ("Stadtteilspaziergang", "walkabout"), ("Tag der offenen Tür", "exhibition-open-house"),
    ],
    "fr": [
        ("budget participatif", "participatory-budgeting"), ("convention citoyenne", "citizens-assembly"), ("jury citoyen", "citizens-jury"),
        ("marche exploratoire", "walkabout"), ("théâtre forum", "legislative-theatre"), ("reunion publique", "public-meeting"),
        ("groupe de discussion", "focus-group"), ("enquête par questionnaire", "survey"),
    ],
    "es": [
        ("presupuestos participativos", "participatory-budgeting"), ("jurado ciudadano", "citizens-jury"), ("encuesta", "survey"),
        ("cliente misterioso", "mystery-shopping"), ("ciencia ciudadana", "citizen-science"), ("consejo de barrio", "area-forum"),
        ("petición en línea", "e-petition"),
    ],
    "nl": [
        ("burgerbegroting", "participatory-budgeting"), ("burgerberaad", "citizens-assembly"), ("inspraakavond", "public-meeting"),
        ("wijkraad", "area-forum"), ("jongerenraad", "youth-council"), ("hoorzitting", "public-hearing"), ("volksraadpleging", "referendum"),
    ],
    "it": [
        ("bilancio partecipativo", "participatory-budgeting"), ("giuria dei cittadini", "citizens-jury"), ("sondaggio", "survey"),
        ("assemblea pubblica", "public-meeting"), ("intervista in profondita", "depth-interview"), ("petizione online", "e-petition"),
    ],
    "pt": [
        ("orcamento participativo", "participatory-budgeting"), ("assembleia de cidadãos", "citizens-assembly"), ("reunião pública", "public-meeting"),
        ("inquérito", "survey"), ("sondagem deliberativa", "deliberative-polling"),
    ],
    "cy": [
        ("cynulliad dinasyddion", "citizens-assembly"), ("rheithgor dinasyddion", "citizens-jury"), ("cyllidebu cyfranogol", "participatory-budgeting"),
        ("cyfarfod cyhoeddus", "public-meeting"), ("cyngor ieuenctid", "youth-council"), ("arolwg", "survey"), ("grwp ffocws", "focus-group"),
    ],
    "pl": [
        ("budzet obywatelski", "participatory-budgeting"), ("panel obywatelski", "citizens-assembly"), ("ankieta", "survey"),
        ("okrągły stół", "stakeholder-dialogue"), ("spacer badawczy", "walkabout"), ("młodzieżowa rada", "youth-council"),
        ("wysluchanie publiczne", "public-hearing"),
    ],
}  # fmt: skip
PAIRS = [(language, *pair) for language, pairs in NAMES.items() for pair in pairs]


@pytest.mark.parametrize(("language", "name", "slug"), PAIRS)
def test_a_name_in_another_language_finds_its_method(
    real: Snapshot, language: str, name: str, slug: str
) -> None:
    assert slug in slugs(asked(real, name))[:3], language


def test_all_eight_languages_are_asked_in_at_least_forty_names() -> None:
    assert set(NAMES) == {"de", "fr", "es", "nl", "it", "pt", "cy", "pl"}
    assert len(PAIRS) >= 40


def test_every_other_name_with_a_foreign_letter_has_a_language(real: Snapshot) -> None:
    """English has one accented word among its names of methods: café."""
    without = [
        name
        for card in real.cards
        for name in card.aliases
        if not re.sub("[Cc]afé", "", name).isascii() and name not in card.languages
    ]
    assert without == []
    assert {code for card in real.cards for code in card.languages.values()} <= set(LANGUAGES)
    assert all(set(card.languages) <= set(card.aliases) for card in real.cards)


@pytest.mark.parametrize(
    ("written", "split"),
    [
        ("Bürgerrat [de]", ("Bürgerrat", "de")),
        ("Bürgerrat[de]", ("Bürgerrat", "de")),
        ("Citizens' jury", ("Citizens' jury", "")),
        ("AI (appreciative)", ("AI (appreciative)", "")),
        ("Jury [draft]", ("Jury [draft]", "")),
        ("[de]", ("[de]", "")),
    ],
)
def test_a_name_may_end_with_its_language(written: str, split: tuple[str, str]) -> None:
    assert split_language(written) == split


def test_pages_lists_and_suggestions_say_the_language_of_a_name(
    real_app: Flask, real: Snapshot
) -> None:
    page = PageClient(real_app)
    jury = page.get("/methods/citizens-jury")
    marked = {span["lang"]: span.text for span in jury.select(".method__aliases span[lang]")}
    assert marked["cy"] == "Rheithgor dinasyddion"
    assert "People's jury" in jury.select_one(".method__aliases").text
    assert "[" not in jury.select_one(".method__aliases").text
    found = page.get("/methods?q=rheithgor").select_one(".card__why span[lang]")
    assert (found["lang"], found.text) == ("cy", "Rheithgor dinasyddion")
    suggested = suggest(real, "rheithgor")[0]
    assert (suggested.text, suggested.language) == ("Rheithgor dinasyddion", "cy")
    assert suggest(real, "people's jury")[0].language == ""
