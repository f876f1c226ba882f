"""The line pictures in static/pictures/: one SVG file each, checked when it is read.

How to draw one: docs/pictures.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from catalogue.i18n import N_
from catalogue.settings import PROJECT
from catalogue.vocabulary import Facet, Option

PICTURES_FOLDER = PROJECT / "static" / "pictures"
# Pictures that stand for a family of methods, and for a method of none.
FAMILY = "family-"
ANY_METHOD = "method"
# The parts of a picture, by class; static/pictures/pictures.css draws them.
PARTS = ("person", "listener", "facilitator", "decider", "thing", "divide", "move")
# The attributes that each element may have, beside its class.
SHAPES = {
    "g": (),
    "circle": ("cx", "cy", "r"),
    "rect": ("x", "y", "width", "height", "rx"),
    "path": ("d",),
}
# Pictures are small, as twenty of them stand on a page of results.
MAX_BYTES = 3_000
# The side of the square grid on which they are drawn.
SIDE = 64
GRID = f"0 0 {SIDE} {SIDE}"
NAME = re.compile(r"[a-z]+(-[a-z]+)*")
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBERS = re.compile(r"[\d.\s-]+")
_PATH = re.compile(r"[MLHVCSQTAZmlhvcsqtaz\d.\s,-]+")


@dataclass(frozen=True)
class Picture:
    """A picture: its title, a sentence that says what it shows, without the full stop, and its shapes as SVG."""

    name: str
    title: str
    desc: str
    shapes: str


def read_pictures(folder: Path = PICTURES_FOLDER) -> dict[str, Picture]:
    """Return the pictures of a folder by name; those with a fault are left out, which a test reports."""
    texts = {
        path.stem: path.read_text("utf-8", errors="replace")
        for path in sorted(folder.glob("*.svg"))
    }
    return {
        name: read_picture(name, text)
        for name, text in texts.items()
        if not any(picture_faults(name, text))
    }


def read_picture(name: str, text: str) -> Picture:
    """Return the picture of a text that has no faults."""
    root = _parsed(text)
    for element in root.iter():
        # In a page of HTML the elements of SVG stand without their namespace.
        element.tag = element.tag.removeprefix(_SVG)
    title, desc, *shapes = root
    written = "".join(ElementTree.tostring(shape, encoding="unicode").strip() for shape in shapes)
    shown = (desc.text or "").strip().removesuffix(".")
    return Picture(name, (title.text or "").strip(), shown, written.replace(" />", "/>"))


def picture_faults(name: str, text: str) -> Iterator[str]:
    """Yield in sentences what is wrong with the SVG of a picture, and how to fix it."""
    if not NAME.fullmatch(name):
        yield f'The name is "{name}". Use small letters from a to z, with hyphens between words.'
    if (size := len(text.encode())) > MAX_BYTES:
        yield f"The file has {size:,} bytes and the limit is {MAX_BYTES:,}. Draw fewer shapes."
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        yield "The file has a DOCTYPE or an entity. Take it out."
        return
    try:
        root = _parsed(text)
    except ElementTree.ParseError as error:
        yield f"The file is not XML that can be read ({error}). Close each tag that you open."
        return
    if root.tag != f"{_SVG}svg" or dict(root.attrib) != {"viewBox": GRID}:
        yield f'It does not begin with <svg xmlns="http://www.w3.org/2000/svg" viewBox="{GRID}">. Begin so.'
    head = [child.tag for child in root[:2]]
    if head != [f"{_SVG}title", f"{_SVG}desc"] or not all((e.text or "").strip() for e in root[:2]):
        yield "It has no <title> and <desc> first. Write what the picture is called, and one sentence that says what it shows."
        return
    if not (root[1].text or "").strip().endswith("."):
        yield "The <desc> does not end with a full stop. Write a whole sentence."
    for child in root[2:]:
        yield from _shape_faults(child, "")


def _shape_faults(element: ElementTree.Element, part: str) -> Iterator[str]:
    """Yield what is wrong with a shape or a group; `part` is the class of the group it is in."""
    tag = str(element.tag).removeprefix(_SVG)
    if tag not in SHAPES:
        yield f"<{tag}> is not used in pictures. Draw with {', '.join(f'<{t}>' for t in SHAPES)}."
        return
    attributes = dict(element.attrib)
    own = attributes.pop("class", "")
    if (own or part) not in PARTS or (own and part):
        yield f'A <{tag}> has the class "{own or part}". Give it, or the <g> round it, one of {", ".join(PARTS)}.'
    for name, value in attributes.items():
        if name not in SHAPES[tag]:
            yield f"A <{tag}> has {name}. Take it out: colours and strokes come from the class."
        elif not (_PATH if name == "d" else _NUMBERS).fullmatch(value):
            yield f'A <{tag}> has {name}="{value}". Write plain numbers without a unit.'
    if tag == "g":
        for child in element:
            yield from _shape_faults(child, own)
    elif len(element):
        yield f"A <{tag}> has something inside. Let it stand alone."


def _parsed(text: str) -> ElementTree.Element:
    """Parse a file of our own repository, once it is known to have no entity. Raises ElementTree.ParseError."""
    return ElementTree.fromstring(text)  # noqa: S314


def extract_picture(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the title and description of a picture for Babel's extractor (its plug-in protocol)."""
    picture = read_picture("", fileobj.read().decode("utf-8"))
    for text in (picture.title, picture.desc):
        yield 1, "gettext", text, []


PICTURES = read_pictures()
# What a method file can name; pictures of families are not named.
PICTURE_CHOICE = Facet(
    name="picture",
    field="picture",
    label=N_("Picture"),
    question="",
    several=False,
    shown="",
    options=tuple(
        Option(picture.name, picture.title, picture.desc)
        for picture in PICTURES.values()
        if picture.name != ANY_METHOD and not picture.name.startswith(FAMILY)
    ),
)
