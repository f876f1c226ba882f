"""Fixes the spelling of names that are fixed: fields, options and headings.

Proposes edits to authoring/fix/fixes.py. It is surer than the validator's "Did you mean", because here nobody
is asked: a name is fixed only if it is a slip of one name alone. Another word is never taken for an option, whatever
it means to people who search, and no value goes to a field that cannot hold it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from catalogue.authoring.fix.editable_text import Edit, Text, groups, single_values
from catalogue.model.fields import FIELDS, Field, options_of
from catalogue.model.slugs import proposed_slug
from catalogue.rendering.markdown import headings as outline_headings
from catalogue.validation.composites import READERS
from catalogue.validation.front_matter import Node
from catalogue.validation.scalars import Faults
from catalogue.vocabulary import VOCABULARY, Facet

# Letters that a slip adds, drops, changes or swaps; two only in a long word.
MIN_LENGTH, LONG_LENGTH = 4, 9


def slip_of(word: str, known: Iterable[str]) -> str:
    """Return the only known word that `word` was meant to be but for a slip; "" if there is none, or more than one.

    Its first letter, its digits and the number of its words are right: "unworked" is no slip of "worked", nor
    CC-BY-3.0 or CC-BY-SA-4.0 of CC-BY-4.0.
    """
    typed, words = _folded(word), _words(word)
    near: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for name in known:
        meant = _folded(name)
        distance = OSA.distance(typed, meant, score_cutoff=2)
        alike = typed[:1] == meant[:1] and _digits(typed) == _digits(meant)
        if distance == 0 or (distance <= 2 and alike and words in (1, _words(name))):
            near[distance].append(name)
    slips = near[1] + (near[2] if len(typed) >= LONG_LENGTH else [])
    found = near[0] or (slips if len(typed) >= MIN_LENGTH else [])
    return found[0] if len(found) == 1 else ""


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "", word.lower())


def _words(word: str) -> int:
    return len(re.split(r"[\s_-]+", word.strip()))


def _digits(word: str) -> str:
    return re.sub(r"\D", "", word)


def fields(text: Text) -> Iterator[Edit]:
    """Propose the names of fields that were misspelt, if the field is not there already and can hold the value."""
    for known, found in groups(text.split.node):
        by_name = {field.name: field for field in known}
        for key, node in found.items():
            meant = "" if key in by_name else slip_of(key, by_name)
            if not meant or meant in found or not _fits(by_name[meant], node):
                continue
            if span := text.key_span(key, node):
                yield Edit(node.line, *span, meant, f'"{key}" is now "{meant}"')


def _fits(field: Field, node: Node) -> bool:
    """Whether a value, or what can be read of it, is one that a field takes; its option may be a slip too."""
    if (
        field.type == "choice"
        and isinstance(node.value, str)
        and _meant(node.value, options_of(field))
    ):
        return True
    return node.kind == "null" or READERS[field.type](Faults(""), field, node) is not None


def options(text: Text) -> Iterator[Edit]:
    """Propose the options that were misspelt, or named by the label they have on the pages."""
    for field, node in single_values(text.split.node):
        value = str(node.value)
        if field.type in ("choice", "choices"):
            meant = _meant(value, options_of(field))
            if meant and (span := text.value_span(node)):
                quote = text.line(node.line)[span[0]]
                quote = quote if quote in "\"'" else ""
                new = f"{quote}{meant}{quote}"
                yield Edit(node.line, *span, new, f'{field.name}: "{value}" is now "{meant}"')
    for known, found in groups(text.split.node):
        for field in known:
            if field.type == "sentences" and field.name in found:
                yield from _option_keys(text, options_of(field), found[field.name])


def _option_keys(text: Text, facet: Facet, group: Node) -> Iterator[Edit]:
    for key, node in group.value.items() if isinstance(group.value, dict) else ():
        meant = _meant(key, facet)
        if meant and (span := text.key_span(key, node)):
            yield Edit(node.line, *span, meant, f'{facet.field}: "{key}" is now "{meant}"')


def _meant(found: str, facet: Facet) -> str:
    """Return the one option that is spelt wrong here, "" if it is an option or may be several."""
    if found in facet.values:
        return ""
    labelled = [option.value for option in facet.options if _folded(option.label) == _folded(found)]
    return labelled[0] if len(labelled) == 1 else slip_of(found, facet.values)


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
    for field, node in single_values(text.split.node):
        value = unicodedata.normalize("NFKD", str(node.value).replace("\u2019", "'"))
        bare = "".join(char for char in value if not unicodedata.combining(char))
        # A name with letters that a slug cannot have would be that of another method.
        slug = proposed_slug(value) if field.type == "slugs" and bare.isascii() else ""
        if slug in text.slugs and slug != node.value and (span := text.value_span(node)):
            yield Edit(node.line, *span, slug, f'{field.name}: "{node.value}" is now "{slug}"')


def headings(text: Text) -> Iterator[Edit]:
    """Propose headings that were misspelt, or written with one sign in place of two."""
    by_small = {heading.lower(): heading for heading in VOCABULARY.section_ids}
    split = text.split
    for heading in outline_headings(split.body):
        number = split.body_line + heading.line
        near = by_small.get(slip_of(heading.text, by_small), "")
        # An underlined one takes two lines, and an edit changes one.
        if (
            near
            and heading.end - heading.line == 1
            and (heading.text != near or heading.level == 1)
        ):
            end = text.line(number).rindex(heading.text) + len(heading.text)
            yield Edit(number, 0, end, f"## {near}", f'the heading is now "## {near}"')
