"""Why a method is not suggested, in words: its sizes against the limits, where it stands, on what it does worse, what serves the same."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.i18n import gettext, number
from catalogue.model.sizes import Run
from catalogue.planner.answers import Answers
from catalogue.planner.asked_first import Less
from catalogue.planner.limits import BREAKS, OVER, TIGHT, UNKNOWN, limits_of
from catalogue.planner.plan import Plan
from catalogue.planner.struck_out import Instead, WhyNot, times_beyond
from catalogue.presentation.formatting import uncapitalised
from catalogue.presentation.plans.plan_texts import (
    ASKED,
    LIMITS,
    limit_text,
    option_text,
    point_text,
)
from catalogue.presentation.size_views import NAMES

# The push-back that says not to ask people where nothing can change any more.
NOT_TO_ASK = "nothing-open"


@dataclass(frozen=True)
class SizeStands:
    """How one size of a method stands to the limits: its name, whether it fits, and why, in words."""

    name: str
    stands: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class WhyNotView:
    """Why a method is not suggested, in words: how each size stands to the limits, its place in the list, what serves instead.

    `asked` says whether somebody asked for it. `place` is "" where it is struck out or nothing was answered to order by;
    `sizes` is () where no limit was answered, and without those far beyond, but for the smallest; `less` says what it does worse than the first,
    and what would change that. `instead` are title, slug and why.
    """

    title: str
    slug: str
    asked: bool
    not_to_ask: bool
    place: str
    sizes: tuple[SizeStands, ...]
    less: tuple[str, ...]
    will_not: str
    instead: tuple[tuple[str, str, str], ...]


def why_not_view(each: WhyNot, plan: Plan) -> WhyNotView:
    """Return "Why not?" of one method in words."""
    runs, slug = plan.methods.runs[each.method.slug], each.method.slug
    near = [run for run in runs if not _far(run, plan)] or runs[:1]
    limited = any(limits_of(run, plan.answers) for run in runs)
    return WhyNotView(
        title=each.method.title,
        slug=slug,
        asked=slug in plan.answers.asked_for,
        not_to_ask=each.not_to_ask,
        place=_place(each, plan, limited),
        sizes=tuple(_stands(run, plan.answers) for run in near) if limited else (),
        less=tuple(_less(less, each, plan) for less in each.less),
        will_not=each.method.not_for[0] if each.method.not_for else "",
        instead=tuple((i.ranked.method.title, i.ranked.method.slug, _why(i, plan)) for i in each.instead),
    )  # fmt: skip


def _far(run: Run, plan: Plan) -> bool:
    """Whether a size needs so much more of something that showing it helps nobody."""
    limits = limits_of(run, plan.answers)
    return any(times_beyond(limit, plan.answers, plan.rules) > plan.rules.changes.shown for limit in limits)  # fmt: skip


def _place(each: WhyNot, plan: Plan, limited: bool) -> str:
    """Say where a method stands in the list; where nothing is open and it asks people, what we say to that."""
    note = next((note for note in plan.notes if note.id == NOT_TO_ASK), None)
    if each.not_to_ask and note:
        return gettext(note.text)
    said = [] if limited else [gettext("None of your answers rules it out.")]
    if each.place and plan.answers.has_aims:
        said.append(gettext("It stands at place %(place)s of %(of)s.", place=each.place, of=len(plan.passing)))  # fmt: skip
    return " ".join(said)


def _less(less: Less, each: WhyNot, plan: Plan) -> str:
    """Say on what a method has fewer points than the first, and its place without that; what is only taken off has no answer to change."""
    point = less.point
    if not point.of:
        return gettext(
            "%(why)s That takes %(points)s points off; the first three lose %(others)s on average.",
            why=point_text(point, each.method, []), points=number(-point.points), others=number(-less.others),
        )  # fmt: skip
    said = gettext("Others are nearer to them.") if point.id == "words" else point_text(point, each.method, [])  # fmt: skip
    text = gettext(
        "%(asked)s: %(points)s of %(of)s points, where the first three have %(others)s on average. %(why)s",
        asked=gettext(ASKED[point.id]), points=number(point.points), of=number(point.of), others=number(less.others), why=said,
    )  # fmt: skip
    if less.place >= (each.place or len(plan.passing)):
        return text
    better = gettext("Without this answer it would stand at place %(place)s by its points.", place=less.place)  # fmt: skip
    return f"{text} {better}"


def _why(instead: Instead, plan: Plan) -> str:
    """Say why a method is named in place of another: where it stands here, and what it serves too."""
    said = []
    if plan.answers.has_aims:
        said.append(gettext("place %(place)s here", place=instead.place))
    if instead.shared:
        listed = ", ".join(option_text("purpose", p) for p in instead.shared)
        said.append(gettext("it serves %(purposes)s too", purposes=listed))
    return "; ".join(said)


def _stands(run: Run, answers: Answers) -> SizeStands:
    """Return how a size stands: what it breaks, else what is not known and which limits are tight."""
    limits = limits_of(run, answers)
    states = {limit.state for limit in limits}
    said = {BREAKS} if BREAKS in states else {TIGHT, OVER}
    why = tuple(limit_text(limit, run, answers) for limit in limits if limit.state in said)
    if BREAKS in states:
        stands = gettext("it does not fit.")
    elif UNKNOWN in states:
        unknown = [uncapitalised(gettext(LIMITS[limit.name])) for limit in limits if limit.state == UNKNOWN]  # fmt: skip
        stands = gettext("it may fit, but its page does not say: %(unknown)s.", unknown=", ".join(unknown))  # fmt: skip
    elif TIGHT in states:
        stands = gettext("it fits your limits, but only just.")
    else:
        stands = gettext("it fits your limits.")
    return SizeStands(gettext(NAMES[run.size]), stands, why)
