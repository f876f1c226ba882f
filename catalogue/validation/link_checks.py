"""Tests the web addresses in method files, when somebody asks for it: `catalogue check --links`.

Never run in tests of the catalogue itself or in CI for a change: sites come and go, and many
refuse robots, so a refusal means "look", not "broken".
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import urllib3

from catalogue import __version__
from catalogue.model.problems import Problem, Values
from catalogue.regular_file import read_regular_file
from catalogue.validation.reader import MAX_BYTES

# Brackets within an address come in pairs; one alone closes the link or list around it. A page links "www." too.
ADDRESS = re.compile(r"(?:https?://|(?<![\w/.@:-])www\.)(?:[^\s<>\"'()\[\]{}]|\([^\s<>\"'()]*\))+")
LINE_END = re.compile(r"\r\n?|\n")
AGENT = f"participation-catalogue-link-check/{__version__}"
TIMEOUT_SECONDS = 15.0
# Sites are asked side by side, the pages of one site one after the other, with a pause.
MAX_SITES_AT_ONCE = 8
PAUSE_SECONDS = 1.0
MAX_REDIRECTS = 5
GONE = (404, 410)


@dataclass(frozen=True)
class Location:
    """The position of a URL in a file; `line` and `column` count from 1."""

    path: str
    line: int
    column: int


@dataclass(frozen=True)
class LinkResponse:
    """What requesting a URL brought: a status (0 if none came), and a reason."""

    url: str
    status: int
    reason: str = ""


def find_addresses(path: str, file: Path) -> Iterator[tuple[str, Location]]:
    """Yield every URL in a file, with its location; none of a file that the reader refuses to open."""
    try:
        raw = read_regular_file(file.parent, file.name, MAX_BYTES)
    except OSError:
        return  # the check of the file itself says why
    text = raw.decode("utf-8", errors="replace")
    for number, line in enumerate(LINE_END.split(text), start=1):
        for match in ADDRESS.finditer(line):
            found = match[0].rstrip(".,;:")
            url = f"http://{found}" if found.startswith("www.") else found
            yield url, Location(path, number, match.start() + 1)


def ask(pool: urllib3.PoolManager, url: str) -> LinkResponse:
    """Request one URL, with HEAD and, where a site does not like that, with GET."""
    retries = urllib3.Retry(connect=1, read=0, redirect=MAX_REDIRECTS, status=0)
    found = LinkResponse(url, 0)
    for verb in ("HEAD", "GET"):
        try:
            response = pool.request(verb, url, retries=retries, preload_content=False)
            found = LinkResponse(url, response.status)
            # Unread, the response would be in the way of the next request on this connection.
            response.close()
        except urllib3.exceptions.HTTPError as error:
            found = LinkResponse(url, 0, type(error.__cause__ or error).__name__)
        if 200 <= found.status < 400:
            break
    return found


def check_links(
    found: Iterable[tuple[str, Location]],
    tell: Callable[[int, int], None],
    ask_one: Callable[[str], LinkResponse] | None = None,
    pause: float = PAUSE_SECONDS,
) -> list[Problem]:
    """Request each URL once; return a problem for each location whose URL needs a look.

    `tell` is told how many URLs of how many are done; `ask_one` stands in for the network.
    """
    locations: dict[str, list[Location]] = defaultdict(list)
    for url, location in found:
        locations[url].append(location)
    sites: dict[str, list[str]] = defaultdict(list)
    for url in locations:
        sites[_host(url)].append(url)
    if ask_one is None:
        pool = urllib3.PoolManager(timeout=TIMEOUT_SECONDS, headers={"User-Agent": AGENT})

        def ask_one(url: str) -> LinkResponse:
            return ask(pool, url)

    responses: list[LinkResponse] = []
    with ThreadPoolExecutor(MAX_SITES_AT_ONCE) as workers:
        waiting = [workers.submit(_ask_site, urls, ask_one, pause) for urls in sites.values()]
        for done in as_completed(waiting):
            responses += done.result()
            tell(len(responses), len(locations))
    return sorted(
        problem
        for response in responses
        for at in locations[response.url]
        if (problem := _judge(response, at)) is not None
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # not a URL after all; the request will say so
        return ""


def _ask_site(
    urls: list[str], ask_one: Callable[[str], LinkResponse], pause: float
) -> list[LinkResponse]:
    responses = []
    for number, url in enumerate(urls):
        if number and pause:
            time.sleep(pause)
        responses.append(ask_one(url))
    return responses


def _judge(response: LinkResponse, at: Location) -> Problem | None:
    """Return what a response means for the position of its URL in a file; None if all is well."""
    if 0 < response.status < 400:
        return None
    reason = response.reason or "nothing came"
    values: Values = {"url": response.url, "status": response.status, "reason": reason}
    code = "link-broken" if response.status in GONE else "link-look"
    variant = "" if response.status else "silent"
    return Problem(code, at.path, at.line, at.column, values, variant)
