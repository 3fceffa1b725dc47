"""From the studio's form to a manuscript, and what somebody may do with an article; it writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import abort, current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from wtforms import Field

from . import queries, reading
from .actions import numbered
from .discussion import ARTICLE, Mode, Person, Refused, Rendered, normalise, plain, render
from .forms import ArticleForm, number
from .host import subject_of
from .manuscript import Manuscript, SourceFormat
from .models import Article, db
from .routing import reserved
from .site import site
from .states import ACTS, Act, Action, State, open_actions

UNNAMED = "artikel"
REFUSALS: Mapping[str, LazyString] = {
    "empty": _("Write the text first."),
    "control": _("There are invisible control characters in here. Type it again."),
    "too_long": _("This text is too long for one article."),
    "nesting": _("Something in here is nested too deeply, a list or a quote. Make it flatter."),
    "tags": _("There is too much formatting in this text. Make it plainer."),
}


@dataclass(frozen=True)
class Desk:
    """One article, or a new one, before one person."""

    person: Person
    article: Article | None

    @property
    def state(self) -> State:
        return self.article.state if self.article else State.DRAFT

    @property
    def source_format(self) -> SourceFormat:
        return cast(SourceFormat, self.article.source_format) if self.article else "markdown"

    @property
    def slug_is_fixed(self) -> bool:
        return self.article is not None and self.article.published_at is not None

    @property
    def unit_key(self) -> str:
        """Where the article is; a new one goes first to the first unit that is offered."""
        return self.article.unit_key if self.article else self.units()[0][0]

    def may(self, act: Act, unit_key: str | None = None) -> bool:
        """In the unit that the article has, or in that to which it shall go."""
        unit = self.unit_key if unit_key is None else unit_key
        author = self.article.author.key if self.article else self.person.key
        return site().rights.may(self.person, act, unit, author)

    def actions(self, unit_key: str | None = None) -> list[Action]:
        return open_actions(self.state, lambda act: self.may(act, unit_key))

    def units(self) -> list[tuple[str, str]]:
        """Where the article may go; it may always stay where it is."""
        units = dict(site().rights.units(self.person))
        if self.article and self.article.unit_key not in units:
            names = site().rights.names()
            units[self.article.unit_key] = names.get(self.article.unit_key, "")
        return list(units.items())


def desk_for(person: Person, article_id: int) -> Desk:
    """404 for an article that is not there, and for one that is not this person's to see."""
    article = queries.article(db.session, article_id) or abort(404)
    desk = Desk(person, article)
    if not any(desk.may(act) for act in ACTS):
        abort(404)
    return desk


def form_with(desk: Desk) -> ArticleForm:
    """The form as it was sent, or as the article stands."""
    form = ArticleForm(data=values_of(desk.article) if desk.article else None)
    form.unit.choices = desk.units()
    if desk.slug_is_fixed:
        del form.slug
    else:  # before, there is no discussion that could be held in any way
        del form.premoderated, form.slow_minutes
    return form


def values_of(article: Article) -> dict[str, object]:
    return {
        "title": article.title,
        "text": article.source,
        "tags": ", ".join(tag.name for tag in article.tags),
        "unit": article.unit_key,
        "slug": article.slug,
        "summary": article.summary,
        "comments_open": article.comments_open,
        "close_days": "" if article.close_days is None else str(article.close_days),
        "version": str(article.version),
        **held(article),
    }


def held(article: Article) -> dict[str, object]:
    """How its discussion is held, by what the plug-in says."""
    if article.published_at is None:
        return {}
    mode = site().comments.mode(article.slug)
    slow = str(mode.slow_minutes) if mode.slow_minutes else ""
    return {"premoderated": mode.premoderated, "slow_minutes": slow}


def hold(article: Article, form: ArticleForm, person: Person) -> None:
    """Holds the discussion as the form says; whether the desk has closed it stays the desk's."""
    before = site().comments.mode(article.slug)
    mode = Mode(before.closed, bool(form.premoderated.data), number(form.slow_minutes) or 0)
    subject = subject_of(article, site().settings.close_days)
    site().comments.set_mode(subject, mode, person.key)


def manuscript(form: ArticleForm, desk: Desk, unfinished: bool) -> Manuscript | None:
    """What was typed, or None where the form now says what is wrong with it.

    `unfinished`: it may still be without a text.
    """
    valid = form.validate()
    rendered = text_of(form, desk, unfinished)
    slug = slug_of(form, desk)
    if not valid or rendered is None or slug is None:
        return None
    words = plain(rendered.html)
    return Manuscript(
        title=form.title.data or "",
        source=normalise(form.text.data or ""),
        html=rendered.html,
        summary=(form.summary.data or "").strip() or reading.summary(words),
        slug=slug,
        words=reading.words(words),
        unit_key=form.unit.data or "",
        tags=reading.tag_names(form.tags.data or ""),
        comments_open=bool(form.comments_open.data),
        close_days=number(form.close_days),
        source_format=desk.source_format,
    )


def text_of(form: ArticleForm, desk: Desk, unfinished: bool) -> Rendered | None:
    try:
        rendered = render(form.text.data or "", desk.source_format, ARTICLE)
    except Refused as refused:
        if refused.reason == "empty" and unfinished:
            return Rendered("", 0, True)
        say(form.text, gettext(str(REFUSALS[refused.reason])))
        return None
    if not rendered.agreed:
        current_app.logger.warning("two sanitisers differ on a text in the studio")
    return rendered


def slug_of(form: ArticleForm, desk: Desk) -> str | None:
    """The address: as it is, as it was typed, or made from the title."""
    own = desk.article.slug if desk.article else ""
    if desk.slug_is_fixed:
        return own
    wished = form.slug.data or reading.slugify(form.title.data or "") or UNNAMED
    taken = {*queries.slugs_like(db.session, wished), *reserved(current_app)} - {own}
    if form.slug.data and wished in taken:
        say(form.slug, gettext("This address is taken. Choose another."))
        return None
    return numbered(wished, taken)


def say(field: Field, error: str) -> None:
    field.errors = [*field.errors, error]
