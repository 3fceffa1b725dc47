"""Forgets what is personal in comments that stay as placeholders: ids, tree and log are left whole.

Stored role: called inside its caller's transaction, on comments that were withdrawn before.
"""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from . import shown
from .following.models import News
from .models import Comment, Finding, Job, Origin, Revision
from .revisions import WAITING
from .useful.models import Vote

Also = Callable[[Session, Collection[int]], None]
OF_OTHERS = frozenset({"mail_report_received", "tell_reporter"})
"""Jobs of these kinds are owed to whoever reported the comment, not to its author."""
TO_AUTHOR = ("mail_confirm", "tell_author")
"""Jobs of these kinds write to its author."""
NAMELESS = {
    "author_name": "",
    "author_url": "",
    "email_sealed": "",
    "email_hash": "",
    "person_key": "",
    "avatar": 0,
    "once": None,
    "proved": False,
    "told": False,
}
EMPTY = {
    **NAMELESS,
    "source": "",
    "html": "",
    "edit_waits": False,
    "edited_at": None,
    "edited_by_desk": False,
    "useful_count": 0,
    "useful_rank": 0.0,
}


def erase(session: Session, comments: Sequence[Comment], also: Also) -> None:
    """`also` is the site's seam: it forgets what another package keeps of these comments."""
    ids = [comment.id for comment in comments]
    for comment in comments:
        for name, nothing in EMPTY.items():
            setattr(comment, name, nothing)
        shown.attend(comment)
    session.flush()
    for table in (Revision, Finding, Origin, Vote, News):
        session.execute(delete(table).where(table.comment_id.in_(ids)))
    owed = Job.comment_id.in_(ids), Job.ended == "", Job.kind.not_in(OF_OTHERS)
    session.execute(delete(Job).where(*owed))
    also(session, ids)


def anonymise(session: Session, comments: Sequence[Comment], also: Also) -> None:
    """Only what was said stays: state, tree and text are left as they are, and nothing leads to who said it.

    Earlier texts go; one that waits for a person is judged as it is. The caller has locked the threads.
    """
    ids = [comment.id for comment in comments]
    for comment in comments:
        for name, nothing in NAMELESS.items():
            setattr(comment, name, nothing)
    session.flush()
    earlier = Revision.comment_id.in_(ids), Revision.standing != WAITING
    session.execute(delete(Revision).where(*earlier))
    for table in (Finding, Origin):
        session.execute(delete(table).where(table.comment_id.in_(ids)))
    owed = Job.comment_id.in_(ids), Job.ended == "", Job.kind.in_(TO_AUTHOR)
    session.execute(delete(Job).where(*owed))
    also(session, ids)
