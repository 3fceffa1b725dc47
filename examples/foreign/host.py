"""The library as the plug-in sees it: books are subjects, users are people."""

from collections.abc import Collection, Mapping, Sequence

from flask import has_request_context, session
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from comments.host import Person, Subject

from .models import Book, User


class LibraryHost:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def subject(self, key: str) -> Subject | None:
        with Session(self.engine) as rows:
            book = rows.scalar(select(Book).where(Book.slug == key))
            return subject_of(book) if book else None

    def subjects(self, query: str) -> Sequence[Subject]:
        with Session(self.engine) as rows:
            found = rows.scalars(select(Book).where(Book.title.icontains(query)).limit(20))
            return [subject_of(book) for book in found]

    def person(self) -> Person | None:
        key = session.get("user", "") if has_request_context() else ""
        return self.people([key]).get(key)

    def people(self, keys: Collection[str]) -> Mapping[str, Person]:
        ids = [int(key) for key in keys if key.isdigit()]
        with Session(self.engine) as rows:
            users = rows.scalars(select(User).where(User.id.in_(ids)))
            return {str(user.id): Person(str(user.id), user.name, user.email) for user in users}


def subject_of(book: Book) -> Subject:
    return Subject(book.slug, book.title, f"/books/{book.slug}/", unit_key="reading")
