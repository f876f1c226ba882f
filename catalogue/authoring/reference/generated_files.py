"""The files of the repository that are made, not written: one table of path and maker.

`catalogue generate` writes them and a test holds them to the code and the vocabulary they are made
from. To add one, add a row.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from catalogue.authoring.reference.field_guide import field_guide
from catalogue.authoring.reference.front_matter_schema import schema_text
from catalogue.authoring.reference.problem_guide import problem_guide
from catalogue.authoring.reference.use_guide import use_guide

# Each path within the repository and the function that gives the file's whole text.
GENERATED: dict[str, Callable[[], str]] = {
    "docs/fields.md": field_guide,
    "docs/problems.md": problem_guide,
    "docs/reports-from-practice.md": use_guide,
    "schema/method.schema.json": schema_text,
}


def outdated(root: Path) -> list[str]:
    """Return the paths of the generated files that are missing below `root` or not as they should be."""
    return [path for path, make in GENERATED.items() if _read(root / path) != make()]


def write_outdated(root: Path) -> list[str]:
    """Write the files that are not as they should be, and return their paths."""
    written = outdated(root)
    for path in written:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(GENERATED[path](), encoding="utf-8", newline="\n")
    return written


def _read(file: Path) -> str | None:
    try:
        return file.read_bytes().decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
