"""Where following begins by a small form, where a letter's link ends it, and the feed of replies to one reader."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, render_template, request, url_for

from .. import cache, forms, reader, show
from ..checks import email_formed
from ..draft import Draft, Outcome
from ..host import Subject
from ..proof import asking
from ..proof.asking import Wish
from ..routes import site
from ..texts import language, t
from ..tokens import Stop
from ..wording import reader_says
from . import feeds, stopping
from .queries import ALL
from .stopping import Found

BODY_LIMIT = 16 * 1024

blueprint = Blueprint("comments_following", __name__)


@blueprint.get("/comments/<key>/follow")
def follow_page(key: str) -> Response:
    return asked_again(followed(key), 200)


@blueprint.post("/comments/<key>/follow")
def follow(key: str) -> Response:
    """The answer is the same for every address; nothing is kept of it until the letter's link is used."""
    request.max_content_length = BODY_LIMIT
    subject = followed(key)
    wrong, status = faults(key)
    if wrong:
        return asked_again(subject, status, wrong)
    wish = Wish(typed(), thread_key=key, scope=scope(), language=language())
    asking.ask(site(), wish, request.remote_addr or "", site().clock())
    return page("asked", subject=subject, email=typed())


def followed(key: str) -> Subject:
    """What the form belongs to; without mail nobody can follow anything."""
    subject = site().host.subject(key)
    if subject is None or site().post is None:
        abort(404)
    return subject


def typed() -> str:
    return request.form.get("email", "").strip()


def scope() -> str:
    """An odd wish is the whole discussion: that is what stands under it."""
    asked = request.form.get("scope", "")
    return asked if asked in forms.FOLLOWS else ALL


def faults(key: str) -> tuple[Sequence[str], int]:
    """What is wrong with what was sent, in words, and the status that says so."""
    if reader.cross_site():
        return [t("Another site sent this here. If it was you, press once more.")], 403
    token = request.form.get("token", "")
    if not site().tokens.form_holds(token, key, site().clock()):
        return [t("This page stood open for long. Press once more.")], 422
    draft = email_formed(Draft("", "", site().clock(), email=typed()))
    return [reader_says(found.code, {}, {}) for found in draft.of(Outcome.REFUSE)], 422


def asked_again(subject: Subject, status: int, wrong: Sequence[str] = ()) -> Response:
    form = show.follow(site(), subject)
    return page(
        "follow_page",
        status,
        subject=subject,
        follow=form,
        wrong=wrong,
        email=typed(),
        scope=scope(),
    )


@blueprint.get("/me/stop/<token>")
def stop_page(token: str) -> Response:
    """Programs that scan mail open links: this changes nothing."""
    what = site().tokens.stop_of(token)
    return answer(stopping.found_by(site(), what), token) if what else page("stop_over", 410)


@blueprint.post("/me/stop/<token>")
def stop(token: str) -> Response:
    """Also for mail programs, which send it from anywhere, without a cookie (RFC 8058)."""
    request.max_content_length = BODY_LIMIT
    what = site().tokens.stop_of(token)
    if what is None:
        return page("stop_over", 410)
    if "again" in request.form:
        return again(what, token)
    return answer(stopping.stop(site(), what), token, "stopped")


def again(what: Stop, token: str) -> Response:
    """Only from our own page, and only what that page offered."""
    before = site().tokens.again_of(request.form["again"], what.email_hash)
    if reader.cross_site() or not before:
        return answer(stopping.found_by(site(), what), token, status=403)
    return answer(stopping.follow_again(site(), what, before, site().clock()), token, "again")


def answer(found: Found, token: str, done: str = "", status: int = 200) -> Response:
    return page(
        "stop",
        status,
        found=found,
        done=done,
        here=url_for("comments_following.stop", token=token),
        again=site().tokens.again(found.stop.email_hash, found.again) if found.again else "",
    )


@blueprint.get("/me/feed/<feed_key>.atom")
def replies_feed(feed_key: str) -> Response:
    return feeds.of_replies(feed_key)


def page(name: str, status: int = 200, **values: object) -> Response:
    html = render_template(f"comments/following/{name}.html", lang=language(), **values)
    return cache.secret(html, status)
