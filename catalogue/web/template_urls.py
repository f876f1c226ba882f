"""Links in templates: `{{ urls.methods }}`, `{{ urls.method(card.slug) }}`."""

from __future__ import annotations

import re

from flask import Flask
from jinja2.ext import Extension

from catalogue.urls import Urls

# A URL alone in its braces, with at most one variable in it.
PLAIN_URL = re.compile(r"\{\{ urls\.(?P<name>\w+)(?:\((?P<variable>[\w.]+)\))? \}\}")


class UrlsOnce(Extension):
    """Writes those URLs into a template when it is compiled, so that they cost no time at a request."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template with its URLs below the prefix of the site."""
        return PLAIN_URL.sub(self._written, source)

    def _written(self, match: re.Match[str]) -> str:
        url = getattr(self.environment.globals["urls"], match["name"])
        return str(url(f"{{{{ {match['variable']} }}}}") if match["variable"] else url)


def install(app: Flask, urls: Urls) -> None:
    """Let templates use `urls`; where it is not alone in braces it is the object itself."""
    app.jinja_env.globals["urls"] = urls
    app.jinja_env.add_extension(UrlsOnce)
