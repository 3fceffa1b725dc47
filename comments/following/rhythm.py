"""When a letter to who follows may go: at most one in an hour, or one on each day at the same hour."""

from datetime import UTC, datetime, time, timedelta, tzinfo

HOUR, DAY = "hour", "day"
APART = timedelta(hours=1)


def next_letter(now: datetime, sent_at: datetime | None) -> datetime:
    """At once, but an hour after the last one."""
    return now if sent_at is None else max(now, sent_at + APART)


def next_digest(now: datetime, hour: int, zone: tzinfo) -> datetime:
    """The next moment at which the clocks of this zone say the hour; later than now."""
    today = now.astimezone(zone).date()
    days = (today, today + timedelta(days=1))
    moments = [datetime.combine(day, time(hour), zone).astimezone(UTC) for day in days]
    return next(moment for moment in moments if moment > now)
