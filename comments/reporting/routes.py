"""The addresses at which a comment is reported: the form, what it sends, and the word of thanks."""

from dataclasses import dataclass, replace

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from markupsafe import Markup
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as AnyResponse

from .. import cache, reader
from ..database import reading, writing
from ..facts import Facts
from ..forms import token_field
from ..host import Person, Subject
from ..keys import address_key
from ..mailing.brake import Letters, one_too_many
from ..models import Comment
from ..network import household
from ..routes import site
from ..texts import language, t, unusual
from ..wording import WRONGS, beside_fields
from . import actions, queries
from .actions import Taken
from .draft import WHY_LIMIT, Notice, judged
from .forms import ReportFields, form_for
from .wording import FAULTS

BODY_LIMIT = 64 * 1024
AT_MOST = "5/hour"
"""Reports from one household."""
LETTERS = Letters("report letters", to_address="3/day", from_household="10/day")
FIELDS = frozenset({"wrong", "why", "good_faith", "name", "email"})

blueprint = Blueprint("comments_reporting", __name__)


@dataclass(frozen=True)
class Asked:
    """A comment that somebody wants to report, and who, where he is one of us."""

    subject: Subject
    comment: Comment
    person: Person | None
    form: ReportFields


@blueprint.get("/comments/<key>/<int:comment_id>/report")
def report_form(key: str, comment_id: int) -> AnyResponse:
    signed_in = site().host.person() if reader.wants_private_page() else None
    return report_page(asked_for(key, comment_id, signed_in), 200)


@blueprint.post("/comments/<key>/<int:comment_id>/report")
def report(key: str, comment_id: int) -> AnyResponse:
    request.max_content_length = BODY_LIMIT
    asked = asked_for(key, comment_id, site().host.person() if reader.same_origin() else None)
    if reader.cross_site():
        said = t("Another site sent this here. If it comes from you, send it once more.")
        return report_page(asked, 403, summary=[said])
    if not asked.form.validate():
        said = t("This page stood open for long. Look at it, and send it once more.")
        return report_page(asked, 422, summary=[said])
    return looked_at(asked)


@blueprint.get("/comments/<key>/<int:comment_id>/reported")
def reported(key: str, comment_id: int) -> AnyResponse:
    """The same for everybody who asks: it holds nothing of a report."""
    subject = site().host.subject(key) or abort(404)
    return page(
        "comments/reported.html",
        200,
        subject=subject,
        again="again" in request.args,
        letter="letter" in request.args,
        spared="spared" in request.args,
    )


def asked_for(key: str, comment_id: int, person: Person | None) -> Asked:
    """404 where no reader can see such a comment."""
    subject = site().host.subject(key) or abort(404)
    with reading(site().engine) as session:
        comment = queries.reportable(session, key, comment_id) or abort(404)
    form = form_for(site().tokens, key, site().clock(), person is not None)
    return Asked(subject, comment, person, form)


def looked_at(asked: Asked) -> AnyResponse:
    notice, found = judged(typed(asked), Facts(site().clock(), site().settings, asked.subject))
    if found.findings:
        return report_page(asked, 422, errors=beside_fields(found.findings, FAULTS, FIELDS))
    wait = braked(asked)
    if wait is not None:
        said = t("That is a lot of reports at once. Wait a while, then send this one.")
        answer = report_page(asked, 429, summary=[said])
        answer.headers["Retry-After"] = str(wait)
        return answer
    return taken(asked, notice)


def typed(asked: Asked) -> Notice:
    """One of us signs with his name, and needs no letter; where there is no mail, none is promised."""
    notice = asked.form.notice()
    if asked.person is not None:
        return Notice(notice.wrong, notice.why, notice.good_faith, asked.person.name)
    email = notice.email if site().post else ""
    return Notice(notice.wrong, notice.why, notice.good_faith, notice.name, email)


def reporter(asked: Asked, notice: Notice) -> str:
    """A keyed hash: of who signed in, or of the address that was given; a household is many readers."""
    if asked.person is not None:
        return site().keys.digest("reporter", f"person {asked.person.key}")
    return site().keys.digest("reporter", address_key(notice.email))


def braked(asked: Asked) -> int | None:
    """Seconds to wait."""
    if asked.person is not None:
        return None
    whole = site().keys.digest("brake", household(reader.origin().address))
    return site().brakes.wait("report", whole, AT_MOST)


def taken(asked: Asked, given: Notice) -> AnyResponse:
    own, now, who = site(), site().clock(), reporter(asked, given)
    notice = sparing(given)
    try:
        with writing(own.engine) as session:
            done = actions.take(session, asked.comment.id, notice, who, own.keys, language(), now)
    except OperationalError:
        current_app.logger.exception("a report could not be stored")
        return report_page(asked, 503, summary=[t("We could not store it just now. Try again.")])
    if done is Taken.GONE:
        abort(404)
    if notice.email and done is Taken.OPENED:
        own.waker.wake()
    spared = given.email != notice.email
    return redirect(thanks(asked, done, notice, spared), code=303)


def sparing(notice: Notice) -> Notice:
    """Nobody's letter box is filled by others: after so many letters the report comes without address."""
    email, address = notice.email, reader.origin().address
    too_many = bool(email) and one_too_many(site(), LETTERS, email, address)
    return replace(notice, email="") if too_many else notice


def thanks(asked: Asked, done: Taken, notice: Notice, spared: bool) -> str:
    again = done is Taken.AGAIN
    return url_for(
        "comments_reporting.reported",
        key=asked.subject.key,
        comment_id=asked.comment.id,
        again=1 if again else None,
        letter=1 if notice.email and not again else None,
        spared=1 if spared and not again else None,
        lang=unusual(),
    )


def report_page(
    asked: Asked,
    status: int,
    summary: list[str] | None = None,
    errors: dict[str, list[str]] | None = None,
) -> Response:
    return page(
        "comments/report.html",
        status,
        subject=asked.subject,
        comment=asked.comment,
        said=Markup(asked.comment.html),  # noqa: S704 - sanitised when it was saved
        person=asked.person,
        notice=asked.form.notice(),
        kinds=[(wrong, say()) for wrong, say in WRONGS.items()],
        token=token_field(asked.form),
        action_url=url_for(
            "comments_reporting.report",
            key=asked.subject.key,
            comment_id=asked.comment.id,
            lang=unusual(),
        ),
        why_limit=WHY_LIMIT,
        mails=site().post is not None and asked.person is None,
        privacy_url=site().privacy_url,
        summary=summary or [],
        errors=errors or {},
    )


def page(template: str, status: int, **values: object) -> Response:
    return cache.private(render_template(template, lang=language(), **values), status)
