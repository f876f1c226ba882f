"""The facts at a glance of a method's page, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from catalogue.i18n import gettext
from catalogue.model.method import Method, Range
from catalogue.model.sizes import usual_run
from catalogue.presentation.formatting import (
    basis_text,
    choice_option,
    cost_text,
    counted_text,
    days_text,
    hours_text,
    people_text,
    weeks_text,
)
from catalogue.vocabulary import VOCABULARY


@dataclass(frozen=True)
class Glance:
    """One row of the facts at a glance: a label, the fact in words, and remarks on it."""

    label: str
    text: str
    note: str = ""
    # The options of which the text is made, each with the query string of the list of methods that have it.
    links: tuple[tuple[str, str], ...] = ()


def glance(method: Method) -> Iterator[Glance]:
    """Yield the facts at a glance, in the order of the page; a fact that is missing says so."""
    yield _facet_row(method, "purpose")
    if method.supports:
        yield _options_row(
            gettext("Helps with, as one step"), "purpose", method.possible("purpose")
        )
    yield _facet_row(method, "level")
    yield _facet_row(method, "audience")
    if method.audience_possible:
        possible = method.possible("audience")
        yield _options_row(gettext("Possible with adaptation"), "audience", possible)
    yield _facet_row(method, "recruitment")
    people = usual_run(method).people
    yield Glance(
        gettext("People in all"),
        counted_text(people) if people else "",
        _sentence(people.note) if people else "",
    )
    if method.people_in_all:
        yield _range_row(gettext("Size of one group"), method.group_size, people_text)
    yield _range_row(gettext("Time for participants"), method.participant_hours, hours_text)
    yield _range_row(gettext("From idea to result"), method.lead_time_weeks, weeks_text)
    cost = method.cost
    basis = _sentence(basis_text(cost))
    remark = cost.note if cost else ""
    parts = ("" if "estimate" in remark.lower() else basis, _sentence(remark))
    note = " ".join(part for part in parts if part)
    yield Glance(gettext("Cost, without your own staff"), cost_text(cost), note)
    yield _range_row(gettext("Your own staff's time"), method.staff_days, days_text)
    for facet in ("facilitation", "format", "stage", "kind", "family", "outcome", "decision"):
        yield _facet_row(method, facet)
    yield _facet_row(method, "handles_conflict")
    yield _facet_row(method, "handles_complexity")
    yield _facet_row(method, "talk")
    yield from _standing(method)


def _standing(method: Method) -> Iterator[Glance]:
    """Yield what few methods say: whether an existing one will do, and how they stand in law."""
    if method.existing_body:
        option = choice_option("existing_body", method.existing_body)
        label = gettext(VOCABULARY.choices["existing_body"].label)
        yield Glance(label, gettext(option.label), _sentence(gettext(option.help)))
    if method.duty:
        option = choice_option("duty", method.duty.status)
        advice = gettext("This is not legal advice.")
        note = f"{_sentence(method.duty.rule)} {advice}"
        yield Glance(gettext(VOCABULARY.choices["duty"].label), gettext(option.label), note)


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?" else f"{text}."


def _facet_row(method: Method, name: str) -> Glance:
    facet = VOCABULARY.facets[name]
    values = method.choices(name)
    note = ""
    if not facet.several and values:
        note = _sentence(gettext(facet.by_value[values[0]].help))
    return _options_row(gettext(facet.label), name, values, note)


def _options_row(label: str, name: str, values: Iterable[str], note: str = "") -> Glance:
    facet = VOCABULARY.facets[name]
    links = tuple((gettext(facet.by_value[v].label), f"?{name}={v}") for v in values)
    return Glance(label, ", ".join(text for text, _ in links), note, links)


def _range_row(
    label: str, numbers: Range | None, write: Callable[[float, float | None], str]
) -> Glance:
    if numbers is None:
        return Glance(label, "")
    return Glance(label, write(numbers.low, numbers.high), _sentence(numbers.note))
