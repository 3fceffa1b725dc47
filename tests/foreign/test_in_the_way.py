"""Something else that is called `comments` stops the start with one line that says what and where."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import moderation.neighbour
from moderation.neighbour import HOME, insist_on


def start(before: Path) -> "subprocess.CompletedProcess[str]":
    """Imports the site as a process of its own, with this folder first on the path."""
    path = os.pathsep.join([str(before), *filter(None, sys.path)])
    return subprocess.run(
        [sys.executable, "-c", "import examples.foreign.app"],
        env={**os.environ, "PYTHONPATH": path},
        cwd=before,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("file", ["comments.py", "comments/__init__.py"])
def test_a_foreign_module_of_that_name_stops_the_start(tmp_path: Path, file: str) -> None:
    foreign = tmp_path / file
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("")
    done = start(tmp_path)
    assert done.returncode == 1
    said = done.stderr.splitlines()[-1]
    assert said.startswith(f"ImportError: `comments` is {foreign}, not the plug-in")
    assert "rename it" in said


def test_a_folder_of_templates_of_that_name_is_not_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "comments").mkdir()
    assert start(tmp_path).returncode == 0


def test_a_plug_in_that_is_not_there_is_named_too(tmp_path: Path) -> None:
    with pytest.raises(ImportError, match="`no_such_module` is not installed"):
        insist_on("no_such_module", tmp_path)


def test_the_plug_in_lies_beside_the_desk() -> None:
    assert Path(moderation.neighbour.__file__).parents[1] == HOME
    insist_on("comments", HOME)
