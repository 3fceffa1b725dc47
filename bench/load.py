"""A small load generator: so many connections, each asking again as soon as it is answered."""

import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Result:
    """`seconds` is the length of the run; `times` are the answers' own, in seconds."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    @property
    def median_ms(self) -> float:
        return statistics.median(self.times) * 1000

    def share_of(self, status: int) -> float:
        return self.statuses.get(status, 0) / max(1, len(self.times))


def get(path: str, host: str, *headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip", *headers, "", ""]
    return "\r\n".join(lines).encode()


def post(path: str, host: str, body: bytes, *headers: str) -> bytes:
    kind = "Content-Type: application/x-www-form-urlencoded"
    lines = [f"POST {path} HTTP/1.1", f"Host: {host}", kind, f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def ask(address: tuple[str, int], requests: Sequence[Sequence[bytes]], seconds: float) -> Result:
    """One thread for each sequence of requests; a thread starts its sequence again at its end."""
    result, lock = Result(), threading.Lock()
    end = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=one_reader, args=(address, own, end, result, lock))
        for own in requests
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.perf_counter() - start
    return result


def one_reader(
    address: tuple[str, int],
    requests: Sequence[bytes],
    end: float,
    result: Result,
    lock: threading.Lock,
) -> None:
    times, statuses, turn = [], [], 0
    with Connection(address) as connection:
        while time.perf_counter() < end:
            start = time.perf_counter()
            statuses.append(connection.ask(requests[turn % len(requests)]))
            times.append(time.perf_counter() - start)
            turn += 1
    with lock:
        result.times += times
        for status in statuses:
            result.statuses[status] = result.statuses.get(status, 0) + 1


class Connection:
    """A kept-alive connection that is opened again when the server closed it."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.socket: socket.socket | None = None

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def ask(self, request: bytes) -> int:
        try:
            return self.once(request)
        except (ConnectionError, OSError):
            self.close()
            return self.once(request)

    def once(self, request: bytes) -> int:
        if self.socket is None:
            self.socket = socket.create_connection(self.address, timeout=30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        return self.read(self.socket)

    def read(self, found: socket.socket) -> int:
        data = b""
        while b"\r\n\r\n" not in data:
            portion = found.recv(65536)
            if not portion:
                raise ConnectionError("closed")
            data += portion
        head, _, body = data.partition(b"\r\n\r\n")
        left = length_of(head) - len(body)
        while left > 0:
            left -= len(found.recv(min(left, 262144)))
        if b"connection: close" in head.lower():
            self.close()
        return int(head[9:12])


def length_of(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
