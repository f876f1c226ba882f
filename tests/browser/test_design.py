"""The page of the design beside pictures of it: a change of the looks shows, in light and in dark.

Other machines have other fonts and draw edges in another way. So tiles of one height are compared one by one, in squares of
8 by 8 pixels: drawings without text by their worst square, tiles with text by the mean of all.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from catalogue.web.factory import create_app
from tests.support.contrast import AXE, RUN_AXE, SIDEWAYS
from tests.support.over_http import served

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.browser"]

LOOKS = Path(__file__).parent.parent / "data" / "looks"
ACCEPT = "ACCEPT_LOOKS"
# How far the colour of a square may be from that of the picture, of 255: the worst of a drawing, the mean of a text.
MOST_DRAWN, MOST_TEXT = 40, 20
# Reduces a picture to one pixel for each square; beside an older one, says how far both are apart: [worst, mean].
COMPARE = """async ([fresh, known]) => {
  const SQUARE = 8;
  async function pixels(source) {
    const image = new Image();
    image.src = "data:image/png;base64," + source;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  }
  function reduced(full) {
    const [width, height] = [Math.floor(full.width / SQUARE), Math.floor(full.height / SQUARE)];
    const small = new ImageData(width, height);
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let c = 0; c < 4; c++) {
      let sum = 0;
      for (let j = 0; j < SQUARE; j++) for (let i = 0; i < SQUARE; i++)
        sum += full.data[((y * SQUARE + j) * full.width + x * SQUARE + i) * 4 + c];
      small.data[(y * width + x) * 4 + c] = sum / SQUARE ** 2;
    }
    return small;
  }
  const small = reduced(await pixels(fresh));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [small.width, small.height];
  canvas.getContext("2d").putImageData(small, 0, 0);
  const picture = canvas.toDataURL("image/png").split(",")[1];
  if (!known) return [picture, 255, 255];
  const old = await pixels(known);
  if (old.width !== small.width || old.height !== small.height) return [picture, 255, 255];
  let worst = 0, total = 0;
  for (let at = 0; at < small.data.length; at += 4) {
    let apart = 0;
    for (let c = 0; c < 3; c++) apart = Math.max(apart, Math.abs(small.data[at + c] - old.data[at + c]));
    worst = Math.max(worst, apart);
    total += apart;
  }
  return [picture, worst, total / (small.data.length / 4)];
}"""


@pytest.fixture(scope="module")
def in_development(app: Flask) -> Iterator[str]:
    """The address of a site in development."""
    settings = replace(app.extensions["catalogue"].settings, reload=True)
    with served(create_app(settings)) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_parts_look_as_in_their_pictures(
    chromium: Browser, in_development: str, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page, blank = context.new_page(), context.new_page()
    page.goto(f"{in_development}/about/design")
    changed, seen = {}, set()
    for tile in page.locator("[data-tile]").all():
        name, drawn = tile.get_attribute("data-tile"), tile.get_attribute("data-drawn") is not None
        file = LOOKS / scheme / f"{name}.png"
        seen.add(file.name)
        known = base64.b64encode(file.read_bytes()).decode() if file.exists() else ""
        shot = base64.b64encode(tile.screenshot(animations="disabled")).decode()
        picture, worst, mean = blank.evaluate(COMPARE, [shot, known])
        if worst > MOST_DRAWN if drawn else mean > MOST_TEXT:
            changed[f"{name} in {scheme}"] = f"worst square {worst:.0f}, mean {mean:.1f}"
            if os.environ.get(ACCEPT):
                file.write_bytes(base64.b64decode(picture))
    context.close()
    if os.environ.get(ACCEPT):
        return
    assert changed == {}, (
        "These parts look otherwise than in tests/data/looks. Look at /about/design of `catalogue serve`. If the change is meant, run "
        f"{ACCEPT}=1 pytest tests/browser/test_design.py and commit the pictures."
    )
    assert {file.name for file in (LOOKS / scheme).glob("*.png")} == seen, "pictures without a tile"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_passes_axe_and_fits_a_narrow_screen(
    chromium: Browser, in_development: str, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.goto(f"{in_development}/about/design")
    found = page.evaluate(SIDEWAYS), page.evaluate(RUN_AXE)
    context.close()
    assert found == (0, [])


def test_a_public_site_has_no_such_page(app: Flask) -> None:
    assert app.test_client().get("/about/design").status_code == 404
