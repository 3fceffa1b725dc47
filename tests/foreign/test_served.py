"""The site in a real server process, as its owner would start it, with warnings as errors."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from .conftest import BOOK, Site

PATIENCE = 60


@dataclass
class Server:
    process: "subprocess.Popen[str]"
    address: str

    def page(self, path: str) -> str:
        """The page, as soon as the server answers."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            try:
                return httpx.get(f"{self.address}{path}").raise_for_status().text
            except httpx.ConnectError:
                time.sleep(0.05)
        self.process.terminate()
        raise AssertionError(f"the server does not answer:\n{self.process.communicate()[1]}")


@pytest.fixture
def server(furnished_site: Site) -> Iterator[Server]:
    """The site as its owner starts it; the process ends with the test."""
    port = str(free_port())
    command = ["-W", "error", "-m", "flask", "--app", "examples.foreign.app", "run"]
    process = subprocess.Popen(
        [sys.executable, *command, "--no-reload", "--port", port],
        env={
            **os.environ,
            **furnished_site.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield Server(process, f"http://127.0.0.1:{port}")
    process.terminate()
    process.communicate(timeout=PATIENCE)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_the_started_site_shows_a_book_with_its_discussion(server: Server) -> None:
    text = server.page(BOOK)
    assert "A novel." in text
    assert 'id="respond"' in text
