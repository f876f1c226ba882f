"""The JSON Schema judges front matter as the validator does, in everything that a schema can say.

Both see the same files: good ones, bad ones, and good ones changed in one place. What a schema cannot
say is named here, with the reason; it may accept such a file, and never refuse one that is fine.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from catalogue.authoring.reference.front_matter_schema import method_schema
from catalogue.model.codes import CODE_GROUPS
from catalogue.model.fields import FIELDS, Field, options_of
from catalogue.settings import PROJECT
from catalogue.validation.front_matter import split_file
from catalogue.validation.reader import read_method_text
from tests.conftest import GOOD, METHODS
from tests.validation.test_bad_files import BAD

SCHEMA = method_schema()
JUDGE = Draft202012Validator(SCHEMA, format_checker=FormatChecker(["date"]))
BLOCK, VALUES = ({code.code for code in group.codes} for group in CODE_GROUPS[1:3])

# What the validator refuses and a schema cannot express.
BEYOND_A_SCHEMA = {
    "range-reversed": "a schema cannot compare two numbers",
    "date-future": "a schema does not know which day it is",
    "year-unlikely": "a schema does not know which year is next; it does know that 19 is none",
    "yaml-trap": "a schema sees 10 where 012 was written, and a text where a date was",
    "number-unreadable": "a schema sees the number, not how it was written (1_000, +5, .5)",
    "flag-unreadable": "a schema sees true, whether true or yes was written",
    "key-repeated": "a schema sees one of the two values",
    "yaml-alias": "a schema sees the value that the alias stands for",
    "yaml-tag": "a schema sees the value, not its tag",
}
# These it cannot express in part of the cases only; the files that show the other part are refused.
REFUSED_ANYWAY = {"bare-no.md", "bare-yes.md", "year-as-title.md", "number-quoted.md", "cost-with-sign.md",
                  "number-words.md", "source-flag.md", "year-unlikely.md"}  # fmt: skip


class Loader(yaml.SafeLoader):
    """Reads front matter as editors do: a date is the text that was written."""


Loader.add_constructor(
    "tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node)
)
Loader.add_constructor(
    "tag:yaml.org,2002:value", lambda loader, node: loader.construct_scalar(node)
)


def front_matter(text: str) -> str:
    """Return what stands between the two lines of hyphens."""
    return text.removeprefix("---\n").split("\n---\n")[0]


def texts_as_keys(value: Any) -> Any:
    """Return data as JSON has it, where every key is a text."""
    if isinstance(value, dict):
        return {str(key): texts_as_keys(inner) for key, inner in value.items()}
    return [texts_as_keys(inner) for inner in value] if isinstance(value, list) else value


def by_schema(text: str) -> list[str]:
    """Return what the schema has against the front matter of a file."""
    data = texts_as_keys(yaml.load(front_matter(text), Loader))
    return [error.message for error in JUDGE.iter_errors(data)]


def by_validator(text: str) -> set[str]:
    """Return the codes that the validator gives to the front matter of a file."""
    reading = read_method_text("methods/a.md", "a", text)
    return {problem.code for problem in reading.problems} & (BLOCK | VALUES)


def written(data: Any) -> str:
    """Return data as a method file without text."""
    return f"---\n{yaml.safe_dump(data, allow_unicode=True, sort_keys=False)}---\n"


GOOD_FILES = sorted((*GOOD.glob("*.md"), *METHODS.glob("*.md")))
LIKE_YAML = [path for path in sorted(BAD.glob("*.md")) if path.name != "folder"]


def bad_files() -> Iterator[Path]:
    """Yield the bad files whose fault stands in the front matter and leaves it readable as YAML."""
    for path in LIKE_YAML:
        text = path.read_text(encoding="utf-8")
        if not by_validator(text):
            continue
        try:
            yaml.load(front_matter(text), Loader)
        except yaml.YAMLError:
            continue
        yield path


BAD_FILES = [pytest.param(path, id=path.name) for path in bad_files()]


def test_the_schema_is_a_schema_of_its_draft() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("path", GOOD_FILES, ids=lambda path: path.stem)
def test_a_good_file_passes_both(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert (by_validator(text), by_schema(text)) == (set(), [])


@pytest.mark.parametrize("path", BAD_FILES)
def test_a_bad_file_is_refused_by_both_unless_no_schema_can_tell(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    codes = by_validator(text)
    excused = codes <= set(BEYOND_A_SCHEMA) and path.name not in REFUSED_ANYWAY
    assert bool(by_schema(text)) == (not excused)


def test_enough_bad_files_are_compared() -> None:
    named = {param.id for param in BAD_FILES}
    assert len(named) > 35
    assert named >= REFUSED_ANYWAY


def test_what_yaml_cannot_read_reaches_no_schema() -> None:
    unread = {path.name for path in LIKE_YAML} - {param.id for param in BAD_FILES}
    left = {
        code for name in unread for code in by_validator((BAD / name).read_text(encoding="utf-8"))
    }
    assert left <= BLOCK | VALUES  # terrible.md holds some of everything
    assert {"yaml-tab", "yaml-quote", "yaml-colon", "yaml-bracket", "yaml-unreadable"} <= left


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value within data."""
    yield path
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*path, key))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


MODELS = [
    yaml.load(front_matter(path.read_text(encoding="utf-8")), Loader)
    for path in (*sorted(GOOD.glob("*.md")), METHODS / "citizens-jury.md")
]
VALUES_TRIED = st.sampled_from(
    [None, True, False, 0, -1, 1, 1.5, 12, 99, 1499, 1500, 2019, 2019.0, 2999, 1_000_000_000,
     1_000_000_001, "", " ", "\t", "x", "no", "yes", "12", " event ", "event\n", "two words",
     "x" * 60, "x" * 61, "x" * 160, "x" * 161, "x  " * 60, " x" * 501, "a\x07b", "a\x85b", "\u00a0",
     "2026-02-28", "2026-02-30", "20260228", "2999-01-01", "0000-01-01", "https://a.example",
     "https://a", "ftp://a.example", "mailto:a@b", "https://a.example/a b", "GBP", "low", "source",
     "citizens-jury", "Citizens jury", [], [None], ["x"], ["x", "x"], [1], [[]], ["inform"],
     ["inform", "inform"], [f"a{n}" for n in range(31)], {}, {"min": 1}, {"min": 1, "max": None},
     {"min": 9, "max": 1}, {"min": 1, "most": 2}, {"note": "x"}, {"basis": "case", "band": "low"},
     {"basis": "case", "low": 1, "high": 2}, {"basis": "case", "low": 1, "high": 2, "band": "low"},
     {"basis": "case", "low": 1, "high": None, "band": "low"}, {"basis": "case", "low": 1},
     {"basis": "case", "low": 1, "high": 2, "band": None}, {"carers": "x"}, {"carers": None},
     {"title": "x", "by": "y"}, [{"title": "x", "by": "y"}], [{"title": "x", "by": None}],
     [{"title": "x", "outcome": "y", "year": 2019}]]
)  # fmt: skip


@st.composite
def changed(draw: st.DrawFn) -> dict[str, Any]:
    """Draw good front matter with one to three changes: something left out, added or exchanged."""
    data: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(MODELS)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([path for path in places(data) if path] or [()]))
        if not path:  # nothing is left
            break
        parent, key = at(data, path[:-1]), path[-1]
        change = draw(st.sampled_from(["drop", "add", "exchange", "exchange", "move"]))
        if change == "drop":
            del parent[key]
        elif change == "exchange":
            parent[key] = copy.deepcopy(draw(VALUES_TRIED))
        elif change == "move":
            parent[key] = copy.deepcopy(at(data, draw(st.sampled_from(list(places(data))))))
        elif isinstance(parent, list):
            parent.append(copy.deepcopy(draw(VALUES_TRIED | st.sampled_from([None, *parent]))))
        else:
            parent[draw(st.sampled_from(NAMES))] = copy.deepcopy(draw(VALUES_TRIED))
    return data


NAMES = ["other", "1", *{inner.name for field in FIELDS for inner in (field, *field.fields)}]


@given(changed())
@example(
    {"title": "x", "summary": "y", "purposes": ["inform"], "sources": [{"title": "x", "by": "y"}]}
)
@settings(max_examples=400, deadline=None, database=None)
def test_whatever_is_changed_both_judge_alike(data: dict[str, Any]) -> None:
    text = written(data)
    codes = by_validator(text)
    refused = by_schema(text)
    assert not refused or codes
    assert refused or codes <= {"range-reversed", "date-future", "year-unlikely"}


SMALL: dict[str, Any] = {
    "title": "x", "summary": "y", "purposes": ["inform"], "sources": [{"title": "x", "by": "y"}],
    "cost": {"basis": "case", "band": "low"}, "group_size": {"min": 1},
    "cases": [{"title": "x", "outcome": "y"}], "contributors": [{"name": "x"}],
    "people_in_all": {"min": 1, "counts": "reached"}, "light": {"in_short": "x", "gives_up": "y"},
    "timeline": [{"step": "x", "start": 0, "end": 1_000_000_000}], "duty": {"status": "can-meet", "rule": "x"},
}  # fmt: skip


def limits() -> Iterator[Any]:
    """Yield each field that has a limit, its group, a value at the limit and one beyond."""
    for field in FIELDS:
        group: Any = SMALL.get(field.name)
        for inner in (field, *(field.fields if group else ())):
            where = (
                () if inner is field else (field.name, *([0] if isinstance(group, list) else []))
            )
            most = inner.at_most
            options = list(options_of(inner).values) if inner.options else []
            if inner.type == "text" and most:
                at_limit, beyond = "a  b" + "x" * (most - 3), "x" * (most + 1)
            elif inner.type == "number":
                at_limit, beyond = 1_000_000_000, 1_000_000_001
            elif inner.type == "year":
                at_limit, beyond = 1500, 1499
            elif inner.type in ("texts", "slugs"):
                at_limit, beyond = (
                    [f"a{n}" for n in range(most)],
                    [f"a{n}" for n in range(most + 1)],
                )
            elif inner.type == "choices" and most < len(options):
                at_limit, beyond = options[:most], options[: most + 1]
            else:
                continue
            yield pytest.param(where, inner.name, at_limit, beyond, id=f"{field.name}-{inner.name}")


@pytest.mark.parametrize(("where", "name", "at_limit", "beyond"), list(limits()))
def test_both_draw_the_line_at_the_same_place(
    where: tuple[Any, ...], name: str, at_limit: Any, beyond: Any
) -> None:
    for value, fine in ((at_limit, True), (beyond, False)):
        data = copy.deepcopy(SMALL)
        at(data, where)[name] = value
        text = written(data)
        assert (by_validator(text) == set(), by_schema(text) == []) == (fine, fine)


def described(fields: tuple[Field, ...], schema: dict[str, Any]) -> Iterator[tuple[Field, Any]]:
    """Yield each field with what the schema says of it."""
    assert sorted(schema["properties"]) == sorted(field.name for field in fields)
    for field in fields:
        found = schema["properties"][field.name]
        yield field, found
        if field.fields:
            yield from described(field.fields, found.get("items", found))


def test_every_field_has_a_title_a_description_and_its_options_explained() -> None:
    for field, found in described(FIELDS, SCHEMA):
        assert found["title"]
        assert found["description"].startswith(field.meaning)
        if field.type in ("choice", "choices"):
            single = found.get("items", found)
            options = options_of(field).options
            assert [value for value in single["enum"] if value] == [o.value for o in options]
            assert len(single["enumDescriptions"]) == len(single["enum"])
            for option in options:
                assert f"- {option.value}: {option.help or option.label}" in found["description"]


def test_the_site_publishes_the_file_of_the_repository(client: FlaskClient) -> None:
    answer = client.get("/schema/method.schema.json")
    assert answer.status_code == 200
    assert answer.content_type == "application/schema+json"
    assert answer.data == (PROJECT / "schema" / "method.schema.json").read_bytes()
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(
        "/schema/method.schema.json", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_the_validator_and_the_schema_split_a_file_alike() -> None:
    for path in GOOD_FILES:
        text = path.read_text(encoding="utf-8")
        assert list(split_file("a", text)[0].fields) == list(yaml.load(front_matter(text), Loader))
