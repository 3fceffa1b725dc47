"""What each column tells of a person, and how long that is kept; pure data, checked against the tables."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from ..settings import Settings


class Kind(StrEnum):
    """`plain` tells nothing of a person: ids, counts, states, moments, what the house wrote itself."""

    PLAIN = "plain"
    SAID = "said"
    EARLIER = "earlier"
    ADDRESS = "address"
    HASH = "hash"
    ORIGIN = "origin"
    CONFIRMED = "confirmed"
    FOLLOWS = "follows"
    VOTES = "votes"
    REPORTS = "reports"
    ERRANDS = "errands"
    BRAKES = "brakes"
    HOUSE = "house"


Columns = Mapping[str, Mapping[Kind, str]]
"""Table by table, the names of its columns under what they tell."""

CLASSES: Columns = {
    "ww_thread": {
        Kind.PLAIN: """
            id key title url unit_key version comment_count root_count last_place pinned_count
            featured_count spoken_at closed premoderated slow_minutes
        """,
        Kind.HOUSE: "author_key",
    },
    "ww_comment": {
        Kind.PLAIN: """
            id thread_id parent_id root_id place path depth kind state shown version reply_count
            source_format language proved told waits edit_waits report_count useful_count
            useful_rank pinned featured locked edited_by_desk told_to edited_at created_at decided_at
            public_at
        """,
        Kind.SAID: "author_name author_url source html",
        Kind.ADDRESS: "email_sealed",
        Kind.HASH: "email_hash avatar once",
        Kind.HOUSE: "person_key",
    },
    "ww_revision": {
        Kind.PLAIN: "id comment_id at source_format standing seq",
        Kind.EARLIER: "source html",
        Kind.HOUSE: "person_key",
    },
    "ww_report": {
        Kind.PLAIN: "id comment_id at wrong language outcome seq closed_at",
        Kind.REPORTS: "why who name email_sealed email_hash",
    },
    "ww_steered": {
        Kind.PLAIN: "id thread_id comment_id at what values",
        Kind.HOUSE: "person_key",
    },
    "ww_alias": {Kind.PLAIN: "thread_id old_id comment_id"},
    "ww_origin": {Kind.PLAIN: "comment_id created_at", Kind.ORIGIN: "network agent"},
    "ww_finding": {Kind.PLAIN: "id comment_id check outcome code", Kind.SAID: "values"},
    "ww_history": {Kind.PLAIN: "id comment_id at what", Kind.HOUSE: "values"},
    "ww_log": {
        Kind.PLAIN: """
            seq at comment_id action before after version machine clause unit_key batch reverses
            prev_hash hash
        """,
        Kind.HOUSE: "actor_key",
    },
    "ww_log_head": {Kind.PLAIN: "id seq hash"},
    "ww_job": {
        Kind.PLAIN: """
            id kind comment_id cause created_at not_before attempts locked_until last_error ended
        """,
        Kind.ERRANDS: "values",
    },
    "ww_brake": {Kind.PLAIN: "count ends_at", Kind.BRAKES: "key"},
    "ww_mailbox": {
        Kind.PLAIN: "language confirmed_at digest_id",
        Kind.CONFIRMED: "email_hash email_sealed feed_key",
    },
    "ww_name": {Kind.PLAIN: "confirmed_at", Kind.CONFIRMED: "skeleton name email_hash"},
    "ww_follow": {
        Kind.PLAIN: "id thread_id scope rhythm created_at sent_at letter_id",
        Kind.FOLLOWS: "email_hash",
    },
    "ww_news": {Kind.PLAIN: "comment_id at", Kind.FOLLOWS: "follow_id"},
    "ww_vote": {Kind.PLAIN: "comment_id thread_id at", Kind.VOTES: "who"},
}

Days = Callable[[Settings], int]

LIVES: Mapping[Kind, Days] = {
    Kind.EARLIER: lambda settings: settings.earlier_days,
    Kind.ADDRESS: lambda settings: settings.email_days,
    Kind.ORIGIN: lambda settings: settings.origin_days,
    Kind.CONFIRMED: lambda settings: settings.mailbox_days,
    Kind.VOTES: lambda settings: settings.useful_days,
    Kind.REPORTS: lambda settings: settings.report_days,
    Kind.ERRANDS: lambda settings: settings.job_days,
}
"""Days after which the clock lets go; what is not here ends with its comment, its window or its owner's word."""


def classed(columns: Columns) -> dict[tuple[str, str], Kind]:
    """The class of each (table, column)."""
    return {
        (table, name): kind
        for table, kinds in columns.items()
        for kind, names in kinds.items()
        for name in names.split()
    }


def columns_of(columns: Columns, kind: Kind) -> list[str]:
    """`table.column` of all that tells this, in the order of the tables."""
    return [f"{table}.{name}" for (table, name), found in classed(columns).items() if found is kind]
