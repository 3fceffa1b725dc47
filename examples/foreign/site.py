"""The library's own pages and its own way of signing in; all of it is older than the plug-in."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.security import check_password_hash

from .models import Book, Comment, User, db

pages = Blueprint("library", __name__)


@pages.get("/")
def shelf() -> str:
    return render_template("shelf.html", books=db.session.scalars(select(Book)).all())


@pages.get("/books/<slug>/")
@pages.get("/books/<slug>/comments/page/<int:page>/")
@pages.get("/books/<slug>/comments/<int:branch>/replies/")
def book(slug: str, **part: Any) -> str:
    """One page for all three: the plug-in reads from the address which part is meant."""
    found = db.session.scalar(select(Book).where(Book.slug == slug)) or abort(404)
    remarks = db.session.scalars(select(Comment).where(Comment.book_id == found.id)).all()
    return render_template("book.html", book=found, remarks=remarks)


@pages.get("/books/<slug>/comments/<int:comment_id>")
def one_comment(slug: str, comment_id: int) -> ResponseReturnValue:
    place = current_app.extensions["comments"].locate(slug, comment_id)
    return redirect(place or abort(404))


@pages.get("/privacy")
def privacy() -> str:
    return render_template("privacy.html")


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    if request.method == "GET":
        return render_template("sign_in.html")
    user = db.session.scalar(select(User).where(User.email == request.form.get("email", "")))
    if user is None or not check_password_hash(user.password, request.form.get("password", "")):
        return render_template("sign_in.html", wrong=True), 422
    session["user"] = str(user.id)
    here = request.args.get("next", "/")
    return redirect(here if here.startswith("/") and here[1:2] not in ("/", "\\") else "/")
