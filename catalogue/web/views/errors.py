"""Error pages and error answers: one shape for JSON, one page for people.

An unknown method's address gets near matches; nothing here needs the database to be there.
"""

from __future__ import annotations

import logging

from flask import Flask, current_app, jsonify, render_template, request
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
from catalogue.rendering.site_texts import TextsError
from catalogue.search.cards import Card
from catalogue.search.search_request import CONTROL, SearchRequest
from catalogue.storage.database import StoreError
from catalogue.storage.folder import BuildError
from catalogue.urls import PATHS
from catalogue.web.middleware.access_log import logged_path
from catalogue.web.middleware.limits import LARGEST_BODY, LONGEST_ADDRESS
from catalogue.web.problem_panel import left_out
from catalogue.web.request_context import snapshot

LOG = logging.getLogger("catalogue")
MAX_GUESS = 60
# Asked by machines, which are answered in JSON.
STATES = (PATHS.healthz, PATHS.readyz)
MOST_FORGOTTEN = 32_000_000


def register(app: Flask) -> None:
    """Put the handlers into an application."""
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(BuildError, nothing_to_serve)
    app.register_error_handler(TextsError, nothing_to_serve)
    app.register_error_handler(StoreError, unreadable)
    app.register_error_handler(Exception, unexpected)


def nothing_to_serve(error: BuildError | TextsError) -> ResponseReturnValue:
    """Answer while nothing is built and nothing can be, or a text of the site cannot be read."""
    LOG.error("%s", error)
    return answer(ServiceUnavailable())


def unreadable(error: StoreError) -> ResponseReturnValue:
    """Answer again, once, where the build was damaged or deleted after this request had begun.

    By then search/live_build.py has another one, or says in the log why there is none.
    """
    LOG.error(
        "The database could not be read at %s: %s",
        logged_path(request.path),
        getattr(error, "orig", error),
    )
    try:
        answered: ResponseReturnValue = current_app.dispatch_request()
        return answered
    except StoreError:
        return answer(ServiceUnavailable())
    except HTTPException as other:
        return answer(other)
    except Exception as other:
        return unexpected(other)


def unexpected(error: Exception) -> ResponseReturnValue:
    """Answer for a fault of ours: it goes to the log, never onto the page."""
    LOG.exception("Unexpected error at %s", logged_path(request.path), exc_info=error)
    return answer(InternalServerError())


def answer(error: HTTPException) -> ResponseReturnValue:
    """Answer an error as JSON below /api/ and as a page elsewhere."""
    status = error.code or 500
    if status == 413:
        _take_the_rest()
    title, detail = _words(error, status)
    allow = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    headers = {"Allow": ", ".join(sorted(allow))} if allow else {}
    if request.path.startswith(f"{PATHS.api}/") or request.path in STATES:
        return (
            jsonify({"error": {"status": status, "title": title, "detail": detail}}),
            status,
            headers,
        )
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


def _take_the_rest() -> None:
    """Read what is still being sent and forget it; a browser shows no answer before it has sent all."""
    left = min(request.content_length or 0, MOST_FORGOTTEN)
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
            most=number(LONGEST_ADDRESS),
        )
    if status == 405:
        return gettext("That does not work here"), gettext("This address can only be read.")
    if status == 413:
        return gettext("That is too much for us to read"), gettext(
            "We take up to %(limit)s kilobytes at once; a method has about 10. Leave pictures out, "
            "or paste the text alone. Your browser’s “back” button brings back what you typed.",
            limit=LARGEST_BODY // 1000,
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
    return " ".join(CONTROL.sub(" ", words).split())[:MAX_GUESS]


def _near_methods(guess: str) -> list[Card]:
    """Return methods whose address is much like the one asked for; [] if nothing can be read."""
    try:
        current = snapshot()
    except BuildError:
        return []
    return [current.cards[current.places[slug]] for slug in near_slugs(guess, current.slugs)]
