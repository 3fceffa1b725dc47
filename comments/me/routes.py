"""A commenter's own page: asked for by address, opened by the link in a letter, which is his whole authority."""

import json
import secrets
from collections.abc import Callable, Sequence
from functools import wraps

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from .. import cache, reader
from ..checks import email_formed
from ..database import writing
from ..draft import Draft, Outcome
from ..following import actions as following
from ..proof import actions as proof
from ..proof import confirming
from ..routes import site
from ..schema import ID_LIMIT
from ..texts import language, t, unusual
from ..wording import reader_says
from . import asking, export, leaving, moving, naming, view, wording
from .leaving import How
from .view import Owner

BODY_LIMIT = 16 * 1024
SCOPES, RHYTHMS = ("replies", "all"), ("hour", "day")

blueprint = Blueprint("comments_me", __name__)


def opened(door: Callable[[Owner], AnyResponse]) -> Callable[[str], AnyResponse]:
    """Lets in whoever has a link that holds; to change something the browser must come from this site."""

    @wraps(door)
    def guarded(token: str) -> AnyResponse:
        request.max_content_length = BODY_LIMIT
        owner = view.owner_of(site(), token, site().clock())
        if owner is None:
            return page("me_over", 410)
        if request.method == "POST" and reader.cross_site():
            return shown(owner, 403, wrong=[t("Another site sent this here. Nothing was done.")])
        return door(owner)

    return guarded


def page(name: str, status: int = 200, **values: object) -> Response:
    html = render_template(f"comments/me/{name}.html", lang=language(), **values)
    return cache.secret(html, status)


@blueprint.get("/me/")
def door() -> Response:
    return asked_for_link()


@blueprint.post("/me/")
def ask_for_link() -> Response:
    """The answer is the same for every address; whether it is known here is looked up later."""
    request.max_content_length = BODY_LIMIT
    email = request.form.get("email", "").strip()
    draft = email_formed(Draft("", "", site().clock(), email=email))
    wrong = draft.of(Outcome.REFUSE)
    if reader.cross_site() or wrong or site().post is None:
        return asked_for_link(email, [reader_says(found.code, {}, {}) for found in wrong])
    address = request.remote_addr or ""
    asking.ask(site(), draft.email, address, language(), site().clock())
    return page("sent", email=email)


def asked_for_link(email: str = "", errors: Sequence[str] = ()) -> Response:
    strange = request.method == "POST" and reader.cross_site()
    return page(
        "door",
        403 if strange else 422 if errors else 200,
        email=email,
        errors=errors,
        strange=strange,
        has_mail=site().post is not None,
        contact=site().contact,
    )


@blueprint.get("/me/<token>")
@opened
def my_page(owner: Owner) -> AnyResponse:
    return shown(owner)


def shown(owner: Owner, status: int = 200, wrong: Sequence[str] = (), name: str = "") -> Response:
    before = number(request.args.get("before", "")) or None
    done = wording.DONE.get(request.args.get("done", ""))
    return page(
        "mine",
        status,
        my=view.my_page(site(), owner, before, site().clock()),
        states={state.value: say() for state, say in wording.STATES.items()},
        first=before is None,
        done=done() if done else "",
        wrong=wrong,
        typed=name,
    )


def number(text: str) -> int:
    """An id from a form or an address; 0, which nothing has, where it is none."""
    plain = text.isascii() and text.isdigit() and len(text) < 20
    return int(text) if plain and int(text) < ID_LIMIT else 0


def back(owner: Owner, done: str, part: str) -> AnyResponse:
    """To his page, at the part that he came from, where it is said what was done."""
    address = url_for("comments_me.my_page", token=owner.token, done=done, lang=unusual())
    return redirect(f"{address}#{part}", code=303)


@blueprint.post("/me/<token>/follows")
@opened
def change_follow(owner: Owner) -> AnyResponse:
    form, which = request.form, number(request.form.get("follow", ""))
    scope, rhythm = form.get("scope", ""), form.get("rhythm", "")
    with writing(site().engine) as session:
        if "stop" in form:
            done = "stopped" if following.stop(session, owner.email_hash, which) else "nothing"
        elif scope in SCOPES and rhythm in RHYTHMS:
            fits = following.change(session, owner.email_hash, which, scope, rhythm)
            done = "followed" if fits else "nothing"
        else:
            done = "nothing"
    return back(owner, done, "follows")


@blueprint.post("/me/<token>/name")
@opened
def rename(owner: Owner) -> AnyResponse:
    name = request.form.get("name", "").strip()
    wrong = naming.rename(site(), owner, name, site().clock())
    return shown(owner, 422, wrong, name) if wrong else back(owner, "renamed", "names")


@blueprint.post("/me/<token>/names")
@opened
def keep_name(owner: Owner) -> AnyResponse:
    name, key = request.form.get("name", ""), secrets.token_urlsafe(32)
    kept = naming.keep(site(), owner, name, language(), key, site().clock())
    return back(owner, "kept" if kept else "taken", "names")


@blueprint.post("/me/<token>/names/release")
@opened
def release_name(owner: Owner) -> AnyResponse:
    with writing(site().engine) as session:
        name = request.form.get("name", "").replace("\0", "")
        gone = proof.release(session, name, owner.email_hash)
    return back(owner, "released" if gone else "nothing", "names")


@blueprint.post("/me/<token>/proved")
@opened
def prove(owner: Owner) -> AnyResponse:
    which, key = number(request.form.get("comment", "")), secrets.token_urlsafe(32)
    done = confirming.prove(site(), owner.email, which, language(), key, site().clock())
    return back(owner, "proved" if done else "nothing", "comments")


@blueprint.post("/me/<token>/address")
@opened
def change_address(owner: Owner) -> AnyResponse:
    email, address = request.form.get("email", ""), request.remote_addr or ""
    wrong = moving.ask(site(), owner, email, address, language(), site().clock())
    return shown(owner, 422, [wrong]) if wrong else back(owner, "moving", "address")


@blueprint.get("/me/move/<token>")
def before_moving(token: str) -> Response:
    """Programs that scan mail open links: this changes nothing."""
    found = moving.move_of(site(), token, site().clock())
    return page("move", move=found) if found else page("me_over", 410)


@blueprint.post("/me/move/<token>")
def move(token: str) -> Response:
    request.max_content_length = BODY_LIMIT
    found = moving.move_of(site(), token, site().clock())
    if found is None:
        return page("me_over", 410)
    if reader.cross_site():
        return page("move", 403, move=found, again=True)
    moving.move(site(), found, language(), secrets.token_urlsafe(32), site().clock())
    response = page("moved", move=found)
    reader.forget(response)
    return response


@blueprint.post("/me/<token>/feed")
@opened
def renew_feed(owner: Owner) -> AnyResponse:
    with writing(site().engine) as session:
        done = proof.renew_feed_key(session, owner.email_hash, secrets.token_urlsafe(32))
    return back(owner, "renewed" if done else "nothing", "feed")


@blueprint.get("/me/<token>/export.json")
@opened
def as_json(owner: Owner) -> AnyResponse:
    data = export.everything(site(), owner, site().clock())
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return download(Response(text, content_type="application/json; charset=utf-8"), "json")


@blueprint.get("/me/<token>/export.html")
@opened
def as_html(owner: Owner) -> AnyResponse:
    data = export.everything(site(), owner, site().clock())
    return download(page("export", data=data), "html")


def download(response: Response, kind: str) -> Response:
    at = f"{site().clock():%Y-%m-%d}"
    response.headers["Content-Disposition"] = f'attachment; filename="weerwoord-{at}.{kind}"'
    return cache.kept_secret(response)


@blueprint.get("/me/<token>/leave")
@opened
def before_leaving(owner: Owner) -> AnyResponse:
    return choice(owner)


def choice(owner: Owner, wrong: Sequence[str] = ()) -> Response:
    my = view.my_page(site(), owner, None, site().clock())
    return page("leave", 422 if wrong else 200, my=my, wrong=wrong)


@blueprint.post("/me/<token>/leave")
@opened
def leave(owner: Owner) -> AnyResponse:
    how, sure = request.form.get("how", ""), "sure" in request.form
    if how not in set(How) or not sure:
        return choice(owner, [t("Choose one of the two, and tick that you are sure.")])
    left = leaving.leave(site(), owner.email_hash, How(how), site().clock())
    response = page("left", left=left, contact=site().contact)
    reader.forget(response)
    return response
