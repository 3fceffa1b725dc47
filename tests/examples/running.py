"""`make run` in a copy of the tree, so that it makes its own instance and nobody else's."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

ROOT = Path(__file__).parents[2]
PARTS = "app.py Procfile blog comments moderation examples migrations templates translations"
PATIENCE = 90.0
READY = "Ready at "


def copy_of_the_tree(folder: Path) -> Path:
    """All that runs; the environment is this one's."""
    for name in PARTS.split():
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy2(source, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """This one's, without any setting of a site."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WEERWOORD_")}
    for name in ("HOST", "PORT", "WORKERS", "DEMO", "AKISMET"):
        kept.pop(name, None)
    return kept | more


def command(tree: Path) -> list[str]:
    return [str(tree / ".venv" / "bin" / "python"), "-m", "examples.start"]


def refused(tree: Path, **more: str) -> tuple[int, str]:
    """Status and error lines of a start that comes to nothing."""
    done = subprocess.run(
        command(tree),
        cwd=tree,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


class Run:
    """A start that goes on; `lines` holds what it said so far."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process, self.port = process, port
        self.lines: list[str] = []
        self.said: Queue[str | None] = Queue()
        Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        for line in self.process.stdout or ():
            self.said.put(line.rstrip("\n"))
        self.said.put(None)

    def until(self, beginning: str) -> float:
        """Waits for a line that begins so; the seconds that it took."""
        began = time.monotonic()
        while not any(line.startswith(beginning) for line in self.lines):
            left = PATIENCE - (time.monotonic() - began)
            try:
                line = self.said.get(timeout=max(left, 0.01))
            except Empty:
                raise AssertionError(f"{beginning!r} was not said: {self.lines}") from None
            assert line is not None, f"it ended before it said {beginning!r}: {self.lines}"
            self.lines.append(line)
        return time.monotonic() - began

    def ends(self) -> int:
        """Its status, once it has ended by itself."""
        status = self.process.wait(timeout=PATIENCE)
        while (line := self.said.get(timeout=PATIENCE)) is not None:
            self.lines.append(line)
        return status

    def stopped_by(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.ends()


@contextmanager
def running(tree: Path, port: int, **more: str) -> Iterator[Run]:
    with subprocess.Popen(
        command(tree),
        cwd=tree,
        env=environment(PORT=str(port), **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield Run(process, port)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=PATIENCE)


def processes_of(tree: Path) -> list[int]:
    """Ids of all processes that work in this tree."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if (place / "cwd").readlink() == tree:
                found.append(int(place.name))
        except OSError:
            continue
    return found
