"""Lets the people of the demo world say and decide things at their own time, by the ways that people have."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from comments import actions, rejudging, shown
from comments.database import reading, writing
from comments.draft import Draft
from comments.editing import actions as editing
from comments.host import Person
from comments.intake import Accepted, submit
from comments.log import Actor
from comments.site import Site
from comments.states import Action, State
from moderation.desk.actions import Choice, decide
from moderation.desk.queries import things
from moderation.units.permissions import scope
from moderation.units.queries import standing_of

from .story import Decision, Said, number
from .world import Edited, Member, Remark, World

AUTHOR = Actor("author")
"""Whoever wrote the comment; a guest has no key."""
MIDDLE_TAKES = 7
"""One in so many is decided by the central desk."""


class Untold(Exception):
    """The site did not take what the world's files say."""


class Teller:
    """`site` must ask nobody outside; `people` are the staff by login."""

    def __init__(self, site: Site, world: World, people: Mapping[str, Person]) -> None:
        self.site, self.world, self.people = site, world, people
        self.units = {article.slug: article.unit for article in world.articles}
        self.said: dict[str, Accepted] = {}
        self.versions: dict[str, int] = {}
        self.first = {edit.comment: edit for edit in world.edits if edit.before}
        """What was written otherwise at first."""
        with reading(site.engine) as session:
            self.standings = {
                login: standing_of(session, person.key, person.admin)
                for login, person in people.items()
            }

    def say(self, said: Said) -> None:
        accepted = submit(self.site, self.draft(said.remark))
        if not isinstance(accepted, Accepted):
            codes = ", ".join(finding.code for finding in accepted.draft.findings)
            raise Untold(f"{said.remark.key}: {codes}")
        self.said[said.remark.key], self.versions[said.remark.key] = accepted, 1
        if edit := self.first.get(said.remark.key):
            self.edit(edit, said.remark.text, said.at)

    def draft(self, remark: Remark) -> Draft:
        first = self.first.get(remark.key)
        return Draft(
            thread_key=remark.article,
            text=first.before if first else remark.text,
            created_at=remark.at,
            name=remark.name,
            email=remark.email,
            url=remark.url,
            parent_id=self.said[remark.parent].comment_id if remark.parent else None,
            person=self.people[remark.person] if remark.person else None,
            language=remark.language,
        )

    def edit(self, edit: Edited, text: str, at: datetime) -> None:
        """Its author gives a comment another text, some minutes after he wrote it."""
        site, now = self.site, at + timedelta(minutes=edit.minutes)
        with writing(site.engine) as session:
            found = shown.locked(session, self.said[edit.comment].comment_id)
            if found is None:
                raise Untold(edit.comment)
            comment, thread = found
            draft = rejudging.draft_of(comment, thread, None, site.keys)
            judged = rejudging.judged(
                session,
                site,
                site.host.subject(thread.key),
                comment.id,
                replace(draft, text=text),
                now,
            )
            editing.edit(session, comment, thread, judged, now, site.settings)
            self.versions[edit.comment] = comment.version

    def decide(self, decision: Decision) -> None:
        """A comment that a rule took for spam stays there without a person's doing."""
        remark = decision.remark
        accepted = self.said[remark.key]
        if decision.action is Action.SPAM and accepted.state is State.SPAM:
            return
        choice = Choice(accepted.comment_id, self.versions[remark.key])
        if decision.action is Action.WITHDRAW:
            self.withdraw(choice, decision.at)
        else:
            self.settle(choice, decision)
        self.versions[remark.key] += 1

    def withdraw(self, choice: Choice, at: datetime) -> None:
        with writing(self.site.engine) as session:
            actions.move(
                session,
                choice.comment_id,
                Action.WITHDRAW,
                choice.version,
                AUTHOR,
                at,
                self.site.settings,
            )

    def settle(self, choice: Choice, decision: Decision) -> None:
        standing = self.standings[self.decider(decision.remark).login]
        with writing(self.site.engine) as session:
            done = decide(
                session,
                standing,
                things(session, scope(standing), [choice.comment_id]),
                [choice],
                decision.action,
                f"{number(decision.remark.key + decision.action):016x}",
                decision.at,
                self.site.settings,
            )
        if done.stale:
            raise Untold(f"{decision.remark.key}: {decision.action} was too late")

    def decider(self, remark: Remark) -> Member:
        """Somebody of the unit, at times somebody of the middle."""
        draw = number(remark.key)
        unit = self.units[remark.article]
        middle = [u.key for u in self.world.units if u.kind == "hub"]
        where = {*middle} if draw % MIDDLE_TAKES == 0 else {unit}
        desk = [member for member in self.world.staff if where & {*member.desk}]
        return desk[draw % len(desk)]
