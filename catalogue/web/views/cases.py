"""The real cases of all methods: the list, searched and filtered, and a page each."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.authoring.check.check_text import FOLDER
from catalogue.i18n import number
from catalogue.model.letters import fold
from catalogue.presentation.formatting import option_label
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.view_models import parameter_label
from catalogue.search.cases import FILTERS, PER_PAGE, find_cases, neighbours
from catalogue.search.snapshot import Snapshot
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY
from catalogue.web.contribution_links import page_links as change_links
from catalogue.web.request_context import live_build, snapshot
from catalogue.web.results.paging import page_links

blueprint = Blueprint("cases", __name__)
# The configuration of an application whose list is on one page: the copy without a server, where a script filters it.
PER_PAGE_KEY = "CASES_PER_PAGE"


@blueprint.get(PATHS.cases)
def cases() -> ResponseReturnValue:
    """List the real cases of all methods, searched and filtered."""
    current = snapshot()
    found = find_cases(current.cases, request.args, current_app.config.get(PER_PAGE_KEY, PER_PAGE))
    labels = _case_labels(current)
    return render_template(
        "cases/cases.html",
        choices=VOCABULARY.choices,
        found=found,
        everything=len(current.cases),
        notices=[notice_text(notice) for notice in found.notices],
        filters=[
            (
                name,
                parameter_label(name),
                sorted(
                    ((value, labels[name](value), n) for value, n in found.counts[name].items()),
                    key=lambda option: fold(option[1]),
                ),
            )
            for name in FILTERS
        ],
        label=lambda name, value: labels[name](value),
        filter_label=parameter_label,
        links=page_links(found.query, found.page, found.pages),
    )


@blueprint.get(PATHS.case("<slug>"))
def case(slug: str) -> ResponseReturnValue:
    """Show one case, its source, its method and the cases beside it."""
    current = snapshot()
    entry = current.case_pages.get(slug) or abort(404)
    settings = live_build().settings
    path = f"{FOLDER}/{entry.slug}.md"
    address = settings.site_url + PATHS.case(entry.page)
    return render_template(
        "cases/case.html",
        entry=entry,
        case=entry.case,
        card=current.cards[current.ordinals[entry.slug]],
        near=neighbours(entry, current.cases),
        choices=VOCABULARY.choices,
        number=number,
        address=address,
        # Where several cases have a title, the bare slug of it shows the page of another address.
        canonical=settings.site_url and address,
        links=change_links(settings, path, entry.case.title, address),
    )


def _case_labels(current: Snapshot) -> dict[str, Callable[[str], str]]:
    """Return, for each filter of cases, how a value is written for people."""
    results, sectors = VOCABULARY.choices["result"], VOCABULARY.choices["sector"]
    return {
        "method": lambda slug: current.cards[current.ordinals[slug]].title,
        "sector": lambda value: option_label(sectors, value),
        "country": str,
        "decade": str,
        "result": lambda value: option_label(results, value),
    }
