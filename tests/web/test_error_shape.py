"""Every JSON error has one shape: {"error": {"status", "title", "detail"}}, and the status of the answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.settings import Settings
from catalogue.web import create_app


def error_of(
    client: FlaskClient, address: str, status: int, method: str = "GET"
) -> tuple[str, str]:
    """Return title and detail of an error, after checking its shape."""
    response = client.open(address, method=method)
    assert response.status_code == status
    assert response.content_type == "application/json"
    body = response.get_json()
    assert list(body) == ["error"]
    assert set(body["error"]) == {"status", "title", "detail"}
    assert body["error"]["status"] == status
    return body["error"]["title"], body["error"]["detail"]


NOT_FOUND = (
    "Page not found",
    "There is nothing at this address. It may have been typed wrongly, or the method may have "
    "another name here.",
)


@pytest.mark.parametrize("address", ["/api/v1/methods/harvest-juri", "/api/v1/nothing"])
def test_an_unknown_address_has_the_one_shape_of_errors(client: FlaskClient, address: str) -> None:
    assert error_of(client, address, 404) == NOT_FOUND


@pytest.mark.parametrize(
    "address", ["/api/v1/methods", "/api/v1/methods/harvest-jury", "/healthz", "/readyz"]
)
def test_writing_has_the_one_shape_of_errors(client: FlaskClient, address: str) -> None:
    found = error_of(client, address, 405, "POST")
    assert found == ("That does not work here", "This address can only be read.")


@pytest.mark.parametrize("address", ["/api/v1/methods", "/api/v1/methods/harvest-jury"])
def test_a_site_without_a_build_has_the_one_shape_of_errors(
    settings: Settings, tmp_path: Path, address: str
) -> None:
    client = create_app(replace(settings, methods_dir=tmp_path / "gone")).test_client()
    assert error_of(client, address, 503) == (
        "The catalogue is not ready",
        "Its pages could not be built. The reason stands in the log of the server.",
    )


def test_a_fault_of_ours_has_the_one_shape_of_errors_and_keeps_its_secret(
    cold_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("catalogue.web.api.views.search", break_down)
    assert error_of(cold_app.test_client(), "/api/v1/methods", 500) == (
        "Something went wrong on our side",
        "The fault is in our log. Trying again in a minute may help.",
    )
