"""Measures in a browser what axe does not: how much a focus or a border can be seen.

Contrast is that of WCAG: 1 for equal colours, 21 for black on white.
"""

from __future__ import annotations

import base64
from pathlib import Path

from playwright.sync_api import ElementHandle, Page

MARGIN = 8
AXE = Path(__file__).parents[1] / "data" / "vendor" / "axe.min.js"
# The widths at which a page is looked at. Dark changes colours and no layout, so one width is enough for it.
WIDTHS = {"light": (320, 375, 1280), "dark": (320,)}
# Axe looks at each page once a scheme: at the wide layout in light, at the narrow one in dark.
AXE_WIDTH = {scheme: widths[-1] for scheme, widths in WIDTHS.items()}

# Returns what axe finds wrong with a page by the rules of WCAG, one line for each place. Nothing is preloaded for it, as
# only its rule on sounds that play by themselves needs that, and no page may load sounds.
RUN_AXE = """async () => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const found = await axe.run(document, {
    runOnly: rules, resultTypes: ["violations"], preload: false,
  });
  return found.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id} at ${node.target}: ${node.failureSummary}`));
}"""
OPEN_ALL = "document.querySelectorAll('details').forEach((group) => { group.open = true; })"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

CONTRAST = """
const light = (parts) => {
  const [r, g, b] = parts.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
"""

# Takes two pictures of the same size and counts the pixels that changed by 3:1 or more.
COUNT = f"""async (pictures) => {{
  {CONTRAST}
  const [before, after] = await Promise.all(pictures.map(async (text) => {{
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], {{type: "image/png"}}));
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    return canvas.getImageData(0, 0, picture.width, picture.height).data;
  }}));
  let count = 0;
  for (let at = 0; at < before.length; at += 4) {{
    const one = before.slice(at, at + 3), other = after.slice(at, at + 3);
    if (one.some((part, place) => part !== other[place])) {{
      count += contrast(Array.from(one), Array.from(other)) >= 3;
    }}
  }}
  return count;
}}"""

# Returns the length of a control's outline, so that a line round it of one pixel is enough.
OUTLINE = """(control) => {
  const drawn = control.type === "checkbox" ? getComputedStyle(control.labels[0], "::before") : null;
  const box = control.getBoundingClientRect();
  return drawn ? 2 * (parseFloat(drawn.width) + parseFloat(drawn.height))
    : 2 * (box.width + box.height);
}"""

# Returns of each control, by its id, the contrast of its edge with what lies behind it. A checkbox is drawn by its label.
EDGES = f"""(controls) => {{
  {CONTRAST}
  const edge = (control) => {{
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const drawn = control.type === "checkbox"
      ? getComputedStyle(control.labels[0], "::before") : getComputedStyle(control);
    if (drawn.borderTopStyle !== "solid" || parseFloat(drawn.borderTopWidth) < 1) return 0;
    let behind = control.parentElement;
    const colour = (element) => numbers(getComputedStyle(element).backgroundColor);
    while (behind.parentElement && colour(behind)[3] === 0) behind = behind.parentElement;
    return contrast(numbers(drawn.borderTopColor).slice(0, 3), colour(behind).slice(0, 3));
  }};
  return Object.fromEntries(controls.map((control) => [control.id, edge(control)]));
}}"""

# Marks one control of each kind and returns the marks: a kind is a tag, its classes and its place.
KINDS = """() => {
  const seen = new Map();
  const all = "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']";
  for (const control of document.querySelectorAll(all)) {
    if (!control.checkVisibility()) continue;
    const place = control.closest("header, li, nav, footer, .card, .filters, .searchbox, p");
    const kind = [control.tagName, control.type || "", control.className,
      place ? place.className : ""].join("|");
    if (!seen.has(kind)) { seen.set(kind, control); control.dataset.kind = kind; }
  }
  return [...seen.keys()];
}"""


def visible_change(page: Page, blank: Page, control: ElementHandle) -> tuple[int, float]:
    """Return how many pixels change by 3:1 when a control gets the focus, and its outline's length."""
    control.focus()
    box = control.bounding_box()
    assert box is not None
    clip = {
        "x": max(0, box["x"] - MARGIN),
        "y": max(0, box["y"] - MARGIN),
        "width": box["width"] + 2 * MARGIN,
        "height": box["height"] + 2 * MARGIN,
    }
    focused = page.screenshot(clip=clip, animations="disabled")
    page.evaluate("document.activeElement.blur()")
    at_rest = page.screenshot(clip=clip, animations="disabled")
    pictures = [base64.b64encode(picture).decode() for picture in (at_rest, focused)]
    return blank.evaluate(COUNT, pictures), control.evaluate(OUTLINE)


def edge_contrasts(page: Page, selector: str) -> dict[str, float]:
    """Return of each control, by its id, the contrast of its edge with what lies behind it; 0 without an edge."""
    found: dict[str, float] = page.eval_on_selector_all(selector, EDGES)
    return found
