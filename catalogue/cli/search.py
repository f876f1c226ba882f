"""`catalogue search`: a search with the filters of the site, in a terminal."""

from __future__ import annotations

import click
from werkzeug.datastructures import MultiDict

from catalogue.cli.failures import open_build
from catalogue.i18n import gettext, language
from catalogue.model.sizes import USUAL
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.plans.named_texts import out_of_reach
from catalogue.presentation.size_views import size_figures, size_label
from catalogue.presentation.view_models import broken_text, card_view, parameter_label
from catalogue.search.cards import Card
from catalogue.search.engine import search
from catalogue.search.order.groups import Standing
from catalogue.search.search_request import SORTS, parse_request
from catalogue.vocabulary import VOCABULARY


@click.command("search")
@click.argument("words", nargs=-1)
@click.option("--sort", type=click.Choice(SORTS), help="The order of the results.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100),
              help="How many results to print.")  # fmt: skip
@click.pass_context
def search_command(context: click.Context, /, words: tuple[str, ...], sort: str | None, limit: int,
                   **filters: tuple[str, ...]) -> None:  # fmt: skip
    """Search the catalogue for WORDS; filters work as on the site."""
    pairs = [("q", typed_words(words)), ("per_page", str(limit)), ("sort", sort or "")]
    pairs += [(name, value) for name, values in filters.items() for value in values]
    request, notices = parse_request(MultiDict(pairs))
    page = search(open_build(context.obj), request)
    with language(context.obj.language):
        for notice in (*notices, *page.notices):
            click.echo(notice_text(notice), err=True)
        for each in out_of_reach(page):
            click.echo(each.text, err=True)
        for result, standing in zip(page.results, page.standings, strict=True):
            _print_result(result.card, standing)
    click.echo(f"{page.total} found.", err=True)


def typed_words(words: tuple[str, ...]) -> str:
    """Return the words of a command as text: in a locale without UTF-8, Python decodes them with surrogate escapes."""
    return " ".join(words).encode(errors="surrogateescape").decode(errors="replace")


def _print_result(card: Card, standing: Standing) -> None:
    """Print a method with the figures of the size that passes, and how that stands to limits in the words."""
    click.echo(f"{card.title}  [{card.slug}]\n  {card.summary}")
    run = next(run for run in card.runs if run.size == standing.size)
    if run.size == USUAL:
        view = card_view(card)
        click.echo("  " + " · ".join(part for part in (view.cost, view.hours, view.people) if part))
    else:
        click.echo(f"  {size_label(run)} {size_figures(run)}")
    broken = [broken_text(card, run.size, fact) for fact in standing.broken]
    unsaid = [parameter_label(fact.name) for fact in standing.unsaid]
    for label, texts in ((gettext("Does not fit:"), broken), (gettext("Not known:"), unsaid)):
        if texts:
            click.echo(f"  {label} {'; '.join(texts)}")


def _add_filters() -> None:
    """Give `search` one option for each filter of the vocabulary."""
    for facet in VOCABULARY.filters:
        text = f"{facet.question} Choose from: {', '.join(facet.values)}."
        click.option(f"--{facet.name}", multiple=True, help=text)(search_command)
    for span in VOCABULARY.ranges.values():
        text = f"{span.question} For example {span.example}."
        click.option(f"--{span.name}", multiple=True, help=text)(search_command)


_add_filters()
