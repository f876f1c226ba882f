"""Finds methods that guides, rules and introductions name or link to, and that do not exist."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from catalogue.model.guides import Guide
from catalogue.model.problems import Problem, Values, shown
from catalogue.model.slugs import near_slugs
from catalogue.model.unprintable import escape
from catalogue.rendering.site_texts import TEXTS_DIR, TextsError, read_text, text_names
from catalogue.validation.advice import line_with, read_advice
from catalogue.validation.guides import GUIDES, RULES, read_guidance
from catalogue.validation.sections import Mention, method_links


def unknown_methods(slugs: Collection[str], folder: Path = TEXTS_DIR) -> list[Problem]:
    """Return a problem for each method that a text below `folder` names and that is not among `slugs`."""
    known = sorted(slugs)
    named = _named(folder)
    found = []
    for name in text_names(folder):
        try:
            text = read_text(folder, name)
        except TextsError:  # is reported where texts are read
            continue
        mentions = [Mention(slug, line_with(slug, text), 1) for slug in named.get(name, ())]
        for mention in (*mentions, *method_links(text, 1)):
            if mention.text not in slugs:
                near = near_slugs(mention.text, known, 1)
                values: Values = {"slug": shown(mention.text), "near": near[0] if near else ""}
                path, variant = escape(f"{folder.name}/{name}"), "near" if near else ""
                found.append(
                    Problem("link-unknown", path, mention.line, mention.column, values, variant)
                )
    return found


def _named(folder: Path) -> dict[str, list[str]]:
    """Return the methods that the facts of texts name, by the path of the text below `folder`."""
    named: dict[str, list[str]] = {}
    for each in read_guidance(folder).all:
        if isinstance(each, Guide):
            named[f"{GUIDES.folder}/{each.slug}.md"] = [method.slug for method in each.methods]
        else:
            named[f"{RULES.folder}/{each.slug}.md"] = list(each.touches.methods)
    for advice in read_advice(folder).advice:
        methods = named.setdefault(f"{advice.facet}s/{advice.value}.md", [])
        if advice.method not in methods:
            methods.append(advice.method)
    return named
