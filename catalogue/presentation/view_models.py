"""The texts that pages show, in the current language: cards and filters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from catalogue.i18n import N_, gettext, locale
from catalogue.model.facts import Fact
from catalogue.model.sizes import SIZED_FACETS, USUAL, Run
from catalogue.presentation.drawings.pictures import picture_svg
from catalogue.presentation.formatting import (
    RANGE_TEXTS,
    cost_text,
    figure_text,
    money,
    most_money,
    option_label,
    sums_to_compare,
    uncapitalised,
)
from catalogue.search.cards import Card
from catalogue.search.engine import WayOut
from catalogue.search.nearest import NearMethod
from catalogue.search.query.quantities.limits import MAX_NUMBER
from catalogue.vocabulary import VOCABULARY


@dataclass(frozen=True)
class CardView:
    """The texts of a card; `purpose` is the first of its purposes. "" where the fact is not known."""

    slug: str
    picture: str
    purpose: str
    cost: str
    people: str
    hours: str
    weeks: str


def card_view(card: Card) -> CardView:
    """Return the texts of a card; cached for each card and language."""
    return _card_view(card, locale())


@lru_cache(maxsize=20_000)
def _card_view(card: Card, _locale: str) -> CardView:
    return fresh_card_view(card)


def fresh_card_view(card: Card) -> CardView:
    """Return the texts of a card without caching them, for one that is shown once."""
    purpose = VOCABULARY.facets["purpose"]
    usual = card.run(USUAL)
    return CardView(
        slug=card.slug,
        picture=picture_svg(card.picture, *card.choices.get("family", ())[:1]),
        purpose=option_label(purpose, card.purposes[0]) if card.purposes else "",
        cost=cost_text(card.cost),
        people=figure_text(usual, "people"),
        hours=figure_text(usual, "hours"),
        weeks=figure_text(usual, "weeks"),
    )


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
        asked, found = fact_text(fact), _found_text(near.card, near.run, fact.name)
        texts.append(
            gettext("You asked for “%(asked)s”; here it is: %(found)s.", asked=asked, found=found)
            if found
            else gettext("You asked for “%(asked)s”; this one does not say.", asked=asked)
        )
    return texts


def broken_text(card: Card, size: str, fact: Fact) -> str:
    """Say what a method has in a size instead of a limit that it breaks: "People in all: 8 to 12 people"."""
    found = _found_text(card, card.run(size), fact.name)
    return gettext("%(label)s: %(value)s", label=parameter_label(fact.name), value=found)


def broken_words(card: Card, size: str, fact: Fact) -> str:
    """Say the same in short, for a card with its bars: a sum or a number with its unit says what it is of."""
    run = card.run(size)
    if fact.name in ("cost", "budget") and run.cost:
        return sums_to_compare(run.cost)
    if fact.name in VOCABULARY.ranges:
        return _found_text(card, run, fact.name)
    return broken_text(card, size, fact)


def _found_text(card: Card, run: Run, name: str) -> str:
    """Write what a method has of a facet or a range; "" where that is not known."""
    if name == "budget":
        return sums_to_compare(run.cost) if run.cost else ""
    if name == "cost":
        return cost_text(run.cost)
    if name in VOCABULARY.ranges:
        numbers = run.number_range(name)
        return RANGE_TEXTS[name](numbers.low, numbers.high) if numbers else ""
    sized = name in SIZED_FACETS
    values = run.choices(name) if sized else card.choices.get(name, ())
    return ", ".join(option_label(VOCABULARY.facets[name], value) for value in values)


def way_out_text(way: WayOut) -> str:
    """Write a filter that may be dropped: "Cost: Low", or "Cost" for all its chosen options."""
    return fact_text(Fact(way.name, (way.value,))) if way.value else parameter_label(way.name)


def asked_range_text(name: str, numbers: tuple[float, float]) -> str:
    """Write the range somebody asked for: "up to 12 weeks", "20 to 40 people"."""
    low, high = numbers
    if high >= MAX_NUMBER:
        least = money(low) if name == "budget" else RANGE_TEXTS[name](low, low)
        return gettext("at least %(amount)s", amount=uncapitalised(least))
    if name == "budget":
        if low == 0:
            most = most_money(high)
            return most if most != money(high) else gettext("up to %(sum)s", sum=most)
        return gettext("%(low)s to %(high)s", low=money(low), high=money(high))
    if low == 0 < high and VOCABULARY.ranges[name].single == "at-most":
        return gettext("up to %(amount)s", amount=uncapitalised(RANGE_TEXTS[name](high, high)))
    return RANGE_TEXTS[name](low, high)


def parameter_label(name: str) -> str:
    """Return the label of a URL parameter; its name if it is not known."""
    if name in VOCABULARY.facets:
        return gettext(VOCABULARY.facets[name].label)
    if name in VOCABULARY.ranges:
        return gettext(VOCABULARY.ranges[name].label)
    labels = {
        "q": N_("Search words"),
        "sort": N_("Sort by"),
        "limits": N_("Limits in your words"),
        "weaker": N_("Weaker matches"),
        "x": N_("Across"),
        "y": N_("Upwards"),
        "page": N_("Page"),
        "per_page": N_("Results per page"),
        "method": N_("Method"),
        "sector": N_("Sector"),
        "country": N_("Country"),
        "decade": N_("Decade"),
        "result": N_("Result"),
        "because": N_("Why these steps"),
        "hire": N_("Who hires the room"),
        "staff": N_("Own staff"),
        "format": N_("Format"),
        "m": N_("Methods"),
    }
    return gettext(labels[name]) if name in labels else name
