"""The plug-in's own addresses: where the form posts, and the page on how comment data is processed."""

from dataclasses import replace

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
)
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as AnyResponse

from . import cache, forms, intake, privacy, reader, show, view
from .database import reading
from .draft import Draft, Outcome
from .host import Person, Subject
from .intake import Accepted, Refused
from .site import Site
from .texts import beside, language, t, unusual
from .thread import AnswerView
from .wording import HEADLINES, reader_says

BODY_LIMIT = 256 * 1024
STATUS = {"nothing_here": 404, "closed": 409, "too_fast": 429}

VISIBLE_FIELDS = frozenset({"name", "email", "url", "text"})

blueprint = Blueprint(
    "comments",
    __name__,
    template_folder=str(beside(__file__, "templates", "")),
    static_folder="static",
    static_url_path="/comments/static",
)


def site() -> Site:
    found: Site = current_app.extensions["comments"].site
    return found


@blueprint.context_processor
def words_of_pages() -> dict[str, str]:
    return {"lang": language()}


@blueprint.post("/comments/<key>")
def post_comment(key: str) -> AnyResponse:
    request.max_content_length = BODY_LIMIT
    person = site().host.person() if reader.same_origin() else None
    form = forms.form_for(site().tokens, key, site().clock(), person is not None)
    if reader.cross_site() or not form.validate():
        return asked_again(key, form, person)
    try:
        result = intake.submit(site(), draft_of(key, form, person))
    except OperationalError:
        current_app.logger.exception("a comment could not be stored")
        return form_page(key, form, person, 503, [t("We could not store it just now. Try again.")])
    return (
        accepted(form, person, result)
        if isinstance(result, Accepted)
        else refused(key, form, person, result)
    )


@blueprint.get("/comments/<key>")
def back_to_form(key: str) -> AnyResponse:
    """Whoever reloads the form's page by its address comes back to the article."""
    subject = site().host.subject(key)
    if subject is None:
        abort(404)
    return redirect(f"{subject.url}#respond")


@blueprint.get("/privacy")
def privacy_page() -> str:
    return render_template(
        "comments/privacy.html",
        rows=privacy.rows(site()),
        spam_check=site().seams.spam_check(),
        contact=site().contact,
    )


def draft_of(key: str, form: forms.CommentFields, person: Person | None) -> Draft:
    values = form.values()
    return Draft(
        thread_key=key,
        text=values["text"],
        created_at=site().clock(),
        name=values["name"].strip(),
        email=values["email"].strip(),
        url=values["url"].strip(),
        parent_id=form.parent_id(),
        person=person,
        origin=reader.origin(),
        language=language(),
    )


def accepted(form: forms.CommentFields, person: Person | None, result: Accepted) -> AnyResponse:
    """303 to the article, where a receipt shows the comment to its own author."""
    url = result.subject.url if result.subject else "/"
    receipt = site().tokens.receipt(result.comment_id, site().clock())
    lang = unusual()
    spoken = f"&lang={lang}" if lang else ""
    response = make_response(
        redirect(f"{url}?receipt={receipt}{spoken}#comment-{result.comment_id}", code=303)
    )
    response.headers["Cache-Control"] = "no-store"
    if person is None:
        keep_or_forget(response, form, result.comment_id)
    return response


def keep_or_forget(response: Response, form: forms.CommentFields, comment_id: int) -> None:
    if form.remember.data:
        values = form.values()
        known = replace(
            reader.remembered(site()),
            name=values["name"].strip(),
            email=values["email"].strip(),
            url=values["url"].strip(),
        )
        reader.remember(site(), response, known, comment_id)
    elif reader.COOKIE in request.cookies:
        reader.forget(response)


def refused(
    key: str, form: forms.CommentFields, person: Person | None, result: Refused
) -> AnyResponse:
    """The form filled in, each reason beside its field, under the status of the gravest."""
    errors: dict[str, list[str]] = {}
    statuses = [422]
    for finding in result.draft.of(Outcome.REFUSE):
        said = reader_says(finding.code, finding.values, site().seams.wordings)
        field = finding.field if finding.field in VISIBLE_FIELDS else ""
        errors.setdefault(field, []).append(said)
        statuses.append(STATUS.get(finding.code, 422))
    status = next((s for s in statuses if s != 422), 422)
    response = form_page(key, form, person, status, errors.pop("", []), errors)
    wait = max((int(f.values.get("seconds", 0)) for f in result.draft.findings), default=0)
    if status == 429:
        response.headers["Retry-After"] = str(wait)
    return response


def asked_again(key: str, form: forms.CommentFields, person: Person | None) -> AnyResponse:
    """The token is too old or not ours, or another site sent this: the text is kept, one click more."""
    if site().host.subject(key) is None:
        said = reader_says("nothing_here", {}, site().seams.wordings)
        return form_page(key, form, person, 404, [said])
    if reader.cross_site():
        said = t("Another site sent this text here. If it is yours, send it once more.")
        return form_page(key, form, person, 403, [said])
    said = t("This page stood open for long. Have a look at your text and send it once more.")
    return form_page(key, form, person, 422, [said])


def form_page(
    key: str,
    form: forms.CommentFields,
    person: Person | None,
    status: int,
    summary: list[str],
    errors: dict[str, list[str]] | None = None,
) -> Response:
    subject = site().host.subject(key) or Subject(key, t("This article is not here"), "/")
    shown = show.form_view(
        site(),
        subject,
        form,
        form.values(),
        person,
        answered(subject, form),
        bool(form.remember.data),
    )
    html = render_template(
        "comments/form_page.html",
        subject=subject,
        status=HEADLINES[status](),
        form=replace(shown, summary=summary, errors=errors or {}),
        privacy_url=site().privacy_url,
        notice=show.notice(site()),
        guideline=site().seams.guideline(),
    )
    return cache.private(html, status)


def answered(subject: Subject, form: forms.CommentFields) -> AnswerView | None:
    parent = form.parent_id()
    if not parent:
        return None
    with reading(site().engine) as session:
        return view.answer_view(session, subject, parent)
