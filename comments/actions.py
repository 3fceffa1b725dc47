"""The functions that write comments: each is one transaction, or a part of its caller's."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from . import log, network, place, queries, shown
from .avatar import seed_of
from .draft import Draft
from .host import Subject
from .keys import Keys, address_key
from .log import Actor
from .models import Comment, Finding, History, Job, LogRow, Origin, Thread
from .settings import Settings
from .states import MACHINE_MOVES_FROM, Action, IllegalMove, State, effects, step
from .writing import markup

TWIN_MINUTES = 10
UNDO = "undo"


class Stale(Exception):
    """Somebody was first. `last` is the decision that was taken meanwhile, if one was."""

    def __init__(self, comment: Comment | None, last: LogRow | None) -> None:
        super().__init__("the comment is no longer what was seen")
        self.comment, self.last = comment, last


@dataclass(frozen=True)
class Owed:
    """Work for outside that goes with a comment: the kind of an outbox handler."""

    kind: str
    delay: timedelta = timedelta()


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
    if state is State.APPROVED:
        shown.refresh(session, thread, comment, State.PENDING)
    session.add_all(around(draft, comment))
    session.add_all(owing(comment, [Owed(kind) for kind in draft.owed], draft.created_at))
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
            values={},
            cause=cause,
            created_at=now,
            not_before=now + work.delay,
        )


def move(
    session: Session,
    comment_id: int,
    action: Action,
    seen: int,
    actor: Actor,
    now: datetime,
    settings: Settings,
) -> LogRow:
    """Moves a comment that is still at version `seen`; raises Stale or IllegalMove, then nothing is written."""
    comment, thread = seen_at(session, comment_id, seen)
    before = comment.state
    if actor.machine and before not in MACHINE_MOVES_FROM:
        raise IllegalMove(f"a machine moves no comment that is {before}")
    row = put(session, comment, thread, step(before, action), action.value, actor, now)
    if not actor.machine:
        window = timedelta(seconds=settings.undo_seconds)
        causes = [Owed(effect.value, window) for effect in effects(before, comment.state)]
        session.add_all(owing(comment, causes, now, row.seq))
    return row


def seen_at(session: Session, comment_id: int, seen: int) -> tuple[Comment, Thread]:
    """The comment and its thread, locked and read anew, if nobody changed the comment since.

    Locks are taken in one order, first the log's head, then the thread: nobody waits in a circle.
    """
    log.queue(session)
    thread = session.scalar(
        select(Thread)
        .join(Comment, Comment.thread_id == Thread.id)
        .where(Comment.id == comment_id)
        .with_for_update(of=Thread)
        .execution_options(populate_existing=True)
    )
    comment = session.get(Comment, comment_id, populate_existing=True)
    if thread is None or comment is None or comment.version != seen:
        raise stale(session, comment, comment_id)
    return comment, thread


def stale(session: Session, comment: Comment | None, comment_id: int) -> Stale:
    """What it tells can still be read when the transaction was rolled back."""
    last = queries.last_decision(session, comment_id)
    for told in (comment, last):
        if told is not None:
            session.expunge(told)
    return Stale(comment, last)


def put(
    session: Session,
    comment: Comment,
    thread: Thread,
    state: State,
    action: str,
    actor: Actor,
    now: datetime,
    reverses: int | None = None,
) -> LogRow:
    """The one place where a stored comment changes its state."""
    before = comment.state
    comment.state = state
    comment.version += 1
    comment.decided_at = now
    shown.refresh(session, thread, comment, before)
    return log.append(session, comment, action, before, actor, now, reverses)


def undo(session: Session, seq: int, actor: Actor, now: datetime) -> LogRow:
    """Takes one decision back if it is still the last on its comment; what it owed is not sent.

    A decision of its own in the log, that names the one which it reverses. Raises Stale otherwise.
    """
    done = session.get(LogRow, seq)
    if done is None or done.action == UNDO:
        raise Stale(None, done)
    comment, thread = seen_at(session, done.comment_id, done.version)
    session.execute(
        delete(Job).where(Job.cause == seq, Job.ended == "", Job.locked_until.is_(None))
    )
    return put(session, comment, thread, done.before, UNDO, actor, now, reverses=seq)


def note(
    session: Session, comment_id: int, what: str, now: datetime, **values: str | int | None
) -> None:
    """A line in the plain history of a comment."""
    session.add(History(comment_id=comment_id, at=now, what=what, values=values))


def replace_findings(session: Session, comment_id: int, draft: Draft) -> None:
    """The row ran again: what it found before makes way."""
    session.execute(delete(Finding).where(Finding.comment_id == comment_id))
    session.add_all(findings(draft, comment_id))


def render_again(
    session: Session, ids: Sequence[int], settings: Settings, dry_run: bool
) -> tuple[int, int]:
    """Makes the HTML of these comments anew; (changed, refused). Refused ones keep what they have."""
    changed, refused = [], 0
    for comment in session.scalars(select(Comment).where(Comment.id.in_(ids))):
        try:
            html = rendered(comment, settings)
        except markup.Refused:
            refused += 1
            continue
        if html != comment.html:
            changed.append((comment, html))
    if not dry_run:
        replace_html(session, changed)
    return len(changed), refused


def replace_html(session: Session, changed: list[tuple[Comment, str]]) -> None:
    """Locks in the same order as a move does: the log's head, threads, comments."""
    log.queue(session)
    touched = {comment.thread_id for comment, _ in changed}
    session.execute(update(Thread).where(Thread.id.in_(touched)).values(version=Thread.version + 1))
    for comment, html in changed:
        comment.html = html


def rendered(comment: Comment, settings: Settings) -> str:
    if comment.source_format == "html":
        return markup.render(comment.source, "html", markup.IMPORTED_COMMENT).html
    return markup.render(comment.source, limit=settings.text_limit).html
