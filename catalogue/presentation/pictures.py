"""The picture of a method as SVG for a page, and what it shows in words."""

from __future__ import annotations

from catalogue.i18n import gettext
from catalogue.model.pictures import ANY_METHOD, FAMILY, GRID, PICTURES, Picture


def picture_of(name: str, family: str) -> Picture:
    """Return the picture of a method: its own, else that of its family, else the one for any method.

    `name` and `family` are the values of these fields, "" where not known.
    """
    own, of_family = PICTURES.get(name), PICTURES.get(f"{FAMILY}{family}")
    return own or of_family or PICTURES[ANY_METHOD]


def picture_svg(name: str, family: str) -> str:
    """Return that picture as SVG, hidden from screen readers: the name of the method stands beside it."""
    return svg(picture_of(name, family).shapes)


def picture_caption(name: str, family: str) -> str:
    """Say in a sentence what that picture shows."""
    return f"{gettext(picture_of(name, family).desc)}."


def svg(shapes: str, box: str = GRID) -> str:
    """Return shapes, SVG of our own making, as a picture whose size the style sheet sets; `box` is its viewBox."""
    start = f'<svg class="picture" viewBox="{box}" width="64" height="64" aria-hidden="true" focusable="false">'
    return f"{start}{shapes}</svg>"
