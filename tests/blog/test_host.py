import pytest

from blog.host import BlogHost
from blog.models import db
from blog.states import State
from tests.people import ADA, BOB, Actor

from .conftest import House


@pytest.fixture
def host(house):
    with house.app.app_context():
        return BlogHost(db.engine)


def key_of(house: House, actor: Actor) -> str:
    with house.app.app_context():
        return str(house.user(actor).id)


def test_a_published_article_can_be_discussed(house, host):
    house.article(title="Draagvlak", tags=["Hub"], comments_open=False)
    found = host.subject("draagvlak")
    assert (found.title, found.url, found.unit_key) == ("Draagvlak", "/draagvlak/", "utrecht")
    assert (found.author_key, found.tags, found.open) == (key_of(house, BOB), ("Hub",), False)
    assert found.modified_at == house.clock.now


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.WITHDRAWN])
def test_nothing_else_can(house, host, state):
    house.article(state=state)
    assert host.subject("draagvlak") is None
    assert host.subject("nergens") is None


def test_an_imported_author_is_nobody_who_can_sign_in(house, host):
    house.article(author_id=house.foreign_author("jan", "Jan van Vroeger"), by=None)
    assert host.people([host.subject("draagvlak").author_key]) == {}


def test_subjects_are_picked_by_their_title(house, host):
    house.article("een", title="Korte lijnen")
    house.article("twee", title="100% draagvlak")
    assert [found.key for found in host.subjects("LIJN")] == ["een"]
    assert [found.key for found in host.subjects("%")] == ["twee"]


def test_people_are_known_by_their_keys(house, host):
    ada = key_of(house, ADA)
    found = host.people([ada, "999999", "", "x", "١"])
    assert list(found) == [ada]
    assert (found[ada].name, found[ada].email, found[ada].admin) == (ADA.name, ADA.email, True)


def test_without_a_request_nobody_is_signed_in(house, host):
    with house.app.app_context():
        assert host.person() is None


def test_a_subject_takes_a_constant_number_of_queries(house, host):
    house.article(tags=["een", "twee", "drie"])
    assert len(house.queries(lambda: host.subject("draagvlak"))) == 2
