"""When the next letter may go: an hour after the last, or at one hour of each day."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.following.rhythm import APART, next_digest, next_letter

MOMENTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
HOURS = st.integers(0, 23)
ZONES = st.sampled_from(["Europe/Amsterdam", "UTC", "America/New_York", "Asia/Kolkata"]).map(
    ZoneInfo
)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@given(MOMENTS, MOMENTS | st.none())
def test_a_letter_never_goes_before_now_nor_within_an_hour_of_the_last(
    now: datetime, sent_at: datetime | None
) -> None:
    due = next_letter(now, sent_at)
    assert due >= now
    assert sent_at is None or due - sent_at >= APART
    assert due == now or (sent_at is not None and due == sent_at + APART)


@given(MOMENTS, st.lists(st.integers(0, 5000), max_size=30))
def test_however_news_comes_letters_keep_an_hour_between_them(
    start: datetime, minutes: list[int]
) -> None:
    sent: list[datetime] = []
    for at in sorted(start + timedelta(minutes=each) for each in minutes):
        if not sent or sent[-1] <= at:  # else the one that is owed tells it too
            sent.append(next_letter(at, sent[-1] if sent else None))
    assert all(later - earlier >= APART for earlier, later in pairwise(sent))


@given(MOMENTS, HOURS, ZONES)
def test_the_daily_letter_comes_later_than_now_and_within_a_day(
    now: datetime, hour: int, zone: ZoneInfo
) -> None:
    due = next_digest(now, hour, zone)
    assert timedelta() < due - now <= timedelta(hours=25)


@given(MOMENTS, HOURS, ZONES)
def test_no_day_has_two_daily_letters_and_none_is_left_out(
    now: datetime, hour: int, zone: ZoneInfo
) -> None:
    first = next_digest(now, hour, zone)
    second = next_digest(first, hour, zone)
    days = [due.astimezone(zone).date() for due in (first, second)]
    assert days[1] - days[0] == timedelta(days=1)


@given(MOMENTS, HOURS)
def test_it_comes_when_the_clocks_say_the_hour(now: datetime, hour: int) -> None:
    said = next_digest(now, hour, AMSTERDAM).astimezone(AMSTERDAM)
    in_the_hour_that_is_skipped = hour == 2 and said.hour == 3
    assert said.hour == hour or in_the_hour_that_is_skipped
    assert (said.minute, said.second, said.microsecond) == (0, 0, 0)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-24 05:59", "2026-11-24 06:00"),
        ("2026-11-24 06:00", "2026-11-25 06:00"),
        ("2026-03-28 06:00", "2026-03-29 05:00"),  # the night in which the clocks go forward
        ("2026-10-24 05:00", "2026-10-25 06:00"),  # and the one in which they go back
    ],
)
def test_seven_in_amsterdam_through_the_year(now: str, due: str) -> None:
    at = datetime.fromisoformat(f"{now}+00:00")
    assert next_digest(at, 7, AMSTERDAM) == datetime.fromisoformat(f"{due}+00:00")
