"""Which host names and which proxies are believed, and which requests come from this machine itself.

factory.py puts both rules round the application. No link is made from the Host header whatever the
settings are: links are relative, or begin with SITE_URL.
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

# Names by which programs on this machine ask; a health check need not know the public name.
OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
# Names with points between, or an address; then perhaps a port.
HOST = re.compile(
    r"([A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){0,20}\.?|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?"
)
# Asked by machines under whatever address they know; the answers are the same for all.
ANY_HOST = (PATHS.healthz, PATHS.readyz)
# Any of these says that somebody further away asked.
FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_CF_CONNECTING_IP",
             "HTTP_TRUE_CLIENT_IP", "HTTP_X_CLIENT_IP")  # fmt: skip


class Misdirected(HTTPException):
    """The request asks for another site than this one."""

    code = 421


class Plain:
    """A WSGI application round another one, which sees only host names that are such, and paths.

    Another Host header counts as none: Werkzeug would fail at it. Where TRUSTED_HOSTS is set, none is refused. No path means the home page: Werkzeug would lead there by an address made from the Host header.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if not HOST.fullmatch(environ.get("HTTP_HOST", "")):
            environ.pop("HTTP_HOST", None)
        environ["PATH_INFO"] = environ.get("PATH_INFO") or "/"
        return self._app(environ, start_response)


def install(app: Flask, settings: Settings) -> None:
    """Believe the forwarding headers of as many proxies as are set, and only the hosts that are set."""
    app.wsgi_app = Plain(app.wsgi_app)  # type: ignore[method-assign]
    count = settings.trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_port=0, x_prefix=0
        )
    if settings.trusted_hosts:
        app.before_request(lambda: _refuse_strangers(settings.trusted_hosts))


def _refuse_strangers(trusted: tuple[str, ...]) -> None:
    # Not request.host: without a name that can be read, it is the address that the server listens on.
    host = re.sub(r":\d+$", "", request.environ.get("HTTP_HOST", "")).lower()
    ours = any(host == name or (f".{host}".endswith(f".{name.lstrip('.')}") and name[0] == ".")
               for name in (*trusted, *OWN_NAMES))  # fmt: skip
    if not ours and request.path not in ANY_HOST:
        raise Misdirected(gettext("This site does not answer under that name."))


def asked_from_here() -> bool:
    """Whether the request comes from a program on this machine, and through no proxy.

    The address is that of the other end of the connection, whatever headers say. A proxy on this machine has
    such an address too, and is told by the headers it adds.
    """
    if any(name in FORWARDED or name.startswith("HTTP_X_FORWARDED") for name in request.environ):
        return False
    before = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    try:
        address = ip_address(before.get("REMOTE_ADDR") or "")
    except ValueError:
        return False
    # How a server that listens to both kinds of addresses writes one of the older kind.
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
