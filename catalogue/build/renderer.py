"""Renders the changed methods of a build, and reports the ones that cannot be rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from catalogue.build.documents import make_entry
from catalogue.model.problems import Problem
from catalogue.rendering.site_texts import load_texts
from catalogue.storage.database import Entry, FileRead
from catalogue.validation.guard import guarded
from catalogue.validation.reader import read_method_file

# Called with the progress of a build: (what it does, how many are done, of how many).
Progress = Callable[[str, int, int], None]


class Renderer:
    """Renders methods; one that cannot be rendered is left out, and becomes a problem of its file."""

    def __init__(self, methods_dir: Path, reads: dict[str, FileRead], tell: Progress) -> None:
        """Take the readings of all files by name in `reads`; `tell` is called with the progress. Raises TextsError."""
        load_texts()  # pages link to the glossary: here, or each method would be left out for its fault
        self.reads = reads
        self.failed: list[str] = []
        self.problems: list[Problem] = []
        self._methods_dir = methods_dir
        self._tell = tell

    def entries(self, slugs: list[str]) -> Iterator[Entry]:
        """Render methods; one that an earlier build read, and left out, is read again."""
        for done, slug in enumerate(slugs, start=1):
            name = f"{slug}.md"
            read = self.reads[name]
            method = read.reading.method
            method = method or read_method_file(self._methods_dir, self._methods_dir / name).method
            if method:
                entry, problem = guarded(read.reading.path, make_entry, method, read.digest)
                if entry:
                    yield entry
                if problem:
                    self._leave_out(slug, problem)
            self._tell("Rendering", done, len(slugs))
        self._tell("Writing the index", 0, 1)

    def _leave_out(self, slug: str, problem: Problem) -> None:
        """Store with its file that a method failed, so that the next build does not try it again."""
        read = self.reads[f"{slug}.md"]
        problems = tuple(sorted((*read.reading.problems, problem)))
        self.reads[read.name] = replace(
            read, reading=replace(read.reading, problems=problems, usable=False)
        )
        self.failed.append(slug)
        self.problems.append(problem)
