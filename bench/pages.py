"""Reading: pages with 20, 200 and 10,000 comments, from the cache against a bare Flask view that
returns the same bytes, then made anew; and the number of queries that making one takes.

`python -m bench.pages [seconds]`; two worker processes, 16 readers.
"""

import gzip
import statistics
import sys
import tempfile
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import event

from . import load, servers, site
from .filling import fill

SIZES = {"twintig": 20, "tweehonderd": 200, "tienduizend": 10_000}
ORDERS = ("oldest", "newest", "useful")
READERS, ROUNDS, FRESH = 16, 3, 60


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = site.environ_for(folder)
        app = site.made(environ)
        fill(app, SIZES)
        bodies = folder / "bodies"
        bodies.mkdir()
        for slug in SIZES:
            answer = app.test_client().get(f"/{slug}/", headers={"Accept-Encoding": "gzip"})
            (bodies / slug).write_bytes(answer.data)
        print("queries and time of a page that is made anew (median of", FRESH, "in one process)")
        for slug, size in SIZES.items():
            for order in ORDERS:
                made_anew(app, slug, size, order)
        print(f"\nfrom the cache, {READERS} readers, 2 processes, best of {ROUNDS} rounds")
        with (
            servers.gunicorn("app:create_app()", environ) as product,
            servers.gunicorn("bench.bare:app", {"BENCH_BODIES": str(bodies)}) as limit,
        ):
            for slug, size in SIZES.items():
                compare(slug, size, product, limit, seconds)


def made_anew(app: Flask, slug: str, size: int, order: str) -> None:
    engine = app.extensions["comments"].site.engine
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    client, times = app.test_client(), []
    for _ in range(FRESH):
        app.extensions["comments"].site.pages.kept.clear()
        statements.clear()
        start = time.perf_counter()
        body = client.get(f"/{slug}/?order={order}", headers={"Accept-Encoding": "gzip"}).data
        times.append(time.perf_counter() - start)
    shown = gzip.decompress(body).count(b'id="comment-')
    print(
        f"  {size:>6} comments, {order}: {statistics.median(times) * 1000:6.1f} ms, {len(statements)} queries, "
        f"{shown} comments on the page, {len(body) / 1024:.1f} KB gzip"
    )


def compare(
    slug: str, size: int, product: tuple[str, int], limit: tuple[str, int], seconds: float
) -> None:
    ratios, rates = [], []
    for _ in range(ROUNDS):
        ours = rate(product, f"/{slug}/", seconds)
        theirs = rate(limit, f"/{slug}", seconds)
        ratios.append(ours / theirs)
        rates.append((ours, theirs))
    ours, theirs = max(rates)
    print(
        f"  {size:>6} comments: {ours:7.0f}/s against {theirs:7.0f}/s, "
        f"ratio {statistics.median(ratios):.2f}"
    )


def rate(address: tuple[str, int], path: str, seconds: float) -> float:
    request = load.get(path, f"{address[0]}:{address[1]}")
    result = load.ask(address, [[request]] * READERS, seconds)
    if result.share_of(200) < 1:
        raise RuntimeError(f"{path} answered {result.statuses}")
    return result.rate


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 4)
