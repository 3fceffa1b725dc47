"""How a site's mail is set up: the server that an address names, checked at start; opens nothing."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from ..settings import SettingError

Tls = Literal["starttls", "tls", "none"]
PORTS: dict[Tls, int] = {"starttls": 587, "tls": 465, "none": 25}
FITS = "WEERWOORD_MAIL_URL takes smtp://user:password@host:port?tls=starttls|tls|none"


@dataclass(frozen=True)
class MailSettings:
    """`url` names the server; without one letters are written into `folder`, by default in the instance.

    `sender` is `Name <address>` or an address; `site_name` is how letters call the site.
    """

    url: str = field(default="", repr=False)
    sender: str = "weerwoord@localhost"
    site_name: str = ""
    folder: Path | None = None


@dataclass(frozen=True)
class Server:
    host: str
    port: int
    tls: Tls
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def server_at(url: str) -> Server:
    """The server of an address; raises SettingError, which never holds what the address said."""
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, parts.hostname
    except ValueError:
        raise SettingError(f"{FITS}; this is no address") from None
    if parts.scheme != "smtp" or not host or parts.path not in ("", "/") or parts.fragment:
        raise SettingError(f"{FITS}, nothing else (characters such as # or / as %23, %2F)")
    tls = tls_of(parts)
    server = Server(
        host,
        port if port is not None else PORTS[tls],
        tls,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
    refuse_unsafe(server)
    return server


def tls_of(parts: SplitResult) -> Tls:
    asked = parse_qsl(parts.query, keep_blank_values=True)
    found = dict(asked).get("tls", "starttls")
    if found not in PORTS or len(asked) > 1 or {name for name, _ in asked} - {"tls"}:
        raise SettingError(f"{FITS}; after the ? stands tls=starttls, tls=tls or tls=none")
    return found


def refuse_unsafe(server: Server) -> None:
    if bool(server.user) != bool(server.password):
        raise SettingError(f"{FITS}; a user and a password go together")
    if not (server.user + server.password).isprintable():
        raise SettingError(f"{FITS}; the user or the password has invisible characters")
    if server.user and server.tls == "none" and not loopback(server.host):
        raise SettingError(f"{FITS}; with tls=none a password goes only to this machine itself")


def loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
