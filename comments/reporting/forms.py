"""The form of a report: its fields and its two tokens; what is in them is judged elsewhere."""

from datetime import datetime

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField

from ..forms import GuestForm
from ..tokens import Tokens
from .draft import Notice


class ReportFields(FlaskForm):
    wrong = StringField()
    why = StringField()
    good_faith = BooleanField()
    name = StringField()
    email = StringField()

    def notice(self) -> Notice:
        return Notice(
            wrong=self.wrong.data or "",
            why=(self.why.data or "").replace("\r\n", "\n"),
            good_faith=bool(self.good_faith.data),
            name=self.name.data or "",
            email=self.email.data or "",
        )


class GuestReport(ReportFields):
    """With the token of the discussion, that needs no session."""

    class Meta(GuestForm.Meta):
        pass


class StaffReport(ReportFields):
    class Meta(FlaskForm.Meta):
        csrf = True


def form_for(tokens: Tokens, key: str, now: datetime, signed_in: bool) -> ReportFields:
    if signed_in:
        return StaffReport(request.form)
    return GuestReport(request.form, meta={"csrf_context": (tokens, key, now)})
