"""The tables of the open data: one definition of each, from which CSV, Table Schema and SQLite are made.

A column never changes its type or meaning; new ones are added at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from catalogue.model.method import POSSIBLE, Method, Range
from catalogue.model.sizes import runs
from catalogue.urls import PATHS
from catalogue.uses.use import FIELDS, Use
from catalogue.vocabulary import VOCABULARY

Type = Literal["string", "number", "integer", "boolean", "date"]
Value = str | int | float | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    """A column: its name, its type by the Frictionless Table Schema, and its meaning."""

    name: str
    type: Type
    meaning: str


@dataclass(frozen=True)
class Table:
    """A table: `rows` yields those of one method, `key` names the columns that make a row unique.

    `rows` takes the method, the address of the site, and the reports from practice on it. Its first column is the slug of the method, which is the key of the table of methods.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Method, str, Sequence[Use]], Iterator[Row]]


SLUG = Column("slug", "string", "The name of the method in addresses.")
POSITION = Column("position", "integer", "Its place among those of the method, from 1.")


def _ends(numbers: Range | None) -> tuple[Value, Value]:
    return (numbers.low, numbers.high) if numbers else (None, None)


def _methods(method: Method, site_url: str, *_: object) -> Iterator[Row]:
    reviewed = method.last_reviewed.isoformat() if method.last_reviewed else None
    yield (
        *(method.slug, method.title, method.summary, site_url + PATHS.method(method.slug)),
        *(reviewed, method.licence or None),
    )


def _names(method: Method, *_: object) -> Iterator[Row]:
    for kind, texts in (("alias", method.aliases), ("need", method.asked_as)):
        for n, text in enumerate(texts, start=1):
            yield (
                method.slug,
                kind,
                n,
                text,
                method.languages.get(text) if kind == "alias" else None,
            )


def _options(method: Method, *_: object) -> Iterator[Row]:
    for facet in VOCABULARY.facets:
        yield from (
            (method.slug, facet, value, n, False)
            for n, value in enumerate(method.choices(facet), start=1)
        )
    for facet in POSSIBLE:
        yield from (
            (method.slug, facet, value, n, True)
            for n, value in enumerate(method.possible(facet), start=1)
        )


def _sizes(method: Method, *_: object) -> Iterator[Row]:
    for run in runs(method):
        cost, people = run.cost, run.people
        yield (
            *(method.slug, run.size, *_ends(people), people.counts if people else None),
            *(*_ends(run.weeks), *_ends(run.hours), *_ends(run.staff_days)),
            *((cost.low, cost.high, cost.currency, cost.year, cost.basis, cost.band) if cost else (None,) * 6),
            *(run.facilitation or None, run.in_short or None, run.gives_up or None),
        )  # fmt: skip


def _steps(method: Method, *_: object) -> Iterator[Row]:
    for n, step in enumerate(method.timeline, start=1):
        light = (step.light_start, step.light_end, step.in_light)
        yield (method.slug, n, step.step, step.who or None, step.start, step.end, *light)


def _cases(method: Method, *_: object) -> Iterator[Row]:
    for n, case in enumerate(method.cases, start=1):
        yield (
            *(method.slug, n, case.title, case.place or None, case.country or None, case.sector or None),
            *(case.year, case.participants, case.result or None, case.outcome, case.url or None),
        )  # fmt: skip


def _sources(method: Method, *_: object) -> Iterator[Row]:
    for n, source in enumerate(method.sources, start=1):
        rest = (source.by, source.year, source.url or None, source.independent)
        yield (method.slug, n, source.title, *rest)


def _credits(method: Method, *_: object) -> Iterator[Row]:
    for n, credit in enumerate(method.contributors, start=1):
        yield (method.slug, n, credit.name, credit.role or None, credit.url or None)


def _moved(method: Method, *_: object) -> Iterator[Row]:
    for kind, slugs in (("moved", method.was), ("split", method.split_from)):
        yield from ((method.slug, old, kind) for old in slugs)


def _sections(method: Method, *_: object) -> Iterator[Row]:
    for n, section in enumerate(method.sections, start=1):
        heading = VOCABULARY.sections[section.id].heading
        yield (method.slug, n, section.id, heading, section.markdown)


def _uses(method: Method, _site_url: str, uses: Sequence[Use]) -> Iterator[Row]:
    for use in uses:
        said = (getattr(use, field.name) for field in FIELDS if field.name != "method")
        yield (method.slug, use.slug, *(None if value == "" else value for value in said))


def _numbers(name: str, meaning: str) -> tuple[Column, Column]:
    return (
        Column(f"{name}_min", "number", f"{meaning}, the smallest."),
        Column(f"{name}_max", "number", f"{meaning}, the largest; empty for no upper limit."),
    )


TABLES = (
    Table("methods", "One row for each method.", (
        SLUG,
        Column("title", "string", "Its title."),
        Column("summary", "string", "What happens, in a sentence."),
        Column("url", "string", "The address of its page; without a host if the site has none set."),
        Column("last_reviewed", "date", "The day on which its page was last reviewed."),
        Column("licence", "string", "The licence of its text."),
    ), ("slug",), _methods),
    Table("names", "Its other names, and the needs it is asked for.", (
        SLUG,
        Column("kind", "string", "alias (another name) or need (what a practitioner would type)."),
        POSITION,
        Column("text", "string", "The name or need."),
        Column("language", "string", "The language of a foreign name, by its code in BCP 47; empty for English."),
    ), ("slug", "kind", "position"), _names),
    Table("options", "The options that a method has in each facet of the vocabulary.", (
        SLUG,
        Column("facet", "string", "The facet, as in the addresses of searches."),
        Column("value", "string", "The option, as in the addresses of searches."),
        POSITION,
        Column("possible", "boolean", "true if it only helps with it, or suits after adaptation."),
    ), ("slug", "facet", "value"), _options),
    Table("sizes", "The figures of the light, usual and large run.", (
        SLUG,
        Column("size", "string", "light, usual or large."),
        *_numbers("people", "People in all"),
        Column("people_counts", "string", "What is counted: taking-part, reached or requests."),
        *_numbers("weeks", "Weeks from the idea to the result"),
        *_numbers("hours", "Hours it takes of each participant"),
        *_numbers("staff_days", "Days of the organiser's own staff"),
        Column("cost_low", "number", "Outside spending, the lower figure; empty if not known."),
        Column("cost_high", "number", "Outside spending, the higher figure; empty if not known."),
        Column("cost_currency", "string", "The currency of both figures."),
        Column("cost_year", "integer", "The year of the prices."),
        Column("cost_basis", "string", "Where figures or band come from."),
        Column("cost_band", "string", "The band the cost falls into."),
        Column("facilitation", "string", "The skill needed to run it."),
        Column("in_short", "string", "What happens; empty for the usual run."),
        Column("gives_up", "string", "What this size gives up, or asks more of you."),
    ), ("slug", "size"), _sizes),
    Table("steps", "The timeline, in weeks from the start.", (
        SLUG, POSITION,
        Column("step", "string", "Its name."),
        Column("who", "string", "Who does it."),
        Column("start", "number", "The week in which it begins in the usual run, from 0."),
        Column("end", "number", "The week in which it ends."),
        Column("light_start", "number", "The week in which it begins in the light run, where that differs."),
        Column("light_end", "number", "The week in which it ends in the light run."),
        Column("in_light", "boolean", "false if the light run leaves it out."),
    ), ("slug", "position"), _steps),
    Table("cases", "Real uses and what came of them.", (
        SLUG, POSITION,
        Column("title", "string", "What it was called."),
        Column("place", "string", "Town or area."),
        Column("country", "string", "Country."),
        Column("sector", "string", "The part of public life it was about."),
        Column("year", "integer", "The year it happened, or was reported."),
        Column("participants", "number", "How many people took part."),
        Column("result", "string", "Whether it worked."),
        Column("outcome", "string", "What came of it."),
        Column("url", "string", "A page that tells of it."),
    ), ("slug", "position"), _cases),
    Table("sources", "Where the facts are from.", (
        SLUG, POSITION,
        Column("title", "string", "The title of the page or publication."),
        Column("by", "string", "Who published it."),
        Column("year", "integer", "The year it was published."),
        Column("url", "string", "The publisher's own page."),
        Column("independent", "boolean", "true if its publisher does not promote the method."),
    ), ("slug", "position"), _sources),
    Table("contributors", "Who worked on the page of a method.", (
        SLUG, POSITION,
        Column("name", "string", "Their name."),
        Column("role", "string", "What they did."),
        Column("url", "string", "A page about them."),
    ), ("slug", "position"), _credits),
    Table("sections", "The text of each method, as Markdown.", (
        SLUG, POSITION,
        Column("section", "string", "Which standard section it is."),
        Column("heading", "string", "Its heading."),
        Column("markdown", "string", "The text as it stands in the file."),
    ), ("slug", "position"), _sections),
    Table("moved", "Names that methods had in addresses before, and methods that were divided.", (
        Column("slug", "string", "The name of the method now."),
        Column("old", "string", "A name it had, or that of a method which was divided into it and others."),
        Column("kind", "string", "moved (renamed) or split (divided)."),
    ), ("slug", "old"), _moved),
    Table("uses", "Reports from practice: one row for each use of a method that somebody told us of.", (
        SLUG,
        Column("report", "string", "The name of the report, as that of its file."),
        *(Column(field.name, "number" if field.type == "number" else "string", field.meaning)
          for field in FIELDS if field.name != "method"),
    ), ("slug", "report"), _uses),
)  # fmt: skip
