"""Checks that need all files: names that two methods share, and links to methods that do not exist.

Works on what validation/reader.py read, before anything is built, and adds its problems to the files
they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from catalogue.model.guides import Guide
from catalogue.model.letters import name_key
from catalogue.model.problems import Problem, Values, nearest, shown
from catalogue.model.slugs import MEANT, near_slugs
from catalogue.model.unprintable import escape
from catalogue.rendering.anchors import PAGE_IDS, SECTION_IDS, SECTION_NUMBERS
from catalogue.rendering.site_texts import TEXTS_DIR, TextsError, read_text, text_names
from catalogue.validation.guides import GUIDES, RULES, line_with, read_advice, read_guidance
from catalogue.validation.reader import Reading
from catalogue.validation.sections import Mention, method_links
from catalogue.vocabulary import VOCABULARY

REPEATED = re.compile(r"-\d+$")


def check_across(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings with the problems across files added; none of these takes a method off the site.

    A name belongs to the reading that comes first and is a problem of the later ones.
    A link to a file that is there but has errors of its own is fine.
    """
    ordered = list(readings)
    by_slug = {reading.slug: reading for reading in ordered}
    found = _shared_names(ordered)
    old_names = _shared_old_names(ordered, set(by_slug))
    checked = []
    for reading in ordered:
        problems = [
            *found.get(reading.path, ()),
            *old_names.get(reading.path, ()),
            *_broken_links(reading, set(by_slug)),
            *_broken_fragments(reading, by_slug),
        ]
        if problems:
            all_problems = tuple(sorted((*reading.problems, *problems)))
            reading = replace(reading, problems=all_problems)
        checked.append(reading)
    return checked


def _shared_names(readings: list[Reading]) -> dict[str, list[Problem]]:
    """Return the problems of names that an earlier file, or the same file, already has.

    A file with errors of its own comes last, so that a stray copy is never the owner.
    """
    readings = sorted(readings, key=lambda reading: not reading.usable)
    owners: dict[str, tuple[str, int]] = {}
    found: dict[str, list[Problem]] = {}
    for reading in readings:
        for name in reading.names:
            key = name_key(name.text)
            if key not in owners:
                owners[key] = (reading.path, name.line)
                continue
            owner, line = owners[key]
            values: Values = {"name": shown(name.text), "owner": owner, "first": line}
            draft = reading.draft
            titled = name is reading.names[0] and (draft is None or draft.title == name.text)
            variant = "here" if owner == reading.path else "title" if titled else ""
            found.setdefault(reading.path, []).append(
                Problem("name-taken", reading.path, name.line, name.column, values, variant)
            )
    return found


def _shared_old_names(readings: list[Reading], slugs: set[str]) -> dict[str, list[Problem]]:
    """Return the problems of old slugs (`was`) that an earlier file claims too, or that are the slug of a method."""
    owners: dict[str, str] = {}
    found: dict[str, list[Problem]] = {}
    for reading in readings:
        for was in reading.was:
            owner = owners.setdefault(was.text, reading.path)
            variant = "method" if was.text in slugs else ""
            if variant or owner != reading.path:
                values: Values = {"slug": shown(was.text), "owner": owner}
                problem = Problem("was-taken", reading.path, was.line, was.column, values, variant)
                found.setdefault(reading.path, []).append(problem)
    return found


def _broken_links(reading: Reading, slugs: set[str]) -> Iterator[Problem]:
    for code, mentions in (("related-unknown", reading.related), ("link-unknown", reading.links)):
        for mention in mentions:
            if mention.text == reading.slug and code == "related-unknown":
                yield Problem(code, reading.path, mention.line, mention.column, variant="itself")
            elif mention.text not in slugs:
                yield _unknown(code, reading.path, mention, sorted(slugs - {reading.slug}))


def _unknown(code: str, path: str, mention: Mention, known: list[str]) -> Problem:
    near = near_slugs(mention.text, known, 1, MEANT)
    values: Values = {"slug": shown(mention.text), "near": near[0] if near else ""}
    return Problem(code, path, mention.line, mention.column, values, "near" if near else "")


def _broken_fragments(reading: Reading, by_slug: dict[str, Reading]) -> Iterator[Problem]:
    """Yield the links to a heading of another method that is not there; nothing of one that could not be read."""
    for link in reading.links:
        other = by_slug.get(link.text)
        if not link.fragment or other is None or not other.usable:
            continue
        there = {*other.anchors, *SECTION_IDS, *VOCABULARY.sections, *SECTION_NUMBERS, *PAGE_IDS}
        # A heading that comes twice on a page has a number behind its anchor.
        if link.fragment not in there and REPEATED.sub("", link.fragment) not in there:
            near = nearest(link.fragment, sorted(there), 0)
            values: Values = {
                "found": shown(f"{link.text}.md#{link.fragment}"),
                "near": f"{link.text}.md#{near}",
            }
            yield Problem("link-nowhere", reading.path, link.line, link.column, values, "heading")


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
        path = escape(f"{folder.name}/{name}")
        mentions = [Mention(slug, line_with(slug, text), 1) for slug in named.get(name, ())]
        for mention in (*mentions, *method_links(text, 1)):
            if mention.text not in slugs:
                found.append(_unknown("link-unknown", path, mention, known))
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
