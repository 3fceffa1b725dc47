"""The demo world in a site: everything is there, with a history that its files only hint at."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from app import site_of
from blog.models import Article, Author, User, db
from blog.states import State as ArticleState
from comments import chain, migrate, queries
from comments.database import reading
from comments.facts import Mode
from comments.host import Subject
from comments.keys import fresh
from comments.models import Comment, Finding, History, Job, LogRow, Thread
from comments.schema import Base
from comments.states import State
from comments.upkeep.health import chain_rows
from comments.upkeep.portable import all_tables
from comments.writing.markup import normalise
from examples.world import load as loading
from examples.world.load import NotEmpty, empty, load
from examples.world.story import Decision, story
from examples.world.world import World, ending, read
from moderation.units.models import Member, Unit
from tests.people import BOB, Actor, sign_in

NOW = datetime(2027, 2, 10, 12, 0, tzinfo=UTC)
PASSWORD = "een wachtwoord voor allen"
TABLES = all_tables([Base.metadata, db.metadata])


@contextmanager
def site_in(folder: Path) -> Iterator[Flask]:
    """A site that would ask Akismet about everything, at an address where nobody answers."""
    app = site_of(
        {
            "WEERWOORD_SECRET_KEY": "geheim voor deze proef",
            "WEERWOORD_DATA_KEYS": fresh(b"k" * 32),
            "WEERWOORD_LOOKUP_KEY": "look-up",
            "WEERWOORD_DATABASE_URL": f"sqlite:///{folder / 'site.db'}",
            "WEERWOORD_AKISMET_KEY": "demo",
            "WEERWOORD_AKISMET_URL": "http://127.0.0.1:1",
            "WEERWOORD_AKISMET_MODE": "always",
        }
    )
    migrate.upgrade(engine_of(app), "blog")
    yield app
    app.extensions["comments"].site.versions.close()
    engine_of(app).dispose()


def engine_of(app: Flask) -> Engine:
    found: Engine = app.extensions["comments"].site.engine
    return found


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with site_in(tmp_path_factory.mktemp("world")) as app:
        load(app, PASSWORD, NOW)
        yield app


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Flask]:
    with site_in(tmp_path) as app:
        yield app


@pytest.fixture(scope="module")
def world() -> World:
    return ending(read(), NOW - timedelta(hours=2))


@pytest.fixture(scope="module")
def told(app: Flask, world: World) -> Mapping[str, Comment]:
    """Every comment by the key that it has in the files."""
    with reading(engine_of(app)) as session:
        stored = {comment.source: comment for comment in session.scalars(select(Comment))}
    return {remark.key: stored[normalise(remark.text)] for remark in world.remarks}


@pytest.fixture(scope="module")
def log(app: Flask) -> list[LogRow]:
    with reading(engine_of(app)) as session:
        return list(session.scalars(select(LogRow).order_by(LogRow.seq)))


@pytest.fixture(scope="module")
def keys(app: Flask) -> Mapping[str, str]:
    """The keys of the staff by login."""
    with app.app_context():
        return {
            user.email.partition("@")[0]: str(user.id) for user in db.session.scalars(select(User))
        }


# comments


def test_every_comment_is_there_in_its_state(told: Mapping[str, Comment], world: World) -> None:
    states = {key: comment.state for key, comment in told.items()}
    assert states == {remark.key: remark.state for remark in world.remarks}


def test_every_comment_answers_whom_it_answered(told: Mapping[str, Comment], world: World) -> None:
    for remark in world.remarks:
        parent = told[remark.parent].id if remark.parent else None
        assert told[remark.key].parent_id == parent, remark.key


def test_every_comment_is_of_its_own_time(told: Mapping[str, Comment], world: World) -> None:
    times = {key: comment.created_at for key, comment in told.items()}
    assert times == {remark.key: remark.at for remark in world.remarks}
    assert max(times.values()) == NOW - timedelta(hours=2)


def test_the_distances_of_the_files_stay(world: World) -> None:
    by = {late.at - early.at for late, early in zip(world.remarks, read().remarks, strict=True)}
    assert len(by) == 1


def test_a_guest_has_a_sealed_address_and_staff_have_their_key(
    app: Flask, told: Mapping[str, Comment], world: World, keys: Mapping[str, str]
) -> None:
    opened = app.extensions["comments"].site.keys.open
    for remark in world.remarks:
        stored = told[remark.key]
        assert stored.person_key == (keys[remark.person] if remark.person else ""), remark.key
        assert opened(stored.email_sealed) == remark.email, remark.key


def test_the_counters_agree_with_the_comments(app: Flask) -> None:
    with reading(engine_of(app)) as session:
        approved = select(func.count()).where(
            Comment.thread_id == Thread.id, Comment.state == State.APPROVED
        )
        for thread, count in session.execute(select(Thread, approved.scalar_subquery())):
            assert thread.comment_count == count, thread.key


def test_every_guest_was_seen_by_the_row_of_checks(
    app: Flask, told: Mapping[str, Comment], world: World
) -> None:
    with reading(engine_of(app)) as session:
        rows = session.execute(select(Finding.comment_id, Finding.code)).all()
    found = {(id_, code) for id_, code in rows}
    for remark in world.remarks:
        code = "signed_in" if remark.person else "waits_for_person"
        assert (told[remark.key].id, code) in found, remark.key


def test_the_rules_of_the_house_found_something(app: Flask) -> None:
    with reading(engine_of(app)) as session:
        codes = Counter(session.scalars(select(Finding.code)))
    assert codes["rule_phrase"] >= 2
    assert codes["rule_link_host"] >= 1
    assert codes["many_links"] >= 2


def test_nobody_outside_was_asked_and_nothing_is_owed(app: Flask) -> None:
    with reading(engine_of(app)) as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 0
        assert "akismet" not in set(session.scalars(select(Finding.check)))
        assert set(session.scalars(select(History.what))) == {"submitted", "edited", "reported"}


# what happened later


def test_a_newcomer_finds_an_edit_that_was_made_and_one_that_waits(
    told: Mapping[str, Comment], world: World
) -> None:
    made, waits = (told[edit.comment] for edit in world.edits)
    assert (made.edited_at is not None, made.edit_waits) == (True, False)
    assert (waits.edited_at, waits.edit_waits, waits.waits) == (None, True, True)


def test_a_newcomer_finds_a_comment_that_was_reported_twice(
    told: Mapping[str, Comment], world: World
) -> None:
    (key,) = {report.comment for report in world.reports}
    assert (told[key].report_count, told[key].waits) == (2, True)


def test_a_newcomer_finds_one_pinned_one_featured_and_a_locked_conversation(
    told: Mapping[str, Comment],
) -> None:
    marks = {k: (c.pinned, c.featured, c.locked) for k, c in told.items()}
    assert {k: m for k, m in marks.items() if any(m)} == {
        "vloer-10": (True, False, False),
        "vloer-01": (False, False, True),
        "terpstra-01": (False, True, False),
    }


def test_one_discussion_is_slow_one_is_watched_and_one_will_close(app: Flask) -> None:
    comments = app.extensions["comments"]
    assert comments.mode("een-vraag-geen-vlag") == Mode(slow_minutes=10)
    assert comments.mode("wie-weigert-legt-uit") == Mode(premoderated=True)
    closing = comments.site.host.subject("wie-neemt-het-over").open_until
    assert NOW < closing < NOW + timedelta(days=14)


# decisions


def actions(log: list[LogRow], comment: Comment) -> list[str]:
    return [row.action for row in log if row.comment_id == comment.id]


def test_the_log_holds_and_tells_things_in_their_order(app: Flask, log: list[LogRow]) -> None:
    with reading(engine_of(app)) as session:
        assert chain.verify(chain_rows(session), queries.chain_head(session)) is None
    times = [row.at for row in log]
    assert times == sorted(times)
    assert times[-1] < NOW


def test_what_left_the_page_stood_there_before(
    log: list[LogRow], told: Mapping[str, Comment], world: World
) -> None:
    left = [remark for remark in world.remarks if remark.was_approved]
    assert len(left) >= 2
    for remark in left:
        first, second = actions(log, told[remark.key])
        assert (first, second) == (
            "approve",
            "reject" if remark.state is State.REJECTED else "withdraw",
        )


def test_what_was_answered_was_approved_before_the_answer(
    log: list[LogRow], told: Mapping[str, Comment], world: World
) -> None:
    approved = {row.comment_id: row.at for row in reversed(log) if row.action == "approve"}
    for remark in world.remarks:
        parent = told.get(remark.parent)
        if parent is not None and not parent.person_key:
            assert approved[parent.id] < remark.at, remark.key


def test_nobody_decides_on_what_staff_say_or_on_what_waits(
    log: list[LogRow], told: Mapping[str, Comment], world: World
) -> None:
    for remark in world.remarks:
        if remark.person or remark.state is State.PENDING:
            assert actions(log, told[remark.key]) == [], remark.key


def test_bob_and_cas_decide_at_home_and_the_middle_everywhere(
    log: list[LogRow], told: Mapping[str, Comment], world: World, keys: Mapping[str, str]
) -> None:
    """A withdrawal is its author's own."""
    units = {article.slug: article.unit for article in world.articles}
    unit_of = {told[remark.key].id: units[remark.article] for remark in world.remarks}
    deciders: dict[str, set[str]] = {}
    for row in log:
        if row.action != "withdraw":
            deciders.setdefault(unit_of[row.comment_id], set()).add(row.actor_key)
    middle = {keys["ada"], keys["hub"]}
    assert deciders["centraal"] == middle
    assert {keys["bob"]} < deciders["utrecht"] <= {keys["bob"]} | middle
    assert {keys["cas"]} <= deciders["gent"] <= {keys["cas"]} | middle
    assert {row.actor_key for row in log if row.action == "withdraw"} == {"author"}


def test_decisions_are_minutes_or_hours_after_what_they_are_about(
    log: list[LogRow], told: Mapping[str, Comment]
) -> None:
    said = {comment.id: comment.created_at for comment in told.values()}
    waited = sorted(row.at - said[row.comment_id] for row in log if row.action == "approve")
    assert timedelta(minutes=1) <= waited[0]
    assert waited[-1] <= timedelta(hours=12)
    assert len(set(waited)) > 20


def test_the_same_story_is_told_each_time(world: World) -> None:
    first, again = story(world), story(world)
    assert first == again
    assert sum(isinstance(event, Decision) for event in first) > 60


# articles


def test_every_article_is_there_with_its_date(app: Flask, world: World) -> None:
    with app.app_context():
        found = {article.slug: article for article in db.session.scalars(select(Article))}
        assert found.keys() == {article.slug for article in world.articles}
        for article in world.articles:
            stored = found[article.slug]
            assert stored.state == ArticleState(article.state)
            assert stored.published_at == article.published
            assert stored.unit_key == article.unit
            assert stored.words >= 300
            if article.published:
                assert stored.updated_at == article.published


def test_every_article_is_by_its_author(app: Flask, world: World) -> None:
    names = {member.login: member.name for member in world.staff}
    with app.app_context():
        rows = db.session.execute(
            select(Article.slug, Author.name, Author.bio).join(
                Author, Article.author_id == Author.id
            )
        ).all()
    assert {slug: name for slug, name, _ in rows} == {
        article.slug: names[article.author] for article in world.articles
    }
    assert all(bio for _, _, bio in rows)


def test_only_the_discussion_that_is_over_is_closed(app: Flask, world: World) -> None:
    host = app.extensions["comments"].site.host
    for article in world.articles:
        subject: Subject | None = host.subject(article.slug)
        assert (subject is not None) == (article.published is not None)
        assert subject is None or subject.open == article.open


def test_every_published_article_is_served(app: Flask, world: World) -> None:
    client = app.test_client()
    for article in world.articles:
        status = client.get(f"/{article.slug}/").status_code
        assert status == (200 if article.published else 404), article.slug


# people


def test_everybody_has_the_place_that_the_contract_gives(
    app: Flask, keys: Mapping[str, str]
) -> None:
    represented = Unit.__table__.alias()
    rows = (
        select(Member.person_key, Unit.key, Member.role, represented.c.key)
        .join(Unit, Member.unit_id == Unit.id)
        .outerjoin(represented, Member.represents_id == represented.c.id)
    )
    with reading(engine_of(app)) as session:
        places = {tuple(row) for row in session.execute(rows)}
    assert places == {
        (keys["ada"], "centraal", "moderator", None),
        (keys["bob"], "utrecht", "moderator", None),
        (keys["cas"], "gent", "moderator", None),
        (keys["dirk"], "utrecht", "author", None),
        (keys["hub"], "centraal", "moderator", "utrecht"),
    }


def test_ada_alone_is_admin(app: Flask) -> None:
    with app.app_context():
        assert db.session.scalars(select(User.email).where(User.admin)).all() == [
            "ada@weerwoord.example"
        ]


def test_everybody_signs_in_with_the_password_that_was_given(app: Flask) -> None:
    sign_in(app.test_client(), Actor(BOB.name, BOB.email, PASSWORD))


# filling


def test_without_a_password_everybody_gets_one_of_his_own(
    blank: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "tell", lambda *told: None)
    accounts = load(blank, None, NOW)
    assert [email for email, _ in accounts] == [
        f"{login}@weerwoord.example" for login in ("ada", "bob", "cas", "dirk", "hub")
    ]
    assert len({password for _, password in accounts}) == 5
    assert min(len(password) for _, password in accounts) >= 12
    sign_in(blank.test_client(), Actor("", *accounts[1]))


def test_a_site_with_anything_in_it_is_left_alone(app: Flask, log: list[LogRow]) -> None:
    with pytest.raises(NotEmpty):
        load(app, None, NOW)
    with reading(engine_of(app)) as session:
        assert queries.chain_head(session)[0] == len(log)


def test_what_is_broken_off_leaves_the_site_empty(
    blank: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody would know the passwords of half a world."""

    def interrupted(*told: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "tell", interrupted)
    with pytest.raises(KeyboardInterrupt):
        load(blank, None, NOW)
    assert empty(engine_of(blank), TABLES)
    with reading(engine_of(blank)) as session:
        assert queries.chain_head(session) == (0, chain.START)
