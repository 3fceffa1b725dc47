"""Puts cards together for a template, with a constant number of reads for a page of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter

from markupsafe import Markup
from sqlalchemy.orm import Session

from comments.avatar import avatar
from comments.host import Person
from comments.keys import BadKey
from comments.models import Comment, Finding, LogRow, Thread
from comments.proof.queries import owners_of
from comments.reporting.models import Report
from comments.site import Site
from comments.states import Action, State
from comments.steering.marks import offered
from comments.steering.models import Steered
from comments.steering.queries import marked
from comments.texts import t
from comments.wording import desk_says, named, wrong_says
from comments.writing.skeleton import skeleton

from ..units.permissions import Act, Standing, Thing, may
from ..units.queries import unit_names
from . import acts, queries
from .card import (
    Card,
    EditView,
    KindView,
    ParentView,
    PersonStrip,
    Reason,
    ReportView,
    buttons,
    masked,
)
from .diff import changes

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
        self.owners = owners_of(session, {skeleton(c.author_name) for c in comments})
        self.edits = queries.edits_of(session, ids)
        self.reports = queries.reports_of(session, ids)
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
            name=named(comment.author_name),
            url=comment.author_url,
            email_masked=self.email(comment, thread),
            html=Markup(comment.html),  # noqa: S704 - sanitised when it was saved
            avatar=Markup(avatar(comment.avatar)),  # noqa: S704 - drawn by us
            parent=self.parent(comment),
            reasons=self.reasons(comment),
            actions=buttons(comment.state, label, comment.edit_waits, comment.report_count > 0),
            person=self.others(comment),
            permalink=f"{thread.url}comments/{comment.id}",
            last=self.said(comment),
            proved=comment.proved and not comment.person_key,
            name_kept=comment.proved and self.owner(comment) == comment.email_hash != "",
            edit=self.edit(comment),
            report_count=comment.report_count,
            reports=self.kinds(comment, thread),
            marks=[(mark, acts.labels()[mark]) for mark in offered(marked(comment))],
            discussion_key=thread.key,
        )

    def edit(self, comment: Comment) -> EditView | None:
        found = self.edits.get(comment.id)
        if found is None:
            return None
        html = Markup(found.html)  # noqa: S704 - sanitised when it was saved
        return EditView(html, found.at, changes(comment.source, found.source))

    def kinds(self, comment: Comment, thread: Thread) -> tuple[KindView, ...]:
        """Open reports by what they say is wrong; who made them is for moderators only."""
        named = self.sees_email(thread)
        kinds: dict[str, list[tuple[Report, int]]] = {}
        for report, number in self.reports.get(comment.id, ()):
            kinds.setdefault(report.wrong, []).append((report, number))
        return tuple(
            KindView(
                wrong_says(wrong),
                found[0][1],
                [ReportView(r.why, r.at, r.name if named else "") for r, _ in found],
            )
            for wrong, found in kinds.items()
        )

    def sees_email(self, thread: Thread) -> bool:
        return may(self.standing, Act.SEE_EMAIL, Thing(thread.unit_key, thread.author_key))

    def email(self, comment: Comment, thread: Thread) -> str:
        if not self.sees_email(thread):
            return ""
        try:
            return masked(self.site.keys.open(comment.email_sealed))
        except BadKey:
            return t("(its key is gone)")

    def owner(self, comment: Comment) -> str:
        """The e-mail hash to which the name belongs; empty where it is nobody's."""
        return self.owners.get(skeleton(comment.author_name), "")

    def others(self, comment: Comment) -> PersonStrip | None:
        found = self.strips.get(comment.email_hash)
        return found.without(comment.state) if found else None

    def parent(self, comment: Comment) -> ParentView | None:
        parent = self.parents.get(comment.parent_id or 0)
        if parent is None:
            return None
        html = Markup(parent.html)  # noqa: S704 - sanitised when it was saved
        return ParentView(named(parent.author_name), html, parent.created_at)

    def reasons(self, comment: Comment) -> list[Reason]:
        """An edit and reports that wait come first; what was reported before stays among the findings."""
        found = [self.reason(finding) for finding in self.findings.get(comment.id, ())]
        if comment.edit_waits:
            found.insert(0, Reason(t("Its author changed the text"), "hold"))
        return found

    def reason(self, found: Finding) -> Reason:
        said = desk_says(found.code, found.values, self.site.seams.wordings)
        return Reason(said, found.outcome)

    def said(self, comment: Comment) -> str | None:
        row = self.last.get(comment.id)
        return decision_text(row, self.people) if row else None


def told(site: Site, story: queries.Story) -> list[tuple[datetime, str]]:
    """The whole story of one comment in words, oldest first."""
    keys = {row.actor_key for row in story.decided if not row.machine}
    people = people_named(site, keys | {row.person_key for row in story.done})
    lines = [(row.at, event_label(row.what)) for row in story.happened]
    lines += [(row.at, decision_text(row, people)) for row in story.decided]
    lines += [(row.at, act_text(row, people)) for row in story.done]
    return sorted(lines, key=itemgetter(0))


def people_of(site: Site, rows: Iterable[LogRow]) -> Mapping[str, Person]:
    return people_named(site, {row.actor_key for row in rows if not row.machine})


def people_named(site: Site, keys: Collection[str]) -> Mapping[str, Person]:
    return site.host.people(keys) if keys else {}


def act_text(row: Steered, people: Mapping[str, Person]) -> str:
    """One act on a discussion in words: who, and what."""
    person = people.get(row.person_key)
    who = person.name if person else t("somebody who left")
    return t("%(who)s: %(what)s", who=who, what=acts.said(row.what, row.values))


def decision_text(row: LogRow, people: Mapping[str, Person]) -> str:
    """One decision in words: who, and what it became."""
    person = people.get(row.actor_key)
    who = person.name if person else (row.actor_key if row.machine else t("somebody who left"))
    return t("%(who)s: %(what)s", who=who, what=decision_word(row))


def decision_word(row: LogRow) -> str:
    if row.action == "undo":
        return t("taken back, now %(state)s", state=state_labels()[row.after])
    if row.action == Action.KEEP.value:
        return t("left as it is")
    if row.before is row.after is State.APPROVED:
        return t("edit taken over")
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
        Action.KEEP: t("Leave as it is"),
    }


def label(state: State, action: Action) -> str:
    """On what is public already, approving can only mean its edit."""
    if (state, action) == (State.APPROVED, Action.APPROVE):
        return t("Take over the edit")
    return action_labels()[action]


def event_label(what: str) -> str:
    """A line of the plain history in words."""
    labels = {
        "submitted": t("sent in"),
        "imported": t("imported"),
        "akismet": t("Akismet was asked"),
        "edited": t("changed by its author"),
        "reported": t("reported by a reader"),
        "taught_spam": t("reported to Akismet as spam"),
        "taught_ham": t("reported to Akismet as no spam"),
        "told_author": t("its author was mailed what was decided"),
    }
    return labels.get(what, what)
