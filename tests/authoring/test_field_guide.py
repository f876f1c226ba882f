"""docs/fields.md is complete and true: the validator accepts its good values and refuses its mistakes."""

from __future__ import annotations

import pytest

from catalogue.authoring.reference.examples import EXAMPLES
from catalogue.authoring.reference.field_guide import group_of
from catalogue.model.fields import FIELDS, Field, options_of
from catalogue.model.problems import Problem
from catalogue.settings import PROJECT
from catalogue.validation.reader import read_method_text

GUIDE = (PROJECT / "docs" / "fields.md").read_text(encoding="utf-8")


def paths() -> dict[str, Field]:
    """Return every field by the name under which the guide explains it."""
    found = {}
    for field in FIELDS:
        found[field.name] = field
        group = group_of(field)
        found |= {f"{group}.{inner.name}": inner for inner in field.fields}
    return found


PATHS = paths()
ALL = pytest.mark.parametrize("path", PATHS)


def explained(path: str) -> str:
    """Return what the guide says below the heading of a field, up to the next heading."""
    _, found, rest = GUIDE.partition(f"# {path.replace('.', ': ')}\n")
    assert found
    return rest.partition("\n#")[0]


def problems(path: str, written: str) -> list[Problem]:
    """Return the problems of the facts of a file in which one field has this value; the others are good."""
    group, _, name = path.rpartition(".")
    value = f" {written}"
    if group:
        needed = [p for p, f in PATHS.items() if p.startswith(f"{group}.") and f.required]
        # A cost without its two figures needs a band.
        needed += ["cost.band"] if group == "cost" else []
        inner = {p.partition(".")[2]: EXAMPLES[p].good for p in needed} | {name: written}
        item = "- " if group in PATHS and PATHS[group].type == "records" else "  "
        value = f"\n  {item}" + "\n    ".join(f"{key}: {text}" for key, text in inner.items())
        name = {"range": "group_size", "size": "light"}.get(group, group)
    values = {f.name: f" {EXAMPLES[f.name].good}" for f in FIELDS if f.required} | {name: value}
    facts = "\n".join(f"{key}:{text}" for key, text in values.items())
    found = read_method_text("methods/example.md", "example", f"---\n{facts}\n---\n").problems
    return [p for p in found if p.severity == "error" and not p.code.startswith("heading-")]


def test_every_field_has_an_example_and_no_other_has() -> None:
    assert sorted(EXAMPLES) == sorted(PATHS)


@ALL
def test_a_good_example_has_no_problem(path: str) -> None:
    assert [str(problem) for problem in problems(path, EXAMPLES[path].good)] == []


@ALL
def test_a_common_mistake_is_refused_with_the_code_that_the_guide_names(path: str) -> None:
    example = EXAMPLES[path]
    found = problems(path, example.mistake)[0]
    assert (found.severity, found.code) == ("error", example.code)
    assert f"A common mistake ([{found.code}](problems.md#{found.code})):" in explained(path)


@ALL
def test_the_guide_says_what_a_field_holds_and_whether_it_is_needed(path: str) -> None:
    part = explained(path)
    assert PATHS[path].meaning in part
    assert ("It must be there." in part) == PATHS[path].required


@ALL
def test_every_option_of_a_field_stands_with_its_meaning(path: str) -> None:
    rows = [line for line in explained(path).splitlines() if line.startswith("| `")]
    options = options_of(PATHS[path]).options if PATHS[path].options else ()
    assert rows == [
        f"| `{o.value}` | {o.label} | {o.help + '.' if o.help else ''} |" for o in options
    ]
