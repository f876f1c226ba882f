"""The links of a card that add its method to what is compared and to the plan, put together for each request."""

from __future__ import annotations

from functools import lru_cache

from flask import render_template
from markupsafe import escape

from catalogue.search.chosen import Chosen, Pick
from catalogue.search.search_request import limit_pairs
from catalogue.web.choice.carried import plan_pairs
from catalogue.web.results.html import CUT


class CardLinks:
    """Writes the links of a card that add its method to the choice of one request."""

    def __init__(
        self, chosen: Chosen, limits: dict[str, tuple[float, float]], language: str
    ) -> None:
        """Take the choice and the limits, which both pages draw, and what cached HTML depends on besides its values."""
        more = limit_pairs(limits)
        self._parts = _card_links(language)
        self._compare, self._plan = (
            str(escape(f"{text}&" if text else "?"))
            for text in (chosen.compare_query(more), chosen.plan_query(plan_pairs(limits)))
        )

    def html(self, slug: str, size: str, title: str) -> bytes:
        """Return the links of a method in a size as HTML."""
        pick, name = f"m={Pick(slug, size)}", str(escape(title))
        values = (f"{self._compare}{pick}", name, f"{self._plan}{pick}", name)
        parts = [self._parts[0]]
        for value, text in zip(values, self._parts[1:], strict=True):
            parts += (value, text)
        return "".join(parts).encode()


@lru_cache(maxsize=16)
def _card_links(_language: str) -> list[str]:
    return render_template("search/_card_links.html", cut=CUT).split(CUT)
