"""Short words for what people who follow a discussion do, and for what comes into their mailboxes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.message import EmailMessage

from sqlalchemy import select

from comments import storing
from comments.database import reading, writing
from comments.extension import Comments
from comments.following.actions import follow
from comments.following.models import Follow, News
from comments.host import Subject
from comments.keys import address_key
from comments.models import Job
from comments.outbox import Task
from comments.proof.actions import open_mailbox
from comments.states import Action, State

from ..host import DECK, Room
from ..mailing.catcher import Catcher, text_of

DIA, EVE, FAY = "dia@lezers.example", "eve@elders.example", "fay@elders.example"


@dataclass
class Crowd:
    room: Room
    comments: Comments
    catcher: Catcher

    def hash(self, email: str) -> str:
        return self.room.keys.digest("email", address_key(email))

    def has_mailbox(self, email: str, language: str = "en") -> None:
        own = self.hash(email)
        with writing(self.room.engine) as session:
            sealed = self.room.keys.seal(email)
            open_mailbox(session, own, sealed, language, f"feed of {own[:16]}", self.room.clock())

    def follows(
        self, email: str, scope: str = "all", rhythm: str = "hour", subject: Subject = DECK
    ) -> int:
        """A confirmed mailbox that follows a discussion; the follow's id."""
        self.has_mailbox(email)
        with writing(self.room.engine) as session:
            thread = storing.thread_for(session, subject)
            follow(session, self.hash(email), thread.id, scope, self.room.clock(), rhythm)
            thread_id = thread.id
        found = (one for one in self.all_follows() if one.email_hash == self.hash(email))
        return next(one.id for one in found if one.thread_id == thread_id)

    def says(
        self,
        email: str,
        text: str = "",
        parent: int | None = None,
        state: State = State.APPROVED,
        subject: Subject = DECK,
        name: str = "",
        tell: bool = False,
        proved: bool = False,
    ) -> int:
        draft = self.room.draft(text, parent, subject.key)
        named = replace(draft, email=email, name=name or email.partition("@")[0].title())
        return self.room.accept(replace(named, tell=tell, proved=proved), state, subject)

    def approves(self, comment_id: int) -> None:
        self.room.moves(comment_id, Action.APPROVE)
        self.later(seconds=10)

    def holds(self, comment_id: int) -> None:
        self.room.moves(comment_id, Action.HOLD)

    def later(self, **by: float) -> None:
        self.room.clock.goes_on(**by)

    def work(self) -> None:
        self.comments.run_due()

    def letters(self, email: str) -> list[EmailMessage]:
        """All that came to an address, once what is due was sent."""
        self.work()
        return self.catcher.to(email)

    def told(self, email: str) -> list[list[str]]:
        """Which of the texts of `says` stand in each letter: the quoted lines."""
        return [quoted(text_of(letter)) for letter in self.letters(email)]

    def all_follows(self) -> list[Follow]:
        with reading(self.room.engine) as session:
            return list(session.scalars(select(Follow).order_by(Follow.id)))

    def news(self) -> list[News]:
        with reading(self.room.engine) as session:
            return list(session.scalars(select(News)))

    def jobs(self, *kinds: str) -> list[Job]:
        """Those that are still to be done."""
        with reading(self.room.engine) as session:
            found = select(Job).where(Job.kind.in_(kinds), Job.ended == "")
            return list(session.scalars(found.order_by(Job.id)))


def quoted(text: str) -> list[str]:
    return [line.removeprefix("> ") for line in text.splitlines() if line.startswith("> ")]


def flat(lists: Iterable[list[str]]) -> list[str]:
    return [one for some in lists for one in some]


def task_of(job: Job) -> Task:
    return Task(job.id, job.kind, job.comment_id, 1, job.values, job.created_at)
