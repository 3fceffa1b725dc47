"""What the doctor finds on a site that is well, and on one where something is not."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text, update

from comments import migrate
from comments.database import tune_sqlite, writing
from comments.extension import Comments
from comments.models import Comment, Job
from comments.states import Action, State
from comments.upkeep.doctor import Check, Status, database, examinations, examined, room_left

from ..host import SETTINGS, Clock, Room, SmallHost
from ..small_site import small_site

GIBIBYTE = 2**30


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database that was made by the migrations."""
    found = create_engine(f"sqlite:///{tmp_path / 'site.db'}")
    tune_sqlite(found)
    migrate.upgrade(found)
    yield found
    found.dispose()


def looked_at(comments: Comments, name: str) -> list[Check]:
    found = examinations(comments.site, Path("/"), comments.worker is not None, comments.branches)
    return list(examined(name, found[name]))


def only(checks: Iterable[Check]) -> tuple[Status, str]:
    (check,) = checks
    return check.status, check.says


def job(room: Room, due_in: timedelta, ended: str = "") -> None:
    now = room.clock.now
    with writing(room.engine) as session:
        session.add(
            Job(kind="ask", values={}, created_at=now, not_before=now + due_in, ended=ended)
        )


def test_a_fresh_site_is_well(comments: Comments, tmp_path: Path) -> None:
    found = examinations(comments.site, tmp_path, True, comments.branches)
    checks = [check for name, examine in found.items() for check in examined(name, examine)]
    assert [check for check in checks if check.status is not Status.OK] == []
    assert [check.name for check in checks] == (
        "database sqlite sqlite sqlite migrations keys outbox log disk queue".split()
    )


def test_what_cannot_be_looked_at_is_bad_and_nothing_is_told_of_it() -> None:
    def fails() -> Iterator[Check]:
        yield Check("first", Status.OK, "well")
        raise RuntimeError("geheim")

    assert list(examined("second", fails)) == [
        Check("first", Status.OK, "well"),
        Check("second", Status.BAD, "could not be looked at (RuntimeError)"),
    ]


def test_a_database_that_does_not_answer_is_bad(tmp_path: Path) -> None:
    gone = create_engine(f"sqlite:///{tmp_path / 'no' / 'such.db'}")
    assert only(examined("database", partial(database, gone))) == (
        Status.BAD,
        "could not be looked at (OperationalError)",
    )


@pytest.mark.parametrize(
    ("pragma", "status", "says"),
    [
        ("foreign_keys=OFF", Status.BAD, "foreign_keys is 0"),
        ("busy_timeout=0", Status.WARN, "busy_timeout is 0"),
        ("journal_mode=DELETE", Status.WARN, "journal_mode is delete"),
    ],
)
def test_a_database_that_is_set_otherwise_is_told_of(
    pragma: str, status: Status, says: str, comments: Comments
) -> None:
    with comments.site.engine.connect() as connection:
        connection.execute(text(f"PRAGMA {pragma}"))
    assert Check("sqlite", status, says) in looked_at(comments, "database")


def test_migrations_that_are_missing_are_bad(comments: Comments) -> None:
    with writing(comments.site.engine) as session:
        session.execute(text("DELETE FROM ww_alembic_version"))
    status, says = only(looked_at(comments, "migrations"))
    assert status is Status.BAD
    assert says.startswith("not applied yet: comments_")


def test_migrations_that_nobody_here_knows_are_bad(comments: Comments) -> None:
    with writing(comments.site.engine) as session:
        session.execute(text("INSERT INTO ww_alembic_version VALUES ('comments_9999')"))
    assert only(looked_at(comments, "migrations")) == (
        Status.BAD,
        "the database is of a newer version than this code",
    )


def test_keys_that_open_the_newest_address_are_well(comments: Comments, room: Room) -> None:
    room.says()
    status, says = only(looked_at(comments, "keys"))
    assert status is Status.OK
    assert says == "1 for e-mail at rest; they open the newest e-mail address"


def test_keys_that_open_nothing_are_bad_and_are_not_told(comments: Comments, room: Room) -> None:
    room.says()
    with writing(comments.site.engine) as session:
        session.execute(update(Comment).values(email_sealed="9:abc"))
    status, says = only(looked_at(comments, "keys"))
    assert status is Status.BAD
    assert "'9'" in says
    assert SETTINGS.data_keys not in says


def test_work_that_waits_for_its_time_is_well(comments: Comments, room: Room) -> None:
    job(room, timedelta(hours=1))
    job(room, timedelta(hours=-1), "done")
    assert only(looked_at(comments, "outbox")) == (Status.OK, "1 waiting, none is late")


def test_work_that_nobody_does_is_told_of_with_its_age(comments: Comments, room: Room) -> None:
    job(room, timedelta(minutes=-7))
    job(room, timedelta(minutes=-2))
    assert only(looked_at(comments, "outbox")) == (
        Status.WARN,
        "2 waiting, the oldest 7 min late: is a worker running?",
    )


def test_work_that_was_given_up_is_told_of(comments: Comments, room: Room) -> None:
    job(room, timedelta(days=-20), "given_up")
    assert looked_at(comments, "outbox") == [
        Check("outbox", Status.OK, "0 waiting, none is late"),
        Check("outbox", Status.WARN, "1 given up"),
    ]


def decided(room: Room, times: int) -> None:
    for _ in range(times):
        room.moves(room.says(state=State.PENDING), Action.APPROVE)


def test_a_log_that_holds_is_well(comments: Comments, room: Room) -> None:
    decided(room, 3)
    assert only(looked_at(comments, "log")) == (Status.OK, "3 rows, the last 3 hold")


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE ww_log SET actor_key = 'iemand' WHERE seq = 2",
        "DELETE FROM ww_log WHERE seq = 2",
        "DELETE FROM ww_log WHERE seq = 3",
        "DELETE FROM ww_log",
        "UPDATE ww_log_head SET hash = 'x'",
    ],
)
def test_a_log_that_was_touched_is_bad(harm: str, comments: Comments, room: Room) -> None:
    decided(room, 3)
    with writing(comments.site.engine) as session:
        session.execute(text(harm))
    assert only(looked_at(comments, "log")) == (
        Status.BAD,
        "the chain does not hold: `ops verify-log` says where",
    )


@pytest.mark.parametrize(
    ("free", "status"),
    [(2 * GIBIBYTE, Status.OK), (GIBIBYTE // 2, Status.WARN), (GIBIBYTE // 20, Status.BAD)],
)
def test_a_disk_that_runs_full_is_told_of(free: int, status: Status) -> None:
    assert room_left(free, Path("/srv")).status is status


def test_a_folder_that_is_still_to_be_made_stands_on_the_disk_of_its_parent(
    comments: Comments, tmp_path: Path
) -> None:
    found = examinations(comments.site, tmp_path / "not" / "yet", True, ())
    (check,) = examined("disk", found["disk"])
    assert check.says.endswith(f"in {tmp_path}")


def test_a_site_without_a_queue_is_told_of(comments: Comments) -> None:
    assert only(looked_at(comments, "queue")) == (
        Status.WARN,
        "there is none: nobody runs what the outbox owes",
    )


def site_with_redis(host: SmallHost, clock: Clock, url: str) -> Comments:
    found: Comments = small_site(host, clock, redis_url=url).extensions["comments"]
    return found


def test_redis_that_does_not_answer_is_bad(host: SmallHost, clock: Clock) -> None:
    comments = site_with_redis(host, clock, "redis://127.0.0.1:1/0")
    assert only(looked_at(comments, "redis")) == (Status.BAD, "does not answer")


@pytest.mark.service
def test_redis_that_answers_is_well(host: SmallHost, clock: Clock) -> None:
    comments = site_with_redis(host, clock, "redis://127.0.0.1:6379/0")
    checks = looked_at(comments, "redis")
    if checks[0].status is Status.BAD:
        pytest.skip("Redis does not answer on 127.0.0.1:6379")
    assert only(checks) == (Status.OK, "answers")
