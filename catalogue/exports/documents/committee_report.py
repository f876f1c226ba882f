"""A plan as a report that an officer can put before a committee; committee_report.yaml says which parts, in which order.

What only the council knows is left open with a mark. Figures are those of the page of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from catalogue.exports.documents import appendices
from catalogue.exports.documents.blocks import Block, Document, Heading, Open, Points, Table, Text
from catalogue.exports.documents.plan_option import PlanOption
from catalogue.exports.documents.report import Report
from catalogue.i18n import N_, gettext
from catalogue.presentation.formatting import uncapitalised
from catalogue.vocabulary import read_yaml

PARTS_FILE = Path(__file__).with_name("committee_report.yaml")
# As council systems print it in a list of papers.
MAX_POSTING = 125
MAX_RISKS = 4
# Of more steps or reasons the report names the first and says how many follow, so that it stays within five sides; appendices have all.
MAX_NAMED = 4
OPEN = (
    (N_("Meeting"), N_("name of the committee")), (N_("Date"), N_("day of the meeting")),
    (N_("Report of"), N_("director")), (N_("Author and contact"), N_("name, telephone, e-mail")),
    (N_("Wards affected"), N_("names, or all")), (N_("Key decision"), N_("yes or no, and why")),
    (N_("Finance clearance"), N_("name and day")), (N_("Legal clearance"), N_("name and day")),
)  # fmt: skip


class PartsError(Exception):
    """A file with the parts of a report cannot be used; the message says why and how to mend it."""


@dataclass(frozen=True)
class PartOfReport:
    """A part of the report: its name in PARTS, its heading, and whether it begins a page."""

    part: str
    heading: str
    new_page: bool = False


def read_parts(file: Path = PARTS_FILE) -> tuple[PartOfReport, ...]:
    """Return the parts of the report in a YAML file, in its order. Raises PartsError."""
    try:
        found = read_yaml(file)
        parts = tuple(PartOfReport(**part) for part in found["parts"])
        parts[0]  # a report without any would be ours instead
    except OSError as error:
        raise PartsError(f"{file} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeError, TypeError, LookupError) as error:
        raise PartsError(
            f"{file} is not a list of parts. Begin with a copy of {PARTS_FILE.name}: each line has a part and a heading."
        ) from error
    for part in parts:
        if str(part.part) not in PARTS:
            raise PartsError(
                f'{file} names the part "{part.part}". Choose from {", ".join(PARTS)}.'
            )
        if not isinstance(part.heading, str) or not part.heading.strip():
            raise PartsError(f'{file} has no heading for the part "{part.part}".')
    return parts


def committee_report(report: Report, parts: Sequence[PartOfReport] = ()) -> Document:
    """Return the report, in the order of `parts`; without any, in our own."""
    blocks: list[Block] = []
    for part in parts or read_parts():
        heading = Heading(gettext(part.heading), new_page=part.new_page)
        blocks += [heading, *PARTS[part.part](report)]
    title = gettext(
        "How we will involve people: %(steps)s",
        steps=_in_a_row(report.plan.titles or report.plan.names),
    )
    return Document(title, report.site_name, report.language, tuple(blocks))


def _listed(names: Sequence[str], between: str = ", ") -> str:
    """Return the names of steps; of many, the first and how many follow."""
    more = len(names) - MAX_NAMED + 1
    if more < 2:
        return between.join(names)
    first = between.join(names[: MAX_NAMED - 1])
    return gettext("%(names)s and %(more)s further steps", names=first, more=more)


def _in_a_row(names: Sequence[str]) -> str:
    """Return names as a sentence has them: "A, B and C"; of many, the first and how many follow."""
    if len(names) > MAX_NAMED or len(names) < 2:
        return _listed(names)
    return gettext("%(names)s and %(last)s", names=", ".join(names[:-1]), last=names[-1])


def _for(option: PlanOption) -> str:
    """Return what the steps give: each of a few, all of many together."""
    if len(option.names) <= MAX_NAMED or not option.outcomes:
        return " ".join(option.pros) or gettext("See the pages of the methods.")
    return gettext("The steps leave you with: %(outcomes)s.", outcomes=", ".join(map(uncapitalised, option.outcomes)))  # fmt: skip


def _against(option: PlanOption) -> str:
    if not option.cons:
        return gettext("See the pages of the methods.")
    said, more = " ".join(option.cons[:MAX_NAMED]), len(option.cons) - MAX_NAMED
    return f"{said} {gettext('%(more)s more: see the appendix on reasons.', more=more)}" if more > 0 else said  # fmt: skip


def _header(_report: Report) -> Iterator[Block]:
    yield from (Open(gettext(label), gettext(hint)) for label, hint in OPEN)


def _summary(report: Report) -> Iterator[Block]:
    plan = report.plan
    names = _listed(plan.names)
    broken = bool(plan.limits.broken)
    posting = (
        gettext("Involving people by: %(steps)s; beyond the limits set.", steps=names) if broken
        else gettext("Approval to involve people by: %(steps)s.", steps=names)
    )  # fmt: skip
    if len(posting) > MAX_POSTING:
        # What the steps are called may be cut, not that they go beyond the limits.
        posting = gettext("A plan to involve people that goes beyond the limits set.") if broken else (
            f"{posting[: MAX_POSTING - 1].rsplit(' ', 1)[0]}…")  # fmt: skip
    yield Open(gettext("For the list of papers"), posting)
    if plan.limits.verdict:
        yield Text(plan.limits.verdict, numbered=True)
    asks = (
        gettext("This report describes a plan to involve people; it does not ask for its approval as it stands.") if broken
        else gettext("This report asks for approval to involve people.")
    )  # fmt: skip
    about = gettext(
        "The steps, %(steps)s in all: %(names)s. Together they take %(weeks)s and, by our estimate, "
        "%(cost)s of outside spending.",
        steps=len(plan.names), names=names, weeks=plan.weeks, cost=plan.outside)  # fmt: skip
    others = (
        gettext("Two other options were considered: %(smaller)s, and doing nothing.", smaller=report.smaller_name) if report.smaller
        else gettext("One other option was considered, doing nothing; no smaller size is known that costs less.")
    )  # fmt: skip
    figures = gettext("The figures are from an open catalogue of methods; what is our estimate is called so.")  # fmt: skip
    yield Text(f"{asks} {about} {others} {figures}", numbered=True)


def _purpose(_report: Report) -> Iterator[Block]:
    yield Text(gettext("To decide how the people affected are involved, and what may be spent on it."), numbered=True)  # fmt: skip
    yield Open(gettext("The decision that this informs"), gettext("what will be decided, by whom, by when"))  # fmt: skip


def _recommendations(report: Report) -> Iterator[Block]:
    limits = report.plan.limits
    if limits.broken or limits.open:
        yield Text(limits.verdict)
    yield Text(gettext("That the committee:"))
    sentences = [*_decisions(report), _who_decides(report.plan)]
    if not limits.broken:
        sentences.append(gettext("delegates the detail of the plan to the director named above;"))
    yield from (Text(sentence, numbered=True) for sentence in sentences)
    yield Open(gettext("and receives a report on what changed by"), gettext("month and year"))


def _who_decides(plan: PlanOption) -> str:
    """Return what is noted of the force of the result; who decides is not known here, be it a council, a board or a ministry."""
    if plan.decide:
        return gettext("notes that the result of %(steps)s can be the decision itself, and says before it begins who is bound by it;", steps=_listed(plan.decide))  # fmt: skip
    if plan.may_bind:
        return gettext("says before they begin whether whoever decides is bound by the result of %(steps)s; otherwise it is advice;", steps=_listed(plan.may_bind))  # fmt: skip
    return gettext("notes that this is not a referendum: whoever decides now still decides;")


def _decisions(report: Report) -> tuple[str, ...]:
    """Return what is recommended on the plan, option A: never the approval of what breaks a limit."""
    plan = report.plan
    if plan.limits.broken:
        if report.smaller and not report.smaller.limits.broken:
            instead = gettext("asks for a report on option B, which by its lower figures can keep within the limits;")  # fmt: skip
        else:
            instead = gettext("says whether the limits are raised, or asks for another plan within them;")  # fmt: skip
        return (
            gettext("does not approve option A of this report as it stands, as it goes beyond the limits set for it;"),
            instead,
        )  # fmt: skip
    if plan.limits.open:
        most = plan.limits.budget or plan.most
        return (gettext("approves option A of this report within the limits set for it, at an outside cost of up to %(sum)s, and asks to be told before it goes beyond them;", sum=most),)  # fmt: skip
    return (gettext("approves option A of this report at an outside cost of up to %(sum)s, by our estimate;", sum=plan.most),)  # fmt: skip


def _background(_report: Report) -> Iterator[Block]:
    yield Open(
        gettext("Why now"), gettext("two or three sentences: what happened, what was promised")
    )
    yield Open(gettext("What was asked before"), gettext("earlier consultations, and what came of them"))  # fmt: skip


def _options(report: Report) -> Iterator[Block]:
    options = [(gettext("Option A: the plan"), report.plan)]
    if report.smaller:
        options.append((gettext("Option B: %(name)s", name=report.smaller_name), report.smaller))
    for heading, option in options:
        yield Heading(heading, 2)
        yield Table((gettext("Steps"), gettext("Weeks"), gettext("Outside cost, our estimate"), gettext("All in, our estimate")),
                    ((_listed(option.names, "; "), option.weeks, option.outside, option.whole),))  # fmt: skip
        if option is report.smaller and report.left_out:
            yield Text(gettext("It does without %(step)s; every other step is as in option A.", step=report.left_out), numbered=True)  # fmt: skip
        # That of option A stands in the summary and the recommendations.
        if option is report.smaller and option.limits.verdict:
            yield Text(option.limits.verdict, numbered=True)
        yield Text(gettext("For: %(texts)s", texts=_for(option)), numbered=True)  # fmt: skip
        yield Text(gettext("Against: %(texts)s", texts=_against(option)), numbered=True)  # fmt: skip
    if not report.smaller:
        yield Heading(gettext("Option B: a smaller size"), 2)
        yield Text(gettext("None is known that costs less: the catalogue has no lighter size of these steps that does, and no step can be left out for less, as the first, the last and those that decide stay."), numbered=True)  # fmt: skip
        yield Open(gettext("A smaller size"), gettext("say what else would be less, such as fewer people"))  # fmt: skip
    yield Heading(gettext("Option C: do nothing beyond telling people"), 2)
    yield Text(gettext("For: It costs nothing now and takes no time."), numbered=True)
    yield Text(gettext("Against: Those affected are not heard before the decision, and where the law asks for consultation, it is not met."), numbered=True)  # fmt: skip


def _preferred(report: Report) -> Iterator[Block]:
    pros = _for(report.plan)
    if report.plan.limits.broken:
        yield Text(gettext("No option is proposed yet, as option A goes beyond the limits set for it. What it would give: %(texts)s", texts=pros), numbered=True)  # fmt: skip
    else:
        yield Text(gettext("Option A is proposed: %(texts)s", texts=pros), numbered=True)
    if report.because:
        yield Text(report.because, numbered=True)
    if report.smaller and not report.plan.limits.broken:
        yield Open(gettext("Why not option B"), gettext("what would be lost here"))


def _rejected(_report: Report) -> Iterator[Block]:
    yield Open(gettext("Methods that were looked at and left out"),
               gettext("the planner of the catalogue names others with reasons; copy those that were close, and say why they were left out"))  # fmt: skip


def _finance(report: Report) -> Iterator[Block]:
    plan = report.plan
    yield Text(gettext("Outside spending: %(outside)s. With the time of our own staff: %(whole)s. Both are estimates, a floor and a ceiling; the appendix on costs says from what.",
                       outside=plan.outside, whole=plan.whole), numbered=True)  # fmt: skip
    if plan.pages_say:
        yield Text(gettext("The pages of the methods give %(sums)s for the outside cost, in pounds of today. That is not the figure of this report, which goes by the estimate.", sums=plan.pages_say), numbered=True)  # fmt: skip
    yield from (Text(sentence, numbered=True) for sentence in plan.sums)
    yield Open(gettext("Budget"), gettext("code; revenue or capital; this year or next"))


def _risks(report: Report) -> Iterator[Block]:
    rows = tuple((risk, text, gettext("[owner]")) for risk, text in report.plan.risks[:MAX_RISKS])
    if rows:
        yield Table((gettext("Risk"), gettext("How it comes, and what to do"), gettext("Owner")), rows)  # fmt: skip
    if report.notes:
        yield Text(gettext("By the answers given to the catalogue, before this plan begins:"), numbered=True)  # fmt: skip
        yield Points(report.notes)
    yield Open(gettext("Further risks"), gettext("of this decision and this place"))


def _equality(report: Report) -> Iterator[Block]:
    yield Text(gettext("Draft, from the catalogue; the assessment of your organisation comes before it. The appendix on inclusion says how."), numbered=True)  # fmt: skip
    said = report.plan.included if len(report.plan.names) <= MAX_NAMED else report.plan.needs
    yield Points(said or (gettext("The catalogue says nothing of inclusion for these steps."),))


def _data(_report: Report) -> Iterator[Block]:
    yield Text(gettext("Draft: names and answers of those who take part are personal data. Say before asking what they are used for, who sees them and when they are deleted."), numbered=True)  # fmt: skip
    yield Open(gettext("Data protection officer"), gettext("name, and whether an impact assessment is needed"))  # fmt: skip


def _next_steps(report: Report) -> Iterator[Block]:
    lines = [f"{name}: {weeks}" for name, weeks in report.plan.timeline]
    yield Points(tuple(lines[:MAX_NAMED]))
    if report.plan.timeline_note:
        yield Text(report.plan.timeline_note)
    if (more := len(lines) - MAX_NAMED) > 0:
        yield Text(gettext("%(more)s more: see the appendix on the timeline.", more=more))


PARTS: dict[str, Callable[[Report], Iterator[Block]]] = {
    "header": _header, "summary": _summary, "purpose": _purpose, "recommendations": _recommendations,
    "background": _background, "options": _options, "preferred": _preferred, "rejected": _rejected,
    "finance": _finance, "risks": _risks, "equality": _equality, "data": _data, "next_steps": _next_steps,
    "costs": appendices.costs, "scores": appendices.scores, "timeline": appendices.timeline, "sources": appendices.sources, "inclusion": appendices.inclusion,
    "reasons": appendices.reasons,
}  # fmt: skip
