"""The comment form: its fields and its two tokens; what is in them is judged by the checks."""

from datetime import datetime
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import BooleanField, StringField
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from .schema import ID_LIMIT
from .thread import Given
from .tokens import Tokens

NUMBER_LIMIT = ID_LIMIT
FOLLOWS = frozenset({"replies", "all"})


class ThreadToken(CSRF):
    """The form's token without a session: signed for one thread, the same for all within an hour."""

    tokens: Tokens
    key: str
    now: datetime

    def setup_form(self, form: BaseForm) -> "list[tuple[str, UnboundField[Any]]]":
        context: Any = form.meta.csrf_context
        self.tokens, self.key, self.now = context
        return super().setup_form(form)

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        return self.tokens.form(self.key, self.now)

    def validate_csrf_token(self, form: BaseForm, field: CSRFTokenField) -> None:
        if not self.tokens.form_holds(field.data or "", self.key, self.now):
            raise ValidationError("token")


class CommentFields(FlaskForm):
    name = StringField()
    email = StringField()
    url = StringField()
    text = StringField()
    parent = StringField()
    remember = BooleanField()
    tell = BooleanField()
    follow = StringField()
    preview = BooleanField()

    def values(self) -> dict[str, str]:
        """What was typed."""
        names = ("name", "email", "url", "text", "parent")
        return {name: self[name].data or "" for name in names}

    def given(self) -> Given:
        """All of it, to be given back in the form."""
        return Given(
            **self.values(),
            follow=self.followed(),
            tell=bool(self.tell.data),
            remember=bool(self.remember.data),
        )

    def followed(self) -> str:
        """What its writer wants to hear of the discussion; an odd wish is none."""
        return self.follow.data if self.follow.data in FOLLOWS else ""

    def parent_id(self) -> int | None:
        """The id that is answered; an odd one becomes 0, which no comment has."""
        text = (self.parent.data or "").strip()
        if not text:
            return None
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
        return number if number < NUMBER_LIMIT else 0


class GuestForm(CommentFields):
    class Meta(FlaskForm.Meta):
        csrf = True
        csrf_class = ThreadToken
        csrf_field_name = "token"


class StaffForm(CommentFields):
    """For who is signed in: Flask-WTF's token of the session."""

    class Meta(FlaskForm.Meta):
        csrf = True


def form_for(tokens: Tokens, key: str, now: datetime, signed_in: bool) -> CommentFields:
    """The form with what was posted as form fields; files and JSON are not looked at."""
    if signed_in:
        return StaffForm(request.form)
    return GuestForm(request.form, meta={"csrf_context": (tokens, key, now)})


def token_input(name: str, value: str) -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(escape(name), escape(value))


def token_field(form: FlaskForm) -> Markup:
    """The hidden input of whichever token this form has."""
    name = form.meta.csrf_field_name
    return token_input(name, form[name].current_token)
