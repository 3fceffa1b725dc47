"""The feeds of comments: the newest of the whole site, and those of one discussion.

Who has other entries (an article, the replies to one reader) makes a `Feed` of them and hands it to
`answer`. Nothing that waits, no placeholder and no e-mail address ever comes in here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from flask import Response, abort, url_for

from . import atom, cache, newest, reader
from .atom import Answers, Entry, Feed
from .database import reading
from .host import Subject
from .reading.addresses import Ways
from .routes import blueprint, site
from .show import feed_url, subject_once
from .site import Site
from .texts import language, t
from .wording import named
from .writing.absolute import absolute

ENTRIES = 50
CONTENT_TYPE = f"{atom.MEDIA_TYPE}; charset=utf-8"


@blueprint.get("/comments.atom")
def newest_comments() -> Response:
    with reading(site().engine) as session:
        marks = newest.marks(session, ENTRIES)
    return answer(site(), "newest", str(marks), feed_of_all)


@blueprint.get("/comments/<key>.atom")
def discussion_feed(key: str) -> Response:
    return of_discussion(site(), key)


def of_discussion(site: Site, key: str) -> Response:
    """The feed of one discussion, for a host that has an address of its own for it; 404 without a subject."""
    subject = subject_once(site, key) or abort(404)
    mark = f"{site.versions.of(key)} {subject.title} {subject.url}"
    return answer(site, f"discussion {key}", mark, lambda: feed_of_one(site, subject))


def answer(site: Site, name: str, mark: str, make: Callable[[], Feed]) -> Response:
    """A feed as bytes, kept as long as `mark` is the same; in each language, for each address of the site."""
    now = site.clock()
    entry = site.pages.page(
        f"feed {name}\0{language()}\0{reader.root(site)}",
        (0, mark),
        now,
        lambda: (atom.written(make()), cache.next_hour(now)),
    )
    return cache.public(entry, CONTENT_TYPE, "Accept-Encoding")


def feed_of_all() -> Feed:
    """Of subjects that readers may see: the host is asked for each of those once."""
    root = reader.root(site())
    with reading(site().engine) as session:
        rows = newest.newest(session, ENTRIES)
    found = {row.key: subject_once(site(), row.key) for row in rows}
    subjects = {key: subject for key, subject in found.items() if subject}
    return Feed(
        id=f"{root}/comments.atom",
        title=t("Newest comments on %(site)s", site=urlsplit(root).netloc),
        url=f"{root}{url_for('comments.newest_comments')}",
        page_url=f"{root}/",
        language=language(),
        entries=entries(rows, subjects, root),
    )


def feed_of_one(site: Site, subject: Subject) -> Feed:
    root = reader.root(site)
    with reading(site.engine) as session:
        rows = newest.newest(session, ENTRIES, subject.key)
    return Feed(
        id=f"{root}{subject.url}#comments",
        title=t("Comments on %(title)s", title=subject.title),
        url=f"{root}{feed_url(subject)}",
        page_url=f"{root}{subject.url}",
        language=language(),
        entries=entries(rows, {subject.key: subject}, root),
    )


def entries(
    rows: Iterable[newest.Newest], subjects: Mapping[str, Subject], root: str
) -> list[Entry]:
    return [entry_of(row, subjects[row.key], root) for row in rows if row.key in subjects]


def entry_of(row: newest.Newest, subject: Subject, root: str) -> Entry:
    url = f"{root}{Ways(subject.url).permalink(row.id)}"
    return Entry(
        id=name_of(root, row.created_at, row.id),
        title=t("%(name)s on %(title)s", name=named(row.author_name), title=subject.title),
        url=url,
        published=row.created_at,
        updated=row.edited_at or row.created_at,
        author=named(row.author_name),
        author_url=row.author_url,
        html=absolute(row.html, url),
        language=row.language,
        answers=answered(row, subject, root),
    )


def answered(row: newest.Newest, subject: Subject, root: str) -> Answers | None:
    """The comment that this one answers, where readers may see it."""
    if row.parent_id is None or row.parent_created_at is None:
        return None
    name = name_of(root, row.parent_created_at, row.parent_id)
    return Answers(name, f"{root}{Ways(subject.url).permalink(row.parent_id)}")


def name_of(root: str, created_at: datetime, comment_id: int) -> str:
    return atom.tag_uri(root, created_at.date(), f"comment-{comment_id}")
