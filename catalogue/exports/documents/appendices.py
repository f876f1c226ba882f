"""The appendices of a report to a committee: costs, scores, timeline, inclusion, sources."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.exports.documents.blocks import Bars, Block, Points, Table, Text
from catalogue.exports.documents.plan_option import GRADES
from catalogue.exports.documents.report import Report
from catalogue.i18n import gettext
from catalogue.presentation.serialisers import LICENCE
from catalogue.vocabulary import VOCABULARY


def costs(report: Report) -> Iterator[Block]:
    """Yield the parts of the costs of each step, with what they go by."""
    rows = tuple(report.plan.costs)
    yield Table((gettext("Step"), gettext("Part"), gettext("Sum"), gettext("Basis")), rows)


def timeline(report: Report) -> Iterator[Block]:
    """Yield when each step goes on, as a table and drawn."""
    yield Table((gettext("Step"), gettext("Weeks from the start")), tuple(report.plan.timeline))
    if report.plan.timeline_note:
        yield Text(report.plan.timeline_note)
    described = "; ".join(f"{name}: {weeks}" for name, weeks in report.plan.timeline)
    yield Bars(gettext("Week"), report.plan.bars, gettext("Timeline: %(steps)s.", steps=described))


def scores(report: Report) -> Iterator[Block]:
    """Yield how the catalogue grades the methods.

    Points of the planner stay out: they rest on own words too, which the address of a plan does not carry, and each is for one method by itself.
    """
    labels = (gettext(VOCABULARY.facets[name].label) for name in GRADES)
    yield Text(gettext("As the catalogue grades the methods; its page on grading says by what rule."))  # fmt: skip
    yield Table((gettext("Step"), *labels), report.plan.grades)


def inclusion(report: Report) -> Iterator[Block]:
    """Yield what the methods say of those whom they suit, may suit and do not suit."""
    yield Points(report.plan.inclusion or (gettext("The catalogue says nothing of inclusion for these steps."),))  # fmt: skip


def reasons(report: Report) -> Iterator[Block]:
    """Yield what speaks for and against the plan, and against its smaller size, a line for each reason."""
    texts = [
        (gettext("For option A, the plan:"), report.plan.pros),
        (gettext("Against option A:"), report.plan.cons),
        (gettext("Against option B, %(name)s:", name=report.smaller_name), report.smaller.cons if report.smaller else ()),
    ]  # fmt: skip
    for label, said in texts:
        if said:
            yield Text(label)
            yield Points(said)


def sources(report: Report) -> Iterator[Block]:
    """Yield the sources of the methods, the plan, and the build of the catalogue."""
    yield from (Text(text, link=url) for text, url in report.plan.sources)
    yield Text(gettext("The plan: %(address)s", address=report.address), link=report.address)
    yield Text(gettext("%(site)s, version %(version)s, licence %(licence)s.",
                       site=report.site_name, version=report.version, licence=LICENCE["name"]))  # fmt: skip
