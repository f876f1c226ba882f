"""Random and mutated requests: no fault of ours (500), no traceback, no answer over a second.

Some are made up from the description of the API, right ones and wrong ones, and their answers must be as
described; others are odd paths, odd queries and damaged copies of good addresses. More than 500
in `make test`, more than 10,000 in `make soak`.
"""

from __future__ import annotations

import random
import time
from functools import cache
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.test import create_environ, run_wsgi_app

from tests.support.soak import counted, times

pytest_plugins = ["tests.support.real_site"]
pytestmark = pytest.mark.soak

# A little more than promised, because some parts find fewer different requests than they may try.
FULL = 10_600
BOUNDED = 560
MAX_SECONDS = 1.0
# What would show that the inside of the program came out.
INSIDES = (b"Traceback", b'File "', b"site-packages", b"werkzeug", b"sqlalchemy", b"<module>")
# An address of each kind, which the mutations start from.
GOOD = [
    "/",
    "/methods",
    "/methods?q=young+people&cost=low&audience=young-people&people=20-40&page=2&per_page=5",
    "/methods?q=%22citizens%27+jury%22+cheap&sort=cost&weeks=12&budget=5000&hours=3",
    "/methods/citizens-jury",
    "/purposes/deliberate",
    "/audiences/young-people",
    "/cases?q=council&country=UK&result=mixed&page=2",
    "/glossary",
    "/about/quality",
    "/api",
    "/api/v1/methods?q=jury&format=online",
    "/api/v1/methods/citizens-jury",
    "/api/v1/suggest?q=jur",
    "/api/v1/openapi.json",
    "/healthz",
    "/readyz",
    "/static/catalogue.css",
]
ODD = ["%00", "%ff%fe", "%", "..", "/", "//", "\\", "?", "&", "=", ";", "#", "'", '"', "<script>",
       "%0d%0aX: y", "\u202e", "漢", "\xe9", "${7*7}", "{{7*7}}", "-1", "1e999", "9" * 400, "a" * 3000,
       "+" * 300, "*", "~", "^", "[", "NaN", "null", "true", "q=", "&q=jury", "unknown"]  # fmt: skip
METHODS = ["GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO"]
HEADERS = {
    "HTTP_ACCEPT_ENCODING": ["", "br", "gzip, br;q=0.1", "*;q=nan", "\xff", "br" * 500],
    "HTTP_IF_NONE_MATCH": ["*", '"x"', 'W/"', ",,,", "\xff" * 50],
    "HTTP_HOST": ["localhost", "", "a b", "[::1", "x" * 300, "\xe9.example", "a:99999"],
    "CONTENT_LENGTH": ["-1", "x", "99999999999", "0"],
    "CONTENT_TYPE": ["multipart/form-data", "application/json", "x/y; charset=\xff"],
    "HTTP_RANGE": ["bytes=0-", "bytes=9-1", "bytes=x"],
    "HTTP_ACCEPT_LANGUAGE": ["cy", "*", ";;;", "x" * 300],
    "HTTP_X_FORWARDED_PROTO": ["https", "\xff"],
    "HTTP_IF_MODIFIED_SINCE": ["yesterday", "\xff"],
}  # fmt: skip


def share(parts: int) -> int:
    """Return how many requests each of so many equal parts of the tests makes."""
    return times(BOUNDED, FULL) // parts


def tried(examples: int) -> settings:
    # Shrinking a failure would ask a thousand times more; what failed is printed as it is.
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def site(real_app: Flask) -> Flask:
    """The real site, with its build open."""
    real_app.test_client().get("/methods?q=people")
    return real_app


def check(status: int, body: bytes, seconds: float, asked: object) -> None:
    """Fail unless an answer is one that may be given to any request, and count it."""
    counted("random requests", 1)
    assert status < 500, asked
    assert not [mark for mark in INSIDES if mark in body], asked
    assert seconds < MAX_SECONDS, asked


def ask(app: Flask, environ: dict[str, Any]) -> None:
    """Hand a raw request to the site, and check its answer."""
    began = time.thread_time()
    parts, status, _ = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    body = b"".join(parts)
    # The page about the code's own packages does not exist; /static/ holds files of others.
    ours = b"" if environ["PATH_INFO"].startswith("/static/") else body
    shown = {key: environ[key] for key in environ if key.isupper()}
    check(int(status[:3]), ours, time.thread_time() - began, shown)


@cache
def description(app: Flask) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


# "negative" makes requests that break the description; they are answered, with a notice.
MODES = [(path, mode) for path in ("/api/v1/methods", "/api/v1/suggest")
         for mode in ("positive", "negative")]  # fmt: skip
MODES += [("/api/v1/methods/{slug}", "positive"), ("/healthz", "positive"), ("/readyz", "positive"),
          ("/api/v1/openapi.json", "positive")]  # fmt: skip
WEIGHTS = {"/healthz": 1, "/readyz": 1, "/api/v1/openapi.json": 1}


@pytest.mark.parametrize(("path", "mode"), MODES)
def test_requests_made_from_the_description_are_answered_as_described(
    site: Flask, path: str, mode: str
) -> None:
    operation = description(site)[path]["GET"]
    slugs = site.extensions["catalogue"].snapshot().slugs
    strategy = operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))

    @tried(share(2) * WEIGHTS.get(path, 10) // 53)
    @given(case=strategy, chance=st.randoms())
    def run(case: Any, chance: random.Random) -> None:
        if case.path_parameters and chance.random() < 0.8:
            case.path_parameters["slug"] = chance.choice(slugs)
        began = time.thread_time()
        response = case.call(headers={"Accept-Encoding": "identity"})
        taken = time.thread_time() - began
        check(response.status_code, response.content, taken, case.as_curl_command())
        case.validate_response(
            response,
            checks=[
                not_a_server_error,
                status_code_conformance,
                content_type_conformance,
                response_schema_conformance,
            ],
        )

    run()


def mutated(address: str, chance: random.Random) -> str:
    """Return an address with a few places changed: letters lost, doubled, swapped, odd ones put in."""
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(address) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            address = address[:place] + chance.choice(ODD) + address[place:]
        elif kind == 1:
            address = address[:place] + address[place + chance.randint(1, 8) :]
        elif kind == 2:
            address = address + address[place:]
        elif kind == 3:
            address = address[:place] + chr(chance.randrange(256)) + address[place + 1 :]
        else:
            pairs = address.partition("?")[2].split("&")
            address = f"{address}&{chance.choice(pairs)}"
    return address


def raw(address: str, chance: random.Random) -> dict[str, Any]:
    """Return a request as a server hands it over, with nothing made proper."""
    path, _, query = address.partition("?")
    environ = create_environ("/")
    # Old programs send Latin-1, which is seldom proper UTF-8.
    encoding = chance.choice(["utf-8", "latin-1"])
    environ["REQUEST_METHOD"] = chance.choice(METHODS)
    environ["PATH_INFO"] = path.encode(encoding, "replace").decode("latin-1")
    environ["QUERY_STRING"] = query.encode(encoding, "replace").decode("latin-1")
    for name in chance.sample(sorted(HEADERS), chance.choice([0, 0, 1, 3])):
        environ[name] = chance.choice(HEADERS[name])
    return environ


def test_damaged_copies_of_good_addresses_are_answered(site: Flask) -> None:
    chance = random.Random(20261123)
    for _ in range(share(4)):
        ask(site, raw(mutated(chance.choice(GOOD), chance), chance))


LETTERS = st.text(st.characters(codec="utf-8"), max_size=80)
BYTES = st.binary(max_size=80).map(lambda given: given.decode("latin-1"))
WORDS = st.lists(st.sampled_from([*ODD, "jury", "people", "cost", "low", "methods", "api", "v1"]),
                 max_size=12).map("".join)  # fmt: skip
ANY = st.one_of(LETTERS, BYTES, WORDS)
STARTS = ["/", "/methods", "/methods/", "/api/v1/methods", "/api/v1/methods/", "/api/v1/suggest",
          "/cases", "/purposes/", "/audiences/", "/static/", "/about/", ""]  # fmt: skip


def test_random_paths_and_queries_are_answered(site: Flask) -> None:
    @tried(share(4))
    @given(start=st.sampled_from(STARTS), path=ANY, query=ANY, chance=st.randoms())
    def run(start: str, path: str, query: str, chance: random.Random) -> None:
        ask(site, raw(f"{start}{path if chance.random() < 0.5 else ''}?{query}", chance))

    run()


def test_the_insides_of_the_program_would_be_noticed() -> None:
    with pytest.raises(AssertionError):
        check(200, b'<p>File "/app.py", line 3', 0.0, "")
    with pytest.raises(AssertionError):
        check(500, b"", 0.0, "")
    with pytest.raises(AssertionError):
        check(200, b"", MAX_SECONDS, "")
