"""What a reader is told of his own comments on a page: what happens to them now, and what he can still do."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from .draft import Finding, Outcome
from .editing import queries
from .editing.changing import editable, minutes_left
from .host import Subject
from .models import Comment, LogRow
from .proof import queries as proof
from .site import Site
from .states import State
from .texts import t
from .thread import Node, Own
from .view import Part, Wanted
from .wording import said_once, usually


@dataclass(frozen=True)
class Known:
    """What was read for all of a reader's comments on the page at once."""

    findings: Mapping[int, tuple[Finding, ...]]
    decisions: Mapping[int, LogRow]
    waiting: Mapping[int, str]
    usual_wait: timedelta | None


def of_page(
    session: Session, site: Site, subject: Subject, part: Part, wanted: Wanted
) -> Mapping[int, Own]:
    """By the id of each comment that this reader wrote; a constant number of reads."""
    person = site.host.person()
    key = person.key if person else ""
    if not wanted.mine and not key:
        return {}
    mine = queries.own(session, subject.key, wanted.mine, key, set(ids_in(part)))
    standing = [comment for comment in mine if comment.state is not State.WITHDRAWN]
    if not standing:
        return {}
    known = known_of(session, site, standing)
    return {
        comment.id: own(session, site, subject, comment, known, wanted.just == comment.id)
        for comment in standing
    }


def known_of(session: Session, site: Site, mine: Sequence[Comment]) -> Known:
    ids = [comment.id for comment in mine]
    return Known(
        findings_by_comment(session, ids),
        queries.decisions_on(session, ids),
        queries.waiting_of(session, ids),
        site.seams.usual_wait(session) if any(map(waits, mine)) else None,
    )


def waits(comment: Comment) -> bool:
    return comment.state is State.PENDING or comment.edit_waits


def ids_in(part: Part) -> Iterator[int]:
    yield from (node.c.id for node in flat(part.nodes))
    yield from (view.id for view in part.mine)


def flat(nodes: Collection[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from flat(node.children)


def findings_by_comment(
    session: Session, ids: Collection[int]
) -> Mapping[int, tuple[Finding, ...]]:
    found: dict[int, tuple[Finding, ...]] = {}
    for row in queries.findings_of(session, ids):
        one = Finding(row.check, Outcome(row.outcome), row.code, row.values)
        found[row.comment_id] = (*found.get(row.comment_id, ()), one)
    return found


def own(
    session: Session, site: Site, subject: Subject, comment: Comment, known: Known, just: bool
) -> Own:
    """`just`: he comes from posting it, or by its link; then he is told all of it."""
    now, settings = site.clock(), site.settings
    settled = comment.state is State.APPROVED and not comment.edit_waits
    told = sayings(session, site, comment, known, just) if just or not settled else ()
    edit, withdraw = (
        address(f"comments_editing.{name}_comment", subject, comment, just)
        for name in ("edit", "withdraw")
    )
    changeable = editable(comment, now, settings)
    return Own(
        said=tuple(told),
        just=just,
        edit_url=edit if changeable else None,
        minutes=minutes_left(comment, now, settings),
        withdraw_url=withdraw,
        new_text=Markup(known.waiting.get(comment.id, "")),  # noqa: S704 - sanitised when it was saved
    )


def address(endpoint: str, subject: Subject, comment: Comment, just: bool) -> str:
    receipt = request.args.get("receipt") if just else None
    return url_for(endpoint, key=subject.key, comment_id=comment.id, receipt=receipt)


def sayings(
    session: Session, site: Site, comment: Comment, known: Known, just: bool
) -> Iterator[str]:
    """What happened to it, what happens now, and how long that usually takes."""
    decision = known.decisions.get(comment.id)
    by_person = decision is not None and not decision.machine
    match comment.state:
        case State.APPROVED:
            yield t("Your comment is public.")
            if comment.edit_waits:
                yield t(
                    "Your new text waits for one of us; until then the earlier one stands here."
                )
                yield from usual_wait(known)
        case State.PENDING:
            yield t("We have received your comment; only you can see it.")
            yield from said_once(known.findings.get(comment.id, ()), site.seams.wordings)
            yield from usual_wait(known)
            yield from letters(session, site, comment) if just else ()
        case State.REJECTED:
            yield t("One of us has read it and decided not to publish it.")
            yield from clause_of(decision)
        case State.SPAM if by_person:
            yield t("One of us holds it for spam, so it is not published.")
        case State.SPAM:
            yield t("Our filters hold it for spam; a person looks at it too.")


def usual_wait(known: Known) -> Iterator[str]:
    if known.usual_wait is not None:
        yield usually(known.usual_wait)


def letters(session: Session, site: Site, comment: Comment) -> Iterator[str]:
    """Whether he will hear of it; an address that is not confirmed gets one letter, that asks for it."""
    if site.post is None or comment.person_key:
        return
    sent = proof.letter_of(session, comment.id)
    if sent == "sent":
        yield t(
            "We sent you a letter. Press the link in it, and we know that the address is yours."
        )
    elif sent == "braked":
        yield t(
            "We sent you a letter before. Press the link in it, and we know that the address is yours."
        )
    if comment.told and comment.proved:
        yield t("We mail you when it has been decided on.")
    elif comment.told:
        yield t("Once you have confirmed your address we mail you when it has been decided on.")


def clause_of(decision: LogRow | None) -> Iterator[str]:
    if decision is not None and decision.clause:
        yield t("The guideline that it goes against: %(clause)s.", clause=decision.clause)
