"""The address of a plan: its steps, limits, and what was typed into the cost estimate, read and written again.

`<step>.<amount>=12-24` sets an amount of one step, such as `citizens-jury:light.people=12-24`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from catalogue.model.numbers import read_number
from catalogue.model.unprintable import strip_line
from catalogue.planner.answers import COUNCIL, EMPTY, SEVERAL_OF, Answers, parse_answers
from catalogue.planner.answers import KNOWN_NAMES as ANSWERS
from catalogue.planner.steps.costs import AMOUNTS, Span
from catalogue.search.chosen import Chosen, Pick, read_chosen
from catalogue.search.parameters import Notice, Parameters, read_first, readable
from catalogue.search.search_request import parse_limits, range_text
from catalogue.web.choice.carried import with_choice

LIMITS = ("weeks", "budget", "hours")
FORMATS = ("word", "markdown", "csv", "json")
# The answers to the planner by which methods are proposed. Own words stay out: each link of the page would repeat them.
CARRIED_ANSWERS = tuple(sorted(ANSWERS - {"text", *LIMITS}))
# The values of `format` that say how people meet; the others are those to download in.
MEETINGS = SEVERAL_OF["format"][0]
KNOWN_NAMES = ("m", "compare", "staff", "because", *CARRIED_ANSWERS, *LIMITS)
MAX_REASON = 500
MAX_AMOUNT = 1_000_000
SPAN = re.compile(r"£?\s*(\d[\d.,]*)\s*(?:(?:-|\u2013|to)\s*£?\s*(\d[\d.,]*))?")


@dataclass(frozen=True)
class PlanAddress:
    """What the address of a plan asks for; `edits` are amounts by step and name, `format` is "" for the page.

    `because` is the reason for these steps in the visitor's own words, which the plan keeps and prints. `answers` are
    those to the planner, with the limits and who hires the rooms.
    """

    chosen: Chosen = field(default_factory=Chosen)
    limits: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    own_staff: bool = True
    edits: Mapping[Pick, Mapping[str, Span]] = field(default_factory=dict)
    format: str = ""
    because: str = ""
    answers: Answers = EMPTY

    @property
    def hire(self) -> str:
        """Who hires the rooms; a council where nothing is said."""
        return self.answers.hire or COUNCIL

    def more(self) -> list[tuple[str, str]]:
        """Return the parameters besides the chosen methods; those of steps that are gone are left out."""
        pairs = [(name, range_text(name, numbers)) for name, numbers in self.limits.items()]
        pairs += [pair for pair in self.answers.pairs() if pair[0] not in LIMITS]
        if not self.own_staff:
            pairs.append(("staff", "no"))
        if self.because:
            pairs.append(("because", self.because))
        for pick in self.chosen.plan:
            for name, span in self.edits.get(pick, {}).items():
                pairs.append((f"{pick}.{name}", span_input(span)))
        return pairs

    def query(self) -> str:
        """Return the query string of the page."""
        return self.chosen.plan_query(self.more())

    def answers_query(self) -> str:
        """Return the query string of Help me choose with the same answers; "" without any to order methods by."""
        return with_choice(self.answers.query(), self.chosen) if self.answers.has_aims else ""

    def with_steps(self, plan: tuple[Pick, ...]) -> PlanAddress:
        """Return the same address with other steps."""
        return replace(self, chosen=replace(self.chosen, plan=plan))

    def download(self, format_: str) -> str:
        """Return the query string of the plan in a format to download."""
        return self.chosen.plan_query([*self.more(), ("format", format_)])


def steps_change(plan: Iterable[Pick]) -> str:
    """Return what a button of the page sends as `change` so that a plan has these steps."""
    return urlencode([("m", str(pick)) for pick in plan] or [("m", "")], safe=":")


def changed(parameters: Parameters) -> Parameters:
    """Return the parameters with those in place that a button names in `change`, a query string, without the amounts of steps that are gone.

    A button sends all that is typed on the page; a link would lose it where there are no scripts.
    """
    new = MultiDict(parse_qsl("&".join(parameters.getlist("change")), keep_blank_values=True))
    steps = new.getlist("m")
    kept = [
        (name, value)
        for name in parameters
        for value in parameters.getlist(name)
        if name != "change" and name not in new and not (steps and "." in name and name.rpartition(".")[0] not in steps)
    ]  # fmt: skip
    return MultiDict([*kept, *new.items(multi=True)])


def span_input(span: Span) -> str:
    """Write an amount as it can be typed: "12-24", "3"."""
    low, high = (f"{end:.2f}".rstrip("0").rstrip(".") for end in span)
    return low if low == high else f"{low}-{high}"


def read_address(parameters: Parameters) -> tuple[PlanAddress, list[Notice]]:
    """Read the address of a plan, and notices of what was ignored. Never raises."""
    notices: list[Notice] = []
    chosen = read_chosen(parameters, notices, plan="m")
    limits, unread = parse_limits(parameters, but=("people",))
    notices += unread
    own_staff = _one_of("staff", ("yes", "no"), parameters, notices) != "no"
    answers = _answers(parameters, limits, notices)
    format_ = _one_of("format", FORMATS, _only("format", parameters, but=MEETINGS), notices)
    because = strip_line(read_first("because", parameters, notices))
    if len(because) > MAX_REASON:
        notices.append(Notice("reason-long", "because", str(MAX_REASON)))
        because = strip_line(because[:MAX_REASON])
    edits: dict[Pick, dict[str, Span]] = {}
    names = {f"{pick}.{name}": (pick, name) for pick in chosen.plan for name in AMOUNTS}
    unknown = []
    for parameter in parameters:
        if parameter in KNOWN_NAMES:
            continue
        if parameter not in names:
            unknown.append(parameter)
            continue
        pick, name = names[parameter]
        text = read_first(parameter, parameters, notices)
        span = _read_span(text)
        if span is not None:
            edits.setdefault(pick, {})[name] = span
        elif text:
            notices.append(Notice("amount-unreadable", parameter, readable(text)))
    notices += [Notice("parameter-unknown", readable(name) or "=") for name in unknown[:3]]
    address = PlanAddress(chosen, limits, own_staff, edits, format_, because, answers)
    return address, notices


def _answers(
    parameters: Parameters, limits: Mapping[str, tuple[float, float]], notices: list[Notice]
) -> Answers:
    names = [name for name in CARRIED_ANSWERS if name in parameters and name != "format"]
    given = MultiDict([(name, value) for name in names for value in parameters.getlist(name)])
    given.setlist("format", [v for v in parameters.getlist("format") if v in MEETINGS])
    answers, unread = parse_answers(given)
    notices += unread
    answers = replace(answers, hire=answers.hire if answers.hire != COUNCIL else "")
    return replace(answers, **{name: ends[1] for name, ends in limits.items()})  # type: ignore[arg-type]


def _only(name: str, parameters: Parameters, but: tuple[str, ...]) -> MultiDict[str, str]:
    return MultiDict([(name, value) for value in parameters.getlist(name) if value not in but])


def _one_of(
    name: str, options: tuple[str, ...], parameters: Parameters, notices: list[Notice]
) -> str:
    value = read_first(name, parameters, notices)
    if value and value not in options:
        notices.append(Notice("option-unknown", name, readable(value), options))
        return ""
    return value


def _read_span(text: str) -> Span | None:
    match = SPAN.fullmatch(text) if len(text) < 40 else None
    if match is None:
        return None
    ends = [read_number(end, True).sure for end in match.groups() if end]
    if any(end is None or end > MAX_AMOUNT for end in ends):
        return None
    sure = sorted(round(float(end), 2) for end in ends if end is not None)
    return sure[0], sure[-1]
