"""Translating the interface: typed doors to Flask-Babel, and what its extractor has to know.

Everything people read in the interface goes through `gettext` or `ngettext` from here. How to add
a language: docs/translating.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import flask_babel
import yaml


def gettext(text: str, **values: object) -> str:
    """Return a text in the visitor's language, with %(name)s filled in."""
    return str(flask_babel.gettext(text, **values))


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """Return the form of a text that goes with a number; %(num)s stands for it."""
    return str(flask_babel.ngettext(singular, plural, num, **values))


def locale() -> str:
    """Return the language of this request, such as "en_GB"."""
    return str(flask_babel.get_locale())


def number(value: float) -> str:
    """Write a number with the separators of the language."""
    return str(flask_babel.format_decimal(value))


def day(value: Any) -> str:
    """Write a date as "23 November 2026"."""
    return str(flask_babel.format_date(value, "d MMMM y"))


def extract_vocabulary(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the labels of vocabulary.yaml for Babel's extractor (its plug-in protocol)."""
    wanted = ("label", "question", "help", "door", "unit")

    def walk(node: yaml.Node) -> Iterator[tuple[int, str]]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value in wanted and isinstance(value, yaml.ScalarNode):
                    yield value.start_mark.line + 1, value.value
                elif key.value == "headings":
                    for item in value.value:
                        yield item.start_mark.line + 1, item.value
                else:
                    yield from walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from walk(item)

    top = yaml.compose(fileobj.read().decode("utf-8"), yaml.SafeLoader)
    for line, text in walk(top) if top else ():
        yield line, "gettext", text, []
