"""Shows a discussion: its HTML for a template, and the whole page from the cache or made for one reader."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask import (
    Response,
    abort,
    after_this_request,
    g,
    has_request_context,
    render_template,
    request,
    url_for,
)
from markupsafe import Markup

from . import cache, forms, reader, receipts, view
from .database import reading
from .facts import Mode
from .host import Person, Subject
from .reader import Remembered
from .reading.addresses import Ways
from .reading.order import Order, order_of
from .site import Site
from .steering.wording import rules
from .texts import default_language, language, t, unusual
from .thread import ActsView, AnswerView, Discussion, FormView, Given, Jump, Placed
from .useful.voter import voter
from .view import NoSuchPage, Part, Wanted

FROM_TWO_ON = 2
"""As many comments can be put in another order."""


def placed(site: Site, key: str, given: Subject | None = None) -> Placed:
    """The discussion under one subject with its form, as the request asks for it; 404 for no such page."""
    subject = subject_once(site, key, given)
    if subject is None:
        abort(404)
    if reader.wants_private_page():
        after_this_request(cache.for_one_reader)
    found = discussion(site, subject)
    html = render_template("comments/discussion.html", d=found, lang=language())
    return Placed(
        html=Markup(html),  # noqa: S704 - a template escaped it
        path=path_of(subject, found, found.page),
        heading=heading(found),
        prev_path=path_of(subject, found, found.page - 1) if found.page > 1 else None,
        next_path=path_of(subject, found, found.page + 1) if found.page < found.pages else None,
    )


def path_of(subject: Subject, found: Discussion, page: int) -> str:
    """The page of this discussion or branch as it is listed: in the usual order, set for nothing."""
    ways = Ways(subject.url)
    return ways.branch(found.branch.root_id, page) if found.branch else ways.page(page)


def heading(found: Discussion) -> str:
    words = []
    if found.branch and found.branch.name:
        words.append(t("The conversation under %(name)s’s comment", name=found.branch.name))
    elif found.branch:
        words.append(t("The conversation under a comment that was removed"))
    if found.page > 1:
        words.append(t("Page %(page)s of %(pages)s", page=found.page, pages=found.pages))
    return " · ".join(words)


def subject_once(site: Site, key: str, given: Subject | None = None) -> Subject | None:
    """The host is asked once in a request, or not at all, for what a page asks for several times."""
    known: dict[str, Subject | None] = g.setdefault("ww_subjects", {})
    if key not in known:
        known[key] = given or site.host.subject(key)
    return known[key]


def discussion(site: Site, subject: Subject) -> Discussion:
    with reading(site.engine) as session:
        try:
            asked = wanted(site, subject.key)
            part = view.part(session, subject, asked, site.settings, site.clock())
        except NoSuchPage:
            abort(404)
        parent = asked_parent()
        answer = view.answer_view(session, subject, parent) if parent else None
        private = reader.wants_private_page()
        own = receipts.of_page(session, site, subject, part, asked) if private else {}
    return replace(assembled(site, subject, part, answer), own=own)


def wanted(site: Site, key: str) -> Wanted:
    """Page and branch are in the address; order and further pages of a branch in its query."""
    given = request.view_args or {}
    branch = given.get("branch")
    page = number(request.args.get("page", "1")) if branch is not None else given.get("page", 1)
    if not reader.wants_private_page():
        return Wanted(page, branch, order=order(site))
    just = reader.receipt(site)
    own = reader.remembered(site).comments
    return Wanted(
        page,
        branch,
        (just, *own) if just else own,
        just,
        order(site),
        voter(site, key, site.host.person()),
    )


def order(site: Site) -> Order:
    """The order of the discussion that the address asks for; outside a request nobody asks."""
    asked = request.args.get("order", "") if has_request_context() else ""
    return order_of(asked, site.settings.order)


def asked_parent() -> int | None:
    return number(request.args["reply"]) or None if "reply" in request.args else None


def number(text: str) -> int:
    """A number from an address; 404 where it is none."""
    plain = text.isascii() and text.isdigit() and len(text) < 20
    if not plain or not 0 < int(text) < forms.NUMBER_LIMIT:
        abort(404)
    return int(text)


def assembled(site: Site, subject: Subject, part: Part, answer: AnswerView | None) -> Discussion:
    why_closed = closed(site, subject, part.mode.closed)
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
        form=None if why_closed else empty_form(site, subject, answer, part.mode),
        guideline=site.seams.guideline(),
        notice=notice(site),
        privacy_url=site.privacy_url,
        feed_url=feed_url(subject),
        language=subject.language or default_language(),
        mine=part.mine,
        manage_url=manage_url(site, subject),
        order="" if part.branch else order(site).value,
        orders=() if part.branch or part.count < FROM_TWO_ON else orders(site, subject),
        featured=part.featured,
        acts=acts(site, subject) if part.count else None,
        follow=None if why_closed else follow(site, subject),
        count_url=url_for("comments_reading.count", key=subject.key),
        news_url=f"{Ways.of(subject.url, Order.NEWEST, site.settings.order).page(1)}#comments",
        spoken_at=part.spoken_at,
    )


def orders(site: Site, subject: Subject) -> tuple[Jump, ...]:
    """Every order from its first page on."""
    usual, chosen = site.settings.order, order(site)
    return tuple(
        Jump(one.value, f"{Ways.of(subject.url, one, usual).page(1)}#comments", one is chosen)
        for one in Order
    )


def acts(site: Site, subject: Subject) -> ActsView:
    """What goes along with a button: where the reader is, and the receipt that he came with."""
    chosen = order(site)
    kept = {
        "order": "" if chosen == site.settings.order else chosen.value,
        "receipt": request.args.get("receipt", ""),
    }
    return ActsView(
        action_url=url_for("comments_useful.find_useful", key=subject.key, lang=unusual()),
        token_field=forms.token_input("token", site.tokens.form(subject.key, site.clock())),
        fields={name: value for name, value in kept.items() if value},
    )


def manage_url(site: Site, subject: Subject) -> str:
    """Where one of us holds this discussion, if it is his to hold; never on a page that all read."""
    person = site.host.person() if reader.wants_private_page() else None
    return site.seams.manage(person, subject) if person else ""


def follow(site: Site, subject: Subject) -> ActsView | None:
    """The small form that asks for letters; without mail there is none."""
    if site.post is None:
        return None
    return ActsView(
        action_url=url_for("comments_following.follow", key=subject.key, lang=unusual()),
        token_field=forms.token_input("token", site.tokens.form(subject.key, site.clock())),
        fields={},
    )


def feed_url(subject: Subject) -> str:
    """The host's own address for the feed of a discussion, or the plug-in's."""
    return subject.feed_url or url_for("comments.discussion_feed", key=subject.key)


def closed(site: Site, subject: Subject, by_hand: bool) -> str | None:
    """Why there is no form: by whoever holds the discussion (`by_hand`) or by the host; None if it is open."""
    if by_hand:
        return "closed"
    if subject.open_at(site.clock()):
        return None
    return "expired" if subject.open else "closed"


def notice(site: Site) -> list[str]:
    """What a reader is told about his data, beside the link to the whole of it."""
    return [site.seams.spam_check()]


def empty_form(site: Site, subject: Subject, answer: AnswerView | None, mode: Mode) -> FormView:
    """The form as it waits for a reader; filled with what his browser was asked to keep."""
    private = reader.wants_private_page()
    person = site.host.person() if private else None
    known = reader.remembered(site) if private else Remembered()
    form = forms.form_for(site.tokens, subject.key, site.clock(), person is not None)
    given = Given(known.name, known.email, known.url, remember=bool(known.name))
    return form_view(site, subject, form, given, person, answer, mode)


def form_view(
    site: Site,
    subject: Subject,
    form: forms.CommentFields,
    given: Given,
    person: Person | None,
    answer: AnswerView | None,
    mode: Mode,
) -> FormView:
    told = site.seams.beforehand()
    return FormView(
        action_url=url_for("comments.post_comment", key=subject.key, lang=unusual()),
        token_field=forms.token_field(form),
        given=given,
        text_limit=site.settings.text_limit,
        parent=answer,
        person=person,
        wishes=person is None and site.post is not None,
        waits="" if person or mode.premoderated else told.waits,
        links=0 if person else told.links,
        links_wait=told.links_wait,
        rules=rules(mode, subject.open_until),
    )


def page(site: Site, key: str, stamp: str, make: Callable[[], str]) -> Response:
    """A page that holds a discussion: public bytes from the cache, or made for one reader.

    `stamp` is whatever else the page was made from; a new one makes the page anew.
    """
    if reader.wants_private_page():
        return cache.private(make())
    now = site.clock()
    asked = wanted(site, key)
    name = f"{request.path}\0{asked.page}\0{asked.order}\0{language()}"
    made_from = (site.versions.of(key), stamp)
    entry = site.pages.page(name, made_from, now, lambda: (make(), until(site, key, now)))
    return cache.public(entry)


def until(site: Site, key: str, now: datetime) -> datetime:
    """When a page made now is no longer true: its form's token is of this hour, and it may close."""
    hour = cache.next_hour(now)
    subject = subject_once(site, key)
    closing = subject.open_until if subject else None
    return min(hour, closing) if closing and closing > now else hour
