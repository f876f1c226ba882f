"""The texts that pages show, in the current language: cards, facts at a glance, filters, notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalogue.i18n import N_, gettext, locale, ngettext
from catalogue.model.facts import Fact
from catalogue.model.method import Method, Range
from catalogue.model.sizes import SIZED_FACETS
from catalogue.presentation.formatting import (
    RANGE_TEXTS,
    basis_text,
    cost_text,
    days_text,
    hours_text,
    money,
    option_label,
    people_text,
    uncapitalised,
    weeks_text,
)
from catalogue.search.cards import Card
from catalogue.search.engine import WayOut
from catalogue.search.nearest import NearMethod
from catalogue.search.parameters import Notice
from catalogue.vocabulary import VOCABULARY


@dataclass(frozen=True)
class CardView:
    """The texts of a card. "" where the fact is not known."""

    slug: str
    purposes: str
    cost: str
    cost_basis: str
    people: str
    hours: str
    weeks: str


@dataclass(frozen=True)
class Glance:
    """One row of the facts at a glance: a label, the fact in words, and remarks on it."""

    label: str
    text: str
    note: str = ""


def card_view(card: Card) -> CardView:
    """Return the texts of a card; cached for each card and language."""
    return _card_view(card, locale())


@lru_cache(maxsize=20_000)
def _card_view(card: Card, _locale: str) -> CardView:
    return fresh_card_view(card)


def fresh_card_view(card: Card) -> CardView:
    """Return the texts of a card without caching them, for one that is shown once."""
    purpose = VOCABULARY.facets["purpose"]
    texts = {
        name: write(*card.ranges[name]) if name in card.ranges else ""
        for name, write in RANGE_TEXTS.items()
    }
    return CardView(
        slug=card.slug,
        purposes=", ".join(option_label(purpose, value) for value in card.purposes),
        cost=cost_text(card.cost),
        cost_basis=basis_text(card.cost),
        **texts,
    )


def glance(method: Method) -> Iterator[Glance]:
    """Yield the facts at a glance, in the order of the page; a fact that is missing says so."""
    yield _facet_row(method, "purpose")
    yield _facet_row(method, "level")
    yield _facet_row(method, "audience")
    yield _facet_row(method, "recruitment")
    yield _range_row(gettext("Group size"), method.group_size, people_text)
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


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?" else f"{text}."


def _facet_row(method: Method, name: str) -> Glance:
    facet = VOCABULARY.facets[name]
    values = method.choices(name)
    labels = [gettext(facet.by_value[value].label) for value in values]
    note = ""
    if not facet.several and values:
        note = _sentence(gettext(facet.by_value[values[0]].help))
    return Glance(gettext(facet.label), ", ".join(labels), note)


def _range_row(
    label: str, numbers: Range | None, write: Callable[[float, float | None], str]
) -> Glance:
    if numbers is None:
        return Glance(label, "")
    return Glance(label, write(numbers.low, numbers.high), _sentence(numbers.note))


def fact_text(fact: Fact) -> str:
    """Write a fact as the filter it is: "Cost: Minimal / Low", "From idea to result: up to 12 weeks"."""
    return _fact_text(fact, locale())


@lru_cache(maxsize=1024)
def _fact_text(fact: Fact, _locale: str) -> str:
    if fact.numbers:
        value = asked_range_text(fact.name, fact.numbers)
    elif fact.name in VOCABULARY.ranges:
        value = gettext("Not known")
    else:
        facet = VOCABULARY.facets[fact.name]
        value = " / ".join(option_label(facet, value) for value in fact.values)
    return gettext("%(label)s: %(value)s", label=parameter_label(fact.name), value=value)


def missed_texts(near: NearMethod) -> list[str]:
    """Say of each filter that a method misses what it has instead."""
    texts = []
    for fact in near.missed:
        asked, found = fact_text(fact), _found_text(near, fact.name)
        texts.append(
            gettext("You asked for “%(asked)s”; here it is: %(found)s.", asked=asked, found=found)
            if found
            else gettext("You asked for “%(asked)s”; this one does not say.", asked=asked)
        )
    return texts


def _found_text(near: NearMethod, name: str) -> str:
    """Write what a method has of a facet or a range; "" where that is not known."""
    if name in ("cost", "budget"):
        return cost_text(near.run.cost)
    if name in VOCABULARY.ranges:
        numbers = near.run.number_range(name)
        return RANGE_TEXTS[name](numbers.low, numbers.high) if numbers else ""
    sized = name in SIZED_FACETS
    values = near.run.choices(name) if sized else near.card.choices.get(name, ())
    return ", ".join(option_label(VOCABULARY.facets[name], value) for value in values)


def way_out_text(way: WayOut) -> str:
    """Write a filter that may be dropped: "Cost: Low", or "Cost" for all its chosen options."""
    return fact_text(Fact(way.name, (way.value,))) if way.value else parameter_label(way.name)


def asked_range_text(name: str, numbers: tuple[float, float]) -> str:
    """Write the range somebody asked for: "up to 12 weeks", "20 to 40 people"."""
    low, high = numbers
    if name == "budget":
        if low == 0:
            return gettext("up to %(sum)s", sum=money(high))
        return gettext("%(low)s to %(high)s", low=money(low), high=money(high))
    if low == 0 < high and VOCABULARY.ranges[name].single == "at-most":
        return gettext("up to %(amount)s", amount=uncapitalised(RANGE_TEXTS[name](high, high)))
    return RANGE_TEXTS[name](low, high)


def notice_text(notice: Notice) -> str:
    """Say in a sentence what was ignored or changed in a request, and what would work."""
    name, found = parameter_label(notice.name), notice.found
    listed = ", ".join(notice.options)
    texts = {
        "option-unknown": lambda: gettext(
            "We ignored “%(found)s”, which is not an option of %(name)s. The options are: %(listed)s.",
            found=found, name=name, listed=listed),
        "value-unknown": lambda: gettext(
            "We ignored “%(found)s”, which is not one of the choices for %(name)s.",
            found=found, name=name,
        ),
        "parameter-unknown": lambda: gettext(
            "We ignored “%(name)s”, which is not a filter we know.", name=notice.name),
        "only-first": lambda: gettext(
            "%(name)s can be given once. We used “%(found)s”.", name=name, found=found),
        "words-long": lambda: gettext(
            "Your search was longer than %(limit)s characters. We used its beginning.", limit=found),
        "words-many": lambda: gettext(
            "Your search has more than %(limit)s words. We used the first ones.", limit=found
        ),
        "words-empty": lambda: gettext(
            "“%(found)s” holds no word we can search for, so this list is not narrowed by it.",
            found=found),
        "words-not-found": lambda: gettext(
            "No method mentions: %(listed)s. The other words are searched for.", listed=listed),
        "range-unreadable": lambda: gettext(
            "We ignored “%(found)s” for %(name)s. Write a number or a range, such as %(example)s.",
            found=found, name=name, example=VOCABULARY.ranges[notice.name].example),
        "range-not-known": lambda: ngettext(
            "%(num)s method says nothing about its least cost, so it is left out.",
            "%(num)s methods say nothing about their least cost, so they are left out.",
            int(found),
        ) if notice.name == "budget" else ngettext(
            "%(num)s method is left out because it does not say: %(name)s.",
            "%(num)s methods are left out because they do not say: %(name)s.",
            int(found), name=name),
        "number-unreadable": lambda: gettext(
            "We ignored “%(found)s” for %(name)s. Write a whole number from 1.",
            found=found, name=name),
        "number-large": lambda: gettext(
            "%(name)s is at most %(limit)s. We used that.", name=name, limit=listed),
        "page-beyond": lambda: gettext(
            "There is no page %(found)s. This is the last one, page %(last)s.",
            found=found, last=listed),
    }  # fmt: skip
    return texts[notice.code]()


def parameter_label(name: str) -> str:
    """Return the label of a URL parameter; its name if it is not known."""
    if name in VOCABULARY.facets:
        return gettext(VOCABULARY.facets[name].label)
    if name in VOCABULARY.ranges:
        return gettext(VOCABULARY.ranges[name].label)
    labels = {
        "q": N_("Search words"),
        "sort": N_("Sort by"),
        "page": N_("Page"),
        "per_page": N_("Results per page"),
        "method": N_("Method"),
        "country": N_("Country"),
        "decade": N_("Decade"),
        "result": N_("Result"),
    }
    return gettext(labels[name]) if name in labels else name
