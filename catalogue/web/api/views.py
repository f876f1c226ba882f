"""The JSON API: the same searches and methods as the pages, for other programs."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from catalogue.planner.plan import make_plan
from catalogue.presentation.plans.plan_data import plan_data
from catalogue.presentation.serialisers import method_data, search_data, suggestions_data
from catalogue.search.autocomplete import suggest
from catalogue.search.engine import search
from catalogue.search.parameters import read_words
from catalogue.urls import PATHS
from catalogue.web.middleware.canonical_url import parsed_answers, parsed_search
from catalogue.web.request_context import live_build, query_string, snapshot, urls
from catalogue.web.views.moved import to_new_slug

blueprint = Blueprint("api", __name__)


@blueprint.after_request
def allow_everyone(response: Response) -> Response:
    """Let programs on other sites read the responses; there is nothing private in them."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get(PATHS.api_methods)
def methods() -> ResponseReturnValue:
    """Return a search: total, items, counts of every filter, and what was ignored."""
    asked, notices = parsed_search(query_string())
    found = search(snapshot(), asked)
    return jsonify(search_data(found, notices, live_build().settings.site_url))


@blueprint.get(PATHS.api_plan)
def plan() -> ResponseReturnValue:
    """Return a plan: what was understood, push-back, a short process, single methods with reasons, near misses."""
    answers, notices = parsed_answers(query_string())
    return jsonify(plan_data(make_plan(snapshot(), answers, today=date.today()), notices))


@blueprint.get(PATHS.api_suggest)
def suggestions() -> ResponseReturnValue:
    """Return methods, their other names, and purposes for what somebody is typing."""
    words = read_words(request.args, [])
    return jsonify(suggestions_data(suggest(snapshot(), words, urls())))


@blueprint.get(PATHS.api_method("<slug>"))
def method(slug: str) -> ResponseReturnValue:
    """Return one method whole, with its text as Markdown and as HTML."""
    current = snapshot()
    page = current.page(slug)
    if page is None:
        return to_new_slug(current, slug, urls().api_method)
    return jsonify(method_data(page, live_build().settings.site_url, urls()))
