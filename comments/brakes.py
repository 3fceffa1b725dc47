"""Brakes that hold across processes: counters of `limits`, kept in the database or in Redis."""

import time
from collections.abc import Callable

from limits import parse
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import Engine, case, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import SQLAlchemyError

from .database import reading, writing
from .models import Brake


class TableStorage(Storage):
    """Counters in ww_brake; one UPSERT a hit."""

    STORAGE_SCHEME = ["wwtable"]  # noqa: RUF012
    base_exceptions = SQLAlchemyError

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.engine, self.clock = engine, clock

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = self.clock()
        insert = sqlite_insert if self.engine.dialect.name == "sqlite" else postgresql_insert
        over = Brake.ends_at <= now
        counted = (
            insert(Brake)
            .values(key=key, count=amount, ends_at=now + expiry)
            .on_conflict_do_update(
                index_elements=[Brake.key],
                set_={
                    "count": case((over, amount), else_=Brake.count + amount),
                    "ends_at": case((over, now + expiry), else_=Brake.ends_at),
                },
            )
            .returning(Brake.count)
        )
        with writing(self.engine) as session:
            return session.execute(counted).scalar_one()

    def get(self, key: str) -> int:
        with reading(self.engine) as session:
            row = session.get(Brake, key)
            return row.count if row and row.ends_at > self.clock() else 0

    def get_expiry(self, key: str) -> float:
        with reading(self.engine) as session:
            row = session.get(Brake, key)
            return row.ends_at if row else self.clock()

    def check(self) -> bool:
        with reading(self.engine) as session:
            session.execute(select(Brake.key).limit(1))
        return True

    def reset(self) -> int | None:
        with writing(self.engine) as session:
            session.execute(delete(Brake))
        return None

    def clear(self, key: str) -> None:
        with writing(self.engine) as session:
            session.execute(delete(Brake).where(Brake.key == key))


class Brakes:
    """`wait` counts one attempt and says how long to wait when there were too many."""

    def __init__(self, storage: Storage, clock: Callable[[], float] = time.time) -> None:
        self.storage, self.clock = storage, clock
        self.limiter = FixedWindowRateLimiter(storage)

    def wait(self, name: str, who: str, limit: str) -> int | None:
        """Seconds to wait, or None. `limit` is like `10/10 minutes`; an empty `who` is not counted."""
        if not who:
            return None
        item = parse(limit)
        if self.limiter.hit(item, name, who):
            return None
        ends_at = self.limiter.get_window_stats(item, name, who).reset_time
        return max(1, round(ends_at - self.clock()))


def brakes_on(
    engine: Engine, redis_url: str = "", clock: Callable[[], float] = time.time
) -> Brakes:
    return Brakes(RedisStorage(redis_url) if redis_url else TableStorage(engine, clock), clock)


def forget_ended(engine: Engine, now: float) -> None:
    """Drops the counters of windows that are over."""
    with writing(engine) as session:
        session.execute(delete(Brake).where(Brake.ends_at <= now))
