"""In forced colours, as people with low vision set them: every mark of a drawing still stands out from what it lies on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

BARS = (".bar__fit", ".bar__other", ".bar__limit", ".picture .person")
# By address, the marks that must be there and be seen.
MARKS = {
    "/methods?weeks=4&budget=2000": BARS,
    "/methods/citizens-jury?weeks=20": (*BARS, ".step__bar .bar__fit", ".step__bar .bar__other", ".step__axis"),
    "/compare?m=survey:light&m=citizens-jury": (".bar__fit", ".bar__other"),
    "/plan?purpose=deliberate&weeks=10&budget=15000": BARS,
    "/plan/steps?m=survey:light&m=citizens-jury&weeks=30": (*BARS[:3], ".bars__longest", ".bars__shortest", ".bars__limit"),
    "/map?weeks=12&budget=5000": (".map__mark", ".map__zone", ".map__axis", ".map__name"),
}  # fmt: skip
# The contrast of a mark with the background of forced colours; 0 where nothing of it is seen.
CONTRASTS = """(selectors) => {
  const probe = document.createElement("div");
  document.body.append(probe);
  function rgb(colour) {
    probe.style.backgroundColor = colour;
    return getComputedStyle(probe).backgroundColor.match(/[\\d.]+/g).map(Number);
  }
  function light(colour) {
    const [r, g, b] = colour.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  const ground = light(rgb("Canvas"));
  probe.style.forcedColorAdjust = "none";
  const found = {};
  for (const selector of selectors) {
    const mark = document.querySelector(selector);
    const box = mark && mark.getBoundingClientRect();
    const style = mark && getComputedStyle(mark);
    const paints = !mark || (box.width + box.height === 0 && !mark.closest("defs")) ? [] : [style.fill, style.stroke].filter((p) => p !== "none").map(rgb);
    const contrasts = paints.filter((p) => p[3] !== 0).map(light).map((l) => (Math.max(l, ground) + 0.05) / (Math.min(l, ground) + 0.05));
    found[selector] = Math.max(0, ...contrasts);
  }
  probe.remove();
  return found;
}"""


@pytest.fixture(scope="module", params=["light", "dark"])
def forced(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser with forced colours, in one scheme."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=request.param, forced_colors="active"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", MARKS)
def test_marks_stand_out_in_forced_colours(forced: Page, site: str, address: str) -> None:
    forced.goto(site + address)
    assert forced.evaluate("matchMedia('(forced-colors: active)').matches")
    contrasts = forced.evaluate(CONTRASTS, list(MARKS[address]))
    assert {mark: contrast for mark, contrast in contrasts.items() if contrast < 3} == {}
