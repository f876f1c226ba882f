"""Reads single values of a method file: texts, numbers, years, dates, options.

A located node goes in; out comes a plain value, or None and a problem that says what was found and how to fix it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from catalogue.model.fields import COST_FIELDS, Field, options_of
from catalogue.model.numbers import WrittenNumber, as_digits, read_days, read_number
from catalogue.model.pictures import PICTURE_CHOICE
from catalogue.model.problems import Problem, Value, nearest, shown
from catalogue.model.unprintable import rejected
from catalogue.validation.field_hints import as_written, suggested_text, written
from catalogue.validation.front_matter import Node
from catalogue.vocabulary import Facet

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
WEB_ADDRESS = re.compile(
    r"https?://[^\s<>\"][^\s<>\".]*\.[^\s<>\"]+|mailto:[^\s<>\"][^\s<>\"@]*@[^\s<>\"]+"
)
# A number as method files have it, and hours with minutes, which YAML reads as one number in minutes.
PLAIN_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
MINUS = ("-", "\u2212")
TIME = re.compile(r"([0-9]{1,4}):([0-5][0-9])")
CURRENCY = next(field for field in COST_FIELDS if field.name == "currency")
MIN_YEAR = 1500
MAX_NUMBER = 1_000_000_000
# What an unquoted text may be in YAML 1.1, and the variant of yaml-trap that says so.
YAML_READS = {"bool": "", "int": "number", "float": "number",
              "timestamp": "date", "value": "operator", "merge": "operator"}  # fmt: skip
# Types whose values stand on pages as words.
PROSE = ("text", "texts", "sentences")
# A tag of HTML, the beginning of a comment, or a reference such as "&nbsp;". What only stands between two signs, as in "5 < x > 3",
# is no tag, nor is a web address in angle brackets.
HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*(?: [^<>=]*=[^<>]*)? ?/?>|<!--|&#?[a-zA-Z0-9]{2,31};")


class Faults:
    """Gathers the problems met while one file is read."""

    def __init__(self, path: str) -> None:
        """`path` is the file's name in messages."""
        self.path = path
        self.problems: list[Problem] = []
        # A value with warnings alone is as good as any other.
        self.errors = 0

    def report(self, code: str, at: Node, variant: str = "", **values: Value) -> None:
        """Add a problem at the position of a node."""
        problem = Problem(code, self.path, at.line, at.column, values, variant)
        self.problems.append(problem)
        self.errors += problem.severity == "error"


def text(faults: Faults, field: Field, node: Node) -> str | None:
    """Read a text, refusing what YAML would take for something else."""
    value = plain(faults, field, node)
    if value is None:
        return None
    if node.kind == "null":
        value = ""
    elif node.kind in YAML_READS:
        variant = YAML_READS[node.kind]
        faults.report("yaml-trap", node, variant, field=field.name, value=shown(value))
        return None
    value = " ".join(value.split())
    if not value:
        variant = "needed" if field.required and field.type == "text" else ""
        faults.report("text-empty", node, variant, field=field.name, meaning=field.meaning)
        return None
    if rejected(value):
        faults.report("text-unseen", node, field=field.name)
        return None
    if field.at_most and field.type == "text" and len(value) > field.at_most:
        count, limit = len(value), field.at_most
        faults.report(
            "text-long", node, field=field.name, count=count, limit=limit, over=count - limit
        )
        return None
    if field.type in PROSE and (html := HTML.search(value)):
        faults.report("not-shown", node, "field", field=field.name, found=shown(html[0]))
    return value


def address(faults: Faults, field: Field, node: Node) -> str | None:
    """Read a web address."""
    value = text(faults, field, node)
    if value is not None and not WEB_ADDRESS.fullmatch(value):
        whole = f"{'mailto:' if re.match(r'[^@/ ]+@', value) else 'https://'}{value.lstrip('/')}"
        bare = ":" not in value.split("/")[0] and WEB_ADDRESS.fullmatch(whole)
        near = whole if bare else ""
        faults.report(
            "address-unusable", node, "near" if near else "", found=shown(value), near=near
        )
        return None
    return value


def number(faults: Faults, field: Field, node: Node) -> float | None:
    """Read a number of 0 or more."""
    value = plain(faults, field, node)
    if value is None:
        return None
    if node.kind == "int" and not field.unit and (time := TIME.fullmatch(value)):
        better = f"{int(time[1]) + int(time[2]) / 60:g}"
        faults.report("yaml-trap", node, "minutes", field=field.name, value=value, better=better)
        return None
    written = read_number(value, whole=bool(field.unit))
    bare = PLAIN_NUMBER.fullmatch(value) and node.kind != "str"
    if not bare or (written.meanings and written.sure != float(value)):
        _number_unreadable(faults, field, node, value, written)
        return None
    if re.match(r"0\d", value):
        better = re.sub(r"^0+(?=\d)", "", value)
        faults.report(
            "yaml-trap", node, "zero", field=field.name, value=shown(value), better=better
        )
        return None
    if float(value) > MAX_NUMBER:
        faults.report("number-large", node, field=field.name, value=value[:20], limit=MAX_NUMBER)
        return None
    return float(value) if "." in value else int(value)


def _number_unreadable(
    faults: Faults, field: Field, node: Node, value: str, written: WrittenNumber
) -> None:
    """Report a number that is not written as files have it; what it means is repeated, never guessed."""
    meanings = [as_digits(meaning) for meaning in written.meanings]
    known = options_of(CURRENCY).values
    values: dict[str, Value] = {
        "field": field.name,
        "found": shown(value),
        "currencies": ", ".join(known),
    }
    variant = ""
    if value.startswith(MINUS) and read_number(value[1:], whole=True).meanings:
        variant = "negative"
    elif not meanings or (written.currency and field.unit != "money"):
        variant = "year" if field.type == "year" else "words"
    elif len(meanings) > 1:
        variant, values["other"] = "unsure", meanings[1]
    elif written.currency:
        variant = "currency" if written.currency in known else "foreign"
        values["currency"] = written.currency
    elif node.kind == "float" and PLAIN_NUMBER.fullmatch(value):
        variant, values["read"] = "thousands", as_digits(float(value))
    values["better"] = meanings[0] if meanings else ""
    faults.report("number-unreadable", node, variant, **values)


def year(faults: Faults, field: Field, node: Node) -> int | None:
    """Read a year from 1500 to next year."""
    value = number(faults, field, node)
    if value is not None and (value % 1 or not MIN_YEAR <= value <= date.today().year + 1):
        faults.report("year-unlikely", node, year=value, first=MIN_YEAR)
        return None
    return None if value is None else int(value)


def flag(faults: Faults, field: Field, node: Node) -> bool | None:
    """Read true or false."""
    value = plain(faults, field, node)
    if value is not None and (node.kind == "str" or value not in ("true", "false")):
        faults.report("flag-unreadable", node, field=field.name, found=shown(value))
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
        meant = read_days(value)
        variant = ("", "sure", "unsure")[len(meant)]
        better, other = (*meant, "", "")[:2]
        values = {"field": field.name, "found": shown(value), "better": better, "other": other}
        faults.report("date-unreadable", node, variant, **values)
        return None
    # Where the day begins first it is tomorrow already.
    if found > date.today() + timedelta(days=1):
        faults.report("date-future", node, field=field.name, found=shown(value))
        return None
    return found


def month(faults: Faults, field: Field, node: Node) -> str | None:
    """Read a month, written as 2025-03, that is not in the future."""
    value = plain(faults, field, node)
    if value is None:
        return None
    now = (date.today() + timedelta(days=1)).isoformat()[:7]
    if not MONTH.fullmatch(value) or value > now:
        variant = "future" if MONTH.fullmatch(value) else ""
        faults.report("month-unreadable", node, variant, field=field.name, found=shown(value))
        return None
    return value


def choice(faults: Faults, field: Field, node: Node) -> str | None:
    """Read one option of the vocabulary."""
    if isinstance(node.value, list):
        faults.report("wrong-type", node, "option", field=field.name, **written(field, node))
        return None
    facet = options_of(field)
    called = field.called or facet.label.lower()
    if node.kind in YAML_READS and node.value not in facet.values and isinstance(node.value, str):
        unknown_option(faults, facet, node, called, node.value)
        return None
    value = text(faults, field, node)
    if value is None or node.value in facet.values:
        return value
    if value in facet.values:
        faults.report("option-unknown", node, "spaced", called=called, found=shown(value))
        return None
    unknown_option(faults, facet, node, called, value)
    return None


def unknown_option(faults: Faults, facet: Facet, node: Node, called: str, found: str) -> None:
    """Report an option that the vocabulary does not have; `called` is what the message calls it."""
    near = nearest(found, facet.values, synonyms=facet.by_synonym)
    options = ", ".join(map(as_written, facet.values))
    # There are too many pictures to list them all.
    variant = "picture" if facet is PICTURE_CHOICE else ""
    values = {"called": called, "found": shown(found), "options": options}
    faults.report("option-unknown", node, variant, **values, near=near)


def plain(faults: Faults, field: Field, node: Node) -> str | None:
    """Return the text of a single value, quoted or not."""
    if isinstance(node.value, str):
        return node.value
    variant = "single" if isinstance(node.value, list) else "colon"
    values = written(field, node)
    # An item of a list stands without the name of the list.
    if isinstance(node.value, dict) and field.type in ("texts", "choices", "slugs"):
        values["pattern"] = suggested_text(node)
    faults.report("wrong-type", node, variant, field=field.name, **values)
    return None
