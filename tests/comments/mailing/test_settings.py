"""The address of a mail server: what fits, what is told where it does not, and what is never told."""

import pytest

from comments.mailing.settings import MailSettings, Server, server_at
from comments.settings import SettingError

SECRET = "geh31m"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", Server("mail.example", 587, "starttls")),
        ("smtp://mail.example/?tls=starttls", Server("mail.example", 587, "starttls")),
        ("smtp://mail.example?tls=tls", Server("mail.example", 465, "tls")),
        ("smtp://mail.example?tls=none", Server("mail.example", 25, "none")),
        ("smtp://mail.example:2525?tls=tls", Server("mail.example", 2525, "tls")),
        ("smtp://[::1]:2525?tls=none", Server("::1", 2525, "none")),
        (
            "smtp://post%40site.example:p%2F%3A%40%23%20%C3%A9@mail.example",
            Server("mail.example", 587, "starttls", "post@site.example", "p/:@# é"),
        ),
        ("smtp://a:b@127.0.0.1?tls=none", Server("127.0.0.1", 25, "none", "a", "b")),
        ("smtp://a:b@localhost?tls=none", Server("localhost", 25, "none", "a", "b")),
    ],
)
def test_an_address_names_a_server(url: str, server: Server) -> None:
    assert server_at(url) == server


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (f"smtps://u:{SECRET}@mail.example", "nothing else"),
        (f"mail.example:25/{SECRET}", "nothing else"),
        (f"smtp://u:{SECRET}@", "nothing else"),
        (f"smtp://u:{SECRET}#x@mail.example", "no address|nothing else"),
        (f"smtp://u:{SECRET}/x@mail.example", "no address|nothing else"),
        (f"smtp://u:{SECRET}@mail.example:door", "no address"),
        (f"smtp://u:{SECRET}@mail.example:99999", "no address"),
        (f"smtp://u:{SECRET}@[::1", "no address"),
        (f"smtp://u:{SECRET}@mail.example/inbox", "nothing else"),
        (f"smtp://u:{SECRET}@mail.example?tls=maybe", "tls=starttls, tls=tls or tls=none"),
        (f"smtp://u:{SECRET}@mail.example?ssl=1", "tls=starttls, tls=tls or tls=none"),
        (f"smtp://u:{SECRET}@mail.example?tls=tls&tls=none", "tls=starttls, tls=tls or tls=none"),
        (f"smtp://{SECRET}@mail.example", "go together"),
        (f"smtp://:{SECRET}@mail.example", "go together"),
        (f"smtp://u:{SECRET}%0D%0A@mail.example", "invisible"),
        (f"smtp://u:{SECRET}@mail.example?tls=none", "only to this machine"),
    ],
)
def test_what_does_not_fit_is_told_with_what_would_and_never_what_it_was(
    url: str, says: str
) -> None:
    with pytest.raises(SettingError, match=says) as refused:
        server_at(url)
    assert "WEERWOORD_MAIL_URL takes smtp://user:password@host:port" in str(refused.value)
    assert SECRET not in str(refused.value)
    assert refused.value.__cause__ is None


def test_no_secret_shows_where_settings_are_printed() -> None:
    url = f"smtp://u53r:{SECRET}@mail.example"
    for shown in (repr(MailSettings(url)), repr(server_at(url))):
        assert SECRET not in shown
        assert "u53r" not in shown
