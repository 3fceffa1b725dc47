"""A small server that speaks Akismet's protocol, on loopback only: for tests, and to see it at work.

It keeps everything in memory and decides by a few plain rules; it is no spam filter.
"""

import argparse
import signal
import socket
import sys
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from .akismet_modes import MODES, Asked
from .akismet_rules import Form, Memory, Said, one

BODY_LIMIT = 1 << 20
FIELD_LIMIT = 1000
CALLS_KEPT = 1000
TRICKLE_SECONDS = 0.02


@dataclass(frozen=True)
class Call:
    """One request as it was understood, and the guid made for its answer."""

    method: str
    endpoint: str
    fields: Form
    headers: Mapping[str, str]
    guid: str

    def one(self, name: str) -> str:
        return one(self.fields, name)


class AkismetServer:
    """Serves within its `with`; `requests` holds the latest calls, `behave` chooses a fault.

    With a `key`, every other key is invalid; with `tls`, https alone is spoken.
    """

    def __init__(self, port: int = 0, key: str = "", tls: SSLContext | None = None) -> None:
        self.requests: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.memory = Memory(key, f"{datetime.now(UTC):%Y-%m}")
        self.mode, self.seconds = "normal", 0.0
        self.stopping = Event()
        self._listener = Listener(port, self)
        self._scheme = "http"
        if tls:
            self._scheme = "https"
            self._listener.socket = tls.wrap_socket(self._listener.socket, server_side=True)
        self._thread = Thread(target=self._listener.serve_forever, args=(0.05,))

    @property
    def url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self._listener.server_port}"

    @property
    def connections(self) -> int:
        """How many clients have opened since the start."""
        return self._listener.opened

    def behave(self, mode: str, seconds: float = 0.0) -> None:
        """From the next call on; `seconds` is how long `slow` and `trickle` keep a client."""
        if mode not in MODES and mode not in UNANSWERED:
            raise ValueError(f"no mode {mode!r}; there are {', '.join([*MODES, *UNANSWERED])}")
        self.mode, self.seconds = mode, seconds

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._listener.wake()
        self._listener.shutdown()
        self._thread.join()
        self._listener.hang_up()
        self._listener.server_close()


class Listener(ThreadingHTTPServer):
    """Knows its open connections, so that it can end while clients still hold theirs."""

    daemon_threads = False  # so that server_close() waits until each has answered
    request_queue_size = 128

    def __init__(self, port: int, akismet: AkismetServer) -> None:
        self.akismet = akismet
        self.opened = 0
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._open.add(connection)
        self.opened += 1
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news; everything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def wake(self) -> None:
        """So that the end does not wait for the next look at the flag."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    """Reads one call and answers it in the way that the server behaves at the moment."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else the body waits 40 ms for the headers' receipt
    server_version = "AkismetDemo"
    server: Listener

    def do_GET(self) -> None:
        self.take()

    def do_POST(self) -> None:
        self.take()

    def take(self) -> None:
        try:
            call = self.understood()
        except ValueError:
            self.close_connection = True
            self.say(Said("Bad Request", 400), "")
            return
        self.akismet.requests.append(call)
        UNANSWERED.get(self.akismet.mode, Handler.answer)(self, call)

    @property
    def akismet(self) -> AkismetServer:
        return self.server.akismet

    def understood(self) -> Call:
        """Raises ValueError on a length that is none or too much, and on a thousand fields."""
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 <= length <= BODY_LIMIT:
            raise ValueError("too long")
        address = urlsplit(self.path)
        body = self.rfile.read(length).decode("utf-8", "replace")
        form = {**parsed(address.query), **parsed(body)}
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Call(self.command, address.path.strip("/"), form, headers, str(uuid4()))

    def answer(self, call: Call) -> None:
        mode = MODES.get(self.akismet.mode, Asked.healthy)
        self.say(mode(Asked(call.endpoint, call.fields, self.akismet.memory)), call.guid)

    def say(self, said: Said, guid: str) -> None:
        body = said.body.encode()
        standard = {"Content-Type": "text/plain; charset=utf-8", "X-akismet-guid": guid}
        self.send_response(said.status)
        for name, value in {**standard, **said.headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self, call: Call) -> None:
        self.close_connection = True

    def answer_late(self, call: Call) -> None:
        self.akismet.stopping.wait(self.akismet.seconds)
        self.answer(call)

    def trickle(self, call: Call) -> None:
        """One header, byte by byte: each read succeeds at once, the whole comes to nothing."""
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(int(self.akismet.seconds / TRICKLE_SECONDS)):
            self.wfile.write(b".")
            if self.akismet.stopping.wait(TRICKLE_SECONDS):
                break

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: an address may hold a key."""


def parsed(text: str) -> dict[str, list[str]]:
    return parse_qs(text, keep_blank_values=True, max_num_fields=FIELD_LIMIT)


# What a server does that never gets as far as an answer.
UNANSWERED: Mapping[str, Callable[[Handler, Call], None]] = {
    "down": Handler.hang_up,
    "slow": Handler.answer_late,
    "trickle": Handler.trickle,
}


def main(arguments: list[str] | None = None) -> None:
    """Serves until SIGTERM or SIGINT; a port in use is one line and status 1."""
    options = parser().parse_args(arguments)
    try:
        server = AkismetServer(options.port, options.key)
    except OSError as error:
        raise SystemExit(f"Port {options.port} cannot be used: {error.strerror}") from None
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with server:
        server.behave(options.mode, options.seconds)
        print(f"Akismet's protocol is spoken at {server.url} (mode {options.mode})", flush=True)
        ended.wait()


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m examples.akismet_server", description=__doc__)
    found.add_argument("--port", type=int, default=8901, help="0 takes a free one")
    found.add_argument("--key", default="", help="the only valid key; any key when left out")
    found.add_argument("--mode", default="normal", choices=[*MODES, *UNANSWERED])
    found.add_argument("--seconds", type=float, default=10.0, help="for the modes slow and trickle")
    return found


if __name__ == "__main__":
    main()
