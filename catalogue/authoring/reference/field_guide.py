"""docs/fields.md: every field of a method file, made from model/fields.py, the vocabulary and the validator.

One of the generated files. What the validator says to a mistake, and which codes a field can give,
is found out by trying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.authoring.reference.examples import EXAMPLES
from catalogue.authoring.reference.markdown_tables import NOT_WRITTEN, anchor, table
from catalogue.model.codes import CODE_GROUPS
from catalogue.model.fields import FIELDS, Field
from catalogue.model.problems import Problem
from catalogue.validation.reader import read_method_text
from catalogue.validation.scalars import MAX_NUMBER, MIN_YEAR, options_of

# What a field takes, by its type.
TAKES = {
    "text": "A text", "address": "A web address", "number": "A number of 0 or more",
    "year": f"A year from {MIN_YEAR} to next year", "flag": "true or false",
    "date": "A day as year, month and day, not in the future", "choice": "One option",
    "texts": "A list of texts", "choices": "A list of options, none twice",
    "slugs": "A list of method files, without .md", "range": "A range",
    "cost": "A group of fields", "records": "A list of groups of fields",
    "sentences": "A group of options, each with a sentence",
}  # fmt: skip
# What people may write in any field; together they call forth every message that a field can give.
PROBES = (
    "~", "[]", "{}", '""', "text", "no", "1984", "1:30", "012", "2.5", "-1", "2026-11-23",
    "2999-01-01", "12000000000", f'"{"long " * 120}"', r'"\a"', "[text]", "[two words]", "[[text]]", '["", "\\a"]',
    "[no]", "[text, text]", "{text: text}", "{min: 9, max: 1}", "{basis: source}",
    "{low: 9, high: 1, basis: source}", "{low: 1, high: 9, basis: source, band: low}",
    f"[{', '.join(f'a{n}' for n in range(40))}]",
)  # fmt: skip
# What only a look at the other files shows.
ACROSS_FILES = {"title": {"name-taken"}, "aliases": {"name-taken"}, "related": {"related-unknown"}}
RANGE = next(field for field in FIELDS if field.type == "range")


def field_guide() -> str:
    """Return the text of docs/fields.md."""
    return "\n".join(_lines())


def mistake_of(path: str) -> Problem:
    """Return what the validator says first to the common mistake in a field."""
    problems = _problems(path, EXAMPLES[path].mistake)
    return problems[0]


def codes_of(field: Field, path: str) -> list[str]:
    """Return the codes that the value of a field can give, in the order of the alphabet."""
    found = set(ACROSS_FILES.get(path, ()))
    probes = [*PROBES]
    if field.options:
        probes.append(f"[{options_of(field).values[0]}, {options_of(field).values[0]}]")
    for written in probes:
        found |= {problem.code for problem in _problems(path, written)}
    if field.required:
        found.add("field-missing")
    return sorted(found)


def _problems(path: str, written: str) -> list[Problem]:
    """Return the problems of a file in which one field has this value and all others are good."""
    group, _, name = path.rpartition(".")
    value = f" {written}"
    if group:
        parent = RANGE.name if group == "range" else group
        inside = {key.partition(".")[2]: EXAMPLES[key].good for key in _required_in(group)}
        lines = [f"{key}: {text}" for key, text in (inside | {name: written}).items()]
        sign = "- " if group in ("cases", "sources", "contributors") else "  "
        value = f"\n  {sign}" + "\n    ".join(lines)
        name = parent
    required = {field.name: f" {EXAMPLES[field.name].good}" for field in FIELDS if field.required}
    facts = "\n".join(f"{key}:{text}" for key, text in (required | {name: value}).items())
    reading = read_method_text("methods/example.md", "example", f"---\n{facts}\n---\n")
    return [problem for problem in reading.problems if not problem.code.startswith("heading-")]


def _required_in(group: str) -> list[str]:
    """Return the paths of the fields that a group needs, so that only one thing is wrong with it."""
    fields = RANGE.fields if group == "range" else _field(group).fields
    needed = [f"{group}.{field.name}" for field in fields if field.required]
    return [*needed, "cost.band"] if group == "cost" else needed


def _field(name: str) -> Field:
    return next(field for field in FIELDS if field.name == name)


def _lines() -> Iterator[str]:
    yield "# The fields of a method file"
    yield ""
    yield NOT_WRITTEN.format(source="catalogue/model/fields.py and catalogue/vocabulary.yaml")
    yield ""
    yield "The facts of a method stand at the top of its file. [Writing a method](writing-a-method.md) shows a whole"
    yield "file. Here is each field: what it holds, what it takes, an example, and a mistake that people often make,"
    yield "with what `catalogue check` says to it."
    yield ""
    block = CODE_GROUPS[1].title
    yield f"Any line that cannot be read gives a code of [{block.lower()}](problems.md#{anchor(block)})."
    yield 'A field that you do not know is left out. Only those marked "must be there" are needed.'
    yield ""
    yield from table(["field", "what it holds", "needed"], map(_row, FIELDS))
    for field in FIELDS:
        yield from _field_lines(field, field.name, "##")
        for inner in () if field.type == "range" else field.fields:
            yield from _field_lines(inner, f"{field.name}.{inner.name}", "###")
    yield ""
    yield "## Ranges"
    yield ""
    yield f"Fields such as `{RANGE.name}` are ranges. A range has these fields."
    for inner in RANGE.fields:
        yield from _field_lines(inner, f"range.{inner.name}", "###")
    yield ""


def _row(field: Field) -> tuple[str, str, str]:
    needed = "must be there" if field.required else ""
    return f"[{field.name}](#{anchor(field.name)})", field.meaning, needed


def _field_lines(field: Field, path: str, signs: str) -> Iterator[str]:
    """Yield the part about one field; `path` is its name with that of its group."""
    yield ""
    yield f"{signs} {path.replace('.', ': ')}"
    yield ""
    yield field.meaning
    yield ""
    yield _takes(field)
    if field.options:
        yield ""
        options = options_of(field).options
        rows = ((f"`{o.value}`", o.label, f"{o.help}." if o.help else "") for o in options)
        yield from table(["option", "on the page", "meaning"], rows)
    yield ""
    yield "```yaml"
    yield _written(field.name, EXAMPLES[path].good)
    yield "```"
    yield ""
    yield "A common mistake:"
    yield ""
    yield "```yaml"
    yield _written(field.name, EXAMPLES[path].mistake)
    yield "```"
    yield ""
    yield "```text"
    yield re.sub(r"^.*?:\d+:\d+: ", "", str(mistake_of(path)))
    yield "```"
    yield ""
    codes = codes_of(field, path)
    links = ", ".join(f"[{code}](problems.md#{anchor(code)})" for code in codes)
    yield f"Problems it can have: {links}."


def _written(name: str, value: str) -> str:
    return f"{name}:{value}" if value.startswith("\n") else f"{name}: {value}"


def _takes(field: Field) -> str:
    """Say in a sentence what a field takes, with its limits."""
    text = TAKES[field.type]
    if field.type == "number":
        text += f" and at most {MAX_NUMBER:,}, without quotation marks"
    if field.type == "range":
        text += " with `min`, `max` and `note`; see [ranges](#ranges)"
    if field.type == "text" and field.at_most:
        text += f" of at most {field.at_most} characters"
    elif field.at_least and field.at_most:
        text += f"; {field.at_least} to {field.at_most} of them"
    elif field.at_least or field.at_most:
        text += f"; at {'least' if field.at_least else 'most'} {field.at_least or field.at_most}"
    return f"{text}. {'It must be there.' if field.required else 'It may be left out.'}"
