"""docs/attach.md against the code: what it shows is what runs, what it names is there."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from comments import keys
from comments.settings import Settings as CommentsSettings
from comments.settings import variables
from examples.foreign.app import create_app, library
from moderation.settings import Settings as ModerationSettings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "attach.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
SHOWN = [text for language, text in BLOCKS if language in ("python", "html")]
COMMANDS = re.findall(r"^flask (.+)$", PAGE, re.MULTILINE)
WHOLE = re.compile(r"# (examples/\S+\.py)\n")


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("attach")
    return {
        "INSTANCE": str(folder),
        "SECRET_KEY": "the library's own",
        "DATABASE_URL": f"sqlite:///{folder / 'library.db'}",
        "WEERWOORD_DATA_KEYS": keys.fresh(b"k" * 32),
        "WEERWOORD_LOOKUP_KEY": "look-up",
    }


@pytest.fixture(scope="module")
def app(environ: dict[str, str]) -> Iterator[Flask]:
    app = create_app(environ)
    yield app
    app.extensions["comments"].site.engine.dispose()


@pytest.fixture(scope="module")
def before(environ: dict[str, str]) -> Flask:
    """The same site without the plug-in."""
    bare = Flask("examples.foreign.app", instance_path=environ["INSTANCE"])
    library(bare, environ).dispose()
    return bare


def row(name: str) -> str:
    """A line of the table of what is added."""
    found = re.search(rf"^\| {name} \| (.+) \|$", PAGE, re.MULTILINE)
    assert found
    return found[1]


def named(name: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", row(name)))


@pytest.mark.parametrize("text", SHOWN, ids=[text.splitlines()[0] for text in SHOWN])
def test_what_is_shown_is_what_runs(text: str) -> None:
    whole = WHOLE.match(text)
    if whole:
        assert text[whole.end() :] == (ROOT / whole[1]).read_text()
    else:
        files = [p for top in ("examples", "tests") for p in (ROOT / top / "foreign").rglob("*")]
        sources = [p.read_text() for p in files if p.suffix in (".py", ".html")]
        assert any(text in source for source in sources)


def test_both_files_are_shown_whole() -> None:
    shown = [found[1] for found in map(WHOLE.match, SHOWN) if found]
    assert shown == ["examples/foreign/attach.py", "examples/foreign/host.py"]


def test_the_host_is_short() -> None:
    assert len((ROOT / "examples/foreign/host.py").read_text().splitlines()) <= 40


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_there(app: Flask, command: str) -> None:
    group, name = command.split()[:2]
    assert app.test_cli_runner().invoke(args=[group, name, "--help"]).exit_code == 0


def test_every_variable_is_a_setting() -> None:
    groups = {"COMMENTS_": CommentsSettings, "MODERATION_": ModerationSettings}
    known = {name for owner, cls in groups.items() for name, _ in variables(owner, cls)}
    assert set(re.findall(r"`(WEERWOORD_\w+)`", PAGE)) <= known


def test_the_command_for_a_key_makes_one() -> None:
    [text] = re.findall(r'^python -c "(.+)"$', PAGE, re.MULTILINE)
    done = subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True)
    assert keys.parse(done.stdout.strip(), "look-up").seal("a@b.example").startswith("1:")


def test_what_it_adds_is_told(app: Flask, before: Flask) -> None:
    assert named("blueprints") == app.blueprints.keys() - before.blueprints.keys()
    assert named("commands") == app.cli.commands.keys() - before.cli.commands.keys()
    globals_ = app.jinja_env.globals.keys() - before.jinja_env.globals.keys()
    filters = app.jinja_env.filters.keys() - before.jinja_env.filters.keys()
    assert named("template names") == globals_ | filters


def test_every_address_that_it_adds_is_told(app: Flask, before: Flask) -> None:
    own = {rule.rule for rule in before.url_map.iter_rules()}
    told = [name.rstrip("…") for name in named("addresses")]
    added = [rule.rule for rule in app.url_map.iter_rules() if rule.rule not in own]
    assert [rule for rule in added if not any(rule.startswith(name) for name in told)] == []
    assert [name for name in told if not any(r.startswith(name) for r in {*added, *own})] == []
