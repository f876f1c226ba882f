"""Opens what commands need, and ends them with a message and an exit code of their own where that fails."""

from __future__ import annotations

import errno
import socket
from dataclasses import replace

import click

from catalogue.exit_codes import IO_FAILED, TRY_AGAIN
from catalogue.hosting.servers import check_free, host_port
from catalogue.search.live_build import LiveBuild
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError, BusyError


class IOFailedError(click.ClickException):
    """Ends a command that could not read, write or open something."""

    exit_code = IO_FAILED


class TryAgainError(click.ClickException):
    """Ends a command that could not build because another process was building."""

    exit_code = TRY_AGAIN


def build_failed(error: BuildError) -> click.ClickException:
    """Return the exception that ends a command that could not make or open a build."""
    return (TryAgainError if isinstance(error, BusyError) else IOFailedError)(str(error))


def open_build(settings: Settings, reload: bool = False) -> Snapshot:
    """Return the build, opened, made first where there is none; end the command where that fails.

    With `reload` it is made anew if a method file has changed.
    """
    try:
        return LiveBuild(replace(settings, reload=reload or settings.reload)).snapshot()
    except BuildError as error:
        raise build_failed(error) from error


def require_free(host: str, port: int) -> None:
    """Raise IOFailedError if nothing can listen on an address; it says why, and what to change."""
    try:
        check_free(host, port)
    except OSError as error:
        raise IOFailedError(_cannot_listen(host, port, error)) from error


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    """Return why nothing can listen on an address, and what to change."""
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        reason = f"{host} is no address of this machine. Leave out --host, or give one that it has"
    elif error.errno == errno.EADDRINUSE:
        reason = "another program, or the site itself, listens there already. Choose another port with --port"
    elif error.errno == errno.EACCES:
        reason = "this user may not. Choose a port above 1023 with --port"
    else:
        reason = (
            f"{error.strerror}. Choose another port with --port, or another address with --host"
        )
    return f"The site cannot listen on {host_port(host, port)}: {reason}."
