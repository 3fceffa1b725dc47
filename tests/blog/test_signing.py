from typing import Any

import pytest
from flask_security.utils import verify_password

from blog.models import db
from tests.people import ADA, BOB, CAS, DIRK, STAFF, sign_out, token_in, try_to_sign_in

WRONG = "horen niet bij elkaar"


@pytest.mark.parametrize("actor", STAFF, ids=lambda actor: actor.name)
def test_everybody_of_the_staff_comes_in(house, actor):
    page = house.client(actor).get("/account").text
    assert actor.name in page
    assert actor.email in page


def test_an_address_may_be_typed_in_capitals(house):
    assert try_to_sign_in(house.client(), BOB.email.upper(), BOB.password).status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (BOB.email, "geraden"),
        ("niemand@weerwoord.example", "geraden"),
        (BOB.email, BOB.password.upper()),
        ("geen adres", "geraden"),
        (BOB.email, ADA.password),
    ],
)
def test_every_wrong_guess_gets_the_same_answer(house, email, password):
    answer = try_to_sign_in(house.client(), email, password)
    assert answer.status_code == 422
    assert answer.text.count(WRONG) == 1
    assert f'value="{email}"' in answer.text


def test_an_account_that_was_closed_is_answered_like_a_wrong_guess(house):
    with house.app.app_context():
        house.user(BOB).active = False
        db.session.commit()
    assert WRONG in try_to_sign_in(house.client(), BOB.email, BOB.password).text


def test_somebody_whose_account_was_closed_is_out_at_once(house):
    client = house.client(BOB)
    with house.app.app_context():
        house.user(BOB).active = False
        db.session.commit()
    assert client.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [("", ""), (BOB.email, ""), ("", "x"), ("a" * 255, "x"), (BOB.email, "x" * 201), ("a\0b", "x")],
)
def test_a_form_that_is_empty_too_long_or_odd_comes_back(house, email, password):
    assert try_to_sign_in(house.client(), email, password).status_code == 422


def test_the_eleventh_guess_at_an_account_has_to_wait(house):
    for n in range(10):
        client = house.client()
        client.environ_base["REMOTE_ADDR"] = f"192.0.2.{n}"
        assert try_to_sign_in(client, BOB.email, "geraden").status_code == 422
    answer = try_to_sign_in(house.client(), BOB.email, BOB.password)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert try_to_sign_in(house.client(), CAS.email, CAS.password).status_code == 302


def test_the_eleventh_guess_from_an_address_has_to_wait(house):
    for n in range(10):
        try_to_sign_in(house.client(), f"wie{n}@weerwoord.example", "geraden")
    assert try_to_sign_in(house.client(), BOB.email, BOB.password).status_code == 429
    elsewhere = house.client()
    elsewhere.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert try_to_sign_in(elsewhere, BOB.email, BOB.password).status_code == 302


def test_one_line_of_the_new_internet_is_one_address(house):
    for n in range(10):
        client = house.client()
        client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:1::{n + 1:x}"
        try_to_sign_in(client, f"wie{n}@weerwoord.example", "geraden")
    client.environ_base["REMOTE_ADDR"] = "2001:db8:1:1::ffff"
    assert try_to_sign_in(client, BOB.email, BOB.password).status_code == 429


def test_signing_in_often_is_no_guessing(house):
    for _ in range(12):
        assert try_to_sign_in(house.client(), BOB.email, BOB.password).status_code == 302


def test_the_counters_hold_no_address_in_the_clear(house):
    try_to_sign_in(house.client(), BOB.email, "geraden")
    with house.app.app_context():
        keys = " ".join(db.session.execute(db.text("SELECT key FROM ww_brake")).scalars())
    assert keys
    assert "bob" not in keys
    assert "127.0.0.1" not in keys


class Counting:
    """The hasher of passwords, that tells how often it worked."""

    def __init__(self, context: Any) -> None:
        self.context, self.count = context, 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.context, name)
        if name not in ("hash", "verify", "verify_and_update"):
            return found
        self.count += 1
        return found


def test_a_guess_at_nobody_costs_as_much_hashing_as_one_at_somebody(make_house):
    house = make_house()
    hasher = Counting(house.app.extensions["security"].pwd_context)
    house.app.extensions["security"].pwd_context = hasher

    def hashed(email: str) -> int:
        before = hasher.count
        try_to_sign_in(house.client(), email, "geraden")
        return hasher.count - before

    assert hashed("niemand@weerwoord.example") == hashed(BOB.email) == 1


def test_passwords_are_kept_as_argon2(make_house):
    house = make_house()
    with house.app.app_context():
        stored = house.user(BOB).password or ""
        assert stored.startswith("$argon2id$")
        assert verify_password(BOB.password, stored)


def test_a_form_without_its_token_signs_nobody_in(house):
    client = house.client()
    answer = client.post("/login", data={"email": BOB.email, "password": BOB.password})
    assert answer.status_code == 400
    assert client.get("/account").status_code == 302


def test_who_signs_in_comes_where_he_wanted_to_be(house):
    place = "/login?next=%2Fsearch%3Fq%3Dis%253Aspam"
    answer = try_to_sign_in(house.client(), BOB.email, BOB.password, place)
    assert answer.location == "/search?q=is%3Aspam"


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\r\nSet-Cookie:x=1",
        "evil",
    ],
)
def test_signing_in_leads_to_no_other_site(house, place):
    asked = house.client().get("/login", query_string={"next": place})
    assert asked.status_code == 400
    client = house.client()
    token = token_in(client.get("/login").text)
    form = {"csrf_token": token, "email": BOB.email, "password": BOB.password, "next": place}
    answer = client.post("/login", data=form)
    assert answer.status_code == 400
    assert client.get("/account").status_code == 302


def test_a_program_s_json_is_not_a_form(house):
    client = house.client()
    headers = {"X-CSRFToken": token_in(client.get("/login").text)}
    assert client.post("/login", json=[1], headers=headers).status_code == 415


def test_the_page_is_a_page_whatever_a_program_would_rather_have(house):
    answer = house.client().get("/login", headers={"Accept": "application/json"})
    assert answer.mimetype == "text/html"


def test_signing_out_leaves_no_cookie(house):
    client = house.client(BOB)
    answer = sign_out(client)
    assert answer.status_code == 302
    assert client.get_cookie("session") is None
    assert client.get("/account").status_code == 302


def test_nobody_is_signed_out_by_a_link(house):
    client = house.client(BOB)
    assert client.get("/logout").location == "/account"
    assert client.get("/account").status_code == 200


def test_nobody_is_signed_out_by_a_form_of_another_site(house):
    client = house.client(BOB)
    assert client.post("/logout").status_code == 400
    assert client.get("/account").status_code == 200


def test_a_session_ends_with_the_browser_unless_asked_otherwise(house):
    assert house.client(BOB).get_cookie("session").expires is None
    client = house.client()
    form = {"csrf_token": token_in(client.get("/login").text), "remember": "y"}
    answer = client.post("/login", data={**form, "email": BOB.email, "password": BOB.password})
    assert client.get_cookie("session").expires is not None
    assert [c.split("=")[0] for c in answer.headers.getlist("Set-Cookie")] == ["session"]


def test_the_cookie_is_for_this_site_and_no_script(house):
    cookie = house.client().get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_behind_tls_the_cookie_is_bound_to_the_host(make_house):
    house = make_house(site_url="https://weerwoord.example")
    cookie = house.client().get("/login", base_url="https://weerwoord.example")
    assert cookie.headers["Set-Cookie"].startswith("__Host-session=")
    assert "Secure" in cookie.headers["Set-Cookie"]
    assert "Path=/" in cookie.headers["Set-Cookie"]


@pytest.mark.parametrize("place", ["/account", "/studio/", "/studio/new", "/studio/1?x=1&y=2"])
def test_who_is_not_signed_in_is_sent_to_sign_in(house, place):
    answer = house.client().get(place)
    assert answer.status_code == 302
    assert answer.location.startswith("/login?next=")


def test_an_account_lists_its_units(house):
    page = house.client(DIRK).get("/account").text
    assert "Utrecht, auteur" in page


@pytest.mark.parametrize(
    "place",
    ["/register", "/reset", "/change", "/verify", "/tf-setup", "/wan-register", "/fs-static/x"],
)
def test_no_other_door_of_the_sign_in_library_is_open(house, place):
    assert house.client(ADA).get(place, follow_redirects=True).status_code == 404


def test_a_token_in_an_address_signs_nobody_in(house):
    with house.app.test_request_context():
        token = house.user(ADA).get_auth_token()
    client = house.client()
    assert client.get(f"/account?auth_token={token}").status_code == 302
    headers = {"Authentication-Token": token}
    assert client.get("/account", headers=headers).status_code == 302


def test_a_page_for_readers_asks_for_no_account(house):
    house.article()
    client = house.client()
    seen = house.queries(lambda: [client.get(place) for place in ("/", "/draagvlak/", "/healthz")])
    assert not [statement for statement in seen if "blog_user" in statement]


def test_a_forged_session_is_nobody_s(house):
    client = house.client()
    client.set_cookie("session", "eyJfdXNlcl9pZCI6ICJ4In0.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert client.get("/account").status_code == 302
