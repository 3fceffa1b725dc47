"""The standing cast, and how one of them comes in through the door."""

import re
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass(frozen=True)
class Actor:
    name: str
    email: str
    password: str = ""
    admin: bool = False


ADA = Actor("Ada Verhoeven", "ada@weerwoord.example", "een lang wachtwoord van Ada", admin=True)
BOB = Actor("Bob Terpstra", "bob@weerwoord.example", "een lang wachtwoord van Bob")
CAS = Actor("Cas Wouters", "cas@weerwoord.example", "een lang wachtwoord van Cas")
DIRK = Actor("Dirk Yilmaz", "dirk@weerwoord.example", "een lang wachtwoord van Dirk")
HUB = Actor("Hub Smeets", "hub@weerwoord.example", "een lang wachtwoord van Hub")
STAFF = (ADA, BOB, CAS, DIRK, HUB)

DIA = Actor("Dia Okonkwo", "dia@lezers.example")
EVE = Actor("Eve", "eve@goedkope-pillen.example")

_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def token_in(html: str) -> str:
    """The token of a form that was signed for this session."""
    found = _TOKEN.search(html)
    assert found, "there is no form with a token on this page"
    return found[1]


def try_to_sign_in(
    client: FlaskClient, email: str, password: str, place: str = "/login"
) -> TestResponse:
    token = token_in(client.get(place).text)
    return client.post(place, data={"csrf_token": token, "email": email, "password": password})


def sign_in(client: FlaskClient, actor: Actor) -> FlaskClient:
    """The same client, signed in."""
    answer = try_to_sign_in(client, actor.email, actor.password)
    assert answer.status_code == 302, answer.text
    return client


def sign_out(client: FlaskClient) -> TestResponse:
    token = token_in(client.get("/account").text)
    return client.post("/logout", data={"csrf_token": token})
