"""What the form gets for an answer: the way to the comment, the form again with what is wrong, a preview."""

from dataclasses import replace

from flask import Response, current_app, make_response, redirect, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as AnyResponse

from . import cache, forms, intake, previewing, reader, show, view
from .database import reading
from .draft import Draft, Outcome
from .facts import Mode
from .host import Person, Subject
from .intake import Accepted, Refused
from .previewing import Preview
from .site import Site
from .steering.queries import mode_of
from .texts import language, t, unusual
from .thread import AnswerView
from .wording import HEADLINES, beside_fields, reader_says, said_once

STATUS = {"nothing_here": 404, "closed": 409, "branch_locked": 409, "too_fast": 429, "slow": 429}
VISIBLE_FIELDS = frozenset({"name", "email", "url", "text"})
RETRY_SECONDS = 5


def posted(site: Site, key: str) -> AnyResponse:
    """The answer to what was sent to the discussion `key`."""
    person = site.host.person() if reader.same_origin() else None
    form = forms.form_for(site.tokens, key, site.clock(), person is not None)
    if reader.cross_site() or not form.validate():
        return asked_again(site, key, form, person)
    draft = draft_of(site, key, form, person)
    try:
        return previewed(site, form, draft) if form.preview.data else taken(site, form, draft)
    except OperationalError:
        current_app.logger.exception("a comment could not be stored")
        said = t("We could not store it just now. Try again.")
        response = form_page(site, key, form, person, 503, [said])
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response


def draft_of(site: Site, key: str, form: forms.CommentFields, person: Person | None) -> Draft:
    values = form.values()
    wishes = person is None and site.post is not None
    return Draft(
        thread_key=key,
        text=values["text"],
        created_at=site.clock(),
        name=values["name"].strip(),
        email=values["email"].strip(),
        url=values["url"].strip(),
        parent_id=form.parent_id(),
        person=person,
        origin=reader.origin(),
        language=language(),
        proved=reader.proves(site, values["email"].strip()) if person is None else False,
        tell=wishes and bool(form.tell.data),
        follow=form.followed() if wishes else "",
    )


def taken(site: Site, form: forms.CommentFields, draft: Draft) -> AnyResponse:
    result = intake.submit(site, draft)
    if isinstance(result, Accepted):
        return accepted(site, form, draft.person, result)
    return refused(site, form, result)


def accepted(
    site: Site, form: forms.CommentFields, person: Person | None, result: Accepted
) -> AnyResponse:
    """303 to the article, where a receipt shows the comment to its own author."""
    response = make_response(
        redirect(receipt_address(site, result.subject, result.comment_id), code=303)
    )
    response.headers["Cache-Control"] = "no-store"
    if person is None:
        keep_or_forget(site, response, form, result.comment_id)
    return response


def receipt_address(site: Site, subject: Subject | None, comment_id: int) -> str:
    url = subject.url if subject else "/"
    receipt = site.tokens.receipt(comment_id, site.clock())
    lang = unusual()
    spoken = f"&lang={lang}" if lang else ""
    return f"{url}?receipt={receipt}{spoken}#comment-{comment_id}"


def keep_or_forget(
    site: Site, response: Response, form: forms.CommentFields, comment_id: int
) -> None:
    if form.remember.data:
        values = form.values()
        known = replace(
            reader.remembered(site),
            name=values["name"].strip(),
            email=values["email"].strip(),
            url=values["url"].strip(),
        )
        reader.remember(site, response, known, comment_id)
    elif reader.COOKIE in request.cookies:
        reader.forget(response)


def refused(site: Site, form: forms.CommentFields, result: Refused) -> AnyResponse:
    """The form filled in, each reason beside its field, under the status of the gravest."""
    draft = result.draft
    found = draft.of(Outcome.REFUSE)
    statuses = (STATUS.get(finding.code, 422) for finding in found)
    status = next((s for s in statuses if s != 422), 422)
    errors = beside_fields(found, site.seams.wordings, VISIBLE_FIELDS)
    summary = errors.pop("", [])
    response = form_page(site, draft.thread_key, form, draft.person, status, summary, errors)
    wait = max((int(f.values.get("seconds", 0)) for f in draft.findings), default=0)
    if status == 429:
        response.headers["Retry-After"] = str(wait)
    return response


def asked_again(
    site: Site, key: str, form: forms.CommentFields, person: Person | None
) -> AnyResponse:
    """The token is too old or not ours, or another site sent this: the text is kept, one click more."""
    if site.host.subject(key) is None:
        said = reader_says("nothing_here", {}, site.seams.wordings)
        return form_page(site, key, form, person, 404, [said])
    if reader.cross_site():
        said = t("Another site sent this text here. If it is yours, send it once more.")
        return form_page(site, key, form, person, 403, [said])
    said = t("This page stood open for long. Have a look at your text and send it once more.")
    return form_page(site, key, form, person, 422, [said])


def previewed(site: Site, form: forms.CommentFields, draft: Draft) -> AnyResponse:
    """The comment as it would appear and what the row would say; nothing of it is stored."""
    found = previewing.preview(site, draft)
    if found is None:
        return asked_again(site, draft.thread_key, form, draft.person)
    hints = said_once(found.draft.findings, site.seams.wordings)
    return form_page(
        site, draft.thread_key, form, draft.person, 200, preview=replace(found, hints=hints)
    )


def form_page(
    site: Site,
    key: str,
    form: forms.CommentFields,
    person: Person | None,
    status: int,
    summary: list[str] | None = None,
    errors: dict[str, list[str]] | None = None,
    preview: Preview | None = None,
) -> Response:
    subject = site.host.subject(key) or Subject(key, t("This article is not here"), "/")
    mode = Mode() if status == 503 else held(site, key)
    answer = answered(site, subject, form)
    shown = show.form_view(site, subject, form, form.given(), person, answer, mode)
    html = render_template(
        "comments/form_page.html",
        d=None,
        subject=subject,
        status=HEADLINES[status](),
        form=replace(shown, summary=summary or [], errors=errors or {}),
        preview=preview,
        privacy_url=site.privacy_url,
        notice=show.notice(site),
        guideline=site.seams.guideline(),
    )
    return cache.private(html, status)


def held(site: Site, key: str) -> Mode:
    with reading(site.engine) as session:
        return mode_of(session, key)


def answered(site: Site, subject: Subject, form: forms.CommentFields) -> AnswerView | None:
    parent = form.parent_id()
    if not parent:
        return None
    with reading(site.engine) as session:
        return view.answer_view(session, subject, parent)
