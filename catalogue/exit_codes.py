"""The numbers that the `catalogue` command ends with, for the scripts and servers that call it.

The terminal uses them, and the server that builds at a SIGHUP. Python itself ends with 1 after an error nobody
caught, so `__main__.py` sees to it that 1 always means "problems found".
"""

from __future__ import annotations

FINE = 0
PROBLEMS_FOUND = 1
MISUSE = 2
# These are those of sysexits.h: EX_SOFTWARE, EX_IOERR, EX_TEMPFAIL; the last is what shells say of SIGINT.
CRASHED = 70
IO_FAILED = 74
TRY_AGAIN = 75
STOPPED = 130

MEANINGS = {
    FINE: "fine",
    PROBLEMS_FOUND: "problems found",
    MISUSE: "misuse",
    CRASHED: "a fault of the program itself or of its installation",
    IO_FAILED: "something could not be read, written or opened, such as a full disk",
    TRY_AGAIN: "another build is running; try again",
    STOPPED: "stopped with Ctrl and C",
}


def explained() -> str:
    """Return all numbers with their meanings as one sentence."""
    parts = [f"{code} ({meaning})" for code, meaning in MEANINGS.items()]
    return f"Commands end with {', '.join(parts[:-1])} or {parts[-1]}."
