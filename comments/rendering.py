"""Makes the stored HTML of comments anew from their sources, when the way in which it is made has changed."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from . import log
from .models import Comment, Thread
from .settings import Settings
from .writing import markup


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
