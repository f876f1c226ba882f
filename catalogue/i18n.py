"""The language of the interface: its texts, numbers and dates, over Babel.

How to add a language: docs/translating.md.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import IO, Any

import yaml
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import Translations

from catalogue.settings import PROJECT, Settings

LOG = logging.getLogger("catalogue")
# Only English ships; a host's own translations go here.
TRANSLATIONS = PROJECT / "translations"


@dataclass(frozen=True, eq=False)
class Language:
    """A language: its name, such as "en_GB", its locale for numbers and dates, and its translations."""

    name: str
    locale: Locale
    translations: NullTranslations


ENGLISH = Language("en_GB", Locale("en", "GB"), NullTranslations())
_current: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def load_language(name: str) -> Language:
    """Return a language by its name, such as "cy" or "en_GB", without translations where there are none.

    Raises what babel.Locale.parse raises for a name that is no language.
    """
    return _load_language(name, TRANSLATIONS)


@lru_cache(maxsize=8)
def _load_language(name: str, folder: Path) -> Language:
    return Language(name, Locale.parse(name), Translations.load(folder, [name]))


def with_translation(settings: Settings) -> Settings:
    """Return the settings in British English, with a warning, if their language has no translation that can be read.

    So no page says that it is in Welsh while its words are English.
    """
    name = settings.language
    try:
        found = load_language(name)
        if found.locale.language == "en" or isinstance(found.translations, Translations):
            return settings
        reason = "is missing"
    except (OSError, ValueError, struct.error) as error:  # of a damaged file
        reason = f"cannot be read ({error})"
    LOG.warning(
        "CATALOGUE_LANGUAGE is %s, and translations/%s/LC_MESSAGES/messages.mo %s. "
        "What the interface says stays in English. docs/translating.md says how to make that file.",
        *(name, name, reason),
    )
    return replace(settings, language=ENGLISH.name)


@contextmanager
def language(name: str) -> Iterator[None]:
    """Set the current language, such as "cy", within a block; the default is British English."""
    token = _current.set(load_language(name))
    try:
        yield
    finally:
        _current.reset(token)


def gettext(text: str, **values: object) -> str:
    """Return a text in the current language, with %(name)s filled in."""
    translated = _current.get().translations.gettext(text)
    return translated % values if values else translated


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """Return the plural form of a text for a number, in the current language, with %(num)s filled in."""
    return _current.get().translations.ngettext(singular, plural, num) % {"num": num, **values}


def N_(text: str) -> str:
    """Return a text unchanged; the name marks it for extraction, and gettext translates it when it is shown."""
    return text


def locale() -> str:
    """Return the name of the current language, such as "en_GB": a key for caches of texts."""
    return _current.get().name


def number(value: float) -> str:
    """Return a number with the separators of the current language."""
    return _number(value, _current.get().locale)


@lru_cache(maxsize=4096)
def _number(value: float, locale_: Locale) -> str:
    return format_decimal(value, locale=locale_)


def day(value: date) -> str:
    """Return a date in the current language, as "23 November 2026"."""
    return format_date(value, "d MMMM y", locale=_current.get().locale)


def month(value: date) -> str:
    """Return the month of a date in the current language, as "November 2026"."""
    return format_date(value, "MMMM y", locale=_current.get().locale)


def extract_vocabulary(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the labels of vocabulary.yaml for Babel's extractor (its plug-in protocol)."""
    wanted = ("label", "question", "help", "group", "unit", "heading")

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
