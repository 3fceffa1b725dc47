"""Other texts of a comment: the one that waits for a person, those that were replaced, and undoing.

Stored role: called by the actions inside their transaction, which have locked the thread.
"""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .models import Comment, Revision

WAITING, TAKEN, REFUSED, PAST = "waiting", "taken", "refused", "past"


def waiting(session: Session, comment_id: int) -> Revision | None:
    found = select(Revision).where(Revision.comment_id == comment_id, Revision.standing == WAITING)
    return session.scalar(found.order_by(Revision.id.desc()))


def propose(session: Session, comment: Comment, source: str, html: str, now: datetime) -> None:
    """A new text that waits for a person; it takes the place of one that waited before."""
    forget_waiting(session, comment)
    session.add(Revision(comment_id=comment.id, at=now, source=source, html=html, standing=WAITING))
    comment.edit_waits = True


def forget_waiting(session: Session, comment: Comment) -> None:
    """Its author has thought of something else."""
    session.execute(
        delete(Revision).where(Revision.comment_id == comment.id, Revision.standing == WAITING)
    )
    comment.edit_waits = False


def replace(
    session: Session,
    comment: Comment,
    source: str,
    html: str,
    now: datetime,
    person_key: str = "",
    seq: int | None = None,
) -> None:
    """Gives the comment another text; the old one is kept. `person_key` is who of the desk wrote it."""
    session.add(
        Revision(
            comment_id=comment.id,
            at=now,
            source=comment.source,
            source_format=comment.source_format,
            html=comment.html,
            person_key=person_key,
            standing=PAST,
            seq=seq,
        )
    )
    comment.source, comment.source_format, comment.html = source, "markdown", html
    comment.edited_at, comment.edited_by_desk = now, bool(person_key)


def settle(session: Session, comment: Comment, take: bool, seq: int, now: datetime) -> None:
    """Takes or refuses the text that waits, by the decision `seq`; nothing where none waits."""
    found = waiting(session, comment.id) if comment.edit_waits else None
    if found is None:
        return
    found.standing, found.seq = (TAKEN if take else REFUSED), seq
    comment.edit_waits = False
    if take:
        replace(session, comment, found.source, found.html, found.at, seq=seq)


def unsettle(session: Session, comment: Comment, seq: int) -> None:
    """As it was before the decision `seq`: the text that was taken or refused waits again."""
    rows = session.scalars(select(Revision).where(Revision.seq == seq)).all()
    for row in rows:
        if row.standing == PAST:
            put_back(session, comment, row)
        else:
            row.standing, row.seq, comment.edit_waits = WAITING, None, True


def put_back(session: Session, comment: Comment, old: Revision) -> None:
    comment.source, comment.source_format, comment.html = old.source, old.source_format, old.html
    session.delete(old)
    session.flush()
    before = session.scalar(
        select(Revision)
        .where(Revision.comment_id == comment.id, Revision.standing == PAST)
        .order_by(Revision.id.desc())
    )
    comment.edited_at = before.at if before else None
    comment.edited_by_desk = bool(before and before.person_key)
