"""The log: one line a record, as text or JSON; nothing about visitors; nothing that forges a line."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.hosting.logging_config import (
    JsonFormatter,
    TextFormatter,
    WithoutVisitors,
    log_config,
)
from catalogue.model.unprintable import escape
from catalogue.settings import LOG_FORMATS, REQUEST_LOGGER, Settings
from catalogue.web import create_app
from tests.support.search_helpers import tries

BEGIN = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \d+ "
BUILD = "[0-9a-f]{32}"


def record(
    message: str, *arguments: object, fault: BaseException | None = None
) -> logging.LogRecord:
    fault_info = (type(fault), fault, fault.__traceback__) if fault else None
    return logging.LogRecord("catalogue", logging.ERROR, "", 0, message, arguments, fault_info)


class Log:
    """What the loggers write, in one of the formats."""

    def __init__(self, log_format: str) -> None:
        formatter = {"text": TextFormatter, "json": JsonFormatter}[log_format]
        self._stream = io.StringIO()
        self.handler = logging.StreamHandler(self._stream)
        self.handler.setFormatter(formatter())

    @property
    def lines(self) -> list[str]:
        return self._stream.getvalue().splitlines()


@pytest.fixture
def log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """The lines of requests and of the catalogue while a test runs."""
    written = Log(getattr(request, "param", "text"))
    loggers = [logging.getLogger(name) for name in (REQUEST_LOGGER, "catalogue")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(written.handler)
        logger.setLevel(logging.INFO)
    yield written
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(written.handler)
        logger.setLevel(level)


in_json = pytest.mark.parametrize("log", ["json"], indirect=True)


def requests(log: Log) -> list[str]:
    """Return the lines of requests, without the moment and the process."""
    found = [re.sub(BEGIN, "", line) for line in log.lines]
    return [line for line in found if re.match(r"INFO ([A-Z]+|other) /", line)]


def test_a_request_is_one_line_of_text(settings: Settings, log: Log) -> None:
    answer = create_app(settings).test_client().get("/methods", buffered=True)
    (line,) = (line for line in log.lines if "/methods" in line)
    size = len(answer.data)
    wanted = rf"{BEGIN}INFO GET /methods 200 {size} bytes \d+\.\d ms build {BUILD}"
    assert re.fullmatch(wanted, line)


@in_json
def test_a_request_is_one_object_of_json(settings: Settings, log: Log) -> None:
    answer = create_app(settings).test_client().get("/api/v1/methods?q=jury", buffered=True)
    found = [json.loads(line) for line in log.lines]
    (line,) = (line for line in found if "path" in line)
    assert re.fullmatch(BEGIN, f"{line.pop('time')} {line.pop('process')} ")
    assert 0 < line.pop("milliseconds") < 60_000
    assert line == {
        "level": "INFO",
        "method": "GET",
        "path": "/api/v1/methods",
        "status": 200,
        "bytes": len(answer.data),
        "build": answer.headers["Catalogue-Build"],
    }


@pytest.mark.parametrize("log", LOG_FORMATS, indirect=True)
def test_neither_words_nor_addresses_nor_programs_of_visitors_are_in_the_log(
    settings: Settings, log: Log
) -> None:
    client = create_app(replace(settings, trusted_proxies=1)).test_client()
    headers = {
        "X-Forwarded-For": "203.0.113.7",
        "User-Agent": "Very Own Browser",
        "Referer": "https://elsewhere.example/private",
        "Cookie": "name=private",
    }
    for address in ("/methods?q=private", "/nowhere?private", "/static/no.css?private"):
        client.get(
            address, headers=headers, environ_base={"REMOTE_ADDR": "203.0.113.8"}, buffered=True
        )
    assert len(requests(log) or log.lines) >= 3
    for word in ("private", "203.0.113", "Very Own", "elsewhere"):
        assert word not in "\n".join(log.lines)


@pytest.mark.parametrize("log", LOG_FORMATS, indirect=True)
@pytest.mark.parametrize(
    "path",
    [
        "/a%0A2026-11-23T00:00:00.000Z%201%20INFO%20forged",
        "/a%0D%0Aforged",
        "/a%1B[2Jforged",
        "/a%00%08%7Fforged",
        "/a%E2%80%A8forged",  # a line end of Unicode
        "/a%C2%85forged",  # another
        "/a%E2%80%AEforged",  # turns the writing round
        "/a%FF%FEforged",
    ],
)
def test_no_path_forges_a_line_or_commands_a_terminal(
    settings: Settings, log: Log, path: str
) -> None:
    client = create_app(settings).test_client()
    client.get("/about", buffered=True)
    before = len(log.lines)
    assert client.get(path, buffered=True).status_code == 404
    assert len(log.lines) == before + 1
    # The mark for bytes that are no text is all that is left of what is not plain.
    assert re.fullmatch(r"[\x20-\x7e�]+", log.lines[-1])


def test_a_long_path_is_cut(settings: Settings, log: Log) -> None:
    create_app(settings).test_client().get("/" + "a" * 5000, buffered=True)
    (line,) = requests(log)
    assert f" /{'a' * 199} 404 " in line


def test_head_and_errors_are_logged_with_the_bytes_that_were_sent(
    settings: Settings, log: Log
) -> None:
    client = create_app(settings).test_client()
    client.head("/methods", buffered=True)
    missing = client.get("/nowhere", buffered=True)
    assert [line.split(" bytes")[0] for line in requests(log)] == [
        "INFO HEAD /methods 200 0",
        f"INFO GET /nowhere 404 {len(missing.data)}",
    ]


def test_a_fault_of_ours_is_logged_with_its_traceback_and_its_request(
    settings: Settings, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("first\n2026-11-23T00:00:00.000Z 1 INFO forged")

    monkeypatch.setattr("catalogue.web.views.pages.search", break_down)
    assert (
        create_app(settings).test_client().get("/methods?q=private", buffered=True).status_code
        == 500
    )
    text = [line for line in log.lines if not line.startswith("    ")]
    assert all(re.match(BEGIN, line) for line in text)
    assert re.sub(BEGIN, "", text[0]) == "ERROR Unexpected error at /methods"
    assert "    RuntimeError: first" in log.lines
    assert "    2026-11-23T00:00:00.000Z 1 INFO forged" in log.lines
    assert requests(log)[0].startswith("INFO GET /methods 500 ")
    assert "private" not in "\n".join(log.lines)


@in_json
def test_a_traceback_is_one_line_of_json(
    settings: Settings, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("first\nsecond")

    monkeypatch.setattr("catalogue.web.views.pages.search", break_down)
    create_app(settings).test_client().get("/methods", buffered=True)
    found = [json.loads(line) for line in log.lines]
    (fault,) = (line for line in found if "traceback" in line)
    assert fault["message"] == "Unexpected error at /methods"
    assert fault["traceback"].endswith("RuntimeError: first\nsecond")


def test_nothing_is_done_for_a_log_that_nobody_reads(settings: Settings) -> None:
    client = create_app(settings).test_client()
    assert not logging.getLogger(REQUEST_LOGGER).isEnabledFor(logging.INFO)
    assert client.get("/methods", buffered=True).status_code == 200


def test_the_server_writes_its_own_messages_in_the_same_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = log_config("json")
    assert config["root"] == {"level": "INFO", "handlers": ["stderr"]}
    assert config["loggers"]["gunicorn.error"] == {
        "level": "INFO",
        "handlers": [],
        "propagate": True,
    }
    assert config["formatters"]["line"]["()"] is JsonFormatter
    assert log_config("text")["formatters"]["line"]["()"] is TextFormatter


def test_what_waitress_says_of_a_request_is_only_where_it_says_it() -> None:
    said = record("closing channel %s", "127.0.0.9", fault=ValueError("quillwort"))
    said.module, said.lineno = "wasyncore", 511
    assert WithoutVisitors().filter(said)
    line = TextFormatter().format(said)
    assert " ERROR waitress: wasyncore, line 511\n" in line
    assert line.endswith("Withheld: ValueError")
    assert "quillwort" not in line


def test_what_waitress_says_of_itself_is_kept() -> None:
    said = record("total open connections reached the connection limit")
    said.module = "server"
    assert WithoutVisitors().filter(said)
    assert said.getMessage() == "total open connections reached the connection limit"


@pytest.mark.parametrize(
    "path, shown",
    [
        ("/methods%3Fq=quillwort", "/methods"),
        ("/methods;quillwort", "/methods"),
        ("/methods/caf%C3%A9", "/methods/caf"),
        ("/methods/reed-panel", "/methods/reed-panel"),
    ],
)
def test_a_path_is_logged_as_far_as_an_address_of_ours_could_go(
    settings: Settings, log: Log, path: str, shown: str
) -> None:
    create_app(settings).test_client().get(path, buffered=True)
    (line,) = requests(log)
    assert line.startswith(f"INFO GET {shown} ")


def test_a_method_that_does_not_exist_is_not_logged(settings: Settings, log: Log) -> None:
    create_app(settings).test_client().open("/methods", method="QUILLWORT", buffered=True)
    (line,) = requests(log)
    assert line.startswith("INFO other /methods 405 ")


@tries(300)
@given(st.text(max_size=80))
def test_any_message_stays_one_record(message: str) -> None:
    said = record("%s", message)
    text = TextFormatter().format(said)
    assert re.match(BEGIN + "ERROR ", text)
    assert text == escape(text)
    assert len(text.splitlines()) == 1
    (line,) = JsonFormatter().format(said).splitlines()
    assert json.loads(line)["message"] == message
