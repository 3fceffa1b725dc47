"""Where the button "useful" leads: counted, and back to the comment; or in a few words to a script."""

from collections.abc import Callable, Mapping

from flask import (
    Blueprint,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response as AnyResponse

from .. import cache, reader, view
from ..database import reading
from ..host import Subject
from ..reading.order import order_of
from ..routes import site
from ..schema import ID_LIMIT
from ..texts import language, t, tn, unusual
from . import voting
from .voter import voter_of
from .voting import Counted, NotCounted, Why

BODY_LIMIT = 16 * 1024
MINUTE = 60

blueprint = Blueprint("comments_useful", __name__)

STATUS: Mapping[Why, int] = {
    Why.NOTHING_HERE: 404,
    Why.REMOVED: 409,
    Why.OWN: 409,
    Why.TOO_OFTEN: 429,
}
WORDS: Mapping[Why, Callable[[NotCounted], str]] = {
    Why.NOTHING_HERE: lambda no: t("This comment is not here (any more)."),
    Why.REMOVED: lambda no: t("This comment was removed meanwhile."),
    Why.OWN: lambda no: t("This one is your own. It is for others to say that it is useful."),
    Why.TOO_OFTEN: lambda no: tn(
        "That was a lot at once. Try again in %(num)s minute.",
        "That was a lot at once. Try again in %(num)s minutes.",
        -(-no.seconds // MINUTE),
    ),
}


@blueprint.post("/comments/<key>/useful")
def find_useful(key: str) -> AnyResponse:
    request.max_content_length = BODY_LIMIT
    subject = site().host.subject(key)
    if reader.cross_site() or not site().tokens.form_holds(token(), key, site().clock()):
        said = t("This page stood open for long. Go back to the article and press once more.")
        return refused(subject, said, 403)
    comment_id, wish = asked()
    person = site().host.person() if reader.same_origin() else None
    found = voting.find(site(), key, comment_id, voter_of(site(), key, person), wish)
    if isinstance(found, NotCounted):
        return not_counted(subject, found)
    return counted(subject, comment_id, found)


def token() -> str:
    return request.form.get("token", "")


def asked() -> tuple[int, bool]:
    """Which button was pressed, and whether it says yes; an odd number is none that a comment has."""
    wish = "useful" in request.form
    text = request.form.get("useful" if wish else "undo", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return (number if number < ID_LIMIT else 0), wish


def counted(subject: Subject | None, comment_id: int, found: Counted) -> AnyResponse:
    if by_script():
        return jsonify(count=found.count, pressed=found.pressed, said=said(found))
    return cache.for_one_reader(make_response(redirect(back(subject, comment_id), code=303)))


def said(found: Counted) -> str:
    return t("Thank you. You find this useful.") if found.pressed else t("Taken back.")


def back(subject: Subject | None, comment_id: int) -> str:
    """The page on which the comment stands, made for this reader, in the order in which he read."""
    if subject is None:
        return "/"
    order = order_of(request.form.get("order", ""), site().settings.order)
    kept = {"receipt": request.form.get("receipt"), "lang": unusual()}
    more = {name: value for name, value in kept.items() if value}
    with reading(site().engine) as session:
        found = view.address(
            session, subject, comment_id, site().settings, order, marked=comment_id, **more
        )
    return found or subject.url


def not_counted(subject: Subject | None, found: NotCounted) -> Response:
    response = refused(subject, WORDS[found.why](found), STATUS[found.why])
    if found.seconds:
        response.headers["Retry-After"] = str(found.seconds)
    return response


def refused(subject: Subject | None, words: str, status: int) -> Response:
    if by_script():
        answer: Response = jsonify(said=words)
        answer.status_code = status
        return cache.for_one_reader(answer)
    html = render_template(
        "comments/message.html",
        lang=language(),
        heading=t("That was not counted"),
        said=[words],
        ways=[(subject.title, f"{subject.url}#comments")] if subject else [],
    )
    return cache.private(html, status)


def by_script() -> bool:
    accepted = request.accept_mimetypes
    return accepted.best_match(["text/html", "application/json"]) == "application/json"
