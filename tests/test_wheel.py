"""The built wheel: what is in it, and that a foreign site runs on it in an environment without the checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parents[1]
INSIDE = {
    # where a file lies in the checkout: where it lies in the wheel
    "comments": "comments",
    "moderation": "moderation",
    "templates/comments": "comments/templates/comments",
    "templates/mail": "comments/templates/mail",
    "templates/moderation": "moderation/templates/moderation",
    "translations/comments": "comments/translations",
    "translations/moderation": "moderation/translations",
    "migrations/comments": "comments/migrations/comments",
    "migrations/moderation": "comments/migrations/moderation",
    "migrations/env.py": "comments/migrations/env.py",
    "migrations/script.py.mako": "comments/migrations/script.py.mako",
}
NEVER_PACKED = {"__pycache__", ".mypy_cache", ".ruff_cache"}
PATIENCE = 300
ASK = """
import importlib.util, pathlib, sys
for name in ("comments", "moderation", "blog", "app", "tests", "examples"):
    spec = importlib.util.find_spec(name)
    print(name, spec.origin if spec else "-")
"""


def run(*command: str | Path, cwd: Path) -> str:
    """What a program says that must succeed; it inherits no path to the checkout."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with what is installed here: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        folder,
        ROOT,
        cwd=folder,
    )
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as packed:
        return {name for name in packed.namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel; what the wheel requires is borrowed from the one that runs this."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    [packages] = folder.glob("lib/python*/site-packages")
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n")
    return python


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """A folder far from the checkout, with the foreign site and its tests in it."""
    for part in ("examples/foreign", "tests/foreign"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns(*NEVER_PACKED))
        top = Path(part).parent / "__init__.py"
        shutil.copy(ROOT / top, tmp_path / top)
    return tmp_path


def files(place: str) -> list[str]:
    """The files under a place of the checkout, by their names from there."""
    top = ROOT / place
    if top.is_file():
        return [""]
    found = (path.relative_to(top) for path in top.rglob("*") if path.is_file())
    return [str(path) for path in found if not NEVER_PACKED & set(path.parts)]


def test_it_has_two_names_at_the_top(names: set[str]) -> None:
    assert {name.partition("/")[0] for name in names} == {"comments", "moderation"}


def test_it_holds_all_of_the_plug_in_and_nothing_else(names: set[str]) -> None:
    wanted = {
        f"{inside}/{name}" if name else inside
        for place, inside in INSIDE.items()
        for name in files(place)
    }
    assert names == wanted


def test_it_holds_nothing_of_the_blog(names: set[str]) -> None:
    own_bases = {f"{p}/templates/{p}/base.html" for p in ("comments", "moderation")}
    assert {name for name in names if name.endswith("base.html")} == own_bases
    assert [name for name in names if "blog" in name.split("/")] == []


def test_only_the_wheel_can_be_imported_there(python: Path, tmp_path: Path) -> None:
    found = dict(line.split(" ", 1) for line in run(python, "-c", ASK, cwd=tmp_path).splitlines())
    packages = python.parents[1]
    for name in ("comments", "moderation"):
        assert Path(found.pop(name)).is_relative_to(packages)
    assert found == dict.fromkeys(("blog", "app", "tests", "examples"), "-")


def test_a_foreign_site_does_all_its_work_on_the_wheel(python: Path, away: Path) -> None:
    """The same tests that the fast suite runs on the checkout."""
    said = run(
        *(python, "-W", "error", "-m", "pytest", "tests/foreign", "-q", "-W", "error"),
        *("-p", "no:cacheprovider", "--disable-socket", "--allow-hosts=127.0.0.1,localhost,::1"),
        "--allow-unix-socket",
        cwd=away,
    )
    assert " passed" in said
    assert "skipped" not in said
