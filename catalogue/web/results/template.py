"""Templates that are rendered once, with named slots that are filled in for each request.

A results page differs in a dozen slots; the rest of its 40 kB is rendered once for each site.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app, render_template
from markupsafe import Markup

from catalogue.search.live_build import LiveBuild
from catalogue.web.results.html import CUT

# The HTML between the slots of a template, and the names of the slots.
Parts = tuple[list[bytes], list[str]]


class Slots:
    """What a template writes where something is to be filled in: `{{ slots.title }}`."""

    def __getattr__(self, name: str) -> Markup:
        """Return the mark of a slot by its name."""
        return Markup(f"{CUT}{name}{CUT}")  # noqa: S704  (a name from a template of ours)


def fill(template: str, values: Mapping[str, str | bytes]) -> bytes:
    """Return the page of a template, as UTF-8, with HTML in its slots.

    Large values come as bytes, encoded when they were rendered. Raises KeyError for a slot without a value.
    """
    texts, slots = _parts(template)
    parts = [texts[0]]
    for name, text in zip(slots, texts[1:], strict=True):
        value = values[name]
        parts += (value if isinstance(value, bytes) else value.encode(), text)
    return b"".join(parts)


def _parts(template: str) -> Parts:
    """Return the rendered template cut at its slots; cached but where RELOAD is set."""
    extensions = current_app.extensions
    cache: dict[str, Parts] = extensions.setdefault("template_parts", {})
    if template in cache:
        return cache[template]
    # Every other text is the name of a slot.
    rendered = render_template(template, slots=Slots()).split(CUT)
    parts = [text.encode() for text in rendered[::2]], rendered[1::2]
    live_build: LiveBuild = extensions["catalogue"]
    if not live_build.settings.reload:
        cache[template] = parts
    return parts
