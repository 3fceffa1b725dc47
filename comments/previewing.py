"""Makes of a draft what it would look like as a comment, by the same road; stores and counts nothing."""

from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy.orm import Session

from . import gather, storing
from .database import reading
from .draft import Draft
from .host import Subject
from .keys import Keys
from .models import Comment, Thread
from .reading.addresses import Ways
from .reading.queries import Shown
from .reading.views import Reader, Views
from .site import Site
from .states import State
from .thread import CommentView


@dataclass(frozen=True)
class Preview:
    """`view` is None where the text makes no comment; `hints` are what the row would say, in words."""

    draft: Draft
    view: CommentView | None
    hints: tuple[str, ...] = ()


def preview(site: Site, draft: Draft) -> Preview | None:
    """None where there is no such discussion."""
    subject = site.host.subject(draft.thread_key)
    if subject is None:
        return None
    with reading(site.engine) as session:
        facts = gather.facts(session, site, draft, subject, draft.created_at, trial=True)
        judged = site.seams.screen(draft, site.seams.gather(session, draft, facts))
        shown = looks(session, site, subject, judged) if judged.html else None
    return Preview(judged, shown)


def looks(session: Session, site: Site, subject: Subject, draft: Draft) -> CommentView:
    """As readers will see it once it is approved; nobody can answer or link to it yet."""
    row = cast(Shown, as_stored(draft, site.keys))
    views = Views(session, subject, Ways(subject.url), [row], False, Reader())
    return replace(views.one(row, mine=False), permalink="#ww-preview", votable=False, mine=True)


def as_stored(draft: Draft, keys: Keys) -> Comment:
    """The row that the draft would become, with what the database would fill in; in no session."""
    comment = storing.written(draft, Thread(id=0, last_place=0), keys)
    for column in Comment.__table__.columns:
        if column.default is not None and getattr(comment, column.name) is None:
            setattr(comment, column.name, column.default.arg)
    comment.id, comment.state = 0, State.APPROVED
    return comment
