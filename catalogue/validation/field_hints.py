"""Says how a field is written, and which field or value was meant, for the messages about values of the wrong form.

What is proposed here is only ever asked or shown as a pattern; authoring/fix/ decides alone what is sure enough to be done.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from catalogue.model.fields import Field, options_of
from catalogue.model.numbers import as_digits, read_number
from catalogue.model.problems import MAX_REPEATED, nearest
from catalogue.model.slugs import NO_SLUG, proposed_slug
from catalogue.validation.front_matter import Node
from catalogue.validation.headings import BY_LOWERCASE, BY_SYNONYM

# What other sites call our fields, by our name for it. A group may have words of its own.
OTHER_NAMES = {
    "title": "name method method_name heading label",
    "aliases": "alias also_known_as aka other_names synonyms alternative_names",
    "asked_as": "needs keywords search_terms use_cases",
    "summary": "description abstract excerpt overview intro introduction tagline subtitle desc lead",
    "purposes": "tags tag categories category goals goal objectives objective aim aims topics themes",
    "level": "engagement engagement_level participation_level spectrum iap2",
    "audience": "target_group target_groups target_audience target who population stakeholders",
    "recruitment": "selection sampling recruiting",
    "people_in_all": "participants people number_of_participants attendees scale capacity",
    "group_size": "size group people_per_group",
    "participant_hours": "time duration length hours time_required timing time_needed",
    "lead_time_weeks": "lead_time preparation preparation_time prep_time weeks timeline timeframe",
    "cost": "budget price expense expenses",
    "staff_days": "staff effort staff_time",
    "facilitation": "facilitator facilitators skills skill_level difficulty",
    "format": "mode setting venue medium where",
    "kind": "type method_type",
    "stage": "phase phases",
    "talk": "discussion conversation dialogue interaction",
    "outcomes": "outputs output results deliverables",
    "inclusion": "accessibility access",
    "was": "formerly old_slug renamed_from",
    "added": "created created_on date_added published_on",
    "related": "see_also related_methods similar similar_methods",
    "cases": "examples example case_studies case_study",
    "sources": "references reference bibliography links link further_reading citations resources url website",
    "contributors": "author authors contributor credits",
    "last_reviewed": "date updated last_updated last_modified lastmod modified reviewed",
    "licence": "license rights copyright",
    "min": "minimum from low lower at_least",
    "max": "maximum to high upper at_most up_to",
    "low": "min minimum from lower",
    "high": "max maximum to upper up_to",
    "basis": "based_on evidence source",
    "place": "location city town where",
    "participants": "people group_size",
    "outcome": "outcomes impact description summary results",
    "by": "author authors publisher published_by organisation organization",
    "year": "date published when",
    "url": "link website address href source",
    "name": "title author",
}  # fmt: skip
# In percent. "time" is 67 like "title" and means something else.
ALIKE = 75
BETWEEN = re.compile(r"\s*[,;/|]\s*|\s+(?:and|or)\s+")
WEB_ADDRESS = re.compile(r"https?://\S+$")
TO = re.compile(r"\s*(?:-|\u2013|\u2014|\bto\b|\.\.)\s*")


def meant_field(key: str, known: Iterable[Field], present: Iterable[str]) -> Field | None:
    """Return the field that an unknown name was probably meant for; None if that one is there already."""
    name = re.sub(r"[\s-]+", "_", key.strip().lower())
    fields = {field.name: field for field in known}
    for field in fields.values():
        if name in OTHER_NAMES.get(field.name, "").split():
            return field if field.name not in present else None
    near = nearest(name, fields, ALIKE)
    return fields[near] if near and near not in present else None


def meant_section(key: str) -> str:
    """Return the heading under which belongs what somebody gave as a field; "" for none."""
    words = re.sub(r"[\s_-]+", " ", key.strip().lower())
    return BY_LOWERCASE.get(words) or BY_SYNONYM.get(words, "")


def options(field: Field) -> str:
    """Return the options of a field with commas between, "" for a field without."""
    if field.type in ("cost", "people"):
        inside = [(inner.name, options(inner)) for inner in field.fields if inner.options]
        return "; ".join(
            f"{name}: {listed}" if len(inside) > 1 else listed for name, listed in inside
        )
    return ", ".join(map(as_written, options_of(field).values)) if field.options else ""


def written(field: Field, node: Node | None = None) -> dict[str, str]:
    """Return the values "pattern" and "options" of a message that says how a field is written.

    The pattern holds what was found, where that can be told; else … stands for it, and the options are those
    to choose from.
    """
    value = _suggested(field, node) if node else ""
    if value and len(value) <= MAX_REPEATED:
        left_open = options(field) if "counts: …" in value else ""
        return {"pattern": f"{field.name}: {value}", "options": left_open}
    return {"pattern": f"{field.name}: {_pattern(field)}", "options": options(field)}


def _pattern(field: Field) -> str:
    if field.type == "records":
        return f"[{group_pattern(field)}]"
    if field.type == "record":
        return group_pattern(field)
    patterns = {
        "text": '"…"', "texts": '["…"]', "address": '"https://…"', "choices": "[…]", "slugs": "[…]",
        "flag": "true or false", "date": "YYYY-MM-DD", "month": "YYYY-MM", "year": "YYYY", "range": "{min: …, max: …}", "cost": "{band: …, basis: …}",
        "people": "{min: …, max: …, counts: …}", "sentences": '{…: "…"}',
    }  # fmt: skip
    return patterns.get(field.type, "…")


def group_pattern(field: Field, text: str = "") -> str:
    """Return one group of a list of groups: what must be there, and a text that stands in its place.

    The text is taken for its address if it is one, else for its title or name.
    """
    given = {}
    if text:
        names = [inner.name for inner in field.fields]
        given["url" if WEB_ADDRESS.match(text) and "url" in names else names[0]] = quoted(text)
    return _group(field, given)


def _group(field: Field, given: dict[str, str]) -> str:
    parts = [
        f"{inner.name}: {given.get(inner.name) or _pattern(inner)}"
        for inner in field.fields
        if inner.required or inner.name in given
    ]
    return f"{{{', '.join(parts)}}}"


def _suggested(field: Field, node: Node) -> str:
    """Return a value as it should have been written; "" if that cannot be told."""
    words = [*_words(node)]
    if field.type == "records":
        groups = _groups(field, node, words)
        return f"[{', '.join(groups)}]" if groups else ""
    if not words:
        return ""
    if field.type in ("choices", "choice", "slugs"):
        found = [word for text in words for word in BETWEEN.split(text) if word]
        meant = [*dict.fromkeys(_meant(field, word) for word in found)]
        if not all(meant):
            return ""
        return (
            as_written(meant[0])
            if field.type == "choice"
            else f"[{', '.join(map(as_written, meant))}]"
        )
    if field.type == "texts":
        single = isinstance(node.value, dict)
        return "" if single else f"[{', '.join(map(quoted, words))}]"
    if field.type in ("range", "people", "cost"):
        return _numbers(field, words)
    if field.type in ("number", "year"):
        number = read_number(words[0], whole=bool(field.unit))
        sure = number.sure is not None and not number.currency and len(words) == 1
        return as_digits(number.sure or 0) if sure else ""
    if isinstance(node.value, dict):
        text = suggested_text(node) if field.type == "text" else ""
        return text if "…" not in text else ""
    fits = len(words) == 1 and (not field.at_most or len(words[0]) <= field.at_most)
    return quoted(words[0]) if field.type == "text" and fits else ""


def _groups(field: Field, node: Node, words: list[str]) -> list[str]:
    """Return the groups of a list, with our names for their fields; a text is made a group too."""
    items = node.value if isinstance(node.value, list) else [node]
    if not any(isinstance(item.value, dict) for item in items):
        return [group_pattern(field, word) for word in words]
    found = []
    for item in items:
        given: dict[str, str] = {}
        for key, inside in item.value.items() if isinstance(item.value, dict) else ():
            inner = next((each for each in field.fields if each.name == key), None)
            inner = inner or meant_field(key, field.fields, {*item.value, *given})
            if inner and isinstance(inside.value, str) and inside.value:
                bare = inside.kind != "str" or inner.type == "choice"
                given[inner.name] = inside.value if bare else quoted(inside.value)
        found.append(_group(field, given))
    return found


def _words(node: Node) -> Iterable[str]:
    """Yield the texts of a value: itself, its items, or what its fields hold."""
    if isinstance(node.value, str):
        return [node.value] if node.value.strip() else []
    items = node.value.values() if isinstance(node.value, dict) else node.value
    return [item.value for item in items if isinstance(item.value, str) and item.value.strip()]


def _meant(field: Field, word: str) -> str:
    if field.type == "slugs":
        slug = proposed_slug(word)
        return "" if slug == NO_SLUG else slug
    facet = options_of(field)
    by_lowercase = {value.lower(): value for value in facet.values}
    near = nearest(re.sub(r"[\s_]+", "-", word.strip()), by_lowercase, ALIKE)
    return facet.by_synonym.get(word.strip().lower()) or by_lowercase.get(near, "")


def as_written(value: str) -> str:
    """Return an option as it is written: a bare yes or no is true or false to YAML."""
    return f'"{value}"' if value in ("yes", "no") else value


def _numbers(field: Field, words: list[str]) -> str:
    if field.type == "cost" and len(words) == 1:
        band = next(inner for inner in field.fields if inner.name == "band")
        if meant := nearest(words[0], options_of(band).values, 90):
            return f"{{band: {meant}, basis: judgement}}"
    counts = field.fields[0].unit
    parts = TO.split(words[0]) if len(words) == 1 else words
    written = [read_number(part, whole=bool(counts)) for part in parts]
    found = [as_digits(number.sure) for number in written if number.sure is not None]
    currency = {number.currency for number in written} - {""}
    if len(found) != len(parts) or len(found) > 2 or (currency and field.type != "cost"):
        return ""
    if field.type == "people":
        return f"{{min: {found[0]}, max: {found[-1]}, counts: …}}"
    if field.type == "range":
        return f"{{min: {found[0]}, max: {found[-1]}}}"
    known = options_of(next(inner for inner in field.fields if inner.name == "currency")).values
    if len(found) != 2 or len(currency) != 1 or not currency <= set(known):
        return ""
    return f"{{low: {found[0]}, high: {found[1]}, currency: {currency.pop()}, basis: judgement}}"


def suggested_text(node: Node) -> str:
    """Return the text that a colon made a group of, in quotation marks; a pattern if that cannot be told."""
    pairs = node.value.items() if isinstance(node.value, dict) else ()
    texts = [f"{key}: {inside.value}" for key, inside in pairs if isinstance(inside.value, str)]
    return quoted(texts[0]) if len(pairs) == len(texts) == 1 else '"…"'


def quoted(text: str) -> str:
    """Return a text in double quotation marks, as YAML reads it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
