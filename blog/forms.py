"""The blog's forms: their fields and what may stand in them; who may send them is judged elsewhere."""

from collections.abc import Callable
from typing import Any
from unicodedata import category

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    Length,
    Optional,
    Regexp,
    StopValidation,
    ValidationError,
)

from .addresses import SLUG
from .discussion import SLOWEST
from .manuscript import CLOSE_LIMIT, SUMMARY_LIMIT, TAG_LIMIT, TAGS, TITLE_LIMIT
from .reading import SLUG_LIMIT, tag_names

WHITE = str.maketrans("", "", "\n\r\t")
TAGS_LIMIT = TAGS * (TAG_LIMIT + 2)


def printable(form: Any, field: Any) -> None:
    """Nothing that cannot be shown, and that a database may not even store."""
    typed = (field.data or "").translate(WHITE)
    if any(category(c) in ("Cc", "Cs") for c in typed):
        raise StopValidation(_("There are invisible control characters in here. Type it again."))


def at_most(limit: int) -> Length:
    return Length(max=limit, message=_("At most %(max)d characters."))


def stripped(text: str | None) -> str | None:
    return text.strip() if text else text


def number_up_to(limit: int) -> Callable[[Any, Any], None]:
    """A whole number, or nothing."""

    def checked(form: Any, field: Any) -> None:
        text = field.data or ""
        fits = not text or (text.isascii() and text.isdigit() and len(text) < 6)
        if not fits or int(text or 0) > limit:
            raise ValidationError(_("A whole number, at most %(num)s.", num=limit))

    return checked


def number(field: StringField) -> int | None:
    """What stands in such a field; None where it is empty."""
    return int(field.data) if field.data else None


class ArticleForm(FlaskForm):
    """`text` is only held here: the markup refuses what it cannot take."""

    title = StringField(
        _("Title"),
        [DataRequired(_("An article needs a title.")), printable, at_most(TITLE_LIMIT)],
        filters=[lambda text: " ".join(text.split()) if text else text],
    )
    text = TextAreaField(_("Text"))
    tags = StringField(_("Tags"), [printable, at_most(TAGS_LIMIT)])
    unit = SelectField(_("Unit"), choices=[], validate_choice=True)
    slug = StringField(
        _("Address"),
        [
            Optional(),
            at_most(SLUG_LIMIT),
            Regexp(f"{SLUG}$", message=_("Only small letters, digits and hyphens.")),
        ],
    )
    summary = TextAreaField(_("Summary"), [printable, at_most(SUMMARY_LIMIT)])
    comments_open = BooleanField(_("Readers may comment"))
    close_days = StringField(
        _("Days until the discussion closes"),
        [number_up_to(CLOSE_LIMIT)],
        filters=[stripped],
    )
    premoderated = BooleanField(_("Read every comment before it appears"))
    slow_minutes = StringField(
        _("Minutes between two comments of one person"),
        [number_up_to(SLOWEST)],
        filters=[stripped],
    )
    version = HiddenField()

    def validate_tags(self, field: StringField) -> None:
        names = tag_names(field.data or "")
        if len(names) > TAGS:
            raise ValidationError(_("At most %(num)s tags.", num=TAGS))
        if any(len(name) > TAG_LIMIT for name in names):
            raise ValidationError(_("A tag may have at most %(num)s characters.", num=TAG_LIMIT))

    def seen_version(self) -> int:
        """The version that its author had before him; 0 fits none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
