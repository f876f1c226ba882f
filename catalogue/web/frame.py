"""The frame of a page that is the same in every answer: rendered once, filled in for each request.

A results page has a dozen places that differ; the rest of its 40 kB is made here once for each site. Used
by pages.py alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app, render_template
from markupsafe import Markup

from catalogue.serving import Serving
from catalogue.web.fragments import CUT


class Slots:
    """What a template writes where something is to be filled in: `{{ slots.title }}`."""

    def __getattr__(self, name: str) -> Markup:
        """Return the mark of a place by its name."""
        return Markup(f"{CUT}{name}{CUT}")  # noqa: S704  (a name from a template of ours)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the page of a template with HTML in its slots. Raises KeyError for a slot without a value."""
    parts = _frame(template).copy()
    # Every other part is the name of a slot.
    parts[1::2] = [values[name] for name in parts[1::2]]
    return "".join(parts)


def _frame(template: str) -> list[str]:
    """Return the rendered template cut at its slots; in development it is rendered each time."""
    serving: Serving = current_app.extensions["catalogue"]
    kept: dict[str, list[str]] = current_app.extensions.setdefault("frames", {})
    if template in kept:
        return kept[template]
    parts = render_template(template, slots=Slots()).split(CUT)
    if not serving.settings.reload:
        kept[template] = parts
    return parts
