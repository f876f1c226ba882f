"""`catalogue evaluate-search`: measures the relevance of search results."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from catalogue.cli.evaluation import QueriesError, by_kind, evaluate, read_queries, score
from catalogue.cli.failures import build_failed
from catalogue.search.engine import search
from catalogue.search.live_build import LiveBuild
from catalogue.search.search_request import SearchRequest
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError


@click.command("evaluate-search")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def evaluate_command(settings: Settings, file: Path) -> None:
    """Measure the search against FILE, a YAML list of {q, kind, want: [slugs]}.

    success@N: a wanted method among the first N. MRR: the mean of 1/rank of the first one. nDCG@10:
    how near the first ten come to the best order.
    """
    try:
        # A method file has often just been changed.
        snapshot = LiveBuild(replace(settings, reload=True)).snapshot()
        queries = read_queries(file, snapshot.slugs)
    except BuildError as error:
        raise build_failed(error) from error
    except QueriesError as error:
        raise click.ClickException(str(error)) from error

    def run(words: str) -> list[str]:
        return [result.card.slug for result in search(snapshot, SearchRequest(words=words)).results]

    outcomes = evaluate(queries, run)
    click.echo(f"{'':10}{'queries':>8}{'success@1':>11}{'success@3':>11}{'MRR':>8}{'nDCG@10':>9}")
    for name, group in {"all": outcomes, **by_kind(outcomes)}.items():
        s = score(group)
        line = f"{name:10}{s.queries:8}{s.success_1:11.3f}{s.success_3:11.3f}"
        click.echo(f"{line}{s.mrr:8.3f}{s.ndcg_10:9.3f}")
    for outcome in outcomes:
        if not 0 < outcome.rank <= 3:
            wanted, results = ", ".join(outcome.query.want), ", ".join(outcome.slugs[:3])
            click.echo(f'{outcome.query.kind}: "{outcome.query.words}" wants {wanted}; '
                       f"found {results or 'nothing'}")  # fmt: skip
