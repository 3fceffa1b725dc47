"""What happened to the discussions of the demo world once all was said: edits, reports, marks, modes."""

from datetime import datetime, timedelta

from comments.database import writing
from comments.facts import Mode
from comments.host import Subject
from comments.reporting.actions import Taken, take
from comments.reporting.draft import Notice
from comments.steering import actions
from comments.steering.marks import Mark

from .teller import Teller, Untold
from .world import Reported

SOON = timedelta(minutes=20)
"""So long before the end of the story the marks were set."""


class Aftermath:
    def __init__(self, teller: Teller) -> None:
        self.teller, self.site, self.world = teller, teller.site, teller.world
        self.written = {remark.key: remark for remark in teller.world.remarks}

    @property
    def soon(self) -> datetime:
        return self.world.ends - SOON

    def edits(self) -> None:
        """Those that wait; what was changed before anybody had read it was told with the comment."""
        for edit in self.world.edits:
            if edit.after:
                self.teller.edit(edit, edit.after, self.written[edit.comment].at)

    def reports(self) -> None:
        for number, report in enumerate(self.world.reports):
            self.report(report, f"reader {number}")

    def report(self, report: Reported, who: str) -> None:
        notice = Notice(report.wrong, report.why, name=report.name)
        comment_id = self.teller.said[report.comment].comment_id
        with writing(self.site.engine) as session:
            taken = take(session, comment_id, notice, who, self.site.keys, "nl", report.at)
        if taken is not Taken.OPENED:
            raise Untold(f"the report of {report.comment} was {taken}")

    def marks(self) -> None:
        for marked in self.world.marks:
            comment_id = self.teller.said[marked.comment].comment_id
            who = self.teller.people[marked.by].key
            with writing(self.site.engine) as session:
                actions.mark(session, comment_id, Mark(marked.what), who, self.soon)

    def modes(self) -> None:
        for held in self.world.modes:
            mode = Mode(premoderated=held.premoderated, slow_minutes=held.slow_minutes)
            who = self.teller.people[held.by].key
            with writing(self.site.engine) as session:
                actions.set_mode(session, self.subject(held.article), mode, who, self.soon)

    def subject(self, slug: str) -> Subject:
        found = self.site.host.subject(slug)
        if found is None:
            raise Untold(slug)
        return found
