"""The numbers for Prometheus: off unless wanted, for programs on this machine alone, and right.

That several workers are added up is tested with a real server in test_production.py.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

import catalogue.search.live_build as live_build_module
from catalogue import __version__
from catalogue.build.builder import build
from catalogue.settings import Settings
from catalogue.storage.folder import DATABASE
from catalogue.web import create_app
from tests.support.editing import change

Labels = tuple[tuple[str, str], ...]


@pytest.fixture
def counted(settings: Settings) -> FlaskClient:
    """The site with metrics."""
    return create_app(replace(settings, metrics=True)).test_client()


def numbers(client: FlaskClient) -> dict[tuple[str, Labels], float]:
    """Return all numbers by name and labels."""
    answer = client.get("/metrics", buffered=True)
    assert answer.status_code == 200
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.get_data(as_text=True))
        for sample in family.samples
    }


def requests(client: FlaskClient) -> dict[tuple[str, str, str], float]:
    """Return how many requests were counted, by method, route and status."""
    return {
        tuple(value for _, value in labels): number  # type: ignore[misc]
        for (name, labels), number in numbers(client).items()
        if name == "catalogue_requests_total"
    }


def test_without_the_setting_there_are_no_numbers(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_requests_are_counted_by_route_and_status_not_by_address(counted: FlaskClient) -> None:
    for address in ("/", "/methods?q=a", "/methods?q=b", "/methods/reed-panel", "/methods/none"):
        counted.get(address, buffered=True)
    counted.get("/methods/web-idea-box", buffered=True)
    counted.head("/about", buffered=True)
    counted.post("/about", buffered=True)
    counted.open("/about", method="BREW", buffered=True)
    counted.get("/no/such/page", buffered=True)
    counted.get("/methods//", buffered=True)
    assert requests(counted) == {
        ("GET", "/", "200"): 1,
        ("GET", "/methods", "200"): 2,
        ("GET", "/methods/<slug>", "200"): 2,
        ("GET", "/methods/<slug>", "404"): 1,
        ("HEAD", "/about", "200"): 1,
        ("POST", "/about", "405"): 1,
        ("other", "/about", "405"): 1,
        ("GET", "none", "301"): 1,
        ("GET", "none", "404"): 1,
    }


def test_times_are_kept_for_each_route(counted: FlaskClient) -> None:
    for _ in range(3):
        counted.get("/about", buffered=True)
    found = numbers(counted)
    route = (("route", "/about"),)
    assert found["catalogue_request_seconds_count", route] == 3
    assert 0 < found["catalogue_request_seconds_sum", route] < 60
    buckets = [
        (float(dict(labels)["le"]), number)
        for (name, labels), number in found.items()
        if name == "catalogue_request_seconds_bucket" and dict(labels)["route"] == "/about"
    ]
    assert [number for _, number in sorted(buckets)] == sorted(number for _, number in buckets)
    assert max(buckets)[1] == 3


def test_the_build_and_its_methods_are_told_and_whether_all_is_well(
    settings: Settings, counted: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_build_module, "LOOK_AGAIN_SECONDS", 0)
    build_id = counted.get("/readyz").json["build"]
    found = numbers(counted)
    assert found["catalogue_build", (("build", build_id), ("version", __version__))] == 1
    assert found["catalogue_methods", ()] == 6
    assert found["catalogue_degraded", ()] == 0
    change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
    made = build(settings.methods_dir, settings.index_dir)
    (made.folder / DATABASE).write_bytes(b"")
    assert numbers(counted)["catalogue_degraded", ()] == 1


def test_a_cache_that_says_hit_or_miss_is_counted(settings: Settings) -> None:
    app = create_app(replace(settings, metrics=True))
    client = app.test_client()
    for said in ("hit", "hit", "miss", "anything"):
        client.get("/about", environ_overrides={"catalogue.cache": said}, buffered=True)
    found = numbers(client)
    assert found["catalogue_page_cache_total", (("result", "hit"),)] >= 2
    assert found["catalogue_page_cache_total", (("result", "miss"),)] >= 1
    assert len([name for name, _ in found if name == "catalogue_page_cache_total"]) == 2


@pytest.mark.parametrize("proxies", [0, 1, 2])
@pytest.mark.parametrize(
    "address", ["203.0.113.7", "10.0.0.1", "::2", "", "localhost", "127.0.0.1.example.org"]
)
def test_the_numbers_are_refused_to_other_machines(
    settings: Settings, address: str, proxies: int
) -> None:
    app = create_app(replace(settings, metrics=True, trusted_proxies=proxies))
    answer = app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 403
    assert b"catalogue_requests" not in answer.data


@pytest.mark.parametrize("proxies", [0, 1, 2])
@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-For: 127.0.0.1, 127.0.0.1",
        "X-Forwarded-For: ",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: localhost",
        "X-Real-IP: 127.0.0.1",
        "Forwarded: for=127.0.0.1",
        "Via: 1.1 proxy",
        "CF-Connecting-IP: 127.0.0.1",
        "True-Client-IP: 127.0.0.1",
        "X-Client-IP: 127.0.0.1",
    ],
)
def test_the_numbers_are_refused_to_whoever_comes_through_a_proxy_on_this_machine(
    settings: Settings, header: str, proxies: int
) -> None:
    name, _, value = header.partition(": ")
    app = create_app(replace(settings, metrics=True, trusted_proxies=proxies))
    answer = app.test_client().get("/metrics", headers={name: value})
    assert answer.status_code == 403


def test_a_forged_forwarding_header_does_not_bring_another_machine_here(settings: Settings) -> None:
    app = create_app(replace(settings, metrics=True, trusted_proxies=1))
    headers = {"X-Forwarded-For": "127.0.0.1"}
    answer = app.test_client().get(
        "/metrics", headers=headers, environ_base={"REMOTE_ADDR": "203.0.113.7"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_programs_on_this_machine_may_read_the_numbers(settings: Settings, address: str) -> None:
    app = create_app(replace(settings, metrics=True, trusted_proxies=1))
    answer = app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 200
