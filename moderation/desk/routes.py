"""The addresses of the desk: the queue, one card, and decisions; each guarded on the line above it."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from comments.database import reading, writing
from comments.models import LogRow
from comments.schema import ID_LIMIT
from comments.states import Action
from comments.texts import beside, language, t, tn

from ..units.permissions import Thing
from . import actions, queries, view
from .actions import Choice, Decided
from .card import Card, for_all
from .guard import deciders_only, desk, scope, standing
from .queries import Waiting
from .search import Queue, Search, parse

blueprint = Blueprint(
    "moderation",
    __name__,
    template_folder=str(beside(__file__, "../templates", "")),
    static_folder="../static",
    static_url_path="/moderation/static",
)


class FilterView(NamedTuple):
    key: str
    label: str
    number: int | str
    active: bool
    url: str


class UndoView(NamedTuple):
    batch: str
    what: str


@blueprint.get("/desk/")
@deciders_only
def queue() -> Response | str:
    search, limit = parse(request.args.get("q", "")), desk().settings.cards_per_page
    with reading(desk().site.engine) as session:
        rows = queries.queue(session, scope(), search, cursor(), limit + 1)
        shown = [(comment, thread) for comment, thread in rows[:limit]]
        cards = view.cards(session, desk().site, standing(), shown)
        counts = queries.counts(session, scope())
        done = queries.undoable(session, batch(), standing().person_key)
    return page(
        "moderation/queue.html",
        cards=cards,
        filters=filters(search, counts),
        query=search.text,
        after=cursor(),
        unread=search.unread,
        all_done=search.queue is Queue.PENDING and not counts.pending,
        late=number(request.args.get("late", "0")),
        unfit=number(request.args.get("unfit", "0")),
        bulk=for_all(cards, view.action_labels()),
        next_url=further(search, cards) if len(rows) > limit else None,
        undo=undo_view(done),
    )


@blueprint.get("/desk/<int:comment_id>")
@deciders_only
def card(comment_id: int) -> Response | str:
    found = card_or_404(comment_id)
    with reading(desk().site.engine) as session:
        story = queries.story_of(session, comment_id)
    return page(
        "moderation/card.html", card=found, history=view.told(desk().site, story), query=query()
    )


@blueprint.post("/desk/<int:comment_id>")
@deciders_only
def decide(comment_id: int) -> Response | str:
    seen, reports = request.form.get("version", ""), request.form.get("reports", "0")
    choice = Choice(comment_id, number(seen), number(reports))
    decided = decided_on([choice])
    return back(decided.batch) if decided.rows else conflict(comment_id)


@blueprint.post("/desk/bulk")
@deciders_only
def bulk() -> Response | str:
    choices = [chosen(text) for text in dict.fromkeys(request.form.getlist("card"))]
    if not choices:
        flash(t("Choose one or more comments first."))
        return back()
    decided = decided_on(choices)
    return back(decided.batch, len(decided.stale), len(decided.unfit))


@blueprint.post("/desk/undo")
@deciders_only
def undo() -> Response | str:
    site = desk().site
    with writing(site.engine) as session:
        rows = queries.batch_of(session, batch(), standing().person_key)
        things_or_404(session, [row.comment_id for row in rows])
        undone = actions.undo(session, rows, site.clock())
    flash(said_of_undo(undone))
    return back()


def decided_on(choices: Sequence[Choice]) -> Decided:
    """Decides in one transaction on what this person may decide on; 404 if one of them is not his."""
    site, action = desk().site, asked_action()
    with writing(site.engine) as session:
        decided = actions.decide(
            session,
            standing(),
            things_or_404(session, [choice.comment_id for choice in choices]),
            choices,
            action,
            secrets.token_hex(8),
            site.clock(),
            site.settings,
        )
    site.waker.wake(site.settings.undo_seconds + 1)
    return decided


def things_or_404(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    found = queries.things(session, scope(), [id_ for id_ in ids if id_ < ID_LIMIT])
    if not found or found.keys() != set(ids):
        abort(404)
    return found


def asked_action() -> Action:
    try:
        action = Action(request.form.get("action", ""))
    except ValueError:
        abort(400)
    if action is Action.WITHDRAW:
        abort(400)
    return action


def chosen(text: str) -> Choice:
    """`id:version`, and `:reports` where there were any on the card."""
    comment_id, _, seen = text.partition(":")
    version, _, reports = seen.partition(":")
    return Choice(number(comment_id), number(version), number(reports or "0"))


def number(text: str) -> int:
    found = whole(text)
    if found is None:
        abort(400)
    return found


def whole(text: str) -> int | None:
    fits = text.isascii() and text.isdigit() and len(text) < 20 and int(text) < ID_LIMIT
    return int(text) if fits else None


def batch() -> str:
    """The name of a batch of decisions, as it comes from the page; nothing else is looked up."""
    text = request.values.get("batch", "")
    return text if text.isascii() and text.isalnum() else ""


def said_of_undo(undone: Decided) -> str:
    back, kept = len(undone.rows), len(undone.stale)
    said = tn("%(num)s decision was taken back.", "%(num)s decisions were taken back.", back)
    if not kept:
        return said
    return f"{said} " + tn(
        "%(num)s comment was decided on since and stays as it is.",
        "%(num)s comments were decided on since and stay as they are.",
        kept,
    )


def back(batch: str = "", late: int = 0, unfit: int = 0) -> Response:
    """303 to the queue as it was, with the way to undo; what was left as it is is said there."""
    url = url_for(
        "moderation.queue",
        q=query(),
        after=whole(request.form.get("after", "")),
        batch=batch or None,
        late=late or None,
        unfit=unfit or None,
    )
    return redirect(url, code=303)


def conflict(comment_id: int) -> Response:
    """409: who was first and with what, and the card as it is now."""
    found = card_or_404(comment_id)
    said = found.last or t("The comment was changed meanwhile.")
    return page("moderation/conflict.html", status=409, card=found, last=said, query=query())


def card_or_404(comment_id: int) -> Card:
    if comment_id >= ID_LIMIT:
        abort(404)
    with reading(desk().site.engine) as session:
        found = queries.one(session, scope(), comment_id)
        if found is None:
            abort(404)
        return view.cards(session, desk().site, standing(), [(found[0], found[1])])[0]


def page(template: str, status: int = 200, **context: object) -> Response:
    """A page for one person: no cache keeps it."""
    html = render_template(
        template,
        csrf_token=generate_csrf,
        moderation_base=desk().base_template,
        lang=language(),
        **context,
    )
    response = make_response(html, status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def query() -> str:
    return parse(request.values.get("q", "")).text


def cursor() -> int:
    return number(request.args.get("after", "0"))


def further(search: Search, cards: Sequence[Card]) -> str:
    return url_for("moderation.queue", q=search.text, after=cards[-1].id)


def filters(search: Search, counts: Waiting) -> list[FilterView]:
    labels = {
        Queue.PENDING: t("Waiting"),
        Queue.EDITED: t("Edits"),
        Queue.REPORTED: t("Reports"),
        Queue.APPROVED: t("Approved"),
        Queue.REJECTED: t("Rejected"),
        Queue.SPAM: t("Spam"),
        Queue.WITHDRAWN: t("Withdrawn"),
    }
    return [
        FilterView(
            key=queue.value,
            label=label,
            number=counts._asdict().get(queue.value, ""),
            active=queue is search.queue,
            url=url_for("moderation.queue", q=Search(queue).text),
        )
        for queue, label in labels.items()
    ]


def undo_view(rows: Sequence[LogRow]) -> UndoView | None:
    if not rows:
        return None
    state = view.decision_word(rows[0])
    said = tn("%(num)s comment: %(state)s.", "%(num)s comments: %(state)s.", len(rows), state=state)
    return UndoView(rows[0].batch, said)
