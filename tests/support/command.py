"""Runs the `catalogue` command inside the tests, with the folders of the test.

What it writes to the log goes to pytest's own handler, not to `stderr`.
"""

from __future__ import annotations

import re

from click.testing import CliRunner, Result

from catalogue.cli.main import main
from catalogue.settings import Settings

FINE, PROBLEMS, MISUSE, IO_FAILED = 0, 1, 2, 74


class Command:
    """The command, to be called with its words and variables of its own."""

    def __init__(self, settings: Settings) -> None:
        self.folders = {
            "CATALOGUE_METHODS_DIR": str(settings.methods_dir),
            "CATALOGUE_INDEX_DIR": str(settings.index_dir),
        }

    def __call__(self, *words: object, **environment: str) -> Result:
        given = [str(word) for word in words]
        variables = self.folders | environment
        return CliRunner().invoke(main, given, env=variables, prog_name="catalogue")


def last_line(text: str) -> str:
    """Return the last line of an output: the message, after the usage or the words of others."""
    return text.rstrip("\n").rpartition("\n")[2]


def without_progress(log: str) -> str:
    """Return a log without the lines that a build prints only on a machine busy enough to slow it."""
    return re.sub(r"(?m)^(Reading|Rendering|Writing)\b.* …\n", "", log)


def errors(result: Result) -> list[str]:
    """Return the errors that a check printed, without warnings and reminders."""
    lines = result.stdout.splitlines()
    return [line for line in lines if not re.match(r".+?:\d+:\d+: (warning|reminder): ", line)]
