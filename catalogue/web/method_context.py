"""The template context of one method, for its page and for a preview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from catalogue.i18n import gettext, number
from catalogue.model.completeness import completeness, review_due
from catalogue.model.method import Method
from catalogue.model.sizes import PREFERRED, runs
from catalogue.presentation.drawings.pictures import picture_caption, picture_svg, with_pictures
from catalogue.presentation.drawings.rooms import room_view
from catalogue.presentation.drawings.scales import limit_marks, scale_rows
from catalogue.presentation.drawings.timeline_bars import weeks_axis
from catalogue.presentation.formatting import day_text
from catalogue.presentation.glance import glance
from catalogue.presentation.practice_texts import practice_rows
from catalogue.presentation.size_views import size_views, timeline, verdict
from catalogue.presentation.use_tomorrow import SECTION as USE_TOMORROW
from catalogue.presentation.use_tomorrow import with_scrolling_sheets
from catalogue.presentation.view_models import card_view
from catalogue.rendering.signs import signs_in, with_signs
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY
from catalogue.web.guidance_context import guides_of, rules_of
from catalogue.web.request_context import live_build

# The section that tells a method from those it is taken for.
LOOK_ALIKES = "confused-with"


@dataclass(frozen=True)
class PageSection:
    """A rendered section; `anchor` is the fragment of its URL, the id unless an earlier section has it."""

    id: str
    heading: str
    html: str
    anchor: str


def method_context(
    current: Snapshot,
    method: Method,
    sections: tuple[tuple[str, str], ...],
    limits: dict[str, tuple[float, float]],
) -> dict[str, object]:
    """Return the context of `method/_method.html`; `sections` are (section id, safe HTML) in order.

    `limits` are the ranges that a size must meet, by name; {} if nobody set any.
    """
    sizes = size_views(method, limits)
    shown = min(sizes, key=lambda s: (not s.fits, PREFERRED.index(s.size)))
    rows = list(glance(method))
    notes = [row.note for row in rows]
    notes += [row.note for size in sizes for row in size.rows]
    scales = scale_rows(runs(method), shown.size, limits)
    notes += [row.note for row in scales]
    due = review_due(method.last_reviewed)
    return {
        "method": method,
        "sections": list(_page_sections(current, sections)),
        "rows": rows,
        "signs": signs_in((*notes, *(html for _, html in sections))),
        "sizes": sizes,
        "shown": shown,
        "scales": scales,
        "limit_marks": limit_marks(limits),
        "picture": picture_svg(method.picture, method.family),
        "picture_caption": picture_caption(method.picture, method.family),
        "room": room_view(method, limits.get("people")),
        "verdict": verdict(sizes, limits),
        "steps": list(timeline(method)),
        "weeks_axis": weeks_axis(method) if method.timeline else "",
        "related": [
            current.cards[current.ordinals[s]] for s in method.related if s in current.ordinals
        ],
        "case_slugs": [current.case_slugs.get((method.slug, case), "") for case in method.cases],
        "practice": practice_rows(method, uses := current.uses.get(method.slug, [])),
        "uses": len(uses),
        "guides": guides_of(method),
        "rules": rules_of(method, live_build().settings.country),
        "facets": VOCABULARY.facets,
        "inclusion_unknown": ", ".join(_inclusion_unknown(method)),
        "complete": completeness(method),
        "due": due,
        "overdue": due is not None and due < date.today(),
        "choices": VOCABULARY.choices,
        "day": day_text,
        "number": number,
    }


def _inclusion_unknown(method: Method) -> Iterator[str]:
    """Yield the labels of the options of inclusion of which a method says nothing, if it says something of others."""
    states = (method.inclusion, method.inclusion_possible, method.inclusion_unsuitable)
    said = {value for state in states for value in state}
    for option in VOCABULARY.facets["inclusion"].options:
        if said and option.value not in said:
            yield gettext(option.label)


def _page_sections(
    current: Snapshot, sections: tuple[tuple[str, str], ...]
) -> Iterator[PageSection]:
    def picture(slug: str) -> str:
        known = current.ordinals.get(slug)
        return "" if known is None else card_view(current.cards[known]).picture

    seen: set[str] = set()
    for ordinal, (section, html) in enumerate(sections, start=1):
        # Only a draft has two sections under one heading.
        anchor = f"{section}-{ordinal}" if section in seen else section
        seen.add(section)
        if section == USE_TOMORROW:
            html = with_scrolling_sheets(html)
        if section == LOOK_ALIKES:
            html = with_pictures(html, picture)
        yield PageSection(section, VOCABULARY.sections[section].heading, with_signs(html), anchor)
