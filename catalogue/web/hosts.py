"""Which host names and which proxies are believed, and which requests come from this machine itself.

factory.py puts both rules round the application. No link is made from the Host header whatever the
settings are: links are relative, or begin with SITE_URL.
"""

from __future__ import annotations

from ipaddress import ip_address

from flask import Flask, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from catalogue.settings import Settings
from catalogue.translation import gettext

# Names by which programs on this machine ask; a health check need not know the public name.
OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
# Asked by machines under whatever address they know; the answers are the same for all.
ANY_HOST = ("/healthz", "/readyz")
# Any of these says that somebody further away asked.
FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_CF_CONNECTING_IP",
             "HTTP_TRUE_CLIENT_IP", "HTTP_X_CLIENT_IP")  # fmt: skip


def install(app: Flask, settings: Settings) -> None:
    """Believe the forwarding headers of as many proxies as are set, and only the hosts that are set."""
    count = settings.trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_port=0, x_prefix=0
        )
    if settings.trusted_hosts:
        trusted = [*settings.trusted_hosts, *OWN_NAMES]
        app.before_request(lambda: _refuse_strangers(trusted))


def _refuse_strangers(trusted: list[str]) -> None:
    if request.path not in ANY_HOST and not host_is_trusted(request.host, trusted):
        abort(400, gettext("This site does not answer under that name."))


def asked_from_here() -> bool:
    """Whether the request comes from a program on this machine, and through no proxy.

    The address is that of the other end of the connection, whatever headers say. A proxy on this machine has
    such an address too, and is told by the headers it adds.
    """
    if any(name in FORWARDED or name.startswith("HTTP_X_FORWARDED") for name in request.environ):
        return False
    before = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    try:
        return ip_address(before.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        return False
