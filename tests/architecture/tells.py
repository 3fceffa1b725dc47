"""What tells in a source that it looks at the clock, at chance or at the environment, or writes SQL."""

import re
from collections.abc import Iterator

from .source import Module

CLOCKS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|monotonic|perf_counter|sleep)"
    r"|os\.(environ|getenv|urandom)|(random|secrets)\.\w+|uuid\.uuid\d)$"
)
SQL_MAKERS = {"select", "insert", "update", "delete", "text", "exists", "func", "union"}
SQL_TEXT = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\s", re.DOTALL)


def unsteady(module: Module) -> Iterator[str]:
    for name in module.dotted | {item.full for item in module.imports if item.name}:
        if CLOCKS.search(name):
            yield ".".join(name.split(".")[-2:])


def writes_sql(module: Module) -> bool:
    made = (i.name in SQL_MAKERS for i in module.imports if i.top == "sqlalchemy")
    return any(made) or any(SQL_TEXT.match(text) for text in module.strings)
