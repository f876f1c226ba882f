"""How to cite a method: BibTeX, RIS and plain text, with the version of its page.

RIS by https://en.wikipedia.org/wiki/RIS_(file_format), BibTeX by the manual of BibLaTeX (`@online`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from catalogue.i18n import gettext
from catalogue.model.method import Method
from catalogue.presentation.formatting import day_text
from catalogue.presentation.serialisers import LICENCE
from catalogue.urls import PATHS

# So many digits of a file's digest tell its versions apart.
VERSION_DIGITS = 10
BIBTEX_SPECIAL = re.compile(r"[\\{}%&#$_~^]")
BIBTEX_NAMES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Citation:
    """What a citation of a method says; `version` is the beginning of the digest of its file."""

    slug: str
    title: str
    authors: tuple[str, ...]
    site_name: str
    url: str
    version: str
    reviewed: date | None


def citation(method: Method, digest: str, site_name: str, site_url: str) -> Citation:
    """Return the citation of a method whose file has a digest. Without a contributor, the catalogue is the author."""
    return Citation(
        slug=method.slug,
        title=method.title,
        authors=tuple(credit.name for credit in method.contributors) or (LICENCE["attribution"],),
        site_name=site_name,
        url=site_url + PATHS.method(method.slug),
        version=digest[:VERSION_DIGITS],
        reviewed=method.last_reviewed,
    )


def plain(cited: Citation) -> str:
    """Write a citation as a line of text."""
    day = day_text(cited.reviewed) if cited.reviewed else gettext("no date")
    return gettext(
        "%(authors)s. “%(title)s.” %(site)s, reviewed %(day)s, version %(version)s. %(url)s. %(licence)s.",
        authors=", ".join(cited.authors),
        title=cited.title,
        site=cited.site_name,
        day=day,
        version=cited.version,
        url=cited.url,
        licence=LICENCE["name"],
    )


def bibtex(cited: Citation) -> str:
    """Write a citation as an entry of BibTeX."""
    fields = {
        "title": f"{{{_bibtex(cited.title)}}}",
        "author": " and ".join(f"{{{_bibtex(name)}}}" for name in cited.authors),
        "organization": f"{{{_bibtex(cited.site_name)}}}",
        **({"date": cited.reviewed.isoformat(), "year": str(cited.reviewed.year)} if cited.reviewed else {}),
        "version": cited.version,
        "url": cited.url,
        "note": f"Licence {LICENCE['name']}",
    }  # fmt: skip
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@online{{{cited.slug},", *lines, "}", ""])


def ris(cited: Citation) -> str:
    """Write a citation as a record of RIS."""
    day = f"{cited.reviewed:%Y/%m/%d}/" if cited.reviewed else ""
    rows = [
        ("TY", "ELEC"),
        ("TI", cited.title),
        *(("AU", name) for name in cited.authors),
        ("PB", cited.site_name),
        *((("PY", day[:4]), ("DA", day)) if day else ()),
        ("ET", cited.version),
        ("UR", cited.url),
        ("N1", f"Licence {LICENCE['name']}"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in rows)


def _bibtex(text: str) -> str:
    return BIBTEX_SPECIAL.sub(lambda found: BIBTEX_NAMES.get(found[0], f"\\{found[0]}"), text)
