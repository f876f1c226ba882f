"""The map of methods as SVG: marks on two axes, and names beside them where they hide nothing.

Marks that would hide each other are moved apart, and names are placed greedily, first come first served. Each mark has the
number of its row in the table, which stands in the mark on a narrow screen and where a name found no place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from textwrap import wrap

# The width of a letter of a name, in the units of the drawing: a generous mean of sans-serif type at 12 units.
LETTER = 7.2
LINE = 14


@dataclass(frozen=True)
class Mark:
    """A method on the map: its number in the table, its name, its URL, and where it stands (0 to 1, up and right)."""

    number: int
    name: str
    url: str
    x: float
    y: float


@dataclass(frozen=True)
class Sheet:
    """The measures of a drawing: its size, the margins for the axes, the radius of marks, whether it shows names.

    `letter` is the mean width of a letter beside an axis.
    """

    name: str
    width: int
    height: int
    left: int
    bottom: int
    radius: int
    named: bool
    letter: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place on the map lies on the drawing."""
        inset = self.radius + 4
        width = self.width - self.left - 2 * inset
        height = self.height - self.bottom - 2 * inset
        return self.left + inset + x * width, inset + (1 - y) * height


WIDE = Sheet("wide", 1060, 720, 92, 44, 6, named=True, letter=6.5)
NARROW = Sheet("narrow", 360, 560, 70, 40, 9, named=False, letter=5.3)

# A box on the drawing: left, top, right, bottom.
Box = tuple[float, float, float, float]
Ticks = Sequence[tuple[float, str]]
Limits = tuple[float, float] | None


@dataclass(frozen=True)
class Ruler:
    """What is written along an axis, somebody's limits on it, and whether all of it is drawn, even where no mark stands."""

    ticks: Ticks
    limits: Limits = None
    whole: bool = False


def map_svg(sheet: Sheet, marks: Sequence[Mark], across: Ruler, up: Ruler) -> str:
    """Return a sheet of the map as SVG."""
    x_span = _span([mark.x for mark in marks], across)
    y_span = _span([mark.y for mark in marks], up)
    marks = [replace(m, x=_within(x_span, m.x), y=_within(y_span, m.y)) for m in marks]
    places = _apart(sheet, marks)
    names = _names(sheet, marks, places) if sheet.named else {}
    parts = [
        _zone(sheet, _stretched(x_span, across.limits), _stretched(y_span, up.limits)),
        *_axes(sheet, _seen(x_span, across.ticks), _seen(y_span, up.ticks)),
        *(_mark(sheet, mark, places[mark.number], names.get(mark.number)) for mark in marks),
    ]
    return f'<svg class="map map--{sheet.name}" viewBox="0 0 {sheet.width} {sheet.height}">{"".join(parts)}</svg>'


def map_picture(points: Iterable[tuple[float, float]]) -> str:
    """Return a small map without names or links, for where a link leads to the whole one; `points` as those of marks."""
    dots = "".join(f"M{4 + x * 292:.0f} {116 - y * 112:.0f}h0" for x, y in dict.fromkeys(points))
    return (
        '<svg class="map-picture" viewBox="0 0 300 120" aria-hidden="true">'
        f'<path class="map__axis" d="M1 0V119H300"/><path class="map-picture__dots" d="{dots}"/></svg>'
    )


def _span(shares: Sequence[float], axis: Ruler) -> tuple[float, float]:
    """Return the part of an axis that is drawn: where marks stand, with somebody's limit, and not less than a quarter."""
    if axis.whole:
        return 0.0, 1.0
    ends = [*shares, *(end for end in axis.limits or () if 0 < end < 1)] or [0.0, 1.0]
    middle = (min(ends) + max(ends)) / 2
    half = max((max(ends) - min(ends)) / 2, 0.125)
    return middle - half, middle + half


def _within(span: tuple[float, float], share: float) -> float:
    return (share - span[0]) / (span[1] - span[0])


def _stretched(span: tuple[float, float], limits: Limits) -> Limits:
    """Return limits on the part of an axis that is drawn; an open end stays at its edge."""
    if limits is None:
        return None
    low, high = limits
    return (_within(span, low) if low else 0.0, _within(span, high) if high < 1 else 1.0)


def _seen(span: tuple[float, float], ticks: Ticks) -> Ticks:
    shares = [(_within(span, share), text) for share, text in ticks]
    return [(share, text) for share, text in shares if -0.001 <= share <= 1.001]


def _zone(sheet: Sheet, across: Limits, up: Limits) -> str:
    """Return the area within somebody's limits; it reaches to the edges where an axis has none."""
    if not (across or up):
        return ""
    left, right = across or (0.0, 1.0)
    low, high = up or (0.0, 1.0)
    (x1, y1), (x2, y2) = sheet.point(left, high), sheet.point(right, low)
    x1 = x1 if across and left else float(sheet.left)
    y2 = y2 if up and low else float(sheet.height - sheet.bottom)
    return f'<rect class="map__zone" x="{x1:.0f}" y="{y1:.0f}" width="{x2 - x1:.0f}" height="{y2 - y1:.0f}"/>'


def _axes(sheet: Sheet, x_ticks: Ticks, y_ticks: Ticks) -> Iterator[str]:
    floor = sheet.height - sheet.bottom
    lines = f"M{sheet.left} 0V{floor}H{sheet.width}"
    room = (sheet.width - sheet.left) / max(len(x_ticks), 1)
    for share, text in x_ticks:
        x, _ = sheet.point(share, 0)
        lines += f"M{x:.0f} {floor}v6"
        yield from _tick(sheet, text, room, x, floor + 22)
    for share, text in y_ticks:
        _, y = sheet.point(0, share)
        lines += f"M{sheet.left} {y:.0f}h-6"
        yield from _tick(sheet, text, sheet.left - 12, sheet.left - 9, y + 4, up=True)
    yield f'<path class="map__axis" d="{lines}"/>'


def _tick(
    sheet: Sheet, text: str, room: float, x: float, y: float, *, up: bool = False
) -> Iterator[str]:
    """Yield what is written at a place of an axis, in as many lines as it needs in a room of that width."""
    written = wrap(text, max(1, int(room / sheet.letter)), break_long_words=False)
    # Beside the axis that goes up the lines stand about its tick, below the other from there on.
    y -= (len(written) - 1) * LINE / 2 if up else 0
    for number, line in enumerate(written):
        # The last text of the axis would stick out of the drawing.
        at_edge = not up and x + len(line) * sheet.letter / 2 > sheet.width
        left = sheet.width - 2 if at_edge else x
        side = " map__tick--end" if up or at_edge else ""
        yield f'<text class="map__tick{side}" x="{left:.0f}" y="{y + number * LINE:.0f}">{escape(line)}</text>'


def _apart(sheet: Sheet, marks: Iterable[Mark]) -> dict[int, tuple[float, float]]:
    """Return a place for each mark, by number: its own, or the nearest one where it hides no other."""
    places: dict[int, tuple[float, float]] = {}
    least = 2 * (sheet.radius + 2 * sheet.named) + 1
    low_x, high_y = sheet.point(0, 0)
    high_x, low_y = sheet.point(1, 1)
    for mark in marks:
        centre = sheet.point(mark.x, mark.y)
        for x, y in _around(centre, least / 2):
            inside = low_x <= x <= high_x and low_y <= y <= high_y
            if inside and all(math.dist((x, y), other) >= least for other in places.values()):
                places[mark.number] = (x, y)
                break
        else:
            places[mark.number] = centre
    return places


def _around(centre: tuple[float, float], step: float) -> Iterator[tuple[float, float]]:
    """Yield a point, then points in growing circles round it."""
    yield centre
    for ring in range(1, 25):
        for turn in range(6 * ring):
            angle = math.tau * turn / (6 * ring)
            yield (
                centre[0] + ring * step * math.cos(angle),
                centre[1] + ring * step * math.sin(angle),
            )


def _names(
    sheet: Sheet, marks: Iterable[Mark], places: dict[int, tuple[float, float]]
) -> dict[int, tuple[float, float, str]]:
    """Return where names stand that hide nothing, by number: x, y of the text and its anchor."""
    reach = sheet.radius + 1
    taken: list[Box] = [(x - reach, y - reach, x + reach, y + reach) for x, y in places.values()]
    found = {}
    for mark in marks:
        for box, text in _beside(places[mark.number], len(mark.name) * LETTER, sheet.radius + 4):
            inside = box[0] > sheet.left and box[2] < sheet.width and box[1] > 0
            inside = inside and box[3] < sheet.height - sheet.bottom
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found[mark.number] = text
                break
    return found


def _beside(
    place: tuple[float, float], length: float, gap: float
) -> Iterator[tuple[Box, tuple[float, float, str]]]:
    """Yield the boxes where a name may stand: right, left, above and below its mark."""
    x, y = place
    half = LINE / 2
    yield (x + gap, y - half, x + gap + length, y + half), (x + gap, y + 4, "start")
    yield (x - gap - length, y - half, x - gap, y + half), (x - gap, y + 4, "end")
    for edge in (y - gap - LINE, y + gap):
        box = (x - length / 2, edge, x + length / 2, edge + LINE)
        yield box, (x, edge + LINE - 3, "middle")


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _mark(
    sheet: Sheet, mark: Mark, place: tuple[float, float], name: tuple[float, float, str] | None
) -> str:
    """Return a mark as a link; without a place for its name it shows its number."""
    x, y = place
    if name:
        text_x, text_y, anchor = name
        label = f'<text class="map__name" x="{text_x:.0f}" y="{text_y:.0f}" text-anchor="{anchor}">{escape(mark.name)}</text>'
    else:
        label = f'<text class="map__number" x="{x:.0f}" y="{y + 3:.0f}">{mark.number}</text>'
    # What is said begins with what is seen.
    said = escape(mark.name if name else f"{mark.number} {mark.name}")
    radius = sheet.radius if name or not sheet.named else sheet.radius + 2
    return (
        f'<a href="{escape(mark.url)}" aria-label="{said}"><title>{escape(mark.name)}</title>'
        f'<circle class="map__mark{"" if name else " map__mark--numbered"}" cx="{x:.0f}" cy="{y:.0f}" r="{radius}"/>{label}</a>'
    )
