"""The plug-in's own addresses: where the form posts, and what they say to a request that is too large."""

from flask import Blueprint, abort, current_app, redirect, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from . import cache, posting
from .site import Site
from .texts import beside, language, t

BODY_LIMIT = 256 * 1024

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


@blueprint.before_app_request
def no_zero_in_a_name() -> None:
    """Nothing that is asked for has one in its name, and PostgreSQL would not even look for it."""
    if "\0" not in request.path:
        return
    names = {**(request.view_args or {}), "token": ""}  # a token is read, not looked for
    if any("\0" in str(name) for name in names.values()):
        abort(404)


@blueprint.context_processor
def words_of_pages() -> dict[str, str]:
    return {"lang": language()}


@blueprint.post("/comments/<key>")
def post_comment(key: str) -> AnyResponse:
    request.max_content_length = BODY_LIMIT
    return posting.posted(site(), key)


@blueprint.get("/comments/<key>")
def back_to_form(key: str) -> AnyResponse:
    """Whoever reloads the form's page by its address comes back to the article."""
    subject = site().host.subject(key)
    if subject is None:
        abort(404)
    return redirect(f"{subject.url}#respond")


@blueprint.errorhandler(RequestEntityTooLarge)
def too_much(error: RequestEntityTooLarge) -> AnyResponse:
    """Also on a host that has no page of its own for it; what was sent is not read at all."""
    html = render_template(
        "comments/message.html",
        heading=t("That is too much at once"),
        said=[
            t(
                "What you sent is larger than a comment can be. Your text is still in your browser: "
                "go back, and make it shorter."
            )
        ],
    )
    return cache.private(html, 413)
