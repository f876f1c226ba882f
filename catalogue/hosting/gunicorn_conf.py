"""What gunicorn reads when it starts, and again at each SIGHUP: its options, and what it calls when.

The last layer of all: hosting/servers.py names this file to gunicorn, and the master process runs it.
A SIGHUP builds from the method files with the code as it is now and starts new workers; the old
ones finish what they began.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

# Read again at SIGHUP: what the master knows of our code is forgotten, so that new workers load it anew.
for _name in [name for name in sys.modules if name.partition(".")[0] == "catalogue"]:
    del sys.modules[_name]

from catalogue.exit_codes import FINE, IO_FAILED, PROBLEMS_FOUND, TRY_AGAIN  # noqa: E402
from catalogue.hosting.buffering_worker import BufferingWorker  # noqa: E402
from catalogue.hosting.gunicorn_worker import send_answers_whole  # noqa: E402
from catalogue.hosting.logging_config import log_config  # noqa: E402
from catalogue.settings import read_settings  # noqa: E402
from catalogue.storage import temporary  # noqa: E402

BUILD_SECONDS = 900
# `catalogue build`, then whether new workers could start: the master ends where they cannot. The way in sees to the exit
# code of a build, but for the package's own first file, which Python loads before.
BUILD_PROGRAM = """
import sys
try:
    from catalogue.__main__ import run
    ended = run()
    if ended in (0, 1):
        from catalogue.web import create_app
        create_app()
except BaseException as error:
    print(f"{type(error).__name__}: {error}", file=sys.stderr)
    sys.exit(70)
sys.exit(ended)
"""
# The variable in which prometheus_client looks for the folder of its files.
COUNTS = "PROMETHEUS_MULTIPROC_DIR"
_settings = read_settings(os.environ)

# No visitor, however slow, holds up a thread.
worker_class = BufferingWorker
# Connections of one worker; each takes a file descriptor, of which others are needed for the index.
worker_connections = min(1000, max(64, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 128))
# The worker bounds the whole head; the application says in words that an address is too long (web/middleware/limits.py).
limit_request_line = 0
# Longer than proxies keep a connection (nginx 60 seconds), so that the proxy closes it first.
keepalive = 75
# Seconds a worker may be silent, and seconds it may take to finish when told to stop.
timeout = 30
graceful_timeout = 30
# The heartbeat of workers goes to memory where there is such a place, so that no disk delays it.
worker_tmp_dir = temporary.SHARED_MEMORY if os.access(temporary.SHARED_MEMORY, os.W_OK) else None
# A second way in that nobody needs.
control_socket_disable = True
# Which forwarding headers are believed is decided in one place, web/middleware/hosts.py: not here.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""
# Requests are logged by the application, the same way on all servers.
accesslog = None
logconfig_dict = log_config(_settings.log_format)


def on_starting(server: Arbiter) -> None:
    """Give the workers a folder in which each counts, and make SIGHUP try the code before it is used.

    gunicorn itself would end where new workers cannot load their code, and the site with it.
    """
    _new_counts()
    start_new_workers = server.reload

    def reload() -> None:
        if _build_with_code_on_disk(server):
            start_new_workers()

    server.reload = reload


def on_reload(server: Arbiter) -> None:
    """Let new workers count in a folder of their own."""
    _new_counts()


def _new_counts() -> None:
    """Make a new folder for counts below the one of this master; the one in use stays for those who stop.

    So counts begin at 0 with the workers, and what stopped workers have counted does not pile up.
    """
    if not _settings.metrics:
        return
    if COUNTS in os.environ:
        last = Path(os.environ[COUNTS])
        for folder in last.parent.iterdir():
            if folder != last and folder.is_dir():
                shutil.rmtree(folder, ignore_errors=True)
        above = last.parent
    else:
        above = temporary.make_folder(temporary.COUNTS, worker_tmp_dir)
    os.environ[COUNTS] = tempfile.mkdtemp(dir=above)


def _build_with_code_on_disk(server: Arbiter) -> bool:
    """Build before new workers start, in a program of its own; False if they must not start.

    Method files with problems are no reason: they are left out. Code that cannot be loaded is one, and so is a
    build that cannot be written: the workers hold an older one, which new workers may not be able to open.
    """
    words = [sys.executable, "-P", "-c", BUILD_PROGRAM, "build"]
    try:
        done = subprocess.run(  # noqa: S603  (our own program, no words of others)
            words,
            cwd=Path(__file__).parents[2],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=BUILD_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        server.log.error("The build at SIGHUP failed (%s). The workers stay as they are.", error)
        return False
    for line in (*done.stderr.splitlines(), *done.stdout.splitlines()):
        (server.log.error if done.returncode else server.log.info)("%s", line)
    if done.returncode in (FINE, PROBLEMS_FOUND):
        return True
    failed = done.returncode in (IO_FAILED, TRY_AGAIN)
    what = "No build could be made" if failed else "New workers could not start"
    server.log.error("%s. The workers stay as they are.", what)
    return False


def post_worker_init(worker: Worker) -> None:
    """Open the build before the worker takes its first request, and watch for newer ones."""
    send_answers_whole()
    worker.wsgi.extensions["catalogue"].watch()
