"""The types of what an answer to a search says of the words: corrections, offers, facts, limits and groups."""

from __future__ import annotations

from typing import Annotated, TypedDict

from catalogue.i18n import N_


class CorrectedWord(TypedDict):
    """A word that was searched for instead of the one that was typed."""

    typed: Annotated[str, N_("What was typed.")]
    instead: Annotated[str, N_("What was searched for.")]
    undone: Annotated[
        str | None,
        N_("The query string that takes the word as it is; null where that finds nothing."),
    ]


class OfferedWord(TypedDict):
    """A word that may be meant instead of the one that was typed and searched for."""

    typed: Annotated[str, N_("What was typed.")]
    instead: Annotated[str, N_("What may be meant.")]
    query: Annotated[str, N_("The query string that searches for that.")]


class RaisedFact(TypedDict):
    """A fact named in the words; methods that have it come higher."""

    text: Annotated[str, N_("The words that name it.")]
    fact: Annotated[str, N_("The filter it stands for.")]
    only: Annotated[str | None, N_("The query string that shows only such methods.")]


class GroupCount(TypedDict):
    """One part of a list, in the order of the items of all pages."""

    name: Annotated[
        str,
        N_(
            "Whether its methods fit the limits in the words (fits), may fit (unknown), do not (outside), or match weakly (weaker)."
        ),
    ]
    count: Annotated[int, N_("How many methods it has.")]


class LimitsFound(TypedDict):
    """The limits that the words name; what fits them comes first."""

    facts: Annotated[list[str], N_("The limits, as the filters they stand for.")]
    fits: Annotated[int, N_("How many methods of the list fit all of them in one size.")]
    unknown: Annotated[int, N_("How many may fit, but do not say.")]
    outside: Annotated[int, N_("How many break one.")]
    only: Annotated[
        str | None,
        N_("The query string with the limits as filters; null where nothing would be found."),
    ]
    off: Annotated[str, N_("The query string by words alone.")]
