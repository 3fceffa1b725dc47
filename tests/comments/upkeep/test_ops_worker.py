"""`flask ops worker` in a process of its own: it finds what was left behind, and ends what it began."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from comments.database import reading, writing
from comments.models import Job
from comments.site import utc_now

ROOT = Path(__file__).parents[3]
COMMAND = [
    sys.executable,
    "-m",
    "flask",
    "--app",
    "tests.comments.upkeep.worker_site",
    "ops",
    "worker",
]
PATIENCE = 30.0


@contextmanager
def worker(folder: Path) -> Iterator[subprocess.Popen[str]]:
    environ = {**os.environ, "WORKER_SITE": str(folder)}
    with subprocess.Popen(
        COMMAND, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def owe(engine: Engine, locked: timedelta | None = None) -> None:
    """A task that nobody was woken for; `locked`: another worker held it until then."""
    now = utc_now()
    with writing(engine) as session:
        session.add(
            Job(
                kind="slow",
                values={},
                created_at=now,
                not_before=now,
                locked_until=now + locked if locked else None,
                attempts=1 if locked else 0,
            )
        )


def wait_for(diary: Path, line: str) -> None:
    until = time.monotonic() + PATIENCE
    while line not in lines(diary):
        assert time.monotonic() < until, f"the worker has not said {line!r}"
        time.sleep(0.02)


def lines(diary: Path) -> list[str]:
    return diary.read_text().splitlines() if diary.exists() else []


@pytest.mark.parametrize("engine", ["own"], indirect=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_runs_what_a_killed_worker_left_and_ends_it_when_it_is_told_to_stop(
    number: signal.Signals, engine: Engine, tmp_path: Path
) -> None:
    owe(engine, locked=timedelta(seconds=-1))
    owe(engine)
    with worker(tmp_path) as process:
        wait_for(tmp_path / "diary", "begins 1")
        process.send_signal(number)
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert lines(tmp_path / "diary")[:2] == ["begins 1", "ends 1"]
    with reading(engine) as session:
        first = session.get_one(Job, 1)
    assert (first.ended, first.attempts) == ("done", 2)
