"""Fills a database with discussions of exact sizes, as a site of some years has them."""

import random
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import insert
from sqlalchemy.orm import Session

from blog import actions
from blog.actions import Account
from blog.manuscript import Manuscript
from blog.models import db
from blog.states import State as ArticleState
from comments import place, shown
from comments.database import writing
from comments.host import Subject
from comments.models import Comment
from comments.states import State
from comments.storing import thread_for

WORDS = (
    "een hub met spaken werkt pas als iemand uit elke afdeling aan tafel zit want dan weet "
    "iedereen waarom een regel er is en wie hem mag veranderen zonder dat het plezier verdwijnt"
).split()
START = datetime(2026, 1, 1, tzinfo=UTC)
PORTION, DEEPEST, LEVELS = 5_000, 4, 4


def fill(app: Flask, sizes: dict[str, int]) -> None:
    """One article for each slug, with so many approved comments, a third of them at the top."""
    chance = random.Random(2026)
    with app.app_context():
        account = Account("ada@bench.example", "Ada", "no password", "ada")
        user = actions.add_user(db.session, account, START)
        for slug in sizes:
            html = "".join(f"<p>{sentence(chance, 40, 90)}</p>" for _ in range(8))
            manuscript = Manuscript(slug, html, html, "", slug, 500, source_format="html")
            actions.write(db.session, manuscript, user, ArticleState.PUBLISHED, START)
        for slug, size in sizes.items():
            with writing(db.engine) as session:
                discuss(session, slug, size, chance)


def discuss(session: Session, slug: str, size: int, chance: random.Random) -> None:
    thread = thread_for(session, Subject(slug, slug, f"/{slug}/"))
    first = (session.query(Comment.id).count() or 0) + 1
    rows = tree(thread.id, first, size, chance)
    for start in range(0, size, PORTION):
        session.execute(insert(Comment), rows[start : start + PORTION])
    thread.last_place = rows[-1]["place"] if rows else 0  # type: ignore[assignment]
    shown.rebuild(session, thread)


def tree(thread_id: int, first: int, size: int, chance: random.Random) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    spots: list[place.Spot] = []
    for number in range(size):
        at = START + timedelta(minutes=number)
        own = place.place(at, 0)
        parent = parent_for(number, spots, chance)
        spot = place.TOP
        if parent is not None:
            spot = place.under(first + parent, spots[parent], own, LEVELS)
        spots.append(spot)
        rows.append(
            {
                "id": first + number,
                "thread_id": thread_id,
                "parent_id": None if parent is None else first + parent,
                "root_id": spot.root_id,
                "depth": spot.depth,
                "path": spot.path,
                "place": own,
                "state": State.APPROVED,
                "author_name": sentence(chance, 1, 2).title(),
                "avatar": chance.getrandbits(32),
                "source": "",
                "html": f"<p>{sentence(chance, 10, 100)}</p>",
                "created_at": at,
            }
        )
    return rows


def parent_for(number: int, spots: list[place.Spot], chance: random.Random) -> int | None:
    if number == 0 or chance.random() < 1 / 3:
        return None
    found = chance.randrange(max(0, number - 12), number)
    return found if spots[found].depth < DEEPEST else None


def sentence(chance: random.Random, low: int, high: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(low, high)))
