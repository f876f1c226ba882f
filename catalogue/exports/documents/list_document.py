"""A list of results as a document: one row for each method, with the figures of the size that fits."""

from __future__ import annotations

from catalogue.exports.documents.blocks import Document, Table, Text
from catalogue.i18n import gettext, ngettext
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.plans.comparison import size_name
from catalogue.presentation.size_views import size_figures
from catalogue.search.engine import SearchPage
from catalogue.settings import Settings
from catalogue.urls import PATHS


def list_document(found: SearchPage, query: str, settings: Settings) -> Document:
    """Return a whole list of results; `query` is the query string of the page that shows it."""
    title = ngettext("%(num)s method", "%(num)s methods", found.total)
    if found.request.words:
        title += " " + gettext("for “%(words)s”", words=found.request.words)
    address = settings.site_url + PATHS.methods + query
    rows = tuple(
        (result.card.title, result.card.summary, f"{size_name(standing.size)}: {size_figures(result.card.run(standing.size))}")
        for result, standing in zip(found.results, found.standings, strict=True)
    )  # fmt: skip
    blocks = [Text(address, link=address), *(Text(notice_text(notice)) for notice in found.notices)]
    header = (gettext("Method"), gettext("What happens"), gettext("What it takes"))
    table = Table(header, rows)
    licence = Text(gettext("Texts: CC-BY-4.0. Name the catalogue as the source."))
    return Document(
        title, settings.site_name, settings.language.replace("_", "-"), (*blocks, table, licence)
    )
