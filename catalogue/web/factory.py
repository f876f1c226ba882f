"""The application factory: one for development and production servers, so that they run the same site."""

from __future__ import annotations

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request

from catalogue import __version__
from catalogue.exports.documents.committee_report import (
    PARTS_FILE,
    PartOfReport,
    PartsError,
    read_parts,
)
from catalogue.i18n import language, with_translation
from catalogue.presentation.formatting import site_of
from catalogue.rendering.signs import text_with_signs
from catalogue.search.live_build import LiveBuild
from catalogue.search.parameters import MAX_WORDS_LENGTH
from catalogue.settings import PROJECT, Settings, SettingsError, read_settings
from catalogue.urls import Urls
from catalogue.web import assets, template_urls, text_reload, translation
from catalogue.web.api import api_docs
from catalogue.web.api import views as api
from catalogue.web.choice import carry_through
from catalogue.web.downloads import handbook, lists, method_files, open_data, site_files
from catalogue.web.metrics import Metrics
from catalogue.web.middleware import hosts, limits
from catalogue.web.middleware.access_log import BUILD_HEADER, AccessLog
from catalogue.web.middleware.page_cache import PageCache
from catalogue.web.middleware.prefix import UnderPrefix
from catalogue.web.middleware.redirects import RedirectToPage
from catalogue.web.middleware.security_headers import SecurityHeaders
from catalogue.web.problem_panel import problem_panel
from catalogue.web.readiness import Readiness
from catalogue.web.request_context import build_id
from catalogue.web.uses import pages as uses
from catalogue.web.uses import use_form
from catalogue.web.views import (
    about,
    cases,
    compare,
    contribute,
    deck,
    errors,
    guidance,
    health,
    map,
    method_schema,
    moved,
    pages,
    plan,
    plan_steps,
    topics,
)

# The modules with the routes.
PARTS = (
    pages,
    map,
    deck,
    topics,
    cases,
    compare,
    plan_steps,
    guidance,
    plan,
    about,
    api,
    api_docs,
    health,
    contribute,
    use_form,
    uses,
    method_schema,
    moved,
    handbook,
    lists,
    method_files,
    open_data,
    site_files,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application. Settings are read from the environment if None.

    Nothing is built or opened until the first request. Raises SettingsError for a setting that
    cannot be used.
    """
    settings = with_translation(settings or read_settings(os.environ))
    app = Flask(
        "catalogue",
        static_folder=None,  # served by `assets`
        template_folder=str(PROJECT / "templates"),
    )
    # Otherwise //methods would redirect to /methods, by a URL made from the Host header.
    app.url_map.merge_slashes = False
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["site_of"] = site_of
    app.jinja_env.filters["signs"] = text_with_signs
    translation.install(app.jinja_env, settings.language)
    urls = app.extensions["urls"] = Urls(settings.url_prefix)
    template_urls.install(app, urls)
    live_build = app.extensions["catalogue"] = LiveBuild(settings)
    app.extensions["open_data"] = open_data.OpenDataCache(settings)
    app.extensions["report_parts"] = _report_parts(settings)
    app.extensions["readiness"] = Readiness(live_build)
    for part in PARTS:
        app.register_blueprint(part.blueprint)
    errors.register(app)
    limits.register(app)
    assets.register(app, PROJECT / "static", urls)
    if settings.reload:
        text_reload.register(app)
    app.context_processor(lambda: _page_context(settings, live_build, urls))
    app.after_request(_add_build_header)
    carry_through.register(app)
    _wrap_in_middleware(app, settings)
    return app


def _report_parts(settings: Settings) -> tuple[PartOfReport, ...]:
    """Return the parts of a report to a committee, from the host's own file if one is set. Raises SettingsError."""
    try:
        return read_parts(settings.committee_report or PARTS_FILE)
    except PartsError as error:
        raise SettingsError(f"CATALOGUE_COMMITTEE_REPORT: {error}") from error


def _wrap_in_middleware(app: Flask, settings: Settings) -> None:
    """Wrap the application in its WSGI middleware, from the inside out."""
    inner = _in_language(settings.language, app.wsgi_app)
    app.extensions["page_cache"] = PageCache(inner, app.extensions["catalogue"])
    app.wsgi_app = app.extensions["page_cache"]  # type: ignore[method-assign]
    app.wsgi_app = RedirectToPage(app.wsgi_app, settings.url_prefix)  # type: ignore[method-assign]
    hosts.install(app, settings)
    app.wsgi_app = SecurityHeaders(app.wsgi_app, settings.secure)  # type: ignore[method-assign]
    metrics = Metrics(app.url_map) if settings.metrics else None
    app.extensions["metrics"] = metrics
    app.wsgi_app = AccessLog(app.wsgi_app, metrics)  # type: ignore[method-assign]
    if settings.url_prefix:
        app.wsgi_app = UnderPrefix(app.wsgi_app, settings.url_prefix)  # type: ignore[method-assign]


def _in_language(name: str, app: WSGIApplication) -> WSGIApplication:
    """Return an application that responds in the language of the site, a setting: the same for every visitor."""

    def respond(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with language(name):
            return app(environ, start_response)

    return respond


def _page_context(settings: Settings, live_build: LiveBuild, urls: Urls) -> dict[str, object]:
    return {
        "site_name": settings.site_name,
        "repository_url": settings.repository_url,
        "version": __version__,
        "language": settings.language.replace("_", "-"),
        # A relative one says nothing that a search engine could use.
        "canonical": settings.site_url and settings.site_url + request.path,
        "max_words_length": MAX_WORDS_LENGTH,
        "here": urls.prefix + request.path,
        "problem_panel": lambda: problem_panel(settings, live_build),
    }


def _add_build_header(response: Response) -> Response:
    """Name the build that a page was rendered from."""
    if made_from := build_id():
        response.headers.add(BUILD_HEADER, made_from)
    return response
