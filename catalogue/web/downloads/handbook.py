"""The handbook: every method in one page to print, by purpose; made once for each build, then kept with other pages."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.exports.handbook.chapters import handbook
from catalogue.model.pictures import PICTURES
from catalogue.presentation.drawings.pictures import svg
from catalogue.presentation.formatting import day_text
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.use_tomorrow import with_scrolling_sheets
from catalogue.search.chosen import CARRIED
from catalogue.search.parameters import unknown_parameters
from catalogue.urls import PATHS
from catalogue.web.request_context import snapshot

blueprint = Blueprint("handbook", __name__)
# Methods are headings of the third level here, so those inside their sections begin at the fifth.
LOWER = 2


@blueprint.get(PATHS.handbook)
def handbook_page() -> ResponseReturnValue:
    """Show all methods whole, with contents by purpose; no parameter narrows it."""
    current = snapshot()
    return render_template(
        "handbook/handbook.html",
        parts=handbook(current, lambda slug: f"#{slug}", LOWER),
        total=len(current.cards),
        day=day_text(current.last_reviewed) if current.last_reviewed else "",
        version=current.build_id,
        picture=lambda name: svg(PICTURES[name].shapes),
        scrolling=with_scrolling_sheets,
        notices=[notice_text(notice) for notice in unknown_parameters(request.args, CARRIED)],
    )
