"""Publishes the JSON Schema of the front matter, for editors and for programs on other sites.

The same text as schema/method.schema.json in the repository.
"""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, request

from catalogue.authoring.reference.front_matter_schema import schema_text
from catalogue.urls import PATHS

blueprint = Blueprint("schema", __name__)


@blueprint.get(PATHS.schema)
def method_schema() -> Response:
    """Return the schema; caches may store it for a day, and revalidate it by its ETag."""
    response = Response(_content(), content_type="application/schema+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.add_etag()
    response.make_conditional(request)
    return response


@cache
def _content() -> bytes:
    return schema_text().encode()
