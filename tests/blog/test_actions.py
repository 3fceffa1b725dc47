from dataclasses import replace

import pytest

from blog import actions, queries
from blog.actions import Account, Stale, Taken
from blog.manuscript import Manuscript
from blog.models import Article, Tag, db
from blog.states import State
from tests.people import BOB, CAS

TYPED = Manuscript(
    title="Draagvlak",
    source="Eerst *luisteren*.",
    html="<p>Eerst <em>luisteren</em>.</p>",
    summary="Eerst luisteren.",
    slug="draagvlak",
    words=2,
    unit_key="utrecht",
    tags=("Hub", "Korte lijnen"),
)


@pytest.fixture
def session(house):
    with house.app.app_context():
        yield db.session


@pytest.fixture
def bob(session):
    return queries.user_with(session, BOB.email)


@pytest.fixture
def write(house, session, bob):
    def write(after=State.DRAFT, **values):
        typed = replace(TYPED, **values)
        article = actions.write(session, typed, bob, after, house.clock())
        return queries.article(session, article.id)

    return write


@pytest.fixture
def change(house, session):
    def change(article, after, seen=None, **values):
        version, typed = seen or article.version, replace(TYPED, **values)
        actions.change(session, article, version, typed, after, house.clock())
        queries.article(session, article.id)

    return change


def test_what_is_written_is_kept_as_it_was_typed(session, write):
    found = write()
    assert (found.title, found.source, found.html) == (TYPED.title, TYPED.source, TYPED.html)
    assert [tag.name for tag in found.tags] == ["Hub", "Korte lijnen"]
    assert (found.author.name, found.state, found.version) == (BOB.name, State.DRAFT, 1)


def test_an_account_without_an_author_gets_one_with_its_first_article(house, session, bob, write):
    session.delete(queries.author_of(session, bob.id))
    session.commit()
    assert write().author.slug == "bob-terpstra"


def test_a_tag_exists_once(session, write):
    write()
    write(slug="twee", tags=("hub",))
    assert session.scalars(db.select(Tag.name)).all() == ["Hub", "Korte lijnen"]


def test_a_slug_belongs_to_one_article(session, write):
    write()
    with pytest.raises(Taken):
        write()
    assert session.scalar(db.select(db.func.count()).select_from(Article)) == 1


def test_publishing_dates_an_article_once(house, write, change):
    article = write()
    assert article.published_at is None
    house.clock.later(days=1)
    change(article, State.PUBLISHED)
    first = article.published_at
    house.clock.later(days=1)
    change(article, State.WITHDRAWN)
    change(article, State.PUBLISHED)
    assert article.published_at == first


def test_the_address_stays_once_readers_had_it(write, change):
    article = write()
    change(article, State.PUBLISHED, slug="eerste")
    assert article.slug == "eerste"
    change(article, State.PUBLISHED, slug="tweede")
    assert article.slug == "eerste"


@pytest.mark.parametrize(
    "values", [{}, {"title": "Anders"}, {"tags": ()}, {"comments_open": False}]
)
def test_every_change_raises_the_version(write, change, values):
    article = write()
    change(article, State.DRAFT, **values)
    assert article.version == 2


def test_a_correction_is_dated_only_where_readers_read_something_else(house, write, change):
    article = write(State.PUBLISHED)
    house.clock.later(hours=1)
    change(article, State.PUBLISHED, comments_open=False)
    assert article.updated_at == article.published_at
    change(article, State.PUBLISHED, source="Anders.", html="<p>Anders.</p>")
    assert article.updated_at == house.clock()


def test_who_saw_an_older_version_changes_nothing(session, write, change):
    article = write()
    change(article, State.DRAFT, title="Eerste")
    with pytest.raises(Stale):
        change(article, State.DRAFT, seen=1, title="Tweede")
    session.rollback()
    assert article.title == "Eerste"


def test_of_two_at_the_same_moment_one_wins(house, session, write, change):
    article = write()
    with house.app.app_context():
        rival = queries.article(db.session, article.id)
        assert rival is not None
        change_of_rival = replace(TYPED, title="Ander")
        actions.change(db.session, rival, 1, change_of_rival, State.DRAFT, house.clock())
    with pytest.raises(Stale):
        change(article, State.DRAFT, title="Mijn")
    assert house.stored(article.id).title == "Ander"


def test_two_people_of_one_name_have_two_addresses(house, session):
    for n in range(2):
        account = Account(f"jan{n}@weerwoord.example", "Jan Jansen", "hash", f"u{n}")
        actions.add_user(session, account, house.clock())
    assert queries.author(session, "jan-jansen") is not None
    assert queries.author(session, "jan-jansen-2") is not None


def test_an_address_belongs_to_one_account(house, session):
    with pytest.raises(Taken):
        actions.add_user(session, Account(CAS.email, "Cas", "hash", "u"), house.clock())
