"""Keeps what one file, or one text that somebody posts, does to our code to that file.

The limits of sections.py and yaml_errors.py should let nothing through that is too deep or takes long. What they miss, here
or in a library, is a problem of the file like any other: it is left out, named, and the rest is served.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from catalogue.model.problems import Problem

Given = ParamSpec("Given")
Made = TypeVar("Made")
# Seconds of a processor that one step may take over one file; the longest method takes some hundredths.
MAX_SECONDS = 10.0


def guarded(
    path: str, work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> tuple[Made | None, Problem | None]:
    """Do one step of work over the file `path`: return what it gave, or the problem that says why there is nothing.

    Time is that of this thread on a processor, so that a busy machine is no fault of the file.
    """
    started = time.thread_time()
    try:
        made = work(*args, **kwargs)
    except Exception as error:  # RecursionError and MemoryError too, and whatever a library raises
        # Not the text of the error, and no traceback: they may hold what somebody typed.
        last = traceback.extract_tb(error.__traceback__)[-1]
        values = {"error": type(error).__name__, "module": Path(last.filename).name}
        return None, Problem("file-failed", path, 1, 1, values)
    if (seconds := time.thread_time() - started) > MAX_SECONDS:
        return None, Problem("file-slow", path, 1, 1, {"seconds": seconds, "limit": MAX_SECONDS})
    return made, None
