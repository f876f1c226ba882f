"""Error responses: one JSON object for programs, one page for people.

The URL of an unknown method gets near matches. Nothing here needs a database.
"""

from __future__ import annotations

import logging

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
    ServiceUnavailable,
)

from catalogue.i18n import gettext, number
from catalogue.model.slugs import near_slugs
from catalogue.model.unprintable import strip_line
from catalogue.rendering.site_texts import TextsError
from catalogue.search.cards import Card
from catalogue.search.search_request import SearchRequest
from catalogue.storage.database import StoreError
from catalogue.storage.folder import BuildError
from catalogue.urls import PATHS
from catalogue.web.middleware.access_log import logged_path
from catalogue.web.middleware.limits import MAX_BODY_BYTES, MAX_URL_BYTES
from catalogue.web.problem_panel import left_out
from catalogue.web.request_context import snapshot

LOG = logging.getLogger("catalogue")
MAX_GUESS = 60
# Requested by machines, so their errors are JSON.
STATUS_PATHS = (PATHS.healthz, PATHS.readyz)
# Problem details for HTTP APIs: https://www.rfc-editor.org/rfc/rfc9457
PROBLEM_JSON = "application/problem+json"
MAX_DRAINED_BYTES = 32_000_000


def register(app: Flask) -> None:
    """Put the handlers into an application."""
    app.register_error_handler(HTTPException, error_response)
    app.register_error_handler(BuildError, nothing_to_serve)
    app.register_error_handler(TextsError, nothing_to_serve)
    app.register_error_handler(StoreError, unreadable)
    app.register_error_handler(Exception, unexpected)


def nothing_to_serve(error: BuildError | TextsError) -> ResponseReturnValue:
    """Return 503 while there is no build and none can be made, or a text of the site cannot be read."""
    LOG.error("%s", error)
    return error_response(ServiceUnavailable())


def unreadable(error: StoreError) -> ResponseReturnValue:
    """Dispatch the request again, once, if the build was damaged or deleted after this request had begun.

    By then there is another build, or the log says why there is none.
    """
    LOG.error(
        "The database could not be read at %s: %s",
        logged_path(request.path),
        getattr(error, "orig", error),
    )
    try:
        response: ResponseReturnValue = current_app.dispatch_request()
        return response
    except StoreError:
        return error_response(ServiceUnavailable())
    except HTTPException as other:
        return error_response(other)
    except Exception as other:
        return unexpected(other)


def unexpected(error: Exception) -> ResponseReturnValue:
    """Return 500 for a bug of ours: it goes to the log, never onto the page."""
    LOG.exception("Unexpected error at %s", logged_path(request.path), exc_info=error)
    return error_response(InternalServerError())


def error_response(error: HTTPException) -> ResponseReturnValue:
    """Return the response to an HTTP error: JSON below /api/, a page elsewhere."""
    status = error.code or 500
    if status == 413:
        _drain_body()
    title, detail = _words(error, status)
    allow = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    headers = {"Allow": ", ".join(sorted(allow))} if allow else {}
    if request.path.startswith(f"{PATHS.api}/") or request.path in STATUS_PATHS:
        return _json_error(status, title, detail), status, headers
    guess = _last_part(request.path) if isinstance(error, NotFound) else ""
    page = render_template(
        "error.html",
        title=title,
        detail=detail,
        status=status,
        near=_near_methods(guess) if guess else [],
        search=SearchRequest(words=guess).query() if guess else "",
        guess=guess,
        left_out=left_out(current_app.extensions["catalogue"]) if status == 404 else None,
    )
    return page, status, headers


def _json_error(status: int, title: str, detail: str) -> Response:
    """Return an error as JSON: with the members of RFC 9457 for programs that ask for problem details by name."""
    said = {"status": status, "title": title, "detail": detail}
    asked = any(kind == PROBLEM_JSON for kind, _ in request.accept_mimetypes)
    response = jsonify({"type": "about:blank", **said} if asked else {"error": said})
    if asked:
        response.content_type = PROBLEM_JSON
    response.headers["Vary"] = "Accept"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _drain_body() -> None:
    """Read the rest of the body and discard it; a browser shows no response before it has sent all."""
    left = min(request.content_length or 0, MAX_DRAINED_BYTES)
    stream = request.environ["wsgi.input"]
    while left > 0 and (part := stream.read(min(left, 65_536))):
        left -= len(part)


def _words(error: HTTPException, status: int) -> tuple[str, str]:
    if status == 404:
        return gettext("Page not found"), gettext(
            "There is nothing at this address. It may have been typed wrongly, or the method "
            "may have another name here."
        )
    if status == 414:
        return gettext("That address is too long"), gettext(
            "We read at most %(most)s bytes of an address. Use fewer words or fewer filters.",
            most=number(MAX_URL_BYTES),
        )
    if status == 405:
        return gettext("That does not work here"), gettext("This address can only be read.")
    if status == 413:
        return gettext("That is too much for us to read"), gettext(
            "We take up to %(limit)s kilobytes at once; a method has about 10. Leave pictures out, "
            "or paste the text alone. Your browser’s “back” button brings back what you typed.",
            limit=MAX_BODY_BYTES // 1000,
        )
    if status == 503:
        return gettext("The catalogue is not ready"), gettext(
            "Its pages could not be built. The reason stands in the log of the server."
        )
    if status >= 500:
        return gettext("Something went wrong on our side"), gettext(
            "The fault is in our log. Trying again in a minute may help."
        )
    return gettext("We could not answer that"), error.description or ""


def _last_part(path: str) -> str:
    words = path.rstrip("/").rsplit("/", 1)[-1].replace("-", " ").replace("_", " ")
    return strip_line(words)[:MAX_GUESS]


def _near_methods(guess: str) -> list[Card]:
    """Return methods whose slug is close to `guess`; [] if there is no build."""
    try:
        current = snapshot()
    except BuildError:
        return []
    return [current.cards[current.ordinals[slug]] for slug in near_slugs(guess, current.slugs)]
