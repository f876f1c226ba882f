"""A method as a document: figures, text, cases and sources of its page."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.exports.citations import citation, plain
from catalogue.exports.documents.blocks import (
    Block,
    Document,
    Heading,
    Points,
    Prose,
    Table,
    Text,
)
from catalogue.i18n import gettext
from catalogue.model.method import Case, Source
from catalogue.presentation.glance import glance
from catalogue.presentation.size_views import size_views
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage.database import Page
from catalogue.urls import Urls
from catalogue.vocabulary import VOCABULARY


def method_document(current: Snapshot, page: Page, settings: Settings) -> Document:
    """Return a method as a document, with how to cite it at its end."""
    language = settings.language.replace("_", "-")
    return Document(page.method.title, settings.site_name, language, tuple(_blocks(current, page, settings)))  # fmt: skip


def _blocks(current: Snapshot, page: Page, settings: Settings) -> Iterator[Block]:
    method = page.method
    yield Text(method.summary)
    if method.aliases:
        yield Text(gettext("Also known as %(names)s.", names=", ".join(method.aliases)))
    yield Heading(gettext("At a glance"))
    rows = tuple(
        (row.label, ". ".join(filter(None, (row.text, row.note)))) for row in glance(method) if row.text
    )  # fmt: skip
    yield Table((gettext("Fact"), gettext("Usual run")), rows)
    for view in size_views(method, {}):
        yield Heading(view.name, 2)
        yield Points(tuple(f"{row.label}: {row.text}" for row in view.rows if row.text))
    # Links inside the site get its address; without one they stay paths, which lead nowhere and are left out.
    urls = Urls(settings.site_url)
    for section, (_, html) in zip(method.sections, page.sections, strict=True):
        yield Heading(gettext(VOCABULARY.sections[section.id].heading))
        yield Prose(section.markdown, urls.in_html(html))
    if method.cases:
        yield Heading(gettext("Cases"))
        yield from (Text(_case(case), link=case.url) for case in method.cases)
    yield Heading(gettext("Sources"))
    yield from (Text(_source(source), link=source.url) for source in method.sources)
    yield Heading(gettext("How to cite this page"))
    digest = current.digests[method.slug]
    yield Text(plain(citation(method, digest, settings.site_name, settings.site_url)))


def _case(case: Case) -> str:
    where = ", ".join(str(part) for part in (case.place, case.country, case.year) if part)
    return f"{case.title} ({where}): {case.outcome}" if where else f"{case.title}: {case.outcome}"


def _source(source: Source) -> str:
    return ", ".join(str(part) for part in (source.title, source.by, source.year) if part)
