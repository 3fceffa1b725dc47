"""The addresses at which an author changes or withdraws his own comment; GET shows, POST does."""

from flask import Blueprint, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from ..routes import BODY_LIMIT, site, too_much, words_of_pages
from . import answers

blueprint = Blueprint("comments_editing", __name__)
blueprint.context_processor(words_of_pages)
blueprint.register_error_handler(RequestEntityTooLarge, too_much)


@blueprint.get("/comments/<key>/<int:comment_id>/edit")
def edit_comment(key: str, comment_id: int) -> AnyResponse:
    return answers.edit_page(site(), answers.own_or_404(site(), key, comment_id))


@blueprint.post("/comments/<key>/<int:comment_id>/edit")
def change_comment(key: str, comment_id: int) -> AnyResponse:
    request.max_content_length = BODY_LIMIT
    return answers.changed(site(), answers.own_or_404(site(), key, comment_id))


@blueprint.get("/comments/<key>/<int:comment_id>/withdraw")
def withdraw_comment(key: str, comment_id: int) -> AnyResponse:
    return answers.withdraw_page(site(), answers.own_or_404(site(), key, comment_id))


@blueprint.post("/comments/<key>/<int:comment_id>/withdraw")
def take_comment_away(key: str, comment_id: int) -> AnyResponse:
    request.max_content_length = BODY_LIMIT
    return answers.taken_away(site(), answers.own_or_404(site(), key, comment_id))
