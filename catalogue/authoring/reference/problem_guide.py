"""docs/problems.md: every message of the validator explained, made from the table of codes.

One of the generated files; `catalogue generate` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.authoring.reference.markdown_tables import NOT_WRITTEN
from catalogue.model.codes import CODE_GROUPS, CODES, Code
from catalogue.rendering.anchors import anchor

WEIGHT = {
    "error": "An error: it keeps the page off the site.",
    "warning": "A warning: the page is published all the same.",
    "reminder": "A reminder: it never counts as a fault.",
}


def problem_guide() -> str:
    """Return the text of docs/problems.md."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Problems and how to mend them"
    yield ""
    yield NOT_WRITTEN.format(source="catalogue/model/codes.yaml")
    yield ""
    yield "`catalogue check` prints each problem on one line:"
    yield ""
    yield "```text"
    yield CODES["option-unknown"].example
    yield "```"
    yield ""
    yield "That is the file, the line, the column, what is wrong, how to mend it, and a code. Look the code up here."
    yield "One run says everything, so mend all lines before you run it again."
    yield ""
    for group in CODE_GROUPS:
        links = ", ".join(f"[{code.code}](#{anchor(code.code)})" for code in group.codes)
        yield f"- {group.title}: {links}"
    for group in CODE_GROUPS:
        yield ""
        yield f"## {group.title}"
        for code in group.codes:
            yield from _code(code)
    yield ""


def _code(code: Code) -> Iterator[str]:
    yield ""
    yield f"### {code.code}"
    yield ""
    yield code.meaning
    yield ""
    yield f"**How to mend it.** {code.advice}"
    yield ""
    yield f"{WEIGHT[code.severity]} It looks like this:"
    yield ""
    yield "```text"
    yield code.example
    yield "```"
