"""Errors that end a command with a message and an exit code of their own."""

from __future__ import annotations

import click

from catalogue.exit_codes import IO_FAILED, TRY_AGAIN
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
