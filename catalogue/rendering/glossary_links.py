"""Links the first use of each glossary word on a method page to its meaning.

Works on safe HTML when the catalogue is built, between rendering/markdown.py and the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalogue.rendering.site_texts import GlossaryEntry
from catalogue.urls import PATHS

TAG = re.compile(r"(<[^>]+>)")
# Text inside these is left alone: a link in a link, or a word quoted as code.
CLOSED_TO_LINKS = ("a", "code", "pre", "h3", "h4")


class TermLinker:
    """Links words through the sections of one page, each word once."""

    def __init__(self, glossary: Iterable[GlossaryEntry]) -> None:
        """Take the words to look for."""
        self._anchors = {form.lower(): e.anchor for e in glossary for form in e.forms}
        forms = sorted(self._anchors, key=len, reverse=True)
        joined = "|".join(re.escape(form) for form in forms)
        self._pattern = re.compile(rf"\b({joined})\b", re.IGNORECASE) if forms else None
        self._done: set[str] = set()

    def link(self, html: str) -> str:
        """Return a section's HTML with the words linked that no earlier section held."""
        if self._pattern is None:
            return html
        depth = 0
        parts = TAG.split(html)
        for place, part in enumerate(parts):
            if place % 2:
                name = part.strip("</>").split()[0].lower()
                if name in CLOSED_TO_LINKS:
                    depth += -1 if part.startswith("</") else 1
            elif not depth:
                parts[place] = self._pattern.sub(self._replace, part)
        return "".join(parts)

    def _replace(self, match: re.Match[str]) -> str:
        anchor = self._anchors[match[0].lower()]
        if anchor in self._done:
            return match[0]
        self._done.add(anchor)
        return f'<a class="term" href="{PATHS.term(anchor)}">{match[0]}</a>'
