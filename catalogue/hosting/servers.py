"""Serves the site to the public: how many processes and threads, and the server that runs them.

gunicorn on Linux and macOS, waitress on Windows. `catalogue serve --production` makes the build,
then hands over to one of them; what gunicorn itself reads stands in hosting/gunicorn_conf.py.
"""

from __future__ import annotations

import math
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import waitress

from catalogue.settings import PROJECT

# A web application, as the standard for Python's servers (WSGI) has it.
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

SERVERS = ("gunicorn", "waitress")
THREADS = {"gunicorn": 4, "waitress": 8}
CGROUPS = Path("/sys/fs/cgroup")
OWN_CGROUP = Path("/proc/self/cgroup")
FACTORY = "catalogue.web:create_app()"
SETTINGS_FILE = Path(__file__).with_name("gunicorn_conf.py")


def usual_server() -> str:
    """Return the server of this operating system; gunicorn needs what only Unix has."""
    return "waitress" if sys.platform == "win32" else "gunicorn"


def cores(cgroups: Path = CGROUPS, own: Path = OWN_CGROUP) -> int:
    """Return how many cores this process may use, at least 1.

    Counts the cores it is bound to (affinity), and no more than a container or a service manager
    grants it (the quota in `cpu.max` of its control group and of those above it).
    """
    affinity = getattr(os, "sched_getaffinity", None)
    bound = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min([bound, *_quotas(cgroups, own)]))


def _quotas(cgroups: Path, own: Path) -> Iterator[int]:
    """Yield the cores granted by each control group that sets a limit, rounded up."""
    try:
        group = own.read_text(encoding="ascii").strip().rpartition("::")[2]
    except (OSError, ValueError):
        return
    folder = cgroups / group.lstrip("/")
    for above in (folder, *folder.parents):
        if above.is_relative_to(cgroups):
            with suppress(OSError, ValueError, ZeroDivisionError):
                quota, period = (above / "cpu.max").read_text(encoding="ascii").split()
                yield math.ceil(int(quota) / int(period))  # "max" is no number: no limit


def usual_workers(server: str) -> int:
    """Return how many processes serve: one for each core, at least two; waitress has one.

    Answering is arithmetic in Python, so more processes than cores would only wait for each
    other. With two, one goes on answering while the other starts again.
    """
    return 1 if server == "waitress" else max(2, cores())


def check_free(host: str, port: int) -> None:
    """Raise OSError if nothing can listen on this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))


def run_gunicorn(
    host: str, port: int, workers: int, threads: int, environment: Mapping[str, str]
) -> NoReturn:
    """Become gunicorn: this process turns into its master and does not come back.

    The master starts as a new program and loads none of our pages, so that workers started by
    SIGHUP load the code as it is by then.
    """
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    words = [
        *(sys.executable, "-P", "-m", "gunicorn", "--config", str(SETTINGS_FILE)),
        *("--bind", place, "--workers", str(workers), "--threads", str(threads), FACTORY),
    ]
    # gunicorn looks for code in the current folder first.
    os.chdir(PROJECT)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, words, dict(environment))  # noqa: S606  (no shell is wanted)


def run_waitress(app: Application, host: str, port: int, threads: int) -> None:
    """Serve with waitress in this process, until SIGTERM or Ctrl and C; begun answers are finished."""
    signal.signal(signal.SIGTERM, _stop)
    waitress.serve(
        app,
        listen=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        threads=threads,
        ident=None,
        # Which forwarding headers are believed is decided in one place, web/middleware/hosts.py.
        clear_untrusted_proxy_headers=False,
        _quiet=True,
    )


def _stop(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(0)
