"""Reads the answers of the form into the values of a method file, and finds each problem its control.

Between the questions and authoring/form/method_writer.py: what is typed is not judged here, only put where it belongs.
The text that comes out is read and checked like any file, and its problems come back by their line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from catalogue.authoring.form.questions import MAX_CHARACTERS, RECORDS, section_name
from catalogue.model.fields import FIELDS, Field, options_of
from catalogue.model.letters import name_key
from catalogue.model.numbers import as_digits, read_number
from catalogue.model.problems import Problem
from catalogue.model.slugs import proposed_slug
from catalogue.model.unprintable import strip_line
from catalogue.validation.front_matter import Node, split_file
from catalogue.vocabulary import VOCABULARY

# Every contribution is under this licence; the page says so before anything is sent.
LICENCE = VOCABULARY.choices["licence"].values[0]
# Advice on the page as a whole stands at a line all the same; it belongs to no control.
WHOLE_PAGE = ("page-thin", "body-short", "body-long", "sentences-long", "reading-hard",
              "sources-one-host", "review-due")  # fmt: skip
# What methods are divided by where several are named on one line.
_BETWEEN = re.compile("[,;]")


class Answers(Protocol):
    """The fields of a form as a web framework hands them over: several values for one name."""

    def getlist(self, key: str, /) -> list[str]:
        """Return all values of a name; [] without any."""


def read_answers(form: Answers, slugs: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of a method file, as authoring/form/method_writer.py takes them.

    `slugs` are those of the methods there are, by the keys of their names, so that a related
    method can be given by name.
    """
    values: dict[str, Any] = {field.name: _field(form, field, field.name) for field in FIELDS}
    values["related"] = list(_related(values["related"], slugs))
    values["licence"] = LICENCE
    values["sections"] = {name: answer(form, section_name(name)) for name in VOCABULARY.sections}
    return values


def _related(lines: list[str], slugs: Mapping[str, str]) -> Iterator[str]:
    """Yield the slugs of the methods named on some lines, each once; a name may hold a comma."""
    seen = set()
    for line in lines:
        names = [line] if name_key(line) in slugs else map(strip_line, _BETWEEN.split(line))
        for name in names:
            slug = slugs.get(name_key(name), proposed_slug(name)) if name else ""
            if slug and slug not in seen:
                seen.add(slug)
                yield slug


def answer(form: Answers, name: str, most: int = MAX_CHARACTERS["prose"]) -> str:
    """Return the first value of a name, cut at the limit; "" without one."""
    given = form.getlist(name)
    return given[0][:most] if given else ""


def too_long(path: str, form: Answers, limits: Mapping[str, int]) -> Iterator[tuple[str, Problem]]:
    """Yield (control, problem of the file `path`) of answers longer than their limit, in characters."""
    for name, limit in limits.items():
        length = max(map(len, form.getlist(name)), default=0)
        if length > limit:
            values = {"count": length, "limit": limit, "over": length - limit}
            yield name, Problem("text-long", path, 1, 1, values, "answer")


def filled(values: Mapping[str, Any], name: str) -> int:
    """Return the number of the last record of a kind that holds anything."""
    records = values[name]
    return max((n for n, record in enumerate(records, 1) if any(record.values())), default=0)


def _field(form: Answers, field: Field, name: str) -> Any:
    """Return the value of a field, read from the controls whose names begin with `name`."""
    if field.type == "choices":
        chosen = [answer(form, f"{name}-main"), *form.getlist(name)[:50]]
        return list(dict.fromkeys(value for value in chosen if value))
    if field.type in ("texts", "slugs"):
        lines = answer(form, name).splitlines()
        return [line for line in map(strip_line, lines) if line]
    if field.type in ("range", "people", "cost"):
        given = parts_of(form, name, field.fields)
        return {} if set(_given(given)) <= {"currency"} else given
    if field.type == "record":
        return {part.name: _field(form, part, f"{name}-{part.name}") for part in field.fields}
    if field.type == "records":
        numbers = range(1, RECORDS[name][1] + 1)
        return [parts_of(form, f"{name}-{number}", field.fields) for number in numbers]
    if field.type == "sentences":
        return {
            option: answer(form, f"{name}-{option}", MAX_CHARACTERS["line"])
            for option in options_of(field).values
        }
    return answer(form, name, MAX_CHARACTERS["line"])


def _given(parts: Mapping[str, str]) -> list[str]:
    return [name for name, value in parts.items() if strip_line(value)]


def parts_of(form: Answers, start: str, fields: tuple[Field, ...]) -> dict[str, str]:
    """Return the answers to some fields by name, from the controls called `start` and the field's name."""
    parts = {}
    for field in fields:
        text = answer(form, f"{start}-{field.name}", MAX_CHARACTERS["line"])
        # "£1,000" is what people type in a box for money; in a file it would be a fault.
        written = read_number(text, whole=bool(field.unit))
        same = written.currency in ("", answer(form, f"{start}-currency", 20) or "GBP")
        if field.type in ("number", "year") and written.sure is not None and same:
            text = as_digits(written.sure)
        parts[field.name] = text
    return parts


def place(text: str, problems: list[Problem], records: Mapping[str, Any]) -> dict[Problem, str]:
    """Return the name of the control each problem belongs to, "" for the page as a whole.

    `text` is the file that was written from the answers. `records` are the values it was written
    from: blank ones between filled ones are not in the file, so numbers are counted again.
    """
    places = sorted(_places(text, records))
    starts = [(line, column) for line, column, _ in places]
    found = {}
    for problem in problems:
        at = bisect_right(starts, (problem.line, problem.column)) - 1
        control = places[at][2] if at >= 0 else ""
        if problem.code == "field-missing":
            control = "-".join(part for part in (control, str(problem.values["field"])) if part)
        whole_page = problem.code in WHOLE_PAGE and problem.severity != "error"
        found[problem] = "" if whole_page else control
    return found


def _places(text: str, records: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and control of every value and section of a file."""
    split, _ = split_file("", text)
    yield 1, 1, ""
    for name, node in split.fields.items():
        yield from _value_places(name, node, records)
    for number, line in enumerate(split.body.split("\n"), start=split.body_line):
        section = VOCABULARY.section_ids.get(line.removeprefix("## "))
        if section and line.startswith("## "):
            yield number, 1, section_name(section)


def _value_places(
    name: str, node: Node, records: Mapping[str, Any]
) -> Iterator[tuple[int, int, str]]:
    yield node.line, node.column, name
    if isinstance(node.value, dict):
        for key, inner in node.value.items():
            yield from _value_places(f"{name}-{key}", inner, {})
    elif isinstance(node.value, list) and name in RECORDS:
        yield from _record_places(name, node.value, records.get(name, []))
    elif isinstance(node.value, list):
        yield from ((item.line, item.column, name) for item in node.value)


def _record_places(
    name: str, items: list[Node], answers: list[dict[str, str]]
) -> Iterator[tuple[int, int, str]]:
    numbers = [number for number, parts in enumerate(answers, 1) if _given(parts)]
    for number, item in zip(numbers, items, strict=False):
        yield item.line, item.column, f"{name}-{number}"
        if isinstance(item.value, dict):
            for key, node in item.value.items():
                yield node.line, node.column, f"{name}-{number}-{key}"
