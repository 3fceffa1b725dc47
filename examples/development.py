"""Secrets for a site on one's own machine: made once, kept in a file that nobody else may read."""

import os
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from secrets import token_bytes, token_urlsafe

from comments.settings import lines_as_environment

HEADER = (
    "# Secrets of this development site. Without DATA_KEYS its e-mail addresses can't be read.\n"
)


def data_key() -> str:
    return "1:" + urlsafe_b64encode(token_bytes(32)).decode()


MAKERS: Mapping[str, Callable[[], str]] = {
    "WEERWOORD_SECRET_KEY": token_urlsafe,
    "WEERWOORD_DATA_KEYS": data_key,
    "WEERWOORD_LOOKUP_KEY": token_urlsafe,
}


def secrets(file: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Those that the environment does not give, from the file; what it lacks is made and kept there."""
    kept = read(file)
    wanted = [name for name in MAKERS if name not in environ]
    missing = [name for name in wanted if name not in kept]
    if missing:
        kept |= {name: MAKERS[name]() for name in missing}
        write(file, kept)
    return {name: kept[name] for name in wanted}


def read(file: Path) -> dict[str, str]:
    return lines_as_environment(file.read_text("utf-8")) if file.exists() else {}


def write(file: Path, kept: Mapping[str, str]) -> None:
    file.parent.mkdir(exist_ok=True)
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as lines:
        lines.write(HEADER + "".join(f"{name}={value}\n" for name, value in kept.items()))
    part.replace(file)
