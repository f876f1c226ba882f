"""docs/fields.md is complete and true: good values are taken, mistakes are refused, codes are those that come."""

from __future__ import annotations

import pytest

from catalogue.authoring.reference.examples import EXAMPLES
from catalogue.authoring.reference.field_guide import _problems, codes_of, mistake_of
from catalogue.model.codes import CODE_GROUPS
from catalogue.model.fields import FIELDS, Field
from catalogue.settings import PROJECT
from catalogue.validation.scalars import options_of

GUIDE = (PROJECT / "docs" / "fields.md").read_text(encoding="utf-8")
BLOCK, VALUES = ({code.code for code in group.codes} for group in CODE_GROUPS[1:3])


def paths() -> dict[str, Field]:
    """Return every field by the name under which the guide explains it."""
    found = {}
    for field in FIELDS:
        found[field.name] = field
        group = "range" if field.type == "range" else field.name
        found |= {f"{group}.{inner.name}": inner for inner in field.fields}
    return found


PATHS = paths()
ALL = pytest.mark.parametrize("path", PATHS)


def explained(path: str) -> str:
    """Return what the guide says below the heading of a field, up to the next heading."""
    _, found, rest = GUIDE.partition(f"# {path.replace('.', ': ')}\n")
    assert found
    return rest.partition("\n#")[0]


def test_every_field_has_an_example_and_no_other_has() -> None:
    assert sorted(EXAMPLES) == sorted(PATHS)


@ALL
def test_a_good_example_has_no_problem(path: str) -> None:
    assert [str(problem) for problem in _problems(path, EXAMPLES[path].good)] == []


@ALL
def test_a_common_mistake_is_refused_and_the_guide_says_how(path: str) -> None:
    problem = mistake_of(path)
    assert problem.severity == "error"
    assert f" {problem.fix} [{problem.code}]\n```\n" in explained(path)
    assert problem.code in {*codes_of(PATHS[path], path), *BLOCK}


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


def test_every_code_of_a_value_is_named_at_a_field() -> None:
    named = {code for path, field in PATHS.items() for code in codes_of(field, path)}
    assert named - {"name-taken", "related-unknown"} == VALUES


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("last_reviewed", ["date-future", "date-unreadable", "wrong-type"]),
        ("sources.independent", ["flag-unreadable", "wrong-type"]),
        ("cases.participants", ["number-large", "number-unreadable", "wrong-type", "yaml-trap"]),
        ("group_size", ["field-missing", "field-unknown", "range-reversed", "wrong-type"]),
    ],
)
def test_the_codes_of_a_field_are_those_that_its_reader_gives(path: str, codes: list[str]) -> None:
    assert codes_of(PATHS[path], path) == codes
