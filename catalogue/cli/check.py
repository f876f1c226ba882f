"""`catalogue check`: reports the problems of method files, with file and line, and fixes some of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from catalogue.authoring.check.check_files import Checked, check_files, is_use, shown
from catalogue.authoring.check.ci_summary import summary
from catalogue.authoring.check.output_formats import FORMATS, counted, verdict
from catalogue.authoring.fix.fix_files import fix_file, fixable
from catalogue.exit_codes import PROBLEMS_FOUND
from catalogue.i18n import language
from catalogue.model.problems import Problem
from catalogue.model.unprintable import escape
from catalogue.rendering.site_texts import TEXTS_DIR, text_names
from catalogue.settings import Settings
from catalogue.uses.reader import use_files, uses_folder
from catalogue.validation.link_checks import check_links, find_addresses
from catalogue.validation.reader import method_files


@click.command("check")
@click.option("--fix", is_flag=True, help="Mend what is mechanical, and say what was mended.")
@click.option("--strict", is_flag=True, help="Count warnings as problems too.")
@click.option("--links", is_flag=True, help="Ask for every web address too; takes minutes.")
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text",
              show_default=True, help="How the problems are written.")  # fmt: skip
@click.option("--summary", "summary_file", type=click.Path(path_type=Path), metavar="FILE",
              help="Add a summary in Markdown to FILE, with a preview of each method.")  # fmt: skip
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def check_command(settings: Settings, files: tuple[Path, ...], fix: bool, strict: bool,
                  links: bool, style: str, summary_file: Path | None) -> None:  # fmt: skip
    """Check method files and reports from practice, and say what to fix, with file and line.

    Without FILES, the whole folder is checked, and the folder uses beside it. Names and links are always compared with those of all
    other files.
    """
    folder = _folder(settings, files)
    for file in filter(Path.is_dir, files):
        if file.absolute().parent.resolve() != folder.resolve():  # there it stands in for a method
            raise click.UsageError(
                f"{escape(str(file))} is a folder. Name the files in it, or none at all to check the whole of {folder}."
            )
    try:
        paths = list(files)
        if fix:
            paths = [
                file if is_use(file) else _fixed(folder, file)
                for file in files or method_files(folder)
            ]
        checked = check_files(folder, paths if files else (), date.today())
    except OSError as error:
        name = escape(str(error.filename))
        raise click.UsageError(f"{name} cannot be read: {error.strerror}.") from error
    if links:
        checked = checked.with_problems(_link_problems(folder, paths if files else []))
    if written := FORMATS[style](checked):
        click.echo(written)
    closing = verdict(checked, strict, _fixable(folder, paths, checked))
    if summary_file:
        _add_summary(settings, summary_file, checked, closing)
    click.echo(closing, err=True)
    if counted(checked, strict):
        raise click.exceptions.Exit(PROBLEMS_FOUND)


def _folder(settings: Settings, files: tuple[Path, ...]) -> Path:
    """Return the folder of methods; that of the files, where the one of the settings does not exist.

    So a check that pre-commit installed works in another repository.
    """
    if files and not settings.methods_dir.is_dir():
        parent = files[0].absolute().parent
        return parent.parent / "methods" if is_use(files[0]) else parent
    return settings.methods_dir


def _fixed(folder: Path, file: Path) -> Path:
    """Fix a file, report what was fixed, and return its path, which may be new. Raises OSError if it is not there."""
    file.lstat()
    try:
        fixed = fix_file(folder, file)
    except OSError as error:
        reason = f"{shown(file, folder)} could not be written ({error.strerror})"
        click.echo(f"{reason}, so it stays as it was.", err=True)
        return file
    for line in fixed.done:
        click.echo(escape(line), err=True)
    return fixed.file


def _fixable(folder: Path, paths: list[Path], checked: Checked) -> int:
    """Return how many of the problems `--fix` would fix."""
    faulty = {problem.path for problem in checked.problems}
    files = [file for file in paths or method_files(folder) if not is_use(file)]
    return sum(fixable(file) for file in files if shown(file, folder) in faulty)


def _link_problems(folder: Path, files: list[Path]) -> list[Problem]:
    """Request the URLs in the files, reporting progress, and return the problems.

    Without files they are those of all methods, of the reports from practice and of the site's own texts.
    """
    every = [path for path in method_files(folder) if path.suffix == ".md"]
    checked = files or [*every, *use_files(uses_folder(folder))]
    urls = [pair for file in checked for pair in find_addresses(shown(file, folder), file)]
    for name in () if files else text_names():
        urls += find_addresses(f"{TEXTS_DIR.name}/{name}", TEXTS_DIR / name)
    return check_links(urls, lambda done, of: click.echo(f"{done} of {of} addresses", err=True))


def _add_summary(settings: Settings, file: Path, checked: Checked, closing: str) -> None:
    """Append the summary to a file, as GitHub Actions expects it. Raises UsageError if it cannot be written."""
    with language(settings.language):
        written = summary(checked, closing)
    try:
        with file.open("a", encoding="utf-8") as out:
            out.write(written)
    except OSError as error:
        raise click.UsageError(
            f"{escape(str(file))} cannot be written: {error.strerror}."
        ) from error
