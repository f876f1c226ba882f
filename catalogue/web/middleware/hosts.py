"""Which host names and which proxies are trusted, and which requests come from this machine itself.

No link is made from the Host header whatever the settings are: links are relative, or begin with SITE_URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from catalogue.i18n import gettext
from catalogue.settings import Settings
from catalogue.urls import PATHS

# Host names that programs on this machine use; a health check need not know the public name.
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
# Labels separated by dots, or an IPv6 address; then perhaps a port.
HOST = re.compile(
    r"([A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){0,20}\.?|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?"
)
# Paths that machines request under any host name; the responses do not depend on it.
EXEMPT_PATHS = (PATHS.healthz, PATHS.readyz)
# Any of these headers means that a proxy forwarded the request.
PROXY_HEADERS = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_CF_CONNECTING_IP",
             "HTTP_TRUE_CLIENT_IP", "HTTP_X_CLIENT_IP")  # fmt: skip


class Misdirected(HTTPException):
    """The HTTP error 421: the request is for another site than this one."""

    code = 421


class CleanHost:
    """WSGI middleware that removes a Host header that is no host name, and turns an empty path into "/".

    Werkzeug would fail at such a header; with TRUSTED_HOSTS set, a request without one is refused. From an empty
    path Werkzeug would redirect to a URL made from the Host header.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Respond to one request."""
        if not HOST.fullmatch(environ.get("HTTP_HOST", "")):
            environ.pop("HTTP_HOST", None)
        environ["PATH_INFO"] = environ.get("PATH_INFO") or "/"
        return self._app(environ, start_response)


def install(app: Flask, settings: Settings) -> None:
    """Trust the forwarding headers of as many proxies as are set, and only the hosts that are set."""
    app.wsgi_app = CleanHost(app.wsgi_app)  # type: ignore[method-assign]
    count = settings.trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_port=0, x_prefix=0
        )
    if settings.trusted_hosts:
        app.before_request(lambda: _refuse_untrusted_host(settings.trusted_hosts))


def _refuse_untrusted_host(trusted: tuple[str, ...]) -> None:
    # Not request.host: without a valid Host header, that is the address that the server listens on.
    host = re.sub(r":\d+$", "", request.environ.get("HTTP_HOST", "")).lower()
    ours = any(host == name or (f".{host}".endswith(f".{name.lstrip('.')}") and name[0] == ".")
               for name in (*trusted, *LOCAL_HOSTS))  # fmt: skip
    if not ours and request.path not in EXEMPT_PATHS:
        raise Misdirected(gettext("This site does not answer under that name."))


def is_local_request() -> bool:
    """Whether the request comes from a program on this machine, and through no proxy.

    The address is that of the peer, whatever headers say. A proxy on this machine has a loopback address too,
    and is recognised by the headers it adds.
    """
    if any(
        name in PROXY_HEADERS or name.startswith("HTTP_X_FORWARDED") for name in request.environ
    ):
        return False
    before = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    try:
        address = ip_address(before.get("REMOTE_ADDR") or "")
    except ValueError:
        return False
    # A server that listens on IPv6 and IPv4 shows IPv4 addresses as mapped ones.
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
