"""How long contributors wait for an answer: the form and the check, with an ordinary whole method.

Printed, not asserted: `python -m benchmarks.contribute`. The first answer after a build also reads
what the build remembers of the other files.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.timing import Spread, seconds_of
from catalogue.settings import PROJECT, read_settings
from catalogue.web import create_app
from tests.support.form_data import ANSWERS

CALLS = 40


def main() -> None:
    """Print the median and the slowest of the answers, in milliseconds of wall-clock and of our own time."""
    methods = PROJECT / "methods"
    text = (methods / "citizens-jury.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(read_settings({}), index_dir=Path(folder))
        client = create_app(settings).test_client()
        client.get("/contribute/new")  # builds
        for name, address, data in (
            ("form: check and preview", "/contribute/new", ANSWERS),
            ("file: check and preview", "/contribute/check", {"text": text}),
        ):

            def ask(address: str = address, data: dict[str, object] = data) -> None:  # type: ignore[assignment]
                assert client.post(address, data=data).status_code == 200

            first = seconds_of(ask)
            spread = Spread([seconds_of(ask) for _ in range(CALLS)])
            began = time.process_time()
            for _ in range(CALLS):
                ask()
            own = (time.process_time() - began) / CALLS * 1000
            print(
                f"{name}: median {spread.p50:.0f} ms, slowest {spread.at(100):.0f} ms; "
                f"first {first * 1000:.0f} ms; processor {own:.0f} ms"
            )


if __name__ == "__main__":
    main()
