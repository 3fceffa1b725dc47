"""Settings as frozen dataclasses: each once, with type, default and help; reads no environment itself."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, TypeVar, get_type_hints

PREFIX = "WEERWOORD_"
TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})

S = TypeVar("S")


class SettingError(ValueError):
    """A setting that does not exist or does not fit; the message names it and what would."""


def setting(
    default: Any,
    help: str,
    *,
    name: str | None = None,
    among: tuple[str, ...] | None = None,
    between: tuple[int, int] | None = None,
    secret: bool = False,
) -> Any:
    """A dataclass field with its help, its own variable name if it has one, and legal values.

    `between` has the least and the greatest number; a `secret` is left out where settings are printed.
    """
    metadata = {"help": help, "name": name, "among": among, "between": between}
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True)
class Settings:
    """What a site may set of the plug-in `comments`."""

    depth: int = setting(4, "levels of replies that are shown indented", between=(2, 5))
    roots_per_page: int = setting(
        30, "top-level comments on one page of a discussion", between=(1, 500)
    )
    replies_shown: int = setting(
        20, "replies shown under one top-level comment before the fold", between=(1, 500)
    )
    branch_per_page: int = setting(200, "replies on one page of a folded branch", between=(1, 1000))
    order: str = setting(
        "oldest",
        "order of a discussion for who chose none",
        among=("oldest", "newest", "useful"),
    )
    useful_days: int = setting(
        30,
        "days that it is known which browser found comments of a discussion useful, after the last one",
        between=(1, 3650),
    )
    useful_per_hour: int = setting(
        60, "comments that one household may find useful in an hour", between=(1, 10_000)
    )
    useful_per_household: int = setting(
        5,
        "readers of one household who may find the same comment useful in a day",
        between=(1, 1000),
    )
    text_limit: int = setting(5000, "characters that a comment may have", between=(1, 20_000))
    name_limit: int = setting(80, "characters that a name may have", between=(1, 300))
    receipt_days: int = setting(
        30, "days that a reader's link to his own held comment works", between=(1, 3650)
    )
    remember_days: int = setting(
        365, "days that a browser remembers a reader who asked for it", between=(1, 3650)
    )
    origin_days: int = setting(
        30, "days that the network and the browser of a submission are kept", between=(1, 3650)
    )
    email_days: int = setting(
        365, "days that the e-mail address is kept with a comment", between=(1, 3650)
    )
    earlier_days: int = setting(
        365, "days that an earlier text of an edited comment is kept", between=(1, 3650)
    )
    mailbox_days: int = setting(
        730, "days after which a confirmed address that nobody uses is forgotten", between=(1, 3650)
    )
    report_days: int = setting(
        180, "days after its end that a report is kept with what its writer said", between=(1, 3650)
    )
    job_days: int = setting(
        30, "days that a line about work done in the background is kept", between=(1, 3650)
    )
    edit_minutes: int = setting(
        15, "minutes in which a reader may change his comment; 0: not at all", between=(0, 1440)
    )
    me_hours: int = setting(
        24, "hours that a mailed link to a commenter's own page works", between=(1, 720)
    )
    digest_hour: int = setting(
        7, "hour of the day at which the daily letter to who follows is sent", between=(0, 23)
    )
    undo_seconds: int = setting(
        10, "seconds that a decision waits before anything is sent out", between=(0, 3600)
    )
    data_keys: str = setting(
        "",
        "keys for e-mail at rest, `id:key`, newest first, by commas",
        name="DATA_KEYS",
        secret=True,
    )
    lookup_key: str = setting(
        "", "key of the hashes that look-ups use", name="LOOKUP_KEY", secret=True
    )


def variable(owner: str, item: "Field[Any]") -> str:
    """The environment variable of one field; `owner` is its package's own prefix."""
    return PREFIX + (item.metadata.get("name") or owner + item.name.upper())


def variables(owner: str, cls: type) -> Iterator[tuple[str, "Field[Any]"]]:
    for item in fields(cls):
        yield variable(owner, item), item


def read(cls: type[S], environ: Mapping[str, str], owner: str) -> S:
    """Makes the dataclass from the environment; raises SettingError on a value that does not fit."""
    hints = get_type_hints(cls)
    found = {
        item.name: converted(name, environ[name], hints[item.name], item)
        for name, item in variables(owner, cls)
        if name in environ
    }
    return cls(**found)


def converted(name: str, text: str, kind: type, item: "Field[Any]") -> object:
    among = item.metadata["among"]
    if among and text not in among:
        raise SettingError(f"{name} is {text!r}; it may be {', '.join(among)}")
    if kind is bool:
        return truth(name, text)
    if kind is int:
        return whole(name, text, item.metadata["between"])
    return text


def truth(name: str, text: str) -> bool:
    if text.lower() in TRUE:
        return True
    if text.lower() in FALSE:
        return False
    raise SettingError(f"{name} is {text!r}; it may be 1 or 0")


def whole(name: str, text: str, between: tuple[int, int] | None) -> int:
    try:
        number = int(text)
    except ValueError:
        raise SettingError(f"{name} is {text!r}; it takes a whole number") from None
    if between and not between[0] <= number <= between[1]:
        raise SettingError(f"{name} is {number}; it may be {between[0]} to {between[1]}")
    return number


def refuse_unknown(environ: Mapping[str, str], groups: Mapping[str, type]) -> None:
    """Raises SettingError when the environment has a WEERWOORD_ name that no group knows."""
    known = [name for owner, cls in groups.items() for name, _ in variables(owner, cls)]
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise SettingError(f"there is no setting {name}{hint}")


def lines_as_environment(text: str) -> dict[str, str]:
    """A file of `NAME=value` lines; those that begin with # are for people."""
    lines = (line for line in text.splitlines() if "=" in line and not line.startswith("#"))
    pairs = (line.partition("=") for line in lines)
    return {name.strip(): value.strip() for name, _, value in pairs}
