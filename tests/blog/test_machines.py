from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from blog.models import db


def test_the_site_says_what_is_not_to_be_indexed(house):
    text = house.client().get("/robots.txt").text
    assert "Disallow: /studio/\n" in text
    assert "Disallow: /comments/\nAllow: /comments/static/\n" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml\n" in text


def test_the_sitemap_names_what_readers_may_see(house):
    house.article()
    answer = house.client().get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    assert "<loc>http://127.0.0.1:8000/draagvlak/</loc>" in answer.text
    assert "<lastmod>2026-03-02T09:00:00Z</lastmod>" in answer.text


def test_the_site_lives_without_asking_its_database(house):
    client = house.client()
    assert house.queries(lambda: client.get("/healthz")) == []
    assert client.get("/healthz").text == "ok\n"


def test_the_site_is_ready_when_its_database_answers(house):
    assert house.client().get("/readyz").text == "ready\n"


def test_the_site_is_not_ready_when_its_database_does_not_answer(house):
    def refuse(*_args):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    with house.app.app_context():
        event.listen(db.engine, "before_cursor_execute", refuse)
    assert house.client().get("/readyz").status_code == 503
