"""The modules of the product as syntax trees: what each imports, names and defines; it judges nothing."""

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("comments", "moderation", "blog")
DOOR = "blog.discussion"
"""The module that lends names of another package: what is taken from it counts where it was made."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """One imported name; `name` is empty where a whole module is imported."""

    module: str
    name: str
    line: int
    relative: bool

    @property
    def full(self) -> str:
        return f"{self.module}.{self.name}" if self.name else self.module

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


@dataclass(frozen=True)
class Module:
    name: str
    path: Path

    @property
    def short(self) -> str:
        """`moderation/desk/queries`."""
        return self.name.replace(".", "/")

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return tuple(imported(self, ast.walk(self.tree)))

    @cached_property
    def imports_below_the_top(self) -> tuple[Import, ...]:
        """Those in functions, classes or conditions."""
        top = {item.line for item in imported(self, self.tree.body)}
        return tuple(item for item in self.imports if item.line not in top)

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, Function))

    @cached_property
    def dotted(self) -> frozenset[str]:
        """Every name with a dot that the code uses, as it stands there."""
        found = (spelled(node) for node in ast.walk(self.tree) if isinstance(node, ast.Attribute))
        return frozenset(name for name in found if name)

    @cached_property
    def strings(self) -> tuple[str, ...]:
        constants = (node for node in ast.walk(self.tree) if isinstance(node, ast.Constant))
        return tuple(node.value for node in constants if isinstance(node.value, str))


def imported(module: Module, nodes: Iterator[ast.AST] | list[ast.stmt]) -> Iterator[Import]:
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, "", node.lineno, relative=False)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                source = absolute(module, node)
                yield Import(source, alias.name, node.lineno, relative=node.level > 0)


def absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    folder = module.name.split(".")[: -node.level]
    return ".".join([*folder, *([node.module] if node.module else [])])


def spelled(node: ast.expr) -> str:
    """`a.b.c` for an attribute of a plain name, else nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if not isinstance(node, ast.Attribute):
        return ""
    before = spelled(node.value)
    return f"{before}.{node.attr}" if before else ""


@cache
def modules() -> Mapping[str, Module]:
    """Every module of the product by its full name; front doors are apart, in `doors`."""
    found = [Module("app", ROOT / "app.py")]
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.name != "__init__.py":
                found.append(Module(".".join(path.relative_to(ROOT).with_suffix("").parts), path))
    return {module.name: module for module in found}


def doors() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("__init__.py")]


def ours(name: str) -> bool:
    return name.partition(".")[0] in (*PACKAGES, "app")


def needs(module: Module) -> frozenset[str]:
    """The modules of the product that this one imports."""
    own = (item for item in module.imports if ours(item.module))
    return frozenset(item.full if item.full in modules() else item.module for item in own)


def uses(module: Module) -> frozenset[str]:
    """The same, but what comes through the door counts as taken from where it was made."""
    taken = {item.name for item in module.imports if item.module == DOOR}
    lent = {item.module for item in modules()[DOOR].imports if item.name in taken}
    return (needs(module) - {DOOR}) | lent if taken else needs(module)


def libraries(module: Module, standard: Collection[str]) -> frozenset[str]:
    """Top names of what is imported from outside of the product and of the standard library."""
    tops = {item.top for item in module.imports}
    return frozenset(top for top in tops if top not in standard and not ours(top))


def arrows() -> Mapping[str, frozenset[str]]:
    """What each module imports of the product."""
    return {name: needs(module) & modules().keys() for name, module in modules().items()}


def circles(arrows: Mapping[str, Collection[str]]) -> list[list[str]]:
    """Rings in a graph, each once, by the names along them."""
    found: list[list[str]] = []
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> None:
        if name in path:
            found.append(path[path.index(name) :])
        elif name not in done:
            for target in sorted(arrows[name]):
                walk(target, [*path, name])
            done.add(name)

    for name in arrows:
        walk(name, [])
    return found
