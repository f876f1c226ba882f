"""Translating the interface: typed doors to Flask-Babel, and what its extractor has to know.

Everything people read in the interface goes through `gettext` or `ngettext` from here. How to add
a language: docs/translating.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations
from typing import IO, Any

import flask_babel
import yaml
from flask import Flask, current_app
from jinja2.ext import Extension
from markupsafe import escape

# A text alone in its braces, as most are in the templates: {{ _('All methods') }}.
PLAIN_TEXT = re.compile(r"\{\{ _\('([^'%\\]*)'\) \}\}")


class TranslateOnce(Extension):
    """Translates the texts of a template that never change when it is compiled, not at each request.

    The language is a setting, the same for every visitor; a page has some sixty such texts.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the template with those texts in the language of the site."""
        return PLAIN_TEXT.sub(lambda match: str(escape(gettext(match[1]))), source)


def install(app: Flask) -> None:
    """Let templates translate through this module; Jinja fills in the values itself."""
    app.jinja_env.add_extension(TranslateOnce)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _translations().gettext(text),
        lambda one, many, num: _translations().ngettext(one, many, num),
        newstyle=True,
    )


def _translations() -> NullTranslations:
    """Return what Flask-Babel found for the language of this site, found once and kept.

    A page asks dozens of times, and Flask-Babel would look each time.
    """
    try:
        kept = current_app.extensions
    except RuntimeError:  # outside a request, as on the command line
        return NullTranslations()
    if "catalogue.translations" not in kept:
        kept["catalogue.translations"] = flask_babel.get_translations()
    found: NullTranslations = kept["catalogue.translations"]
    return found


def gettext(text: str, **values: object) -> str:
    """Return a text in the visitor's language, with %(name)s filled in."""
    translated = _translations().gettext(text)
    return translated % values if values else translated


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """Return the form of a text that goes with a number; %(num)s stands for it."""
    return _translations().ngettext(singular, plural, num) % {"num": num, **values}


def N_(text: str) -> str:
    """Return a text as it is; the name marks it for extraction, and gettext translates it when it is shown."""
    return text


def locale() -> str:
    """Return the language of this site, such as "en_GB": a setting, the same for every visitor."""
    kept = current_app.extensions
    if "catalogue.locale" not in kept:
        kept["catalogue.locale"] = str(flask_babel.get_locale())
    name: str = kept["catalogue.locale"]
    return name


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
    wanted = ("label", "question", "help", "door", "unit", "heading")

    def walk(node: yaml.Node) -> Iterator[tuple[int, str]]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value in wanted and isinstance(value, yaml.ScalarNode):
                    yield value.start_mark.line + 1, value.value
                else:
                    yield from walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from walk(item)

    top = yaml.compose(fileobj.read().decode("utf-8"), yaml.SafeLoader)
    for line, text in walk(top) if top else ():
        yield line, "gettext", text, []
