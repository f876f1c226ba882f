"""The issue forms: the host accepts their keys, and their options are those of the vocabulary.

What a form may hold is written here from docs.github.com, "Syntax for issue forms" and "Syntax for
GitHub's form schema" (read in the repository github/docs); it is a preview and may change.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from catalogue.model.fields import FIELDS
from catalogue.settings import PROJECT
from catalogue.vocabulary import VOCABULARY

FOLDER = PROJECT / ".github" / "ISSUE_TEMPLATE"
NAMES = ("suggest-a-method", "report-a-problem")
FORM_KEYS = {"name", "description", "body", "assignees", "labels", "title", "projects", "type"}
CONFIG_KEYS = {"blank_issues_enabled", "contact_links"}
ELEMENT_KEYS = {"type", "id", "attributes", "validations"}
# For each type of element: the attributes it may have, and those it must have.
TYPES = {
    "markdown": ({"value"}, {"value"}),
    "input": ({"label", "description", "placeholder", "value"}, {"label"}),
    "textarea": ({"label", "description", "placeholder", "value", "render"}, {"label"}),
    "dropdown": ({"label", "description", "multiple", "options", "default"}, {"label", "options"}),
    "checkboxes": ({"label", "description", "options"}, {"label", "options"}),
}
NOT_SURE = "I am not sure"
EACH_FORM = pytest.mark.parametrize("name", NAMES)


def form(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


def questions(name: str) -> dict[str, dict[str, Any]]:
    """Return the elements that people fill in, by their names."""
    return {element["id"]: element for element in form(name)["body"] if "id" in element}


def test_the_folder_holds_these_forms_and_their_settings() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {
        *(f"{name}.yml" for name in NAMES),
        "config.yml",
    }
    settings = yaml.safe_load((FOLDER / "config.yml").read_text(encoding="utf-8"))
    assert set(settings) <= CONFIG_KEYS
    assert settings["blank_issues_enabled"] is True


@EACH_FORM
def test_a_form_has_the_keys_the_host_knows_and_needs(name: str) -> None:
    found = form(name)
    assert set(found) - FORM_KEYS == set()
    assert all(found[key] for key in ("name", "description", "body"))


@EACH_FORM
def test_each_element_has_the_keys_of_its_type(name: str) -> None:
    for element in form(name)["body"]:
        allowed, needed = TYPES[element["type"]]
        assert set(element) - ELEMENT_KEYS == set()
        assert set(element["attributes"]) - allowed == set()
        assert needed - set(element["attributes"]) == set()
        assert set(element.get("validations", {})) <= {"required"}
        assert all(type(value) is bool for value in element.get("validations", {}).values())


@EACH_FORM
def test_names_and_labels_are_unique_and_names_are_plain(name: str) -> None:
    asked = [element for element in form(name)["body"] if element["type"] != "markdown"]
    ids = [element["id"] for element in asked]
    labels = [element["attributes"]["label"] for element in asked]
    assert len(set(ids)) == len(ids) == len(set(labels)) == len(labels)
    assert [i for i in ids if not re.fullmatch(r"[A-Za-z0-9_-]+", i)] == []


@EACH_FORM
def test_options_are_distinct_texts_and_none_of_them_is_the_reserved_word(name: str) -> None:
    for element in form(name)["body"]:
        options = element["attributes"].get("options", [])
        texts = [o["label"] for o in options] if element["type"] == "checkboxes" else options
        assert all(type(text) is str and text for text in texts)
        assert len(set(texts)) == len(texts)
        assert "none" not in {text.lower() for text in texts}


@pytest.mark.parametrize("facet", ["purpose", "audience", "cost", "format"])
def test_the_options_are_those_of_the_vocabulary_with_their_meanings(facet: str) -> None:
    known = VOCABULARY.facets[facet]
    asked = questions("suggest-a-method")[known.field]
    options = [f"{o.label} ({o.help})" if o.help else o.label for o in known.options]
    # A required choice of several has no use for "not sure": any of them will do.
    expected = [*options, *([] if facet == "purpose" else [NOT_SURE])]
    assert asked["attributes"]["options"] == expected, "Write them so in suggest-a-method.yml."
    assert asked["attributes"].get("multiple", False) is known.several


def test_cost_bands_say_their_pounds() -> None:
    offered = questions("suggest-a-method")["cost"]["attributes"]["options"]
    assert offered[:3] == [
        "Minimal (Under £500)",
        "Low (£500 to £5,000)",
        "Moderate (£5,000 to £25,000)",
    ]


def test_what_a_method_must_have_is_what_the_form_requires() -> None:
    asked = questions("suggest-a-method")
    required = {name for name, one in asked.items() if one.get("validations", {}).get("required")}
    assert required == {field.name for field in FIELDS if field.required}


def test_the_licence_must_be_agreed_to() -> None:
    (option,) = questions("suggest-a-method")["licence"]["attributes"]["options"]
    assert option["required"] is True
    assert VOCABULARY.choices["licence"].options[0].label in option["label"]


def test_a_report_names_its_page_so_that_a_page_can_fill_it_in() -> None:
    assert list(questions("report-a-problem")) == ["page", "kind", "problem", "better"]
