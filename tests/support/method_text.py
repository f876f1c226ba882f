"""Writes whole small methods for tests and reads them, so that a test shows only what it changes.

The four required fields stand on lines 2 to 5; facts added to them begin on line 6.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from catalogue.model.method import Method
from catalogue.validation.front_matter import Node, split_file
from catalogue.validation.reader import Reading, read_method_text
from catalogue.vocabulary import VOCABULARY

PATH = "methods/a.md"
REQUIRED = {
    "title": '"Barn dance"',
    "summary": '"People dance in a barn and talk between the dances."',
    "purposes": "[build-community]",
    "sources": '[{title: "A guide", by: "A university"}]',
}
BODY = "\n".join(f"## {heading}\n\nIt is so.\n" for heading in VOCABULARY.headings)


def method_text(facts: str = "", body: str = BODY, **required: str | None) -> str:
    """Return a method file; a required field given as None is left out."""
    fields = {name: value for name, value in (REQUIRED | required).items() if value is not None}
    lines = [*(f"{name}: {value}" for name, value in fields.items()), *facts.splitlines()]
    return "\n".join(["---", *lines, "---", "", body])


def read(facts: str = "", body: str = BODY, **required: str | None) -> Reading:
    """Read such a file."""
    return read_method_text(PATH, "a", method_text(facts, body, **required))


def lines(facts: str = "", body: str = BODY, **required: str | None) -> list[str]:
    """Return the problems of such a file, as they are printed."""
    return [str(problem) for problem in read(facts, body, **required).problems]


def method(facts: str = "", body: str = BODY, **required: str | None) -> Method:
    """Return the method of such a file, which must have no problem."""
    found = read(facts, body, **required)
    assert [str(problem) for problem in found.problems] == []
    assert found.method is not None
    return found.method


@contextmanager
def at_once() -> Iterator[None]:
    """Fail if what is inside takes long; endless input takes a careless reader half a minute."""
    started = time.thread_time()
    yield
    assert time.thread_time() - started < 5


def node(written: str) -> Node:
    """Return one value as the front matter gives it; it stands on line 2, column 4."""
    split, problems = split_file(PATH, f"---\nx: {written}\n---\n")
    assert problems == []
    return split.fields["x"]
