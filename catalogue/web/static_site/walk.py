"""The whole site as files that open from any folder of any web server, or from a USB stick: what a visitor can read.

Pages are asked of the site itself and their links made relative. Scripts stand in for the server on some
(`scripts.py`); what only a server can do, such as the forms, is named on a page that says where the site is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from posixpath import relpath
from urllib.parse import parse_qs

from flask import Flask

from catalogue.search.search_request import MAX_PER_PAGE
from catalogue.urls import PATHS, Urls
from catalogue.web.static_site.scripts import (
    ALL_METHODS,
    SCRIPTED,
    WHOLE,
    data_files,
    script_path,
    with_note,
    with_scripts,
)
from catalogue.web.views.cases import PER_PAGE_KEY

# The attributes that name something inside the site, as our templates write them.
NAMING = re.compile(r'( (?:href|src|action|data-suggest|data-draft)=")(/(?!/)[^"]*)"')
# GET forms of the server; those that lead to a page with scripts work without one.
FORM = re.compile(r'<form\b[^>]*? action="([^"]*)"[^>]*>.*?</form>', re.DOTALL)
PAGE = re.compile(r"page=(\d{1,4})")
# A link that adds a method to the plan, with the item of a list that it is alone in: nothing of the copy could take it.
ADDS_TO_PLAN = (
    r'\s*(<li\b[^>]*>)?<a\b[^>]*? href="{plan}\?[^"]*"[^>]*>(?:(?!</a>).)*</a>(?(1)</li>)'
)
# A choice to compare or to plan with.
CHOICE = re.compile(r"(?:^|&(?:amp;)?)(?:compare|plan)=")
# Written besides what pages link to.
ALSO = (
    PATHS.sitemap, PATHS.robots, PATHS.opensearch, PATHS.llms, PATHS.feed, PATHS.openapi, PATHS.schema, PATHS.data,
)  # fmt: skip
NEEDS_SERVER = (PATHS.plan_steps, PATHS.contribute_new, PATHS.contribute_use, PATHS.contribute_check, PATHS.contribute_file,
                PATHS.api_methods, PATHS.api_plan, PATHS.api_suggest, PATHS.healthz, PATHS.readyz, PATHS.metrics)  # fmt: skip
NO_SERVER = "/no-server"


def site_files(app: Flask) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the static site: its path below the folder, and its content.

    The application is one made for it alone: it shows all cases on one page.
    Raises RuntimeError if a page that another one links to cannot be made, and JudgedSearchesError.
    """
    urls: Urls = app.extensions["urls"]
    app.config[PER_PAGE_KEY] = sys.maxsize
    client = app.test_client()
    waiting, seen = [PATHS.home, *ALSO], set[str]()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(urls.prefix + _asked(path))
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}.")
        content = response.data
        if response.mimetype == "text/html":
            html, linked = _relative(response.text, path, urls.prefix)
            waiting += linked
            content = html.encode()
        yield file_of(path), content
    yield from _without_server(app, urls)
    current = app.extensions["catalogue"].snapshot()
    yield from data_files(current)
    yield ".nojekyll", b""


def _asked(path: str) -> str:
    """Return the address that gives a file: the list of methods whole, and a numbered page by its parameter."""
    if path == PATHS.methods:
        return f"{path}?per_page={MAX_PER_PAGE}"
    before, _, number = path.partition("/page-")
    return f"{before}?page={number}" if number else path


def file_of(path: str) -> str:
    """Return the file in which a path of the site is written: "methods/survey/index.html", "feed.atom"."""
    inner = path.strip("/")
    if "." in inner.rpartition("/")[2]:
        return inner
    return f"{inner}/index.html" if inner else "index.html"


def _relative(html: str, path: str, prefix: str) -> tuple[str, list[str]]:
    """Return a page with relative links and without forms that need a server, and the paths that it links to."""
    linked: list[str] = []
    folder = file_of(path).rpartition("/")[0] or "."

    def link(match: re.Match[str]) -> str:
        before, target = match.groups()
        rest, hash_, fragment = target.removeprefix(prefix).partition("#")
        inner, _, query = rest.partition("?")
        inner = inner or "/"
        if CHOICE.search(query) or any(
            f"{inner}/".startswith(f"{needs}/") for needs in NEEDS_SERVER
        ):
            inner, query, hash_, fragment = NO_SERVER, "", "", ""
        elif PAGE.fullmatch(query):
            inner, query = f"{inner}/page-{parse_qs(query)['page'][0]}", ""
            linked.append(inner)
        elif not before.endswith('action="'):
            linked.append(inner)
        address = relpath(file_of(inner), folder)
        return f'{before}{address}{f"?{query}" if query else ""}{hash_}{fragment}"'

    html = FORM.sub(lambda m: m[0] if _works(m[1].removeprefix(prefix), path) else "", html)
    html = re.sub(ADDS_TO_PLAN.format(plan=re.escape(prefix + PATHS.plan_steps)), "", html)
    html = NAMING.sub(link, html)
    # No server suggests words while somebody types.
    html = re.sub(r' data-suggest="[^"]*"', "", html)
    if page := SCRIPTED.get(path):
        linked += [script_path(name) for name in page.scripts]
        html = with_scripts(html, page, folder)
    if path in WHOLE:
        html = with_note(html, ALL_METHODS)
    return html, linked


def _works(action: str, path: str) -> bool:
    """Whether a form of a page works in the copy: own words for the planner, which other pages ask for, do not."""
    target = action.partition("#")[0]
    return target in SCRIPTED and (target != PATHS.plan or path == PATHS.plan)


def _without_server(app: Flask, urls: Urls) -> Iterator[tuple[str, bytes]]:
    """Yield the page that stands for all that needs a server."""
    with app.test_request_context(urls.prefix + NO_SERVER):
        html = app.jinja_env.get_template("data/no_server.html").render(
            app.jinja_env.globals | _context(app)
        )
    yield file_of(NO_SERVER), _relative(html, NO_SERVER, urls.prefix)[0].encode()
    yield "404.html", _relative(html, "/404.html", urls.prefix)[0].encode()


def _context(app: Flask) -> dict[str, object]:
    context: dict[str, object] = {}
    app.update_template_context(context)
    return {**context, "site_url": app.extensions["catalogue"].settings.site_url}
