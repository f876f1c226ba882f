"""The handbook as an EPUB 3 file (https://www.w3.org/TR/epub-33/): one file for each method, with its picture.

Written with templates of our own: the one library for it, EbookLib, is under a licence (AGPL) that our own does not allow.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from catalogue.exports.archive import archive
from catalogue.exports.handbook.chapters import Chapter, Part, handbook
from catalogue.exports.handbook.xhtml import to_xhtml
from catalogue.i18n import gettext, ngettext
from catalogue.model.pictures import PICTURES_FOLDER
from catalogue.presentation.formatting import day_text
from catalogue.presentation.serialisers import LICENCE
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings

MIMETYPE = "application/epub+zip"
TYPES = {"xhtml": "application/xhtml+xml", "svg": "image/svg+xml", "css": "text/css"}
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""
STYLE = """body { line-height: 1.45; }
h1, h2, h3 { line-height: 1.2; text-align: left; }
dl.facts dt { font-weight: bold; margin-top: 0.4em; }
dl.facts dd { margin-left: 0; }
img.picture { width: 6em; height: 6em; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.2em 0.4em; text-align: left; vertical-align: top; }
"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<dc:creator>{creator}</dc:creator>
<dc:rights>{rights}</dc:rights>
<meta property="dcterms:modified">{day}T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""
# Where no method has a day of review.
NO_DAY = "2000-01-01"


def epub(current: Snapshot, settings: Settings) -> bytes:
    """Return the whole handbook as an EPUB. Equal builds give equal bytes. Raises StoreError."""
    language = settings.language.replace("_", "-")
    parts = handbook(current, lambda slug: f"{slug}.xhtml")
    pages = dict(_pages(parts, current, settings))
    chapters = [chapter for part in parts for chapter in part.chapters]
    files = {name: _page(title, body, language) for name, (title, body) in pages.items()}
    files["style.css"] = STYLE.encode()
    for name in ("pictures.css", *sorted({f"{chapter.picture}.svg" for chapter in chapters})):
        files[f"pictures/{name}"] = (PICTURES_FOLDER / name).read_bytes()
    package = _package(list(files), list(pages), current, settings, language)
    whole = [("mimetype", MIMETYPE.encode()), ("META-INF/container.xml", CONTAINER.encode())]
    whole += [("EPUB/package.opf", package)]
    whole += [(f"EPUB/{name}", content) for name, content in files.items()]
    return archive(whole, stored="mimetype")


def _page(title: str, body: str, language: str) -> bytes:
    return PAGE.format(title=escape(title), body=body, language=language).encode()


def _pages(
    parts: list[Part], current: Snapshot, settings: Settings
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the pages in the order of reading: name, and title with the inside of the body."""
    yield "title.xhtml", (settings.site_name, _title_page(current, settings))
    yield "nav.xhtml", (gettext("Contents"), _contents(parts))
    for part in parts:
        for chapter in part.chapters:
            yield f"{chapter.slug}.xhtml", (chapter.title, _chapter(chapter, settings.site_url))


def _title_page(current: Snapshot, settings: Settings) -> str:
    count = len(current.cards)
    lines = [ngettext("%(num)s method for involving people", "%(num)s methods for involving people", count)]  # fmt: skip
    if current.last_reviewed:
        lines.append(gettext("Last reviewed %(day)s.", day=day_text(current.last_reviewed)))
    lines.append(gettext("Version %(version)s.", version=current.build_id))
    lines.append(gettext("Use it freely under %(licence)s and name as the source: %(source)s.",
                         licence=LICENCE["name"], source=LICENCE["attribution"]))  # fmt: skip
    lines += [settings.site_url] if settings.site_url else []
    return f"<h1>{escape(settings.site_name)}</h1>\n" + "\n".join(f"<p>{escape(line)}</p>" for line in lines)  # fmt: skip


def _contents(parts: list[Part]) -> str:
    items = []
    for part in parts:
        inner = "".join(
            f'<li><a href="{chapter.slug}.xhtml">{escape(chapter.title)}</a></li>'
            for chapter in part.chapters
        )
        items.append(f"<li><span>{escape(part.title)}</span><ol>{inner}</ol></li>")
    title, listed = escape(gettext("Contents")), "\n".join(items)
    return f'<nav epub:type="toc" id="toc"><h1>{title}</h1>\n<ol>\n{listed}\n</ol></nav>'


def _chapter(chapter: Chapter, site_url: str) -> str:
    facts = "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in chapter.facts)
    caption, sources = escape(chapter.caption), "".join(f"<li>{escape(s)}</li>" for s in chapter.sources)  # fmt: skip
    lines = [
        f"<h1>{escape(chapter.title)}</h1>",
        f'<p><img class="picture" src="pictures/{chapter.picture}.svg" alt="{caption}"/></p>',
        f"<p>{escape(chapter.summary)}</p>",
        f"<h2>{escape(gettext('At a glance'))}</h2>",
        f'<dl class="facts">{facts}</dl>',
    ]
    for heading, html in chapter.sections:
        lines += [f"<h2>{escape(heading)}</h2>", to_xhtml(html, site_url)]
    lines += [f"<h2>{escape(gettext('Sources'))}</h2>", f"<ul>{sources}</ul>"]
    return "\n".join(lines)


def _package(
    files: list[str], pages: list[str], current: Snapshot, settings: Settings, language: str
) -> bytes:
    """Return the package document: what the book is, its files, and the order of its pages."""
    ids = {name: f"file-{number}" for number, name in enumerate(files, start=1)}
    manifest = []
    for name in files:
        properties = ' properties="nav"' if name == "nav.xhtml" else ""
        kind = TYPES[name.rpartition(".")[2]]
        manifest.append(f'<item id="{ids[name]}" href="{name}" media-type="{kind}"{properties}/>')
    return PACKAGE.format(
        language=language,
        identifier=f"urn:participation-catalogue:{current.build_id}",
        title=escape(settings.site_name),
        creator=escape(LICENCE["attribution"]),
        rights=escape(f"{LICENCE['name']}, {LICENCE['url']}"),
        day=current.last_reviewed or NO_DAY,
        manifest="\n".join(manifest),
        spine="\n".join(f'<itemref idref="{ids[name]}"/>' for name in pages),
    ).encode()
