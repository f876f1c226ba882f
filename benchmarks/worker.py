"""One worker process of the site, started by timing.py: answers pages, then says what it weighs.

`python -m benchmarks.worker ADDRESS` writes that page in one line, reads a JSON list of more
addresses from standard input, answers them all, and writes the bytes it holds in memory.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.timing import fetch
from catalogue.web import create_app


def main() -> None:
    """Answer the first address, then the others."""
    app = create_app()
    page = fetch(app, sys.argv[1]).decode("utf-8")
    print(page.replace("\n", " "), flush=True)
    for address in json.load(sys.stdin):
        fetch(app, address)
    print(memory_in_use())


def memory_in_use() -> int:
    """Return the bytes of memory this process holds; the most it ever held where only that is told."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().split("\n") if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024
    import resource  # not on every system

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main()
