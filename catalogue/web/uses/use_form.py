"""The form "I used this": it makes a file that is sent as that of a method is; nothing typed is kept."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from catalogue.authoring.form.form_messages import in_form
from catalogue.authoring.form.from_file import use_answers
from catalogue.authoring.form.use_form import START, check_answers, questions
from catalogue.i18n import gettext, ngettext
from catalogue.search.parameters import readable
from catalogue.search.snapshot import Snapshot
from catalogue.urls import PATHS
from catalogue.vocabulary import Option
from catalogue.web.contribution_form import Advice, Form
from catalogue.web.contribution_links import sending_report
from catalogue.web.request_context import live_build, snapshot
from catalogue.web.views.contribute import REPLY_DAYS, keep_private

blueprint = Blueprint("use_form", __name__)
blueprint.after_request(keep_private)


@blueprint.get(PATHS.contribute_use)
def use() -> ResponseReturnValue:
    """Show the form, with the method chosen where a link brought one."""
    current = snapshot()
    slug = request.args.get("method", "")
    known = slug in current.ordinals
    form = _form(current, MultiDict({f"{START}-method": slug if known else ""}))
    return render_template(
        "uses/use_form.html",
        form=form,
        heading=gettext("I used this"),
        answer=None,
        notices=[
            gettext(
                "There is no method “%(found)s” here. Choose yours below.", found=readable(slug)
            )
        ]
        if slug and not known
        else [],
    )


@blueprint.post(PATHS.contribute_use)
def check_use() -> ResponseReturnValue:
    """Show what to mend beside each question, or how to send the file; a file that was checked is taken into the form."""
    current = snapshot()
    file = request.form.get("file")
    typed: MultiDict[str, str] = MultiDict(use_answers(file)) if file else request.form
    form = _form(current, typed)
    known = [use for uses in current.uses.values() for use in uses]
    answer = check_answers(typed, current.ordinals.keys(), known)
    pairs = form.show(
        (name, Advice(p.line, p.severity, *in_form(p))) for name, p in answer.problems
    )
    wrong = sum(advice.severity == "error" for _, advice in pairs)
    return render_template(
        "uses/use_form.html",
        form=form,
        answer=answer,
        listed=pairs,
        labels=form.labels(),
        wrong=wrong,
        sending=None if wrong else sending_report(live_build().settings, answer.slug, answer.text),
        days=REPLY_DAYS,
        heading=gettext("Your report is ready to send")
        if not wrong
        else ngettext("%(num)s thing to mend", "%(num)s things to mend", wrong),
    )


def _form(current: Snapshot, typed: MultiDict[str, str]) -> Form:
    methods = (Option(card.slug, card.title) for card in current.cards)
    return Form(typed, questions(methods), ())
