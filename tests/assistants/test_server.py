"""An assistant gets the same answers as a visitor, through the SDK's own client, and an address with each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from catalogue.assistants.server import make_server
from catalogue.search.live_build import LiveBuild
from catalogue.settings import read_settings
from catalogue.urls import PATHS
from tests.conftest import METHODS
from tests.support.coroutines import run

SITE = "https://catalogue.example"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def live_build(real_index: Path) -> LiveBuild:
    """The real methods, at an address."""
    settings = replace(read_settings({}), methods_dir=METHODS, index_dir=real_index, site_url=SITE)
    return LiveBuild(settings)


@pytest.fixture
def ask(live_build: LiveBuild) -> Ask:
    """Call a tool as a client does, and return what it answered."""

    async def call(tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        async with Client(make_server(live_build)) as client:
            result = await client.call_tool(tool, arguments)
        assert not result.is_error, result.content
        answer: dict[str, Any] = json.loads(result.content[0].text)  # type: ignore[union-attr]
        return answer

    return lambda tool, **arguments: run(call(tool, arguments))


def test_the_tools_say_what_they_do_and_which_filters_there_are(live_build: LiveBuild) -> None:
    async def tools() -> dict[str, Any]:
        async with Client(make_server(live_build)) as client:
            return {tool.name: tool for tool in (await client.list_tools()).tools}

    found = run(tools())
    assert set(found) == {"search", "method", "plan", "compare"}
    assert all(tool.description for tool in found.values())
    assert "budget" in str(found["search"].input_schema)
    assert "free_to_speak" in str(found["plan"].input_schema)


def test_a_search_is_that_of_the_site_and_its_page_shows_the_same(
    ask: Ask, live_build: LiveBuild
) -> None:
    found = ask("search", words="young people", filters={"cost": ["low"], "weeks": 12}, limit=3)
    assert len(found["items"]) == 3 <= found["total"]
    assert found["page"] == f"{SITE}/methods?q=young+people&cost=low&weeks=12&per_page=3"
    assert all(item["url"] == f"{SITE}/methods/{item['slug']}" for item in found["items"])


def test_what_cannot_be_used_is_named_and_never_an_error(ask: Ask) -> None:
    assert len(ask("search", filters={"colour": "red", "cost": "cheapish"})["notices"]) == 2
    assert ask("compare", methods=["no-such", "survey"])["notices"]
    assert ask("plan", answers={"purpose": ["nonsense"]})["ignored"]
    missing = ask("method", name="citizens juri")
    assert missing["near"]["citizens-jury"] == f"{SITE}/methods/citizens-jury"


@pytest.mark.parametrize("name", ["citizens-jury", "Citizens' jury", " CITIZENS’ JURY "])
def test_a_method_is_found_by_slug_or_name_and_comes_whole(ask: Ask, name: str) -> None:
    found = ask("method", name=name)
    assert found["url"] == f"{SITE}/methods/citizens-jury"
    assert found["sources"]
    assert found["sizes"]
    assert all(section["markdown"] for section in found["sections"])


def test_a_plan_and_a_comparison_have_the_address_of_every_method_in_them(ask: Ask) -> None:
    plan = ask("plan", situation="We want 20 residents to weigh up a hard choice in 12 weeks")
    named = {step["slug"] for step in (*plan["process"], *plan["results"])}
    assert named
    assert named <= set(plan["addresses"])
    assert plan["page"].startswith(f"{SITE}{PATHS.plan}?")
    compared = ask("compare", methods=["survey:light", "citizens-jury"])
    assert compared["page"] == f"{SITE}/compare?m=survey:light&m=citizens-jury"
    assert compared["addresses"] == {s: f"{SITE}/methods/{s}" for s in ("survey", "citizens-jury")}
    assert all(len(row["values"]) == 2 for row in compared["rows"])
