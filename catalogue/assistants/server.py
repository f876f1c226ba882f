"""The tools of the catalogue as a server of the Model Context Protocol, by its official SDK."""

from __future__ import annotations

from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from pydantic import Field

from catalogue import __version__
from catalogue.assistants.answers import (
    Given,
    compare_answer,
    method_answer,
    plan_answer,
    search_answer,
)
from catalogue.i18n import language
from catalogue.planner.answers import NUMBERS, ONE_OF, SEVERAL_OF
from catalogue.search.live_build import LiveBuild
from catalogue.vocabulary import UNKNOWN, VOCABULARY

INSTRUCTIONS = (
    "A catalogue of methods for asking, hearing and deciding with the people a decision affects. Begin with plan where "
    "somebody describes a situation, with search where they name a method or a need. Quote figures with their basis, say "
    "what is our estimate, and link to the addresses in the answers. The texts are CC-BY-4.0: name the catalogue."
)
FILTERS = "; ".join(
    [f"{facet.name}: {', '.join((*facet.values, UNKNOWN))}" for facet in VOCABULARY.filters]
    + [f"{span.name}: a number or a range such as 20-40 ({span.unit})" for span in VOCABULARY.ranges.values()]
)  # fmt: skip
ANSWERS = "; ".join(
    [f"{name}: one of {', '.join(options)}" for name, options in ONE_OF.items()]
    + [f"{name}: up to {most} of {', '.join(options)}" for name, (options, most) in SEVERAL_OF.items()]
    + [f"{name}: a number" for name in NUMBERS]
)  # fmt: skip


def make_server(live_build: LiveBuild) -> MCPServer:
    """Return a server whose tools answer from the build that is served."""
    settings = live_build.settings
    server = MCPServer(settings.site_name, instructions=INSTRUCTIONS, version=__version__)
    url = settings.site_url

    @server.tool()
    def search(
        words: Annotated[str, Field(description="Words, in plain English; may be empty.")] = "",
        filters: Annotated[dict[str, Given] | None, Field(description=f"Filters by name. {FILTERS}")] = None,
        limit: Annotated[int, Field(description="How many methods, at most 100.")] = 10,
    ) -> dict[str, Any]:  # fmt: skip
        """Search the methods by words and filters; each result has its figures and its address."""
        with language(settings.language):
            return search_answer(live_build.snapshot(), url, words, filters or {}, limit)

    @server.tool()
    def method(
        name: Annotated[str, Field(description="The slug from another answer, or any name of the method.")],
    ) -> dict[str, Any]:  # fmt: skip
        """Read one method whole: figures in up to three sizes, text, cases, sources and its address."""
        with language(settings.language):
            return method_answer(live_build.snapshot(), url, name)

    @server.tool()
    def plan(
        situation: Annotated[str, Field(description="The situation in somebody's own words.")] = "",
        answers: Annotated[dict[str, Given] | None, Field(description=f"Answers by question. {ANSWERS}")] = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Suggest a short process and single methods for a situation, with reasons, points and cautions."""
        with language(settings.language):
            return plan_answer(live_build.snapshot(), url, situation, answers or {})

    @server.tool()
    def compare(
        methods: Annotated[list[str], Field(description="Two to four: slug, or slug:size with light, usual or large.")],
    ) -> dict[str, Any]:  # fmt: skip
        """Put up to four methods side by side, fact by fact, and say which is quickest, cheapest and the like."""
        with language(settings.language):
            return compare_answer(live_build.snapshot(), url, methods)

    return server
