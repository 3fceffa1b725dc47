"""`make run`: makes what a first start needs, then runs the site until it is stopped."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

from . import development, interruption, prepared, processes
from .choices import Choices, Wrong, choices

ROOT = Path(__file__).parents[1]
INSTANCE = ROOT / "instance"
OLDEST = (3, 11)
LOOK_AGAIN = 0.02
AKISMET_PORT = 8901


class Refused(Exception):
    """The site cannot start: one plain sentence, and the exit status."""

    def __init__(self, why: str, status: int = 1) -> None:
        super().__init__(why)
        self.status = status


def main() -> int:
    interruption.becomes_an_exception()
    try:
        return start(dict(os.environ))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return refused.status
    except KeyboardInterrupt:
        return 0


def start(given: Mapping[str, str]) -> int:
    refuse_old(sys.version_info[:2])
    chosen = chosen_by(given)
    refuse_taken(chosen)
    environ = environment(given, chosen)
    status = prepare(environ)
    if status:
        return status
    Thread(target=announce, args=[chosen, environ], daemon=True).start()
    return processes.run(wanted(chosen), environ, ROOT)


def refuse_old(version: tuple[int, ...]) -> None:
    if version < OLDEST:
        have, need = (".".join(map(str, parts)) for parts in (version, OLDEST))
        raise Refused(f"This is Python {have}; the site needs {need} or newer: make run PYTHON=…")


def chosen_by(given: Mapping[str, str]) -> Choices:
    try:
        return choices(given)
    except Wrong as wrong:
        raise Refused(str(wrong), 2) from None


def refuse_taken(chosen: Choices) -> None:
    """Before anything is made: whoever sees the passwords can also use them."""
    try:
        probe(chosen.host, chosen.port)
    except OSError as error:
        where = f"port {chosen.port} on {chosen.host}"
        why = f"The site cannot have {where}: {error.strerror}. Another one: make run PORT=8001"
        raise Refused(why) from None


def probe(host: str, port: int) -> int:
    """The port, if a server could have it now; 0 finds a free one. Raises OSError."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind(address)
        return int(tried.getsockname()[1])


def environment(given: Mapping[str, str], chosen: Choices) -> dict[str, str]:
    """What every process of the site gets; what was given stands."""
    made = {"WEERWOORD_SITE_URL": chosen.site_url, "PYTHONUNBUFFERED": "1"}
    made |= development.secrets(INSTANCE / "secrets.env", given)
    settled = {
        "HOST": chosen.host,
        "PORT": str(chosen.port),
        "WORKERS": str(chosen.workers),
    }
    return {**made, **given, **settled, **akismet(chosen)}


def akismet(chosen: Choices) -> dict[str, str]:
    """A server of our own stands where Akismet would; a real key never goes there."""
    if not chosen.akismet:
        return {}
    port = str(free_port())
    return {
        "AKISMET_PORT": port,
        "WEERWOORD_AKISMET_KEY": "demo",
        "WEERWOORD_AKISMET_URL": f"http://127.0.0.1:{port}",
    }


def free_port() -> int:
    """The usual one where it can be had: with the same settings the next start is faster."""
    try:
        return probe("127.0.0.1", AKISMET_PORT)
    except OSError:
        return probe("127.0.0.1", 0)


def prepare(environ: Mapping[str, str]) -> int:
    """Runs `examples.prepare`, unless it ran for this code, these settings and this database.

    Its status; it says itself what went wrong. In a session of its own, since Ctrl-C in the middle
    of an import is no pretty sight.
    """
    if prepared.holds(INSTANCE / "prepared.json", prepared.fingerprint(ROOT, environ)):
        return 0
    program = [sys.executable, "-m", "examples.prepare"]
    with subprocess.Popen(  # noqa: S603
        program, env=environ, cwd=ROOT, start_new_session=True
    ) as preparing:
        try:
            status = preparing.wait()
        except KeyboardInterrupt:
            preparing.terminate()
            preparing.wait()
            raise
    return status if status >= 0 else 128 - status


def announce(chosen: Choices, environ: Mapping[str, str]) -> None:
    """Says it once, when the site answers."""
    while not answers(chosen):
        time.sleep(LOOK_AGAIN)
    if not environ.get("WEERWOORD_MAIL_URL"):
        folder = (INSTANCE / "mail").relative_to(ROOT)
        print(f"Mail is not sent: letters are written to {folder}/", flush=True)
    print(f"Ready at {chosen.site_url} (Ctrl-C stops it)", flush=True)


def answers(chosen: Choices) -> bool:
    connection = http.client.HTTPConnection(chosen.here, chosen.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def wanted(chosen: Choices) -> dict[str, str]:
    """The Procfile's processes, the demo's own only where it was asked for."""
    found = processes.commands(ROOT / "Procfile")
    return {name: found[name] for name in found if name != "akismet" or chosen.akismet}


if __name__ == "__main__":
    sys.exit(main())
