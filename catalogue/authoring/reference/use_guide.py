"""Makes docs/reports-from-practice.md: what a report is, how it comes in, and every field of its file."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.authoring.reference.markdown_tables import NOT_WRITTEN, table
from catalogue.model.fields import Field, options_of
from catalogue.uses.practice import ENOUGH
from catalogue.uses.use import FIELDS

INTRODUCTION = f"""
A report says what a method took where somebody used it, who came and what changed. One report is one file in `uses/`,
the folder beside that of the methods, such as `uses/2025-03-leeds-citizens-jury.yaml`; the site has them on `/uses`, and the
command `catalogue export uses FILE.csv` writes them all into one table.

**The easiest way to send one** is the form at `/contribute/use`; the page of each method leads there. It makes the file and says how to send it.

**It names nobody.** An organisation may be named, a person never; an e-mail address or a telephone number is an error.
None is made up: a report comes from somebody who ran the method or was there.

**The page of a method** shows ranges from practice beside our own figures as soon as there are {ENOUGH} reports, and for
each figure only if {ENOUGH} of them give it. Money is compared in pounds at the rates of the vocabulary. Files are checked by
`catalogue check`, as those of methods are, with messages such as `uses/leeds.yaml:4:7: …`; [problems](problems.md) explains
the codes. A file with an error is left out of the site. A new or changed file is a new build, as with methods.

```yaml
method: name-of-the-method
size: light
place: "Town or area"
country: England
when: 2025-03
people: 24
weeks: 14
money: 2100
staff_days: 12
what_happened: "What you did and what came out, in a few sentences."
what_changed: "What was decided or done because of it."
again: with-changes
differently: "What you would do differently."
```
"""


def use_guide() -> str:
    """Return the text of docs/reports-from-practice.md."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Reports from practice"
    yield ""
    yield NOT_WRITTEN.format(source="catalogue/uses/use.py and catalogue/vocabulary.yaml")
    yield INTRODUCTION
    yield "## The fields"
    yield ""
    yield "What you do not know is left out."
    yield ""
    yield from table(["field", "what it holds", "needed"], map(_row, FIELDS))
    yield ""


def _row(field: Field) -> tuple[str, str, str]:
    meaning = field.meaning
    if field.options:
        meaning += f" One of {', '.join(f'`{value}`' for value in options_of(field).values)}."
    if field.type == "month":
        meaning += " As year and month: `2025-03`."
    if field.type == "slug":
        meaning += " As the name of its file, without .md."
    if field.at_most:
        meaning += f" At most {field.at_most} characters."
    return f"`{field.name}`", meaning, "must be there" if field.required else ""
