"""Shows a discussion: its HTML for a template, and the whole page from the cache or made for one reader."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, abort, after_this_request, g, render_template, request, url_for
from markupsafe import Markup

from . import cache, forms, reader, view
from .database import reading
from .host import Person, Subject
from .reader import Remembered
from .site import Site
from .texts import language, unusual
from .thread import AnswerView, Discussion, FormView
from .view import NoSuchPage, Part, Wanted


def discussion_html(site: Site, key: str, given: Subject | None = None) -> Markup:
    """The discussion under one subject with its form, as the request asks for it; 404 for no such page."""
    subject = subject_once(site, key, given)
    if subject is None:
        abort(404)
    if reader.wants_private_page():
        after_this_request(cache.for_one_reader)
    found = discussion(site, subject)
    html = render_template("comments/discussion.html", d=found, lang=language())
    return Markup(html)  # noqa: S704 - a template escaped it


def subject_once(site: Site, key: str, given: Subject | None = None) -> Subject | None:
    """The host is asked once in a request, or not at all, for what a page asks for several times."""
    known: dict[str, Subject | None] = g.setdefault("ww_subjects", {})
    if key not in known:
        known[key] = given or site.host.subject(key)
    return known[key]


def discussion(site: Site, subject: Subject) -> Discussion:
    with reading(site.engine) as session:
        try:
            part = view.part(session, subject, wanted(site), site.settings, site.clock())
        except NoSuchPage:
            abort(404)
        parent = asked_parent()
        answer = view.answer_view(session, subject, parent) if parent else None
    return assembled(site, subject, part, answer)


def wanted(site: Site) -> Wanted:
    """Page and branch are in the address; further pages of a branch in its query."""
    given = request.view_args or {}
    branch = given.get("branch")
    page = number(request.args.get("page", "1")) if branch is not None else given.get("page", 1)
    if not reader.wants_private_page():
        return Wanted(page, branch)
    just = reader.receipt(site)
    own = reader.remembered(site).comments
    return Wanted(page, branch, (just, *own) if just else own, just)


def asked_parent() -> int | None:
    return number(request.args["reply"]) or None if "reply" in request.args else None


def number(text: str) -> int:
    """A number from an address; 404 where it is none."""
    plain = text.isascii() and text.isdigit() and len(text) < 20
    if not plain or not 0 < int(text) < forms.NUMBER_LIMIT:
        abort(404)
    return int(text)


def assembled(site: Site, subject: Subject, part: Part, answer: AnswerView | None) -> Discussion:
    why_closed = closed(site, subject)
    return Discussion(
        key=subject.key,
        title=subject.title,
        url=subject.url,
        count=part.count,
        nodes=part.nodes,
        pings=part.pings,
        page=part.page,
        pages=part.pages,
        prev_url=part.prev_url,
        next_url=part.next_url,
        branch=part.branch,
        closed=why_closed,
        form=None if why_closed else empty_form(site, subject, answer),
        guideline=site.seams.guideline(),
        notice=notice(site),
        privacy_url=site.privacy_url,
        feed_url=feed_url(subject),
        mine=part.mine,
    )


def feed_url(subject: Subject) -> str:
    """The host's own address for the feed of a discussion, or the plug-in's."""
    return subject.feed_url or url_for("comments.discussion_feed", key=subject.key)


def closed(site: Site, subject: Subject) -> str | None:
    if subject.open_at(site.clock()):
        return None
    return "expired" if subject.open else "closed"


def notice(site: Site) -> list[str]:
    """What a reader is told about his data, beside the link to the whole of it."""
    return [site.seams.spam_check()]


def empty_form(site: Site, subject: Subject, answer: AnswerView | None) -> FormView:
    """The form as it waits for a reader; filled with what his browser was asked to keep."""
    private = reader.wants_private_page()
    person = site.host.person() if private else None
    known = reader.remembered(site) if private else Remembered()
    form = forms.form_for(site.tokens, subject.key, site.clock(), person is not None)
    values = {"name": known.name, "email": known.email, "url": known.url, "text": ""}
    return form_view(site, subject, form, values, person, answer, bool(known.name))


def form_view(
    site: Site,
    subject: Subject,
    form: forms.CommentFields,
    values: dict[str, str],
    person: Person | None,
    answer: AnswerView | None,
    remember: bool,
) -> FormView:
    return FormView(
        action_url=url_for("comments.post_comment", key=subject.key, lang=unusual()),
        token_field=forms.token_field(form),
        values=values,
        text_limit=site.settings.text_limit,
        parent=answer,
        person=person,
        remember=remember,
    )


def page(site: Site, key: str, stamp: str, make: Callable[[], str]) -> Response:
    """A page that holds a discussion: public bytes from the cache, or made for one reader.

    `stamp` is whatever else the page was made from; a new one makes the page anew.
    """
    if reader.wants_private_page():
        return cache.private(make())
    now = site.clock()
    name = f"{request.path}\0{wanted(site).page}\0{language()}"
    made_from = (site.versions.of(key), stamp)
    entry = site.pages.page(name, made_from, now, lambda: (make(), until(site, key, now)))
    return cache.public(entry)


def until(site: Site, key: str, now: datetime) -> datetime:
    """When a page made now is no longer true: its form's token is of this hour, and it may close."""
    hour = cache.next_hour(now)
    subject = subject_once(site, key)
    closing = subject.open_until if subject else None
    return min(hour, closing) if closing and closing > now else hour
