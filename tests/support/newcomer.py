"""A newcomer who writes a method file and then does what the messages say, knowing nothing else.

Where a message leaves words or a day open, the newcomer writes some of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from catalogue.model.problems import Problem

OWN = {"min": "3", "max": "9", "band": "low", "basis": "source", "outcome": '"A plan."'}
FIRST_OPTION = re.compile(r"Choose (?:from|one of) (?:[a-z]+: )?([\w\"-]+)")


def follow(text: str, problems: list[Problem]) -> str:
    """Return the text after doing what all errors of one run say."""
    errors = [problem for problem in problems if problem.severity == "error"]
    lines = text.split("\n")
    # From the end, so that no line moves before its turn; a new beginning comes last.
    start = "front-matter-missing"
    for problem in sorted(errors, key=lambda p: (p.code == start, -p.line, -p.column)):
        if act := ACTS.get(problem.code):
            act(lines, problem)
    for problem in errors:
        if problem.code == "field-missing" and " is missing. " in str(problem):
            lines.insert(1, written(problem))
    missing = [problem for problem in errors if problem.code == "heading-missing"]
    for _ in range(len(missing)):  # one may have to stand below another
        missing = [problem for problem in missing if not add_heading(lines, problem)]
    return "\n".join(lines)


def written(problem: Problem) -> str:
    """Return what a message says to write, with own words and the first option in place of its dots."""
    found = re.search(r"Write (.+?)\.(?: Choose from .+)?$", problem.fix)
    assert found, problem
    option = FIRST_OPTION.search(problem.fix)
    advice = re.sub(
        r"\b(\w+): …", lambda m: f"{m[1]}: {OWN.get(m[1], option[1] if option else '3')}", found[1]
    )
    advice = advice.replace("[…]", f"[{option[1] if option else 'x'}]").replace("…", "Own words")
    return advice.replace("YYYY-MM-DD", "2026-11-01")


def field(lines: list[str], problem: Problem) -> None:
    """Put what the message says in place of a field, with the lines that belong to it, or take it out."""
    start = problem.line - 1
    grouped = re.search(r", number \d+ is not|is not a field we use in ", problem.message)
    if grouped or not re.match(r"[^\s-]", lines[start]):
        return inside(lines, problem)
    end = start + 1
    while lines[end].startswith((" ", "-")) and lines[end] != "---":
        end += 1
    keep = "Take it out" not in problem.fix and "in the text" not in problem.fix
    lines[start:end] = [written(problem)] if keep else []
    return None


def inside(lines: list[str], problem: Problem) -> None:
    """Put what the message says in place of a value, or of a field inside a group."""
    line, at = lines[problem.line - 1], problem.column - 1
    if problem.code == "field-unknown":
        at = line.rindex(str(problem.values["name"]), 0, at)
    brackets = re.match(r"\{[^}]*\}|\[[^\]]*\]", line[at:])
    flow = "{" in line[:at] or "[" in line[:at]
    end = brackets or re.match(r"(?:\"[^\"]*\"|[^,}\]]|,(?=\d))+" if flow else ".+", line[at:])
    assert end
    lines[problem.line - 1] = line[:at] + written(problem) + line[at + end.end() :]


def value(*patterns: str) -> Callable[[list[str], Problem], None]:
    """Return an act that puts what the first pattern finds in the message in place of the value as it was found."""

    def act(lines: list[str], problem: Problem) -> None:
        old = str(problem.values.get("found") or problem.values.get("value"))
        new = next(found for pattern in patterns if (found := re.search(pattern, problem.fix)))
        line, at = lines[problem.line - 1], problem.column - 1
        start = line.index(old, at)
        length = len(old)
        if start and line[start - 1] in "\"'":
            start, length = start - 1, length + 2
        lines[problem.line - 1] = line[:start] + new[1] + line[start + length :]

    return act


def number(lines: list[str], problem: Problem) -> None:
    """Write the number that the message gives, and the currency beside it."""
    value(r"words: (?:for example )?([\d.]+)\.$", r"Write (?:\w+: )?([\d.]+)")(lines, problem)
    currency = re.search(r"currency: (\w+)", problem.fix)
    if currency and "currency:" not in lines[problem.line - 1]:
        lines[problem.line - 1] = lines[problem.line - 1].replace(
            "{", f"{{currency: {currency[1]}, "
        )


def heading(lines: list[str], problem: Problem) -> None:
    """Write the heading that the message gives."""
    at = problem.line - 1
    underlined = "both lines" in problem.fix
    new = re.search(r"(#{2,3} [^\"]+?)(?:\"\?|\.| in place of both lines\.)$", problem.fix)
    if "Take the line out" in problem.fix:
        del lines[at]
    elif new:
        lines[at : at + 1 + underlined] = [new[1]]
    else:
        lines[at] = f"### {problem.values['heading']}"


def is_heading(lines: list[str], at: int) -> bool:
    """Whether a heading of the second level begins on a line, with signs or underlined."""
    underlined = at + 1 < len(lines) and re.fullmatch(r"-{2,}", lines[at + 1]) and lines[at].strip()
    return lines[at].startswith("## ") or bool(underlined and at > 1)


def heading_line(lines: list[str], heading: str) -> int:
    """Return the line on which a heading stands, given with its signs; -1 if it is not there."""
    words = heading.removeprefix("## ")
    found = (
        n for n in range(len(lines)) if is_heading(lines, n) and words in (lines[n], lines[n][3:])
    )
    return next(found, -1)


def add_heading(lines: list[str], problem: Problem) -> bool:
    """Add a heading with its text where the message says, if the one before it is there."""
    new = re.search(
        r"Add a line (## .+?) (?:before all|after the text under \"(.+?)\")", problem.fix
    )
    assert new, problem
    begins = [n for n in range(len(lines)) if is_heading(lines, n)]
    if new[2]:
        before = heading_line(lines, f"## {new[2]}")
        if before < 0:
            return False
        at = next((n for n in begins if n > before), len(lines))
    else:
        at = begins[0] if begins else len(lines)
    lines[at:at] = [new[1], "", "It is so.", ""]
    return True


def move_below(lines: list[str], problem: Problem) -> None:
    """Move text below the heading that the message names."""
    new = re.search(r"(## .+?)(?: above it)?\.$", problem.fix)
    assert new
    at = problem.line - 1
    if "above it" in problem.fix:
        lines[at:at] = [new[1], ""]
        return
    end = next((n for n in range(at, len(lines)) if is_heading(lines, n)), len(lines))
    moved, lines[at:end] = lines[at:end], []
    below = heading_line(lines, new[1])
    below += 1 if lines[below].startswith("#") else 2
    lines[below:below] = ["", *moved]


def cut(lines: list[str], problem: Problem) -> None:
    """Cut as many characters as the message says."""
    over = re.search(r"Cut (\d+)\.", problem.fix)
    assert over
    line = lines[problem.line - 1]
    lines[problem.line - 1] = line.rstrip('"')[: -int(over[1])] + line[len(line.rstrip('"')) :]


def take_one_out(lines: list[str], problem: Problem) -> None:
    """Take a repeated option out."""
    line, at = lines[problem.line - 1], problem.column - 1
    lines[problem.line - 1] = (
        line[:at].rstrip(", ") + line[at + len(str(problem.values["option"])) :]
    )


def quote(lines: list[str], problem: Problem) -> None:
    """Write the whole line in the way that the message gives."""
    new = re.search(r"quotation marks: (.+)\.$", problem.fix)
    assert new
    lines[problem.line - 1] = new[1]


def empty_list(lines: list[str], problem: Problem) -> None:
    """Write the list that the message gives."""
    new = re.search(r"Add at least 1: (.+?)\.(?: Choose|$)", problem.fix)
    assert new
    lines[problem.line - 1] = new[1].replace("…", "Own words")


def another_title(lines: list[str], problem: Problem) -> None:
    """Choose a title that tells two methods apart."""
    assert "choose a title that tells the two apart" in problem.fix
    lines[problem.line - 1] += " of our town" if not lines[problem.line - 1].endswith('"') else ""
    lines[problem.line - 1] = re.sub(r'"$', ' of our town"', lines[problem.line - 1])


ACTS: dict[str, Callable[[list[str], Problem], None]] = {
    "front-matter-missing": lambda lines, problem: lines.__setitem__(slice(0, 0), ["---", "---", ""]),
    "front-matter-open": lambda lines, problem: lines.insert(lines.index(""), "---"),
    "field-unknown": field,
    "wrong-type": field,
    "option-unknown": value(r'Did you mean "([\w-]+)"', r'Choose one of ([\w"-]+)'),
    "number-unreadable": number,
    "yaml-trap": field,
    "yaml-colon": quote,
    "date-unreadable": value(r"([\d-]{10})"),
    "address-unusable": value(r"address: (.+)\.$"),
    "text-long": cut,
    "option-repeated": take_one_out,
    "list-short": empty_list,
    "name-taken": another_title,
    "heading-unknown": heading,
    "heading-level": heading,
    "text-before-heading": move_below,
}  # fmt: skip
