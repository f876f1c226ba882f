"""The facets, options, ranges and sections of the catalogue, as checked values.

They are written in vocabulary.yaml, which contributors can read and extend, and loaded once. All files of ours in YAML are read as it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import yaml

VOCABULARY_FILE = Path(__file__).with_name("vocabulary.yaml")

# The compiled loader of PyYAML gives what yaml.safe_load does in a seventh of the time; a PyYAML built from source may lack it.
LOADER = cast(type[yaml.SafeLoader], getattr(yaml, "CSafeLoader", yaml.SafeLoader))

# The option of methods without a value in a facet; never written in a file.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Option:
    """One choice: `value` is written in files and URLs, `label` is what people read, `group` the label of its group."""

    value: str
    label: str
    help: str = ""
    group: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facet:
    """A property methods are described and filtered by, with its options in their order.

    `name` is the parameter in URLs, `field` the key in a method file. `shown` is the location of
    its filter: "first", "more", or "page" for facets shown on the method page only; `group` is
    the heading above it among those shown under "more". With `fact`, words of a search that name an option are a fact, and methods that have it rank higher.
    """

    name: str
    field: str
    label: str
    question: str
    several: bool
    shown: str
    options: tuple[Option, ...]
    fact: bool = False
    group: str = ""

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The values of the options, in order."""
        return tuple(option.value for option in self.options)

    @cached_property
    def by_value(self) -> dict[str, Option]:
        """Each option by its value."""
        return {option.value: option for option in self.options}

    @cached_property
    def by_synonym(self) -> dict[str, str]:
        """The value of each label and synonym, in lowercase; the first option wins."""
        words = {}
        for option in reversed(self.options):
            for word in (option.label, *option.synonyms):
                words[word.lower()] = option.value
        return words


@dataclass(frozen=True)
class NumberRange:
    """A filter by number; `single` says whether one number is a point or an upper limit."""

    name: str
    field: str
    label: str
    question: str
    unit: str
    example: str
    single: str


@dataclass(frozen=True)
class CostBand:
    """A band of cost in GBP: it starts at `low` and ends below `high` (infinite for the last)."""

    value: str
    low: float
    high: float


@dataclass(frozen=True)
class StandardSection:
    """A section that the text of each method has, or may have; code knows it by `id`, files and people by `heading`.

    `synonyms` are other forms of the heading, in lowercase; a method may be without one that is `optional`.
    """

    id: str
    heading: str
    synonyms: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Everything in vocabulary.yaml."""

    facets: dict[str, Facet]
    choices: dict[str, Facet]
    ranges: dict[str, NumberRange]
    cost_bands: tuple[CostBand, ...]
    gbp_rates: dict[str, float]
    sections: dict[str, StandardSection]

    @cached_property
    def filters(self) -> tuple[Facet, ...]:
        """The facets people can filter by, in the order of the panel and of URLs."""
        return tuple(facet for facet in self.facets.values() if facet.shown in ("first", "more"))

    @cached_property
    def required_sections(self) -> tuple[str, ...]:
        """The ids of the sections that every method has, in order."""
        return tuple(id for id, section in self.sections.items() if not section.optional)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings that every method has, in order."""
        return tuple(self.sections[id].heading for id in self.required_sections)

    @cached_property
    def section_ids(self) -> dict[str, str]:
        """The id of each section, optional ones too, by its heading, in order."""
        return {section.heading: section.id for section in self.sections.values()}

    def cost_band(self, low: float | None, high: float | None) -> str:
        """Return the band of the geometric mean of two costs in GBP.

        A low of zero counts as 1, so that the mean exists. Source: reference table D7,
        "compute the band from the geometric middle". At least one of the two must be a number.
        """
        ends = [max(end, 1.0) for end in (low, high) if end is not None]
        mean = math.prod(ends) ** (1 / len(ends))
        return next(band.value for band in self.cost_bands if mean < band.high)


def read_yaml(path: Path) -> Any:
    """Return what a YAML file in UTF-8 holds. Raises OSError, UnicodeDecodeError or yaml.YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506 - a safe loader by another name


def load_vocabulary(path: Path = VOCABULARY_FILE) -> Vocabulary:
    """Read the vocabulary file. Raises KeyError or yaml.YAMLError if it was edited wrongly."""
    data = read_yaml(path)
    cost_options = data["facets"]["cost"]["options"]
    return Vocabulary(
        facets={name: _facet(name, entry) for name, entry in data["facets"].items()},
        choices={name: _facet(name, entry) for name, entry in data["choices"].items()},
        ranges={name: NumberRange(name=name, **entry) for name, entry in data["ranges"].items()},
        cost_bands=tuple(
            CostBand(o["value"], o["low"], math.inf if o["high"] is None else o["high"])
            for o in cost_options
        ),
        gbp_rates={o["value"]: o["per_gbp"] for o in data["choices"]["currency"]["options"]},
        sections={
            entry["id"]: StandardSection(
                entry["id"],
                entry["heading"],
                tuple(entry["synonyms"]),
                entry.get("optional", False),
            )
            for entry in data["sections"]
        },
    )


def _facet(name: str, entry: dict[str, Any]) -> Facet:
    return Facet(
        name=name,
        field=entry.get("field", name),
        label=entry["label"],
        question=entry.get("question", ""),
        several=entry.get("several", False),
        shown=entry.get("shown", ""),
        fact=entry.get("fact", False),
        group=entry.get("group", ""),
        options=tuple(
            Option(
                value=option["value"],
                label=option["label"],
                help=option.get("help", ""),
                group=option.get("group", ""),
                synonyms=tuple(option.get("synonyms", ())),
            )
            for option in entry["options"]
        ),
    )


VOCABULARY = load_vocabulary()
