"""The page of one discussion: how it is held, which comments are marked, who did what."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from comments.database import reading, writing
from comments.facts import Mode
from comments.host import Subject
from comments.models import Comment
from comments.queries import thread_of
from comments.steering import actions, queries
from comments.steering.marks import SLOWEST, Mark, Unfit, offered
from comments.texts import t, tn
from comments.wording import named

from ..units.permissions import Act, Thing, may
from . import acts, view
from .guard import deciders_only, desk, standing
from .routes import page, things_or_404, whole

LISTED = 50

blueprint = Blueprint("moderation_discussions", __name__)


@dataclass(frozen=True)
class MarkedView:
    """A comment that carries a mark, with what may be taken away or added."""

    id: int
    name: str
    at: datetime
    pinned: bool
    featured: bool
    locked: bool
    marks: tuple[tuple[Mark, str], ...]


@blueprint.get("/desk/discussion/<key>")
@deciders_only
def discussion(key: str) -> Response | str:
    return discussion_page(subject_or_404(key))


@blueprint.post("/desk/discussion/<key>")
@deciders_only
def hold(key: str) -> Response | str:
    subject, mode = subject_or_404(key), typed()
    if mode is None:
        return discussion_page(subject, 422, request.form.get("slow_minutes", ""))
    with writing(desk().site.engine) as session:
        actions.set_mode(session, subject, mode, standing().person_key, desk().site.clock())
    flash(t("Done: the discussion is held like this now."))
    return redirect(url_for("moderation_discussions.discussion", key=key), code=303)


@blueprint.post("/desk/<int:comment_id>/mark")
@deciders_only
def mark(comment_id: int) -> Response | str:
    wanted = asked_mark()
    with writing(desk().site.engine) as session:
        things_or_404(session, [comment_id])
        said = marked(session, comment_id, wanted)
    flash(said)
    return redirect(back_to(comment_id), code=303)


def marked(session: Session, comment_id: int, wanted: Mark) -> str:
    try:
        actions.mark(session, comment_id, wanted, standing().person_key, desk().site.clock())
    except Unfit as unfit:
        return acts.unfit(unfit.full)
    return t("Done: %(what)s.", what=acts.said(wanted, {}))


def asked_mark() -> Mark:
    try:
        return Mark(request.form.get("mark", ""))
    except ValueError:
        abort(400)


def back_to(comment_id: int) -> str:
    """The page that the button stood on."""
    key = request.form.get("discussion", "")
    if key:
        return url_for("moderation_discussions.discussion", key=key)
    return url_for("moderation.card", comment_id=comment_id)


def subject_or_404(key: str) -> Subject:
    """What is discussed, if this person decides on its comments."""
    subject = desk().site.host.subject(key) or abort(404)
    if not may(standing(), Act.DECIDE, Thing(subject.unit_key, subject.author_key)):
        abort(404)
    return subject


def typed() -> Mode | None:
    """How the discussion shall be held; None where the minutes are no number that can be."""
    minutes = whole(request.form.get("slow_minutes", "").strip() or "0")
    if minutes is None or minutes > SLOWEST:
        return None
    return Mode("closed" in request.form, "premoderated" in request.form, minutes)


def discussion_page(
    subject: Subject, status: int = 200, wrong_minutes: str | None = None
) -> Response:
    with reading(desk().site.engine) as session:
        thread = thread_of(session, subject.key)
        mode = queries.as_held(thread) if thread else Mode()
        found = queries.marked_in(session, thread.id, LISTED) if thread else []
        done = queries.acts_in(session, thread.id, LISTED) if thread else []
    people = view.people_named(desk().site, {row.person_key for row in done})
    return page(
        "moderation/discussion.html",
        status,
        subject=subject,
        mode=mode,
        slow_minutes=mode.slow_minutes or "" if wrong_minutes is None else wrong_minutes,
        error=None if wrong_minutes is None else wrong(),
        slowest=SLOWEST,
        marked=[marked_view(comment) for comment in found],
        done=[(row.at, view.act_text(row, people), row.comment_id) for row in done],
    )


def wrong() -> str:
    return tn(
        "A whole number of minutes, at most %(num)s.",
        "A whole number of minutes, at most %(num)s.",
        SLOWEST,
    )


def marked_view(comment: Comment) -> MarkedView:
    labels = acts.labels()
    return MarkedView(
        id=comment.id,
        name=named(comment.author_name),
        at=comment.created_at,
        pinned=comment.pinned,
        featured=comment.featured,
        locked=comment.locked,
        marks=tuple((m, labels[m]) for m in offered(queries.marked(comment))),
    )
