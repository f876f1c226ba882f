"""Reads the safe HTML of a section as paragraphs of runs, for a word processor."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

STYLES = {"h1": "Heading 2", "h2": "Heading 2", "h3": "Heading 3", "h4": "Heading 4", "h5": "Heading 4", "h6": "Heading 4",
          "blockquote": "Quote", "pre": "Quote"}  # fmt: skip
PLAIN = "Normal"
ENDS = {"p", "li", "tr", "ul", "ol", "table", *STYLES}


@dataclass(frozen=True)
class Run:
    """A piece of text of one form; `link` is the address it leads to, "" for none."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


def prose_paragraphs(html: str) -> list[tuple[str, list[Run]]]:
    """Return the paragraphs of HTML: the name of a style of Word, and the runs. A row of a table is a paragraph."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.paragraphs


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[tuple[str, list[Run]]] = []
        self._runs: list[Run] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ENDS:
            self.end()
        if tag in ("td", "th") and self._runs:
            self._runs.append(Run(" \u2013 "))
        if tag == "br":
            self._runs.append(Run("\n"))
        elif tag not in ("img", "hr", "input"):
            self._open.append((tag, dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ENDS:
            self.end()
        for n in reversed(range(len(self._open))):
            if self._open[n][0] == tag:
                del self._open[n:]
                break

    def handle_data(self, data: str) -> None:
        text = data if self._is_in("pre") else " ".join(data.split())
        if not self._is_in("pre"):
            text = f"{' ' if data[:1].isspace() else ''}{text}{' ' if text and data[-1:].isspace() else ''}"
        if text and (text.strip() or self._runs):
            link = next((href for tag, href in reversed(self._open) if tag == "a"), "")
            bold, italic = self._is_in("strong", "b", "th"), self._is_in("em", "i")
            self._runs.append(Run(text, bold, italic, link))

    def end(self) -> None:
        """End the paragraph that is being read."""
        if any(run.text.strip() for run in self._runs):
            self.paragraphs.append((self._style(), self._runs))
        self._runs = []

    def _style(self) -> str:
        for tag, _ in reversed(self._open):
            if tag in ("ul", "ol"):
                return "List Bullet" if tag == "ul" else "List Number"
            if tag in STYLES:
                return STYLES[tag]
        return PLAIN

    def _is_in(self, *tags: str) -> bool:
        return any(tag in tags for tag, _ in self._open)
