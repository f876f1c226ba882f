"""Notices: what was ignored or changed in a request, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from catalogue.i18n import N_, gettext, ngettext
from catalogue.presentation.view_models import parameter_label
from catalogue.search.parameters import Notice
from catalogue.vocabulary import VOCABULARY

# What a method says nothing about, where it has no numbers in a range of the vocabulary.
UNSAID = {
    "people": N_("how many people it takes"),
    "weeks": N_("how many weeks it takes"),
    "hours": N_("the time it takes of people"),
}

# A notice names so many methods that were left out.
MAX_NAMED = 8


def notice_text(notice: Notice, boxes: Mapping[str, str] | None = None) -> str:
    """Say in a sentence what was ignored or changed in a request, and what would work.

    `boxes` are the labels of a page's boxes for numbers, by parameter; the questions of the vocabulary where it names none.
    """
    name, found = parameter_label(notice.name), notice.found
    listed = ", ".join(notice.options)
    texts = _about_boxes(notice, boxes or {}) | _about_picks(found, notice.options) | _about_numbers(name, found, listed) | {
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
        "words-not-found": lambda: gettext("No method mentions: %(listed)s. The other words are searched for.", listed=listed),
        "words-refused": lambda: gettext("You said no to: %(listed)s. That comes last.", listed=listed),
        "words-passed-over": lambda: gettext("You seem to look for something other than: %(listed)s. That comes last.", listed=listed),
        "words-in-guidance": lambda: ngettext(
            "No method page uses the word %(listed)s; what stands above is about it.",
            "No method page uses the words %(listed)s; what stands above is about them.",
            len(notice.options), listed=listed),
        "words-broader": lambda: gettext(
            "No method mentions “%(found)s”. Here is what is nearest to it: %(listed)s.",
            found=found, listed=listed),
        "range-not-known": lambda: ngettext(
            "%(num)s method says nothing about its least cost, so it is left out.",
            "%(num)s methods say nothing about their least cost, so they are left out.",
            int(found),
        ) if notice.name == "budget" else ngettext(
            "%(num)s method says nothing about %(name)s, so it is left out.",
            "%(num)s methods say nothing about %(name)s, so they are left out.",
            int(found), name=gettext(UNSAID[notice.name])),
        "answers-many": lambda: gettext("%(name)s: we used the first %(limit)s of your answers.", name=name, limit=found),
        "asked-for-unknown": lambda: gettext(
            "We ignored “%(found)s”, which is not the name of a method in addresses.", found=found),
    }  # fmt: skip
    return texts[notice.code]()


def _about_boxes(notice: Notice, boxes: Mapping[str, str]) -> dict[str, Callable[[], str]]:
    """Return the notices on what was typed into boxes for numbers, of a range or of an amount of the cost estimate."""
    span = VOCABULARY.ranges.get(notice.name)
    # Where no page has a box, a parameter was typed.
    label = boxes.get(notice.name) or (span.question if span else notice.name)

    def unreadable() -> str:
        return gettext(
            "We ignored “%(found)s” for “%(name)s”. Write a number or a range, such as %(example)s.",
            found=notice.found, name=gettext(label), example=span.example if span else "20-40",
        )  # fmt: skip

    return {"range-unreadable": unreadable, "amount-unreadable": unreadable}


def _about_picks(found: str, options: tuple[str, ...]) -> dict[str, Callable[[], str]]:
    """Return the notices on methods that were chosen to compare or to plan with."""
    listed = ", ".join(options)
    return {
        "method-unknown": lambda: gettext(
            "We left out “%(found)s”, as no method here has that name.", found=found),
        "size-unknown": lambda: gettext(
            "We took the usual run for “%(found)s”. The sizes are: %(listed)s.",
            found=found, listed=listed),
        "size-missing": lambda: gettext(
            "We took the usual run for “%(found)s”, as its page describes no such size.", found=found),
        "picks-many": lambda: gettext(
            "There is room for %(limit)s methods here. We left out: %(listed)s.",
            limit=found, listed=_shortened(options)),
        "reason-long": lambda: gettext(
            "Your reason was longer than %(limit)s characters. We kept its beginning.", limit=found),
    }  # fmt: skip


def _shortened(names: tuple[str, ...]) -> str:
    """Return names as a list; a long one says how many more there are."""
    if len(names) <= MAX_NAMED + 1:
        return ", ".join(names)
    return gettext(
        "%(listed)s and %(num)s more",
        listed=", ".join(names[:MAX_NAMED]),
        num=len(names) - MAX_NAMED,
    )


def _about_numbers(name: str, found: str, listed: str) -> dict[str, Callable[[], str]]:
    """Return the notices on whole numbers, such as that of a page."""
    return {
        "number-unreadable": lambda: gettext(
            "We ignored “%(found)s” for %(name)s. Write a whole number from 1.",
            found=found, name=name),
        "number-large": lambda: gettext(
            "%(name)s is at most %(limit)s. We used that.", name=name, limit=listed),
        "page-beyond": lambda: gettext(
            "There is no page %(found)s. This is the last one, page %(last)s.",
            found=found, last=listed),
    }  # fmt: skip
