"""The whole site, put together from an environment."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.cli import FlaskGroup

import app as front
from app import site_of
from comments.keys import fresh
from comments.settings import SettingError


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        "WEERWOORD_SECRET_KEY": "only for this test",
        "WEERWOORD_LOOKUP_KEY": "only for this test",
        "WEERWOORD_DATA_KEYS": fresh(bytes(32)),
        "WEERWOORD_DATABASE_URL": f"sqlite:///{tmp_path}/site.db",
    }


def test_a_setting_that_is_misspelt_stops_the_start_and_names_the_nearest(
    environ: dict[str, str],
) -> None:
    with pytest.raises(SettingError, match="did you mean WEERWOORD_COMMENTS_DEPTH"):
        site_of({**environ, "WEERWOORD_COMENTS_DEPTH": "3"})


@pytest.mark.parametrize(
    ("name", "value"),
    [("MAIL_URL", "smtp://u:geh31m@mail.example?tls=no"), ("MAIL_FROM", "Weerwoord")],
)
def test_mail_that_does_not_fit_stops_the_start(
    environ: dict[str, str], name: str, value: str
) -> None:
    with pytest.raises(SettingError, match=f"WEERWOORD_{name} takes") as refused:
        site_of({**environ, f"WEERWOORD_{name}": value})
    assert "geh31m" not in str(refused.value)


def test_a_site_has_the_mail_of_its_settings(environ: dict[str, str]) -> None:
    mail = {
        "WEERWOORD_MAIL_URL": "smtp://mail.example",
        "WEERWOORD_MAIL_FROM": "Het Weerwoord <post@weerwoord.example>",
    }
    post = site_of({**environ, **mail}).extensions["comments"].site.post
    assert (post.road.server.host, post.road.sender.name) == ("mail.example", "Het Weerwoord")


@pytest.mark.parametrize("key", ["SECRET_KEY", "LOOKUP_KEY", "DATA_KEYS"])
def test_no_key_has_a_default(environ: dict[str, str], key: str) -> None:
    del environ[f"WEERWOORD_{key}"]
    with pytest.raises(ValueError, match=key):
        site_of(environ)


def test_the_command_line_says_in_one_line_what_does_not_fit(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(front, "DEVELOPMENT", tmp_path / "none.env")
    for name, value in {**environ, "WEERWOORD_COMMENTS_DEPTH": "deep"}.items():
        monkeypatch.setenv(name, value)
    flask = FlaskGroup(create_app=front.create_app)
    result = CliRunner().invoke(flask, ["comments", "render"], input="[]")
    assert result.exit_code == 2
    assert "WEERWOORD_COMMENTS_DEPTH is 'deep'; it takes a whole number" in result.output
    assert "Traceback" not in result.output


def test_the_keys_that_make_run_made_serve_the_command_line_too(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = tmp_path / "secrets.env"
    kept.write_text("# made here\n" + "".join(f"{n}={v}\n" for n, v in environ.items()))
    monkeypatch.setattr(front, "DEVELOPMENT", kept)
    assert front.create_app().secret_key == "only for this test"
