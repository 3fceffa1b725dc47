"""What is too large to be read gets the plug-in's own kind page, on the site's own sheet."""

from .conftest import BOOK, Site, filled_in


def test_a_megabyte_gets_a_kind_page_where_the_site_has_none_for_it(site: Site) -> None:
    client = site.client()
    form = filled_in(client.get(BOOK).text, name="Guest", email="g@readers.example")
    answer = client.post("/comments/emma", data={**form, "text": "a" * 2**20})
    assert answer.status_code == 413
    assert "Dat is te veel ineens" in answer.text
    assert '<body class="library">' in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_guest_previews_changes_and_withdraws_on_the_sites_own_page(site: Site) -> None:
    client = site.client()
    fields = {"name": "Guest", "email": "g@readers.example", "text": "A *fine* picnic."}
    form = filled_in(client.get(BOOK).text, **fields, preview="1")
    shown = client.post("/comments/emma", data=form)
    assert shown.status_code == 200
    assert "<em>fine</em>" in shown.text
    assert '<body class="library">' in shown.text
    receipt = site.post("I liked the picnic.").location.partition("receipt=")[2].partition("#")[0]
    for way in ("edit", "withdraw"):
        page = client.get(f"/comments/emma/1/{way}?receipt={receipt}")
        assert page.status_code == 200
        assert '<body class="library">' in page.text
        sent = filled_in(page.text, text="I loved the picnic.")
        answer = client.post(f"/comments/emma/1/{way}", data=sent)
        assert answer.status_code == (303 if way == "edit" else 200)
