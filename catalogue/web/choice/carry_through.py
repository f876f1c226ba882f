"""Carries what is chosen through every page: its links to other pages and its search forms keep it, and a bar names it.

Pages that list or show methods write the choice into their links themselves, with what they add to it. In all other
links of a page it is added here, once the page is made; visitors who chose nothing get pages as they are.
"""

from __future__ import annotations

import re

from flask import Flask, Response, request
from markupsafe import escape

from catalogue.search.chosen import CARRIED, Chosen, query, read_chosen
from catalogue.search.search_request import parse_limits
from catalogue.urls import Urls
from catalogue.web.choice.carried import choice_bar, hidden_inputs, known
from catalogue.web.request_context import snapshot, urls

# The bar names the choice itself, and has the one link that forgets it.
_BAR = re.compile(r'(<aside class="choice".*?</aside>)', re.S)
_LINK = re.compile(r'(<a\b[^>]*?\shref=")(/[^"#]*)(#[^"]*)?"')
_FORM = re.compile(r'<form\b[^>]*\saction="(/[^"#]*)[^"]*"[^>]*\smethod="get"[^>]*>')
_MAIN = re.compile(r"<main\b[^>]*>")
# What these lead to has the choice under other names, is no page of the catalogue, or is private.
_OWN_NAMES = ("compare", "plan_steps")
_NO_PAGES = ("api", "contribute", "data", "healthz", "metrics", "readyz")


def register(app: Flask) -> None:
    """Carry the choice through the pages of an application."""
    app.after_request(_carry)


def _carry(response: Response) -> Response:
    own = {getattr(urls(), name) for name in _OWN_NAMES}
    if (
        not any(name in request.args for name in CARRIED)
        or response.status_code != 200
        or response.mimetype != "text/html"
        or urls().prefix + request.path in own
    ):
        return response
    chosen = known(read_chosen(request.args, []), snapshot())
    if chosen:
        response.set_data(carry_choice(response.get_data(as_text=True), chosen, urls()))
    return response


def carry_choice(html: str, chosen: Chosen, site: Urls) -> str:
    """Return a page with a choice in its links and forms, and with the bar that names it if it has none yet."""
    parts = _BAR.split(html)
    parts[::2] = [_in_links(part, chosen, site) for part in parts[::2]]
    carried = "".join(parts)
    if len(parts) > 1:
        return carried
    pairs = [(n, v) for n, v in request.args.items(multi=True) if n not in CARRIED]
    limits, _ = parse_limits(request.args)
    bar = choice_bar(chosen, snapshot(), f"{site.prefix}{request.path}{query(pairs)}", limits)
    return _MAIN.sub(lambda match: match[0] + bar, carried, count=1)


def _in_links(html: str, chosen: Chosen, site: Urls) -> str:
    own = {site.compare: chosen.compare_query(), site.plan_steps: chosen.plan_query()}
    carried = query(chosen.carried())

    def link(match: re.Match[str]) -> str:
        address, more = match[2], ""
        if address in own:
            more = str(escape(own[address]))
        elif _is_page(address, site) and not _has_choice(address):
            more = str(escape(carried))
            more = f"&amp;{more[1:]}" if "?" in address else more
        return f'{match[1]}{address}{more}{match[3] or ""}"'

    def form(match: re.Match[str]) -> str:
        fields = html[match.end() : html.find("</form>", match.end())]
        has_it = any(f' name="{name}"' in fields for name in CARRIED)
        return (
            match[0] + hidden_inputs(chosen)
            if _is_page(match[1], site) and not has_it
            else match[0]
        )

    html = _LINK.sub(link, html)
    return _FORM.sub(form, html)


def _is_page(address: str, site: Urls) -> bool:
    """Whether an address is that of a page of the catalogue, and no file."""
    path = address.partition("?")[0].removeprefix(site.prefix)
    first, last = path.split("/")[1], path.rsplit("/", 1)[1]
    return "." not in last and first not in _NO_PAGES and site.prefix + path not in (site.compare, site.plan_steps)  # fmt: skip


def _has_choice(address: str) -> bool:
    return any(f"{name}=" in address.partition("?")[2] for name in CARRIED)
