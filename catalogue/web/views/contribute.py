"""The pages for contributors: what to know, a form for a new method, a check for a file.

Each POST is handled from its body and forgotten: nothing is written, cached or put
into a URL, but the link to the repository's host that the visitor may follow. There is no
session, no cookie and no account, so a request that somebody else forges could do nothing but show
its sender's own text to the visitor; that is why the forms carry no token.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from catalogue.authoring.check.check_text import (
    FOLDER,
    Answer,
    card_of,
    check_file,
    check_text,
)
from catalogue.authoring.form.form_data import filled, read_answers, too_long
from catalogue.authoring.form.form_messages import in_form
from catalogue.authoring.form.from_file import loses, method_answers, unasked
from catalogue.authoring.form.method_writer import write_method
from catalogue.authoring.form.questions import RECORDS, beginning, parts
from catalogue.i18n import gettext, ngettext
from catalogue.model.problems import Problem
from catalogue.model.sizes import USUAL
from catalogue.model.slugs import slug_of
from catalogue.model.unprintable import strip, strip_line
from catalogue.presentation.drawings.scales import scale_rows
from catalogue.presentation.view_models import fresh_card_view
from catalogue.search.snapshot import Snapshot
from catalogue.urls import PATHS
from catalogue.uses.reader import ENDING
from catalogue.validation.reader import MAX_BYTES
from catalogue.vocabulary import VOCABULARY
from catalogue.web.contribution_form import Advice, Form, controls, limits, once, unwritten, wrong
from catalogue.web.contribution_links import forge, sending, suggestion
from catalogue.web.method_context import method_context
from catalogue.web.middleware.limits import RETRY_SECONDS, CheckSlots
from catalogue.web.request_context import live_build, snapshot

blueprint = Blueprint("contribute", __name__)

MAX_TITLE_LENGTH = 200
REPLY_DAYS = 10
# Nobody fixes more at once; a file of another kind can have thousands.
MAX_LISTED = 100
_slots = CheckSlots()


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Tell caches to store no copy of what somebody typed, but the visitor's own browser, so that going back works.

    With `no-store`, it would empty the boxes of a form, and show an error instead of the answer to one.
    """
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


@blueprint.get(PATHS.contribute)
def index() -> ResponseReturnValue:
    """Say what makes a good method and what happens to it, and offer the ways in."""
    return render_template(
        "contribute/index.html",
        forge=forge(live_build().settings),
        suggestion=suggestion(live_build().settings),
        contact=live_build().settings.contact_email,
        days=REPLY_DAYS,
    )


@blueprint.get(PATHS.contribute_new)
def new() -> ResponseReturnValue:
    """Show the form, with the title filled in where a link brought one."""
    title = strip_line(request.args.get("title", ""))[:MAX_TITLE_LENGTH]
    form = Form(MultiDict({"title": title}), tuple(beginning()), parts())
    return render_template(
        "contribute/new.html",
        form=form,
        texts=len(VOCABULARY.headings),
        heading=gettext("Add a method"),
        answer=None,
    )


@blueprint.post(PATHS.contribute_new)
def check_new() -> ResponseReturnValue:
    """Show what to fix beside each field, the finished page, its card and similar methods.

    A file that was checked is taken into the form.
    """
    with _slots.slot() as free:
        return _check_new() if free else _busy(request.form)


def _busy(typed: MultiDict[str, str]) -> ResponseReturnValue:
    """Return 503 with what was typed, on a page that sends it again: too many checks are running."""
    pairs = [(name, strip(value)) for name, value in typed.items(multi=True)]
    page = render_template("contribute/busy.html", typed=pairs, seconds=RETRY_SECONDS)
    return page, 503, {"Retry-After": str(RETRY_SECONDS)}


def _check_new() -> ResponseReturnValue:
    current = snapshot()
    file = request.form.get("file")
    typed: MultiDict[str, str] = MultiDict(method_answers(file)) if file else request.form
    values = read_answers(typed, current.slugs_by_name)
    numbers = {name: filled(values, name) for name in RECORDS}
    form = Form(typed, tuple(beginning()), parts(**numbers))
    answer = check_text(current, write_method(values), new=True)
    names = controls(form, answer, values)
    long = list(too_long(f"{FOLDER}/{answer.slug}.md", typed, limits(form)))
    answer = replace(answer, problems=(*(problem for _, problem in long), *answer.problems))
    answer = replace(answer, whole=answer.whole and not long)
    found = [*long, *((names[p], p) for p in answer.problems if p in names)]
    advice_on = ((name, Advice(p.line, p.severity, *in_form(p), unwritten(p))) for name, p in found)
    pairs = form.show(once(advice_on))
    return render_template(
        "contribute/new.html",
        form=form,
        texts=len(VOCABULARY.headings),
        heading=_heading(answer),
        listed=pairs,
        labels=form.labels(),
        **_answer_context(current, answer),
    )


@blueprint.get(PATHS.contribute_check)
def check() -> ResponseReturnValue:
    """Offer to check a file that is pasted or uploaded."""
    return render_template(
        "contribute/check.html",
        heading=gettext("Check a file"),
        answer=None,
        pasted="",
        kilobytes=MAX_BYTES // 1000,
    )


@blueprint.post(PATHS.contribute_check)
def check_given() -> ResponseReturnValue:
    """Show what to fix in a file, line by line, and its page as far as it can be read."""
    upload, pasted = request.files.get("upload"), request.form.get("text", "")
    name = _file_name(upload.filename) if upload and upload.filename else ""
    raw = upload.read() if upload and name else pasted.encode(errors="replace")
    with _slots.slot() as free:
        if free:
            return _check_given(raw, name)
    return _busy(MultiDict({"text": raw.decode(errors="replace")}))


def _check_given(raw: bytes, name: str) -> ResponseReturnValue:
    """Check the bytes of a file; `name` is that of an upload, "" for a text that was pasted."""
    current = snapshot()
    if name or raw.strip():
        answer = check_file(current, raw, name)
    else:
        heading, empty = gettext("Check a file"), gettext("Paste a text or choose a file.")
        return render_template(
            "contribute/check.html",
            heading=heading,
            answer=None,
            pasted="",
            empty=empty,
            kilobytes=MAX_BYTES // 1000,
        )
    # The problems are those of the text as it came; what cannot be seen is left out of the page.
    answer = replace(answer, text=strip(answer.text))
    # What is still needed stands in the order of the page, whether its heading is there or not.
    order = list(VOCABULARY.section_ids)
    needed = sorted(filter(unwritten, answer.problems), key=lambda p: order.index(unwritten(p)))
    others = [problem for problem in answer.problems if not unwritten(problem)]
    listed = [("", _by_line(problem)) for problem in (*others[:MAX_LISTED], *needed)]
    return render_template(
        "contribute/check.html",
        heading=_heading(answer),
        pasted=answer.text,
        listed=listed,
        more=len(others[MAX_LISTED:]),
        labels={},
        kilobytes=MAX_BYTES // 1000,
        loses=loses(answer.problems),
        unjoined=any(problem.code == "file-conflict" for problem in answer.problems),
        unasked=unasked(answer.text) if answer.method else [],
        **_answer_context(current, answer),
    )


def _by_line(problem: Problem) -> Advice:
    """Return a problem as the check of files words it."""
    heading, unheaded = unwritten(problem), problem.code == "heading-missing"
    message, fix = strip(problem.message), strip(problem.fix)
    return Advice(problem.line, problem.severity, message, fix, heading, unheaded)


@blueprint.post(PATHS.contribute_file)
def file() -> ResponseReturnValue:
    """Return the text that was sent, as a file to save."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    name = slug_of(request.form.get("name", ""))
    is_use = request.form.get("kind") == "use"
    ending, kind = (ENDING, "application/yaml") if is_use else (".md", "text/markdown")
    return Response(
        text.encode(errors="replace"),
        content_type=f"{kind}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}{ending}"',
            "Cache-Control": "no-store",
        },
    )


def _answer_context(current: Snapshot, answer: Answer) -> dict[str, object]:
    """Return what `_answer.html` and the preview print."""
    context: dict[str, object] = {
        "answer": answer,
        "wrong": wrong(answer),
        "sending": sending(live_build().settings, answer),
        "suggestion": suggestion(live_build().settings),
        "days": REPLY_DAYS,
        "confused_with": VOCABULARY.sections["confused-with"].heading,
        "links": None,
    }
    if answer.method:
        context |= method_context(current, answer.method, answer.page, {})
        context["complete"] = context["complete"] if answer.whole else None
        context["address"] = live_build().settings.site_url + PATHS.method(answer.slug)
        # Not `card_view`, which caches.
        card = card_of(answer.method)
        context["card"] = fresh_card_view(card)
        context["card_rows"] = scale_rows(card.runs, USUAL)
    return context


def _heading(answer: Answer) -> str:
    if answer.report and answer.whole:
        return gettext("Your report is ready to send")
    if answer.whole and answer.replaces:
        title = answer.replaces.title
        if not answer.changes:
            return gettext(
                "“%(title)s” is here already, and your file changes nothing", title=title
            )
        return gettext("Your change of “%(title)s” is ready to send", title=title)
    if answer.whole:
        return gettext("Your method is ready to send")
    count = wrong(answer)
    if not count:
        return gettext("Your draft is ready")
    return ngettext("%(num)s thing to mend", "%(num)s things to mend", count)


def _file_name(given: str) -> str:
    """Return the last part of an uploaded file's name, as text that can be shown."""
    return strip_line(given.replace("\\", "/").rpartition("/")[2])[:100] or "method.md"
