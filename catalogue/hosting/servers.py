"""Serves the site to the public: how many processes and threads, and the server that runs them.

gunicorn on Linux and macOS, waitress on Windows. `catalogue serve --production` makes the build,
then hands over to one of them; what gunicorn itself reads stands in hosting/gunicorn_conf.py.
"""

from __future__ import annotations

import logging
import math
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

import waitress

from catalogue.budget import MIB, WORKERS, max_workers, needed
from catalogue.hosting import waitress_channel
from catalogue.hosting.request_buffer import MAX_FORGOTTEN, MAX_HEAD
from catalogue.settings import PROJECT
from catalogue.web.middleware.security_headers import security_headers

# A web application, as the standard for Python's servers (WSGI) has it.
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

LOG = logging.getLogger("catalogue")
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
    return max(1, min([bound, *map(_cores_of, _limits(cgroups, own, "cpu.max"))]))


def _cores_of(limit: str) -> int:
    """Return the cores that a quota grants, rounded up; without one ("max"), more than there are."""
    with suppress(ValueError, ZeroDivisionError):
        quota, period = limit.split()
        return math.ceil(int(quota) / int(period))
    return sys.maxsize


def memory(cgroups: Path = CGROUPS, own: Path = OWN_CGROUP) -> int:
    """Return how many bytes of memory the site may take: those of the machine, or what it is granted of them.

    Where neither can be found out, more than any machine has.
    """
    whole = sys.maxsize
    with suppress(AttributeError, OSError, ValueError):  # not on Windows
        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    granted = [int(limit) for limit in _limits(cgroups, own, "memory.max") if limit.isdecimal()]
    return min([whole, *granted])


def _limits(cgroups: Path, own: Path, name: str) -> Iterator[str]:
    """Yield what a file says in our control group and in those above it."""
    try:
        group = own.read_text(encoding="ascii").strip().rpartition("::")[2]
    except (OSError, ValueError):
        return
    folder = cgroups / group.lstrip("/")
    for above in (folder, *folder.parents):
        if above.is_relative_to(cgroups):
            with suppress(OSError, ValueError):
                yield (above / name).read_text(encoding="ascii").strip()


def usual_workers(server: str) -> int:
    """Return how many processes serve: one for each core, at least two, if memory allows; waitress has one.

    Answering is arithmetic in Python, so more processes than cores would only wait for each
    other. With two, one goes on answering while the other starts again.
    """
    return 1 if server == "waitress" else min(max(2, cores()), max_workers(memory()))


def warn_of_memory(workers: int) -> None:
    """Log a warning if so many workers may take more memory than there is."""
    most, granted = needed(workers), memory()
    if most > granted:
        LOG.warning(
            "%d workers may take %d MiB of memory, and there are %d. Start at most %d with --workers.",
            *(workers, most // MIB, granted // MIB, max_workers(granted)),
        )


def host_port(host: str, port: int) -> str:
    """Return a host and a port as they stand in a URL: an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


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
    options = {
        "--config": str(SETTINGS_FILE),
        "--bind": host_port(host, port),
        "--workers": str(workers),
        "--threads": str(threads),
    }
    words = [sys.executable, "-P", "-m", "gunicorn", *chain(*options.items()), FACTORY]
    # gunicorn looks for code in the current folder first.
    os.chdir(PROJECT)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, words, {**environment, WORKERS: str(workers)})  # noqa: S606  (no shell is wanted)


def run_waitress(app: Application, host: str, port: int, threads: int, secure: bool) -> None:
    """Serve with waitress in this process, until SIGTERM or Ctrl and C; begun answers are finished.

    `secure` for a site with an address that begins with https.
    """
    signal.signal(signal.SIGTERM, _stop)
    waitress_channel.use(security_headers(secure))
    waitress.serve(
        app,
        listen=host_port(host, port),
        threads=threads,
        ident=None,
        # A connection that is silent for so long is closed, and no more are taken than memory has room for.
        channel_timeout=30,
        cleanup_interval=5,
        connection_limit=500,
        # Otherwise none above number 1023 could be waited for.
        asyncore_use_poll=True,
        max_request_header_size=MAX_HEAD,
        # The application says in words that a body is too large, once a browser has sent it.
        max_request_body_size=MAX_FORGOTTEN,
        # Which forwarding headers are believed is decided in one place, web/middleware/hosts.py.
        clear_untrusted_proxy_headers=False,
        _quiet=True,
    )


def _stop(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(0)
