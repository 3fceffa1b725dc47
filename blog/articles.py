"""An article with its discussion, and the way to each comment in it."""

from flask import Blueprint, abort, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from . import queries, view
from .addresses import discussion_feed_url
from .cards import ArticleView, Head
from .discussion import Placed
from .host import subject_of
from .models import Article, db
from .site import site
from .states import State

blueprint = Blueprint("articles", __name__)


@blueprint.get("/<slug:slug>/", defaults={"page": 1})
@blueprint.get("/<slug:slug>/comments/page/<number:page>/")
@blueprint.get("/<slug:slug>/comments/<number:branch>/replies/")
def article(slug: str, page: int = 1, branch: int | None = None) -> Response:
    """All three are one page; the plug-in looks at the address for the part of the discussion."""
    comments = site().comments
    found = queries.standing(db.session, comments.site.versions, slug)
    if found is None or found.state in (State.DRAFT, State.SUBMITTED):
        abort(404)
    if found.state is State.WITHDRAWN:
        abort(410)
    return comments.page(slug, str(found.version), lambda: html_of(found.id))


def html_of(article_id: int) -> str:
    found = queries.article(db.session, article_id) or abort(404)
    comments = site().comments
    placed = comments.placed(found.slug, subject_of(found, site().settings.close_days))
    article = view.article_view(
        found,
        comments.counts([found.slug])[found.slug],
        site().rights.names().get(found.unit_key, ""),
        site().settings,
        comments.picture,
    )
    return render_template(
        "blog/article.html",
        article=article,
        discussion=placed.html,
        head=head(found, article, placed),
        preview=False,
    )


def head(found: Article, article: ArticleView, placed: Placed) -> Head:
    """Each page of the discussion is to be found by itself: it holds what no other page does."""
    return Head(
        title=" · ".join(filter(None, (article.title, placed.heading))),
        path=placed.path,
        description=article.summary,
        kind="article",
        prev_path=placed.prev_path,
        next_path=placed.next_path,
        published_at=article.published_at,
        modified_at=article.updated_at,
        author=article.author.name if article.author else "",
        feed=(
            _("Comments on %(title)s", title=article.title),
            discussion_feed_url(found.slug),
        ),
    )


@blueprint.get("/<slug:slug>/comments/<number:comment_id>")
def comment(slug: str, comment_id: int) -> Response:
    return redirect(site().comments.locate(slug, comment_id) or abort(404))
