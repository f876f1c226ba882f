"""The frame of a page that is the same in every answer: rendered once, filled in for each request.

A results page has a dozen places that differ; the rest of its 40 kB is made here once for each site. Used
by web/views/pages.py alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app, render_template
from markupsafe import Markup

from catalogue.search.live_build import LiveBuild
from catalogue.web.results.html import CUT

# The fixed texts of a page, and the names of the slots between them.
Frame = tuple[list[bytes], list[str]]


class Slots:
    """What a template writes where something is to be filled in: `{{ slots.title }}`."""

    def __getattr__(self, name: str) -> Markup:
        """Return the mark of a place by its name."""
        return Markup(f"{CUT}{name}{CUT}")  # noqa: S704  (a name from a template of ours)


def fill(template: str, values: Mapping[str, str | bytes]) -> bytes:
    """Return the page of a template, as UTF-8, with HTML in its slots.

    Large pieces come as bytes, encoded when they were made. Raises KeyError for a slot without a value.
    """
    texts, slots = _frame(template)
    parts = [texts[0]]
    for name, text in zip(slots, texts[1:], strict=True):
        value = values[name]
        parts += (value if isinstance(value, bytes) else value.encode(), text)
    return b"".join(parts)


def _frame(template: str) -> Frame:
    """Return the rendered template cut at its slots; in development it is rendered each time."""
    extensions = current_app.extensions
    kept: dict[str, Frame] = extensions.setdefault("frames", {})
    if template in kept:
        return kept[template]
    # Every other part is the name of a slot.
    parts = render_template(template, slots=Slots()).split(CUT)
    frame = [text.encode() for text in parts[::2]], parts[1::2]
    live_build: LiveBuild = extensions["catalogue"]
    if not live_build.settings.reload:
        kept[template] = frame
    return frame
