"""`catalogue export`: writes the catalogue into a folder, in formats that other programs read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from catalogue.cli.failures import IOFailedError, build_failed
from catalogue.exports.data_files import open_data
from catalogue.i18n import language
from catalogue.search.live_build import LiveBuild
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError
from catalogue.web import create_app
from catalogue.web.static_site.walk import site_files

FOLDER = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@click.group("export")
def export_command() -> None:
    """Write the catalogue into a folder, in formats that other programs read."""


@export_command.command("data")
@FOLDER
@click.pass_obj
def export_data(settings: Settings, folder: Path) -> None:
    """Write the open data into FOLDER: the same files as the page /data offers."""
    try:
        current = LiveBuild(settings).snapshot()
    except BuildError as error:
        raise build_failed(error) from error
    with language(settings.language):
        data = open_data(current, settings.methods_dir, settings.site_url)
    write_files(folder, ((file.name, file.content) for file in data.files.values()))
    click.echo(f"{len(data.files)} files of {data.methods} methods written to {folder}.")


@export_command.command("site")
@FOLDER
@click.pass_obj
def export_site(settings: Settings, folder: Path) -> None:
    """Write the whole site as files into FOLDER, for any web server and any path, or for a USB stick.

    CATALOGUE_SITE_URL, if set, is where the site itself is: for the planner and forms, which need a server.
    """
    app = create_app(replace(settings, reload=False))
    files = 0
    try:
        with language(settings.language):
            for name, content in site_files(app):
                write_files(folder, [(name, content)])
                files += 1
    except BuildError as error:
        raise build_failed(error) from error
    except RuntimeError as error:
        raise IOFailedError(str(error)) from error
    click.echo(f"{files} files written to {folder}.")


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files, by their paths below a folder, which is made. Raises IOFailedError."""
    try:
        for name, content in files:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    except OSError as error:
        raise IOFailedError(f"{error.filename or folder}: {error.strerror}.") from error
