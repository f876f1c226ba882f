"""Fixes the spelling of names that are fixed: fields, options and headings.

Proposes edits to authoring/fix/fixes.py. It is surer than the validator's "Did you mean", because here nobody
is asked: a name is fixed if it is a slip of one name alone, or a word that means one option alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.authoring.fix.editable_text import Edit, Text, groups, single_values
from catalogue.model.fields import FIELDS
from catalogue.model.problems import nearest
from catalogue.model.slugs import proposed_slug
from catalogue.rendering.markdown import headings as outline_headings
from catalogue.validation.front_matter import Node
from catalogue.validation.scalars import options_of
from catalogue.vocabulary import VOCABULARY, Facet

# In percent: "onsite" is 67 like "online" and means something else; "audiences" is 94 like "audience".
SURE = 80


def fields(text: Text) -> Iterator[Edit]:
    """Propose the names of fields that were misspelt, unless the field is there already."""
    for known, found in groups(_top(text)):
        names = [field.name for field in known]
        for key, node in found.items():
            near = "" if key in names else nearest(key, names, SURE)
            if near and near not in found and (span := text.key_span(key, node)):
                yield Edit(node.line, *span, near, f'"{key}" is now "{near}"')


def options(text: Text) -> Iterator[Edit]:
    """Propose the options that were misspelt, or named by another word people use for them."""
    for field, node in single_values(_top(text)):
        value = str(node.value)
        if field.type in ("choice", "choices"):
            meant = _meant(value, options_of(field))
            if meant and (span := text.value_span(node)):
                quote = text.line(node.line)[span[0]]
                quote = quote if quote in "\"'" else ""
                new = f"{quote}{meant}{quote}"
                yield Edit(node.line, *span, new, f'{field.name}: "{value}" is now "{meant}"')
    for known, found in groups(_top(text)):
        for field in known:
            if field.type == "sentences" and field.name in found:
                yield from _option_keys(text, options_of(field), found[field.name])


def _option_keys(text: Text, facet: Facet, group: Node) -> Iterator[Edit]:
    for key, node in group.value.items() if isinstance(group.value, dict) else ():
        meant = _meant(key, facet)
        if meant and (span := text.key_span(key, node)):
            yield Edit(node.line, *span, meant, f'{facet.field}: "{key}" is now "{meant}"')


def _meant(found: str, facet: Facet) -> str:
    """Return the one option that a word means, "" if it is an option or may mean several."""
    if found in facet.values:
        return ""
    word = " ".join(found.lower().split())
    named = [
        option.value
        for option in facet.options
        if word in map(str.lower, (option.value, option.label, *option.synonyms))
    ]
    if named:
        return named[0] if len(named) == 1 else ""
    # "CC BY 4.0" is CC-BY-4.0.
    joined = [value for value in facet.values if value.lower() == "-".join(word.split())]
    return joined[0] if joined else nearest(word, facet.values, SURE)


def lists(text: Text) -> Iterator[Edit]:
    """Propose square brackets round options that should be a list, one of them or several."""
    for field in FIELDS:
        node = text.split.fields.get(field.name)
        if field.type != "choices" or not node or not isinstance(node.value, str):
            continue
        values = [value.strip() for value in node.value.split(",")]
        if set(values) <= set(options_of(field).values) and (span := text.value_span(node)):
            listed = f"[{', '.join(values)}]"
            yield Edit(node.line, *span, listed, f"{field.name} is a list in square brackets")


def related(text: Text) -> Iterator[Edit]:
    """Propose the slugs of methods whose titles stand where slugs belong."""
    for field, node in single_values(_top(text)):
        slug = proposed_slug(str(node.value)) if field.type == "slugs" else ""
        if slug in text.slugs and slug != node.value and (span := text.value_span(node)):
            yield Edit(node.line, *span, slug, f'{field.name}: "{node.value}" is now "{slug}"')


def headings(text: Text) -> Iterator[Edit]:
    """Propose headings that were misspelt, or written with one sign in place of two."""
    by_small = {heading.lower(): heading for heading in VOCABULARY.headings}
    split = text.split
    for heading in outline_headings(split.body):
        number = split.body_line + heading.line
        near = by_small.get(nearest(heading.text, by_small, SURE), "")
        # An underlined one takes two lines, and an edit changes one.
        if (
            near
            and heading.end - heading.line == 1
            and (heading.text != near or heading.level == 1)
        ):
            end = text.line(number).rindex(heading.text) + len(heading.text)
            yield Edit(number, 0, end, f"## {near}", f'the heading is now "## {near}"')


def _top(text: Text) -> Node:
    return Node(text.split.fields, 1, 1, "dict")
