"""A small site for the plug-in to hang on: subjects in a dict, one person signed in or nobody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from comments import actions, reports, revisions, shown, storing
from comments.database import prepare, reading, writing
from comments.draft import Draft
from comments.host import Person, Subject
from comments.keys import Keys, parse
from comments.log import Actor
from comments.models import Comment, LogRow, Thread
from comments.reporting.models import Report
from comments.settings import Settings
from comments.states import Action, State
from comments.tokens import Tokens

SECRET = "een geheim voor deze proef"
SETTINGS = Settings(
    data_keys="1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    lookup_key="een sleutel om mee te zoeken",
    depth=4,
    roots_per_page=3,
    replies_shown=4,
    branch_per_page=5,
)
START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

BOB = Person("7", "Bob Terpstra", "bob@weerwoord.example")
CAS = Person("8", "Cas Wouters", "cas@weerwoord.example")
BOB_DECIDES = Actor("7", unit_key="utrecht")
MACHINE = Actor("akismet", machine=True)

DECK = Subject("dekschuit", "De dekschuit", "/dekschuit/", author_key="7", unit_key="utrecht")
SPOKE = Subject("spaak", "De spaak", "/spaak/", author_key="8", unit_key="gent")


class Clock:
    """The time that a test sets; it stands still until it is told to go on."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@dataclass
class SmallHost:
    engine: Engine
    known: dict[str, Subject] = field(default_factory=lambda: {s.key: s for s in (DECK, SPOKE)})
    signed_in: Person | None = None

    def subject(self, key: str) -> Subject | None:
        return self.known.get(key)

    def subjects(self, query: str) -> Sequence[Subject]:
        return [s for s in self.known.values() if query in s.title]

    def person(self) -> Person | None:
        return self.signed_in

    def people(self, keys: Collection[str]) -> Mapping[str, Person]:
        return {person.key: person for person in (BOB, CAS) if person.key in keys}


class Room:
    """A database with short words for what people do in a discussion; each is one transaction."""

    def __init__(self, engine: Engine, clock: Clock, settings: Settings = SETTINGS) -> None:
        prepare(engine)
        self.engine, self.clock, self.settings = engine, clock, settings
        self.keys: Keys = parse(settings.data_keys, settings.lookup_key)
        self.tokens = Tokens(SECRET)

    def draft(self, text: str = "", parent: int | None = None, key: str = "dekschuit") -> Draft:
        """Said a second after what was said before, so that no two are twins."""
        self.clock.goes_on(seconds=1)
        said = text or f"Gezegd om {self.clock.now:%H:%M:%S}."
        return Draft(
            thread_key=key,
            text=said,
            html=f"<p>{said}</p>",
            created_at=self.clock.now,
            name="Dia Okonkwo",
            email="dia@lezers.example",
            parent_id=parent,
        )

    def accept(self, draft: Draft, state: State = State.APPROVED, subject: Subject = DECK) -> int:
        with writing(self.engine) as session:
            return storing.accept(session, draft, state, subject, self.keys, self.settings).id

    def says(self, text: str = "", parent: int | None = None, state: State = State.APPROVED) -> int:
        return self.accept(self.draft(text, parent), state)

    def says_elsewhere(self, text: str = "", state: State = State.APPROVED) -> int:
        return self.accept(self.draft(text, key=SPOKE.key), state, SPOKE)

    def noise(self) -> list[int]:
        """Another discussion with a bit of everything, which shows in an answer that is too wide."""
        return [self.says_elsewhere(state=state) for state in (State.APPROVED, *State)]

    def staff_says(self, text: str = "", parent: int | None = None) -> int:
        return self.accept(replace(self.draft(text, parent), person=BOB))

    def is_pinged(self, state: State) -> int:
        """A pingback that came in and was decided on."""
        comment_id = self.says(state=State.PENDING)
        with writing(self.engine) as session:
            session.get_one(Comment, comment_id).kind = "pingback"
        if state is State.APPROVED:
            self.moves(comment_id, Action.APPROVE)
        return comment_id

    def moves(self, comment_id: int, action: Action, actor: Actor = BOB_DECIDES) -> LogRow:
        with writing(self.engine) as session:
            seen = session.get_one(Comment, comment_id).version
            return actions.move(
                session, comment_id, action, seen, actor, self.clock(), self.settings
            )

    def undoes(self, row: LogRow) -> LogRow:
        with writing(self.engine) as session:
            return actions.undo(session, row.seq, BOB_DECIDES, self.clock())

    def is_reported(self, comment_id: int, why: str = "Dit is niet waar.") -> None:
        report = Report(comment_id=comment_id, at=self.clock(), wrong="other", why=why)
        with writing(self.engine) as session:
            comment = session.get_one(Comment, comment_id)
            reports.open_report(session, comment, report)
            shown.attend(comment)

    def is_edited(self, comment_id: int, text: str) -> None:
        """Its author sends another text, which waits for a person."""
        with writing(self.engine) as session:
            comment = session.get_one(Comment, comment_id)
            revisions.propose(session, comment, text, f"<p>{text}</p>", self.clock())
            shown.attend(comment)

    def comment(self, comment_id: int) -> Comment:
        with reading(self.engine) as session:
            return session.get_one(Comment, comment_id)

    def thread(self, key: str = "dekschuit") -> Thread:
        with reading(self.engine) as session:
            return session.scalars(select(Thread).where(Thread.key == key)).one()
