"""Erasing or anonymising all that is kept of one address: at once, in every state, and nothing leads to him."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from time import perf_counter

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text

from comments import chain, queries, shown
from comments.database import reading, writing
from comments.following.actions import DIGEST, job
from comments.following.models import Follow, News
from comments.me import asking, leaving
from comments.me.actions import Forgotten
from comments.me.leaving import How
from comments.models import Comment, Finding, LogRow, Origin, Revision, Thread
from comments.proof import asking as confirmation
from comments.proof.models import Mailbox, Name
from comments.reader import COOKIE
from comments.reporting.models import Report
from comments.site import Site
from comments.states import Action, State
from comments.tables import metadata
from comments.useful.models import Vote

from ..browser import SAME_ORIGIN
from ..databases import emptied, on_both_databases
from ..host import Clock, Room, SmallHost
from ..proof.letters import DIA, EVE, Post, hash_of, jobs, rows
from ..small_site import small_site
from .owner import Owner, wrote
from .test_page import confirmed, followed

NAME, WORDS = "Dia Okonkwo", "Alleen zij zegt dit zo."


def kept_of(room: Room, words: str) -> list[str]:
    """Tables in which these words stand anywhere."""
    found = []
    with reading(room.engine) as session:
        for table in metadata.sorted_tables:
            values = session.execute(text(f"SELECT * FROM {table.name}")).all()  # noqa: S608
            if any(words in str(row) for row in values):
                found.append(table.name)
    return found


def reported(room: Room, comment_id: int, email: str = DIA) -> None:
    with writing(room.engine) as session:
        session.add(
            Report(
                comment_id=comment_id,
                at=room.clock(),
                wrong="hate",
                why="Dit kan niet.",
                who=hash_of(room, email),
                name=NAME,
                email_sealed=room.keys.seal(email),
                email_hash=hash_of(room, email),
            )
        )


def whole_life(room: Room) -> dict[State, int]:
    """A comment in each state, one of them answered; and all else that can be kept of an address."""
    ids = {state: room.says(f"{WORDS} {state}", state=state) for state in State}
    with writing(room.engine) as session:
        for comment_id in ids.values():
            session.add(
                Origin(
                    comment_id=comment_id, network="192.0.2.0", agent=WORDS, created_at=room.clock()
                )
            )
            session.add(
                Finding(
                    comment_id=comment_id,
                    check="x",
                    outcome="hold",
                    code="x",
                    values={"what": WORDS},
                )
            )
            session.add(
                Revision(
                    comment_id=comment_id,
                    at=room.clock(),
                    source=WORDS,
                    html=WORDS,
                    standing="past",
                )
            )
    other = replace(room.draft("Een antwoord.", ids[State.APPROVED]), name="Eve", email=EVE)
    ids_of_other = room.accept(other)
    confirmed(room, DIA, NAME)
    follow = followed(room)
    with writing(room.engine) as session:
        session.add(News(follow_id=follow, comment_id=ids_of_other, at=room.clock()))
    reported(room, ids_of_other)
    return ids


@on_both_databases
def test_erasing_leaves_nothing_that_leads_to_him(owner: Owner, room: Room) -> None:
    ids = whole_life(room)
    address = hash_of(room)
    page = owner.leaves("erase")
    assert kept_of(room, address) == []
    assert kept_of(room, NAME) == []
    assert kept_of(room, WORDS) == []
    assert (rows(room, Mailbox), rows(room, Name), rows(room, Follow), rows(room, News)) == (0,) * 4
    assert {room.comment(each).state for each in ids.values()} == {State.WITHDRAWN}
    assert "All of it was erased" in page.text
    assert "we do not know this address" in owner.looks().text


@on_both_databases
def test_anonymising_keeps_what_was_said_and_where_it_stands(owner: Owner, room: Room) -> None:
    ids = whole_life(room)
    page = owner.leaves("anonymise")
    assert kept_of(room, hash_of(room)) == []
    assert kept_of(room, NAME) == []
    assert kept_of(room, WORDS) == ["ww_comment"]
    assert {state: room.comment(each).state for state, each in ids.items()} == {s: s for s in State}
    assert [room.comment(each).source for each in ids.values()] == [f"{WORDS} {s}" for s in State]
    assert (rows(room, Mailbox), rows(room, Name), rows(room, Follow), rows(room, News)) == (0,) * 4
    assert "All of it was anonymised" in page.text


@pytest.mark.parametrize("how", How)
def test_what_others_said_stays(owner: Owner, room: Room, how: How) -> None:
    ids = whole_life(room)
    owner.leaves(how)
    page = owner.client.get("/dekschuit/").text
    assert "Een antwoord." in page
    assert f'id="comment-{ids[State.APPROVED]}"' in page
    assert ("This comment was removed." in page) is (how is How.ERASE)
    assert (WORDS in page) is (how is How.ANONYMISE)
    assert NAME not in page


def test_who_is_anonymous_is_called_so(owner: Owner, room: Room) -> None:
    root = room.says(WORDS)
    room.accept(replace(room.draft("Ja.", root), name="Eve", email=EVE))
    owner.leaves("anonymise")
    for address in ("/dekschuit/", f"/dekschuit/?reply={root}", "/comments/dekschuit.atom"):
        page = owner.client.get(address).text
        assert "Anonymous" in page, address
        assert NAME not in page


def test_what_he_reported_stays_reported(owner: Owner, room: Room) -> None:
    whole_life(room)
    owner.leaves("erase")
    with reading(room.engine) as session:
        (report,) = session.scalars(select(Report)).all()
    assert (report.why, report.closed_at) == ("Dit kan niet.", None)
    assert (report.name, report.who, report.email_sealed, report.email_hash) == ("",) * 4


@pytest.mark.parametrize("how", How)
def test_what_he_found_useful_counts_on_without_him(
    post: Post, owner: Owner, room: Room, how: How
) -> None:
    theirs = room.accept(replace(room.draft("Nuttig."), name="Eve", email=EVE))
    post.says()
    post.confirms(remember="1")
    token = post.comments.site.tokens.form("dekschuit", room.clock())
    pressed = {"token": token, "useful": str(theirs)}
    post.client.post("/comments/dekschuit/useful", data=pressed, headers=SAME_ORIGIN)
    assert room.comment(theirs).useful_count == 1
    (vote,) = owner.exported()["found_useful"]
    assert vote == {"comment": theirs, "path": f"/dekschuit/#comment-{theirs}"}
    page = owner.leaves(how)
    assert owner.exported()["found_useful"] == []
    assert room.comment(theirs).useful_count == 1
    assert rows(room, Vote) == 1
    assert "Found useful</dt><dd>1</dd>" in page.text


@pytest.mark.parametrize("how", How)
def test_no_letter_to_him_is_owed_any_more(post: Post, owner: Owner, room: Room, how: How) -> None:
    own = post.says(follow="all")
    room.moves(own, Action.APPROVE)
    owner.leaves(how)
    post.comments.run_due()
    room.clock.goes_on(days=1)
    post.comments.run_due()
    assert post.letters() == 0
    assert [job.values for job in jobs(room, "mail_confirm")] in ([], [{}])


@on_both_databases
@pytest.mark.parametrize("how", How)
def test_no_open_task_knows_his_address(
    post: Post, owner: Owner, room: Room, clock: Clock, how: How
) -> None:
    """Letters that were asked for and wait to be sent, or cannot be sent just now."""
    site, now = post.comments.site, clock()
    confirmed(room)
    owner.does("address", email="dia@nieuw.example")
    Owner(owner.client, post.comments, EVE).does("address", email=DIA)
    asking.ask(site, DIA, "192.0.2.1", "en", now)
    asking.ask(site, EVE, "192.0.2.2", "en", now)
    wish = confirmation.Wish(DIA, thread_key="dekschuit", scope="all", language="en")
    room.says_elsewhere()
    assert confirmation.ask(site, wish, "192.0.2.1", now)
    digest = job(DIGEST, {"mailbox": hash_of(room)}, now, now)
    with writing(room.engine) as session:
        session.add(digest)
    owner.leaves(how)
    assert [
        each.values for kind in ("mail_move", "mail_confirm", DIGEST) for each in jobs(room, kind)
    ] == [{}] * 4
    kept = [each.values for each in jobs(room, "mail_me")]
    assert [bool(values) for values in kept] == [False, True]
    assert kept[1]["email_hash"] == hash_of(room, EVE)
    assert kept_of(room, hash_of(room)) == []


@pytest.mark.parametrize("how", How)
def test_the_links_that_he_was_sent_lead_nowhere(
    post: Post, owner: Owner, room: Room, how: How
) -> None:
    own = post.says()
    link = post.link()
    owner.leaves(how)
    assert post.client.get(link).status_code == 410
    assert post.presses(link).status_code == 410
    assert room.comment(own).email_hash == ""


def test_the_cookie_of_this_browser_goes_and_others_prove_nothing(
    post: Post, app: Flask, owner: Owner, room: Room
) -> None:
    post.says()
    post.confirms(remember="1")
    kept = post.client.get_cookie(COOKIE)
    assert kept is not None
    owner.leaves("erase")
    assert post.client.get_cookie(COOKIE) is None
    other = Post(app.test_client(), post.comments, post.catcher)
    other.client.set_cookie(COOKIE, kept.decoded_value)
    assert not room.comment(other.says(text="Nog iets.", remember="1")).proved


def test_another_address_keeps_all(owner: Owner, room: Room) -> None:
    own = room.says(WORDS)
    Owner(owner.client, owner.comments, EVE).leaves("erase")
    assert room.comment(own).source == WORDS
    assert room.comment(own).state is State.APPROVED


@pytest.mark.parametrize("values", [{}, {"how": "erase"}, {"sure": "1"}, {"how": "x", "sure": "1"}])
def test_nothing_goes_unless_he_chooses_and_is_sure(
    owner: Owner, room: Room, values: dict[str, str]
) -> None:
    own = room.says(WORDS)
    answer = owner.does("leave", **values)
    assert answer.status_code == 422
    assert "tick that you are sure" in answer.text
    assert room.comment(own).source == WORDS


def test_the_page_before_it_says_what_each_means(owner: Owner, room: Room) -> None:
    room.says()
    page = owner.looks("/leave").text
    for words in ("Erase all", "Anonymise all", "It is about 1 comment", "Backups keep it"):
        assert words in page


def test_the_receipt_has_date_numbers_and_a_code_that_can_be_made_again(
    owner: Owner, room: Room
) -> None:
    whole_life(room)
    page = owner.leaves("erase").text
    code = re.search(r"<code>(.*?)</code>", page)
    assert code
    rest = Forgotten(follows=1, names=1, reports=1)
    now = room.clock()
    assert code[1] == leaving.code_of(room.keys, How.ERASE, now, len(State), rest)
    assert code[1] != leaving.code_of(room.keys, How.ERASE, now, len(State) + 1, rest)
    assert re.fullmatch(r"([0-9A-F]{4}-){3}[0-9A-F]{4}", code[1])
    assert f"<dd>{len(State)}</dd>" in page


def test_pressed_twice_nothing_more_happens(owner: Owner, room: Room) -> None:
    own = room.says()
    owner.leaves("erase")
    version = room.comment(own).version
    page = owner.leaves("erase")
    assert room.comment(own).version == version
    assert "<dd>0</dd>" in page.text


def test_another_services_traces_go_by_the_seam(host: SmallHost, clock: Clock, room: Room) -> None:
    asked: list[int] = []
    site = small_site(host, clock, erase=lambda session, ids: asked.extend(ids))
    ids = [room.says(), room.says(state=State.SPAM)]
    Owner(site.test_client(), site.extensions["comments"]).leaves("erase")
    more = [room.says(), room.says(state=State.SPAM)]
    Owner(site.test_client(), site.extensions["comments"]).leaves("anonymise")
    assert [sorted(asked[:2]), sorted(asked[2:])] == [ids, more]


def site_on(engine: Engine, clock: Clock) -> Site:
    app = small_site(SmallHost(engine), clock)
    found: Site = app.extensions["comments"].site
    return found


def figures(room: Room) -> list[tuple[object, ...]]:
    with reading(room.engine) as session:
        threads = session.scalars(select(Thread).order_by(Thread.id)).all()
        comments = session.scalars(select(Comment).order_by(Comment.id)).all()
    told: list[tuple[object, ...]] = [(t.comment_count, t.root_count) for t in threads]
    return told + [(c.id, c.shown, c.reply_count, c.waits) for c in comments]


def check_figures(room: Room) -> None:
    """They are what a rebuild from the rows makes of them, and the log's chain holds."""
    before = figures(room)
    with writing(room.engine) as session:
        for thread in session.scalars(select(Thread)):
            shown.rebuild(session, thread)
    assert figures(room) == before
    with reading(room.engine) as session:
        links = queries.chain_after(session, 0, 10_000)
        assert chain.verify(links, queries.chain_head(session)) is None


SAID = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(list(State)), st.booleans()), max_size=14
)


def check_leaving(engine: Engine, said: list[tuple[int, State, bool]], how: How) -> None:
    room = Room(emptied(engine), Clock())
    ids: list[int] = []
    for above, state, own in said:
        parent = ids[above % len(ids)] if ids and above < 7 else None
        draft = room.draft(f"{WORDS} {len(ids)}", parent)
        ids.append(room.accept(draft if own else replace(draft, email=EVE, name="Eve"), state))
    public = {i: room.comment(i).source for i in ids if room.comment(i).email_hash != hash_of(room)}
    leaving.leave(site_on(engine, room.clock), hash_of(room), how, room.clock())
    assert kept_of(room, hash_of(room)) == []
    assert {i: room.comment(i).source for i in public} == public
    check_figures(room)


def trials(number: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    lenient = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=number, deadline=None, suppress_health_check=lenient)


@trials(30)
@given(SAID, st.sampled_from(list(How)))
def test_counters_and_the_log_hold_whatever_goes(
    engine: Engine, said: list[tuple[int, State, bool]], how: How
) -> None:
    check_leaving(engine, said, how)


@pytest.mark.service
@trials(5)
@given(SAID, st.sampled_from(list(How)))
def test_counters_and_the_log_hold_on_postgresql(
    postgresql: Engine, said: list[tuple[int, State, bool]], how: How
) -> None:
    check_leaving(postgresql, said, how)


@pytest.mark.parametrize("how", How)
def test_two_thousand_comments_go_in_portions(owner: Owner, room: Room, how: How) -> None:
    wrote(room, [39] * 50)
    began = perf_counter()
    page = owner.leaves(how)
    print(f"{how}: {perf_counter() - began:.1f} s")  # noqa: T201 - to steer by
    assert "<dd>2000</dd>" in page.text
    assert kept_of(room, hash_of(room)) == []
    assert rows(room, LogRow) == (2000 if how is How.ERASE else 0)
    check_figures(room)


def test_the_desk_decides_on_what_is_anonymous_as_before(owner: Owner, room: Room) -> None:
    own = room.says(state=State.PENDING)
    owner.leaves("anonymise")
    row = room.moves(own, Action.APPROVE)
    room.undoes(row)
    assert room.comment(own).state is State.PENDING


def test_whoever_is_cut_off_in_the_middle_presses_again(
    host: SmallHost, clock: Clock, room: Room
) -> None:
    wrote(room, [0] * (leaving.PORTION + 5))
    asked: list[int] = []

    def forgets(session: object, ids: Collection[int]) -> None:
        asked.append(len(ids))
        if len(asked) == 2:
            raise ConnectionError("the power went")

    site = small_site(host, clock, erase=forgets)
    owner = Owner(site.test_client(), site.extensions["comments"])
    with pytest.raises(ConnectionError):
        owner.does("leave", how="erase", sure="1")
    assert "5 comments" in owner.looks().text
    check_figures(room)
    assert "<dd>5</dd>" in owner.leaves("erase").text
    assert asked == [leaving.PORTION, 5, 5]
    assert kept_of(room, hash_of(room)) == []
    check_figures(room)
