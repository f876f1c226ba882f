"""Lists of methods as files, at the addresses of the pages that show them."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response

from catalogue.exports.documents.list_document import list_document
from catalogue.exports.documents.word_file import word_file
from catalogue.exports.feed import feed
from catalogue.exports.result_lists import list_csv, whole_list
from catalogue.search.search_request import PER_PAGE
from catalogue.urls import PATHS
from catalogue.web.file_responses import CSV, WORD, file_response
from catalogue.web.middleware.canonical_url import parsed_search
from catalogue.web.request_context import live_build, query_string, snapshot

blueprint = Blueprint("lists", __name__)


@blueprint.get(PATHS.methods_csv)
def methods_csv() -> Response:
    """Return all methods that match words and filters, in the order of the page, as CSV."""
    asked, _ = parsed_search(query_string())
    text = list_csv(whole_list(snapshot(), asked), live_build().settings.site_url)
    return file_response(text, CSV, "methods.csv")


@blueprint.get(PATHS.methods_docx)
def methods_docx() -> Response:
    """Return all methods that match words and filters as a Word file."""
    asked, _ = parsed_search(query_string())
    asked = replace(asked, page=1, per_page=PER_PAGE)
    found = whole_list(snapshot(), asked)
    document = list_document(found, asked.query(), live_build().settings)
    return file_response(word_file(document), WORD, "methods.docx")


@blueprint.get(PATHS.feed)
def feed_atom() -> Response:
    """Return an Atom feed of the methods that match words and filters, the newest first."""
    asked, _ = parsed_search(query_string())
    asked = replace(asked, page=1, per_page=PER_PAGE, sort="")
    settings, current = live_build().settings, snapshot()
    cards = (result.card for result in whole_list(current, asked).results)
    content = feed(cards, asked.query(), asked.words, settings.site_name, settings.site_url,
                   settings.language.replace("_", "-"), current.last_reviewed)  # fmt: skip
    return file_response(content, "application/atom+xml; charset=utf-8")
