"""The site without a server: how long it takes to write, how large it is, and what its scripts load.

Printed, not asserted: `python -m benchmarks.static_site`.
"""

from __future__ import annotations

import gzip
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from benchmarks.report import Table, machine
from catalogue.settings import read_settings
from catalogue.web import create_app
from catalogue.web.static_site.scripts import DATA, data_file
from catalogue.web.static_site.walk import site_files

MEGABYTE = 1_000_000


def main() -> None:
    """Print a row for each kind of file, with the time that making it took, and one for each file that scripts load."""
    print(machine(), end="\n\n")
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(replace(read_settings({}), index_dir=Path(folder)))
        app.test_client().get("/methods")  # builds
        files, kinds = dict[str, bytes](), defaultdict[str, list[tuple[int, float]]](list)
        began = time.process_time()
        for name, content in site_files(app):
            now = time.process_time()
            kinds[kind_of(name)].append((len(content), now - began))
            files[name], began = content, now
    table = Table(["files", "number", "MB", "processor, seconds"])
    for kind, made in sorted(kinds.items()):
        table.row(_row(kind, made))
    table.row(_row("all", [each for made in kinds.values() for each in made]))
    table.end()
    table = Table(["loaded by scripts", "KB", "KB compressed"])
    for name in DATA:
        content = files[data_file(name)]
        table.row([name, f"{len(content) / 1000:.0f}", f"{len(gzip.compress(content)) / 1000:.0f}"])


def kind_of(name: str) -> str:
    """Return the ending of a file, or what it is for: "html", "docx", "data of scripts"."""
    if name in {data_file(each) for each in DATA}:
        return "data of scripts"
    return name.rpartition(".")[2]


def _row(kind: str, made: list[tuple[int, float]]) -> list[str]:
    size, seconds = sum(size for size, _ in made), sum(seconds for _, seconds in made)
    return [kind, str(len(made)), f"{size / MEGABYTE:.2f}", f"{seconds:.1f}"]


if __name__ == "__main__":
    main()
