import pytest

from blog.models import db
from blog.queries import user_with
from tests.people import BOB, Actor, try_to_sign_in


@pytest.fixture
def run(house):
    runner = house.app.test_cli_runner()
    return lambda *words: runner.invoke(args=["blog", *words])


def test_a_new_account_comes_in_with_the_password_that_is_printed(house, run):
    result = run("user", "fem@weerwoord.example", "--name", "  Fem   de Wit ")
    email, password = result.output.split()
    assert (result.exit_code, email) == (0, "fem@weerwoord.example")
    page = house.client(Actor("Fem de Wit", email, password)).get("/account").text
    assert "Fem de Wit" in page
    assert "Beheert deze site" not in page


def test_an_admin_is_made_on_purpose(house, run):
    email, password = run(
        "user", "fem@weerwoord.example", "--name", "Fem", "--admin"
    ).output.split()
    assert "Beheert deze site" in house.client(Actor("Fem", email, password)).get("/account").text


@pytest.mark.parametrize(
    ("email", "name"),
    [
        (BOB.email, "Bob"),
        (BOB.email.upper(), "Bob"),
        ("geen adres", "Fem"),
        ("fem@weerwoord.example", " "),
        ("fem@weerwoord.example", "x" * 81),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_one_line(house, run, email, name):
    result = run("user", email, "--name", name)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""
    with house.app.app_context():
        assert user_with(db.session, "fem@weerwoord.example") is None


def test_a_new_password_ends_the_old_one_and_its_sessions(house, run):
    client = house.client(BOB)
    password = run("password", BOB.email).output.split()[1]
    assert client.get("/account").status_code == 302
    assert try_to_sign_in(house.client(), BOB.email, BOB.password).status_code == 422
    assert try_to_sign_in(house.client(), BOB.email, password).status_code == 302


def test_nobody_gets_no_password(run):
    result = run("password", "niemand@weerwoord.example")
    assert (result.exit_code, result.stdout) == (1, "")


def test_the_sign_in_library_adds_no_commands_of_its_own(house):
    assert not {"users", "roles"} & set(house.app.cli.commands)
