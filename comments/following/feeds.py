"""The feed of the replies to one reader, at an address that only he knows; no cache for many may keep it."""

from flask import Response, abort, request, url_for

from .. import atom, reader
from ..atom import Feed
from ..cache import kept_secret
from ..database import reading
from ..feeds import CONTENT_TYPE, ENTRIES, entries
from ..proof.queries import mailbox_of_feed
from ..routes import site
from ..show import subject_once
from ..texts import language, t
from . import queries


def of_replies(feed_key: str) -> Response:
    response = Response(atom.written(replies(feed_key)), content_type=CONTENT_TYPE)
    kept_secret(response).headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def replies(feed_key: str) -> Feed:
    """Of subjects that readers may see; each is asked for once."""
    with reading(site().engine) as session:
        box = mailbox_of_feed(session, feed_key)
        if box is None:
            abort(404)
        rows = queries.replies_to(session, box.email_hash, ENTRIES)
    root = reader.root(site())
    found = {row.key: subject_once(site(), row.key) for row in rows}
    return Feed(
        id=f"{root}/me/feed#{site().keys.digest('feed', feed_key)}",
        title=t("Replies to you"),
        url=f"{root}{url_for('comments_following.replies_feed', feed_key=feed_key)}",
        page_url=f"{root}/",
        language=language(),
        entries=entries(rows, {key: one for key, one in found.items() if one}, root),
    )
