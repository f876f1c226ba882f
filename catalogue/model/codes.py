"""The codes of problems: their meaning, how much each counts, and the templates of their messages.

The texts live in codes.yaml, whose head says what each key is for.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import yaml

from catalogue.vocabulary import read_yaml

CODES_FILE = Path(__file__).with_name("codes.yaml")
Severity = Literal["error", "warning", "reminder"]
# What Babel takes from an extractor: line, function, text, comments.
Extracted = tuple[int, str, str, list[str]]


@dataclass(frozen=True)
class Wording:
    """The templates of one message, with the values of a problem as placeholders; "" for none."""

    text: str
    fix: str
    hint: str = ""
    form_text: str = ""
    form_fix: str = ""


TEMPLATES = tuple(Wording.__dataclass_fields__)


@dataclass(frozen=True)
class Code:
    """One code, with its wordings by variant; the usual one is that of the variant ""."""

    code: str
    meaning: str
    advice: str
    example: str
    severity: Severity
    wordings: Mapping[str, Wording]


@dataclass(frozen=True)
class CodeGroup:
    """Codes that have to do with the same part of a file."""

    title: str
    codes: tuple[Code, ...]


def _load(path: Path) -> tuple[CodeGroup, ...]:
    groups = read_yaml(path)
    return tuple(CodeGroup(g["title"], tuple(map(_code, g["codes"]))) for g in groups)


def _code(entry: dict[str, Any]) -> Code:
    usual = {name: entry.pop(name) for name in TEMPLATES if name in entry}
    variants = {"": {}, **entry.pop("variants", {})}
    wordings = {name: Wording(**{**usual, **changed}) for name, changed in variants.items()}
    return Code(**{"severity": "error", **entry}, wordings=wordings)


CODE_GROUPS = _load(CODES_FILE)
CODES = {code.code: code for group in CODE_GROUPS for code in group.codes}


def extract_templates(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[Extracted]:
    """Yield the templates of codes.yaml for Babel's extractor (its plug-in protocol)."""

    def walk(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from walk(item)
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(value, yaml.ScalarNode) and key.value in TEMPLATES and value.value:
                    yield value
                yield from walk(value)

    for scalar in walk(yaml.compose(fileobj.read().decode("utf-8"), yaml.SafeLoader)):
        yield scalar.start_mark.line + 1, "gettext", scalar.value, []


def extract_meanings(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[Extracted]:
    """Yield the meanings in the table of fields, which messages repeat, for Babel's extractor."""
    for node in ast.walk(ast.parse(fileobj.read())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "Field"
        ):
            yield node.lineno, "gettext", ast.literal_eval(node.args[2]), []
