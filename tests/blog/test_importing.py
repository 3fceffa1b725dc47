"""An export becomes articles and discussions: all of it or nothing, and only once."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask.testing import FlaskClient
from sqlalchemy import func, select

from blog.models import Author, db
from blog.queries import user_with
from comments.models import Job

from .conftest import House
from .wordpress import samples

export = samples.export

SITE = "https://strategie.example"
SHARED = Path(__file__).parents[3] / "shared" / "data"
REAL = [SHARED / "strategie-blog.wordpress.xml", SHARED / "themeunittestdata.wordpress.xml"]
real_files = pytest.mark.skipif(
    not all(file.exists() for file in REAL), reason="the real exports are not beside this checkout"
)


def article(
    number: int, *comments: str, slug: str = "balie", site: str = SITE, text: str = "Tekst."
) -> str:
    return samples.item(
        '<category domain="post_tag" nicename="balie"><![CDATA[Balie]]></category>',
        *comments,
        title="De balie",
        link=f"{site}/2024/03/{slug}/",
        guid=f"{site}/?p={number}",
        wp_post_id=str(number),
        wp_post_name=slug,
        content_encoded=text,
    )


def said(number: int, parent: int = 0, who: str = "Wim", **changed: str) -> str:
    return samples.comment(
        number,
        parent,
        wp_comment_author=who,
        wp_comment_author_email=f"{who.lower()}@lezer.example",
        **changed,
    )


@pytest.fixture
def reader(house: House) -> FlaskClient:
    return house.client()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "oud.xml"


def bring(house: House, *arguments: object) -> Result:
    runner = house.app.test_cli_runner()
    return runner.invoke(args=["blog", "import", *map(str, arguments)])


def report(house: House, file: Path, *options: str) -> dict[str, dict[str, int]]:
    result = bring(house, file, "--json", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, dict[str, int]] = json.loads(result.stdout)[0]
    return found


def test_an_article_comes_in_with_its_author_its_tag_and_its_discussion(
    house: House, file: Path, reader: FlaskClient
) -> None:
    file.write_bytes(export(article(7, said(71), said(72, 71, who="Els"))))
    assert report(house, file)["added"] == {
        "author": 1,
        "tag": 1,
        "post, published": 1,
        "comment, approved": 2,
    }
    page = reader.get("/balie/").text
    assert "Noor &amp; Co" in page
    assert "2 reacties" in page
    assert page.index('id="comment-71"') < page.index('id="comment-72"')


def test_the_same_file_twice_adds_nothing(house: House, file: Path) -> None:
    file.write_bytes(export(article(7, said(71), said(72, 71))))
    report(house, file)
    assert report(house, file)["added"] == {}


def test_a_comment_that_came_later_is_added_to_the_article_that_is_there(
    house: House, file: Path, reader: FlaskClient
) -> None:
    file.write_bytes(export(article(7, said(71))))
    report(house, file)
    file.write_bytes(export(article(7, said(71), said(72, 71, who="Els"))))
    assert report(house, file)["added"] == {"comment, approved": 1}
    assert "2 reacties" in reader.get("/balie/").text


def test_old_addresses_lead_to_the_article(house: House, file: Path, reader: FlaskClient) -> None:
    file.write_bytes(export(article(7)))
    report(house, file)
    for old in ("/2024/03/balie/", "/2024/03/balie", "/?p=7"):
        answer = reader.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, "/balie/")


def test_an_old_comment_number_that_is_taken_still_leads_to_its_comment(
    house: House, file: Path, reader: FlaskClient
) -> None:
    file.write_bytes(export(article(7, said(71))))
    report(house, file)
    other = export(article(9, said(71, who="Els"), site="https://ander.example"))
    file.write_bytes(other.replace(SITE.encode(), b"https://ander.example"))
    found = report(house, file)
    assert "comment number taken: the old one stays an alias" in found["repaired"]
    answer = reader.get("/balie-2/comments/71")
    assert answer.status_code == 302
    new = answer.headers["Location"].rpartition("-")[2]
    page = reader.get("/balie-2/").text
    assert new != "71"
    assert 'id="comment-71"' in page
    assert f'id="comment-{new}"' in page


def test_states_and_pingbacks_stay_what_they_were(
    house: House, file: Path, reader: FlaskClient
) -> None:
    file.write_bytes(
        export(
            article(
                7,
                said(71),
                said(72, wp_comment_approved="0", who="Wacht"),
                said(73, wp_comment_approved="spam", who="Rommel"),
                said(74, wp_comment_approved="trash", who="Weg"),
                said(75, wp_comment_type="pingback", who="Elders"),
            )
        )
    )
    assert report(house, file)["added"] == {
        "author": 1,
        "tag": 1,
        "post, published": 1,
        "comment, approved": 1,
        "comment, pending": 1,
        "comment, spam": 1,
        "comment, rejected": 1,
        "pingback, approved": 1,
    }
    page = reader.get("/balie/").text
    assert "1 reactie" in page
    assert "Elders" in page
    assert not any(hidden in page for hidden in ("Wacht<", "Rommel", "Weg<"))


def test_nobody_who_was_imported_can_sign_in(house: House, file: Path) -> None:
    file.write_bytes(export(article(7)))
    report(house, file)
    with house.app.app_context():
        assert user_with(db.session, "noor@strategie.example") is None
        assert db.session.scalars(
            select(Author.user_id).where(Author.name == "Noor & Co")
        ).all() == [None]


def test_an_import_owes_nobody_a_mail_or_a_question(house: House, file: Path) -> None:
    file.write_bytes(export(article(7, said(71, wp_comment_approved="0"))))
    report(house, file)
    with house.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Job)) == 0


def test_no_address_of_an_imported_reader_is_kept_readable(house: House, file: Path) -> None:
    file.write_bytes(export(article(7, said(71, who="Geheim"))))
    report(house, file)
    with house.app.app_context(), db.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert "Geheim" in dump
    assert "geheim@lezer.example" not in dump
    assert "198.51.100.7" not in dump


def test_a_dry_run_reports_and_changes_nothing(
    house: House, file: Path, reader: FlaskClient
) -> None:
    file.write_bytes(export(article(7, said(71))))
    assert report(house, file, "--dry-run")["added"]["post, published"] == 1
    assert reader.get("/balie/").status_code == 404
    assert report(house, file)["added"]["post, published"] == 1


def test_a_file_that_breaks_off_changes_nothing_and_says_where(
    house: House, file: Path, reader: FlaskClient
) -> None:
    whole = export(article(7, said(71)), article(8, slug="tweede"))
    file.write_bytes(whole[: whole.rindex(b"</item>")])
    result = bring(house, file)
    assert result.exit_code == 1
    assert "line " in result.output
    assert "Nothing of this file was taken" in result.output
    assert reader.get("/balie/").status_code == 404


def test_no_file_of_that_name_is_one_clear_line(house: House, tmp_path: Path) -> None:
    result = bring(house, tmp_path / "weg.xml")
    assert result.exit_code == 1
    assert "No such file" in result.output
    assert "Traceback" not in result.output


def test_an_article_never_takes_an_address_of_the_site(
    house: House, file: Path, reader: FlaskClient
) -> None:
    file.write_bytes(export(article(7, slug="studio")))
    assert "slug taken" in report(house, file)["repaired"]
    assert reader.get("/studio-2/").status_code == 200


def test_article_html_keeps_its_tables_and_loses_its_scripts(
    house: House, file: Path, reader: FlaskClient
) -> None:
    text = "<h2>Kop</h2><table><tr><td>cel</td></tr></table><script>alert(1)</script>"
    file.write_bytes(export(article(7, text=text)))
    report(house, file)
    page = reader.get("/balie/").text
    assert "<table>" in page
    assert "alert(1)" not in page.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")


@real_files
def test_the_real_exports_come_in_whole_and_only_once(house: House) -> None:
    result = bring(house, *REAL, "--json")
    first, second = json.loads(result.stdout)
    assert first["added"] == {
        "author": 4,
        "tag": 13,
        "post, published": 5,
        "post, draft": 1,
        "page, published": 1,
        "page, draft": 1,
        "comment, approved": 37,
        "comment, pending": 2,
        "comment, rejected": 1,
        "pingback, approved": 1,
        "trackback, approved": 1,
    }
    assert second["added"]["post, published"] == 48
    assert second["added"]["comment, approved"] == 25
    again = json.loads(bring(house, *REAL, "--json").stdout)
    assert [one["added"] for one in again] == [{}, {}]
