"""Links the first use of each term of the glossary on a method page to its meaning, in safe HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalogue.model.letters import fold
from catalogue.rendering.site_texts import GlossaryEntry
from catalogue.urls import PATHS

TAG = re.compile(r"(<[^>]+>)")
# Elements whose text gets no links: a link must not contain one, and code is not a term.
ELEMENTS_WITHOUT_LINKS = ("a", "code", "pre", "h3", "h4", "h5", "h6")


class TermLinker:
    """Links terms in the sections of one page, each term once."""

    def __init__(self, glossary: Iterable[GlossaryEntry]) -> None:
        """Take the terms to link."""
        self._anchors = {fold(form): e.anchor for e in glossary for form in e.forms}
        forms = sorted(self._anchors, key=len, reverse=True)
        joined = "|".join(re.escape(form) for form in forms)
        self._pattern = re.compile(rf"\b({joined})\b", re.IGNORECASE) if forms else None
        self._done: set[str] = set()

    def link(self, html: str) -> str:
        """Return a section's safe HTML, with the terms linked that no earlier section contained."""
        if self._pattern is None:
            return html
        depth = 0
        parts = TAG.split(html)
        for position, part in enumerate(parts):
            if position % 2:
                name = part.strip("</>").split()[0].lower()
                if name in ELEMENTS_WITHOUT_LINKS:
                    depth += -1 if part.startswith("</") else 1
            elif not depth:
                parts[position] = self._pattern.sub(self._replace, part)
        return "".join(parts)

    def _replace(self, match: re.Match[str]) -> str:
        anchor = self._anchors[fold(match[0])]
        if anchor in self._done:
            return match[0]
        self._done.add(anchor)
        return f'<a class="term" href="{PATHS.term(anchor)}">{match[0]}</a>'
