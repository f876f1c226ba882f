"""The panel with the problems of the method files, on every page of a site in development (setting RELOAD).

It shows the problems of the last build; on a method's own page also the warnings about its prose, for which a build
does not look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import request

from catalogue.model.codes import Severity
from catalogue.model.problems import Problem
from catalogue.model.unprintable import escape
from catalogue.search.live_build import LiveBuild
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError
from catalogue.validation.style_checks import prose_problems


@dataclass(frozen=True)
class Line:
    """One problem in words: its location, what is wrong and how to fix it, and its severity."""

    location: str
    text: str
    severity: Severity


@dataclass(frozen=True)
class Panel:
    """The problems of the file of this page, those of other files, and the files left out because of errors.

    `failure` says why the last change is not shown, where a build failed.
    """

    own: tuple[Line, ...]
    others: tuple[Line, ...]
    left_out: tuple[str, ...]
    failure: str

    @property
    def total(self) -> int:
        """How many problems there are."""
        return len(self.own) + len(self.others)


@dataclass(frozen=True)
class LeftOut:
    """A file that is not on the site, and its number of errors."""

    file: str
    errors: int


def left_out(live_build: LiveBuild) -> LeftOut | None:
    """Return the file of this page if errors keep it off the site; None on a public site."""
    path = _path(live_build.settings)
    if not live_build.settings.reload or path not in live_build.left_out:
        return None
    found = [problem for problem in live_build.problems if problem.path == path]
    return LeftOut(path, sum(problem.severity == "error" for problem in found))


def problem_panel(settings: Settings, live_build: LiveBuild) -> Panel | None:
    """Return the panel for this page; None without problems, or if the site is not in development."""
    if not settings.reload:
        return None
    slug, path = _slug(), _path(settings)
    own = [problem for problem in live_build.problems if slug and problem.path == path]
    if slug:
        own += _prose(live_build, path, slug)
    others = [problem for problem in live_build.problems if problem.path != path]
    panel = Panel(
        own=tuple(_line(problem) for problem in sorted(own)),
        others=tuple(_line(problem) for problem in others),
        left_out=live_build.left_out,
        failure=live_build.failure,
    )
    return panel if panel.total or panel.failure else None


def _slug() -> str:
    """Return the slug of the method whose page is requested, or ""."""
    asked = request.view_args or {}
    return asked.get("slug", "") if request.endpoint == "pages.method" else ""


def _path(settings: Settings) -> str:
    return escape(f"{settings.methods_dir.name}/{_slug()}.md")


def _line(problem: Problem) -> Line:
    return Line(f"{problem.path}:{problem.line}", problem.sentences, problem.severity)


def _prose(live_build: LiveBuild, path: str, slug: str) -> Iterator[Problem]:
    """Yield the warnings about a method as it is shown; nothing for one that is left out."""
    try:
        page = live_build.snapshot().page(slug)
    except BuildError:
        return
    if page:
        yield from prose_problems(path, page.method, date.today())
