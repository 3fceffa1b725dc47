"""When a letter is owed that asks for a confirmation, and when it would be one too many."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from comments.database import reading, writing
from comments.draft import Draft
from comments.extension import Comments
from comments.following.models import Follow
from comments.models import Comment
from comments.outbox import LEASE
from comments.proof import asking, queries
from comments.proof.asking import Wish
from comments.states import Action, State

from ..browser import posted_id, posts
from ..host import CAS, Clock, Room, SmallHost
from ..mailing.catcher import Catcher, text_of
from ..small_site import small_site
from .letters import DIA, EVE, Post, hash_of, jobs, mailed_site


def of_letter(room: Room, comment_id: int) -> str:
    with reading(room.engine) as session:
        return queries.letter_of(session, comment_id)


def test_a_comment_without_a_wish_owes_no_letter(post: Post, room: Room) -> None:
    own = post.says(tell="")
    assert post.letters() == 0
    assert of_letter(room, own) == ""


@pytest.mark.parametrize("wish", [{"tell": "1"}, {"tell": "", "follow": "all"}])
def test_a_wish_owes_one_letter(post: Post, room: Room, wish: dict[str, str]) -> None:
    own = post.says(**wish)
    assert post.letters() == 1
    assert of_letter(room, own) == "sent"


def test_a_name_that_belongs_to_somebody_owes_one_letter(
    post: Post, app: Flask, room: Room
) -> None:
    post.says()
    post.confirms(name="1")
    other = Post(app.test_client(), post.comments, post.catcher)
    own = other.says(tell="", text="Ik ben het echt.", email=EVE)
    assert other.letters(EVE) == 1
    assert of_letter(room, own) == "sent"


def test_once_it_is_confirmed_nothing_more_is_asked(post: Post, room: Room) -> None:
    own = post.says()
    post.confirms()
    assert of_letter(room, own) == ""


def test_a_site_without_mail_asks_nothing(host: SmallHost, clock: Clock, room: Room) -> None:
    client = small_site(host, clock).test_client()
    own = posted_id(posts(client, tell="1", follow="all"))
    assert jobs(room, "mail_confirm") == []
    assert of_letter(room, own) == ""


def test_one_of_the_house_is_asked_nothing(
    post: Post, host: SmallHost, client: FlaskClient, room: Room
) -> None:
    host.signed_in = CAS
    client.set_cookie("session", "")
    post.says(follow="all")
    assert jobs(room, "mail_confirm") == []


def test_what_is_taken_for_spam_asks_nobody(comments: Comments, room: Room) -> None:
    draft = Draft("dekschuit", "Pillen", room.clock(), name="Eve", email=EVE, tell=True)
    assert asking.letter_for(comments.site, draft, State.SPAM) is None
    assert asking.letter_for(comments.site, draft, State.PENDING) is True


def test_a_letter_is_not_sent_for_what_has_become_spam(post: Post, room: Room) -> None:
    own = post.says()
    room.moves(own, Action.SPAM)
    assert post.letters() == 0
    assert jobs(room, "mail_confirm")[0].ended == "done"


def test_an_address_gets_three_letters_a_day_and_the_comment_is_kept_all_the_same(
    post: Post, clock: Clock, room: Room
) -> None:
    own = [post.says(text=f"Nummer {number}.") for number in range(5)]
    assert post.letters() == 3
    assert [of_letter(room, each) for each in own] == ["sent"] * 3 + ["braked"] * 2
    clock.goes_on(hours=25)
    post.says(text="Een dag later.")
    assert post.letters() == 4


def test_a_household_asks_for_ten_letters_a_day(post: Post, room: Room) -> None:
    own = [post.says(text=f"Nummer {n}.", email=f"lezer{n}@elders.example") for n in range(12)]
    post.comments.run_due()
    assert len(post.catcher.letters) == 10
    assert [of_letter(room, each) for each in own].count("braked") == 2


def test_a_letter_that_could_not_be_sent_is_sent_later(
    post: Post, catcher: Catcher, clock: Clock
) -> None:
    post.says()
    catcher.mode = "later"
    assert post.letters() == 0
    catcher.mode = "well"
    clock.goes_on(seconds=LEASE.total_seconds())
    assert post.letters() == 1


def test_a_wish_without_a_comment_is_asked_for_as_well(
    comments: Comments, post: Post, room: Room, clock: Clock
) -> None:
    wish = Wish(EVE, thread_key="spaak", scope="all", language="nl")
    assert asking.ask(comments.site, wish, "192.0.2.7", clock())
    link = post.link(EVE)
    assert "Iemand wil" in text_of(post.catcher.to(EVE)[0])
    page = post.presses(link)
    assert page.status_code == 200
    with reading(room.engine) as session:
        (follow,) = session.scalars(select(Follow)).all()
    assert follow.email_hash == hash_of(room, EVE)
    assert "already done" in post.presses(link).text


def test_too_many_wishes_are_turned_down(comments: Comments, clock: Clock) -> None:
    wish = Wish(EVE, thread_key="spaak", scope="all")
    asked = [asking.ask(comments.site, wish, "192.0.2.7", clock()) for _ in range(4)]
    assert asked == [True, True, True, False]


def test_the_two_brakes_hold_across_processes(
    host: SmallHost, clock: Clock, catcher: Catcher, comments: Comments
) -> None:
    other = mailed_site(host, clock, catcher).extensions["comments"].site
    wish = Wish(EVE, thread_key="spaak", scope="all")
    asked = [asking.ask(site, wish, "", clock()) for site in (comments.site, other) * 2]
    assert asked == [True, True, True, False]


def test_a_letter_on_an_article_that_is_gone_is_not_sent(
    post: Post, host: SmallHost, room: Room
) -> None:
    post.says()
    del host.known["dekschuit"]
    assert post.letters() == 0


def test_a_letter_whose_address_no_key_opens_is_given_up(post: Post, room: Room) -> None:
    own = post.says()
    with writing(room.engine) as session:
        comment = session.get_one(Comment, own)
        comment.email_sealed = "9:x"
    (job,) = jobs(room, "mail_confirm")
    with writing(room.engine) as session:
        session.merge(job).values = {**job.values, "email": "9:x"}
    assert post.letters(DIA) == 0
    assert jobs(room, "mail_confirm")[0].ended == "done"
