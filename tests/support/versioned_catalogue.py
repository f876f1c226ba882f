"""A small catalogue in which every method carries the mark of one version, so that a mix of two shows.

The mark stands in titles, summaries, cases and texts; how many methods have one purpose follows
from the version, so that counts are held to it too.
"""

from __future__ import annotations

import json
import random
import re
import threading
from collections.abc import Callable
from pathlib import Path

from catalogue.vocabulary import VOCABULARY
from tests.support.editing import save

METHODS = 6
PURPOSE, OTHER = "inform", "deliberate"
MARK = re.compile(r"heron(\d+)")
SHOWN = re.compile(r'class="[^"]*\bcard__title\b')
# Pages and answers that carry the mark, of all kinds that read a build.
ADDRESSES = (
    "/methods",
    "/methods?q=barn",
    "/methods?q=heron&sort=cost",
    f"/methods?purpose={PURPOSE}",
    "/methods/bird-0",
    "/methods/bird-5",
    "/cases",
    "/api/v1/methods",
    f"/api/v1/methods?purpose={PURPOSE}",
    "/api/v1/methods/bird-3",
    "/api/v1/suggest?q=bird",
)

# Asks for an address: gives the status and the text of the answer.
Ask = Callable[[str], tuple[int, str]]


def with_purpose(version: int) -> int:
    """Return how many methods of a version have the purpose that is counted."""
    return 1 + version % (METHODS - 1)


def write_version(folder: Path, version: int, methods: int = METHODS) -> None:
    """Write all files of a version into a folder of methods."""
    folder.mkdir(exist_ok=True)
    mark = f"heron{version}"
    for number in range(methods):
        purpose = PURPOSE if number < with_purpose(version) else OTHER
        front = "\n".join(
            [
                f'title: "Bird {number} {mark}"',
                f'summary: "People of the village meet in a barn, said {mark}."',
                f"purposes: [{purpose}]",
                f'cases: [{{title: "Case {number} {mark}", outcome: "It was so."}}]',
                f'sources: [{{title: "A guide to {mark}", by: "A university"}}]',
            ]
        )
        body = "\n".join(f"## {name}\n\nHere is {mark}.\n" for name in VOCABULARY.headings)
        save(folder / f"bird-{number}.md", f"---\n{front}\n---\n\n{body}")


def faults(address: str, status: int, text: str) -> tuple[int, list[str]]:
    """Return the version an answer is from, and what is wrong with it: a mix, a failure."""
    marks = set(MARK.findall(text))
    if status != 200 or len(marks) != 1:
        return -1, [f"{address}: {status} with versions {sorted(marks)} in {text[:200]!r}"]
    version = int(marks.pop())
    counted = with_purpose(version)
    wanted = counted if PURPOSE in address else METHODS
    if address.startswith("/api/v1/methods") and "bird" not in address:
        answer = json.loads(text)
        (inform,) = (o for o in answer["facets"]["purpose"] if o["value"] == PURPOSE)
        found = [answer["total"], len(answer["items"]), inform["count"]]
        right = [wanted, wanted, counted]
    elif address.startswith("/methods") and "bird" not in address:
        found, right = [len(SHOWN.findall(text))], [wanted]
    else:
        found = right = []
    return version, [] if found == right else [f"{address}: {found} but {right} in v. {version}"]


class Reader(threading.Thread):
    """Asks for addresses without end, and notes every answer that fails or mixes two builds."""

    def __init__(self, ask: Ask, seed: int) -> None:
        super().__init__(daemon=True)
        self._ask = ask
        self._chance = random.Random(seed)
        self._news = threading.Condition()
        self._stopped = False
        self.faults: list[str] = []
        self.seen: set[int] = set()
        self.answers = 0

    def run(self) -> None:
        """Ask until told to stop."""
        while not self._stopped:
            address = self._chance.choice(ADDRESSES)
            try:
                version, found = faults(address, *self._ask(address))
            except Exception as error:
                version, found = -1, [f"{address}: {error!r}"]
            with self._news:
                self.answers += 1
                self.faults += found
                self.seen.add(version)
                self._news.notify_all()

    def wait_for(self, version: int) -> None:
        """Wait until this reader has seen a version, or has met a fault."""
        with self._news:
            assert self._news.wait_for(lambda: self.faults or version in self.seen, 60)

    def wait_for_answers(self, more: int) -> None:
        """Wait until this reader has had some more answers."""
        with self._news:
            wanted = self.answers + more
            assert self._news.wait_for(lambda: self.faults or self.answers >= wanted, 60)

    def stop(self) -> None:
        """End, and wait for the end."""
        self._stopped = True
        self.join(60)
