"""A site for the worker's own process: each task is written down as it begins and as it ends."""

import os
import time
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine

from comments.database import tune_sqlite
from comments.outbox import Task
from comments.site import utc_now

from ..host import Clock, SmallHost
from ..small_site import small_site

SECONDS = 1.0


def create_app() -> Flask:
    folder = Path(os.environ["WORKER_SITE"])
    engine = create_engine(f"sqlite:///{folder / 'site.db'}")
    tune_sqlite(engine)
    diary = folder / "diary"

    def slow(task: Task, now: datetime) -> None:
        note(diary, f"begins {task.id}")
        time.sleep(SECONDS)
        note(diary, f"ends {task.id}")

    return small_site(
        SmallHost(engine),
        Clock(utc_now()),
        handlers={"slow": slow},
        queue_file=folder / "queue.db",
    )


def note(diary: Path, line: str) -> None:
    with diary.open("a") as lines:
        lines.write(f"{line}\n")
