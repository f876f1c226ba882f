"""`catalogue mcp --http`, started as a host would and asked by the SDK's own client over HTTP."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from catalogue.settings import read_settings
from tests.conftest import METHODS
from tests.support.coroutines import run
from tests.support.running import LOOK_AGAIN, PROGRAM, SECONDS, Running, environment, free_port

pytestmark = pytest.mark.process
SITE = "https://participation.example.org"


@pytest.fixture(scope="module")
def server(real_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The program over the real methods, at work until the tests of this file end."""
    settings = replace(read_settings({}), methods_dir=METHODS, index_dir=real_index)
    port, log = free_port(), tmp_path_factory.mktemp("mcp") / "log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [PROGRAM, "mcp", "--http", "--port", str(port)], text=True,
            env=environment(settings, CATALOGUE_SITE_URL=SITE), stdout=written, stderr=written,
        )  # fmt: skip
    running = Running(port, process, log)
    try:
        while not running.listens():
            assert process.poll() is None, log.read_text(encoding="utf-8")
            LOOK_AGAIN.wait(0.02)
        yield running
    finally:
        process.terminate()
        process.wait(SECONDS)


def session(server: Running) -> tuple[list[str], dict[str, Any]]:
    """Ask for the tools, then each of them once, in one session; return their names and the answers by tool."""
    asked: dict[str, dict[str, Any]] = {
        "search": {
            "words": "young people",
            "filters": {"budget": 2000, "weeks": 8},
            "limit": 2,
        },
        "method": {"name": "Citizens' jury"},
        "compare": {"methods": ["survey:light", "citizens-jury"]},
        "plan": {"situation": "40 residents, a hard choice about a road, 12 weeks, £8,000"},
    }

    async def ask() -> tuple[list[str], dict[str, Any]]:
        answers = {}
        async with Client(f"http://127.0.0.1:{server.port}/mcp") as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            for tool, arguments in asked.items():
                result = await client.call_tool(tool, arguments)
                assert not result.is_error, result.content
                answers[tool] = json.loads(result.content[0].text)  # type: ignore[union-attr]
        return names, answers

    return run(asyncio.wait_for(ask(), SECONDS))


def test_a_client_lists_the_tools_and_gets_an_answer_from_each_with_addresses(
    server: Running,
) -> None:
    names, answers = session(server)
    assert names == ["search", "method", "plan", "compare"]
    assert len(answers["search"]["items"]) == 2
    assert all(item["url"].startswith(f"{SITE}/methods/") for item in answers["search"]["items"])
    assert answers["method"]["url"] == f"{SITE}/methods/citizens-jury"
    assert answers["compare"]["methods"] == ["survey:light", "citizens-jury"]
    assert {"name": "people", "value": "40"}.items() <= answers["plan"]["understood"][0].items()


def test_it_answers_this_machine_alone(server: Running) -> None:
    reply = server.get("/mcp", Host="evil.example")
    assert reply.status in (400, 403, 421)
