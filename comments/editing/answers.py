"""What an author gets for an answer when he changes or withdraws his own comment; his text is never lost."""

from collections.abc import Sequence

from flask import Response, abort, current_app, redirect, render_template, url_for
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as AnyResponse

from .. import cache, posting
from ..database import reading, writing
from ..host import Subject
from ..site import Site
from ..states import State
from ..texts import t, tn
from ..wording import reader_says
from . import changing, guard, queries
from .changing import Ended, Result, change, editable, mark_of, minutes_left
from .forms import OwnForm, own_form, shown_receipt
from .queries import Written
from .withdrawing import withdraw

STATUS = {Ended.FAULTY: 422, Ended.TOO_FAST: 429}
"""The others that end without a change: the comment is no longer what was seen, 409."""


def own_or_404(site: Site, key: str, comment_id: int) -> Written:
    """Somebody else's comment is not there: who cannot show that it is his learns nothing of it."""
    with reading(site.engine) as session:
        found = queries.written(session, comment_id)
    if found is None or found.thread.key != key or found.comment.kind != "comment":
        abort(404)
    if not guard.may_handle(site, found.comment):
        abort(404)
    return found


def edit_page(site: Site, own: Written) -> Response:
    form = form_of(site, own)
    if not editable(own.comment, site.clock(), site.settings):
        return page_with(site, own, form, own.source, 409, [too_late(own)])
    return page_with(site, own, form, own.source, 200)


def form_of(site: Site, own: Written) -> OwnForm:
    return own_form(site.tokens, own.thread.key, own.comment.id, site.clock())


def too_late(own: Written) -> str:
    if own.comment.state in changing.OPEN:
        return t(
            "The time in which you could change this comment is over. You can still withdraw it."
        )
    return t("This comment was decided on, so its text can no longer be changed.")


def page_with(
    site: Site,
    own: Written,
    form: OwnForm,
    text: str,
    status: int,
    said: Sequence[str] = (),
    theirs: str = "",
) -> Response:
    """The page with his text; with `theirs` also the one that it has now, and the form begins from that."""
    html = render_template(
        "comments/edit_page.html",
        subject=subject_of(site, own),
        hidden=form.hidden(),
        text=text,
        seen=mark_of(theirs or own.source),
        said=said,
        theirs=theirs,
        limit=site.settings.text_limit,
        minutes=minutes_left(own.comment, site.clock(), site.settings),
        public=own.comment.state is State.APPROVED,
        open=editable(own.comment, site.clock(), site.settings),
        here=address("comments_editing.edit_comment", own),
        back=way_back(site, own),
        withdraw_url=address("comments_editing.withdraw_comment", own, shown_receipt()),
    )
    return cache.private(html, status)


def address(endpoint: str, own: Written, receipt: str | None = None) -> str:
    return url_for(endpoint, key=own.thread.key, comment_id=own.comment.id, receipt=receipt)


def subject_of(site: Site, own: Written) -> Subject:
    """As the thread remembers it, where the host no longer shows it: its comment is still his."""
    known = site.host.subject(own.thread.key)
    return known or Subject(own.thread.key, own.thread.title, own.thread.url)


def way_back(site: Site, own: Written) -> str:
    return posting.receipt_address(site, subject_of(site, own), own.comment.id)


def changed(site: Site, own: Written) -> AnyResponse:
    form = form_of(site, own)
    text = form.text.data or ""
    if not form.validate():
        said = t("This page stood open for long. Have a look at your text and send it once more.")
        return page_with(site, own, form, text, 422, [said])
    try:
        result = change(site, own.comment.id, text, form.seen.data or "")
    except OperationalError:
        current_app.logger.exception("a comment could not be changed")
        said = t("We could not store it just now. Try again.")
        return page_with(site, own, form, text, 503, [said])
    if result.ended in (Ended.STANDS, Ended.WAITS, Ended.SAME):
        return redirect(way_back(site, own), code=303)
    return not_changed(site, own, form, text, result)


def not_changed(site: Site, own: Written, form: OwnForm, text: str, result: Result) -> Response:
    said = why_not(site, own, result)
    status = STATUS.get(result.ended, 409)
    response = page_with(site, own, form, text, status, said, result.theirs)
    if result.seconds:
        response.headers["Retry-After"] = str(result.seconds)
    return response


def why_not(site: Site, own: Written, result: Result) -> list[str]:
    minutes = -(-result.seconds // 60)
    words = {
        Ended.TOO_FAST: lambda: tn(
            "You change it faster than we can read. Try again in %(num)s minute.",
            "You change it faster than we can read. Try again in %(num)s minutes.",
            minutes,
        ),
        Ended.OVERTAKEN: lambda: t(
            "This comment was changed meanwhile, perhaps by you in another window. Below is the text "
            "that it has now; yours is still in the form. Save it once more, and it takes the place of that one."
        ),
        Ended.TOO_LATE: lambda: too_late(own),
        Ended.DECIDED: lambda: t(
            "This comment was decided on, so its text can no longer be changed."
        ),
    }
    if result.ended in words:
        return [words[result.ended]()]
    return [reader_says(f.code, f.values, site.seams.wordings) for f in result.findings]


def withdraw_page(
    site: Site, own: Written, status: int = 200, said: Sequence[str] = ()
) -> Response:
    if own.comment.state is State.WITHDRAWN:
        return gone(site, own)
    html = render_template(
        "comments/withdraw_page.html",
        subject=subject_of(site, own),
        hidden=form_of(site, own).hidden(),
        text=own.source,
        said=said,
        replied=own.comment.reply_count > 0,
        here=address("comments_editing.withdraw_comment", own),
        back=way_back(site, own),
    )
    return cache.private(html, status)


def taken_away(site: Site, own: Written) -> AnyResponse:
    if own.comment.state is not State.WITHDRAWN and not form_of(site, own).validate():
        said = t("This page stood open for long. Press the button once more.")
        return withdraw_page(site, own, 422, [said])
    try:
        with writing(site.engine) as session:
            withdraw(session, site, [own.comment.id], site.clock())
    except OperationalError:
        current_app.logger.exception("a comment could not be withdrawn")
        return withdraw_page(site, own, 503, [t("We could not do it just now. Try again.")])
    site.waker.wake()
    return gone(site, own)


def gone(site: Site, own: Written) -> Response:
    subject = subject_of(site, own)
    html = render_template(
        "comments/message.html",
        heading=t("Your comment is gone"),
        said=[
            t(
                "Its text, your name and your address were erased here. Where others answered it, "
                "an empty place stays behind, so that their words can still be followed."
            )
        ],
        ways=[(t("Back to “%(title)s”", title=subject.title), f"{subject.url}#comments")],
    )
    return cache.private(html)
