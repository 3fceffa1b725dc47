"""Processes side by side: how the whole ends where one of them does, and what is said of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from examples.processes import commands

ROOT = Path(__file__).parents[2]
RUN = """
import sys
from pathlib import Path
from examples.processes import run
wanted = dict(pair.split("=", 1) for pair in sys.argv[1:])
sys.exit(run(wanted, {"PATH": "/usr/bin:/bin"}, Path("/tmp")))
"""


def run(**wanted: str) -> tuple[int, list[str], str]:
    """Status, the lines that the processes said, and what was said of them."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *(f"{name}={command}" for name, command in wanted.items())],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = [line.partition("| ")[2] for line in done.stdout.splitlines()]
    return done.returncode, lines, done.stderr


@pytest.mark.parametrize(
    ("command", "status"), [("exit 3", 3), ("exit 0", 0), ("kill -KILL $$", 137)]
)
def test_one_that_ends_by_itself_ends_the_others_with_its_status(command: str, status: int) -> None:
    found, lines, said = run(short=f"echo here; {command}", long="exec sleep 60")
    assert (found, lines) == (status, ["here"])
    assert said.startswith(f"short ended by itself, with status {status};")


def test_a_procfile_names_commands(tmp_path: Path) -> None:
    file = tmp_path / "Procfile"
    file.write_text("# what runs\nweb: serve --port ${PORT:-80}\n\nworker: work\n")
    assert commands(file) == {"web": "serve --port ${PORT:-80}", "worker": "work"}
