"""The container's files: linted, and their own commands run outside a container.

No container engine is needed. What needs root or the network is not run, and is named here.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from catalogue.settings import PREFIX, SETTINGS
from tests.conftest import GOOD
from tests.support.processes import Visitor, kill, running, wait_until_ready
from tests.support.running import free_port

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
# Commands of RUN that are not run here: the first two need root, pip needs the network
# (tests/repository/test_requirements.py holds requirements.lock to what is installed).
NOT_RUN = ("useradd", "chown", "pip")


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile and their arguments, each on one line."""
    lines = [line for line in DOCKERFILE.split("\n") if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.split("\n")) if name]  # fmt: skip


def arguments(name: str) -> list[str]:
    return [rest for found, rest in instructions() if found == name]


def environment() -> dict[str, str]:
    """Return the variables that the image sets."""
    return dict(word.split("=", 1) for rest in arguments("ENV") for word in shlex.split(rest))


class Image:
    """What the Dockerfile makes, in a folder: /venv, /app and /index lie inside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def inside(self, text: str) -> str:
        """Return a text of the Dockerfile with its absolute folders moved into this one."""
        return re.sub(r"(?<![\w.:/])/(venv|app|index)\b", rf"{self.folder}/\1", text)

    def environment(self, **more: str) -> dict[str, str]:
        given = {name: self.inside(value) for name, value in environment().items()}
        given["PATH"] = given["PATH"].replace("$PATH", os.environ["PATH"])
        return given | more

    def copy(self) -> None:
        """Copy what .dockerignore lets through."""
        lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
        assert "*" in lines
        for name in (line[1:] for line in lines if line.startswith("!")):
            source, target = ROOT / name, self.folder / "app" / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy(source, target)

    def run(self) -> list[str]:
        """Run the commands of RUN; return the names of those that cannot be run here."""
        left_out = []
        for line in arguments("RUN"):
            for command in line.split(" && "):
                words = shlex.split(self.inside(command))
                if words[0] in NOT_RUN:
                    left_out.append(words[0])
                    continue
                words[0] = sys.executable if words[0] == "python" else words[0]
                subprocess.run(words, cwd=self.folder / "app", check=True)
        return left_out

    def exit_code(self, words: list[str], variables: dict[str, str]) -> int:
        """Run a command where the image works, and return how it ended."""
        where = self.folder / "app"
        return subprocess.run(words, cwd=where, env=variables, capture_output=True).returncode

    def files(self) -> set[str]:
        return {str(path.relative_to(self.folder / "app")) for path in (self.folder / "app").rglob("*")}  # fmt: skip


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    made = Image(tmp_path_factory.mktemp("image"))
    (made.folder / "app").mkdir()
    made.copy()
    # Six methods in place of all, which also shows that it is the copy that answers.
    shutil.rmtree(made.folder / "app" / "methods")
    shutil.copytree(GOOD, made.folder / "app" / "methods")
    assert made.run() == ["pip", "useradd", "chown"]
    # In place of what pip would have fetched: the same packages, as they are installed here.
    packages = next((made.folder / "venv").glob("lib/python*/site-packages"))
    (packages / "here.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    yield made


@pytest.mark.skipif(sys.platform == "win32", reason="hadolint is not made for Windows")
def test_the_linter_finds_nothing_in_the_dockerfile() -> None:
    program = Path(sys.executable).with_name("hadolint")
    ran = subprocess.run(
        [program, ROOT / "Dockerfile"], capture_output=True, encoding="utf-8", check=False
    )
    assert (ran.stdout, ran.returncode) == ("", 0)


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="the image is made for Linux")
def test_the_image_serves_says_that_it_is_well_and_writes_nothing_but_the_index(
    image: Image, tmp_path: Path
) -> None:
    before, port = image.files(), str(free_port())
    words, check = json.loads(arguments("CMD")[-1]), json.loads(arguments("HEALTHCHECK")[0].partition(" CMD ")[2])  # fmt: skip
    words = [port if word == "8000" else word.replace("0.0.0.0", "127.0.0.1") for word in words]
    check = [word.replace(":8000", f":{port}") for word in check]
    variables = image.environment(HOME="/nonexistent")
    program = str(image.folder / "venv" / "bin" / "python")
    assert (words[0], check[0]) == ("python", "python")
    with running([program, *words[1:]], variables, tmp_path) as process:
        wait_until_ready(process, int(port))
        with Visitor(int(port)) as visitor:
            assert json.loads(visitor.ask("/readyz").body)["methods"] == 6
            assert visitor.ask("/methods").status == 200
        assert image.exit_code([program, *check[1:]], variables) == 0
        assert image.exit_code([program, "-m", "catalogue", "build"], variables) == 0
        kill(process)
        assert image.exit_code([program, *check[1:]], variables) == 1
    assert image.files() == before
    assert any((image.folder / "index" / "builds").iterdir())


def test_the_image_runs_as_nobody_in_particular_and_names_its_licences() -> None:
    assert arguments("USER") == ["10001:10001"]
    labels = dict(word.split("=", 1) for rest in arguments("LABEL") for word in shlex.split(rest))
    assert set(labels) == {f"org.opencontainers.image.{n}" for n in ("title", "description", "licenses")}  # fmt: skip
    assert labels["org.opencontainers.image.licenses"] == "MIT AND CC-BY-4.0"


def test_the_image_starts_from_the_python_that_the_lock_was_made_for() -> None:
    tags = {rest.split()[0].partition(":")[2] for rest in arguments("FROM")}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [version] = re.findall(r"--python-version (\S+)", makefile)
    assert {tag.partition("-")[0] for tag in tags} == {version}


# What we use of the Compose specification, and nothing else: a slip in a name would be ignored or refused.
SERVICE_KEYS = {
    *("build", "image", "restart", "environment", "volumes", "read_only", "tmpfs", "cap_drop"),
    *(
        "env_file",
        "cap_add",
        "security_opt",
        "pids_limit",
        "mem_limit",
        "cpus",
        "networks",
        "logging",
    ),
    *("stop_grace_period", "depends_on", "ports", "healthcheck"),
}


def test_compose_uses_only_names_that_exist() -> None:
    assert set(COMPOSE) == {"name", "services", "networks", "volumes"}
    used = {key for service in COMPOSE["services"].values() for key in service}
    assert used - SERVICE_KEYS == set()


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_every_service_has_as_few_rights_as_it_can(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"pids_limit", "mem_limit", "tmpfs", "restart", "logging"} <= set(service)
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    services = COMPOSE["services"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert services["site"]["networks"] == ["inside"]
    assert "ports" not in services["site"]
    assert services["proxy"]["environment"]["UPSTREAMS"] == "site:8000"


def test_a_host_sets_all_of_the_site_in_one_file_but_what_the_container_decides() -> None:
    site = COMPOSE["services"]["site"]
    assert site["env_file"] == ".env"
    fixed = {name for name, value in site["environment"].items() if f"${{{name}" not in value}
    assert fixed == {"CATALOGUE_METHODS_DIR", "CATALOGUE_INDEX_DIR", "CATALOGUE_TRUSTED_PROXIES"}
    # The address is that of the host's name where none is set.
    assert (
        site["environment"]["CATALOGUE_SITE_URL"] == "${CATALOGUE_SITE_URL:-https://${SITE_HOST}}"
    )
    assert COMPOSE["services"]["proxy"]["environment"]["SITE_ADDRESS"].startswith("${SITE_HOST:?")


def test_compose_gives_the_site_only_settings_that_exist_and_folders_that_it_reads() -> None:
    site = COMPOSE["services"]["site"]
    assert set(site["environment"]) <= {PREFIX + setting.name for setting in SETTINGS}
    assert site["environment"]["CATALOGUE_METHODS_DIR"] == arguments("WORKDIR")[-1] + "/methods"
    assert site["environment"]["CATALOGUE_INDEX_DIR"] == environment()["CATALOGUE_INDEX_DIR"]
    mounted = [volume.split(":") for volume in site["volumes"]]
    assert [(ROOT / source).is_dir() for source, _, _ in mounted] == [True, True, True]
    assert {mode for _, _, mode in mounted} == {"ro"}
    assert environment()["CATALOGUE_INDEX_DIR"] in {place.partition(":")[0] for place in site["tmpfs"]}  # fmt: skip
