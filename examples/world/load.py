"""Fills an empty site with the demo world, by the functions that serve people too; nothing is left owed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from flask import Flask
from flask_security.utils import hash_password
from sqlalchemy import Engine, Table, delete, insert

import moderation.screening.actions as screening
import moderation.units.actions as units
from blog import actions, queries
from blog.actions import Account
from blog.cli import new_password, new_uniquifier
from blog.manuscript import Manuscript
from blog.models import User, db
from blog.reading import words
from blog.states import State
from comments.chain import START
from comments.database import writing
from comments.extension import Comments
from comments.host import Person
from comments.models import Job, LogHead
from comments.site import Site
from comments.tables import metadata
from comments.upkeep.portable import all_tables
from comments.upkeep.restore import occupied
from comments.worker import Asleep
from comments.writing.markup import ARTICLE, normalise, plain, render
from moderation.extension import Moderation

from .aftermath import Aftermath
from .story import Said, story
from .teller import Teller
from .world import Article, Member, World, ending, read

FRESH = timedelta(hours=2)
"""So long ago the last thing happened."""
BEFORE = timedelta(days=30)
WRITING = timedelta(days=2)
RULES = (
    ("link_host", "outlet-schoenen.example", "spam"),
    ("phrase", "free spins", "spam"),
    ("phrase", "praatjesmaker", "hold"),
)
Accounts = list[tuple[str, str]]
"""E-mail address and password of each."""


class NotEmpty(Exception):
    """There is something in the database; the demo world goes into an empty one only."""


def load(app: Flask, password: str | None, now: datetime) -> Accounts:
    """All of the world or nothing of it. With a `password` every account has that one."""
    world = ending(read(), now - FRESH)
    site = quiet(app.extensions["comments"], app.extensions["moderation"])
    with app.app_context(), only_if_empty(site.engine):
        users, accounts = people(world, password)
        set_up(site, world, users)
        ids = {a.slug: write(a, users[a.author], world) for a in world.articles}
        tell(site, world, users)
        for article in world.articles:
            if not article.open or closing(article, world) is not None:
                close(ids[article.slug], article, world)
    return accounts


@contextmanager
def only_if_empty(engine: Engine) -> Iterator[None]:
    """Whatever ends it before its time leaves the database as empty as it was."""
    tables = all_tables([metadata, db.metadata])
    if not empty(engine, tables):
        raise NotEmpty
    try:
        yield
    except BaseException:
        db.session.rollback()
        clear(engine, tables)
        raise


def empty(engine: Engine, tables: Iterable[Table]) -> bool:
    with engine.connect() as connection:
        return not any(occupied(connection, table) for table in tables)


def clear(engine: Engine, tables: Sequence[Table]) -> None:
    with writing(engine) as session:
        for table in reversed(tables):
            session.execute(delete(table))
        session.execute(insert(LogHead).values(id=1, seq=0, hash=START))


def people(world: World, password: str | None) -> tuple[Mapping[str, User], Accounts]:
    """The accounts of the staff, by login, and what they sign in with."""
    users, accounts = {}, []
    for member in world.staff:
        own = password or new_password()
        users[member.login] = actions.add_user(
            db.session, account(member, hash_password(own)), world.begins - BEFORE
        )
        accounts.append((member.email, own))
    return users, accounts


def account(member: Member, password_hash: str) -> Account:
    return Account(
        email=member.email,
        name=member.name,
        password_hash=password_hash,
        uniquifier=new_uniquifier(),
        admin=member.admin,
        language=member.language,
        bio=member.bio,
    )


def set_up(site: Site, world: World, users: Mapping[str, User]) -> None:
    """Units, who belongs to them as what, and the rules of the house."""
    keys = {login: str(user.id) for login, user in users.items()}
    with writing(site.engine) as session:
        for unit in world.units:
            units.set_unit(session, unit.key, unit.name, unit.kind, unit.parent)
        for member in world.staff:
            for unit_key in {*member.author} - {*member.desk}:
                units.set_member(session, keys[member.login], unit_key, "author")
            for unit_key in member.desk:
                units.set_member(
                    session, keys[member.login], unit_key, "moderator", member.represents
                )
        for kind, pattern, outcome in RULES:
            screening.add_rule(session, kind, pattern, outcome, "", world.begins - BEFORE)


def write(article: Article, user: User, world: World) -> int:
    """The id. Written some days before it came out; what never came out is of the last days."""
    text = manuscript(article)
    if article.published is None:
        state, at = State(article.state), world.ends - WRITING
        return actions.write(db.session, text, user, state, at).id
    draft = actions.write(db.session, text, user, State.DRAFT, article.published - WRITING)
    change(draft.id, text, article.published)
    return draft.id


def manuscript(article: Article) -> Manuscript:
    """Discussions are open until everything was said."""
    html = render(article.text, "markdown", ARTICLE).html
    return Manuscript(
        title=article.title,
        source=normalise(article.text),
        html=html,
        summary=article.summary,
        slug=article.slug,
        words=words(plain(html)),
        unit_key=article.unit,
        tags=article.tags,
    )


def change(article_id: int, text: Manuscript, at: datetime) -> None:
    found = queries.article(db.session, article_id)
    if found is None:
        raise LookupError(text.slug)
    actions.change(db.session, found, found.version, text, State.PUBLISHED, at)


def tell(site: Site, world: World, users: Mapping[str, User]) -> None:
    """Everything that was said and decided, in its order; what that would cause outside is not owed."""
    teller = Teller(site, world, {login: person(user) for login, user in users.items()})
    for event in story(world):
        if isinstance(event, Said):
            teller.say(event)
        else:
            teller.decide(event)
    aftermath = Aftermath(teller)
    aftermath.edits()
    aftermath.reports()
    aftermath.marks()
    aftermath.modes()
    with writing(site.engine) as session:
        session.execute(delete(Job))


def quiet(comments: Comments, moderation: Moderation) -> Site:
    """The site as it is, but nobody outside is asked about what was said long ago."""
    gathering = moderation.gathering
    silent = replace(gathering, settings=replace(gathering.settings, akismet_mode="off"))
    site = comments.site
    return replace(site, seams=replace(site.seams, gather=silent), waker=Asleep())


def person(user: User) -> Person:
    return Person(str(user.id), user.name, user.email, user.language, user.admin)


def closing(article: Article, world: World) -> int | None:
    """Days after which its discussion closes, if the world says so."""
    days = (held.close_days for held in world.modes if held.article == article.slug)
    return next((number for number in days if number is not None), None)


def close(article_id: int, article: Article, world: World) -> None:
    """A discussion that is over by now, or will be."""
    text = replace(
        manuscript(article), comments_open=article.open, close_days=closing(article, world)
    )
    change(article_id, text, world.ends)
