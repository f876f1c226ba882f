"""Tests of texts that change while a site in development runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from catalogue.rendering.site_texts import TEXTS_DIR
from catalogue.validation.guides import load_guidance
from catalogue.web import text_reload
from catalogue.web.factory import create_app


@pytest.fixture(autouse=True)
def forgotten_afterwards() -> Iterator[None]:
    yield
    for read in text_reload.READ_ONCE:
        read.cache_clear()


@pytest.mark.parametrize("reload", [True, False])
def test_texts_are_read_again_when_they_change_in_development_alone(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reload: bool
) -> None:
    texts = tmp_path / "texts"
    shutil.copytree(TEXTS_DIR, texts)
    monkeypatch.setattr(text_reload, "TEXTS_DIR", texts)
    settings = replace(app.extensions["catalogue"].settings, reload=reload)
    client = create_app(settings).test_client()
    client.get("/healthz")
    before = load_guidance()
    client.get("/healthz")
    assert load_guidance() is before
    (texts / "groups" / "new.md").write_text("x", encoding="utf-8")
    client.get("/healthz")
    assert (load_guidance() is before) is not reload
