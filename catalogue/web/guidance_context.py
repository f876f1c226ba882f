"""What pages say of guides and rules beside a method, an audience or a search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from flask import render_template

from catalogue.model.guides import Guide, Rule
from catalogue.model.letters import split_words
from catalogue.model.method import Method
from catalogue.presentation.formatting import option_label
from catalogue.search.cards import Card
from catalogue.search.parameters import Notice
from catalogue.search.query.english import is_english
from catalogue.search.query.facts import without_refused_options
from catalogue.search.query.guidance import guidance_index
from catalogue.search.query.topics import sectors_of
from catalogue.search.snapshot import Snapshot
from catalogue.validation.guides import load_guidance
from catalogue.vocabulary import VOCABULARY

# A search of so many words at most is for a subject; longer ones have many.
MAX_WORDS, MAX_SECTORS = 4, 2


def rules_in_order(rules: Iterable[Rule], country: str) -> list[Rule]:
    """Return rules with those of a country first; in the order they had where `country` is ""."""
    return sorted(rules, key=lambda rule: not rule.holds_in(country))


def rules_of(method: Method, country: str) -> list[Rule]:
    """Return the rules that touch a method: those of the country first, then those that name it."""
    touching = [
        rule
        for rule in load_guidance().rules
        if rule.touches_method(method.slug, method.purposes, method.audience)
    ]
    touching.sort(key=lambda rule: method.slug not in rule.touches.methods)
    return rules_in_order(touching, country)


def guides_of(method: Method) -> list[tuple[Guide, str]]:
    """Return the guides that name a method, each with how to adapt it."""
    guides = load_guidance().guides
    return [(guide, how) for guide in guides if (how := guide.adaptation(method.slug))]


def adapted_methods(words: str, snapshot: Snapshot) -> list[tuple[Card, str]]:
    """Return the methods of the guide that the words of a search name first, each with how to adapt it."""
    found = guidance_index().find(without_refused_options(words))
    guide = next((each for each in found if isinstance(each, Guide)), None)
    return [
        (snapshot.cards[snapshot.ordinals[method.slug]], method.how)
        for method in (guide.methods if guide else ())
        if method.slug in snapshot.ordinals
    ]


def guidance_for(words: str, variant: str) -> str:
    """Return the lines above the results that lead to what the words of a search name, as HTML; "" for nothing."""
    found, sectors = _offered(words)
    return _guidance_line(found, sectors, variant) if found or sectors else ""


def guides_for(story: str, variant: str) -> str:
    """Return the lines of a plan that lead to the guides to working with people whom own words name, as HTML; "" for none."""
    found = guidance_index().guides_in(without_refused_options(story)) if story else ()
    return _guidance_line(found, (), variant) if found else ""


def with_guidance(notices: Iterable[Notice], words: str) -> tuple[Notice, ...]:
    """Return notices on a search; one on words that no method has says for which of them there is something above."""
    said: list[Notice] = []
    for notice in notices:
        if notice.code != "words-not-found":
            said.append(notice)
            continue
        above = [each for kind in _offered(words) for each in kind]
        led = tuple(word for word in notice.options if _leads(word, above))
        rest = tuple(word for word in notice.options if word not in led)
        for code, part in (("words-in-guidance", led), ("words-not-found", rest)):
            if part:
                said.append(replace(notice, code=code, options=part))
    return tuple(said)


def _leads(word: str, above: list[Guide | Rule | str]) -> bool:
    """Whether a word by itself leads to a guide, a rule or a sector that stands above the results."""
    return any(each in above for each in (*guidance_index().find(word), *sectors_of([word])))


def _offered(words: str) -> tuple[tuple[Guide | Rule, ...], tuple[str, ...]]:
    """Return the guides and rules that the words of a search name, and the sectors of cases if the words are few."""
    words = without_refused_options(words)
    found = guidance_index().find(words) if words else ()
    typed = split_words(words)
    return found, sectors_of(_joined(typed))[:MAX_SECTORS] if len(typed) <= MAX_WORDS else ()


def _joined(words: list[str]) -> list[str]:
    """Return words with those put together that are one English word: a "fish bowl" is about no fish."""
    joined: list[str] = []
    for word in words:
        if joined and is_english(joined[-1] + word):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


@lru_cache(maxsize=256)
def _guidance_line(found: tuple[Guide | Rule, ...], sectors: tuple[str, ...], _variant: str) -> str:
    links = [(each, isinstance(each, Guide)) for each in found]
    named = [(sector, option_label(VOCABULARY.choices["sector"], sector)) for sector in sectors]
    return render_template("search/_guidance.html", links=links, sectors=named)
