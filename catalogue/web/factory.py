"""Makes the Flask application: settings, language, pages, headers.

`app.py` and the command line both use it, so a development server and a production server run
the same site.
"""

from __future__ import annotations

import os
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, request, url_for
from flask_babel import Babel

from catalogue import __version__, translation
from catalogue.serving import Serving
from catalogue.settings import PROJECT, Settings, read_settings
from catalogue.web import api, errors, guide, method_schema, pages

# No script or style inside a page, nothing from elsewhere, and no page inside a frame.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=(), geolocation=(), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application. Settings are read from the environment unless given.

    Nothing is built or opened until the first request. Raises SettingsError for a setting that
    cannot be used.
    """
    settings = settings or read_settings(os.environ)
    app = Flask(
        "catalogue",
        static_folder=str(PROJECT / "static"),
        template_folder=str(PROJECT / "templates"),
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    # Only English ships now; a host's own translations go into translations/.
    Babel(
        app,
        default_locale=settings.language,
        default_translation_directories=str(PROJECT / "translations"),
    )
    translation.install(app)
    app.extensions["catalogue"] = Serving(settings)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(guide.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(method_schema.blueprint)
    errors.register(app)
    asset = cache(partial(_asset, app))
    app.context_processor(lambda: {**_page_context(settings), "asset": asset})
    app.after_request(_add_headers)
    return app


def _page_context(settings: Settings) -> dict[str, object]:
    return {
        "site_name": settings.site_name,
        "repository_url": settings.repository_url,
        "version": __version__,
        "language": settings.language.replace("_", "-"),
        "canonical": settings.site_url + request.path,
    }


def _asset(app: Flask, name: str) -> str:
    """Return the address of a static file with a mark of its content, so that caches never go stale."""
    folder = Path(app.static_folder or "")
    return url_for("static", filename=name, v=_content_mark(folder / name))


@cache
def _content_mark(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/static/") and response.status_code == 200 and "v" in request.args:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
