"""Sends the letter that a task of the outbox owes: written, addressed and given to the site's post."""

import logging
from collections.abc import Mapping
from datetime import datetime

from ..outbox import Later, Task
from ..site import Site
from .letter import Letter
from .mail import Refused

logger = logging.getLogger(__name__)


def deliver(
    site: Site,
    task: Task,
    now: datetime,
    letter: str,
    *,
    to: str,
    language: str = "",
    values: Mapping[str, object],
    about: str = "",
    stop_url: str = "",
) -> bool:
    """Sends `templates/mail/<letter>`; false where it can never arrive. Raises Later.

    `about` (`thread-12`) puts letters about one thing together in the reader's program; `stop_url`
    ends them by one POST, and is in the template's hands as well. A task that is run again sends
    the same Message-ID, so that a letter which came twice is seen once.
    """
    if site.post is None:
        raise Later("the site has no mail")
    written = site.post.write(letter, language, {**values, "stop_url": stop_url})
    host = site.post.road.sender.domain
    sent = Letter(
        to=to,
        subject=written.subject,
        text=written.text,
        html=written.html,
        language=written.language,
        message_id=f"{name_of(site, task)}@{host}",
        references=(f"{about}.{site.keys.digest('about', about)}@{host}",) if about else (),
        list_id=f"{about}.{host}" if about and stop_url else "",
        list_unsubscribe=stop_url,
    )
    try:
        site.post.road.send(sent, now)
    except Refused as refused:
        logger.warning("the letter of task %s (%s) was refused: %s", task.id, task.kind, refused)
        return False
    return True


def name_of(site: Site, task: Task) -> str:
    """The same for each attempt, another for every other task, also of a database that was made anew."""
    return site.keys.digest("letter", f"{task.id} {task.kind} {task.created_at.isoformat()}")
