"""A method as a file: its citation in three forms."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort

from catalogue.exports.citations import Citation, bibtex, citation, plain, ris
from catalogue.urls import PATHS
from catalogue.web.downloads.responses import TEXT, file_response
from catalogue.web.request_context import live_build, snapshot

blueprint = Blueprint("method_files", __name__)
# By the ending of the address: what writes the citation, and its content type.
CITATIONS: dict[str, tuple[Callable[[Citation], str], str]] = {
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
    "txt": (plain, TEXT),
}


@blueprint.get(PATHS.method_file("<slug>", "<form>"))
def method_file(slug: str, form: str) -> Response:
    """Return a method in one of the forms."""
    current = snapshot()
    page = current.page(slug) if form in CITATIONS else None
    if page is None:
        abort(404)
    settings = live_build().settings
    cited = citation(page.method, current.digests[slug], settings.site_name, settings.site_url)
    write, content_type = CITATIONS[form]
    return file_response(write(cited), content_type)
