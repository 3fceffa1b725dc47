"""Where articles are written and published; what may be done with one is asked of `editing`."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from . import actions, editing, queries, view
from .cards import StudioRow, Theirs
from .discussion import Person
from .editing import Desk, say
from .forms import ArticleForm
from .manuscript import Manuscript
from .models import Article, Author, User, db
from .signing import signed_in
from .site import site
from .states import ACTS, MOVES, SEEN_BEFORE, Act, Action, State
from .wording import DONE, LABELS, PREVIEW

LISTED = 200

blueprint = Blueprint("studio", __name__, url_prefix="/studio")


def kept(**_view_args: object) -> ResponseReturnValue:
    """Whoever was signed out while he wrote gets his text back, to send it again."""
    form = ArticleForm()
    form.unit.choices = [*site().rights.names().items()]
    form.form_errors = [
        _("You are not signed in any more. Sign in in another tab, then send this once more.")
    ]
    tried = request.form.get("action")
    return edit_page(form, None, [action for action in Action if action == tried], status=403)


sender_signed_in = partial(signed_in, otherwise=kept)


@blueprint.get("/")
@signed_in
def articles(person: Person) -> ResponseReturnValue:
    own = queries.written_by(db.session, int(person.key))
    if not own and not site().rights.units(person):
        abort(404)
    may = rights_of(person)
    waiting = [a for a in queries.waiting(db.session) if may(a, "publish")]
    others = [a for a in queries.changed_last(db.session, LISTED) if a not in {*own, *waiting}]
    return render_template(
        "blog/studio/list.html",
        mine=rows(own),
        waiting=rows(waiting),
        others=rows(a for a in others if may(a, *ACTS)),
        new_url="/studio/new",
    )


@blueprint.get("/new")
@signed_in
def empty(person: Person) -> ResponseReturnValue:
    return opened(new_desk(person))


@blueprint.post("/new")
@sender_signed_in
def create(person: Person) -> ResponseReturnValue:
    return answered(new_desk(person))


@blueprint.get("/<number:article_id>")
@signed_in
def edit(person: Person, article_id: int) -> ResponseReturnValue:
    return opened(editing.desk_for(person, article_id))


@blueprint.post("/<number:article_id>")
@sender_signed_in
def change(person: Person, article_id: int) -> ResponseReturnValue:
    return answered(editing.desk_for(person, article_id))


def rights_of(person: Person) -> Callable[..., bool]:
    """Says whether this person may do one of these to an article; asks no question twice."""
    ask = cache(site().rights.may)

    def may(article: Article, *acts: Act) -> bool:
        return any(ask(person, act, article.unit_key, article.author.key) for act in acts)

    return may


def rows(articles: Iterable[Article]) -> list[StudioRow]:
    names = site().rights.names()
    return [view.studio_row(article, names) for article in articles]


def new_desk(person: Person) -> Desk:
    if not site().rights.units(person):
        abort(404)
    return Desk(person, None)


def opened(desk: Desk) -> ResponseReturnValue:
    return edit_page(editing.form_with(desk), desk.article, desk.actions())


def answered(desk: Desk) -> ResponseReturnValue:
    form = editing.form_with(desk)
    wanted = request.form.get("action", "")
    if wanted not in {*Action, "preview", "edit"}:
        abort(400)
    if desk.article and desk.article.version != form.seen_version():
        return conflict(desk.person, desk.article.id, form)
    if wanted == "preview":
        return previewed(desk, form)
    if wanted == "edit":
        return edit_page(form, desk.article, desk.actions())
    return acted(desk, form, Action(wanted))


def previewed(desk: Desk, form: ArticleForm) -> ResponseReturnValue:
    """Exactly the page that readers would see, without its discussion; nothing is stored."""
    typed = editing.manuscript(form, desk, unfinished=False)
    if typed is None:
        return edit_page(form, desk.article, desk.actions(), status=422)
    author = desk.article.author if desk.article else own_author(desk.person)
    unit = site().rights.names().get(typed.unit_key, "")
    return render_template(
        "blog/studio/preview_page.html",
        article=view.preview(
            typed, desk.article, author, unit, site().settings, site().comments.picture
        ),
        discussion=Markup(),
        preview=True,
        edit_url="#back",
        action_url=request.path,
        sent=[(name, value) for name, value in request.form.items() if name != "action"],
    )


def own_author(person: Person) -> Author:
    found = queries.author_of(db.session, int(person.key))
    return found or Author(slug="", name=person.name, bio="")


def acted(desk: Desk, form: ArticleForm, action: Action) -> ResponseReturnValue:
    if action not in desk.actions():
        abort(403)
    unfinished = (desk.state, action) == (State.DRAFT, Action.SAVE)
    typed = editing.manuscript(form, desk, unfinished)
    if typed and action not in desk.actions(typed.unit_key):
        say(form.unit, _("You may not do this in this unit."))
        typed = None
    if typed is None:
        return edit_page(form, desk.article, desk.actions(), status=422)
    return stored(desk, form, typed, action)


def stored(desk: Desk, form: ArticleForm, typed: Manuscript, action: Action) -> ResponseReturnValue:
    after, now = MOVES[desk.state, action], site().clock()
    try:
        if desk.article is None:
            user = db.session.get_one(User, int(desk.person.key))
            article = actions.write(db.session, typed, user, after, now)
        else:
            article = desk.article
            actions.change(db.session, article, form.seen_version(), typed, after, now)
    except actions.Taken:
        form.form_errors = [_("This address was taken a moment ago. Send it once more.")]
        return edit_page(form, None, desk.actions(), status=422)
    except actions.Stale:
        return conflict(desk.person, article.id, form)
    if after in SEEN_BEFORE:
        site().comments.touch(article.slug)
    if form.slow_minutes:
        editing.hold(queries.article(db.session, article.id) or abort(404), form, desk.person)
    flash(str(DONE[action]), "done")
    return redirect(f"/studio/{article.id}", 303)


def conflict(person: Person, article_id: int, form: ArticleForm) -> ResponseReturnValue:
    """Both texts; whoever sends his again has seen the other one."""
    article = queries.article(db.session, article_id) or abort(404)
    form.form_errors = [
        _("Somebody changed this article meanwhile. Compare the two, then send yours once more.")
    ]
    theirs = Theirs(article.title, article.source, article.updated_at)
    return edit_page(form, article, Desk(person, article).actions(), 409, theirs)


def edit_page(
    form: ArticleForm,
    article: Article | None,
    open_actions: Sequence[Action],
    status: int = 200,
    theirs: Theirs | None = None,
) -> tuple[str, int]:
    if form.csrf_token.errors:
        form.form_errors = [_("This page stood open for long. Look at it, and send it once more.")]
    state = article.state if article else State.DRAFT
    shut = bool(article and article.published_at and site().comments.mode(article.slug).closed)
    html = render_template(
        "blog/studio/conflict.html" if theirs else "blog/studio/edit.html",
        form=form,
        article=rows([article])[0] if article else None,
        actions=[*((a.value, LABELS[state, a]) for a in open_actions), ("preview", PREVIEW)],
        theirs=theirs,
        usual_days=site().settings.close_days,
        held_shut=shut,
    )
    return html, status
