"""Addresses that methods had before: here under another name, or at peopleandparticipation.net, which this catalogue follows."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from catalogue.model.unprintable import strip_line
from catalogue.search.chosen import MAX_COMPARED, Chosen, Pick
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import stems_of
from catalogue.urls import PATHS
from catalogue.web.request_context import query_string, snapshot, urls

blueprint = Blueprint("moved", __name__)
MAX_NAME = 200


def to_new_slug(current: Snapshot, slug: str, url_of: Callable[[str], str]) -> ResponseReturnValue:
    """Return the redirect from a slug that a method had before; `url_of` gives the URL of a slug.

    Where a method was divided into several, a page leads to them side by side. Raises NotFound where no method had it.
    """
    new = current.moved.get(slug) or abort(404)
    if len(new) > 1:
        if url_of != urls().method:
            abort(404)
        parts = Chosen(tuple(map(Pick, new[:MAX_COMPARED])))
        return redirect(urls().compare + parts.compare_query(), 302)
    query = query_string()
    return redirect(url_of(new[0]) + (f"?{query}" if query else ""), 301)


@blueprint.get(PATHS.old_method("<path:name>"))
def old_method(name: str) -> ResponseReturnValue:
    """Lead from the address of a method at peopleandparticipation.net to the method, else to a search for its name."""
    words = strip_line(name.replace("+", " "))[:MAX_NAME]
    # By stems, as its names were often plural or without an apostrophe: Deliberative Workshops, Citizens Jury.
    current, stems = snapshot(), stems_of(words)
    whole = [at for at, length in current.names.named(stems).items() if length == len(stems)]
    if len(whole) == 1:
        return redirect(urls().method(current.slugs[whole[0]]), 301)
    return redirect(f"{urls().methods}?{urlencode({'q': words})}", 302)
