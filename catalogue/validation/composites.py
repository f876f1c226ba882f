"""Reads values made of others: lists, ranges, costs, cases, and the whole front matter.

Follows the table in model/fields.py with the readers of validation/scalars.py; validation/reader.py makes the `Method` from
what comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from catalogue.model import fields as method_fields
from catalogue.model import guide_fields
from catalogue.model.fields import Field, options_of
from catalogue.model.guides import Adaptation, GuideSource, Hint, Official, Touches, When
from catalogue.model.method import Case, Cost, Credit, Duty, People, Range, Room, Size, Source, Step
from catalogue.model.problems import shown
from catalogue.model.slugs import NO_SLUG, SLUG, proposed_slug
from catalogue.validation.field_hints import group_pattern, meant_field, meant_section, written
from catalogue.validation.front_matter import UNREADABLE, Node
from catalogue.validation.scalars import (
    Faults,
    address,
    choice,
    day,
    flag,
    month,
    number,
    text,
    unknown_option,
    year,
)
from catalogue.vocabulary import VOCABULARY

# A file with so many errors is made to harm, and is read no further.
ENOUGH_ERRORS = 100
# An empty value means "not known"; one that could not be read has been reported.
NOTHING = ("null", UNREADABLE)


def record(
    faults: Faults, fields: Iterable[Field], node: Node, name: str, whole: bool = True
) -> dict[str, Any]:
    """Read a group of fields; return the usable ones by attribute name.

    `name` is what the group is called in messages, "" for the file itself. With `whole`
    False, missing fields are not reported.
    """
    known = {field.name: field for field in fields}
    inside = "inside" if name else ""
    read: dict[str, Any] = {}
    meant: set[str] = set()
    given = node.value if isinstance(node.value, dict) else {}
    for key, value in given.items():
        if faults.errors > ENOUGH_ERRORS:
            break
        if key not in known:
            meant.add(_unknown(faults, known, {*given, *meant}, key, value, name))
            continue
        field = known[key]
        if value.kind in NOTHING:
            continue
        found = READERS[field.type](faults, field, value)
        if found is not None:
            read[key] = found
    for field in known.values() if whole else ():
        there = given.get(field.name)
        if not field.required or field.name in meant or (there and there.kind != "null"):
            continue
        values = {"field": field.name, "meaning": field.meaning, **written(field)}
        faults.report("field-missing", node, inside, group=name, **values)
    return read


def _unknown(
    faults: Faults, known: Mapping[str, Field], taken: set[str], key: str, value: Node, group: str
) -> str:
    """Report a field that is none of ours, and return the name of the one that was probably meant, or ""."""
    values = {"name": shown(key), "group": group, "known": ", ".join(known)}
    field = meant_field(key, known.values(), taken)
    if field:
        values |= {"near": field.name, "meaning": field.meaning, **written(field, value)}
    elif not group and key.lower() not in known:
        values["heading"] = meant_section(key)
    variant = "near" if field else "section" if values.get("heading") else ""
    if group:
        variant = f"inside-{variant}".rstrip("-")
    faults.report("field-unknown", value, variant, **values)
    return field.name if field else ""


def _is_group(faults: Faults, field: Field, node: Node, name: str) -> bool:
    """Whether a value is a group of fields, as it should be; if not, that is reported."""
    if isinstance(node.value, dict):
        return True
    values = written(field, node)
    if field.type == "records":
        text = node.value if isinstance(node.value, str) else ""
        values = {"pattern": group_pattern(field, text), "options": ""}
    faults.report("wrong-type", node, "group", field=name, **values)
    return False


def choices(faults: Faults, field: Field, node: Node) -> tuple[str, ...] | None:
    """Read several options of the vocabulary, without repeats."""
    items = _items(faults, field, node)
    found: list[str] = []
    for item in items:
        value = choice(faults, field, item)
        if value is not None and value in found:
            faults.report("option-repeated", item, option=value)
        elif value is not None:
            found.append(value)
    _count(faults, field, node)
    return tuple(found) or None


def texts(faults: Faults, field: Field, node: Node) -> tuple[str, ...] | None:
    """Read a list of texts."""
    items = _items(faults, field, node)
    found = tuple(v for item in items if (v := text(faults, field, item)) is not None)
    _count(faults, field, node)
    return found or None


def slug(faults: Faults, field: Field, node: Node) -> str | None:
    """Read the slug of a method."""
    value = text(faults, field, node)
    if value is not None and not SLUG.fullmatch(value):
        proposed = proposed_slug(value)
        near = "" if proposed == NO_SLUG else proposed
        faults.report("slug-unusable", node, "near" if near else "", found=shown(value), near=near)
        return None
    return value


def slugs(faults: Faults, field: Field, node: Node) -> tuple[str, ...] | None:
    """Read a list of slugs; whether they exist is checked across all files."""
    read = (slug(faults, field, item) for item in _items(faults, field, node))
    found = tuple(dict.fromkeys(value for value in read if value is not None))
    _count(faults, field, node)
    return found or None


def span(faults: Faults, field: Field, node: Node) -> Range | None:
    """Read a range of numbers."""
    read = _ends(faults, field, node)
    return Range(read["min"], read.get("max"), read.get("note", "")) if read else None


def people(faults: Faults, field: Field, node: Node) -> People | None:
    """Read a number of people, and what is counted."""
    read = _ends(faults, field, node)
    if not read or "counts" not in read:
        return None
    return People(read["min"], read.get("max"), read.get("note", ""), read["counts"])


def _ends(faults: Faults, field: Field, node: Node) -> dict[str, Any]:
    """Read the fields of a range; {} if they are none."""
    if not _is_group(faults, field, node, field.name):
        return {}
    read = record(faults, field.fields, node, field.name)
    if "min" not in read:
        return {}
    low, high = read["min"], read.get("max")
    if high is not None and high < low:
        faults.report("range-reversed", node, field=field.name, low=low, high=high)
        return {}
    return read


def cost(faults: Faults, field: Field, node: Node) -> Cost | None:
    """Read a cost; the band is computed from two figures, else given by judgement."""
    before = faults.errors
    if not _is_group(faults, field, node, field.name):
        return None
    read = record(faults, field.fields, node, field.name)
    if faults.errors > before or not node.whole:
        return None
    low, high, band = read.get("low"), read.get("high"), read.get("band", "")
    currency = read.get("currency", "GBP")
    if low is not None and high is not None:
        if high < low:
            faults.report("range-reversed", node, "cost", low=low, high=high)
            return None
        rate = VOCABULARY.gbp_rates[currency]
        computed = VOCABULARY.cost_band(low / rate, high / rate)
        if band:
            faults.report("cost-band-computed", node, band=computed)
        band = computed
    elif not band:
        faults.report("cost-band-missing", node)
        return None
    year, note = read.get("year"), read.get("note", "")
    return Cost(low, high, currency, year, read["basis"], band, note)


def single(faults: Faults, field: Field, node: Node) -> Any:
    """Read one group of fields, such as a size."""
    before = faults.errors
    if not _is_group(faults, field, node, field.name):
        return None
    read = record(faults, field.fields, node, field.name)
    return RECORDS[field.fields](**read) if faults.errors == before and node.whole else None


def records(faults: Faults, field: Field, node: Node) -> tuple[Any, ...] | None:
    """Read a list of groups of fields, such as cases."""
    made = RECORDS[field.fields]
    items = _items(faults, field, node)
    found = []
    for place, item in enumerate(items, start=1):
        if faults.errors > ENOUGH_ERRORS:
            break
        before = faults.errors
        name = f"{field.name}, number {place}"
        if not _is_group(faults, field, item, name):
            continue
        read = record(faults, field.fields, item, name)
        if faults.errors == before and item.whole:
            found.append(made(**read))
    _count(faults, field, node)
    return tuple(found) or None


def sentences(faults: Faults, field: Field, node: Node) -> dict[str, str] | None:
    """Read options that each come with a sentence."""
    facet = options_of(field)
    if not isinstance(node.value, dict):
        faults.report("wrong-type", node, "options", field=field.name, **written(field))
        return None
    found = {}
    for key, value in node.value.items():
        if key not in facet.values:
            unknown_option(faults, facet, value, facet.label.lower(), key)
        elif value.kind in NOTHING:
            continue
        elif (sentence := text(faults, field, value)) is not None:
            found[key] = sentence
    return {value: found[value] for value in facet.values if value in found} or None


def _items(faults: Faults, field: Field, node: Node) -> list[Node]:
    if isinstance(node.value, list):
        return [item for item in node.value if item.kind != UNREADABLE]
    variant = "grouped" if isinstance(node.value, dict) else ""
    faults.report("wrong-type", node, variant, field=field.name, **written(field, node))
    return []


def _count(faults: Faults, field: Field, node: Node) -> None:
    if not isinstance(node.value, list):
        return
    count = len(node.value)
    if field.at_most and count > field.at_most:
        faults.report("list-long", node, field=field.name, count=count, limit=field.at_most)
    if count < field.at_least:
        variant = "needed" if field.required else ""
        values = {"field": field.name, **written(field)}
        faults.report("list-short", node, variant, least=field.at_least, **values)


# What groups of fields become.
RECORDS: dict[tuple[Field, ...], Callable[..., Any]] = {
    method_fields.CASE_FIELDS: Case,
    method_fields.SOURCE_FIELDS: Source,
    method_fields.CREDIT_FIELDS: Credit,
    method_fields.STEP_FIELDS: Step,
    method_fields.SIZE_FIELDS: Size,
    method_fields.DUTY_FIELDS: Duty,
    method_fields.ROOM_FIELDS: Room,
    guide_fields.SOURCE_FIELDS: GuideSource,
    guide_fields.ADAPTATION_FIELDS: Adaptation,
    guide_fields.OFFICIAL_FIELDS: Official,
    guide_fields.TOUCHES_FIELDS: Touches,
    guide_fields.WHEN_FIELDS: When,
    guide_fields.ADVICE_FIELDS: Hint,
}
READERS: dict[str, Callable[[Faults, Field, Node], Any]] = {
    "text": text,
    "address": address,
    "number": number,
    "year": year,
    "flag": flag,
    "date": day,
    "month": month,
    "choice": choice,
    "texts": texts,
    "choices": choices,
    "slug": slug,
    "slugs": slugs,
    "range": span,
    "people": people,
    "cost": cost,
    "record": single,
    "records": records,
    "sentences": sentences,
}
