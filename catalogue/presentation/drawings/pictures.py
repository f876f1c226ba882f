"""The picture of a method as SVG for a page, and what it shows in words."""

from __future__ import annotations

import re
from collections.abc import Callable

from catalogue.i18n import gettext
from catalogue.model.pictures import ANY_METHOD, FAMILY, PICTURES, SIDE, Picture

# How many pixels a unit of a drawing takes where nothing else sets its size.
PIXELS = 2.5
# An item of a list that begins with the link to a method, in the HTML of a build.
LINKED_ITEM = re.compile(r'<li>(?=\s*(?:<p>\s*)?<a href="/methods/(?P<slug>[a-z0-9-]+)")')


def picture_of(name: str, family: str) -> Picture:
    """Return the picture of a method: its own, else that of its family, else the one for any method.

    `name` and `family` are the values of these fields, "" where not known.
    """
    own, of_family = PICTURES.get(name), PICTURES.get(f"{FAMILY}{family}")
    return own or of_family or PICTURES[ANY_METHOD]


def picture_svg(name: str, family: str = "") -> str:
    """Return that picture as SVG, hidden from screen readers: the name of the method stands beside it."""
    return svg(picture_of(name, family).shapes)


def picture_caption(name: str, family: str) -> str:
    """Say in a sentence what that picture shows."""
    return f"{gettext(picture_of(name, family).desc)}."


def svg(
    shapes: str, width: float = SIDE, height: float = SIDE, left: float = 0, top: float = 0
) -> str:
    """Return shapes, SVG of our own making, as a picture of this viewBox; the style sheet sets its size on the page."""
    # Its size in pixels where the style sheet leaves it to the picture.
    wide, high = round(width * PIXELS), round(height * PIXELS)
    box = f"{left:.4g} {top:.4g} {width:.4g} {height:.4g}"
    return (
        f'<svg class="picture" viewBox="{box}" width="{wide}" height="{high}" '
        f'aria-hidden="true" focusable="false">{shapes}</svg>'
    )


def with_pictures(html: str, picture: Callable[[str], str]) -> str:
    """Return the HTML of a section in which each item that begins with a method has its picture in front.

    `picture` gives the SVG of a slug, "" for one that is no method; such an item stays as it is.
    """

    def pictured(item: re.Match[str]) -> str:
        shown = picture(item["slug"])
        return f'<li class="alike">{shown}' if shown else item[0]

    return LINKED_ITEM.sub(pictured, html)
