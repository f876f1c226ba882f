"""Lets templates translate: gettext and ngettext of Jinja, and texts that are translated once."""

from __future__ import annotations

import re

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import escape

from catalogue.i18n import load_language

# A text alone in its braces, as most are in the templates: {{ _('All methods') }}.
PLAIN_TEXT = re.compile(r"\{\{ _\('([^'%\\]*)'\) \}\}")


class TranslateOnce(Extension):
    """Translates the texts of a template that never change when it is compiled, not at each request.

    A page has some sixty such texts; without this a method's page takes a fifth longer to make.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template with those texts in the language of the site."""
        gettext = self.environment.translations.gettext  # type: ignore[attr-defined]
        return PLAIN_TEXT.sub(lambda match: str(escape(gettext(match[1]))), source)


def install(environment: Environment, language: str) -> None:
    """Let the templates of an environment translate into a language, such as "cy"."""
    translations = load_language(language).translations
    environment.extend(translations=translations)
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.add_extension(TranslateOnce)
