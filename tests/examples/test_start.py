"""`make run`, really started: what it makes, what it says, and how it ends."""

import http.client
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.start import Refused, refuse_old

from .running import READY, copy_of_the_tree, free_port, processes_of, refused, running

SHARED = {"WEERWOORD_DEMO_PASSWORD": "een wachtwoord voor allen"}
KNOWN = [f"{login}@weerwoord.example" for login in ("ada", "bob", "cas", "dirk", "hub")]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For starts that come to nothing."""
    return copy_of_the_tree(tmp_path_factory.mktemp("tree"))


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Path]:
    yield copy_of_the_tree(tmp_path)
    assert processes_of(tmp_path) == []


def page(port: int, path: str = "/") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    status, text = answer.status, answer.read().decode()
    connection.close()
    return status, text


def accounts(lines: list[str]) -> dict[str, str]:
    """The accounts that were printed, with their passwords."""
    pairs = [line.split() for line in lines if line.startswith("    ")]
    return {email: password for email, password in pairs}


def gunicorn_of(tree: Path) -> int:
    """Id of the first process of the web server: the oldest one."""
    started = {n: Path(f"/proc/{n}/cmdline").read_text().split("\0") for n in processes_of(tree)}
    return min(n for n, words in started.items() if words[1:2] == [".venv/bin/gunicorn"])


def test_a_first_start_fills_the_site_and_a_second_has_nothing_to_do(fresh: Path) -> None:
    with running(fresh, free_port()) as run:
        run.until(READY)
        made = accounts(run.lines)
        assert list(made) == KNOWN
        assert len(set(made.values())) == 5
        assert "Mail is not sent: letters are written to instance/mail/" in run.lines
        assert f"http://127.0.0.1:{run.port}/login" in "\n".join(run.lines)
        status, text = page(run.port)
        assert status == 200
        assert "Wie weigert, legt uit" in text
        assert run.stopped_by(signal.SIGINT) == 0
    secrets = fresh / "instance" / "secrets.env"
    assert secrets.stat().st_mode & 0o777 == 0o600
    kept, noted = secrets.read_text(), (fresh / "instance" / "prepared.json").stat().st_mtime_ns

    with running(fresh, run.port) as again:
        seconds = again.until(READY)
        print(f"second start: {seconds:.1f} s")  # noqa: T201 - to steer by
        assert accounts(again.lines) == {}
        assert page(again.port)[0] == 200
        os.kill(gunicorn_of(fresh), signal.SIGKILL)
        assert again.ends() == 128 + signal.SIGKILL
        assert again.lines[-1] == (
            "web ended by itself, with status 137; so everything was stopped."
        )
    assert secrets.read_text() == kept
    assert (fresh / "instance" / "prepared.json").stat().st_mtime_ns == noted


def test_an_empty_site_has_one_admin_and_akismet_can_be_seen_at_work(fresh: Path) -> None:
    with running(fresh, free_port(), DEMO="0", AKISMET="demo", **SHARED) as run:
        run.until(READY)
        (account,) = accounts(run.lines).items()
        assert account[0] == "admin@weerwoord.example"
        assert account[1] not in SHARED.values()
        assert page(run.port)[0] == 200
        assert any("Akismet's protocol is spoken at" in line for line in run.lines)
        assert run.stopped_by(signal.SIGTERM) == 0


def test_a_port_that_is_taken_is_one_line_and_nothing_is_made(fresh: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, said = refused(fresh, PORT=str(port))
    assert status == 1
    assert said == (
        f"The site cannot have port {port} on 127.0.0.1: Address already in use. "
        "Another one: make run PORT=8001\n"
    )
    assert not (fresh / "instance").exists()


def test_a_setting_that_nobody_knows_is_named_with_the_nearest(tree: Path) -> None:
    status, said = refused(tree, PORT=str(free_port()), WEERWOORD_COMENTS_DEPTH="3")
    assert status == 2
    assert said == (
        "there is no setting WEERWOORD_COMENTS_DEPTH; did you mean WEERWOORD_COMMENTS_DEPTH?\n"
    )


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"PORT": "achtduizend"}, "PORT is 'achtduizend'; it takes a number from 1 to 65535\n"),
        ({"AKISMET": "echt"}, "AKISMET is 'echt'; it may be demo\n"),
    ],
)
def test_a_choice_that_does_not_fit_is_wrong_usage(
    choice: dict[str, str], says: str, tree: Path
) -> None:
    assert refused(tree, **choice) == (2, says)


def test_python_that_is_too_old_is_told_so() -> None:
    with pytest.raises(Refused, match=r"^This is Python 3\.10; the site needs 3\.11 or newer"):
        refuse_old((3, 10))
    refuse_old((3, 11))
    refuse_old((4, 0))
