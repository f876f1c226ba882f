"""Nobody who follows an old address is turned away: renamed methods, and the methods of peopleandparticipation.net."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.assistants.answers import method_answer
from catalogue.search.live_build import LiveBuild
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.web import create_app

pytest_plugins = ["tests.support.real_site"]


@pytest.fixture
def renamed(methods_dir: Path, settings: Settings) -> FlaskClient:
    """A site below a prefix, in which a method had another slug."""
    file = methods_dir / "harvest-jury.md"
    text = file.read_text(encoding="utf-8")
    was = "was: [village-jury, web-idea-box]\n"
    file.write_text(text.replace("---\n", f"---\n{was}", 1), encoding="utf-8")
    return create_app(replace(settings, site_url="https://x.example/p")).test_client()


def test_the_old_slug_of_a_method_leads_to_it_with_the_query_and_never_from_another_method(
    renamed: FlaskClient,
) -> None:
    for path in ("/methods/", "/api/v1/methods/"):
        moved = renamed.get(f"/p{path}village-jury?weeks=12")
        assert (moved.status_code, moved.headers["Location"]) == (301, f"/p{path}harvest-jury?weeks=12")  # fmt: skip
        assert renamed.get(f"/p{path}web-idea-box").status_code == 200


@pytest.mark.parametrize(
    "name", ["Harvest+jury", "harvest%20jury", "HARVEST+JURY", "Harvest+Jurys"]
)
def test_an_address_of_the_old_site_leads_to_the_method_of_that_name(
    client: FlaskClient, name: str
) -> None:
    moved = client.get(f"/display/Methods/{name}")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/methods/harvest-jury")


@pytest.mark.parametrize(
    "name", ["Nothing+known", "a/b", "%0d%0aX: y", "//evil.example", "%ff", "+"]
)
def test_an_address_of_the_old_site_that_we_do_not_know_leads_to_a_search_on_this_site(
    client: FlaskClient, name: str
) -> None:
    moved = client.get(f"/display/Methods/{name}", follow_redirects=False)
    if moved.status_code != 404:
        assert moved.headers["Location"].startswith("/methods?q=")
        assert client.get(moved.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Deliberative+Workshops", "deliberative-workshop"),
        ("Deliberative+Polling", "deliberative-polling"),
        ("Delphi+Survey", "delphi-process"),
        ("Mystery+shopper", "mystery-shopping"),
        ("Webchat", "social-media-engagement"),
        ("Citizens+Juries", "citizens-jury"),
        ("Citizens+Jury", "citizens-jury"),
        ("Citizens%27+Panels", "citizens-panel"),
        ("Online+Consultations", "online-consultation"),
        ("Participatory+Appraisal", "participatory-appraisal"),
    ],
)
def test_methods_of_the_old_site_are_found_as_their_addresses_wrote_them(
    real_app: Flask, name: str, slug: str
) -> None:
    moved = real_app.test_client().get(f"/display/Methods/{name}")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/methods/{slug}")


def test_no_method_of_ours_claims_the_slug_of_another(real: Snapshot) -> None:
    claimed = [was for card in real.cards for was in card.was]
    assert len(set(claimed)) == len(claimed)
    assert set(claimed) & set(real.slugs) == set()


def test_the_old_address_of_a_divided_method_leads_to_its_parts_side_by_side(
    methods_dir: Path, settings: Settings
) -> None:
    for name, was in (("harvest-jury", "old-meeting"), ("reed-panel", "old-meeting, old-panel")):
        file = methods_dir / f"{name}.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("---\n", f"---\nsplit_from: [{was}]\n", 1), encoding="utf-8")
    site = create_app(settings).test_client()
    several = site.get("/methods/old-meeting?weeks=12")
    assert (several.status_code, several.headers["Location"]) == (302, "/compare?m=harvest-jury&m=reed-panel")  # fmt: skip
    one = site.get("/methods/old-panel")
    assert (one.status_code, one.headers["Location"]) == (301, "/methods/reed-panel")
    assert site.get("/api/v1/methods/old-meeting").status_code == 404
    current = LiveBuild(settings).snapshot()
    asked = method_answer(current, "", "old-meeting")
    assert list(asked["near"]) == ["harvest-jury", "reed-panel"]
    assert method_answer(current, "", "old-panel")["slug"] == "reed-panel"
    lines = site.get("/data/moved.csv").text.split()
    assert lines == [
        "slug,old,kind", "harvest-jury,old-meeting,split", "reed-panel,old-meeting,split", "reed-panel,old-panel,split",
    ]  # fmt: skip
