"""Signing in and out, and who may pass only when signed in; rights are decided elsewhere."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from flask import (
    Flask,
    Request,
    Response,
    abort,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_security.core import Security
from flask_security.datastore import SQLAlchemyUserDatastore
from flask_security.forms import LoginForm
from flask_wtf import CSRFProtect
from wtforms import BooleanField, EmailField, PasswordField, SubmitField
from wtforms.validators import DataRequired, Length

from .addresses import own_path
from .discussion import Person
from .forms import printable
from .models import EMAIL_LIMIT, User, db
from .settings import Settings
from .site import site

P = ParamSpec("P")
Guarded = Callable[Concatenate[Person, P], ResponseReturnValue]
SESSION_DAYS = 30
PASSWORD_LIMIT = 200

SECURITY: dict[str, Any] = {
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": ["argon2"],  # no second secret: keys can be renewed apart
    "PASSWORD_HASH_PASSLIB_OPTIONS": {  # OWASP's least: 19 MiB, two passes, one lane
        "argon2__memory_cost": 19 * 1024,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    "LOGIN_URL": "/login",
    "LOGOUT_URL": "/logout",
    "LOGOUT_METHODS": ["POST"],
    "POST_LOGIN_VIEW": "/account",
    "POST_LOGOUT_VIEW": "/",
    "FLASH_MESSAGES": False,
    "STATIC_FOLDER": None,
    "CACHE_CONTROL": None,  # ours says it for every page
    "FRESHNESS": timedelta(seconds=-1),  # no page of its own to sign in again
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
}


class QuietSession(SecureCookieSessionInterface):
    """Says nothing of cookies to a reader who has none and gets none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()  # the signer alone costs a tenth of a page from the cache
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Any) -> None:
        if session.modified or self.get_cookie_name(app) in request.cookies:
            super().save_session(app, session, response)


class SignInForm(LoginForm):
    """One answer to every wrong guess, whether the account exists or not."""

    email = EmailField(
        _("E-mail address"),
        [DataRequired(_("Type your e-mail address.")), printable, Length(max=EMAIL_LIMIT)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _("Password"),
        [DataRequired(_("Type your password.")), Length(max=PASSWORD_LIMIT)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField(_("Keep me signed in on this device"))
    submit = SubmitField(_("Sign in"))
    wait: int | None = None

    def validate(self, **kwargs: Any) -> bool:
        if not self.email.data or not self.password.data:
            return bool(super().validate(**kwargs))
        who = (self.email.data, request.remote_addr or "")
        self.wait = site().guesses.wait(*who)
        if self.wait:
            self.form_errors.append(too_many(self.wait))
            return False
        if super().validate(**kwargs):
            site().guesses.forgive(*who)
            self.keep()
            return True
        self.say_one_thing()
        return False

    def keep(self) -> None:
        """Kept by the session's own cookie; Flask-Login's second one would outlive signing out."""
        session.permanent, self.remember.data = bool(self.remember.data), False

    def say_one_thing(self) -> None:
        self.email.errors, self.password.errors = [], []
        self.form_errors = [gettext("This e-mail address and password do not belong together.")]


def too_many(seconds: int) -> str:
    return str(
        ngettext(
            "That was wrong too often. You can try again in %(num)s minute.",
            "That was wrong too often. You can try again in %(num)s minutes.",
            -(-seconds // 60),
        )
    )


def attach(app: Flask, settings: Settings) -> CSRFProtect:
    """Signing in for this app; returns its protection against foreign forms, for exemptions."""
    app.session_interface = QuietSession()
    app.config.update(cookie_config(settings))
    for name, value in SECURITY.items():
        app.config.setdefault(f"SECURITY_{name}", value)
    csrf = CSRFProtect(app)
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, User, None),
        login_form=SignInForm,
        render_template=sign_in_page,
    )
    security.want_json(lambda request: False)
    security.login_manager.request_loader(lambda request: None)
    ask_nobody_on_every_request(app, security)
    app.before_request(refuse_odd_sign_ins)
    app.after_request(forget_who_left)
    return csrf


def cookie_config(settings: Settings) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_NAME": "__Host-session" if settings.https else "session",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_PROTECTION": None,  # it would bind people to one network
        "PERMANENT_SESSION_LIFETIME": timedelta(days=SESSION_DAYS),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,  # an article is written for longer than an hour
    }


def ask_nobody_on_every_request(app: Flask, security: Security) -> None:
    """Flask-Principal would look up the account on each request, also for pages from the cache."""
    asked = app.before_request_funcs[None]
    asked[:] = [ask for ask in asked if getattr(ask, "__self__", None) is not security.principal]


def refuse_odd_sign_ins() -> None:
    """Only forms sign in here, and they lead to this site alone."""
    if request.blueprint != "security":
        return
    if request.is_json:
        abort(415)
    if not all(own_path(place) for place in request.values.getlist("next") if place):
        abort(400)


def forget_who_left(response: Response) -> Response:
    """Signed out is a plain reader again, without a cookie."""
    if request.endpoint == "security.logout" and response.status_code == 302:
        session.clear()
    return response


def sign_in_page(template: str, **context: Any) -> ResponseReturnValue:
    html = render_template(template, **context)
    form = context["login_user_form"]
    if request.method != "POST":
        return html
    if form.wait:
        return html, 429, {"Retry-After": str(form.wait)}
    return html, 422


def to_sign_in(*args: Any, **kwargs: Any) -> ResponseReturnValue:
    query = request.query_string.decode("ascii", "replace")
    here = f"{request.path}?{query}" if query else request.path
    return redirect(url_for("security.login", next=here))


def signed_in(
    view: Guarded[P], otherwise: Callable[..., ResponseReturnValue] = to_sign_in
) -> Callable[P, ResponseReturnValue]:
    """Gives the view who is signed in; everybody else is sent to sign in."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        person = site().host.person()
        return view(person, *args, **kwargs) if person else otherwise(*args, **kwargs)

    return guarded
