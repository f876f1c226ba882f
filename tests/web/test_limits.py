"""Requests are bounded: address, parameters, body, words, phrases, ranges, and the time an answer takes."""

from __future__ import annotations

import io
import time
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalogue.settings import Settings
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from catalogue.web import create_app
from catalogue.web.middleware.limits import (
    MAX_BODY_BYTES,
    MAX_FORM_PARTS,
    MAX_PARAMETERS,
    MAX_URL_BYTES,
)
from catalogue.web.middleware.response_cache import ResponseCache
from catalogue.web.views.errors import MAX_DRAINED_BYTES
from tests.support.page import PageClient
from tests.support.reading import texts

pytest_plugins = ["tests.support.real_site"]

TOO_LONG = [
    "That address is too long",
    "We read at most 16,384 bytes of an address. Use fewer words or fewer filters.",
]
TOO_MANY = [
    "We could not answer that",
    "An address may have at most 1,000 parameters.",
]
TOO_LARGE = [
    "That is too much for us to read",
    "We take up to 500 kilobytes at once; a method has about 10. Leave pictures out, or paste the "
    "text alone. Your browser’s “back” button brings back what you typed.",
]
EVERYTHING = [
    *((facet.name, value) for facet in VOCABULARY.filters for value in (*facet.values, UNKNOWN)),
    *((name, "1-1000000") for name in VOCABULARY.ranges),
    ("q", "what do people think of a service " * 8),
    ("sort", "reviewed"),
    ("page", "1"),
    ("per_page", "100"),
]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/methods?q=" + "a" * MAX_URL_BYTES, 414, TOO_LONG),
        ("/methods/" + "a" * MAX_URL_BYTES, 414, TOO_LONG),
        ("/nothing?" + "a" * MAX_URL_BYTES, 414, TOO_LONG),
        ("/methods?" + "a&" * MAX_PARAMETERS, 400, TOO_MANY),
        ("/cases?" + "a=1&" * MAX_PARAMETERS, 400, TOO_MANY),
    ],
    ids=["query", "path", "query of nothing", "parameters", "parameters of cases"],
)
def test_a_request_that_is_too_large_is_refused_in_plain_words(
    page: PageClient, client: FlaskClient, address: str, status: int, said: list[str]
) -> None:
    assert texts(page.get(address, status), "main h1, main p")[:2] == said
    error = client.get(f"/api/v1{address}").get_json()["error"]
    assert [error["status"], error["title"], error["detail"]] == [status, *said]


def test_an_address_of_the_largest_size_is_answered(client: FlaskClient) -> None:
    start = "q="
    rest = MAX_URL_BYTES - len("/methods") - len(start)
    assert client.get("/methods?" + start + "a" * rest).status_code == 200
    assert client.get("/methods?" + start + "a" * (rest + 1)).status_code == 414
    assert client.get("/methods?" + "a&" * (MAX_PARAMETERS - 1)).status_code == 200


@pytest.mark.parametrize(
    ("answered", "refused", "status"),
    [
        ("/methods?" + "a&" * (MAX_PARAMETERS - 1), "/methods?" + "a&" * MAX_PARAMETERS, 400),
        ("/methods?q=" + "a" * (MAX_URL_BYTES - 11), "/methods?q=" + "a" * MAX_URL_BYTES, 414),
    ],
    ids=["parameters", "query"],
)
def test_what_is_too_large_is_refused_where_the_same_page_was_kept_for_a_smaller_request(
    settings: Settings, answered: str, refused: str, status: int
) -> None:
    client = create_app(settings).test_client()
    assert client.get(answered).status_code == 200
    assert client.get(refused).status_code == status


def test_every_filter_with_every_option_fits_well_within_the_bounds(client: FlaskClient) -> None:
    address = f"/methods?{urlencode(EVERYTHING)}"
    assert len(address) < MAX_URL_BYTES / 4
    assert len(EVERYTHING) < MAX_PARAMETERS / 4
    assert client.get(address).status_code == 200


@pytest.fixture
def form(settings: Settings) -> FlaskClient:
    """A site with one more page that reads what a form sends."""
    app = create_app(settings)
    app.add_url_rule("/form", "form", lambda: str(len(request.form)), methods=["POST"])
    return app.test_client()


def said_by(text: str) -> list[str]:
    return texts(BeautifulSoup(text, "lxml"), "main h1, main p")[:2]


def test_a_body_that_is_too_large_is_refused_and_what_still_comes_is_forgotten_up_to_a_bound(
    form: FlaskClient,
) -> None:
    body = io.BytesIO(b"a=" + b"x" * (MAX_DRAINED_BYTES + 100))
    response = form.post("/form", input_stream=body, content_length=MAX_DRAINED_BYTES + 102)
    assert (response.status_code, said_by(response.text)) == (413, TOO_LARGE)
    # A browser shows the answer only when all has been sent.
    assert body.tell() == MAX_DRAINED_BYTES


def chunked(form: FlaskClient, body: io.BytesIO) -> TestResponse:
    """Send a body as servers hand one over that came in chunks."""
    return form.post(
        "/form",
        input_stream=body,
        content_type="application/x-www-form-urlencoded",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )


def test_a_body_in_chunks_that_is_too_large_is_refused_and_not_cut(form: FlaskClient) -> None:
    body = io.BytesIO(b"a=" + b"x" * 2 * MAX_BODY_BYTES)
    response = chunked(form, body)
    assert (response.status_code, said_by(response.text)) == (413, TOO_LARGE)
    assert body.tell() == MAX_BODY_BYTES + 1


def test_a_body_in_chunks_is_read_like_another(form: FlaskClient) -> None:
    response = chunked(form, io.BytesIO(b"a=1&b=2"))
    assert (response.status_code, response.text) == (200, "2")


class Malformed(io.BytesIO):
    """A body that a server finds to be malformed while it is read."""

    def read(self, _size: int | None = -1, /) -> bytes:
        raise RuntimeError("quillwort")


def test_a_malformed_body_in_chunks_is_the_fault_of_whoever_sent_it(
    form: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = chunked(form, Malformed())
    assert (response.status_code, said_by(response.text)) == (
        400,
        ["We could not answer that", "What was sent is malformed, or broke off."],
    )
    assert caplog.text == ""


def test_a_form_of_the_largest_size_is_read(form: FlaskClient) -> None:
    response = form.post("/form", data={"a": "x" * (MAX_BODY_BYTES - 10)})
    assert (response.status_code, response.text) == (200, "1")


def test_a_form_of_too_many_parts_is_refused(form: FlaskClient) -> None:
    parts = {f"n{number}": "1" for number in range(MAX_FORM_PARTS + 1)}
    response = form.post("/form", data=parts, content_type="multipart/form-data")
    assert (response.status_code, said_by(response.text)) == (413, TOO_LARGE)


@pytest.mark.parametrize("address", ["/methods", "/api/v1/methods", "/nothing", "/static/mark.svg"])
def test_a_body_that_nobody_asked_for_makes_no_difference(
    client: FlaskClient, address: str
) -> None:
    body = io.BytesIO(b"x" * 2 * MAX_BODY_BYTES)
    odd = client.get(address, input_stream=body, content_length=2 * MAX_BODY_BYTES)
    assert (odd.status, odd.get_data()) == (
        client.get(address).status,
        client.get(address).get_data(),
    )
    assert body.tell() == 0


HEAVY = {
    "128 words of a letter": " ".join(f"people{n}" for n in range(100)),
    "1000 letters of slips": " ".join(f"cons{a}lta{b}ion" for a in "qxzvkjw" for b in "qxzvkjwyfh"),
    "a sentence of 1000 letters": "must not cost more than £500 for 30 people over 65 who cannot come by Christmas "
    * 12,
    "32 different words": " ".join(f"people{n} council{n}" for n in range(16)),
    "32 words that stand everywhere": "people public council local community time cost group " * 4,
    "32 slips": " ".join(f"peple{chr(97 + n)} juri{chr(97 + n)}" for n in range(16)),
    "24 phrases": '"of the" "to the" "in a" "and the" "on the" "it is" "a group" "at the" ' * 3,
    "one phrase of 60 words": '"' + "of the a to " * 15 + '"',
    "one word of 300 letters": "w" * 300,
    "150 words of one letter": "a " * 150,
    "only wildcards": "* ? ** p* *e a?b [a TO z] ~2 ^3 " * 9,
    "nested brackets": "((((" * 75,
    "300 quotation marks": '"' * 300,
    "facts": "cheap £500 for 30 people in 2 weeks online free low cost 5 hours " * 4,
    "letters of many writing systems": "åßçδεж漢字かな한글עבאב" * 15,
    "marks on marks": "a" + "\u0301" * 299,
}


@pytest.fixture(scope="module")
def cold(real_app: Flask) -> FlaskClient:
    """The real site, which makes every page anew, with its build open."""
    app = create_app(real_app.extensions["catalogue"].settings)
    app.extensions["page_cache"].responses = ResponseCache(max_responses=0)
    app.test_client().get("/methods?q=people")
    return app.test_client()


@pytest.mark.parametrize("words", HEAVY.values(), ids=HEAVY)
@pytest.mark.parametrize("path", ["/methods", "/api/v1/methods", "/cases", "/api/v1/suggest"])
def test_the_heaviest_questions_take_less_than_a_second(
    cold: FlaskClient, path: str, words: str
) -> None:
    pairs = (
        [(name, value) for name, value in EVERYTHING if name != "q"] if "methods" in path else []
    )
    address = f"{path}?{urlencode([*pairs, ('q', words)])}"
    # The work of this thread, whatever else the machine does; the slowest takes about a tenth.
    began = time.thread_time()
    assert cold.get(address).status_code == 200
    assert time.thread_time() - began < 1
