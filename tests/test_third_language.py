"""A third language is one .po file for each package: nothing else is changed, and the site speaks it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from comments.keys import fresh

ROOT = Path(__file__).parents[1]
GERMAN: Mapping[str, Mapping[str, Any]] = {
    "comments": {
        "Leave a reply": "Schreib eine Antwort",
        "Follow with a feed reader": "Mit einem Feedreader folgen",
        "%(num)s reply": ("%(num)s Antwort", "%(num)s Antworten"),
    },
    "moderation": {"Back to the desk": "Zurück zum Schreibtisch"},
    "blog": {
        "Articles": "Artikel",
        "Sign in": "Anmelden",
        "%(num)s reply": ("%(num)s Antwort", "%(num)s Antworten"),
    },
}
"""Some texts are enough: the others come as they are in the code."""
ASK = """
import json, sys
from datetime import UTC, datetime
import app
from blog.models import Article, Author, db
from comments.models import Comment, Thread
from comments.states import State
from comments.tables import metadata

site = app.create_app()
at = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
with site.app_context():
    db.create_all()
    metadata.create_all(db.engine)
    author = Author(slug="bob", name="Bob Terpstra")
    times = {"created_at": at, "updated_at": at, "published_at": at}
    words = {"slug": "stuk", "title": "Stuk", "source": "", "html": "", "state": "published"}
    db.session.add(Article(author=author, **words, **times))
    db.session.commit()
    with db.engine.begin() as connection:
        thread = {"key": "stuk", "title": "Stuk", "url": "/stuk/", "author_key": "", "unit_key": ""}
        connection.execute(Thread.__table__.insert().values(**thread, comment_count=1200, root_count=1))
        said = {"place": 1, "author_name": "Dia", "source": "", "html": "<p>Ja.</p>", "created_at": at}
        connection.execute(Comment.__table__.insert().values(thread_id=1, state="approved", shown=True, **said))
client = site.test_client()
asked = json.loads(sys.argv[1])
answers = [client.get(path, headers=headers) for path, headers in asked]
assert all(answer.status_code == 200 for answer in answers), answers
print(json.dumps([answer.text for answer in answers]))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout as it is, but for three files more."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("app.py", "blog", "comments", "moderation", "templates"):
        (folder / name).symlink_to(ROOT / name)
    for package, words in GERMAN.items():
        dutch = ROOT / "translations" / package / "nl"
        (folder / "translations" / package).mkdir(parents=True)
        (folder / "translations" / package / "nl").symlink_to(dutch)
        file = folder / "translations" / package / "de" / "LC_MESSAGES" / "messages.po"
        file.parent.mkdir(parents=True)
        with file.open("wb") as lines:
            write_po(lines, in_german(dutch / "LC_MESSAGES" / "messages.po", words))
    return folder


def in_german(dutch: Path, words: Mapping[str, Any]) -> Catalog:
    """The ids of the Dutch catalogue, with what is translated so far."""
    german = Catalog(locale="de")
    with dutch.open("rb") as lines:
        for message in read_po(lines, locale="nl"):
            first = message.id if isinstance(message.id, str) else message.id[0]
            if first in words:
                german.add(message.id, words[first])
    assert {m.id if isinstance(m.id, str) else m.id[0] for m in german if m.id} == words.keys()
    return german


def run(folder: Path, asked: list[tuple[str, dict[str, str]]], **settings: str) -> Any:
    keys = {
        "WEERWOORD_SECRET_KEY": "s",
        "WEERWOORD_LOOKUP_KEY": "l",
        "WEERWOORD_DATA_KEYS": fresh(b"k" * 32),
        "WEERWOORD_DATABASE_URL": f"sqlite:///{folder}/{len(list(folder.iterdir()))}.db",
    }
    given = {f"WEERWOORD_{name}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(asked)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), **keys, **given},
        capture_output=True,
        text=True,
    )


def pages(folder: Path, *asked: tuple[str, dict[str, str]], **settings: str) -> list[str]:
    done = run(folder, list(asked), **settings)
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found


def test_it_may_be_the_language_of_the_site(copy: Path) -> None:
    home, article = pages(copy, ("/", {}), ("/stuk/", {}), LANGUAGE="de")
    for page in (home, article):
        assert '<html lang="de">' in page
        assert ">Artikel</a>" in page
        assert "1.200 Antworten" in page
        assert ">1. Juli 2026</time>" in page
    assert "Schreib eine Antwort" in article
    assert ">1. Juli 2026, 14:30</time>" in article
    assert "Your comment" in article, "what is not translated comes as it is in the code"


def test_it_may_be_chosen_and_is_offered_where_readers_choose(copy: Path) -> None:
    german = {"Accept-Language": "de-AT, en;q=0.5"}
    asked = [("/stuk/", german), ("/stuk/", {}), ("/stuk/?lang=de", {})]
    by_browser, dutch, by_address = pages(copy, *asked, BLOG_CHOOSE_LANGUAGE="1")
    assert '<html lang="de">' in by_browser
    assert '<html lang="de">' in by_address
    assert '<html lang="nl">' in dutch
    assert '<a href="?lang=de" lang="de" hreflang="de" rel="nofollow">Deutsch</a>' in dutch
    assert ">Nederlands</a>" in by_browser


def test_one_that_only_a_part_of_the_site_speaks_stops_the_start(copy: Path) -> None:
    file = copy / "translations" / "blog" / "de" / "LC_MESSAGES" / "messages.po"
    file.rename(copy / "away.po")
    refused = run(copy, [], LANGUAGE="de")
    (copy / "away.po").rename(file)
    assert refused.returncode != 0
    assert "WEERWOORD_LANGUAGE is 'de'; it may be en, nl" in refused.stderr
