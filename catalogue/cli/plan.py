"""`catalogue plan`: the same plan as the page and the API, in a terminal."""

from __future__ import annotations

from datetime import date

import click
from werkzeug.datastructures import MultiDict

from catalogue.cli.failures import open_build
from catalogue.cli.search import typed_words
from catalogue.i18n import gettext, language
from catalogue.planner.answers import KNOWN_NAMES, ONE_OF, SEVERAL_OF, parse_answers
from catalogue.planner.plan import make_plan
from catalogue.presentation.plans.plan_data import plan_data
from catalogue.presentation.plans.plan_texts import LABELS
from catalogue.presentation.plans.plan_types import PlanAnswer, PlanResult


@click.command("plan")
@click.argument("words", nargs=-1)
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 12),
              help="How many single methods to print.")  # fmt: skip
@click.pass_context
def plan_command(context: click.Context, /, words: tuple[str, ...], limit: int,
                 **answers: tuple[str, ...]) -> None:  # fmt: skip
    """Suggest a short process and single methods for a situation: its WORDS, and answers as options."""
    typed = typed_words(words)
    pairs = [("text", typed)] if typed else []
    pairs += [(name, value) for name, values in answers.items() for value in values]
    read, notices = parse_answers(MultiDict(pairs))
    plan = make_plan(open_build(context.obj), read, today=date.today())
    with language(context.obj.language):
        data = plan_data(plan, notices)
        for text in data["ignored"]:
            click.echo(text, err=True)
        _print(data, limit)


def _print(data: PlanAnswer, limit: int) -> None:
    for each in data["understood"]:
        words = f"  ({each['words']})" if each["words"] else ""
        click.echo(f"{each['name']}={each['value']}{words}")
    for note in data["notes"]:
        click.echo(f"! {note['text']}")
    for number, step in enumerate(data["process"], start=1):
        facts = " · ".join(part for part in (step["size"], step["weeks"], step["cost"]) if part)
        click.echo(f"{number}. {step['stage']}: {step['title']}  [{step['slug']}]  {facts}")
    for result in data["results"][:limit]:
        _print_result(result)
    for change in data["near_misses"]:
        click.echo(f"{change['text']}: {', '.join(change['slugs'])}")
    click.echo(gettext("Rules: %(digest)s", digest=data["rules"]))


def _print_result(result: PlanResult) -> None:
    label = gettext(LABELS[result["label"]])
    click.echo(f"\n{result['title']}  [{result['slug']}:{result['size']}]  {label}, {result['score']}")  # fmt: skip
    for sign, texts in (("+", result["because"]), ("?", result["check"])):
        for text in texts:
            click.echo(f"  {sign} {text}")
    if result["will_not"]:
        click.echo(f"  - {result['will_not']}")


def _add_answers() -> None:
    """Give `plan` one option for each question."""
    for name in sorted(KNOWN_NAMES - {"text"}):
        options = ONE_OF.get(name) or SEVERAL_OF.get(name, ((), 0))[0]
        text = f"Choose from: {', '.join(options)}." if options else "As on the page."
        click.option(f"--{name.replace('_', '-')}", name, multiple=True, help=text)(plan_command)


_add_answers()
