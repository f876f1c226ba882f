"""The pages of the copy without a server on which scripts stand in for it: which scripts, over which data.

Without scripts such a page says so, and shows what it can.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from posixpath import relpath
from typing import Any

from markupsafe import escape

from catalogue.exports.static_site.cases_data import cases_data
from catalogue.exports.static_site.comparison_data import comparison_data
from catalogue.exports.static_site.list_data import list_data
from catalogue.exports.static_site.planner_data import planner_data
from catalogue.exports.static_site.words_data import words_data
from catalogue.i18n import N_, gettext
from catalogue.search.snapshot import Snapshot
from catalogue.urls import PATHS

# The data of the scripts by its name; each is written as a script, as browsers load no JSON from a USB stick.
DATA: dict[str, Callable[[Snapshot], dict[str, Any]]] = {
    "list": list_data,
    "words": words_data,
    "comparison": comparison_data,
    "planner": planner_data,
    "cases": cases_data,
}


@dataclass(frozen=True)
class Scripted:
    """A page with scripts: the names of its data and of its scripts, and what they do otherwise than the server."""

    data: tuple[str, ...]
    scripts: tuple[str, ...]
    note: str = ""


SCRIPTED = {
    PATHS.methods: Scripted(
        ("list",),
        ("parts", "words", "recommended", "ranking", "filters", "list"),
        N_("This is a copy without a server. It takes numbers from the filters alone, and lists methods from A to Z unless you search for words."),
    ),
    PATHS.map: Scripted(
        ("list",),
        ("parts", "words", "recommended", "ranking", "filters", "map"),
        N_("This is a copy without a server. Its map has the axes of time and money alone, and each mark stands for the usual run."),
    ),
    PATHS.cases: Scripted(("cases",), ("parts", "words", "cases")),
    PATHS.compare: Scripted(("comparison",), ("parts", "compare")),
    PATHS.plan: Scripted(
        ("planner",),
        ("parts", "planner", "plan"),
        N_("This is a copy without a server. It ranks as the site does, but reads no own words, and says neither what one change would admit nor why a method is left out."),
    ),
}  # fmt: skip

# Pages that the server narrows by what the address asks for; in the copy they stay as they are.
WHOLE = (PATHS.deck,)
ALL_METHODS = N_("This is a copy without a server. This page shows all methods, whatever limits its address names.")  # fmt: skip


def data_files(snapshot: Snapshot) -> Iterator[tuple[str, bytes]]:
    """Yield the data of all scripts as files."""
    for name in DATA:
        yield data_file(name), as_script(name, snapshot).encode()


def as_script(name: str, snapshot: Snapshot) -> str:
    """Return the data of a name as a script, which takes it in without a request."""
    text = json.dumps(DATA[name](snapshot), separators=(",", ":"))
    return f"window.COPY = window.COPY || {{}};\nCOPY.{name} =\n{text};\n"


def data_file(name: str) -> str:
    """Return the path of the data of a name: "list-data.js"."""
    return f"{name}-data.js"


def script_path(name: str) -> str:
    """Return the path of a script in the site."""
    return PATHS.static(f"exported/{name}.js")


def with_scripts(html: str, page: Scripted, folder: str) -> str:
    """Return a page of a folder of the copy with its scripts, and below its heading what it cannot do."""
    files = [*map(data_file, page.data), *(script_path(name)[1:] for name in page.scripts)]
    root = f"{relpath('.', folder)}/"
    tags = "".join(
        f'<script src="{relpath(name, folder)}" data-root="{root}" defer></script>'
        for name in files
    )
    without = gettext("This copy needs JavaScript to answer; without it the page stays as it is.")
    said = f"<noscript><p>{escape(without)}</p></noscript>"
    html = html.replace("</head>", f"{tags}</head>", 1).replace("</h1>", f"</h1>{said}", 1)
    return with_note(html, page.note) if page.note else html


def with_note(html: str, note: str) -> str:
    """Return a page with a note below its heading on what it does otherwise than on a server."""
    return html.replace("</h1>", f'</h1><p class="quiet">{escape(gettext(note))}</p>', 1)
