"""`catalogue serve`: the site on this machine.

Part of the terminal; the site itself is made by web/factory.py.
"""

from __future__ import annotations

from dataclasses import replace

import click
from werkzeug.serving import run_simple

from catalogue.build_folder import BuildError
from catalogue.serving import Serving
from catalogue.settings import Settings
from catalogue.web import create_app


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535),
              help="The port to listen on.")  # fmt: skip
@click.pass_obj
def serve_command(settings: Settings, host: str, port: int) -> None:
    """Build what changed and serve the site on this machine.

    A method file that is edited meanwhile shows on the next request.
    """
    app = create_app(replace(settings, reload=True))
    serving: Serving = app.extensions["catalogue"]
    try:
        total = len(serving.snapshot().cards)
        click.echo(f"{total} methods on http://{host}:{port}/ (stop with Ctrl and C)")
        run_simple(host, port, app, threaded=True)
    except BuildError as error:
        raise click.ClickException(str(error)) from error
    except (OSError, SystemExit) as error:
        message = f"The site cannot listen on {host}:{port}. Choose another port with --port."
        raise click.ClickException(message) from error
