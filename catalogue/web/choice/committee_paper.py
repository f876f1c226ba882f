"""A plan as a Word file for a committee, with a smaller size of it as the second option."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Response, abort, request

from catalogue.exports.documents.committee_report import Report, committee_report
from catalogue.exports.documents.plan_option import plan_option
from catalogue.exports.documents.word_writer import write_word
from catalogue.model.sizes import LIGHT
from catalogue.planner.steps.picked import Picked, look_up
from catalogue.search.chosen import Pick
from catalogue.search.snapshot import Snapshot
from catalogue.web.choice.plan_address import PlanAddress
from catalogue.web.file_responses import WORD, file_response
from catalogue.web.request_context import live_build


def committee_paper(current: Snapshot, address: PlanAddress, picked: Sequence[Picked]) -> Response:
    """Return the report on a plan. Raises NotFound for a plan without steps."""
    if not picked:
        abort(404)
    settings = live_build().settings
    smaller = _smaller(current, picked)
    options = [
        plan_option(
            steps, address.limits, address.edits, address.hire, address.own_staff, date.today()
        )
        for steps in (picked, smaller)
        if steps
    ]
    report = Report(
        options[0], options[1] if smaller else None, settings.site_url + request.path + address.query(),
        current.build_id, settings.site_name, settings.language.replace("_", "-"), address.because,
    )  # fmt: skip
    return file_response(write_word(committee_report(report)), WORD, "committee-report.docx")


def _smaller(current: Snapshot, picked: Sequence[Picked]) -> Sequence[Picked]:
    """Return the light sizes of a plan's methods; the plan without its last step where all are light; else ()."""
    light = look_up(
        current, [Pick(p.pick.slug, LIGHT if LIGHT in p.sizes else p.run.size) for p in picked]
    )
    if [one.pick for one in light] != [one.pick for one in picked]:
        return light
    return picked[:-1]
