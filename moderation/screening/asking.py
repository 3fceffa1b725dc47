"""The outbox handlers that talk with Akismet: they ask about a comment and report corrections.

Nothing here runs inside a request, and no transaction is open while Akismet is asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from comments import rejudging
from comments.actions import Stale
from comments.database import reading, writing
from comments.outbox import Handler, Later, Task
from comments.queries import last_decision
from comments.site import Site
from comments.states import Effect, State

from ..settings import Settings
from . import actions, queries
from .akismet import SpamService
from .akismet_answer import Answer
from .akismet_submission import Submission
from .checks import ASK_AKISMET
from .queries import Submitted


@dataclass(frozen=True)
class Asking:
    """`site` is asked for when a task runs, since it is put together after the handlers."""

    site: Callable[[], Site]
    service: SpamService
    settings: Settings
    site_url: str

    def handlers(self) -> Mapping[str, Handler]:
        return {
            ASK_AKISMET: self.ask,
            Effect.TEACH_SPAM.value: self.teach_spam,
            Effect.TEACH_HAM.value: self.teach_ham,
        }

    def ask(self, task: Task, now: datetime) -> None:
        """Asks, keeps the answer and runs the row again; what a person decided meanwhile stands."""
        found, submission = self.read(task)
        if found is None or submission is None or found.comment.decided_at is not None:
            return
        if not self.settings.asks_akismet:
            return
        answer = self.service.check(submission)
        with writing(self.site().engine) as session:
            actions.keep_answer(session, found.comment.id, answer, now)
        self.judge_again(found, now)
        if answer.trusted == "unknown":
            raise Later(answer.problem or "provisional", answer.recheck_after or answer.retry_after)

    def teach_spam(self, task: Task, now: datetime) -> None:
        self.teach(task, now, self.service.submit_spam, spam=True)

    def teach_ham(self, task: Task, now: datetime) -> None:
        self.teach(task, now, self.service.submit_ham, spam=False)

    def teach(
        self, task: Task, now: datetime, submit: Callable[..., Answer], *, spam: bool
    ) -> None:
        """Reports a person's correction that still stands, unless Akismet is of that mind already."""
        found, submission = self.read(task)
        if found is None or submission is None or not self.settings.asks_akismet:
            return
        with reading(self.site().engine) as session:
            asked = queries.asked(session, found.comment.id)
            believed = queries.believed_spam(session, found.comment.id)
            decision = last_decision(session, found.comment.id)
        if asked is None or believed is spam or (found.comment.state is State.SPAM) is not spam:
            return
        reporter = decision.actor_key if decision else ""
        answer = submit(submission, reporter=reporter, first_verdict=asked.verdict)
        if answer.problem:
            raise Later(answer.problem, answer.retry_after)
        with writing(self.site().engine) as session:
            actions.note_taught(session, asked.comment_id, spam, now)

    def read(self, task: Task) -> tuple[Submitted | None, Submission | None]:
        with reading(self.site().engine) as session:
            found = queries.submitted(session, task.comment_id or 0)
        return found, self.submission(found) if found else None

    def submission(self, found: Submitted) -> Submission:
        """The comment as it came in; what the settings leave out is left out by the client."""
        comment, origin = found.comment, found.origin
        return Submission(
            content=comment.source,
            user_ip=origin.network if origin else "",
            user_agent=origin.agent if origin else "",
            permalink=self.site_url.rstrip("/") + found.thread.url,
            kind="reply" if comment.parent_id else "comment",
            author=comment.author_name,
            author_email=self.site().keys.open(comment.email_sealed),
            author_url=comment.author_url,
            created_at=comment.created_at,
            language=comment.language,
        )

    def judge_again(self, found: Submitted, now: datetime) -> None:
        """Somebody who decided or edited while Akismet thought was first: that stands."""
        site = self.site()
        subject = site.host.subject(found.thread.key)
        own, seen = found.comment.id, found.comment.version
        try:
            with writing(site.engine) as session:
                comment, judged = rejudging.again(session, site, subject, own, seen, now)
                actions.apply(session, comment, judged, now, site.settings)
        except Stale:
            return
