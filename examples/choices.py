"""What `make run` can be told by its environment: checked here, acted on elsewhere; pure."""

from collections.abc import Mapping
from dataclasses import dataclass

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, never bound by default
PORTS = range(1, 65536)


class Wrong(ValueError):
    """A value that does not fit; the message names it and what would."""


@dataclass(frozen=True)
class Choices:
    """`site_url` is where a browser on this machine finds the site."""

    host: str
    port: int
    workers: int
    demo: bool
    akismet: bool

    @property
    def here(self) -> str:
        """The host as a program on this machine connects to it."""
        return "127.0.0.1" if self.host in EVERYWHERE else self.host

    @property
    def site_url(self) -> str:
        name = f"[{self.here}]" if ":" in self.here else self.here
        return f"http://{name}:{self.port}"


def choices(environ: Mapping[str, str]) -> Choices:
    return Choices(
        host=environ.get("HOST") or "127.0.0.1",
        port=number(environ, "PORT", 8000, PORTS),
        workers=number(environ, "WORKERS", 1, range(1, 65)),
        demo=one_of(environ, "DEMO", {"": True, "1": True, "0": False}),
        akismet=one_of(environ, "AKISMET", {"": False, "demo": True}),
    )


def number(environ: Mapping[str, str], name: str, otherwise: int, among: range) -> int:
    text = environ.get(name) or str(otherwise)
    if not (text.isascii() and text.isdigit() and int(text) in among):
        raise Wrong(f"{name} is {text!r}; it takes a number from {among[0]} to {among[-1]}")
    return int(text)


def one_of(environ: Mapping[str, str], name: str, meanings: Mapping[str, bool]) -> bool:
    text = environ.get(name, "")
    if text not in meanings:
        raise Wrong(f"{name} is {text!r}; it may be {' or '.join(filter(None, meanings))}")
    return meanings[text]
