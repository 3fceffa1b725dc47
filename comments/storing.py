"""Stores judged drafts: comment, findings, history and what is owed outside, in the caller's one commit."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from . import network, place, reports, shown
from .avatar import seed_of
from .draft import Draft
from .host import Subject
from .keys import Keys, address_key
from .models import Comment, Finding, History, Job, Origin, Thread
from .settings import Settings
from .states import Effect, State

TWIN_MINUTES = 10


@dataclass(frozen=True)
class Owed:
    """Work for outside that goes with a comment: the kind of an outbox handler, and what it needs."""

    kind: str
    delay: timedelta = timedelta()
    values: Mapping[str, Any] = field(default_factory=dict)


def thread_for(session: Session, subject: Subject) -> Thread:
    """The thread of a subject, locked, made at first need, with what the host says of it now."""
    locked = select(Thread).where(Thread.key == subject.key).with_for_update()
    thread = session.scalar(locked)
    if thread is None:
        open_thread(session, subject)
        thread = session.scalars(locked).one()
    thread.title, thread.url = subject.title, subject.url
    thread.author_key, thread.unit_key = subject.author_key, subject.unit_key
    return thread


def open_thread(session: Session, subject: Subject) -> None:
    """The row of a first comment; whoever opens the same thread at the same moment may be first."""
    thread = Thread(key=subject.key, title="", url="", author_key="", unit_key="")
    with suppress(IntegrityError), session.begin_nested():
        session.add(thread)


def touch(session: Session, subject: Subject) -> None:
    """The host changed the subject: what readers see of it is made anew."""
    thread_for(session, subject).version += 1


def touch_gone(session: Session, key: str) -> None:
    """The host took the subject away: what shows its comments elsewhere is made anew."""
    for thread in session.scalars(select(Thread).where(Thread.key == key).with_for_update()):
        thread.version += 1


def once(draft: Draft, keys: Keys) -> tuple[str, str]:
    """The unique key of a draft in its slice of ten minutes, and in the slice before it."""
    who = draft.person.key if draft.person else address_key(draft.email)
    said = f"{draft.thread_key}\0{draft.parent_id or 0}\0{who}\0{draft.text_hash}"
    words = keys.digest("once", said)
    slice_ = int(draft.created_at.timestamp()) // (60 * TWIN_MINUTES)
    return f"{words}.{slice_}", f"{words}.{slice_ - 1}"


def accept(
    session: Session, draft: Draft, state: State, subject: Subject, keys: Keys, settings: Settings
) -> Comment:
    """Stores a judged draft: comment, findings, history and outbox rows in the caller's one commit."""
    thread = thread_for(session, subject)
    comment = written(draft, thread, keys)
    thread.last_place = comment.place
    settle(session, comment, settings)
    comment.state = state
    owed = [Owed(kind) for kind in draft.owed]
    if state is State.APPROVED:
        shown.refresh(session, thread, comment, State.PENDING)
        owed.append(Owed(Effect.TELL_FOLLOWERS.value))
    shown.attend(comment)
    session.add_all(around(draft, comment))
    session.add_all(owing(comment, owed, draft.created_at))
    return comment


def written(draft: Draft, thread: Thread, keys: Keys) -> Comment:
    """The row of a draft, pending and shown to nobody yet."""
    email = draft.person.email if draft.person else draft.email
    identity = draft.person.key if draft.person else address_key(email)
    return Comment(
        thread_id=thread.id,
        parent_id=draft.parent_id,
        place=place.place(draft.created_at, thread.last_place),
        state=State.PENDING,
        author_name=draft.person.name if draft.person else draft.name,
        author_url="" if draft.person else draft.url,
        email_sealed="" if draft.person else keys.seal(email),
        email_hash=keys.digest("email", address_key(email)),
        person_key=draft.person.key if draft.person else "",
        avatar=seed_of(keys.raw("avatar", identity)),
        source=draft.text,
        html=draft.html,
        language=draft.language,
        once=once(draft, keys)[0],
        proved=draft.proved or draft.person is not None,
        told=draft.tell,
        created_at=draft.created_at,
    )


def settle(session: Session, comment: Comment, settings: Settings) -> None:
    """Gives a new comment its spot in the tree."""
    if comment.parent_id is not None:
        parent = session.get_one(Comment, comment.parent_id)
        at = place.Spot(parent.root_id, parent.depth, parent.path)
        spot = place.under(parent.id, at, comment.place, settings.depth)
        comment.root_id, comment.depth, comment.path = spot.root_id, spot.depth, spot.path
    session.add(comment)
    session.flush()


def around(draft: Draft, comment: Comment) -> Iterable[Finding | History | Origin]:
    yield from findings(draft, comment.id)
    yield History(
        comment_id=comment.id,
        at=draft.created_at,
        what="submitted",
        values={"state": comment.state.value},
    )
    kept = network.network(draft.origin.address)
    if kept or draft.origin.agent:
        yield Origin(
            comment_id=comment.id,
            network=kept,
            agent=draft.origin.agent[:254],
            created_at=draft.created_at,
        )


def findings(draft: Draft, comment_id: int) -> Iterable[Finding]:
    for found in draft.findings:
        yield Finding(
            comment_id=comment_id,
            check=found.check,
            outcome=found.outcome.value,
            code=found.code,
            values=dict(found.values),
        )


def owing(
    comment: Comment, owed: Iterable[Owed], now: datetime, cause: int | None = None
) -> Iterable[Job]:
    for work in owed:
        yield Job(
            kind=work.kind,
            comment_id=comment.id,
            values=dict(work.values),
            cause=cause,
            created_at=now,
            not_before=now + work.delay,
        )


def replace_findings(session: Session, comment_id: int, draft: Draft) -> None:
    """The row ran again: what it found before makes way; what readers said of the comment stays."""
    session.execute(
        delete(Finding).where(Finding.comment_id == comment_id, Finding.check != reports.CHECK)
    )
    session.add_all(findings(draft, comment_id))
