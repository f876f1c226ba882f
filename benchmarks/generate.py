"""Makes a folder of realistic method files from the real ones, for measuring at any size.

`python -m benchmarks.generate FOLDER --count 1000 --seed 1`. The same count and seed
always make the same files; they pass `catalogue check`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import frontmatter

from benchmarks.mixing import Body, Names, mix_body, mix_summary
from catalogue.model.fields import FIELDS
from catalogue.model.method import split_language
from catalogue.model.slugs import proposed_slug
from catalogue.settings import PROJECT
from catalogue.validation.fact_checks import step_names
from catalogue.validation.reader import method_files

REAL_METHODS = PROJECT / "methods"
NEIGHBOURS = 7
LIMITS = {field.name: field.at_most for field in FIELDS}
TITLE_ATTEMPTS = 200
# Facts that a new method takes whole, from its own pattern or from a method like it; those that belong together
# from the same one.
FACTS = (("purposes", "supports"), ("level",), ("audience", "audience_possible"), ("recruitment",),
         ("people_in_all", "group_size", "participant_hours", "lead_time_weeks", "cost", "staff_days",
          "facilitation", "format", "light", "large", "timeline"),
         ("kind", "existing_body"), ("family",), ("stage",), ("handles_conflict",), ("handles_complexity",), ("talk",),
         ("decision_capable",), ("outcomes",), ("inclusion", "inclusion_possible", "inclusion_unsuitable"),
         ("can_harm",), ("duty",))  # fmt: skip
# Lists that are filled anew from the lists of several methods.
LISTS = ("asked_as", "not_for", "cases", "sources")
# What makes two methods alike.
MIX = ("purposes", "level", "audience", "family", "kind", "recruitment", "stage")
ALIAS_LENGTH = 60


@dataclass(frozen=True)
class Real:
    """A real method: its facts as they stand in the file, and its text."""

    slug: str
    facts: dict[str, Any]
    body: Body


@dataclass(frozen=True)
class Planned:
    """A method to be written: its names, and the number of the real method it is shaped like."""

    slug: str
    title: str
    pattern: int


def read_real(folder: Path = REAL_METHODS) -> list[Real]:
    """Read the methods that new ones are made from, in the order of their slugs."""
    found = []
    for path in method_files(folder):
        post = frontmatter.load(str(path), encoding="utf-8")
        found.append(Real(path.stem, dict(post.metadata), Body(post.content)))
    return found


def generate(folder: Path, count: int, seed: int = 1, real: list[Real] | None = None) -> None:
    """Write `count` method files into `folder`, which is made if it is not there."""
    real = real or read_real()
    rng = Random(f"{seed}-{count}")
    near = [_nearest(real, place) for place in range(len(real))]
    names = Names()
    planned = _plan(rng, real, names, count)
    by_pattern: dict[int, list[Planned]] = {}
    for method in planned:
        by_pattern.setdefault(method.pattern, []).append(method)
    folder.mkdir(parents=True, exist_ok=True)
    aliases = [alias for method in real for alias in _other_names(method)]
    for method in planned:
        donors = [real[place] for place in near[method.pattern]]
        facts = _facts(rng, real[method.pattern], donors, method)
        facts["aliases"] = _aliases(rng, real[method.pattern], donors, names, aliases)
        facts["related"] = _related(rng, method, near[method.pattern], by_pattern, planned, real)
        linked = {real[place].slug: by_pattern.get(place, planned) for place in range(len(real))}
        text = mix_body(
            rng,
            real[method.pattern].body,
            [donor.body for donor in donors],
            lambda slug, linked=linked: _link(rng, linked.get(slug, planned)),
        )
        facts["timeline"] = _timeline(facts["timeline"], text)
        (folder / f"{method.slug}.md").write_text(_file_text(facts, text), encoding="utf-8")


def _nearest(real: list[Real], place: int) -> list[int]:
    """Return the places of the methods whose facets are most like those of one, the likest first."""
    own = _mix(real[place])
    others = [other for other in range(len(real)) if other != place]
    return sorted(others, key=lambda other: (-len(own & _mix(real[other])), other))[:NEIGHBOURS]


def _mix(method: Real) -> set[tuple[str, str]]:
    return {(name, value) for name in MIX for value in _as_list(method.facts.get(name))}


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _plan(rng: Random, real: list[Real], names: Names, count: int) -> list[Planned]:
    """Choose pattern, title and slug of every method; each real method is a pattern in turn."""
    titles = [method.facts["title"] for method in real]
    slugs: set[str] = set()
    planned = []
    order: list[int] = []
    while len(planned) < count:
        order = order or rng.sample(range(len(real)), len(real))
        pattern = order.pop()
        for _ in range(TITLE_ATTEMPTS):
            title = names.make(rng, titles[pattern], titles, LIMITS["title"])
            if title and (slug := proposed_slug(title)) not in slugs:
                break
        else:
            raise ValueError(f"The titles of {len(real)} methods do not make {count} others.")
        slugs.add(slug)
        planned.append(Planned(slug, title, pattern))
    return planned


def _facts(rng: Random, base: Real, donors: Sequence[Real], method: Planned) -> dict[str, Any]:
    """Recombine the facts of a method and of those like it; each fact stays whole."""
    summaries = [donor.facts["summary"] for donor in donors]
    facts: dict[str, Any] = {
        "title": method.title,
        "summary": mix_summary(rng, base.facts["summary"], summaries, LIMITS["summary"]),
    }
    for group in FACTS:
        source = base if rng.random() < 0.5 else rng.choice(donors)
        facts |= {name: source.facts.get(name) for name in group}
    facts["purposes"] = facts["purposes"] or base.facts["purposes"]
    for name in LISTS:
        own = _as_list(base.facts.get(name))
        pool = {_key(item): item for real in (base, *donors) for item in _as_list(real.facts.get(name))}  # fmt: skip
        facts[name] = rng.sample(list(pool.values()), len(own))
    for name in ("picture", "added", "contributors", "last_reviewed", "licence"):
        facts[name] = base.facts.get(name)
    return facts


def _timeline(steps: list[dict[str, Any]] | None, text: str) -> list[dict[str, Any]]:
    """Return the steps with the names that the mixed text has for its own, as far as it has as many."""
    return [
        {**step, "step": lead} for step, lead in zip(steps or (), step_names(text), strict=False)
    ]


def _key(item: Any) -> str:
    return item if isinstance(item, str) else item["title"]


def _other_names(method: Real) -> list[str]:
    """Return the aliases of a method without their languages: mixed names are of none."""
    return [split_language(name)[0] for name in _as_list(method.facts.get("aliases"))]


def _aliases(
    rng: Random, base: Real, donors: Sequence[Real], names: Names, pool: list[str]
) -> list[str]:
    own = _other_names(base)
    like = [alias for donor in donors for alias in _other_names(donor)] or pool
    made = (names.make(rng, alias, rng.choice((like, pool)), ALIAS_LENGTH) for alias in own)
    return [alias for alias in made if alias]


def _related(
    rng: Random,
    method: Planned,
    near: list[int],
    by_pattern: dict[int, list[Planned]],
    planned: list[Planned],
    real: list[Real],
) -> list[str]:
    """Return as many related methods as the pattern has, of patterns like its own if there are any."""
    wanted = len(_as_list(real[method.pattern].facts.get("related")))
    chosen: dict[str, None] = {}
    for attempt in range(wanted * 10):
        pool = by_pattern.get(rng.choice(near), []) if attempt < wanted * 5 else planned
        other = rng.choice(pool) if pool else method
        if other.slug != method.slug and len(chosen) < wanted:
            chosen[other.slug] = None
    return list(chosen)


def _link(rng: Random, targets: list[Planned]) -> str:
    target = rng.choice(targets)
    return f"[{target.title}]({target.slug}.md)"


def _file_text(facts: dict[str, Any], body: str) -> str:
    """Write a method file. JSON is YAML too, and puts every text in double quotation marks."""
    lines = ["---"]
    for field in FIELDS:
        value = facts.get(field.name)
        if isinstance(value, date):
            lines.append(f"{field.name}: {value.isoformat()}")
        elif value not in (None, [], {}):
            lines.append(f"{field.name}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join((*lines, "---", "", body))


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the files go; made if it is not there")
    parser.add_argument("--count", type=int, default=1000, help="how many methods (default 1000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other files (default 1)")
    given = parser.parse_args()
    generate(given.folder, given.count, given.seed)


if __name__ == "__main__":
    main()
