"""The files in which the site tells machines what it holds."""

from __future__ import annotations

from flask import Blueprint, Response

from catalogue.exports.site_files import llms, opensearch, robots, sitemap
from catalogue.urls import PATHS
from catalogue.web.file_responses import TEXT, XML, file_response
from catalogue.web.request_context import live_build, snapshot

blueprint = Blueprint("site_files", __name__)


@blueprint.get(PATHS.sitemap)
def sitemap_xml() -> Response:
    """List all pages for search engines."""
    return file_response(sitemap(snapshot(), live_build().settings.site_url), XML)


@blueprint.get(PATHS.robots)
def robots_txt() -> Response:
    """Tell robots that they may read everything."""
    return file_response(robots(live_build().settings.site_url), TEXT)


@blueprint.get(PATHS.opensearch)
def opensearch_xml() -> Response:
    """Describe the search to browsers."""
    settings = live_build().settings
    content = opensearch(settings.site_name, settings.site_url)
    return file_response(content, "application/opensearchdescription+xml; charset=utf-8")


@blueprint.get(PATHS.llms)
def llms_txt() -> Response:
    """Say in Markdown what the site holds, for language models."""
    settings = live_build().settings
    return file_response(llms(snapshot(), settings.site_name, settings.site_url), TEXT)
