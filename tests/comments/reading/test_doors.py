"""Reading through the door: orders, what the house points out, what is closed, and the count that is polled."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, update

from comments.database import writing
from comments.extension import Comments
from comments.models import Comment, Thread
from comments.states import Action, State

from ..browser import body_of
from ..bulk import discussion
from ..databases import on_both_databases
from ..host import SETTINGS, Clock, Room, SmallHost
from ..small_site import small_site


def standing(html: str) -> list[int]:
    """The comments of a page in the order in which they stand."""
    return [int(found) for found in re.findall(r'<article[^>]* id="comment-(\d+)"', html)]


def steer(room: Room, comment_id: int, **values: Any) -> None:
    """As the desk leaves it: the mark, and the counter that goes with it."""
    with writing(room.engine) as session:
        session.execute(update(Comment).where(Comment.id == comment_id).values(**values))
        counters = {"pinned": Thread.pinned_count, "featured": Thread.featured_count}
        for name in values.keys() & counters.keys():
            session.execute(update(Thread).values({counters[name]: counters[name] + 1}))
        session.execute(update(Thread).values(version=Thread.version + 1))


def holds(room: Room, **values: Any) -> None:
    with writing(room.engine) as session:
        session.execute(update(Thread).values(version=Thread.version + 1, **values))


# orders


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [1, 2, 3]),
        ("?order=oldest", [1, 2, 3]),
        ("?order=newest", [5, 4, 3]),
        ("?order=useful", [2, 5, 4]),
        ("?order=best", [1, 2, 3]),
        ("?order=", [1, 2, 3]),
    ],
)
def test_the_address_says_the_order(
    client: FlaskClient, room: Room, query: str, shown: list[int]
) -> None:
    discussion(room, [0] * 5)
    steer(room, 2, useful_rank=0.4)
    assert standing(client.get(f"/dekschuit/{query}").text) == shown


def test_replies_stay_a_conversation_in_every_order(client: FlaskClient, room: Room) -> None:
    discussion(room, [2, 2])
    steer(room, 6, useful_rank=0.9)
    assert standing(client.get("/dekschuit/?order=newest").text) == [4, 5, 6, 1, 2, 3]


def test_each_order_has_its_own_bytes_and_an_unknown_one_those_of_the_usual(
    client: FlaskClient, room: Room, comments: Comments
) -> None:
    discussion(room, [0] * 3)
    for query in ("", "?order=oldest", "?order=", "?order=x", "?order=newest&order=useful"):
        client.get(f"/dekschuit/{query}")
    assert len(comments.site.pages.kept) == 2
    client.get("/dekschuit/?order=useful")
    assert len(comments.site.pages.kept) == 3


def orders_on(html: str) -> dict[str, tuple[str, bool]]:
    """The words of each order, with where it leads and whether it is this one."""
    nav = html.partition('<nav class="ww-ui ww-orders"')[2].partition("</nav>")[0]
    found = re.findall(r'<a href="([^"]*)" rel="nofollow"([^>]*)>([^<]*)</a>', nav)
    return {words: (url, "aria-current" in rest) for url, rest, words in found}


def test_an_order_is_chosen_by_a_link(client: FlaskClient, room: Room) -> None:
    discussion(room, [0] * 5)
    assert orders_on(client.get("/dekschuit/?order=newest").text) == {
        "Oldest": ("/dekschuit/#comments", False),
        "Newest": ("/dekschuit/?order=newest#comments", True),
        "Most useful": ("/dekschuit/?order=useful#comments", False),
    }


def test_one_comment_has_no_order(client: FlaskClient, room: Room) -> None:
    discussion(room, [0])
    assert orders_on(client.get("/dekschuit/").text) == {}


def test_a_site_has_a_usual_order_of_its_own(host: SmallHost, room: Room, clock: Clock) -> None:
    app = small_site(host, clock, settings=replace(SETTINGS, order="newest"))
    discussion(room, [0] * 5)
    page = app.test_client().get("/dekschuit/").text
    assert standing(page) == [5, 4, 3]
    assert orders_on(page)["Oldest"] == ("/dekschuit/?order=oldest#comments", False)
    assert 'href="/dekschuit/comments/page/2/#comments" rel="next">Earlier comments' in page
    found = app.test_client().get("/dekschuit/comments/1?order=oldest")
    assert found.location == "/dekschuit/?order=oldest#comment-1"
    app.extensions["comments"].site.versions.close()


def test_pages_branches_and_permalinks_keep_the_order(client: FlaskClient, room: Room) -> None:
    discussion(room, [0, 0, 0, 9])
    page = client.get("/dekschuit/?order=newest").text
    assert 'href="/dekschuit/comments/page/2/?order=newest#comments" rel="next"' in page
    branch = "/dekschuit/comments/4/replies/?order=newest"
    assert f'href="{branch}" data-root="4"' in page
    assert 'href="/dekschuit/?order=newest#comment-4">Back to all' in client.get(branch).text
    assert f'href="{branch}&amp;page=2#comments" rel="next"' in client.get(branch).text
    assert 'class="ww-when" href="/dekschuit/comments/1?order=newest"' in (
        client.get("/dekschuit/comments/page/2/?order=newest").text
    )


@pytest.mark.parametrize("order", ["oldest", "newest", "useful"])
def test_a_permalink_leads_to_its_comment_in_the_order_that_is_asked(
    client: FlaskClient, room: Room, order: str
) -> None:
    for comment_id in discussion(room, [0, 9, 0, 2, 0]):
        found = client.get(f"/dekschuit/comments/{comment_id}?order={order}")
        assert found.status_code == 302
        assert body_of(client.get(found.location).text, comment_id)


def test_words_of_the_pages_say_what_comes(client: FlaskClient, room: Room) -> None:
    discussion(room, [0] * 7)
    words = {
        order: re.findall(
            r'rel="(?:prev|next)">([^<]*)',
            client.get(f"/dekschuit/comments/page/2/?order={order}").text,
        )
        for order in ("oldest", "newest", "useful")
    }
    assert words == {
        "oldest": ["Earlier comments", "Later comments"],
        "newest": ["Later comments", "Earlier comments"],
        "useful": ["Previous page", "Next page"],
    }


# what the house points out


@pytest.mark.parametrize("order", ["oldest", "newest", "useful"])
def test_what_is_pinned_stands_first_on_the_first_page_and_nowhere_else(
    client: FlaskClient, room: Room, order: str
) -> None:
    discussion(room, [0] * 7)
    steer(room, 5, pinned=True)
    pages = [client.get(f"/dekschuit/?order={order}").text]
    pages += [client.get(f"/dekschuit/comments/page/2/?order={order}").text]
    shown = [standing(page) for page in pages]
    assert shown[0][0] == 5
    assert sorted(shown[0] + shown[1]) == [1, 2, 3, 4, 5, 6, 7]
    assert ">Pinned</span>" in body_of(pages[0], 5)
    assert client.get(f"/dekschuit/comments/page/3/?order={order}").status_code == 404


def test_what_is_featured_is_marked_and_jumped_to(client: FlaskClient, room: Room) -> None:
    first, second = room.says(), room.staff_says()
    page = client.get("/dekschuit/").text
    assert "Featured" not in page
    steer(room, first, featured=True)
    steer(room, second, featured=True)
    page = client.get("/dekschuit/?order=newest").text
    jumps = page.partition("Featured:")[2].partition("</p>")[0]
    assert re.findall(r'href="([^"]*)">([^<]*)', jumps) == [
        (f"/dekschuit/comments/{first}?order=newest", "Dia Okonkwo"),
        (f"/dekschuit/comments/{second}?order=newest", "Bob Terpstra"),
    ]
    assert ">Featured</span>" in body_of(page, first)


def test_a_featured_comment_that_was_taken_away_is_pointed_out_no_more(
    client: FlaskClient, room: Room
) -> None:
    own = room.says()
    room.says(parent=own)
    steer(room, own, featured=True)
    room.moves(own, Action.REJECT)
    assert "Featured" not in client.get("/dekschuit/").text


# closed


def test_a_locked_conversation_is_not_answered_and_says_so_once(
    client: FlaskClient, room: Room
) -> None:
    discussion(room, [3, 1])
    steer(room, 1, locked=True)
    page = client.get("/dekschuit/").text
    bodies = {comment_id: body_of(page, comment_id) for comment_id in standing(page)}
    assert {id_ for id_, body in bodies.items() if "ww-reply" in body} == {5, 6}
    assert {id_ for id_, body in bodies.items() if "was closed" in body} == {1}
    branch = client.get("/dekschuit/comments/1/replies/").text
    assert "ww-reply" not in branch
    assert "<textarea" in page


def test_a_discussion_that_was_closed_looks_like_one_whose_article_is(
    client: FlaskClient, room: Room
) -> None:
    own = room.says()
    holds(room, closed=True)
    page = client.get("/dekschuit/").text
    assert "The discussion of this article is closed. You can still read along." in page
    assert "<textarea" not in page
    assert "ww-reply" not in body_of(page, own)
    assert 'name="useful"' in body_of(page, own)


# what was changed, what came late


def test_an_edit_is_said_with_its_time_and_whose_it_was(
    client: FlaskClient, room: Room, clock: Clock
) -> None:
    first, second = room.says(), room.says()
    assert "edited" not in body_of(client.get("/dekschuit/").text, first)
    steer(room, first, edited_at=clock.goes_on(hours=1))
    steer(room, second, edited_at=clock.now, edited_by_desk=True)
    page = client.get("/dekschuit/").text
    time = '<time datetime="2026-03-01T13:00Z" itemprop="dateModified">'
    assert f"<span>edited {time}" in body_of(page, first)
    assert f"<span>edited by the desk {time}" in body_of(page, second)


def test_a_comment_that_waited_says_since_when_it_is_public(
    client: FlaskClient, room: Room, clock: Clock
) -> None:
    late, at_once = room.says(state=State.PENDING), room.says()
    clock.goes_on(hours=3)
    room.moves(late, Action.APPROVE)
    page = client.get("/dekschuit/").text
    assert re.findall(r'data-since="([^"]*)" id="comment-(\d+)"', page) == [
        ("2026-03-01T15:00Z", str(late))
    ]
    assert at_once in standing(page)
    assert 'data-spoken="2026-03-01T15:00Z"' in page


# folding


def test_a_conversation_of_two_replies_or_more_can_be_folded(
    client: FlaskClient, room: Room
) -> None:
    """The third answers the second, so that there are two under the first; the other root has one."""
    discussion(room, [3, 1, 7])
    page = client.get("/dekschuit/").text
    folds = re.findall(r'<details class="ww-branch" open><summary>([^<]*)', page)
    assert folds == ["3 replies below", "7 replies below"]
    assert page.count("</details>") >= len(folds)


# the count that is polled


def counted(client: FlaskClient, **headers: str) -> Any:
    return client.get("/comments/dekschuit/count", headers=headers)


def test_the_count_is_tiny_and_may_be_kept_for_a_moment(client: FlaskClient, room: Room) -> None:
    room.says()
    room.says(state=State.PENDING)
    answer = counted(client)
    assert answer.get_json() == {"count": 1, "version": room.thread().version}
    assert answer.headers["Cache-Control"] == "public, max-age=15"
    assert len(answer.data) < 40
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers


def test_who_knows_the_count_already_gets_nothing(client: FlaskClient, room: Room) -> None:
    own = room.says()
    etag = counted(client).headers["ETag"]
    assert counted(client, **{"If-None-Match": etag}).status_code == 304
    room.moves(own, Action.REJECT)
    assert counted(client, **{"If-None-Match": etag}).get_json()["count"] == 0


def test_a_discussion_without_a_comment_counts_none(client: FlaskClient) -> None:
    assert counted(client).get_json() == {"count": 0, "version": 0}
    assert client.get("/comments/nergens/count").get_json()["count"] == 0


@on_both_databases
def test_counting_takes_nothing_from_the_pool(
    client: FlaskClient, room: Room, engine: Engine
) -> None:
    """One statement on the connection that is held for it."""
    room.says()
    counted(client)
    taken: list[object] = []

    def note(*more: object) -> None:
        taken.append(more)

    event.listen(engine, "checkout", note)
    assert counted(client).get_json()["count"] == 1
    event.remove(engine, "checkout", note)
    assert taken == []
