"""The hosting guide names only what exists: settings, addresses, numbers, files and commands of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from catalogue.cli.main import main
from catalogue.settings import PREFIX, SETTINGS
from catalogue.web.middleware.access_log import BUILD_HEADER

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
DEPLOYED = [
    ROOT / "compose.yaml",
    ROOT / "Dockerfile",
    *sorted(path for path in (ROOT / "deploy").rglob("*") if path.is_file()),
]
METRICS = (ROOT / "catalogue" / "web" / "metrics.py").read_text(encoding="utf-8")


def test_every_setting_named_in_the_guide_and_in_what_is_deployed_exists() -> None:
    known = {PREFIX + setting.name for setting in SETTINGS}
    texts = {"hosting.md": GUIDE} | {p.name: p.read_text(encoding="utf-8") for p in DEPLOYED}
    for name, text in texts.items():
        assert set(re.findall(r"\bCATALOGUE_[A-Z_]+", text)) - known == set(), name
    assert {"CATALOGUE_TRUSTED_PROXIES", "CATALOGUE_SITE_URL"} <= set(re.findall(r"\w+", GUIDE))


def test_every_address_that_is_watched_exists(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    named = set(re.findall(r"^\| `(/\w+)` \|", GUIDE, re.MULTILINE))
    assert named == {"/healthz", "/readyz", "/metrics"}
    assert named <= rules


@pytest.mark.parametrize("name", re.findall(r"`(catalogue_\w+)`", GUIDE))
def test_every_number_named_is_counted(name: str) -> None:
    assert f'"{name.removesuffix("_total")}"' in METRICS


def test_the_header_that_names_the_build_is_called_as_the_guide_says() -> None:
    assert f"header `{BUILD_HEADER}`" in GUIDE


def test_every_file_of_ours_that_the_guide_copies_exists() -> None:
    copied = re.findall(r"^sudo cp (\S+) ", GUIDE, re.MULTILINE)
    assert len(copied) == 3
    assert [name for name in copied if not (ROOT / name).is_file()] == []


def test_every_command_of_ours_in_the_guide_exists() -> None:
    named = set(re.findall(r"-m catalogue (\w+)", GUIDE))
    assert named == {"build"}
    assert named <= set(main.commands)
