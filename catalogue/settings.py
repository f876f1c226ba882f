"""The settings of the catalogue: one table of names, defaults and meanings.

Everything that differs between two hosts is read here from `CATALOGUE_*` environment
variables; the rest of the package takes a `Settings` value and never looks at the environment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from rapidfuzz import fuzz, process

from catalogue.urls import first_segments

PROJECT = Path(__file__).resolve().parent.parent
PREFIX = "CATALOGUE_"
LOG_FORMATS = ("text", "json")
COUNTRIES = ("england", "wales", "scotland", "northern-ireland", "eu", "us")
# The logger of requests; not below "catalogue", so that each can be silenced alone.
REQUEST_LOGGER = "catalogue-requests"
# A host name, all its subdomains (with a leading dot), or an IPv6 address in brackets.
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
# The path of a site below its host: segments that need no percent-encoding and do not begin with a dot.
URL_PREFIX = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*")


class SettingsError(Exception):
    """A setting cannot be used; the message says which one and how to fix it."""


@dataclass(frozen=True)
class Setting:
    """One row of the settings table: its name without prefix, its default and its meaning."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting(
        "METHODS_DIR",
        "methods",
        "The folder with the method files. A relative path begins at the current folder.",
    ),
    Setting(
        "INDEX_DIR",
        "search_index",
        "The folder for what is built from them. It can be deleted at any time. Each site needs its own.",
    ),
    Setting("SITE_NAME", "The Participation Catalogue", "The name on every page."),
    Setting(
        "SITE_URL",
        "",
        "The public address of the site, such as https://participation.example.org or, below another "
        "site, https://council.example.org/participation. Used for permanent links; empty means links "
        "without a host.",
    ),
    Setting(
        "REPOSITORY_URL",
        "",
        "The public address of the repository, at GitHub, GitLab, Codeberg, Forgejo or Gitea. Each method "
        "page links to its file there, and contributions go there.",
    ),
    Setting(
        "REPOSITORY_BRANCH",
        "main",
        "The branch of the repository that contributions go to.",
    ),
    Setting(
        "CONTACT_EMAIL",
        "",
        "Where people without an account at the repository's host may send methods and corrections. "
        "Shown on the pages for contributors.",
    ),
    Setting(
        "LANGUAGE",
        "en_GB",
        "The language of the interface, such as cy. Other than English it needs a translation: "
        "docs/translating.md.",
    ),
    Setting(
        "COUNTRY",
        "",
        "Whose law comes first on the pages: england, wales, scotland, northern-ireland, eu or us. Empty means "
        "none before the others; none is ever hidden.",
    ),
    Setting(
        "COMMITTEE_REPORT",
        "",
        "A YAML file with the parts of a report to a committee in your own order, with your own headings: a changed copy "
        "of catalogue/exports/documents/committee_report.yaml. Empty means that file.",
    ),
    Setting(
        "RELOAD",
        "no",
        "yes: look at the method files on each request, build again if one changed, and show their "
        "problems on the pages. `catalogue serve` turns it on.",
    ),
    Setting(
        "LOG_FORMAT",
        "text",
        "How `catalogue serve --production` writes its log: text, or json (one object a line).",
    ),
    Setting(
        "METRICS",
        "no",
        "yes: numbers for Prometheus at /metrics, for programs on the same machine alone.",
    ),
    Setting(
        "TRUSTED_HOSTS",
        "",
        "The names this site answers to, with commas between; .example.org stands for all below it. "
        "Empty means any name: no link is made from it.",
    ),
    Setting(
        "TRUSTED_PROXIES",
        "0",
        "How many proxies stand in front and set X-Forwarded-For, -Proto and -Host. What more "
        "or other senders put there is not believed.",
    ),
)


@dataclass(frozen=True)
class Settings:
    """The settings in force. URLs have no trailing slash."""

    methods_dir: Path
    index_dir: Path
    site_name: str
    site_url: str
    repository_url: str
    repository_branch: str
    contact_email: str
    language: str
    country: str
    committee_report: Path | None
    reload: bool
    log_format: str
    metrics: bool
    trusted_hosts: tuple[str, ...]
    trusted_proxies: int

    @property
    def secure(self) -> bool:
        """Whether the site is served over HTTPS."""
        return self.site_url.startswith("https://")

    @property
    def url_prefix(self) -> str:
        """The path of the site's URL, such as "/participation"; "" for the root of a host."""
        return urlsplit(self.site_url).path


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the `CATALOGUE_*` variables of `environment`, with defaults for the others.

    A relative path is relative to the working directory; the default folders are in the project's.
    Raises SettingsError for a name that is not in the table, or a value that cannot be used.
    """
    known = {setting.name: setting for setting in SETTINGS}
    for variable in sorted(environment):
        if variable.startswith(PREFIX) and variable.removeprefix(PREFIX) not in known:
            name = variable.removeprefix(PREFIX)
            near = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=60)
            hint = f" Did you mean {PREFIX}{near[0]}?" if near else ""
            raise SettingsError(
                f"{variable} is not a setting we know. "
                f"Choose one of {', '.join(PREFIX + name for name in known)}.{hint}"
            )
    values = {
        name: environment.get(PREFIX + name, "").strip() or setting.default
        for name, setting in known.items()
    }
    return Settings(
        methods_dir=_path("METHODS_DIR", environment, known["METHODS_DIR"].default),
        index_dir=_path("INDEX_DIR", environment, known["INDEX_DIR"].default),
        site_name=values["SITE_NAME"],
        site_url=_site_url("SITE_URL", values["SITE_URL"]),
        repository_url=_web_address("REPOSITORY_URL", values["REPOSITORY_URL"]),
        repository_branch=_branch("REPOSITORY_BRANCH", values["REPOSITORY_BRANCH"]),
        contact_email=_email("CONTACT_EMAIL", values["CONTACT_EMAIL"]),
        language=_language("LANGUAGE", values["LANGUAGE"]),
        country=_one_of("COUNTRY", values["COUNTRY"], COUNTRIES) if values["COUNTRY"] else "",
        committee_report=_path("COMMITTEE_REPORT", environment, "")
        if values["COMMITTEE_REPORT"]
        else None,
        reload=_yes_or_no("RELOAD", values["RELOAD"]),
        log_format=_one_of("LOG_FORMAT", values["LOG_FORMAT"], LOG_FORMATS),
        metrics=_yes_or_no("METRICS", values["METRICS"]),
        trusted_hosts=_hosts("TRUSTED_HOSTS", values["TRUSTED_HOSTS"]),
        trusted_proxies=_count("TRUSTED_PROXIES", values["TRUSTED_PROXIES"]),
    )


def _path(name: str, environment: Mapping[str, str], default: str) -> Path:
    value = environment.get(PREFIX + name, "").strip()
    try:
        return Path(value).absolute() if value else PROJECT / default
    except OSError as error:
        raise SettingsError(
            f'{PREFIX}{name} is "{value}", and the current folder is gone. Give the whole path.'
        ) from error


def _web_address(name: str, value: str) -> str:
    if value and not value.startswith(("https://", "http://")):
        raise SettingsError(
            f'{PREFIX}{name} is "{value}". Give the whole address, beginning with https://.'
        )
    return value.rstrip("/")


def _site_url(name: str, value: str) -> str:
    url = _web_address(name, value)
    try:
        parts = urlsplit(url)
    except ValueError as error:  # half an IPv6 address
        raise SettingsError(
            f'{PREFIX}{name} is "{value}". Give the whole address, such as https://example.org.'
        ) from error
    if parts.query or parts.fragment or not URL_PREFIX.fullmatch(parts.path):
        raise SettingsError(
            f'{PREFIX}{name} is "{value}". After the host there may be a path of letters, digits and '
            "the characters - _ . ~, such as https://example.org/participation."
        )
    first = parts.path[1:].partition("/")[0]
    if first in first_segments():
        raise SettingsError(
            f'{PREFIX}{name} is "{value}". Its path may not begin with /{first}, because pages of the '
            "site itself do. Choose another, such as /participation."
        )
    return url


def _branch(name: str, value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}", value):
        raise SettingsError(
            f'{PREFIX}{name} is "{value}". Write the name of a branch, such as main.'
        )
    return value


def _email(name: str, value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", value):
        raise SettingsError(
            f'{PREFIX}{name} is "{value}". Write one e-mail address, such as methods@example.org.'
        )
    return value


def _language(name: str, value: str) -> str:
    try:
        if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", value):
            raise ValueError
        Locale.parse(value)  # otherwise the first page would fail
    except (ValueError, UnknownLocaleError) as error:
        raise SettingsError(
            f'{PREFIX}{name} is "{value}". Write a language code such as en_GB or cy.'
        ) from error
    return value


def _hosts(name: str, value: str) -> tuple[str, ...]:
    hosts = tuple(host.strip().lower() for host in value.split(",") if host.strip())
    for host in hosts:
        if not HOST.fullmatch(host):
            raise SettingsError(
                f'{PREFIX}{name} has "{host}". Write names such as example.org, without https:// '
                "and without a port, with commas between them."
            )
    return hosts


def _count(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]", value):
        raise SettingsError(f'{PREFIX}{name} is "{value}". Write a number from 0 to 9.')
    return int(value)


def _yes_or_no(name: str, value: str) -> bool:
    return _one_of(name, value, ("yes", "no")) == "yes"


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise SettingsError(f'{PREFIX}{name} is "{value}". Choose one of {", ".join(choices)}.')
    return value
