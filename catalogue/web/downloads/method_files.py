"""A method as a file: a document for people, and its citation in three forms."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from catalogue.exports.citations import bibtex, citation, plain, ris
from catalogue.exports.documents.markdown_writer import write_markdown
from catalogue.exports.documents.method_document import method_document
from catalogue.exports.documents.word_file import word_file
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage.database import Page
from catalogue.urls import PATHS
from catalogue.web.file_responses import MARKDOWN, TEXT, WORD, file_response
from catalogue.web.request_context import live_build, snapshot, urls
from catalogue.web.views.moved import to_new_slug

blueprint = Blueprint("method_files", __name__)
Write = Callable[[Snapshot, Page, Settings], str | bytes]


def _cited(write: Callable[..., str]) -> Write:
    return lambda current, page, settings: write(
        citation(
            page.method, current.digests[page.method.slug], settings.site_name, settings.site_url
        )
    )


# By the ending of the address: what writes the file, and its content type.
FORMS: dict[str, tuple[Write, str]] = {
    "docx": (lambda *method: word_file(method_document(*method)), WORD),
    "md": (lambda *method: write_markdown(method_document(*method)), MARKDOWN),
    "bib": (_cited(bibtex), "application/x-bibtex; charset=utf-8"),
    "ris": (_cited(ris), "application/x-research-info-systems; charset=utf-8"),
    "txt": (_cited(plain), TEXT),
}


@blueprint.get(PATHS.method_file("<slug>", "<form>"))
def method_file(slug: str, form: str) -> ResponseReturnValue:
    """Return a method in one of FORMS."""
    if form not in FORMS:
        abort(404)
    current = snapshot()
    page = current.page(slug)
    if page is None:
        return to_new_slug(current, slug, lambda new: urls().method_file(new, form))
    write, content_type = FORMS[form]
    name = f"{slug}.docx" if form == "docx" else ""
    content: Response = file_response(
        write(current, page, live_build().settings), content_type, name
    )
    return content
