"""Makes docs/fields.md: every field of a method file, with its options, an example and a mistake."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.authoring.reference.examples import EXAMPLES
from catalogue.authoring.reference.markdown_tables import NOT_WRITTEN, table
from catalogue.model.codes import CODE_GROUPS
from catalogue.model.fields import FIELDS, Field, options_of
from catalogue.model.sizes import LIGHT
from catalogue.rendering.anchors import anchor
from catalogue.validation.scalars import MAX_NUMBER, MIN_YEAR

# What a field takes, by its type.
TAKES = {
    "text": "A text", "address": "A web address", "number": "A number of 0 or more",
    "year": f"A year from {MIN_YEAR} to next year", "flag": "true or false",
    "date": "A day as year, month and day, not in the future", "choice": "One option",
    "texts": "A list of texts", "choices": "A list of options, none twice",
    "slugs": "A list of method files, without .md", "range": "A range",
    "cost": "A group of fields", "people": "A group of fields", "record": "A group of fields",
    "records": "A list of groups of fields",
    "sentences": "A group of options, each with a sentence",
}  # fmt: skip
RANGE = next(field for field in FIELDS if field.type == "range")
# Groups of fields that several fields have, each explained once: its caption, and the name of its examples.
SHARED = {"range": "Ranges", "size": "Sizes"}
SIZE = next(field for field in FIELDS if field.name == LIGHT)


def group_of(field: Field) -> str:
    """Return the name under which the examples have what is inside a field."""
    if field.type == "range":
        return "range"
    return "size" if field.fields == SIZE.fields else field.name


def field_guide() -> str:
    """Return the text of docs/fields.md."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# The fields of a method file"
    yield ""
    yield NOT_WRITTEN.format(source="catalogue/model/fields.py and catalogue/vocabulary.yaml")
    yield ""
    yield "The facts of a method stand at the top of its file. [Writing a method](writing-a-method.md) shows a whole"
    yield "file. Here is each field: what it holds, what it takes, an example, and a mistake that people often make,"
    yield "with the code that `catalogue check` gives it."
    yield ""
    block = CODE_GROUPS[1].title
    yield f"Any line that cannot be read gives a code of [{block.lower()}](problems.md#{anchor(block)})."
    yield 'A field that you do not know is left out. Only those marked "must be there" are needed.'
    yield ""
    yield from table(["field", "what it holds", "needed"], map(_row, FIELDS))
    for field in FIELDS:
        yield from _field_lines(field, field.name, "##")
        for inner in () if group_of(field) in SHARED else field.fields:
            yield from _field_lines(inner, f"{field.name}.{inner.name}", "###")
    for field, meaning in (
        (RANGE, f"Fields such as `{RANGE.name}` are ranges. A range has these fields."),
        (
            SIZE,
            "`light` and `large` have these fields. A figure that is left out is as in the usual run.",
        ),
    ):
        group = group_of(field)
        yield ""
        yield f"## {SHARED[group]}"
        yield ""
        yield meaning
        for inner in field.fields:
            yield from _field_lines(inner, f"{group}.{inner.name}", "###")
    yield ""


def _row(field: Field) -> tuple[str, str, str]:
    needed = "must be there" if field.required else ""
    return f"[{field.name}](#{anchor(field.name)})", field.meaning, needed


def _field_lines(field: Field, path: str, marker: str) -> Iterator[str]:
    """Yield the part about one field; `path` is its name with that of its group."""
    yield ""
    yield f"{marker} {path.replace('.', ': ')}"
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
    code = EXAMPLES[path].code
    yield f"A common mistake ([{code}](problems.md#{anchor(code)})):"
    yield ""
    yield "```yaml"
    yield _written(field.name, EXAMPLES[path].mistake)
    yield "```"


def _written(name: str, value: str) -> str:
    return f"{name}:{value}" if value.startswith("\n") else f"{name}: {value}"


def _takes(field: Field) -> str:
    """Say in a sentence what a field takes, with its limits."""
    text = TAKES[field.type]
    if field.type == "number":
        text += f" and at most {MAX_NUMBER:,}, without quotation marks"
    if field.type == "range":
        text += " with `min`, `max` and `note`; see [ranges](#ranges)"
    if field.fields and group_of(field) == "size":
        text += "; see [sizes](#sizes)"
    if field.type == "text" and field.at_most:
        text += f" of at most {field.at_most} characters"
    elif field.at_least and field.at_most:
        text += f"; {field.at_least} to {field.at_most} of them"
    elif field.at_least or field.at_most:
        text += f"; at {'least' if field.at_least else 'most'} {field.at_least or field.at_most}"
    return f"{text}. {'It must be there.' if field.required else 'It may be left out.'}"
