"""The road to Akismet: one HTTP client that goes only where the settings say and in bounded time.

It notes each reply for the call under way and keeps the key out of every log; knows no comments.
"""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from ipaddress import ip_address
from ssl import SSLContext
from time import monotonic
from typing import Any

import httpcore
import httpx

from comments.settings import SettingError

from .akismet_answer import Reply

BODY_LIMIT = 1 << 20
TEXT_KEPT = 200
UNREAD = frozenset({b"content-encoding", b"set-cookie"})


def base_address(text: str) -> httpx.URL:
    """Scheme, host and port; raises SettingError unless it is https, or plain on this machine."""
    try:
        url = httpx.URL(text.strip())
    except httpx.InvalidURL:
        raise SettingError("AKISMET_URL is no address") from None
    if not (url.scheme == "https" or (url.scheme == "http" and loopback(url.host))):
        raise SettingError("AKISMET_URL must begin with https:// (http:// only on this machine)")
    if not url.host or url.userinfo or url.raw_path != b"/" or url.fragment:
        raise SettingError("AKISMET_URL takes a scheme, a host and a port, nothing more")
    return url


def loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Call:
    """One question under way: when it must be over, and the reply once there is one."""

    def __init__(self, seconds: float) -> None:
        self.ends = monotonic() + seconds
        self.reply: Reply | None = None

    def left(self) -> float:
        """Seconds, always more than 0; raises ReadTimeout when there are none."""
        seconds = self.ends - monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("Akismet took too long")
        return seconds


# Each thread has its own context, so that questions asked side by side never mix.
_under_way: ContextVar[Call] = ContextVar("akismet_call")


@contextmanager
def call(seconds: float) -> Iterator[Call]:
    """All that the client does inside belongs to one Call and shares its seconds."""
    token = _under_way.set(Call(seconds))
    try:
        yield _under_way.get()
    finally:
        _under_way.reset(token)


def client(base: httpx.URL, key: str, seconds: float, agent: str) -> httpx.Client:
    """Opens no connection yet, so it may be made before a fork and used after."""
    return httpx.Client(
        transport=Road(base, key),
        headers={"User-Agent": agent, "Accept-Encoding": "identity"},
        timeout=seconds,
        follow_redirects=False,
        event_hooks={"response": [noting(key)]},
    )


class Road(httpx.HTTPTransport):
    """Sends each request to the base address, whatever address it was made for.

    httpx's own constructor has no place for a network backend, so this one makes the pool.
    """

    def __init__(self, base: httpx.URL, key: str) -> None:
        context = httpx.create_ssl_context() if base.scheme == "https" else None
        self._base, self._key = base, key
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=Timed())

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, read whole and without the newline that some add."""
        with closing(super().handle_request(self._sent(request))) as found:
            headers = [(k, v) for k, v in found.headers.raw if k.lower() not in UNREAD]
            body = beginning(found)
        return httpx.Response(
            found.status_code, headers=headers, content=body.strip(), extensions=found.extensions
        )

    def _sent(self, request: httpx.Request) -> httpx.Request:
        """A copy: httpx logs the original's address, so a key in a query stands only here."""
        base = self._base
        url = request.url.copy_with(scheme=base.scheme, host=base.host, port=base.port)
        request.url = url
        if request.method == "GET":
            url = url.copy_merge_params({"api_key": self._key})
        headers = request.headers.copy()
        headers["Host"] = base.netloc.decode("ascii")
        return httpx.Request(
            request.method,
            url,
            headers=headers,
            stream=request.stream,
            extensions=request.extensions,
        )


def beginning(found: httpx.Response) -> bytes:
    """As much of the body as an honest answer has; the rest is left unread."""
    body = bytearray()
    for part in found.iter_raw():
        body += part
        if len(body) > BODY_LIMIT:
            break
    return bytes(body)


def noting(key: str) -> Callable[[httpx.Response], None]:
    """A hook that writes the reply into the call under way, cut short and never with the key."""

    def note(response: httpx.Response) -> None:
        headers = {name.lower(): said(value) for name, value in response.headers.items()}
        _under_way.get().reply = Reply(response.status_code, headers, said(response.text))

    def said(text: str) -> str:
        return text.replace(key, "…")[:TEXT_KEPT]

    return note


class Timed(httpcore.SyncBackend):
    """Connects within what is left of the call; httpx bounds only each phase, never the sum.

    Looking up the name is the system's own affair and has the system's own bound.
    """

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _under_way.get().left()
        share = left / addresses(host, port)
        return Stream(super().connect_tcp(host, port, share, local_address, socket_options))


def addresses(host: str, port: int) -> int:
    """How many there are to try: each gets the whole time-out of a connect."""
    try:
        return len(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error


class Stream(httpcore.NetworkStream):
    """A connection on which each read and write gets what is left of the call."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _under_way.get().left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _under_way.get().left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _under_way.get().left()
        return Stream(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
