"""`catalogue evaluate-plans`: measures what the planner suggests, and whether limits leave the right methods in."""

from __future__ import annotations

from pathlib import Path

import click

from catalogue.cli.evaluations.plan_evaluation import (
    Left,
    SituationsError,
    figures,
    judge,
    left_in,
    read_situations,
)
from catalogue.cli.failures import open_build
from catalogue.settings import Settings


@click.command("evaluate-plans")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def evaluate_plans_command(settings: Settings, file: Path) -> None:
    """Measure the limits against FILE, a YAML list of situations with the methods that practitioners would put first.

    Prints how often the planner suggests one of those methods first, and what it should reach; every other situation
    is also counted apart, so that rules tuned on one half can be tried on the other. Then the share of those methods that people, weeks, hours and budget do not strike out, in any size and in the
    usual run alone, and each that is struck out. Methods that practitioners would never suggest may pass:
    limits alone do not choose.
    """
    try:
        situations = read_situations(file)
    except SituationsError as error:
        raise click.ClickException(str(error)) from error
    snapshot = open_build(settings, reload=True)
    found = [left_in(snapshot, situation) for situation in situations]
    known = set(snapshot.slugs)
    judged = [judge(snapshot, situation) for situation in situations]
    halves = (judged, judged[::2], judged[1::2])
    click.echo(f"{'':32}{'all':>7}{'1, 3…':>7}{'2, 4…':>7}{'goal':>7}")
    for rows in zip(*map(figures, halves), strict=True):
        columns = "".join(f"{value:7.2f}" for _, value, _ in rows)
        click.echo(f"{rows[0][0]:32}{columns}{rows[0][2]:7.2f}")
    click.echo(f"{'':6}{'methods':>8}{'any size':>10}{'usual run':>11}")
    for name in ("ideal", "bad"):
        total, any_size, usual = _counts(found, name, known)
        shares = [count / total if total else 0.0 for count in (any_size, usual)]
        click.echo(f"{name:6}{total:8}{shares[0]:10.3f}{shares[1]:11.3f}")
    for left in found:
        if struck := [s for s in left.situation.ideal if s in known and s not in left.any_size]:
            click.echo(f"{left.situation.id}: struck out {', '.join(struck)}")


def _counts(found: list[Left], name: str, known: set[str]) -> tuple[int, int, int]:
    """Return how many methods are named so in all situations, and how many of them pass in any size and as usual."""
    pairs = [(left, s) for left in found for s in getattr(left.situation, name) if s in known]
    any_size = sum(slug in left.any_size for left, slug in pairs)
    return len(pairs), any_size, sum(slug in left.usual for left, slug in pairs)
