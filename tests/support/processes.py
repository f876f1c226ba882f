"""Starts what the hosting tests need as programs on loopback: the site, and nginx and Caddy as deploy/ sets them up.

Every program ends with its test, and everything it writes lies in the folder of the test.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from catalogue.web.middleware.access_log import BUILD_HEADER
from tests.support.running import LOOK_AGAIN, SECONDS, free_port

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
# Debian keeps nginx where only root looks.
PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))


@dataclass(frozen=True)
class Answer:
    """What an address answered."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def build(self) -> str:
        """The build it comes from."""
        return self.headers[BUILD_HEADER]


def program(name: str) -> str:
    """Return where a program lies; skip the test where it is not installed."""
    found = shutil.which(name, path=PATH)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


class Visitor:
    """Asks for pages over one connection, from an address of its own. Close it, or use it in `with`."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        """The connection is opened by the first question, and again where it was closed."""
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", port, SECONDS, source_address=(address, 0)
        )

    def ask(
        self, address: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        """Return what an address answers; a body is sent as that of a form."""
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self._connection.request(method, address, body=body, headers={**form, **headers})
        answer = self._connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


@contextmanager
def running(
    words: Sequence[str | Path], environment: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in a folder that takes its log; end it, and all that it started, in the end."""
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            words, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started at once, as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until_ready(
    process: subprocess.Popen[bytes], port: int, address: str = "/healthz", status: int = 200
) -> Answer:
    """Return the first answer with this status; fail if the program ends or takes a minute."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"It ended with {process.returncode}."
        with suppress(OSError, http.client.HTTPException), Visitor(port) as visitor:
            answer = visitor.ask(address)
            if answer.status == status:
                return answer
        LOOK_AGAIN.wait(0.02)
    raise AssertionError(f"{address} on port {port} did not answer {status}.")


@contextmanager
def site(
    methods: Path, folder: Path, *, workers: int = 1, port: int = 0, **settings: str
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Serve some methods as in production, with everything else in a folder; yield port and program.

    `settings` are more variables of its environment.
    """
    folder.mkdir(exist_ok=True)
    port = port or free_port()
    environment = {
        **os.environ,
        "CATALOGUE_METHODS_DIR": str(methods),
        "CATALOGUE_INDEX_DIR": str(folder / "search_index"),
        **settings,
    }
    words = [sys.executable, "-m", "catalogue", "serve", "--production"]
    options = ["--port", str(port), "--workers", str(workers)]
    with running([*words, *options], environment, folder) as process:
        wait_until_ready(process, port)
        yield port, process


@contextmanager
def nginx(folder: Path, replicas: Sequence[int], *, limited: bool = True) -> Iterator[int]:
    """Run nginx with deploy/nginx.conf in front of replicas, without TLS; yield its port.

    Not `limited`, an address may ask for as many pages as it likes.
    """
    port = free_port()
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^ *(ssl_.*|listen \[::\].*)\n", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    if not limited:
        text = text.replace("rate=10r/s", "rate=100000r/s")
    servers = re.findall(r"(?m)^ *server 127\.0\.0\.1:8000 .*\n", text)
    assert len(servers) == 1
    text = text.replace(
        servers[0], "".join(servers[0].replace("8000", str(replica)) for replica in replicas)
    )
    with nginx_with(text, folder) as process:
        wait_until_ready(process, port)
        yield port


@contextmanager
def nginx_with(text: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run nginx with a configuration of its `http` block in a folder."""
    command = program("nginx")
    folder.mkdir(exist_ok=True)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    kept = "".join(
        f"{kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder / 'nginx.pid'};\nerror_log stderr;\n"
        # Started by root, its workers would otherwise be somebody who may not enter the folder.
        f"{'user root root;' if os.geteuid() == 0 else ''}\n"
        f"events {{}}\nhttp {{\n{kept}include {folder / 'site.conf'};\n}}\n",
        encoding="utf-8",
    )
    words = [command, "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"]
    with running(words, dict(os.environ), folder) as process:
        yield process


@contextmanager
def caddy(folder: Path, replicas: Sequence[int]) -> Iterator[int]:
    """Run Caddy with deploy/Caddyfile in front of replicas, without TLS; yield its port."""
    port = free_port()
    environment = {
        "SITE_ADDRESS": f"http://127.0.0.1:{port}",
        "UPSTREAMS": " ".join(f"127.0.0.1:{replica}" for replica in replicas),
    }
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    # Without the port on which it takes other settings, so that several can run at a time.
    text = text.replace("\n{\n", "\n{\n\tadmin off\n", 1)
    with caddy_with(text, folder, environment) as process:
        wait_until_ready(process, port)
        yield port


@contextmanager
def caddy_with(
    text: str, folder: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run Caddy with a Caddyfile in a folder, and variables for it."""
    command = program("caddy")
    folder.mkdir(exist_ok=True)
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    own = {"HOME": folder, "XDG_CONFIG_HOME": folder / "config", "XDG_DATA_HOME": folder / "data"}
    everything = {**os.environ, **{name: str(path) for name, path in own.items()}, **environment}
    words = [command, "run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"]
    with running(words, everything, folder) as process:
        yield process
