"""The guides to working with people who are often left out, and the rules of law: lists, and a page each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.model.guides import Guide, Rule
from catalogue.presentation.formatting import day_text
from catalogue.urls import PATHS
from catalogue.validation.guides import GUIDES, RULES, Kind, load_guidance
from catalogue.vocabulary import VOCABULARY
from catalogue.web.contribution_links import PageLinks, page_links
from catalogue.web.guidance_context import rules_in_order
from catalogue.web.request_context import live_build, snapshot

blueprint = Blueprint("guidance", __name__)
Either = TypeVar("Either", Guide, Rule)


@blueprint.get(PATHS.guides)
def guides() -> ResponseReturnValue:
    """List the guides from A to Z."""
    return render_template("guidance/guides.html", guides=load_guidance().guides)


@blueprint.get(PATHS.guide("<slug>"))
def guide(slug: str) -> ResponseReturnValue:
    """Show one guide, with its methods and how to adapt them."""
    current = snapshot()
    found = _named(slug, load_guidance().guides)
    cards = {m.slug: current.cards[current.ordinals[m.slug]] for m in found.methods
             if m.slug in current.ordinals}  # fmt: skip
    return render_template(
        "guidance/guide.html",
        guide=found,
        sections=_live(found.sections),
        cards=cards,
        links=_links(GUIDES, found),
        day=day_text,
    )


@blueprint.get(PATHS.rules)
def rules() -> ResponseReturnValue:
    """List the rules, those of the host's country first."""
    country = live_build().settings.country
    ordered = rules_in_order(load_guidance().rules, country)
    return render_template(
        "guidance/rules.html",
        first=[rule for rule in ordered if country and rule.holds_in(country)],
        others=[rule for rule in ordered if not (country and rule.holds_in(country))],
        place=VOCABULARY.choices["place"].by_value,
        country=country,
    )


@blueprint.get(PATHS.rule("<slug>"))
def rule(slug: str) -> ResponseReturnValue:
    """Show one rule as it stood on its day, and the methods it touches, those it names first."""
    current = snapshot()
    found = _named(slug, load_guidance().rules)
    cards = [
        current.cards[current.ordinals[s]] for s in found.touches.methods if s in current.ordinals
    ]
    if not found.touches.every_method:
        cards += [
            c
            for c in current.cards
            if c not in cards and found.touches_method(c.slug, c.purposes, c.audience)
        ]
    return render_template(
        "guidance/rule.html",
        rule=found,
        sections=_live(found.sections),
        cards=cards,
        place=VOCABULARY.choices["place"].by_value,
        links=_links(RULES, found),
        day=day_text,
    )  # fmt: skip


def _named(slug: str, among: Iterable[Either]) -> Either:
    return next((each for each in among if each.slug == slug), None) or abort(404)


def _live(sections: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Return sections in which links to methods that are not in the build are plain text."""
    return [(heading, snapshot().with_live_links(html)) for heading, html in sections]


def _links(kind: Kind, each: Guide | Rule) -> PageLinks:
    settings = live_build().settings
    path = f"texts/{kind.folder}/{each.slug}.md"
    return page_links(settings, path, each.title, settings.site_url + request.path)
