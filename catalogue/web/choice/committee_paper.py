"""A plan as a report to a committee, with a smaller size of it as the second option."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Response, abort, current_app

from catalogue.exports.documents.blocks import Document
from catalogue.exports.documents.committee_report import PartOfReport, committee_report
from catalogue.exports.documents.plan_option import plan_option
from catalogue.exports.documents.report import Report
from catalogue.exports.documents.word_file import word_file
from catalogue.i18n import gettext
from catalogue.planner.push_back import push_backs
from catalogue.planner.rules import load_rules
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.smaller import smaller_plan
from catalogue.presentation.plans.step_texts import step_name
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.urls import PATHS
from catalogue.validation.guides import load_guidance
from catalogue.web.choice.plan_address import PlanAddress
from catalogue.web.file_responses import WORD, file_response
from catalogue.web.request_context import live_build


def committee_paper(current: Snapshot, address: PlanAddress, picked: Sequence[Picked]) -> Response:
    """Return the report on a plan as a Word file. Raises NotFound for a plan without steps."""
    if not picked:
        abort(404)
    parts = current_app.extensions["report_parts"]
    document = report_document(current, address, picked, live_build().settings, parts)
    return file_response(word_file(document), WORD, "committee-report.docx")


def report_document(
    current: Snapshot,
    address: PlanAddress,
    picked: Sequence[Picked],
    settings: Settings,
    parts: Sequence[PartOfReport],
) -> Document:
    """Return the report on the steps of a plan, at least one, in the order of `parts`."""
    smaller = smaller_plan(picked, address.edits, address.hire)
    options = [
        plan_option(
            steps, address.limits, address.edits, address.hire, address.own_staff, date.today()
        )
        for steps in (picked, *([smaller.steps] if smaller else []))
    ]
    report = Report(
        options[0], options[1] if smaller else None, settings.site_url + PATHS.plan_steps + address.query(),
        current.build_id, settings.site_name, settings.language.replace("_", "-"), address.because,
        step_name(smaller.left_out) if smaller and smaller.left_out else "",
        _notes(address, picked),
    )  # fmt: skip
    return committee_report(report, parts)


def _notes(address: PlanAddress, picked: Sequence[Picked]) -> tuple[str, ...]:
    """Return what the page of the plan says before one goes on, each with the title of the rule of law that it rests on."""
    titles = {rule.slug: rule.title for rule in load_guidance().rules}
    held = push_backs(address.answers, [one.method for one in picked], load_rules())
    return tuple(
        f"{gettext(n.text)} ({titles.get(n.rule) or gettext('our judgement')})" for n in held
    )
