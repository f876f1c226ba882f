"""The `catalogue` command: build, check, serve and search from a terminal.

The outermost layer: it reads settings, calls the rest of the package, prints, and ends with
0 (fine), 1 (problems found) or 2 (misuse).
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from werkzeug.datastructures import MultiDict
from werkzeug.serving import run_simple

from catalogue import __version__
from catalogue.build import BuildError, Progress, build
from catalogue.checks import check_across
from catalogue.evaluation import QueriesError, by_kind, evaluate, read_queries, score
from catalogue.links import check_links, find_addresses
from catalogue.presentation import card_view, notice_text
from catalogue.problems import Problem
from catalogue.prose import prose_problems
from catalogue.reader import Reading, method_files, read_method_file, shown_path
from catalogue.request import SORTS, SearchRequest, parse_request
from catalogue.search import search
from catalogue.serving import Serving, log_problems
from catalogue.settings import Settings, SettingsError, read_settings
from catalogue.vocabulary import VOCABULARY
from catalogue.web import create_app

PROBLEMS_FOUND = 1
# What makes `check` end with 1, without and with --strict.
COUNTED = {False: ("error",), True: ("error", "warning")}
SHOW_PROGRESS_AFTER_SECONDS = 1.0


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="catalogue")
@click.pass_context
def main(context: click.Context) -> None:
    """Build, check, serve and search a catalogue of participation methods.

    Settings are read from CATALOGUE_* environment variables; README.md lists them.
    """
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    try:
        context.obj = read_settings(os.environ)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


@main.command("build")
@click.pass_obj
def build_command(settings: Settings) -> None:
    """Build the database and the search index from the method files.

    Does nothing if nothing changed. Files with errors are named and left out.
    """
    started = time.monotonic()
    try:
        result = build(settings.methods_dir, settings.index_dir, _progress())
    except BuildError as error:
        raise click.ClickException(str(error)) from error
    log_problems(result)
    seconds = time.monotonic() - started
    done = f"{result.rendered} rendered" if result.made else "nothing had changed"
    click.echo(f"{result.manifest.methods} methods, {done}, {seconds:.2f} seconds.")
    if any(problem.severity == "error" for problem in result.problems):
        sys.exit(PROBLEMS_FOUND)


def _progress() -> Progress:
    """Return a progress printer that stays silent for a build of less than a second."""
    started = time.monotonic()
    last = [started]

    def tell(what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - started > SHOW_PROGRESS_AFTER_SECONDS and (now - last[0] > 0.5 or done == total):
            last[0] = now
            count = f" {done} of {total}" if total > 1 else ""
            click.echo(f"{what}{count} …", err=True)

    return tell


@main.command("check")
@click.option("--strict", is_flag=True, help="Count warnings as problems too.")
@click.option("--links", is_flag=True, help="Ask for every web address too; takes minutes.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def check_command(settings: Settings, files: tuple[Path, ...], strict: bool, links: bool) -> None:
    """Check method files and say what to mend, with file and line.

    Without FILES, the whole folder is checked. Names and links are always compared with those of all
    other files.
    """
    try:
        readings = _readings(settings.methods_dir, files)
    except OSError as error:
        raise click.UsageError(f"{error.filename} cannot be read: {error.strerror}.") from error
    problems = [problem for reading in readings for problem in reading.problems]
    for reading in readings:
        if reading.method:
            problems += prose_problems(reading.path, reading.method, date.today())
    if links:
        problems += _link_problems(settings.methods_dir, files)
    for problem in sorted(problems):
        click.echo(str(problem))
    counted = [p for p in problems if p.severity in COUNTED[strict]]
    click.echo(_verdict(len(readings), problems), err=True)
    if counted:
        sys.exit(PROBLEMS_FOUND)


def _readings(folder: Path, files: tuple[Path, ...]) -> list[Reading]:
    """Read the whole folder and the files given; return the readings of those asked for.

    A file from elsewhere takes the place of the one of the same name in the folder. Those asked for
    come last, so that a name they share with another file is their problem.
    """
    for file in files:
        file.lstat()  # a file that is not there is misuse, not a problem
    own = {shown_path(folder, path): path for path in method_files(folder)}
    asked = [_shown(file, folder) for file in files]
    given = dict(zip(asked, files, strict=True))
    names = {file.name for file in files}
    readings = [read_method_file(folder, path) for path in own.values() if path.name not in names]
    for shown, file in given.items():
        readings.append(replace_path(read_method_file(file.absolute().parent, file), shown))
    checked = check_across(readings)
    return [reading for reading in checked if not files or reading.path in given]


def _link_problems(folder: Path, files: tuple[Path, ...]) -> list[Problem]:
    """Ask for the web addresses in the files, saying how far it has come."""
    asked = files or [path for path in method_files(folder) if path.suffix == ".md"]
    found = [pair for file in asked for pair in find_addresses(_shown(file, folder), file)]
    return check_links(found, lambda done, of: click.echo(f"{done} of {of} addresses", err=True))


def _shown(file: Path, folder: Path) -> str:
    return shown_path(folder, file) if _inside(file, folder) else str(file)


def _inside(file: Path, folder: Path) -> bool:
    return file.absolute().parent.resolve() == folder.resolve()


def replace_path(reading: Reading, shown: str) -> Reading:
    """Return a reading whose messages name the file as it was given."""
    problems = tuple(replace(problem, path=shown) for problem in reading.problems)
    return replace(reading, path=shown, problems=problems)


def _verdict(files: int, problems: list[Problem]) -> str:
    read = f"{files} file{'' if files == 1 else 's'} checked"
    counts = Counter(problem.severity for problem in problems)
    parts = [
        f"{counts[name]} {name}{'' if counts[name] == 1 else 's'}"
        for name in ("error", "warning", "reminder")
        if counts[name]
    ]
    return f"{read}: {', '.join(parts)}." if parts else f"{read}, nothing to mend."


@main.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535),
              help="The port to listen on.")  # fmt: skip
@click.pass_obj
def serve_command(settings: Settings, host: str, port: int) -> None:
    """Build what changed and serve the site on this machine.

    A method file that is edited meanwhile shows on the next request.
    """
    app = create_app(replace(settings, reload=True))
    serving: Serving = app.extensions["catalogue"]
    try:
        total = len(serving.snapshot().cards)
        click.echo(f"{total} methods on http://{host}:{port}/ (stop with Ctrl and C)")
        run_simple(host, port, app, threaded=True)
    except BuildError as error:
        raise click.ClickException(str(error)) from error
    except (OSError, SystemExit) as error:
        message = f"The site cannot listen on {host}:{port}. Choose another port with --port."
        raise click.ClickException(message) from error


@main.command("search")
@click.argument("words", nargs=-1)
@click.option("--sort", type=click.Choice(SORTS), help="The order of the results.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100),
              help="How many results to print.")  # fmt: skip
@click.pass_context
def search_command(context: click.Context, /, words: tuple[str, ...], sort: str | None, limit: int,
                   **filters: tuple[str, ...]) -> None:  # fmt: skip
    """Search the catalogue for WORDS; filters work as on the site."""
    pairs = [("q", " ".join(words)), ("per_page", str(limit)), ("sort", sort or "")]
    pairs += [(name, value) for name, values in filters.items() for value in values]
    app = create_app(context.obj)
    asked, notices = parse_request(MultiDict(pairs))
    try:
        with app.test_request_context():
            serving: Serving = app.extensions["catalogue"]
            found = search(serving.snapshot(), asked)
            for notice in (*notices, *found.notices):
                click.echo(notice_text(notice), err=True)
            for result in found.results:
                view = card_view(result.card)
                facts = " · ".join(part for part in (view.cost, view.hours, view.people) if part)
                click.echo(
                    f"{result.card.title}  [{result.card.slug}]\n  {result.card.summary}\n  {facts}"
                )
    except BuildError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{found.total} found.", err=True)


@main.command("evaluate-search")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def evaluate_command(settings: Settings, file: Path) -> None:
    """Measure the search against FILE, a YAML list of {q, kind, want: [slugs]}.

    success@N: a wanted method among the first N. MRR: the mean of 1/rank of the first one. nDCG@10:
    how near the first ten come to the best order.
    """
    try:
        snapshot = Serving(settings).snapshot()
        queries = read_queries(file, snapshot.slugs)
    except (BuildError, QueriesError) as error:
        raise click.ClickException(str(error)) from error

    def ask(words: str) -> list[str]:
        return [found.card.slug for found in search(snapshot, SearchRequest(words=words)).results]

    outcomes = evaluate(queries, ask)
    click.echo(f"{'':10}{'queries':>8}{'success@1':>11}{'success@3':>11}{'MRR':>8}{'nDCG@10':>9}")
    for name, group in {"all": outcomes, **by_kind(outcomes)}.items():
        s = score(group)
        line = f"{name:10}{s.queries:8}{s.success_1:11.3f}{s.success_3:11.3f}"
        click.echo(f"{line}{s.mrr:8.3f}{s.ndcg_10:9.3f}")
    for outcome in outcomes:
        if not 0 < outcome.rank <= 3:
            wanted, found = ", ".join(outcome.query.want), ", ".join(outcome.found[:3])
            click.echo(f'{outcome.query.kind}: "{outcome.query.words}" wants {wanted}; '
                       f"found {found or 'nothing'}")  # fmt: skip


def _add_filters() -> None:
    """Give `search` one option for each filter of the vocabulary."""
    for facet in VOCABULARY.filters:
        text = f"{facet.question} Choose from: {', '.join(facet.values)}."
        click.option(f"--{facet.name}", multiple=True, help=text)(search_command)
    for span in VOCABULARY.ranges.values():
        text = f"{span.question} For example {span.example}."
        click.option(f"--{span.name}", multiple=True, help=text)(search_command)


_add_filters()
