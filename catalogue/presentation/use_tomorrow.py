"""The section "Use it tomorrow" of a method as a text file: letters and lists that an officer copies."""

from __future__ import annotations

import re
from html import escape

from catalogue.i18n import gettext
from catalogue.model.method import Method
from catalogue.urls import PATHS

SECTION = "use-tomorrow"
HEADING = re.compile(r"^#{3,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
LINK = re.compile(r"\[([^\]\n]+)\]\(<?([^)\s>]+)>?(?:\s+\"[^\"\n]*\")?\)")
METHOD_FILE = re.compile(r"(?:\./|\.\./methods/)?([a-z0-9-]+)\.md(#\S*)?")
STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


def use_tomorrow_text(method: Method, site_name: str, site_url: str) -> str:
    """Return the section as plain text below its source and licence; "" for a method without it.

    Headings are underlined and links written out; lists and tables stay as Markdown has them.
    """
    section = next((section for section in method.sections if section.id == SECTION), None)
    if section is None:
        return ""
    text = HEADING.sub(lambda match: f"{match[1]}\n{'-' * len(match[1])}", section.markdown)
    text = STRONG.sub(r"\1", text)
    text = LINK.sub(lambda match: f"{match[1]} ({_address(match[2], site_url)})", text)
    source = gettext("From “%(title)s” in %(site)s:", title=method.title, site=site_name)
    licence = gettext(
        "Licence: Creative Commons Attribution 4.0. Copy and change it freely, and name the source."
    )
    address = site_url + PATHS.method(method.slug)
    return f"{method.title}\n{'=' * len(method.title)}\n\n{source} {address}\n{licence}\n\n{text}\n"


def with_scrolling_sheets(html: str) -> str:
    """Return the HTML of the section with each table in a part that scrolls by itself: a sheet is wider than a phone."""
    label = escape(gettext("Sheet to copy"), quote=True)
    start = f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table>'
    return html.replace("<table>", start).replace("</table>", "</table></div>")


def _address(href: str, site_url: str) -> str:
    """Return the address of a link as it works outside the site."""
    if method := METHOD_FILE.fullmatch(href):
        return site_url + PATHS.method(method[1]) + (method[2] or "")
    return site_url + href if href.startswith("/") else href
