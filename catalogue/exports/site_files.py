"""The files in which a site tells machines what it holds: sitemap.xml, robots.txt, opensearch.xml and llms.txt."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from catalogue.exports.data_files import JSON_LINES
from catalogue.i18n import gettext
from catalogue.search.snapshot import Snapshot
from catalogue.urls import PATHS
from catalogue.validation.guides import load_guidance
from catalogue.vocabulary import VOCABULARY

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
# What the description of a search may say at most, by the specification of OpenSearch.
MAX_SHORT_NAME, MAX_DESCRIPTION = 16, 1024
SITE_PAGES = (
    PATHS.home, PATHS.methods, PATHS.plan, PATHS.how_we_rank, PATHS.cases, PATHS.guides, PATHS.rules,
    PATHS.before_you_choose, PATHS.glossary, PATHS.about, PATHS.quality, PATHS.contributors, PATHS.contribute,
    PATHS.api, PATHS.data, PATHS.map, PATHS.deck, PATHS.uses,
)  # fmt: skip


def sitemap(snapshot: Snapshot, site_url: str) -> bytes:
    """Return sitemap.xml: every page that is the same for everybody, with the day of the last review of a method."""
    root = Element("urlset", xmlns=SITEMAP)
    for path, day in _pages(snapshot):
        url = SubElement(root, "url")
        SubElement(url, "loc").text = site_url + path
        if day:
            SubElement(url, "lastmod").text = day
    return as_xml(root)


def _pages(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    yield from ((path, "") for path in SITE_PAGES)
    for card in snapshot.cards:
        yield PATHS.method(card.slug), card.last_reviewed
    yield from ((PATHS.purpose(value), "") for value in VOCABULARY.facets["purpose"].values)
    yield from ((PATHS.audience(value), "") for value in VOCABULARY.facets["audience"].values)
    yield from ((PATHS.case(slug), "") for slug in snapshot.case_pages)
    guidance = load_guidance()
    yield from ((PATHS.guide(guide.slug), "") for guide in guidance.guides)
    yield from ((PATHS.rule(rule.slug), "") for rule in guidance.rules)


def robots(site_url: str) -> str:
    """Return robots.txt: all may be read; it names the sitemap where the site has an address."""
    lines = ["User-agent: *", "Allow: /"]
    if site_url:
        lines += ["", f"Sitemap: {site_url}{PATHS.sitemap}"]
    return "\n".join([*lines, ""])


def opensearch(site_name: str, site_url: str) -> bytes:
    """Return opensearch.xml, with which a browser adds the search of the site to its own."""
    root = Element("OpenSearchDescription", xmlns=OPENSEARCH)
    SubElement(root, "ShortName").text = site_name[:MAX_SHORT_NAME].strip()
    SubElement(root, "LongName").text = site_name[:48].strip()
    description = gettext("Search %(site)s for ways to involve people.", site=site_name)
    SubElement(root, "Description").text = description[:MAX_DESCRIPTION]
    SubElement(root, "InputEncoding").text = "UTF-8"
    template = f"{site_url}{PATHS.methods}?q={{searchTerms}}"
    SubElement(root, "Url", type="text/html", template=template)
    feed = f"{site_url}{PATHS.feed}?q={{searchTerms}}"
    SubElement(root, "Url", type="application/atom+xml", template=feed)
    return as_xml(root)


def llms(snapshot: Snapshot, site_name: str, site_url: str) -> str:
    """Return llms.txt (https://llmstxt.org): what the site holds, in Markdown, for language models."""
    lines = [
        f"# {site_name}", "",
        "> " + gettext("An open catalogue of methods of public participation: what each is for, what it costs, how long it takes, and where it goes wrong."),
        "", gettext("Every figure has a source or is marked as our judgement. Texts are CC-BY-4.0: name the catalogue as the source."),
        "", f"## {gettext('Data')}", "",
        f"- [{gettext('Open data')}]({site_url}{PATHS.data}): {gettext('the whole catalogue as files')}",
        f"- [{gettext('API')}]({site_url}{PATHS.api}): {gettext('search and methods as JSON')}",
        f"- [{gettext('All methods')}]({site_url}{PATHS.data_file(JSON_LINES)}): {gettext('one JSON object a line')}",
        "", f"## {gettext('Methods')}", "",
        *(
            f"- [{card.title}]({site_url}{PATHS.method_file(card.slug, 'md')}): {card.summary}"
            for card in snapshot.cards
        ),
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def as_xml(root: Element) -> bytes:
    """Return an XML document in UTF-8."""
    text: str = tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
