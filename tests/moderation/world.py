"""A small site with a desk on it: three units, three articles, the standing cast, and an admin of no unit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Self

from flask import Flask, session
from flask.testing import FlaskClient
from flask_babel import Babel
from itsdangerous import URLSafeTimedSerializer
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, func, select
from werkzeug.test import TestResponse

from comments import actions, intake, queries, revisions, shown
from comments.chain import Break, verify
from comments.database import reading, writing
from comments.draft import Draft, Origin, Outcome
from comments.draft import Finding as Found
from comments.extension import Comments
from comments.host import Person, Subject
from comments.intake import Accepted
from comments.keys import fresh
from comments.log import Actor
from comments.models import Comment, Finding, History, Job, LogRow
from comments.reporting.actions import Taken, take
from comments.reporting.draft import Notice
from comments.settings import Settings as CommentSettings
from comments.site import Site
from comments.states import Action, State
from moderation.extension import Moderation
from moderation.screening.akismet import SpamService
from moderation.settings import Settings
from moderation.units.actions import set_member, set_unit
from tests.people import ADA, BOB, CAS, DIRK, HUB
from tests.people import Actor as Cast

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SITE_URL = "https://weerwoord.example/"
KEYS = CommentSettings(data_keys=fresh(b"k" * 32), lookup_key="look-up")
NOOR = Cast("Noor Admin", "noor@weerwoord.example", admin=True)
CAST = {
    key: Person(key, who.name, who.email, admin=who.admin)
    for key, who in dict(ada=ADA, bob=BOB, cas=CAS, dirk=DIRK, hub=HUB, noor=NOOR).items()
}
SUBJECTS = {
    s.key: s
    for s in (
        Subject("naaf", "De naaf", "/naaf/", "bob", "utrecht"),
        Subject("velg", "De velg", "/velg/", "cas", "gent"),
        Subject("spaak", "De spaak", "/spaak/", "dirk", "utrecht"),
    )
}
EMAIL = "dia.okonkwo@lezers.example"


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class House:
    """The host: who is signed in stands in the session's cookie."""

    engine: Engine
    closed: set[str] = field(default_factory=set)

    def subject(self, key: str) -> Subject | None:
        found = SUBJECTS.get(key)
        return Subject(**{**vars(found), "open": key not in self.closed}) if found else None

    def subjects(self, query: str) -> Sequence[Subject]:
        return [s for s in SUBJECTS.values() if query in s.title]

    def person(self) -> Person | None:
        return CAST.get(session.get("who", ""))

    def people(self, keys: Collection[str]) -> Mapping[str, Person]:
        return {key: CAST[key] for key in keys if key in CAST}


@dataclass
class World:
    app: Flask
    house: House
    comments: Comments
    moderation: Moderation
    clock: Clock
    lines: "count[int]" = field(default_factory=lambda: count(1))

    def begun(self) -> Self:
        """At its beginning again, but for what stands in the database."""
        self.clock.now, self.lines = START, count(1)
        self.house.closed.clear()
        return self

    @property
    def site(self) -> Site:
        return self.comments.site

    @property
    def engine(self) -> Engine:
        return self.house.engine

    def client(self, who: str = "") -> FlaskClient:
        """A browser of its own, signed in if somebody is named."""
        client = self.app.test_client()
        if who:
            with client.session_transaction() as kept:
                kept["who"], kept["csrf_token"] = who, "r" * 40
        return client

    @property
    def token(self) -> str:
        """The token of every form that this site gives to its clients."""
        return URLSafeTimedSerializer("secret", salt="wtf-csrf-token").dumps("r" * 40)

    def send(self, who: str, path: str, **fields: Any) -> TestResponse:
        """What a form of the desk sends."""
        return self.client(who).post(path, data={"csrf_token": self.token, **fields})

    def decide(self, who: str, id_: int | str, action: str, version: int | str = 1) -> TestResponse:
        return self.send(who, f"/desk/{id_}", action=action, version=version)

    def in_bulk(self, who: str, action: str, *cards: str) -> TestResponse:
        return self.send(who, "/desk/bulk", action=action, card=list(cards))

    def draft(self, key: str = "naaf", text: str = "", **more: Any) -> Draft:
        """From a line and an address that nobody else has."""
        line = next(self.lines)
        given = {
            "name": "Dia",
            "email": EMAIL,
            "origin": Origin(f"10.0.{line // 250}.{line % 250}"),
        }
        return Draft(key, text or f"Reactie nummer {line}.", self.clock(), **{**given, **more})

    def write(self, key: str = "naaf", text: str = "", **more: Any) -> int:
        """A comment, in by the front door; its id."""
        result = intake.submit(self.site, self.draft(key, text, **more))
        assert isinstance(result, Accepted), result.draft.findings
        return result.comment_id

    def refused(self, key: str, text: str = "", **more: Any) -> tuple[Found, ...]:
        """Why a comment is not taken; nothing where it is."""
        result = intake.submit(self.site, self.draft(key, text, **more))
        return () if isinstance(result, Accepted) else result.draft.of(Outcome.REFUSE)

    def leads(self, who: str, key: str) -> str:
        """Where somebody who reads an article is led to hold its discussion."""
        with self.app.test_request_context():
            return self.site.seams.manage(CAST[who], SUBJECTS[key])

    def move(self, id_: int, action: Action, who: str = "hub") -> None:
        """A person decides, past the desk."""
        with writing(self.engine) as db:
            version = db.get_one(Comment, id_).version
            actor = Actor(who, unit_key="hub")
            actions.move(db, id_, action, version, actor, self.clock(), self.site.settings)

    def report(self, id_: int, wrong: str = "spam", why: str = "Hier wordt iets verkocht.") -> None:
        """A reader reports a comment that he can see."""
        notice, who = Notice(wrong, why, name="Fenna", email=EMAIL), f"lezer {next(self.lines)}"
        with writing(self.engine) as db:
            taken = take(db, id_, notice, who, self.site.keys, "en", self.clock())
        assert taken is Taken.OPENED

    def edit(self, id_: int, text: str) -> None:
        """Its author sends another text, which waits for a person."""
        with writing(self.engine) as db:
            comment = db.get_one(Comment, id_)
            revisions.propose(db, comment, text, f"<p>{text}</p>", self.clock())
            shown.attend(comment)

    def stored(self, id_: int) -> Comment:
        with reading(self.engine) as db:
            return db.get_one(Comment, id_)

    def state(self, id_: int) -> State:
        return self.stored(id_).state

    def log(self, id_: int | None = None) -> list[LogRow]:
        """All decisions, or those on one comment."""
        rows = select(LogRow).order_by(LogRow.seq)
        with reading(self.engine) as db:
            return list(db.scalars(rows if id_ is None else rows.where(LogRow.comment_id == id_)))

    def broken(self) -> Break | None:
        """Where the chain of decisions does not hold."""
        with reading(self.engine) as db:
            return verify(queries.chain_after(db, 0, 1000), queries.chain_head(db))

    def codes(self, id_: int) -> list[str]:
        with reading(self.engine) as db:
            found = select(Finding.code).where(Finding.comment_id == id_).order_by(Finding.id)
            return list(db.scalars(found))

    def history(self, id_: int) -> list[str]:
        with reading(self.engine) as db:
            found = select(History.what).where(History.comment_id == id_).order_by(History.id)
            return list(db.scalars(found))

    def jobs(self, id_: int, *kinds: str) -> list[Job]:
        """What is owed for a comment: all, or what is of these kinds."""
        found = select(Job).where(Job.comment_id == id_).order_by(Job.id)
        with reading(self.engine) as db:
            return list(db.scalars(found.where(Job.kind.in_(kinds)) if kinds else found))

    def counted(self, table: type) -> int:
        with reading(self.engine) as db:
            return db.scalar(select(func.count()).select_from(table)) or 0


class Compiled(BytecodeCache):
    """So that a template is compiled once, not once for each test."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def people_it(engine: Engine) -> None:
    """Three units and who is what in them."""
    with writing(engine) as db:
        set_unit(db, "hub", "De naaf", "hub")
        set_unit(db, "utrecht", "Utrecht", "spoke", "hub")
        set_unit(db, "gent", "Gent", "spoke", "hub")
        set_member(db, "ada", "hub", "moderator")
        set_member(db, "hub", "hub", "lead", "utrecht")
        set_member(db, "bob", "utrecht", "moderator")
        set_member(db, "cas", "gent", "moderator")
        set_member(db, "dirk", "utrecht", "author")


def world_on(engine: Engine, settings: Settings, service: SpamService | None = None) -> World:
    """The site on an engine that has its tables and its units."""
    app = Flask(__name__)
    app.jinja_options = {"bytecode_cache": COMPILED}
    app.secret_key = "secret"
    Babel(app, default_locale="en", default_timezone="Europe/Amsterdam", configure_jinja=False)
    house, clock = House(engine), Clock()
    moderation = Moderation(settings, SITE_URL, service=service)
    comments = Comments(app, house, settings=KEYS, clock=clock, **moderation.seams())
    moderation.attach(app, comments)
    return World(app, house, comments, moderation, clock)
