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
from urllib.parse import urljoin, urlsplit

import urllib3

from catalogue import __version__
from catalogue.model.problems import Problem
from catalogue.regular_file import read_regular_file
from catalogue.validation.reader import MAX_BYTES

# Brackets within an address come in pairs; one alone closes the link or list around it.
ADDRESS = re.compile(r"https?://(?:[^\s<>\"'()\[\]{}]|\([^\s<>\"'()]*\))+")
LINE_END = re.compile(r"\r\n?|\n")
AGENT = f"participation-catalogue-link-check/{__version__}"
SECONDS_TO_ANSWER = 15.0
# Sites are asked side by side, the pages of one site one after the other, with a pause.
SITES_AT_ONCE = 8
PAUSE_SECONDS = 1.0
MAX_REDIRECTS = 5
GONE = (404, 410)


@dataclass(frozen=True)
class Place:
    """Where an address stands in a file."""

    path: str
    line: int
    column: int


@dataclass(frozen=True)
class Answer:
    """What asking for an address brought: a status (0 if none came), the last address, a reason."""

    url: str
    status: int
    final: str
    reason: str = ""


def find_addresses(path: str, file: Path) -> Iterator[tuple[str, Place]]:
    """Yield every web address in a file, with its place; none of a file that the reader refuses to open."""
    try:
        raw = read_regular_file(file.parent, file.name, MAX_BYTES)
    except OSError:
        return  # the check of the file itself says why
    text = raw.decode("utf-8", errors="replace")
    for number, line in enumerate(LINE_END.split(text), start=1):
        for match in ADDRESS.finditer(line):
            yield match[0].rstrip(".,;:"), Place(path, number, match.start() + 1)


def ask(pool: urllib3.PoolManager, url: str) -> Answer:
    """Ask for one address, with HEAD and, where a site does not like that, with GET."""
    retries = urllib3.Retry(connect=1, read=0, redirect=MAX_REDIRECTS, status=0)
    answer = Answer(url, 0, url)
    for verb in ("HEAD", "GET"):
        try:
            response = pool.request(verb, url, retries=retries, preload_content=False)
            final = urljoin(url, response.geturl() or url)
            answer = Answer(url, response.status, final)
            # Unread, the answer would be in the way of the next question on this connection.
            response.close()
        except urllib3.exceptions.HTTPError as error:
            answer = Answer(url, 0, url, type(error.__cause__ or error).__name__)
        if 200 <= answer.status < 400:
            break
    return answer


def check_links(
    found: Iterable[tuple[str, Place]],
    tell: Callable[[int, int], None],
    ask_one: Callable[[str], Answer] | None = None,
    pause: float = PAUSE_SECONDS,
) -> list[Problem]:
    """Ask for each address once; return a problem for each place whose address needs a look.

    `tell` is told how many addresses of how many are done; `ask_one` stands in for the network.
    """
    places: dict[str, list[Place]] = defaultdict(list)
    for url, place in found:
        places[url].append(place)
    sites: dict[str, list[str]] = defaultdict(list)
    for url in places:
        sites[_host(url)].append(url)
    if ask_one is None:
        pool = urllib3.PoolManager(timeout=SECONDS_TO_ANSWER, headers={"User-Agent": AGENT})

        def ask_one(url: str) -> Answer:
            return ask(pool, url)

    answers: list[Answer] = []
    with ThreadPoolExecutor(SITES_AT_ONCE) as workers:
        waiting = [workers.submit(_ask_site, urls, ask_one, pause) for urls in sites.values()]
        for done in as_completed(waiting):
            answers += done.result()
            tell(len(answers), len(places))
    return sorted(
        problem
        for answer in answers
        for place in places[answer.url]
        if (problem := _judge(answer, place)) is not None
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # not an address after all; asking will say so
        return ""


def _ask_site(urls: list[str], ask_one: Callable[[str], Answer], pause: float) -> list[Answer]:
    answers = []
    for number, url in enumerate(urls):
        if number and pause:
            time.sleep(pause)
        answers.append(ask_one(url))
    return answers


def _judge(answer: Answer, place: Place) -> Problem | None:
    """Say what an answer means for the place where the address stands; None if all is well."""

    def problem(code: str, what: str, mend: str, error: bool = False) -> Problem:
        severity = "error" if error else "warning"
        return Problem(place.path, place.line, place.column, code, what, mend, severity)  # type: ignore[arg-type]

    url = answer.url
    if answer.status in GONE:
        mend = "Find where the page has gone, or take the address out and keep the title."
        return problem("link-broken", f"{url} is gone ({answer.status})", mend, error=True)
    if answer.status == 0:
        what = f"{url} gave no answer ({answer.reason or 'nothing came'})"
        return problem("link-look", what, "Open it yourself; the site may be down or may be gone.")
    if answer.status >= 400:
        what = f"{url} refused to answer a robot ({answer.status})"
        return problem("link-look", what, "Open it yourself; most such pages are there.")
    return None
