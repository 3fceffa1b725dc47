"""An article with its discussion, and the way to each comment in it."""

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from . import queries, view
from .host import subject_of
from .models import db
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
    return render_template(
        "blog/article.html",
        article=view.article_view(
            found,
            comments.counts([found.slug])[found.slug],
            site().rights.names().get(found.unit_key, ""),
            site().settings,
            comments.picture,
        ),
        discussion=comments.render(found.slug, subject_of(found)),
        preview=False,
    )


@blueprint.get("/<slug:slug>/comments/<number:comment_id>")
def comment(slug: str, comment_id: int) -> Response:
    return redirect(site().comments.locate(slug, comment_id) or abort(404))
