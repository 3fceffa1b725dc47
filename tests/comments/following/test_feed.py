"""The feed of the replies to one reader: his alone, valid, and asked for again at little cost."""

import feedparser
import pytest
from flask.testing import FlaskClient

from comments.database import reading, writing
from comments.proof import actions
from comments.proof.queries import mailbox
from comments.states import Action, State

from ..databases import on_both_databases
from ..host import SPOKE, SmallHost
from .crowd import DIA, EVE, FAY, Crowd


@pytest.fixture
def path(crowd: Crowd) -> str:
    """The address of Dia's feed."""
    crowd.has_mailbox(DIA)
    with reading(crowd.room.engine) as session:
        box = mailbox(session, crowd.hash(DIA))
    assert box
    return f"/me/feed/{box.feed_key}.atom"


def entries(client: FlaskClient, path: str) -> list[str]:
    """The words of its entries."""
    found = feedparser.parse(client.get(path).data)
    assert not found.bozo
    return [one.content[0].value for one in found.entries]


@on_both_databases
def test_it_holds_the_public_replies_to_him_in_every_discussion_newest_first(
    crowd: Crowd, client: FlaskClient, path: str
) -> None:
    own, other = crowd.says(DIA), crowd.says(EVE)
    elsewhere = crowd.says(DIA, subject=SPOKE)
    crowd.says(EVE, "Aan Dia.", own)
    crowd.says(FAY, "Aan Eve.", other)
    crowd.says(DIA, "Aan mijzelf.", own)
    crowd.says(FAY, "Wacht nog.", own, State.PENDING)
    crowd.says(FAY, "Elders.", elsewhere, subject=SPOKE)
    assert entries(client, path) == ["<p>Elders.</p>", "<p>Aan Dia.</p>"]


def test_what_is_no_longer_public_goes_out_of_it(
    crowd: Crowd, client: FlaskClient, path: str, host: SmallHost
) -> None:
    own = crowd.says(DIA)
    said = crowd.says(EVE, parent=own)
    crowd.says(EVE, "Elders.", crowd.says(DIA, subject=SPOKE), subject=SPOKE)
    crowd.room.moves(said, Action.REJECT)
    assert entries(client, path) == ["<p>Elders.</p>"]
    del host.known["spaak"]
    assert entries(client, path) == []


def test_no_cache_for_many_keeps_it_and_no_index_holds_it(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.mimetype == "application/atom+xml"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in answer.headers


def test_asked_again_it_says_that_nothing_has_changed(
    crowd: Crowd, client: FlaskClient, path: str
) -> None:
    own = crowd.says(DIA)
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    crowd.says(EVE, parent=own)
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_another_address_leads_nowhere(crowd: Crowd, client: FlaskClient, path: str) -> None:
    assert client.get("/me/feed/x.atom").status_code == 404
    with writing(crowd.room.engine) as session:
        assert actions.renew_feed_key(session, crowd.hash(DIA), "another")
    assert client.get(path).status_code == 404
    assert client.get("/me/feed/another.atom").status_code == 200


def test_it_does_not_say_whose_it_is(crowd: Crowd, client: FlaskClient, path: str) -> None:
    own = crowd.says(DIA)
    crowd.says(EVE, parent=own)
    for secret in (DIA, EVE, crowd.hash(DIA)):
        assert secret not in client.get(path).text
