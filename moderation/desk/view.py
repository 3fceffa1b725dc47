"""Puts cards together for a template, with a constant number of reads for a page of them."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup
from sqlalchemy.orm import Session

from comments.avatar import avatar
from comments.host import Person
from comments.keys import BadKey
from comments.models import Comment, Finding, LogRow, Thread
from comments.site import Site
from comments.states import Action, State
from comments.texts import t
from comments.wording import desk_says

from ..units.permissions import Act, Standing, Thing, may
from ..units.queries import unit_names
from . import queries
from .card import Card, ParentView, PersonStrip, Reason, buttons, masked

Pair = tuple[Comment, Thread]


def cards(
    session: Session, site: Site, standing: Standing, pairs: Sequence[Pair]
) -> tuple[Card, ...]:
    found = Around(session, site, standing, pairs)
    return tuple(found.card(comment, thread) for comment, thread in pairs)


class Around:
    """What the cards of one page have in common, read once for all of them."""

    def __init__(
        self, session: Session, site: Site, standing: Standing, pairs: Sequence[Pair]
    ) -> None:
        comments = [comment for comment, _ in pairs]
        ids = [comment.id for comment in comments]
        self.site, self.standing = site, standing
        self.units = unit_names(session)
        self.findings = queries.findings_of(session, ids)
        self.parents = queries.parents_of(session, [c.parent_id for c in comments if c.parent_id])
        self.strips = queries.strips_of(session, {c.email_hash for c in comments})
        self.last = queries.last_decisions(session, ids)
        self.people = people_of(site, self.last.values())

    def card(self, comment: Comment, thread: Thread) -> Card:
        return Card(
            id=comment.id,
            version=comment.version,
            state=comment.state,
            article_title=thread.title,
            article_url=thread.url,
            unit_name=self.units.get(thread.unit_key, thread.unit_key),
            at=comment.created_at,
            name=comment.author_name,
            url=comment.author_url,
            email_masked=self.email(comment, thread),
            html=Markup(comment.html),  # noqa: S704 - sanitised when it was saved
            avatar=Markup(avatar(comment.avatar)),  # noqa: S704 - drawn by us
            parent=self.parent(comment),
            reasons=[self.reason(found) for found in self.findings.get(comment.id, ())],
            actions=buttons(comment.state, action_labels()),
            person=self.others(comment),
            permalink=f"{thread.url}comments/{comment.id}",
            last=self.said(comment),
        )

    def email(self, comment: Comment, thread: Thread) -> str:
        thing = Thing(thread.unit_key, thread.author_key)
        if not may(self.standing, Act.SEE_EMAIL, thing):
            return ""
        try:
            return masked(self.site.keys.open(comment.email_sealed))
        except BadKey:
            return t("(its key is gone)")

    def others(self, comment: Comment) -> PersonStrip | None:
        found = self.strips.get(comment.email_hash)
        return found.without(comment.state) if found else None

    def parent(self, comment: Comment) -> ParentView | None:
        parent = self.parents.get(comment.parent_id or 0)
        if parent is None:
            return None
        html = Markup(parent.html)  # noqa: S704 - sanitised when it was saved
        return ParentView(parent.author_name, html, parent.created_at)

    def reason(self, found: Finding) -> Reason:
        said = desk_says(found.code, found.values, self.site.seams.wordings)
        return Reason(said, found.outcome)

    def said(self, comment: Comment) -> str | None:
        row = self.last.get(comment.id)
        return decision_text(row, self.people) if row else None


def people_of(site: Site, rows: Iterable[LogRow]) -> Mapping[str, Person]:
    keys = {row.actor_key for row in rows if not row.machine}
    return site.host.people(keys) if keys else {}


def decision_text(row: LogRow, people: Mapping[str, Person]) -> str:
    """One decision in words: who, and what it became."""
    person = people.get(row.actor_key)
    who = person.name if person else (row.actor_key if row.machine else t("somebody who left"))
    return t("%(who)s: %(what)s", who=who, what=decision_word(row))


def decision_word(row: LogRow) -> str:
    if row.action == "undo":
        return t("taken back, now %(state)s", state=state_labels()[row.after])
    return state_labels()[row.after]


def state_labels() -> Mapping[State, str]:
    return {
        State.PENDING: t("waiting"),
        State.APPROVED: t("approved"),
        State.REJECTED: t("rejected"),
        State.SPAM: t("spam"),
        State.WITHDRAWN: t("withdrawn"),
    }


def action_labels() -> Mapping[Action, str]:
    return {
        Action.APPROVE: t("Approve"),
        Action.REJECT: t("Reject"),
        Action.SPAM: t("Spam"),
        Action.HOLD: t("Hold"),
    }


def event_label(what: str) -> str:
    """A line of the plain history in words."""
    labels = {
        "submitted": t("sent in"),
        "imported": t("imported"),
        "akismet": t("Akismet was asked"),
        "taught_spam": t("reported to Akismet as spam"),
        "taught_ham": t("reported to Akismet as no spam"),
    }
    return labels.get(what, what)
