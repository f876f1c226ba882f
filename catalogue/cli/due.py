"""`catalogue due`: lists the methods whose review is due."""

from __future__ import annotations

from datetime import date

import click

from catalogue.authoring.check.due import FORMATS, due_reviews
from catalogue.model.unprintable import escape
from catalogue.settings import Settings
from catalogue.validation.reader import method_files, read_method_file

DAYS_BEFORE = 60


@click.command("due")
@click.option("--within", default=DAYS_BEFORE, show_default=True, metavar="DAYS",
              type=click.IntRange(0, 36_500), help="Also list what is due in so many days.")  # fmt: skip
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text",
              show_default=True, help="How the list is written; markdown is for an issue.")  # fmt: skip
@click.pass_obj
def due_command(settings: Settings, within: int, style: str) -> None:
    """List the methods whose review is due or overdue, the longest overdue first.

    Ends with 0 whatever is due: time alone is nobody's fault.
    """
    try:
        files = method_files(settings.methods_dir)
    except OSError as error:
        name = escape(str(error.filename))
        raise click.UsageError(f"{name} cannot be read: {error.strerror}.") from error
    readings = [read_method_file(settings.methods_dir, file) for file in files]
    methods = [reading.method for reading in readings if reading.method]
    reviews = due_reviews(methods, date.today(), within)
    if written := FORMATS[style](reviews, settings.site_url):
        click.echo(written)
    overdue = sum(due.overdue for due in reviews.due)
    total = f"{len(methods)} methods: {overdue} overdue, {len(reviews.due) - overdue} due soon."
    click.echo(total, err=True)
    if unread := len(readings) - len(methods):
        left_out = "1 file has" if unread == 1 else f"{unread} files have"
        click.echo(f"{left_out} errors and cannot be looked at; see `catalogue check`.", err=True)
