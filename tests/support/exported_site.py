"""A plug-in for browser tests (`pytest_plugins`): a copy of a site as files, below a path of a plain web server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from flask import Flask

from catalogue.web.static_site.walk import site_files

PREFIX = "copies/catalogue"


class QuietFiles(SimpleHTTPRequestHandler):
    """Serves files without a line of log for each request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def write_site(app: Flask, folder: Path) -> Path:
    """Write the copy of a site below PREFIX in a folder; return the folder of the copy."""
    for name, content in site_files(app):
        target = folder / PREFIX / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder / PREFIX


@contextmanager
def served_files(folder: Path) -> Iterator[str]:
    """Serve a folder; give the address of the copy in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietFiles, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{PREFIX}"
    server.shutdown()
    thread.join()
    server.server_close()
