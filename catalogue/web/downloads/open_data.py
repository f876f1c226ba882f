"""The page and the files of the open data."""

from __future__ import annotations

import threading

from flask import Blueprint, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from catalogue.exports.data_files import PACKAGE, SCHEMA_VERSION, OpenData, open_data
from catalogue.exports.linked_data import data_linked_data
from catalogue.exports.tables import TABLES
from catalogue.i18n import N_, gettext
from catalogue.presentation.formatting import day_text
from catalogue.presentation.serialisers import LICENCE
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.urls import PATHS
from catalogue.web.file_responses import file_response
from catalogue.web.request_context import live_build, snapshot

blueprint = Blueprint("open_data", __name__)
# Each version of the form of the data, the newest first, and what changed.
CHANGES = (
    ("1.3", "2026-11-29", N_("The table uses: reports from practice. Their files are in the archive of Markdown.")),
    ("1.2", "2026-11-29", N_("The column language of the table names: that of a foreign name. The facet talk, and the field talk of methods.")),
    ("1.1", "2026-11-28", N_("The table moved: methods that were renamed or divided. The field split_from of methods.")),
    ("1.0", "2026-11-28", N_("The first version.")),
)  # fmt: skip


class OpenDataCache:
    """The open data of the build that is served: made when somebody first asks, once for each build."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is made before somebody asks."""
        self._settings = settings
        self._lock = threading.Lock()
        self._made: tuple[Snapshot, OpenData] | None = None

    def of(self, current: Snapshot) -> OpenData:
        """Return the open data of a snapshot. Raises StoreError if its database cannot be read."""
        with self._lock:
            if self._made is None or self._made[0] is not current:
                settings = self._settings
                made = open_data(current, settings.methods_dir, settings.site_url)
                self._made = (current, made)
            return self._made[1]


@blueprint.get(PATHS.data)
def page() -> ResponseReturnValue:
    """Explain the open data, and list its files."""
    data, settings = _data(), live_build().settings
    linked = data_linked_data(data, settings.site_url, settings.site_name)
    return render_template(
        "data/data.html",
        data=data,
        day=day_text(data.day) if data.day else "",
        schema_version=SCHEMA_VERSION,
        package=PACKAGE,
        licence=LICENCE,
        tables=TABLES,
        changes=[(version, day_text(day), gettext(text)) for version, day, text in CHANGES],
        linked_data=linked,
    )


@blueprint.get(PATHS.data_file("<name>"))
def data_file(name: str) -> Response:
    """Return a file of the open data."""
    file = _data().files.get(name) or abort(404)
    return file_response(file.content, file.content_type)


def _data() -> OpenData:
    cache: OpenDataCache = current_app.extensions["open_data"]
    return cache.of(snapshot())
