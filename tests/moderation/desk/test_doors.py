"""Who comes in where: every address of the desk, for each person, written out."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import url_for
from sqlalchemy import delete
from werkzeug.test import TestResponse

from comments.database import writing
from comments.states import State
from moderation.units.models import Member
from tests.moderation.world import World

PEOPLE = ["", "ada", "hub", "bob", "cas", "dirk", "noor"]
"""Nobody; the central desk twice; moderators of Utrecht and Gent; an author; an admin of no unit."""

LOGIN = 302
# For a comment under Bob's article in Utrecht, and a decision that Bob took on another one there.
DOORS = {
    ("moderation.queue", "GET"): (LOGIN, 200, 200, 200, 200, 200, 404),
    ("moderation.card", "GET"): (LOGIN, 200, 200, 200, 404, 404, 404),
    ("moderation.decide", "POST"): (LOGIN, 303, 303, 303, 404, 404, 404),
    ("moderation.bulk", "POST"): (LOGIN, 303, 303, 303, 404, 404, 404),
    ("moderation.undo", "POST"): (LOGIN, 404, 404, 303, 404, 404, 404),
    ("moderation.static", "GET"): (200, 200, 200, 200, 200, 200, 200),
}


def routes(world: World) -> Iterator[tuple[str, str]]:
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint.startswith("moderation."):
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield rule.endpoint, method


def test_every_address_of_the_desk_has_its_expectation_here(world):
    assert set(routes(world)) == set(DOORS)


def path_of(world: World, endpoint: str, comment_id: int) -> str:
    values: dict[str, Any] = {"comment_id": comment_id, "filename": "desk.css"}
    rule = next(rule for rule in world.app.url_map.iter_rules() if rule.endpoint == endpoint)
    with world.app.test_request_context():
        return url_for(endpoint, **{name: values[name] for name in rule.arguments})


def knock(world: World, who: str, endpoint: str, method: str) -> TestResponse:
    waiting, decided = world.write("naaf"), world.write("naaf")
    world.decide("bob", decided, "reject")
    form = {
        "csrf_token": world.token,
        "action": "approve",
        "version": 1,
        "card": f"{waiting}:1",
        "batch": world.log(decided)[0].batch,
    }
    return world.client(who).open(
        path_of(world, endpoint, waiting),
        method=method,
        data=form if method == "POST" else None,
        buffered=True,
    )


@pytest.mark.parametrize(("endpoint", "method"), DOORS)
def test_each_person_comes_in_where_the_table_says(world, endpoint, method):
    answers = [knock(world, who, endpoint, method) for who in PEOPLE]
    assert tuple(answer.status_code for answer in answers) == DOORS[endpoint, method]
    assert {a.location.partition("next=")[0] for a in answers if a.status_code == LOGIN} <= {
        "/login?"
    }


@pytest.mark.parametrize("who", PEOPLE[1:])
def test_whoever_is_turned_away_has_changed_nothing(world, who):
    id_ = world.write("naaf")
    allowed = DOORS["moderation.decide", "POST"][PEOPLE.index(who)] == 303
    world.decide(who, id_, "approve")
    assert (world.state(id_), len(world.log())) == (
        (State.APPROVED, 1) if allowed else (State.PENDING, 0)
    )


SEEN = {
    "ada": {"naaf", "velg", "spaak"},
    "hub": {"naaf", "velg", "spaak"},
    "bob": {"naaf", "spaak"},
    "cas": {"velg"},
    "dirk": {"spaak"},
}


@pytest.mark.parametrize("who", SEEN)
def test_each_person_sees_the_cards_of_his_own_scope_and_no_others(world, who):
    ids = {key: world.write(key) for key in ("naaf", "velg", "spaak")}
    page = world.client(who).get("/desk/").text
    assert {key for key, id_ in ids.items() if f'id="card-{id_}"' in page} == SEEN[who]


@pytest.mark.parametrize("who", SEEN)
def test_each_person_decides_on_the_comments_that_he_sees_and_on_no_others(world, who):
    ids = {key: world.write(key) for key in ("naaf", "velg", "spaak")}
    client = world.client(who)
    assert {k for k, id_ in ids.items() if client.get(f"/desk/{id_}").status_code == 200} == SEEN[
        who
    ]
    answers = {key: world.decide(who, id_, "spam").status_code for key, id_ in ids.items()}
    assert answers == {key: 303 if key in SEEN[who] else 404 for key in ids}
    assert {key for key, id_ in ids.items() if world.state(id_) is State.SPAM} == SEEN[who]


@pytest.mark.parametrize(("who", "expected"), [("ada", "3"), ("bob", "2"), ("dirk", "1")])
def test_the_numbers_beside_the_queues_count_only_what_one_sees(world, who, expected):
    for key in ("naaf", "velg", "spaak"):
        world.write(key)
    assert f'<span class="ww-number">{expected}</span>' in world.client(who).get("/desk/").text


def test_a_comment_that_is_not_there_is_404_as_one_that_is_not_shown(world):
    hidden = world.write("velg")
    bob = world.client("bob")
    assert bob.get(f"/desk/{hidden}").data == bob.get(f"/desk/{hidden + 1}").data


def test_whoever_signs_in_comes_back_to_the_page_that_he_wanted(world):
    answer = world.client().get("/desk/?q=is:spam&after=5")
    assert answer.location == "/login?next=/desk/%3Fq%3Dis%3Aspam%26after%3D5"


@pytest.mark.parametrize("path", ["/desk/1", "/desk/bulk", "/desk/undo"])
def test_whoever_signs_in_after_sending_a_form_comes_to_the_queue(world, path):
    assert world.client().post(path).location == "/login?next=/desk/"


def test_only_looking_whether_a_card_is_there_is_guarded_as_well(world):
    id_ = world.write("naaf")
    assert world.client("cas").head(f"/desk/{id_}").status_code == 404
    assert world.client().head(f"/desk/{id_}").status_code == LOGIN


def test_who_lost_his_place_is_out_at_the_next_click(world):
    client = world.client("dirk")
    assert client.get("/desk/").status_code == 200
    with writing(world.engine) as session:
        session.execute(delete(Member).where(Member.person_key == "dirk"))
    assert client.get("/desk/").status_code == 404


@pytest.mark.parametrize("path", ["/desk/", "/desk/{}"])
def test_no_cache_keeps_a_page_of_the_desk(world, path):
    id_ = world.write("naaf")
    answer = world.client("bob").get(path.format(id_))
    assert answer.headers["Cache-Control"] == "private, no-store"
