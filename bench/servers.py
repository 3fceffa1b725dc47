"""Starts the product and the limit under the product's own server, each in a folder that goes away."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


@contextmanager
def gunicorn(
    target: str, environ: Mapping[str, str], workers: int = 2
) -> Iterator[tuple[str, int]]:
    """Yields (host, port) of `target` (module:app) with so many processes of eight threads."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "8"]
    command += ["--workers", str(workers), "--preload", "--bind", f"127.0.0.1:{port}"]
    command += ["--log-level", "error", target]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ})
    try:
        wait_for(port, server)
        yield ("127.0.0.1", port)
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server does not answer")
