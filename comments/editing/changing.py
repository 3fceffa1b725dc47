"""Changes a comment for its author: looks whether it may be, judges the new text, stores it in one commit."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from .. import actions, rejudging
from ..actions import Stale
from ..database import reading, writing
from ..draft import Draft, Finding, Outcome
from ..models import Comment
from ..settings import Settings
from ..site import Site
from ..states import State
from ..writing.markup import normalise
from . import queries
from .actions import edit
from .queries import Written

OPEN = frozenset({State.PENDING, State.APPROVED})
TRIES = 3
BRAKE = "20/15 minutes"
"""Each edit is judged anew, and may be asked about elsewhere."""


class Ended(StrEnum):
    """How an edit ended."""

    STANDS = "stands"
    WAITS = "waits"
    SAME = "same"
    FAULTY = "faulty"
    OVERTAKEN = "overtaken"
    TOO_LATE = "too_late"
    DECIDED = "decided"
    TOO_FAST = "too_fast"


@dataclass(frozen=True)
class Result:
    """`theirs` is the text that somebody else gave it meanwhile; `findings` say what is wrong with his."""

    ended: Ended
    theirs: str = ""
    findings: tuple[Finding, ...] = ()
    seconds: int = 0


def editable(comment: Comment, now: datetime, settings: Settings) -> bool:
    return comment.state in OPEN and minutes_left(comment, now, settings) > 0


def minutes_left(comment: Comment, now: datetime, settings: Settings) -> int:
    """Minutes, begun ones counted, in which its author may still change it."""
    until = comment.created_at + timedelta(minutes=settings.edit_minutes)
    return max(0, -((now - until) // timedelta(minutes=1)))


def mark_of(text: str) -> str:
    """Tells one text from another, so that nobody overwrites what he has not seen."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def change(site: Site, comment_id: int, text: str, seen: str) -> Result:
    """Gives the comment this text; `seen` is the mark of the one that its author began from."""
    wait = site.brakes.wait("edit", str(comment_id), BRAKE)
    if wait is not None:
        return Result(Ended.TOO_FAST, seconds=wait)
    for _ in range(TRIES):
        with reading(site.engine) as session:
            found = queries.written(session, comment_id)
            ended = hindered(site, found, text, seen)
            if found is None or ended is not None:
                return ended or Result(Ended.DECIDED)
            judged = judged_anew(session, site, found, text)
        if judged.of(Outcome.REFUSE):
            return Result(Ended.FAULTY, findings=judged.of(Outcome.REFUSE))
        try:
            return stored(site, found.comment, judged)
        except Stale:
            continue  # somebody decided meanwhile: once more, on what is now
    return Result(Ended.OVERTAKEN, theirs=found.source if found else "")


def hindered(site: Site, found: Written | None, text: str, seen: str) -> Result | None:
    """Why it cannot be changed now, or need not."""
    if found is None or found.comment.state not in OPEN:
        return Result(Ended.DECIDED)
    if not editable(found.comment, site.clock(), site.settings):
        return Result(Ended.TOO_LATE)
    if normalise(text) == found.source:
        return Result(Ended.SAME)
    if mark_of(found.source) != seen:
        return Result(Ended.OVERTAKEN, theirs=found.source)
    return None


def judged_anew(session: Session, site: Site, found: Written, text: str) -> Draft:
    """The row's word on the new text; of what refuses a comment only a faulty text still does."""
    old = rejudging.draft_of(found.comment, found.thread, found.origin, site.keys)
    subject = site.host.subject(found.thread.key)
    draft = replace(old, text=text)
    judged = rejudging.looked_at(session, site, subject, found.comment.id, draft, site.clock())
    kept = (f for f in judged.findings if f.outcome is not Outcome.REFUSE or f.field == "text")
    return replace(judged, findings=tuple(kept))


def stored(site: Site, seen: Comment, judged: Draft) -> Result:
    with writing(site.engine) as session:
        comment, thread = actions.seen_at(session, seen.id, seen.version)
        stands = edit(session, comment, thread, judged, site.clock(), site.settings)
    site.waker.wake()
    return Result(Ended.STANDS if stands else Ended.WAITS)
