"""Tests of the settings: their defaults, what the environment changes, and what is refused.

That README.md lists them all is tested in test_documents.py.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.settings import PREFIX, PROJECT, SETTINGS, Settings, SettingsError, read_settings
from catalogue.web import create_app
from tests.support.search_helpers import tries

NAMES = [PREFIX + setting.name for setting in SETTINGS]
DEFAULTS = Settings(
    methods_dir=PROJECT / "methods",
    index_dir=PROJECT / "search_index",
    site_name="The Participation Catalogue",
    site_url="",
    repository_url="",
    repository_branch="main",
    contact_email="",
    language="en_GB",
    country="",
    committee_report=None,
    reload=False,
    log_format="text",
    metrics=False,
    trusted_hosts=(),
    trusted_proxies=0,
)


def refusal(environment: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings(environment)
    return str(caught.value)


def test_without_environment_the_defaults_hold() -> None:
    assert read_settings({}) == DEFAULTS


def test_the_default_of_each_setting_given_explicitly_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(PROJECT)
    explicit = {PREFIX + setting.name: setting.default for setting in SETTINGS}
    assert read_settings(explicit) == DEFAULTS


@pytest.mark.parametrize("blank", ["", "  ", "\t"], ids=["empty", "spaces", "tab"])
@pytest.mark.parametrize("name", NAMES)
def test_a_blank_value_means_the_default(name: str, blank: str) -> None:
    assert read_settings({name: blank}) == DEFAULTS


@pytest.mark.parametrize(
    "name, value, changed",
    [
        ("METHODS_DIR", "/srv/methods", {"methods_dir": Path("/srv/methods")}),
        ("INDEX_DIR", "/srv/index", {"index_dir": Path("/srv/index")}),
        ("SITE_NAME", " Ask Appleby ", {"site_name": "Ask Appleby"}),
        ("SITE_URL", "https://example.org/", {"site_url": "https://example.org"}),
        ("SITE_URL", "http://localhost:9000", {"site_url": "http://localhost:9000"}),
        ("REPOSITORY_URL", "https://example.org/r//", {"repository_url": "https://example.org/r"}),
        ("REPOSITORY_BRANCH", "drafts/new", {"repository_branch": "drafts/new"}),
        ("CONTACT_EMAIL", "a.b+c@example.org", {"contact_email": "a.b+c@example.org"}),
        ("LANGUAGE", "cy", {"language": "cy"}),
        ("LANGUAGE", "pt_BR", {"language": "pt_BR"}),
        ("LANGUAGE", "zh_TW", {"language": "zh_TW"}),
        ("RELOAD", "yes", {"reload": True}),
        ("RELOAD", "no", {"reload": False}),
        ("LOG_FORMAT", "json", {"log_format": "json"}),
        ("METRICS", "yes", {"metrics": True}),
        (
            "TRUSTED_HOSTS",
            "Example.org, .example.org,",
            {"trusted_hosts": ("example.org", ".example.org")},
        ),
        ("TRUSTED_HOSTS", "[::1]", {"trusted_hosts": ("[::1]",)}),
        ("TRUSTED_PROXIES", "2", {"trusted_proxies": 2}),
    ],
)
def test_a_variable_changes_its_setting_alone(
    name: str, value: str, changed: dict[str, object]
) -> None:
    assert read_settings({PREFIX + name: value}) == replace(DEFAULTS, **changed)


@pytest.mark.parametrize("setting", ["METHODS_DIR", "INDEX_DIR", "COMMITTEE_REPORT"])
@pytest.mark.parametrize(
    "value, found", [("new", "new"), ("./a b/c", "a b/c"), ("../index", "../index"), (".", "")]
)
def test_a_relative_path_begins_at_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, found: str
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings({PREFIX + setting: value})
    assert getattr(settings, setting.lower()) == tmp_path / found


def test_a_relative_folder_in_a_folder_that_is_gone_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert refusal({"CATALOGUE_METHODS_DIR": "new"}) == (
        'CATALOGUE_METHODS_DIR is "new", and the current folder is gone. Give the whole path.'
    )
    assert read_settings({}) == DEFAULTS


@pytest.mark.parametrize(
    "variable, hint",
    [
        ("CATALOGUE_METHOD_DIR", " Did you mean CATALOGUE_METHODS_DIR?"),
        ("CATALOGUE_SITENAME", " Did you mean CATALOGUE_SITE_NAME?"),
        ("CATALOGUE_RELOADS", " Did you mean CATALOGUE_RELOAD?"),
        ("CATALOGUE_XYZZY", ""),
        ("CATALOGUE_", ""),
    ],
)
def test_an_unknown_variable_is_named_with_the_nearest_setting(variable: str, hint: str) -> None:
    assert refusal({variable: "x"}) == (
        f"{variable} is not a setting we know. Choose one of {', '.join(NAMES)}.{hint}"
    )


@pytest.mark.parametrize("variable", ["PATH", "CATALOG_METHODS_DIR", "MY_CATALOGUE_NAME"])
def test_other_variables_are_none_of_our_business(variable: str) -> None:
    assert read_settings({variable: "x"}) == DEFAULTS


@pytest.mark.parametrize(
    "name, value, fix",
    [
        ("SITE_URL", "example.org", "Give the whole address, beginning with https://."),
        ("SITE_URL", "ftp://example.org", "Give the whole address, beginning with https://."),
        ("REPOSITORY_URL", "//example.org", "Give the whole address, beginning with https://."),
        ("REPOSITORY_BRANCH", "my branch", "Write the name of a branch, such as main."),
        ("REPOSITORY_BRANCH", "-x", "Write the name of a branch, such as main."),
        ("CONTACT_EMAIL", "methods", "Write one e-mail address, such as methods@example.org."),
        (
            "CONTACT_EMAIL",
            "a@b.org?cc=c@d.org",
            "Write one e-mail address, such as methods@example.org.",
        ),
        ("LANGUAGE", "English", "Write a language code such as en_GB or cy."),
        ("LANGUAGE", "en-GB", "Write a language code such as en_GB or cy."),
        ("LANGUAGE", "zz", "Write a language code such as en_GB or cy."),
        ("LANGUAGE", "zzz_ZZ", "Write a language code such as en_GB or cy."),
        ("RELOAD", "true", "Choose one of yes, no."),
        ("RELOAD", "YES", "Choose one of yes, no."),
        ("LOG_FORMAT", "JSON", "Choose one of text, json."),
        ("METRICS", "on", "Choose one of yes, no."),
        ("TRUSTED_PROXIES", "-1", "Write a number from 0 to 9."),
        ("TRUSTED_PROXIES", "*", "Write a number from 0 to 9."),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_the_fix(
    name: str, value: str, fix: str
) -> None:
    assert refusal({PREFIX + name: value}) == f'CATALOGUE_{name} is "{value}". {fix}'


@pytest.mark.parametrize("host", ["https://example.org", "example.org:80", "*", "a b", "-.org"])
def test_a_trusted_host_that_is_no_name_is_refused(host: str) -> None:
    assert refusal({"CATALOGUE_TRUSTED_HOSTS": f"example.org, {host}"}) == (
        f'CATALOGUE_TRUSTED_HOSTS has "{host}". Write names such as example.org, without https:// '
        "and without a port, with commas between them."
    )


def test_the_site_refuses_to_start_with_an_unknown_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CATALOGUE_METHOD_DIR", "elsewhere")
    with pytest.raises(SettingsError):
        create_app()


@tries(200)
@given(st.dictionaries(st.sampled_from([*NAMES, "CATALOGUE_X"]), st.text(max_size=20)))
def test_any_environment_gives_settings_or_a_sentence(environment: dict[str, str]) -> None:
    try:
        settings = read_settings(environment)
    except SettingsError as error:
        assert str(error).startswith("CATALOGUE_")
        assert str(error)[-1] in ".?"
    else:
        assert settings.site_name
        assert not settings.site_url.endswith("/")
