"""Formats the problems that a check found: as text, as GitHub workflow commands, as JSON.

Each format escapes what its reader would take for a command or for markup.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import get_args

from catalogue.authoring.check.check_files import Checked
from catalogue.model.codes import Severity
from catalogue.model.problems import Problem
from catalogue.model.unprintable import FORGE_COMMAND, escape

# GitHub shows no more annotations of a kind for one step, and takes the first it meets.
MAX_ANNOTATIONS = 10
ANNOTATED: tuple[Severity, ...] = ("error", "warning")
# GitHub refuses a summary of more than one mebibyte.
MAX_ROWS = 1000
# What forges make links of, though it is no Markdown: @name, #1, GH-1, !1, https://a, www.a, a@b. No backslash stops
# them, because they look for it in the finished text; a blank without width does.
LIVE = re.compile(
    r"@(?=\S)|#(?=\w)|[!&$^](?=\d)|[%~](?=[\w\"])|:(?=//)|\bwww(?=\.)|\bGH-(?=\d)", re.IGNORECASE
)
BREAK = "\u200b"
# How a list or the line below a heading begins.
BLOCK_START = re.compile(r"^(\d*)([-+=.)])")


def text(checked: Checked) -> str:
    """Write one problem a line, as `path:line:column: what. How to fix it. [code]`."""
    return "\n".join(str(problem) for problem in checked.problems)


def github(checked: Checked) -> str:
    """Write workflow commands that put the problems beside their lines in a pull request.

    At most ten errors and ten warnings, one for each line of a file; a last line says how many
    more there are. Reminders are left to the summary: nobody has to see to them now.
    """
    lines = []
    for severity in ANNOTATED:
        places: dict[tuple[str, int], Problem] = {}
        for problem in checked.problems:
            if problem.severity == severity:
                places.setdefault((problem.path, problem.line), problem)
        lines += [_annotation(problem) for problem in [*places.values()][:MAX_ANNOTATIONS]]
    if more := len(checked.problems) - len(lines):
        lines.append(f"{more} more in the summary; `catalogue check` lists them all.")
    return "\n".join(lines)


def _annotation(problem: Problem) -> str:
    properties = {
        "file": problem.path,
        "line": str(problem.line),
        "col": str(problem.column),
        "title": problem.code,
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{problem.severity} {written}::{_data(problem.sentences)}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def as_json(checked: Checked) -> str:
    """Write one object: the files, whether all are ready, counts, and the problems in full."""
    counts = {severity: checked.count(severity) for severity in get_args(Severity)}
    problems = [
        {
            "path": problem.path,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity,
            "code": problem.code,
            "what": problem.message,
            "mend": problem.fix,
        }
        for problem in checked.problems
    ]
    files = [reading.path for reading in checked.readings]
    whole = {"ready": not counts["error"], "files": files, "counts": counts, "problems": problems}
    return to_json(whole)


def to_json(whole: object) -> str:
    """Write values as JSON that may stand in a log: in ASCII, and without what a forge takes for a command."""
    return FORGE_COMMAND.sub(r"#\\u0023", json.dumps(whole, indent=2))


FORMATS: dict[str, Callable[[Checked], str]] = {
    "text": text,
    "github": github,
    "json": as_json,
}


def verdict(checked: Checked, strict: bool, fixable: int) -> str:
    """Say in one line how a check ended, and what to do next.

    `strict` counts warnings as things to fix; `fixable` is how many problems `--fix` takes away.
    """
    faulty = {p.path for p in checked.problems if _counts(p, strict)}
    things = sum(_counts(problem, strict) for problem in checked.problems)
    if not things:
        return f"{_ready(checked)} {_aside(checked, strict)}".rstrip()
    thing = "1 thing" if things == 1 else f"{things} things"
    parts = [f"{thing} to mend in {_files(checked, faulty)}.", _aside(checked, strict)]
    if fixable:
        # Behind some problems others are hidden, which are fixed too.
        them = "it" if things == fixable == 1 else f"at least {fixable} of them"
        parts.append(f"Run `catalogue check --fix` to mend {them} for you.")
    return " ".join(part for part in parts if part)


def counted(checked: Checked, strict: bool) -> bool:
    """Whether there is anything to fix."""
    return any(_counts(problem, strict) for problem in checked.problems)


def _counts(problem: Problem, strict: bool) -> bool:
    return problem.severity == "error" or (strict and problem.severity == "warning")


def _files(checked: Checked, faulty: set[str]) -> str:
    if len(checked.readings) == 1:
        return checked.readings[0].path
    return f"{len(faulty)} of {len(checked.readings)} files"


def _ready(checked: Checked) -> str:
    if not checked.readings:
        return "There is no method file to check."
    if len(checked.readings) == 1:
        return f"{checked.readings[0].path} is ready."
    return f"All {len(checked.readings)} files are ready."


def _aside(checked: Checked, strict: bool) -> str:
    """Name what was printed and does not count."""
    kinds = Counter(p.severity for p in checked.problems if not _counts(p, strict))
    parts = [
        f"{kinds[name]} {name}{'' if kinds[name] == 1 else 's'}"
        for name in ("warning", "reminder")
        if kinds[name]
    ]
    return f"Worth a look: {' and '.join(parts)}." if parts else ""


def summary_table(checked: Checked) -> Iterator[str]:
    """Yield the lines of a Markdown table with all problems; nothing if there are none."""
    if not checked.problems:
        return
    yield "| where | what is wrong | how to mend it |"
    yield "| --- | --- | --- |"
    for problem in checked.problems[:MAX_ROWS]:
        where = f"{problem.path}:{problem.line}:{problem.column}"
        kind = "" if problem.severity == "error" else f"{problem.severity}: "
        message, fix = markdown(f"{kind}{problem.message}"), markdown(problem.fix)
        yield f"| {markdown(where)} | {message} ({markdown(problem.code)}) | {fix} |"
    if len(checked.problems) > MAX_ROWS:
        yield ""
        yield f"{len(checked.problems) - MAX_ROWS} more are not listed here."


def markdown(value: str) -> str:
    """Return a text that Markdown shows as it is, on one line, without links, pictures, formulas, lists or headings.

    A forge finds no name to notify in it, no number of an issue and no bare address to make a link of.
    """
    plain = LIVE.sub(rf"\g<0>{BREAK}", escape(" ".join(value.split())))
    plain = re.sub(r"([\\`*_{}\[\]|~#])", r"\\\1", plain)
    plain = BLOCK_START.sub(r"\1\\\2", plain)
    for character, entity in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("$", "&#36;"),
        (BREAK, "&#8203;"),
    ):
        plain = plain.replace(character, entity)
    return plain
