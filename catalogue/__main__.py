"""The way into the `catalogue` command, for `python -m catalogue`, the installed program and the server's own builds.

It belongs to the terminal. Whatever happens, also where our code or a package cannot be loaded, the command ends
with a number of exit_codes.py.
"""

from __future__ import annotations

import os
import sys
import traceback

# CRASHED of exit_codes.py, which may be what cannot be loaded.
CRASHED = 70
# As README.md has it; what is already there does no harm.
INSTALL = """In the folder of the repository, install what is needed, and start the command from there:

    {python} -m venv .venv
    {bin}python -m pip install -c constraints.txt -e .
    {bin}catalogue
"""


def run() -> int:
    """Run the command with the words of this process; return the number to end with."""
    try:
        return _run()
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and _is_package(error.name or ""):
            print(_how_to_install(error.name or ""), file=sys.stderr, end="")
            return CRASHED
        traceback.print_exc()
        what = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
        print(
            f"catalogue ended by a fault of its own ({what}). Nothing was found out about your "
            "files. Please report it, with the lines above.",
            file=sys.stderr,
        )
        return CRASHED


def _is_package(name: str) -> bool:
    """Whether a module would come from a package of others: it is neither ours nor Python's own."""
    return name.partition(".")[0] not in ("", "catalogue", *sys.stdlib_module_names)


def _how_to_install(name: str) -> str:
    windows = os.name == "nt"
    how = INSTALL.format(
        python="py" if windows else "python3", bin=".venv\\Scripts\\" if windows else ".venv/bin/"
    )
    return f"The package {name} is missing from this Python, {sys.executable}. {how}"


def _run() -> int:
    import click

    from catalogue.cli.main import main
    from catalogue.exit_codes import FINE, IO_FAILED, MISUSE, PROBLEMS_FOUND, STOPPED
    from catalogue.model.unprintable import escape
    from catalogue.settings import SettingsError

    try:
        ended = main.main(prog_name="catalogue", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SettingsError as error:
        # Of a file that a setting names, which is read when the application is made.
        print(f"Error: {escape(str(error))}", file=sys.stderr)
        return MISUSE
    except click.Abort:
        print(file=sys.stderr)
        return STOPPED
    except SystemExit as error:
        # Commands leave otherwise. So click ends where whoever read our output has had enough.
        return IO_FAILED if error.code == PROBLEMS_FOUND else int(error.code or FINE)
    except OSError as error:
        # Such as a full disk where nobody expected one; what commands expect they explain themselves.
        named = f"{escape(str(error.filename))}: " if error.filename else ""
        print(f"Error: {named}{error.strerror or error}.", file=sys.stderr)
        return IO_FAILED
    return ended if isinstance(ended, int) else FINE


if __name__ == "__main__":
    sys.exit(run())
