"""The first text of a method file: what is known already, and comments where the rest belongs.

What is required and not known stands there empty, so that `catalogue check` points at the very line; everything else
waits behind a `#`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from catalogue.authoring.form.method_writer import SECTIONS, write_method
from catalogue.model.fields import FIELDS, Field, options_of
from catalogue.validation.field_hints import as_written
from catalogue.vocabulary import VOCABULARY

OPENING = "# Lines that begin with # are for you. Take them out when you are done."
CLOSING = (
    "# Below: the text, at least one sentence under each heading, 500 to 900 words in all.\n"
    "# docs/writing-a-method.md says what belongs where."
)
# How a value of each type is written; "…" is to be replaced.
PLACEHOLDERS = {
    "text": '"…"',
    "texts": '["…", "…"]',
    "choice": "…",
    "choices": "[…, …]",
    "slugs": "[…, …]",
    "range": '{min: 1, max: 2, note: "our estimate"}',
    "people": "{min: 1, max: 2, counts: taking-part}",
    "cost": "{low: 1000, high: 2000, currency: GBP, basis: source}",
    "date": "2026-11-23",
    "number": "25",
    "year": "2024",
    "flag": "false",
    "address": '"https://…"',
    "sentences": '{…: "…"}',
}
EMPTY = '""'


def new_file_text(values: Mapping[str, Any], today: date) -> str:
    """Return the text of a new method file; `values` by field, as `write_method` takes them.

    It is reviewed on the day it is written, and under the only licence there is, unless `values` says
    otherwise.
    """
    known = {
        "licence": VOCABULARY.choices["licence"].values[0],
        "added": today,
        "last_reviewed": today,
        **values,
    }
    lines = ["---", OPENING]
    for field in FIELDS:
        written = _front(write_method({field.name: known.get(field.name)}))
        lines += written or [*_comments(field)]
    sections = values.get(SECTIONS) or dict.fromkeys(VOCABULARY.required_sections, "")
    body = write_method({SECTIONS: sections}).removeprefix("---\n---\n")
    return "\n".join([*lines, CLOSING, "---", body])


def _front(text: str) -> list[str]:
    """Return the lines of the front matter of a text that has nothing else."""
    return text.split("\n")[1:-2]


def _comments(field: Field) -> Iterator[str]:
    """Yield what helps to fill in a field: its meaning, its options, and how it is written."""
    yield f"# {field.meaning}"
    if field.options and field.type != "cost":
        most = f"Up to {field.at_most} of" if field.at_most > 1 else "One of"
        most = "Any of" if field.type == "sentences" else most
        yield f"# {most}: {', '.join(_options(field))}."
    hidden = "" if field.required else "# "
    if field.type in ("record", "records"):
        yield f"{hidden}{field.name}:"
        for index, part in enumerate(field.fields):
            start = "  " if field.type == "record" else "    " if index else "  - "
            if part.required and field.required:
                yield f'{start}{part.name}: ""  # {part.meaning}'
            else:
                yield f"# {start}{part.name}: {_placeholder(part)}  # {part.meaning}"
    elif field.required:
        yield f"{field.name}: {'[]' if field.at_least else EMPTY}"
    else:
        yield f"# {field.name}: {PLACEHOLDERS[field.type]}"


def _placeholder(field: Field) -> str:
    if field.type == "choice":
        return " | ".join(_options(field))
    if field.type == "choices":
        return f"[{' | '.join(_options(field))}]"
    return PLACEHOLDERS[field.type]


def _options(field: Field) -> list[str]:
    return list(map(as_written, options_of(field).values))
