"""`catalogue evaluate-search`: measures the relevance of search results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from catalogue.cli.evaluations.search_evaluation import (
    Outcome,
    QueriesError,
    by_kind,
    evaluate,
    interval,
    read_queries,
    score,
)
from catalogue.cli.failures import open_build
from catalogue.search.engine import search
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings

# The engines measured beside ours: modules of the folder benchmarks/, which only a copy of the repository has.
PEERS = (("benchmarks.peer_fts5", "FTS5Peer"), ("benchmarks.peer_tantivy", "TantivyPeer"))
Asked = Callable[[str], list[str]]


@click.command("evaluate-search")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--peers", is_flag=True, help="Ask SQLite FTS5 and tantivy too (in a copy of the repository)."
)
@click.option(
    "--half",
    type=click.IntRange(1, 2),
    help="Ask only every second query: 1 from the first one on, 2 from the second.",
)
@click.pass_obj
def evaluate_command(settings: Settings, file: Path, peers: bool, half: int | None) -> None:
    """Measure the search against FILE, a YAML list of {q, kind, want: [slugs]}, or {q, kind, first: […], also: […]}.

    success@N: a wanted method among the first N. MRR: the mean of 1/rank of the first one. nDCG@10:
    how near the first ten come to the best order, a wanted method counting 3 and one that could serve 1. P@5: the share of
    the first five that are wanted or could serve.
    """
    # A method file has often just been changed.
    snapshot = open_build(settings, reload=True)
    try:
        queries = read_queries(file, snapshot.slugs)
    except QueriesError as error:
        raise click.ClickException(str(error)) from error
    queries = queries[half - 1 :: 2] if half else queries
    outcomes = evaluate(queries, partial(found_by, snapshot))
    print_scores(outcomes)
    if peers:
        for name, asked in _peers(settings.methods_dir):
            theirs = evaluate(queries, asked)
            click.echo(f"\n{name}")
            print_scores(theirs)
            low, high = interval(outcomes, theirs)
            click.echo(f"Ours is above it by {low:+.3f} to {high:+.3f} in nDCG@10 (95%).")
    for outcome in outcomes:
        if not 0 < outcome.rank <= 3:
            wanted, results = ", ".join(outcome.query.want), ", ".join(outcome.slugs[:3])
            click.echo(f'{outcome.query.kind}: "{outcome.query.words}" wants {wanted}; '
                       f"found {results or 'nothing'}")  # fmt: skip


def found_by(snapshot: Snapshot, words: str) -> list[str]:
    """Return the slugs of the methods that a search for words finds, the best first."""
    return [result.card.slug for result in search(snapshot, SearchRequest(words=words)).results]


def print_scores(outcomes: list[Outcome]) -> None:
    """Print the measures of all queries and of each kind as a table."""
    click.echo(f"{'':10}{'queries':>8}{'success@1':>11}{'success@3':>11}{'MRR':>8}{'nDCG@10':>9}{'P@5':>7}")  # fmt: skip
    for name, group in {"all": outcomes, **by_kind(outcomes)}.items():
        s = score(group)
        line = f"{name:10}{s.queries:8}{s.success_1:11.3f}{s.success_3:11.3f}"
        click.echo(f"{line}{s.mrr:8.3f}{s.ndcg_10:9.3f}{s.precision_5:7.3f}")


def _peers(methods: Path) -> Iterator[tuple[str, Asked]]:
    """Yield each peer that can be asked, with the methods indexed; say of the others what they lack."""
    for module, name in PEERS:
        try:
            made = getattr(import_module(module), name)
            documents = list(import_module("benchmarks.peers").read_documents(methods))
        except ImportError as error:
            click.echo(f"\n{name} is left out: {error}.")
            continue
        with _built(made, documents) as peer:
            yield peer.name, partial(_slugs, peer)


def _slugs(peer: Any, words: str) -> list[str]:
    return list(peer.search(SearchRequest(words=words)).slugs)


@contextmanager
def _built(made: Callable[[Path], Any], documents: list[Any]) -> Iterator[Any]:
    with TemporaryDirectory() as folder:
        peer = made(Path(folder) / "peer")
        peer.build(documents)
        try:
            yield peer
        finally:
            peer.close()
