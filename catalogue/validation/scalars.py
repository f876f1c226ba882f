"""Reads single values of a method file: texts, numbers, years, dates, options.

Between validation/front_matter.py and validation/composites.py in the flow: a located node in, a plain value out, or None
and a problem that says what was found and how to mend it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from catalogue.model import unseen
from catalogue.model.fields import Field
from catalogue.model.problems import Problem, choose, shown
from catalogue.validation.front_matter import Node
from catalogue.vocabulary import VOCABULARY, Facet

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WEB_ADDRESS = re.compile(
    r"https?://[^\s<>\"][^\s<>\".]*\.[^\s<>\"]+|mailto:[^\s<>\"][^\s<>\"@]*@[^\s<>\"]+"
)
EARLIEST_YEAR = 1500
LARGEST_NUMBER = 1_000_000_000
# What an unquoted text is in YAML 1.1, in words.
YAML_READS = {"bool": "true or false", "int": "a number", "float": "a number",
              "timestamp": "a date", "value": "an operator", "merge": "an operator"}  # fmt: skip


class Faults:
    """Gathers the problems met while one file is read."""

    def __init__(self, path: str) -> None:
        """`path` is the file's name in messages."""
        self.path = path
        self.problems: list[Problem] = []

    def report(self, code: str, at: Node, what: str, mend: str) -> None:
        """Add a problem at the place of a node."""
        self.problems.append(Problem(self.path, at.line, at.column, code, what, mend))


def text(faults: Faults, field: Field, node: Node) -> str | None:
    """Read a text, refusing what YAML would take for something else."""
    value = plain(faults, field, node)
    if value is None:
        return None
    if node.kind == "null":
        value = ""
    elif node.kind in YAML_READS:
        what = f"{field.name} is written {shown(value)} without quotation marks, "
        what += f"which YAML reads as {YAML_READS[node.kind]}"
        faults.report("yaml-trap", node, what, f'Write {field.name}: "{shown(value)}".')
        return None
    value = " ".join(value.split())
    if not value:
        mend = f"Write it, or take the line out: {field.meaning}"
        faults.report("text-empty", node, f"{field.name} is empty", mend)
        return None
    if unseen.UNSEEN.search(value):
        what = f"{field.name} holds a character that cannot be seen"
        faults.report(unseen.CODE, node, what, "Type the text again.")
        return None
    if field.at_most and field.type == "text" and len(value) > field.at_most:
        what = f'"{field.name}" is {len(value)} characters and the limit is {field.at_most}'
        mend = f"Cut {len(value) - field.at_most}; the full description belongs in the text."
        faults.report("text-long", node, what, mend)
        return None
    return value


def address(faults: Faults, field: Field, node: Node) -> str | None:
    """Read a web address."""
    value = text(faults, field, node)
    if value is not None and not WEB_ADDRESS.fullmatch(value):
        mend = "Write the whole address, beginning with https://."
        faults.report("address-unusable", node, f'"{shown(value)}" is not a web address', mend)
        return None
    return value


def number(faults: Faults, field: Field, node: Node) -> float | None:
    """Read a number of 0 or more."""
    value = plain(faults, field, node)
    if value is None:
        return None
    if node.kind == "int" and ":" in value:
        hours, minutes, *_ = value.split(":")
        what = f"{field.name} is written {shown(value)}, which YAML reads as one number in minutes"
        decimal = (
            f"{int(hours) + int(minutes) / 60:g}" if re.fullmatch(r"\d{1,4}", hours) else "1.5"
        )
        faults.report("yaml-trap", node, what, f"Write it as a decimal: {decimal}.")
        return None
    if not re.fullmatch(r"\d+(\.\d+)?", value) or node.kind == "str":
        bare = value.replace(",", "").lstrip("£$€").strip()
        better = bare if re.fullmatch(r"\d+(\.\d+)?", bare) else "for example 12"
        mend = f"Write a bare number, with no quotation marks, £, commas or words: {better}."
        faults.report(
            "number-unreadable", node, f'{field.name} is not a number ("{shown(value)}")', mend
        )
        return None
    if re.match(r"0\d", value):
        what = f"{field.name} begins with a nought ({shown(value)}), which YAML reads in eights"
        better = re.sub(r"^0+(?=\d)", "", value)
        faults.report("yaml-trap", node, what, f"Write {better}.")
        return None
    if float(value) > LARGEST_NUMBER:
        mend = f"Check the number; the largest we take is {LARGEST_NUMBER}."
        faults.report("number-large", node, f"{field.name} is too large ({value[:20]})", mend)
        return None
    return float(value) if "." in value else int(value)


def year(faults: Faults, field: Field, node: Node) -> int | None:
    """Read a year from 1500 to next year."""
    value = number(faults, field, node)
    if value is not None and (value % 1 or not EARLIEST_YEAR <= value <= date.today().year + 1):
        mend = f"Write the year in four figures, from {EARLIEST_YEAR} to next year."
        faults.report("year-unlikely", node, f"{value:g} is not a likely year", mend)
        return None
    return None if value is None else int(value)


def flag(faults: Faults, field: Field, node: Node) -> bool | None:
    """Read true or false."""
    value = plain(faults, field, node)
    if value is not None and (node.kind == "str" or value not in ("true", "false")):
        what = f'{field.name} is neither true nor false ("{shown(value)}")'
        faults.report("flag-unreadable", node, what, "Write true or false, or take it out.")
        return None
    return None if value is None else value == "true"


def day(faults: Faults, field: Field, node: Node) -> date | None:
    """Read a date that is not in the future, wherever on earth it was written."""
    value = plain(faults, field, node)
    if value is None:
        return None
    try:
        # Python also takes 20261123, which nobody reads at a glance.
        found = date.fromisoformat(value if DAY.fullmatch(value) else "")
    except ValueError:
        mend = "Write year, month and day: 2026-11-23."
        faults.report(
            "date-unreadable", node, f'{field.name} is not a date ("{shown(value)}")', mend
        )
        return None
    # Where the day begins first it is tomorrow already.
    if found > date.today() + timedelta(days=1):
        mend = "Write the day on which it was done."
        faults.report(
            "date-future", node, f"{field.name} lies in the future ({shown(value)})", mend
        )
        return None
    return found


def choice(faults: Faults, field: Field, node: Node) -> str | None:
    """Read one option of the vocabulary."""
    if isinstance(node.value, list):
        first = next((n.value for n in node.value if isinstance(n.value, str)), "…")
        mend = f"Choose one: {field.name}: {first}."
        faults.report("wrong-type", node, f"{field.name} takes one option, not a list", mend)
        return None
    value = text(faults, field, node)
    facet = options_of(field)
    if value is None or node.value in facet.values:
        return value
    called = field.called or facet.label.lower()
    what = f'{called} "{shown(value)}" is not one we use'
    if value in facet.values:
        what = f'{called} "{shown(value)}" has white space around it'
        faults.report("option-unknown", node, what, f"Write {shown(value)}.")
        return None
    faults.report("option-unknown", node, what, choose(value, facet.values, facet.by_synonym))
    return None


def plain(faults: Faults, field: Field, node: Node) -> str | None:
    """Return the text of a single value, quoted or not."""
    if isinstance(node.value, str):
        return node.value
    was = "a list" if isinstance(node.value, list) else "a group of fields"
    mend = f"Write one value: {field.meaning}"
    if isinstance(node.value, dict):
        mend += " A text with a colon in it needs double quotation marks."
    faults.report("wrong-type", node, f"{field.name} is {was}", mend)
    return None


def options_of(field: Field) -> Facet:
    """Return the facet or choice whose options a field takes."""
    return VOCABULARY.facets.get(field.options) or VOCABULARY.choices[field.options]
