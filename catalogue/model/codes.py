"""What each code at the end of a message means and how to mend it, as a table.

The words live in codes.yaml; the modules that find problems give the codes, and docs/problems.md
explains them to whoever looks one up.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from catalogue.model.problems import Severity

CODES_FILE = Path(__file__).with_name("codes.yaml")


@dataclass(frozen=True)
class Code:
    """One code: its meaning, its mend, one message that ends with it, and how much it counts."""

    code: str
    meaning: str
    mend: str
    example: str
    severity: Severity = "error"


@dataclass(frozen=True)
class CodeGroup:
    """Codes that have to do with the same part of a file."""

    title: str
    codes: tuple[Code, ...]


def _load(path: Path) -> tuple[CodeGroup, ...]:
    data: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        CodeGroup(group["title"], tuple(Code(**entry) for entry in group["codes"]))
        for group in data
    )


CODE_GROUPS = _load(CODES_FILE)
CODES = {code.code: code for group in CODE_GROUPS for code in group.codes}
