"""Writing: comments accepted per second with 8 writers on SQLite, each in a commit of its own.

`python -m bench.posting [seconds]`; two worker processes.
"""

import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from . import load, servers, site
from .filling import fill

WRITERS, EACH = 8, 2_000


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        environ = site.environ_for(Path(name))
        app = site.made(environ)
        fill(app, {"twintig": 20})
        token = token_in(app.test_client().get("/twintig/").text)
        with servers.gunicorn("app:create_app()", environ) as address:
            host = f"{address[0]}:{address[1]}"
            result = load.ask(
                address, [own(host, token, writer) for writer in range(WRITERS)], seconds
            )
        stored = count(app)
    print(
        f"{WRITERS} writers, 2 processes: {result.rate:.0f} accepted/s, median {result.median_ms:.1f} ms"
    )
    print(f"answers {result.statuses}; {stored} stored")
    if set(result.statuses) != {303} or stored != len(result.times):
        raise SystemExit("an answer was no 303, or a comment is missing")


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the page has no form")
    return found[1]


def own(host: str, token: str, writer: int) -> list[bytes]:
    """What one writer sends: each text its own, so that none is a twin."""
    return [
        load.post(
            "/comments/twintig",
            host,
            urlencode(
                {
                    "token": token,
                    "name": f"Schrijver {writer}",
                    "email": f"schrijver{writer}@lezer.example",
                    "text": f"Reactie {turn} van schrijver {writer}: dat zie ik bij ons ook gebeuren.",
                    "parent": "",
                }
            ).encode(),
        )
        for turn in range(EACH)
    ]


def count(app: object) -> int:
    from_app = app.extensions["comments"].site.engine  # type: ignore[attr-defined]
    with from_app.connect() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT count(*) FROM ww_comment WHERE state = 'pending'"
            ).scalar()
        )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5)
