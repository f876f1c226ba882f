"""Checks what two facts of one file say together, each of which is sound alone.

Runs after the fields and sections of a file are read, on what could be read of them. But for a step that ends before
it begins, these are warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalogue.model.method import LANGUAGES, Cost, Range, Section, Step, split_language
from catalogue.model.problems import Problem, Values, nearest, shown
from catalogue.model.sizes import LARGE, LIGHT
from catalogue.validation.front_matter import Node

# An option may stand in one field of a group only; with the variant of the message.
EXCLUSIVE = {
    "": ("purposes", "supports"),
    "audience": ("audience", "audience_possible"),
    "inclusion": ("inclusion", "inclusion_possible", "inclusion_unsuitable"),
}
FIGURES = ("people_in_all", "group_size", "participant_hours", "lead_time_weeks", "cost", "staff_days")  # fmt: skip
# The bold words with which a numbered step begins.
LEAD = re.compile(r"^ {0,3}\d{1,9}[.)][ \t]+\*\*(.+?)\*\*", re.MULTILINE)


def fact_problems(
    path: str,
    fields: Mapping[str, Node],
    values: Mapping[str, Any],
    sections: Iterable[Section],
) -> Iterator[Problem]:
    """Yield where facts of a file contradict each other.

    `fields` are the nodes of its front matter, `values` what was read of them, by the names of model/fields.py.
    """
    for variant, group in EXCLUSIVE.items():
        yield from _given_twice(path, variant, group, fields, values)
    steps = values.get("timeline", ())
    # A faulty step is left out of what was read, and the others would be judged without it.
    if steps and len(steps) == len(_items(fields["timeline"])):
        yield from _steps(path, fields["timeline"], steps, sections)
        yield from _ends(path, fields["timeline"], steps, values)
    yield from _sizes(path, fields, values)
    yield from _estimates(path, fields, values)
    yield from _languages(path, fields, values)
    body, kind = values.get("existing_body"), values.get("kind", "standing")
    if body and kind != "standing":
        yield _at("existing-body-unfit", path, fields["existing_body"], {"kind": kind})


def _languages(
    path: str, fields: Mapping[str, Node], values: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield the other names that end with a language that we do not know."""
    for name in values.get("aliases", ()):
        _, language = split_language(name)
        if language and language not in LANGUAGES:
            told: Values = {
                "called": "language of a name",
                "found": language,
                "options": ", ".join(LANGUAGES),
                "near": nearest(language.lower(), LANGUAGES),
            }
            yield _at("option-unknown", path, _named(fields["aliases"], name), told)


def _named(node: Node, name: str) -> Node:
    """Return where a name of a list stands, however its white space is written."""
    return next((item for item in _items(node) if " ".join(str(item.value).split()) == name), node)


def _at(code: str, path: str, node: Node, values: Values, variant: str = "") -> Problem:
    return Problem(code, path, node.line, node.column, values, variant)


def _given_twice(
    path: str,
    variant: str,
    group: tuple[str, ...],
    fields: Mapping[str, Node],
    values: Mapping[str, Any],
) -> Iterator[Problem]:
    """Yield the options that stand in two fields of a group, at the later one."""
    owners: dict[str, str] = {}
    for name in group:
        for option in values.get(name, ()):
            owner = owners.setdefault(option, name)
            if owner != name:
                told = {"option": option, "first": owner, "second": name}
                yield _at("option-in-two", path, _inside(fields[name], option), told, variant)


def _items(node: Node) -> list[Node]:
    return node.value if isinstance(node.value, list) else []


def _inside(node: Node, option: str) -> Node:
    """Return where an option of a list, or its sentence, stands."""
    if isinstance(node.value, dict):
        return node.value[option]
    return next((item for item in _items(node) if item.value == option), node)


def _steps(
    path: str, node: Node, steps: tuple[Step, ...], sections: Iterable[Section]
) -> Iterator[Problem]:
    """Yield steps that end before they begin, those that the text does not have, and those of the text that are missing."""
    text = next((section.markdown for section in sections if section.id == "how-to-run"), "")
    names = {_plain(name): name for name in step_names(text)}
    for place, (step, at) in enumerate(zip(steps, _items(node), strict=True), start=1):
        light = (_or(step.light_start, step.start), _or(step.light_end, step.end))
        for variant, (start, end) in (("step", (step.start, step.end)), ("light", light)):
            if end < start:
                told = {"place": place, "low": start, "high": end}
                yield _at("range-reversed", path, at, told, variant)
                break
        if text and _plain(step.step) not in names:
            near = names.get(nearest(step.step, names), "")
            named: Values = {"step": shown(step.step), "near": near}
            yield _at("step-unknown", path, _inside(at, "step"), named)
    timed = {_plain(step.step) for step in steps}
    missing = [name for plain, name in names.items() if plain not in timed]
    # A row that the text does not have may be a step under another name; one of half the steps or fewer has only begun.
    if missing and timed <= names.keys() and len(timed) > len(names) / 2:
        counts: Values = {"rows": len(timed), "steps": len(names), "step": shown(missing[0])}
        yield _at("step-untimed", path, node, counts)


def step_names(markdown: str) -> list[str]:
    """Return the names of the steps in a text: what is bold at the beginning of its numbered items, without the last sign."""
    return [lead.rstrip(".:") for lead in LEAD.findall(markdown)]


def _plain(name: str) -> str:
    """Return the name of a step as it is compared: without its last sign, with one kind of apostrophe."""
    return " ".join(name.split()).rstrip(".:").replace("\u2019", "'").lower()


def _or(own: float | None, usual: float) -> float:
    return usual if own is None else own


def _ends(
    path: str, node: Node, steps: tuple[Step, ...], values: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield the runs whose last step ends in a week that their lead time does not have."""
    usual, light = values.get("lead_time_weeks"), values.get(LIGHT)
    yield from _end(path, node, max(step.end for step in steps), usual, "")
    ends = [_or(step.light_end, step.end) for step in steps if step.in_light]
    if light and ends:
        yield from _end(path, node, max(ends), light.lead_time_weeks or usual, LIGHT)


def _end(path: str, node: Node, end: float, weeks: Range | None, variant: str) -> Iterator[Problem]:
    if weeks and not weeks.low <= end <= _top(weeks):
        # The same in every language.
        shown_weeks = f"{weeks.low:g}+" if weeks.high is None else f"{weeks.low:g}–{weeks.high:g}"
        yield _at("timeline-outside", path, node, {"end": end, "weeks": shown_weeks}, variant)


def _top(numbers: Range) -> float:
    return float("inf") if numbers.high is None else numbers.high


def _sizes(path: str, fields: Mapping[str, Node], values: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a light run that is larger than the usual one in all its figures, and a large one that is smaller.

    A single figure proves nothing: each person may give more hours in a light run.
    """
    for name in (LIGHT, LARGE):
        size = values.get(name)
        pairs = [
            (_span(getattr(size, figure, None)), _span(values.get(figure))) for figure in FIGURES
        ]
        known = [(own, usual) for own, usual in pairs if own and usual]
        if name == LARGE:
            known = [(usual, own) for own, usual in known]
        if len(known) > 1 and all(_larger(*pair) for pair in known):
            yield _at("sizes-swapped", path, fields[name], {}, "" if name == LIGHT else name)


def _estimates(
    path: str, fields: Mapping[str, Node], values: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield the notes on the cost of a size that say what their basis says: the page of a method prints both."""
    for name in (LIGHT, LARGE):
        cost = getattr(values.get(name), "cost", None)
        if cost and cost.basis == "judgement" and "our estimate" in cost.note.lower():
            yield _at("estimate-twice", path, _inside(_inside(fields[name], "cost"), "note"), {})


def _span(figure: Range | Cost | None) -> tuple[float, float] | None:
    """Return the ends of a range, or of a cost in GBP."""
    numbers = figure.gbp if isinstance(figure, Cost) else figure
    return (numbers.low, _top(numbers)) if numbers else None


def _larger(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one != other and one[0] >= other[0] and one[1] >= other[1]
