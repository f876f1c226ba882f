"""The types of all JSON responses, with what each part of them means.

mypy holds the serialisers to them, and the OpenAPI document describes them. A meaning marked by N_ is translated where
it is shown.
"""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from catalogue.i18n import N_
from catalogue.model.method import (
    Case,
    Cost,
    Credit,
    Duty,
    Method,
    People,
    Range,
    Room,
    Size,
    Source,
    Step,
)
from catalogue.presentation.api_understood import (
    CorrectedWord,
    GroupCount,
    LimitsFound,
    OfferedWord,
    RaisedFact,
)
from catalogue.presentation.plans.plan_types import PLAN_TYPES


class Licence(TypedDict):
    """What everybody may do with the texts."""

    name: Annotated[str, N_("The short name of the licence.")]
    url: Annotated[str, N_("Where it can be read.")]
    attribution: Annotated[str, N_("Whom to name as the source.")]


class Numbers(TypedDict):
    """A range of numbers."""

    min: Annotated[float, N_("The smallest.")]
    max: Annotated[float | None, N_("The largest; null means that there is no upper limit.")]


class ItemCost(TypedDict):
    """Outside spend for one typical run."""

    low: Annotated[float | None, N_("The least; null where no figure is known.")]
    high: Annotated[float | None, N_("The most; null where no figure is known.")]
    currency: Annotated[str, N_("The currency of the figures.")]
    year: Annotated[int | None, N_("The year of the prices.")]
    basis: Annotated[str, N_("Where the figures come from.")]
    band: Annotated[str, N_("The band the cost falls into.")]


class PeopleNumbers(TypedDict):
    """A number of people in all."""

    min: Annotated[float, N_("The smallest.")]
    max: Annotated[float | None, N_("The largest; null means that there is no upper limit.")]
    counts: Annotated[str, N_("What is counted: people taking part, people reached, or requests.")]


class SizeCost(TypedDict):
    """Outside spend for one run of a size."""

    low: Annotated[float | None, N_("The least; null where no figure is known.")]
    high: Annotated[float | None, N_("The most; null where no figure is known.")]
    currency: Annotated[str, N_("The currency of the figures.")]
    basis: Annotated[str, N_("Where the figures come from.")]
    year: Annotated[int | None, N_("The year of the prices.")]


class SizeData(TypedDict):
    """A method in one size, with all figures; what a light or large run does not say is as in the usual one."""

    size: Annotated[str, N_("Which size it is: light, usual or large.")]
    in_short: Annotated[str, N_("What happens, in a sentence; empty for the usual run.")]
    people: Annotated[PeopleNumbers | None, N_("How many people in all.")]
    weeks: Annotated[Numbers | None, N_("Weeks from the idea to the result.")]
    hours: Annotated[Numbers | None, N_("Hours it takes of each participant.")]
    cost: Annotated[SizeCost | None, N_("What one run costs.")]
    staff_days: Annotated[Numbers | None, N_("Days of your own staff.")]
    facilitation: Annotated[str | None, N_("The skill it takes to run.")]
    format: Annotated[tuple[str, ...], N_("Whether people meet in person, online or both.")]
    needs: Annotated[tuple[str, ...], N_("What must exist already.")]
    gives_up: Annotated[str, N_("What this size gives up, or asks more of you.")]


class Item(TypedDict):
    """One method in a list, as its card shows it. Empty lists and null mean “not known”."""

    slug: Annotated[str, N_("The name of the method in addresses.")]
    title: Annotated[str, N_("The title of the method.")]
    summary: Annotated[str, N_("The method in a sentence.")]
    url: Annotated[str, N_("The address of its page.")]
    purposes: Annotated[tuple[str, ...], N_("What it is for, the main purpose first.")]
    audience: Annotated[tuple[str, ...], N_("Whom it suits, the main group first.")]
    supports: Annotated[tuple[str, ...], N_("Other purposes it helps with as one step.")]
    audience_possible: Annotated[tuple[str, ...], N_("Whom else it suits, if it is adapted.")]
    level: Annotated[tuple[str, ...], N_("How much say it gives people.")]
    format: Annotated[tuple[str, ...], N_("Whether people meet in person, online or both.")]
    recruitment: Annotated[str | None, N_("How people are found.")]
    facilitation: Annotated[str | None, N_("The skill it takes to run.")]
    cost: Annotated[ItemCost | None, N_("What the usual run costs.")]
    size: Annotated[
        str,
        N_(
            "The size in which it passes the filters: light, usual or large. The figures here are those of the usual run; "
            "the answer for the one method has those of each size."
        ),
    ]
    group_size: Annotated[Numbers | None, N_("How many people sit in one group.")]
    people: Annotated[PeopleNumbers | None, N_("How many people in all, in the usual run.")]
    participant_hours: Annotated[
        Numbers | None, N_("Hours the usual run takes of each participant.")
    ]
    lead_time_weeks: Annotated[
        Numbers | None, N_("Weeks from the idea to the result, in the usual run.")
    ]
    last_reviewed: Annotated[str | None, N_("The day on which the page was last reviewed.")]
    breaks: Annotated[
        list[str],
        N_("What it has, in that size, instead of each limit in the words that it breaks."),
    ]
    unsaid: Annotated[list[str], N_("The limits in the words that it says nothing about.")]


class OptionCount(TypedDict):
    """One option of a filter, and how many methods it would bring."""

    value: Annotated[str, N_("The option as written in addresses.")]
    label: Annotated[str, N_("The option as people read it.")]
    count: Annotated[int, N_("How many methods have it, under the other filters in force.")]
    selected: Annotated[bool, N_("Whether it was chosen.")]


class SearchAnswer(TypedDict):
    """The answer to a search."""

    total: Annotated[int, N_("How many methods match strongly.")]
    page: Annotated[int, N_("Which page of them this is.")]
    per_page: Annotated[int, N_("How many methods a page holds.")]
    items: Annotated[list[Item], N_("The methods of this page.")]
    facets: Annotated[
        dict[str, list[OptionCount]], N_("Every filter with its options and their counts.")
    ]
    corrections: Annotated[list[CorrectedWord], N_("The slips that were mended.")]
    offered: Annotated[list[OfferedWord], N_("The words that may be slips.")]
    raised: Annotated[list[RaisedFact], N_("The facts that were understood.")]
    groups: Annotated[list[GroupCount], N_("The parts of the list, in their order.")]
    weaker: Annotated[
        int, N_("How many weaker matches there are; `weaker=show` lists them after the others.")
    ]
    limits: Annotated[
        LimitsFound | None,
        N_("What was understood of limits in the words; null where there are none."),
    ]
    licence: Annotated[Licence, N_("What you may do with the data.")]
    notices: Annotated[
        list[str],
        N_(
            "What was ignored or changed in the request, and which methods that it names do not fit, in sentences."
        ),
    ]


class Suggestion(TypedDict):
    """One thing to choose: its kind (method, name, purpose), what it says, where it leads.

    `also` is the title of the method that has this other name, `language` the code of its language.
    """

    kind: str
    text: str
    path: str
    also: str
    language: str


class Suggestions(TypedDict):
    """Suggestions for somebody who is typing."""

    items: Annotated[list[Suggestion], N_("At most eight, the best first.")]


class SectionText(TypedDict):
    """One part of a method's text under its heading."""

    heading: Annotated[str, N_("The heading.")]
    markdown: Annotated[str, N_("The text as it is written in the file.")]
    html: Annotated[str, N_("The text as the page shows it.")]


class Alive(TypedDict):
    """That the site is alive."""

    status: Annotated[str, N_("Always “ok”.")]
    version: Annotated[str, N_("The version of the program.")]


class SearchTried(TypedDict):
    """A search that the site made by itself to see whether searching works."""

    words: Annotated[str, N_("The title of a method that was searched for.")]
    found: Annotated[int, N_("How many methods were found.")]


class Ready(TypedDict):
    """What is served."""

    status: Annotated[
        str, N_("“ready”, or “degraded” if something is wrong though pages are answered.")
    ]
    build: Annotated[str, N_("The fingerprint of the build it serves.")]
    methods: Annotated[int, N_("How many methods the build holds.")]
    version: Annotated[str, N_("The version of the program.")]
    reason: NotRequired[Annotated[str, N_("Why it is degraded.")]]
    search: NotRequired[Annotated[SearchTried, N_("The last search tried, if it worked.")]]


class NotReady(TypedDict):
    """That there is nothing to serve."""

    status: Annotated[str, N_("Always “not ready”.")]
    reason: Annotated[str, N_("Why nothing can be served.")]


class ErrorText(TypedDict):
    """What went wrong."""

    status: Annotated[int, N_("The status of the answer.")]
    title: Annotated[str, N_("What went wrong, in a few words.")]
    detail: Annotated[str, N_("What it means and what to do.")]


class ErrorAnswer(TypedDict):
    """The answer to a request that could not be answered."""

    error: Annotated[ErrorText, N_("What went wrong.")]


class ProblemDetails(ErrorText):
    """The same as problem details (RFC 9457), for a request whose Accept header names application/problem+json."""

    type: Annotated[str, N_("Always “about:blank”: the title is that of the status.")]


# All types, in the order in which they are explained.
TYPES: tuple[type, ...] = (
    SearchAnswer,
    OfferedWord,
    Item,
    GroupCount,
    LimitsFound,
    ItemCost,
    Numbers,
    PeopleNumbers,
    SizeData,
    SizeCost,
    OptionCount,
    CorrectedWord,
    RaisedFact,
    Licence,
    ErrorAnswer,
    ErrorText,
    ProblemDetails,
    Suggestions,
    Suggestion,
    Method,
    Source,
    Range,
    People,
    Cost,
    Size,
    Step,
    Room,
    Duty,
    Case,
    Credit,
    Alive,
    Ready,
    SearchTried,
    NotReady,
    SectionText,
    *PLAN_TYPES,
)
