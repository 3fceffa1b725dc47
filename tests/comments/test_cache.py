"""Pages as bytes: rendered once, kept as long as they are true, and given as the reader takes them."""

import gzip
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Barrier, Event, Thread

import pytest
from flask import Flask, Response
from sqlalchemy import Engine

from comments import cache
from comments.cache import PageCache, Versions, next_hour
from comments.states import State

from .databases import on_both_databases
from .host import START, Room

UNTIL = START + timedelta(hours=1)
Made = tuple[str, datetime]


class Maker:
    """Renders a page and counts how often."""

    def __init__(self, html: str = "<p>pagina</p>") -> None:
        self.html, self.times = html, 0

    def __call__(self) -> Made:
        self.times += 1
        return f"{self.html}{self.times}", UNTIL


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def pages() -> PageCache:
    return PageCache(entries=3)


def test_a_page_is_kept(pages: PageCache, make: Maker) -> None:
    first = pages.page("/a/", (1, ""), START, make)
    assert pages.page("/a/", (1, ""), START, make) is first
    assert make.times == 1


@pytest.mark.parametrize("stamp", [(2, ""), (1, "nieuwe titel")])
def test_what_it_was_made_from_makes_it_anew(
    pages: PageCache, make: Maker, stamp: tuple[int, str]
) -> None:
    first = pages.page("/a/", (1, ""), START, make)
    assert pages.page("/a/", stamp, START, make).etag != first.etag
    assert make.times == 2


@pytest.mark.parametrize(("seconds", "times"), [(3599, 1), (3600, 2)])
def test_a_page_ends_at_its_time(pages: PageCache, make: Maker, seconds: int, times: int) -> None:
    pages.page("/a/", (1, ""), START, make)
    pages.page("/a/", (1, ""), START + timedelta(seconds=seconds), make)
    assert make.times == times


def test_each_address_has_its_own_page(pages: PageCache, make: Maker) -> None:
    for name in ("/a/", "/b/", "/a/", "/b/"):
        pages.page(name, (1, ""), START, make)
    assert make.times == 2


def test_no_more_pages_are_kept_than_there_is_room_for(pages: PageCache, make: Maker) -> None:
    for name in ("/a/", "/b/", "/c/", "/d/"):
        pages.page(name, (1, ""), START, make)
    assert list(pages.kept) == ["/b/", "/c/", "/d/"]


def test_a_page_that_could_not_be_made_is_tried_again(pages: PageCache, make: Maker) -> None:
    def fails() -> Made:
        raise LookupError

    with pytest.raises(LookupError):
        pages.page("/a/", (1, ""), START, fails)
    assert pages.page("/a/", (1, ""), START, make).plain == b"<p>pagina</p>1"


def test_pages_that_are_not_there_leave_nothing_behind(pages: PageCache) -> None:
    def fails() -> Made:
        raise LookupError

    before = len(pages.rendering)
    for number in range(200):
        with pytest.raises(LookupError):
            pages.page(f"/a/comments/page/{number}/", (1, ""), START, fails)
    assert (len(pages.kept), len(pages.rendering)) == (0, before)


def test_a_page_is_rendered_once_however_many_ask(pages: PageCache) -> None:
    gate, go_on, times, found = Barrier(9), Event(), list[int](), list[bytes]()

    def slow() -> Made:
        times.append(1)
        assert go_on.wait(5)
        return "<p>pagina</p>", UNTIL

    def ask() -> None:
        gate.wait()
        found.append(pages.page("/a/", (1, ""), START, slow).plain)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    gate.wait()
    go_on.set()
    for thread in threads:
        thread.join()
    assert len(times) == 1
    assert found == [b"<p>pagina</p>"] * 8


def test_the_same_html_has_the_same_tag_and_the_same_bytes() -> None:
    one, other = (cache.packed((n, ""), UNTIL, "<p>€</p>" * 50, START) for n in (1, 2))
    assert (one.etag, one.packed) == (other.etag, other.packed)
    assert one.packed[4:8] == bytes(4), "the time at which it was packed"
    assert gzip.decompress(one.packed) == one.plain == ("<p>€</p>" * 50).encode()
    assert cache.packed((1, ""), UNTIL, "<p>$</p>", START).etag != one.etag


@pytest.mark.parametrize("minutes", [0, 1, 59])
def test_the_next_hour_is_a_whole_hour_later_than_now(minutes: int) -> None:
    assert next_hour(START + timedelta(minutes=minutes, microseconds=1)) == UNTIL


# what a reader gets


@pytest.fixture
def give() -> Callable[..., Response]:
    app, entry = Flask("bytes"), cache.packed((1, ""), UNTIL, "<p>pagina</p>", START)

    def given(**headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with app.test_request_context(headers=named):
            return cache.public(entry)

    return given


def test_who_takes_gzip_gets_it(give: Callable[..., Response]) -> None:
    found = give(Accept_Encoding="br, gzip;q=0.8")
    assert found.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(found.data) == b"<p>pagina</p>"


@pytest.mark.parametrize("taken", ["", "br", "identity", "gzip;q=0", "br, gzip;q=0.0"])
def test_who_does_not_take_gzip_gets_plain_bytes(give: Callable[..., Response], taken: str) -> None:
    found = give(Accept_Encoding=taken)
    assert "Content-Encoding" not in found.headers
    assert found.data == b"<p>pagina</p>"


def test_each_form_has_its_own_tag(give: Callable[..., Response]) -> None:
    assert give().headers["ETag"] != give(Accept_Encoding="gzip").headers["ETag"]
    assert "Accept-Encoding" in give().headers["Vary"]


@pytest.mark.parametrize("mark", ["{}", "W/{}", '"other", {}'])
def test_who_has_the_page_is_told_so(give: Callable[..., Response], mark: str) -> None:
    etag = give().headers["ETag"]
    found = give(If_None_Match=mark.format(etag))
    assert (found.status_code, found.data) == (304, b"")
    assert (found.headers["ETag"], found.headers["Vary"]) == (etag, give().headers["Vary"])


def test_who_has_another_page_gets_this_one(give: Callable[..., Response]) -> None:
    assert give(If_None_Match='"something else"').status_code == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Sun, 01 Mar 2026 12:00:00 GMT", 304),
        ("Sun, 01 Mar 2026 11:59:59 GMT", 200),
        ("vandaag", 200),
        ("", 200),
    ],
)
def test_a_time_is_enough_for_who_tells_no_tag(
    give: Callable[..., Response], since: str, status: int
) -> None:
    assert give().headers["Last-Modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert give(If_Modified_Since=since).status_code == status
    assert give(If_Modified_Since=since, If_None_Match='"other"').status_code == 200


def test_bytes_that_come_out_the_same_have_not_changed(pages: PageCache) -> None:
    def made() -> Made:
        return "<p>pagina</p>", UNTIL + timedelta(days=1)

    first = pages.page("/a/", (1, ""), START, made)
    later = pages.page("/a/", (2, ""), START + timedelta(hours=1), made)
    assert (later.stamp, later.changed) == ((2, ""), first.changed)
    other = pages.page("/a/", (3, ""), UNTIL, lambda: ("<p>anders</p>", UNTIL))
    assert other.changed == UNTIL


def test_a_public_page_is_asked_for_each_time(give: Callable[..., Response]) -> None:
    assert give().headers["Cache-Control"] == "public, no-cache"


def test_a_private_page_is_kept_nowhere() -> None:
    with Flask("bytes").test_request_context():
        found = cache.private("<p>van jou</p>", 422)
    assert (found.status_code, found.data) == (422, b"<p>van jou</p>")
    assert found.headers["Cache-Control"] == "private, no-store"


# versions


@on_both_databases
class TestVersions:
    @pytest.fixture
    def versions(self, engine: Engine) -> Iterator[Versions]:
        found = Versions(engine)
        yield found
        found.close()

    def test_a_discussion_without_a_row_has_version_nothing(self, versions: Versions) -> None:
        assert versions.of("dekschuit") == 0

    def test_every_commit_of_others_is_seen(self, versions: Versions, room: Room) -> None:
        seen = [versions.of("dekschuit")]
        for _ in range(3):
            room.says()
            seen.append(versions.of("dekschuit"))
        assert seen == sorted(set(seen))
        assert seen[-1] == room.thread().version

    def test_what_nobody_sees_changes_no_version(self, versions: Versions, room: Room) -> None:
        room.says()
        before = versions.of("dekschuit")
        room.says(state=State.PENDING)
        assert versions.of("dekschuit") == before

    def test_another_discussion_has_its_own_version(self, versions: Versions, room: Room) -> None:
        room.says()
        before = versions.of("dekschuit")
        room.says_elsewhere()
        assert versions.of("dekschuit") == before

    def test_reading_a_version_keeps_nobody_from_writing(
        self, versions: Versions, room: Room
    ) -> None:
        versions.of("dekschuit")
        room.says()
        assert versions.of("dekschuit") == room.thread().version

    def test_reading_a_version_leaves_no_transaction_open(self, versions: Versions) -> None:
        versions.of("dekschuit")
        found = versions.connection()
        if versions.engine.dialect.name == "sqlite":
            assert not found.in_transaction
        else:
            assert found.info.transaction_status.name == "IDLE"

    def test_a_connection_that_broke_is_replaced(self, versions: Versions, room: Room) -> None:
        room.says()
        versions.of("dekschuit")
        versions.connection().close()
        assert versions.of("dekschuit") == room.thread().version

    def test_each_thread_has_its_own_connection(self, versions: Versions) -> None:
        found: list[object] = []

        def ask() -> None:
            versions.of("dekschuit")
            found.append(versions.connection())
            versions.close()

        thread = Thread(target=ask)
        thread.start()
        thread.join()
        versions.of("dekschuit")
        assert found[0] is not versions.connection()

    def test_no_connection_of_the_pool_is_held(self, versions: Versions, engine: Engine) -> None:
        before = engine.pool.checkedout()  # type: ignore[attr-defined]
        versions.of("dekschuit")
        assert engine.pool.checkedout() == before  # type: ignore[attr-defined]
