"""What a visitor has chosen so far, to compare and to plan with. It lives in addresses alone: there are no cookies.

On the page of a set it is `m`; elsewhere it is carried under its own name, `compare` or `plan`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from catalogue.model.sizes import SIZES, USUAL
from catalogue.search.parameters import Notice, Parameters, read_values, readable

# The names under which a choice is carried through pages other than those of its two sets.
CARRIED = ("compare", "plan")
MAX_COMPARED = 4
MAX_STEPS = 12
# A query string as pairs; values come percent-encoded when they are joined.
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Pick:
    """A method that somebody chose to compare or to plan with, in one size; nothing says that the method exists."""

    slug: str
    size: str = USUAL

    def __str__(self) -> str:
        """Write it as in an address: "survey", "survey:light"."""
        return self.slug if self.size == USUAL else f"{self.slug}:{self.size}"


@dataclass(frozen=True)
class Chosen:
    """The methods to compare, and the steps of the plan, in their order."""

    compare: tuple[Pick, ...] = ()
    plan: tuple[Pick, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.compare or self.plan)

    def carried(self) -> list[tuple[str, str]]:
        """Return the parameters that carry the choice through other pages."""
        return [("compare", str(p)) for p in self.compare] + [("plan", str(p)) for p in self.plan]

    def compare_query(self, more: Pairs = ()) -> str:
        """Return the query string of the page that compares, with `more` parameters of it."""
        own = [("m", str(p)) for p in self.compare] + [("plan", str(p)) for p in self.plan]
        return query([*own, *more])

    def plan_query(self, more: Pairs = ()) -> str:
        """Return the query string of the page of the plan, with `more` parameters of it."""
        own = [("m", str(p)) for p in self.plan] + [("compare", str(p)) for p in self.compare]
        return query([*own, *more])

    def with_compared(self, pick: Pick) -> Chosen:
        """Return the choice with one more method to compare."""
        return replace(self, compare=tuple(dict.fromkeys((*self.compare, pick))))

    def with_step(self, pick: Pick) -> Chosen:
        """Return the choice with one more step of the plan."""
        return replace(self, plan=tuple(dict.fromkeys((*self.plan, pick))))


NOTHING_CHOSEN = Chosen()


def query(pairs: Pairs) -> str:
    """Return a query string with its question mark; "" without parameters. The colon of a size stays readable."""
    text = "&".join(f"{quote(name, safe=':')}={quote(value, safe=':')}" for name, value in pairs)
    return f"?{text}" if text else ""


def read_picks(
    name: str, parameters: Parameters, maximum: int, notices: list[Notice]
) -> tuple[Pick, ...]:
    """Read methods with their sizes, such as "survey" and "survey:light", in their order and each once."""
    picks = []
    for value in read_values(name, parameters):
        slug, _, size = value.partition(":")
        if size and size not in SIZES:
            notices.append(Notice("size-unknown", name, readable(value), SIZES))
        # A size without a method, such as ":light", names nothing.
        if slug := slug.strip().lower():
            picks.append(Pick(slug, size if size in SIZES else USUAL))
    kept = tuple(dict.fromkeys(picks))
    if len(kept) > maximum:
        left = [readable(str(pick)) for pick in kept[maximum:]]
        notices.append(Notice("picks-many", name, str(maximum), tuple(left)))
    return kept[:maximum]


def read_chosen(
    parameters: Parameters, notices: list[Notice], compare: str = "compare", plan: str = "plan"
) -> Chosen:
    """Read the choice from a query string; `compare` and `plan` are the names of its two sets there."""
    return Chosen(
        read_picks(compare, parameters, MAX_COMPARED, notices),
        read_picks(plan, parameters, MAX_STEPS, notices),
    )
