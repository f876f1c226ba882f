"""`catalogue learn`: learns from the judged searches how to rank, or measures how well that works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import click

from catalogue.cli.evaluations.evaluate_search import found_by, print_scores
from catalogue.cli.evaluations.search_evaluation import Outcome, Query, evaluate
from catalogue.cli.failures import IOFailedError, open_build
from catalogue.search.judgements.judged_searches import (
    JudgedSearch,
    JudgedSearchesError,
    problems_of,
    read_judged_searches,
)
from catalogue.search.judgements.learning import learn
from catalogue.search.judgements.recommended import Recommended
from catalogue.search.judgements.weights import WEIGHTS_FILE
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.validation.reader import method_files

# Each part is searched with what was learned from the others.
PARTS = 5
# A search of so many words is counted as a story.
STORY = 15


@click.command("learn")
@click.option(
    "--left-out",
    is_flag=True,
    help="Write nothing; measure each fifth of the searches with what is learned from the others.",
)
@click.pass_obj
def learn_command(settings: Settings, left_out: bool) -> None:
    """Learn from the judged searches which methods to recommend, and write what is learned.

    Run it after a change to catalogue/search/judgements/searches.csv or to the words of the search.
    """
    searches = _sound_searches(settings)
    if not left_out:
        try:
            learn(searches).write()
        except OSError as error:
            raise IOFailedError(f"{WEIGHTS_FILE} cannot be written: {error.strerror}.") from error
        click.echo(
            f"{WEIGHTS_FILE.name} written, learned from {len(searches):,} searches. Restart a running server."
        )
        return
    print_scores(list(_left_out(open_build(settings, reload=True), searches)))


def _sound_searches(settings: Settings) -> tuple[JudgedSearch, ...]:
    """Return the judged searches; end the command with all that is wrong with them."""
    try:
        searches = read_judged_searches()
        slugs = [path.stem for path in method_files(settings.methods_dir)]
    except JudgedSearchesError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise IOFailedError(f"{settings.methods_dir} cannot be read: {error.strerror}.") from error
    if problems := list(problems_of(searches, slugs)):
        raise click.ClickException("\n".join([*problems, "Nothing was written."]))
    return searches


def _left_out(snapshot: Snapshot, searches: Sequence[JudgedSearch]) -> Iterator[Outcome]:
    """Yield the outcome of each search without what it teaches itself."""
    for part in range(PARTS):
        others = [each for number, each in enumerate(searches) if number % PARTS != part]
        snapshot.recommended = Recommended(learn(others), snapshot.cards, snapshot.moved)
        snapshot.matched.cache_clear()
        yield from evaluate(
            [_query(each, snapshot) for each in searches[part::PARTS]], partial(found_by, snapshot)
        )


def _query(judged: JudgedSearch, snapshot: Snapshot) -> Query:
    kind = "story" if len(judged.words.split()) >= STORY else "few words"
    also = tuple(slug for slug in judged.also if slug in snapshot.ordinals)
    return Query(judged.words, kind, judged.first, also)
