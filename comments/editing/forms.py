"""The two forms of an author's own comment; both carry along the receipt that he came with."""

from datetime import datetime

from flask import request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import StringField

from ..forms import ThreadToken, token_input
from ..tokens import Tokens


class OwnForm(FlaskForm):
    """Its token is signed for this one comment. `seen` marks the text that the author began from."""

    text = StringField()
    seen = StringField()

    class Meta(FlaskForm.Meta):
        csrf = True
        csrf_class = ThreadToken
        csrf_field_name = "token"

    def hidden(self) -> Markup:
        """The token and the proof, as hidden fields."""
        receipt = shown_receipt()
        carried = token_input("receipt", receipt) if receipt else Markup()
        return token_input("token", self["token"].current_token) + carried


def own_form(tokens: Tokens, key: str, comment_id: int, now: datetime) -> OwnForm:
    return OwnForm(request.form, meta={"csrf_context": (tokens, f"{key}/{comment_id}", now)})


def shown_receipt() -> str | None:
    """What this request shows, for the next one."""
    return request.values.get("receipt") or None
