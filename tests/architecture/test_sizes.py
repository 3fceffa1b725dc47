"""Names and sizes of the product's files; what STYLE steers by is printed (`-s`), the hard limits hold."""

import ast
import statistics
from collections.abc import Sequence

from .source import Function, modules

FILE_LINES, FUNCTION_LINES, APP_LINES = 300, 40, 80
SAYS_NOTHING = set(
    "base common helper helpers lib manager managers misc service services tools util utils".split()
)


def test_no_file_is_called_by_a_name_that_says_nothing() -> None:
    wrong = [path for path in modules() if path.rpartition(".")[2] in SAYS_NOTHING]
    assert wrong == []


def test_every_file_begins_with_what_it_is_for() -> None:
    assert [m.name for m in modules().values() if not ast.get_docstring(m.tree)] == []


def test_no_file_is_too_long() -> None:
    sizes = {m.name: len(m.text.splitlines()) for m in modules().values()}
    print(figures("files", list(sizes.values())))  # noqa: T201 - to steer by
    assert {name: size for name, size in sizes.items() if size > FILE_LINES} == {}


def test_no_function_is_too_long() -> None:
    sizes = {f"{m.name}:{f.name}": lines(f) for m in modules().values() for f in m.functions}
    print(figures("functions", list(sizes.values())))  # noqa: T201 - to steer by
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES} == {}


def test_the_app_is_read_on_one_page() -> None:
    assert len(modules()["app"].text.splitlines()) <= APP_LINES


def lines(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def figures(what: str, sizes: Sequence[int]) -> str:
    ninety = statistics.quantiles(sizes, n=10)[8]
    return f"{len(sizes)} {what}: median {statistics.median(sizes)}, 90th {ninety}, {max(sizes)} at most"
