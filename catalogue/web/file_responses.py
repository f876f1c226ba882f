"""Responses that are files: any program on any site may read them."""

from __future__ import annotations

from flask import Response

CSV = "text/csv; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XML = "application/xml; charset=utf-8"


def file_response(content: str | bytes, content_type: str, name: str = "") -> Response:
    """Return a file; with a `name`, browsers save it under that name instead of showing it."""
    response = Response(content, content_type=content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
