"""The tables of the README, made from the code; `python -m tests.readme_tables` writes them in."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field
from pathlib import Path
from typing import Any

from app import GROUPS
from comments.settings import variables
from comments.states import MOVES, Action, State
from moderation.screening.pipeline import ROW
from moderation.units.permissions import Act, Membership, Standing, Thing, may

README = Path(__file__).parents[1] / "README.md"
SECRETS = frozenset({"SECRET_KEY", "DATA_KEYS", "LOOKUP_KEY", "AKISMET_KEY"})
OWN, OTHER = Thing("utrecht", "me"), Thing("utrecht", "somebody")
ELSEWHERE = Thing("gent", "somebody")
PEOPLE: Mapping[str, Standing] = {
    "author": Standing("me", memberships=(Membership("utrecht", "spoke", "author"),)),
    "moderator of the unit": Standing(
        "me", memberships=(Membership("utrecht", "spoke", "moderator"),)
    ),
    "member of the hub": Standing("me", memberships=(Membership("centraal", "hub", "moderator"),)),
    "admin without a unit": Standing("me", admin=True),
}
ACTS: Mapping[Act, str] = {
    Act.DECIDE: "decide on comments",
    Act.SEE_EMAIL: "see a shortened e-mail address",
    Act.WRITE: "write and submit an article",
    Act.PUBLISH: "publish it",
    Act.CORRECT: "correct it once published",
    Act.WITHDRAW: "withdraw it",
}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def moves() -> str:
    rows = (
        (f"**{state}**", *(MOVES[state].get(action, "") for action in Action)) for state in State
    )
    return table(("from \\ action", *Action), rows)


def checks() -> str:
    rows = ((f"`{check.__name__}`", first_sentence(check)) for check in ROW)
    return table(("check", "what it looks at"), rows)


def first_sentence(check: Callable[..., object]) -> str:
    return re.split(r"(?<=\.)\s", (check.__doc__ or "").strip())[0].rstrip(".")


def settings() -> str:
    rows = (
        (f"`{name}`", default(name, item), item.metadata["help"])
        for owner, cls in GROUPS.items()
        for name, item in variables(owner, cls)
    )
    return table(("variable", "default", "what it is"), rows)


def default(name: str, item: "Field[Any]") -> str:
    if name.removeprefix("WEERWOORD_") in SECRETS:
        return "none"
    return f"`{item.default}`" if item.default != "" else "empty"


def rights() -> str:
    rows = ((said, *(answer(who, act) for who in PEOPLE.values())) for act, said in ACTS.items())
    return table(("", *PEOPLE), rows)


def answer(who: Standing, act: Act) -> str:
    if may(who, act, ELSEWHERE):
        return "everywhere"
    if may(who, act, OTHER):
        return "in the unit"
    return "own articles" if may(who, act, OWN) else "–"


TABLES: Mapping[str, Callable[[], str]] = {
    "moves": moves,
    "checks": checks,
    "settings": settings,
    "rights": rights,
}


def written(text: str, name: str) -> str:
    """What stands between the marks of this table."""
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", text, re.DOTALL)
    return found[1] if found else ""


def filled(text: str) -> str:
    for name, make in TABLES.items():
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, _, rest = text.partition(start)
        text = f"{before}{start}\n{make()}\n{end}{rest.partition(end)[2]}"
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text()))
