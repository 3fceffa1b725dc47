"""Everything that is kept of one address, as plain data that a program and a person can both read.

Who decided is left out: those are others' personal data. What a machine decided is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..database import reading
from ..following import queries as following
from ..models import Comment, Finding, History, LogRow, Origin, Revision, Thread
from ..proof import queries as proof
from ..proof.models import Mailbox
from ..reporting.models import Report
from ..site import Site
from ..wording import reader_says
from . import queries
from .view import Owner
from .voted import cast_by

PORTION = 500
Data = dict[str, Any]


def everything(site: Site, owner: Owner, now: datetime) -> Data:
    with reading(site.engine) as session:
        mailbox = proof.mailbox(session, owner.email_hash)
        return {
            "address": owner.email,
            "made_at": told(now),
            "confirmed": of_mailbox(mailbox) if mailbox else None,
            "names": [
                {"name": name.name, "since": told(name.confirmed_at)}
                for name in proof.names_of(session, owner.email_hash)
            ],
            "follows": follows(session, owner.email_hash),
            "reports": [of_report(row) for row in queries.reports_of(session, owner.email_hash)],
            "found_useful": [
                {"comment": vote.comment_id, "path": f"{url}#comment-{vote.comment_id}"}
                for vote, url in cast_by(session, site, owner.email_hash)
            ],
            "comments": list(comments(session, site, owner.email_hash)),
        }


def told(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def of_mailbox(mailbox: Mailbox) -> Data:
    return {
        "since": told(mailbox.confirmed_at),
        "language": mailbox.language,
        "key_of_your_feed": mailbox.feed_key,
    }


def follows(session: Session, email_hash: str) -> list[Data]:
    return [
        {
            "title": thread.title,
            "path": thread.url,
            "scope": follow.scope,
            "rhythm": follow.rhythm,
            "since": told(follow.created_at),
            "last_letter": told(follow.sent_at),
        }
        for follow, thread in following.of_mailbox(session, email_hash)
    ]


def of_report(report: Report) -> Data:
    return {
        "comment": report.comment_id,
        "at": told(report.at),
        "wrong": report.wrong,
        "why": report.why,
        "name": report.name,
        "outcome": report.outcome,
        "closed_at": told(report.closed_at),
    }


def comments(session: Session, site: Site, email_hash: str) -> Iterable[Data]:
    """In portions, each with a constant number of reads."""
    last = 0
    while ids := queries.portion(session, email_hash, last, PORTION):
        around = Around(session, site, ids)
        for comment, thread in queries.with_threads(session, ids):
            yield around.comment(comment, thread)
        session.expunge_all()
        last = ids[-1]


class Around:
    """What is kept beside some comments."""

    def __init__(self, session: Session, site: Site, ids: Sequence[int]) -> None:
        self.site = site
        self.findings = queries.findings_of(session, ids)
        self.history = queries.history_of(session, ids)
        self.origins = queries.origins_of(session, ids)
        self.revisions = queries.revisions_of(session, ids)
        self.decisions = queries.decisions_of(session, ids)
        self.more = site.seams.export(session, ids)

    def comment(self, comment: Comment, thread: Thread) -> Data:
        key = comment.id
        return {
            **of_comment(comment, thread),
            # whose network it is that typed his address nobody knows before he has confirmed it
            "from": [of_origin(row) for row in self.origins.get(key, ()) if comment.proved],
            "findings": [self.finding(row) for row in self.findings.get(key, ())],
            "other_texts": [of_revision(row) for row in self.revisions.get(key, ())],
            "history": [of_history(row) for row in self.history.get(key, ())],
            "decisions": [of_decision(row) for row in self.decisions.get(key, ())],
            "more": dict(self.more.get(key, {})),
        }

    def finding(self, row: Finding) -> Data:
        return {
            "says": said(row, self.site),
            "check": row.check,
            "code": row.code,
            "outcome": row.outcome,
            "values": row.values,
        }


def said(row: Finding, site: Site) -> str:
    """In words; of a check that is no longer there, its code."""
    try:
        return reader_says(row.code, row.values, site.seams.wordings)
    except KeyError:
        return row.code


def of_comment(comment: Comment, thread: Thread) -> Data:
    return {
        "id": comment.id,
        "under": thread.title,
        "path": f"{thread.url}#comment-{comment.id}",
        "in_reply_to": comment.parent_id,
        "state": comment.state.value,
        "name": comment.author_name,
        "website": comment.author_url,
        "language": comment.language,
        "format": comment.source_format,
        "text": comment.source,
        "written_at": told(comment.created_at),
        "edited_at": told(comment.edited_at),
        "decided_at": told(comment.decided_at),
        "public_since": told(comment.public_at),
        "address_confirmed": comment.proved,
        "wants_to_hear": comment.told,
        "found_useful": comment.useful_count,
    }


def of_origin(row: Origin) -> Data:
    return {"network": row.network, "browser": row.agent, "at": told(row.created_at)}


def of_revision(row: Revision) -> Data:
    return {
        "at": told(row.at),
        "standing": row.standing,
        "text": row.source,
        "by_the_house": bool(row.person_key),
    }


def of_history(row: History) -> Data:
    return {"at": told(row.at), "what": row.what, "values": row.values}


def of_decision(row: LogRow) -> Data:
    return {
        "number": row.seq,
        "at": told(row.at),
        "action": row.action,
        "before": row.before.value,
        "after": row.after.value,
        "clause": row.clause,
        "by": row.actor_key if row.machine else "person",
    }


def without_empty(data: Mapping[str, Any]) -> Data:
    """For people: what is empty is not said."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
