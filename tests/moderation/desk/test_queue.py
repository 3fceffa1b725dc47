"""What the queue shows: cards with every reason, kind words, and nothing that it should not."""

import re

import pytest
from sqlalchemy import update

from comments.database import writing
from comments.models import Comment, Finding, Thread
from comments.shown import attend
from comments.states import Action, State
from tests.moderation.world import CAST, EMAIL, World


def queue(world: World, who: str = "hub", query: str = "") -> str:
    return world.client(who).get(f"/desk/?{query}").text


def card(world: World, id_: int, who: str = "hub") -> str:
    return world.client(who).get(f"/desk/{id_}").text


def set_(world: World, id_: int, **values: object) -> None:
    with writing(world.engine) as session:
        session.execute(update(Comment).where(Comment.id == id_).values(**values))


def test_a_card_shows_article_unit_name_and_text(world):
    world.write("naaf", "Wij doen **dit** al jaren.", name="Dia Okonkwo")
    page = queue(world)
    for shown in ("De naaf", "Utrecht", "Dia Okonkwo", "Wij doen <strong>dit</strong> al jaren."):
        assert shown in page


def test_a_card_of_a_reply_shows_what_is_answered(world):
    parent = world.write(text="Eerst dit gezegd.", person=CAST["bob"])
    world.write(text="Daar ben ik het mee eens.", parent_id=parent)
    page = queue(world)
    assert "Bob Terpstra wrote:" in page
    assert "Eerst dit gezegd." in page


def test_a_card_leads_to_the_comment_on_its_article(world):
    id_ = world.write("velg")
    assert f'href="/velg/comments/{id_}"' in queue(world)


def test_a_card_shows_every_reason_in_words(world):
    id_ = world.write(text="Zie https://a.example/ en https://b.example/")
    page = card(world, id_)
    assert "2 links in it" in page
    assert "This address was never confirmed" in page


def test_every_card_on_a_page_has_its_own_reasons_parent_and_last_decision(world):
    for name in ("Eerste", "Tweede"):
        parent = world.write(name=f"{name} vraag", text=f"{name} vraag.")
        world.move(parent, Action.APPROVE)
        id_ = world.write(text=f"{name} antwoord.", parent_id=parent)
        world.move(id_, Action.REJECT)
        world.move(id_, Action.HOLD)
    first, second = queue(world).split("<article ")[1:]
    for card_, name in ((first, "Eerste"), (second, "Tweede")):
        assert f"{name} vraag wrote:" in card_
        assert "This address was never confirmed" in card_
        assert "Hub Smeets: waiting" in card_


def test_a_name_is_text_and_never_markup(world):
    world.write(name="<b>Eve</b>")
    page = queue(world)
    assert "<b>Eve</b>" not in page
    assert "&lt;b&gt;Eve&lt;/b&gt;" in page


@pytest.mark.parametrize("who", ["ada", "hub", "bob"])
def test_moderators_see_the_address_masked(world, who):
    world.write("naaf")
    page = queue(world, who)
    assert "d…@lezers.example" in page
    assert EMAIL not in page


def test_an_author_sees_no_address_at_all(world):
    id_ = world.write("spaak")
    for page in (queue(world, "dirk"), card(world, id_, "dirk")):
        assert f'id="card-{id_}"' in page
        assert "lezers.example" not in page


def test_an_address_whose_key_is_gone_leaves_the_desk_standing(world):
    id_ = world.write()
    set_(world, id_, email_sealed="9:gone")
    assert "(its key is gone)" in queue(world)


def test_staff_have_no_address_on_their_card(world):
    id_ = world.write(person=CAST["bob"])
    assert "…@" not in card(world, id_)


def test_a_card_tells_what_became_of_the_writers_other_comments(world):
    for action in (Action.APPROVE, Action.APPROVE, Action.REJECT, Action.SPAM):
        world.move(world.write(), action)
    assert "other comments: approved 2 · rejected 1 · spam 1 · waiting 0" in card(
        world, world.write()
    )


def test_another_writers_comments_are_not_counted(world):
    world.move(world.write(email="eve@elders.example"), Action.SPAM)
    assert "First comment here" in card(world, world.write())


def test_of_a_comment_without_an_address_nothing_is_claimed(world):
    id_ = world.write()
    set_(world, id_, email_hash="", email_sealed="")
    page = card(world, id_)
    assert "First comment here" not in page
    assert "other comments" not in page


def test_a_card_tells_who_decided_last_and_what(world):
    id_ = world.write()
    world.decide("bob", id_, "reject")
    assert "Bob Terpstra: rejected" in queue(world, query="q=is:rejected")


def test_a_machine_is_called_by_its_name_and_who_left_is_not(world):
    id_ = world.write()
    world.move(id_, Action.REJECT, "iemand")
    assert "somebody who left: rejected" in card(world, id_)


def test_the_card_page_tells_the_story_in_order(world):
    id_ = world.write()
    world.clock.later(minutes=1)
    world.decide("bob", id_, "reject")
    world.clock.later(minutes=1)
    world.decide("hub", id_, "approve", version=2)
    story = card(world, id_).partition("What happened to it")[2]
    at = [story.index(s) for s in ("sent in", "Bob Terpstra: rejected", "Hub Smeets: approved")]
    assert at == sorted(at)


def test_what_was_taken_back_is_told_as_such(world):
    id_ = world.write()
    world.decide("bob", id_, "reject")
    world.send("bob", "/desk/undo", batch=world.log(id_)[0].batch)
    assert "Bob Terpstra: taken back, now waiting" in card(world, id_)


@pytest.mark.parametrize("state", ["pending", "approved", "rejected", "spam", "withdrawn"])
def test_each_queue_shows_the_comments_in_its_state(world, state):
    ids = {}
    for each in State:
        ids[each.value] = world.write()
        set_(world, ids[each.value], state=each, waits=each is State.PENDING)
    page = queue(world, query=f"q=is:{state}")
    assert re.findall(r'id="card-(\d+)"', page) == [str(ids[state])]
    assert f'href="/desk/?q=is:{state}" aria-current="page"' in page


def test_pingbacks_are_not_in_the_queue_of_peoples_comments(world):
    id_ = world.write()
    with writing(world.engine) as session:
        comment = session.get_one(Comment, id_)
        comment.kind = "pingback"
        attend(comment)
    assert "All done" in queue(world)


def test_the_buttons_of_a_bulk_are_those_of_the_queue(world):
    world.move(world.write(), Action.SPAM)
    bulk = queue(world, query="q=is:spam").partition('id="bulk"')[2].partition("</form>")[0]
    assert re.findall(r'name="action" value="(\w+)"', bulk) == ["approve", "reject", "hold"]


def test_where_nothing_can_be_decided_nothing_is_offered(world):
    set_(world, world.write(), state=State.WITHDRAWN)
    page = queue(world, query="q=is:withdrawn")
    assert 'id="card-1"' in page
    assert 'name="action"' not in page


def test_every_button_shows_its_key(world):
    world.write()
    page = queue(world)
    for key, label in (("a", "Approve"), ("r", "Reject"), ("s", "Spam")):
        assert f'data-key="{key}" aria-keyshortcuts="{key}">{label} <kbd' in page


def test_an_empty_queue_says_that_all_is_done(world):
    assert "Nobody is waiting for an answer from you." in queue(world)


@pytest.mark.parametrize("query", ["q=is:spam", "q=is:rejected"])
def test_another_empty_queue_does_not_say_that_all_is_done(world, query):
    world.write()
    page = queue(world, query=query)
    assert "All done" not in page
    assert "No comment is in this state." in page


def test_behind_the_last_comment_the_queue_does_not_say_that_all_is_done(world):
    id_ = world.write()
    page = queue(world, query=f"after={id_}")
    assert "All done" not in page
    assert "That was the last one" in page


def test_words_that_the_search_does_not_know_are_told(world):
    page = queue(world, query="q=from:dia+is:spam+%3Cb%3E")
    assert "The search does not know “from:dia &lt;b&gt;”." in page
    assert 'value="is:spam"' in page


def test_the_search_promises_nothing_but_what_it_can(world):
    said = re.search(r'placeholder="([^"]*)"', queue(world))
    assert said
    assert {w.partition(":")[0] for w in said[1].replace(",", " ").split() if ":" in w} == {"is"}


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (1, "Somebody decided on 1 comment before you; it was left as it is."),
        (3, "Somebody decided on 3 comments before you; they were left as they are."),
    ],
)
def test_what_came_too_late_is_said_kindly(world, late, said):
    assert said in queue(world, query=f"late={late}")


def test_without_anything_late_nothing_is_said_of_it(world):
    assert "before you" not in queue(world)


def test_the_desk_speaks_dutch_to_who_speaks_dutch(make):
    world = make()
    world.app.extensions["babel"].default_locale = "nl"
    world.write()
    page = queue(world)
    assert "Waarom ze hier staat" in page
    assert "Goedkeuren" in page


def test_a_unit_that_is_not_there_any_more_is_shown_by_its_key(world):
    id_ = world.write()
    with writing(world.engine) as session:
        session.execute(update(Thread).values(unit_key="delft"))
    assert "delft" in card(world, id_)


def test_a_finding_with_odd_values_is_shown_as_text(world):
    id_ = world.write()
    with writing(world.engine) as session:
        session.execute(
            update(Finding)
            .where(Finding.comment_id == id_)
            .values(code="rule_phrase", values={"what": "<script>"})
        )
    assert "A rule on words: “&lt;script&gt;”" in card(world, id_)
