"""The least a Flask page can cost: a few words, no template, no search.

benchmarks/serving.py serves it with the settings of the site itself, so that the difference is our work alone.
"""

from __future__ import annotations

from flask import Flask


class Idle:
    """Stands where the site keeps its build; the server's settings ask it to watch for newer ones."""

    def watch(self, **_: object) -> None:
        """There is nothing to watch."""


app = Flask("bare")
app.extensions["catalogue"] = Idle()


@app.get("/")
def hello() -> str:
    """Answer."""
    return "Hello"
