"""The limit: a bare Flask view that returns the same bytes, under the same server."""

import os
from pathlib import Path

from flask import Flask, Response

app = Flask(__name__)
BODIES = {path.name: path.read_bytes() for path in Path(os.environ["BENCH_BODIES"]).iterdir()}


@app.get("/<name>")
def same(name: str) -> Response:
    headers = {"Content-Encoding": "gzip"}
    return Response(BODIES[name], headers=headers, content_type="text/html; charset=utf-8")
