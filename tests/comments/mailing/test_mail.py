"""The road of a letter, against a real server on loopback and a real folder."""

import ssl
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from comments.mailing.mail import FolderPost, Refused, SmtpPost
from comments.mailing.settings import Server, server_at
from comments.outbox import Later

from .catcher import LATE, PASSWORD, USER, Catcher, Mode, as_read, catching, text_of
from .certificate import certified
from .test_letter import LETTER, NOW, SENDER

Contexts = tuple[ssl.SSLContext, ssl.SSLContext]


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> Contexts:
    return certified(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def post(catcher: Catcher) -> SmtpPost:
    return SmtpPost(server_at(catcher.url), SENDER)


def signing_in(catcher: Catcher, password: str = PASSWORD) -> SmtpPost:
    who = f"{USER}:{quote(password, safe='')}@"
    return SmtpPost(server_at(catcher.url.replace("//", f"//{who}")), SENDER)


# a server


def test_a_letter_arrives_as_it_was_written(post: SmtpPost, catcher: Catcher) -> None:
    post.send(LETTER, NOW)
    (letter,) = catcher.wait_for(1)
    assert catcher.envelopes == [(SENDER.address, LETTER.to)]
    assert (letter["Subject"], text_of(letter)) == (LETTER.subject, LETTER.text)


def test_a_line_with_a_single_dot_ends_no_letter(post: SmtpPost, catcher: Catcher) -> None:
    text = "Dag\n.\nMAIL FROM:<eve@spam.example>\n.\n"
    post.send(replace(LETTER, text=text), NOW)
    (letter,) = catcher.wait_for(1)
    assert text_of(letter) == text


def test_an_address_that_is_not_ascii_is_reached_where_the_server_can(
    post: SmtpPost, catcher: Catcher
) -> None:
    post.send(replace(LETTER, to="müller@bücher.example"), NOW)
    (letter,) = catcher.wait_for(1)
    assert catcher.envelopes[0][1] == letter["To"] == "müller@xn--bcher-kva.example"


def test_an_address_that_the_server_cannot_read_is_refused() -> None:
    with catching(enable_SMTPUTF8=False) as old:
        post = SmtpPost(server_at(old.url), SENDER)
        with pytest.raises(Refused, match="takes no such address"):
            post.send(replace(LETTER, to="müller@bücher.example"), NOW)


def test_an_address_that_is_none_is_refused_before_anybody_is_asked(
    post: SmtpPost, catcher: Catcher
) -> None:
    with pytest.raises(Refused):
        post.send(replace(LETTER, to="dia"), NOW)
    assert catcher.raw == []


@pytest.mark.parametrize(
    ("mode", "outcome", "says"),
    [
        ("refuses", Refused, "the mail server says 550"),
        ("refuses_text", Refused, "the mail server says 554"),
        ("refuses_us", Later, "the mail server says 530"),
        ("later", Later, "the mail server says 451"),
        ("drops", Later, "the mail server cannot be used (SMTPServerDisconnected)"),
    ],
)
def test_what_a_server_says_is_final_or_not_and_its_words_are_not_told(
    mode: Mode, outcome: type[Exception], says: str, post: SmtpPost, catcher: Catcher
) -> None:
    catcher.mode = mode
    with pytest.raises(outcome) as refused:
        post.send(LETTER, NOW)
    assert str(refused.value) == says
    assert refused.value.__suppress_context__
    assert catcher.raw == []


def test_a_slow_server_is_not_waited_for(catcher: Catcher) -> None:
    catcher.mode = "slow"
    begun = time.monotonic()
    with pytest.raises(Later, match=r"cannot be used"):
        SmtpPost(server_at(catcher.url), SENDER, seconds=0.3).send(LETTER, NOW)
    assert time.monotonic() - begun < LATE


def test_all_the_steps_of_a_letter_fit_the_lease_of_a_task() -> None:
    """Else another worker would send it as well: connect, two greetings, TLS, sign in (2), four for the letter."""
    assert 10 * SmtpPost(Server("mail.example", 25, "none"), SENDER).seconds < 120


def test_nobody_there_is_for_later(post: SmtpPost, catcher: Catcher) -> None:
    with catching() as gone:
        url = gone.url
    with pytest.raises(Later, match=r"cannot be used \(ConnectionRefusedError\)"):
        SmtpPost(server_at(url), SENDER).send(LETTER, NOW)


def test_who_has_a_password_signs_in(catcher: Catcher) -> None:
    signing_in(catcher).send(LETTER, NOW)
    assert len(catcher.wait_for(1)) == len(catcher.signed_in) == 1


def test_a_password_that_is_wrong_is_for_later_and_is_not_told(catcher: Catcher) -> None:
    post = signing_in(catcher, "verkeerd")
    with pytest.raises(Later) as refused:
        post.send(LETTER, NOW)
    assert str(refused.value) == "the mail server says 535"
    assert "verkeerd" not in repr(post)
    assert catcher.raw == []


# TLS


def over_tls(catcher: Catcher, tls: str, trusted: ssl.SSLContext | None) -> SmtpPost:
    server = server_at(catcher.url.replace("tls=none", f"tls={tls}"))
    return SmtpPost(server, SENDER, trusted=trusted)


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_letter_goes_over_tls(tls: str, contexts: Contexts) -> None:
    with catching(
        contexts[0], implicit=tls == "tls", require_starttls=tls == "starttls"
    ) as catcher:
        over_tls(catcher, tls, contexts[1]).send(LETTER, NOW)
        assert len(catcher.wait_for(1)) == 1


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(tls: str, contexts: Contexts) -> None:
    with catching(contexts[0], implicit=tls == "tls") as catcher:
        post = over_tls(catcher, tls, None)
        for ask in (lambda: post.send(LETTER, NOW), post.look):
            with pytest.raises(Later, match="SSLCertVerificationError"):
                ask()
        assert catcher.raw == []


def test_a_server_without_tls_gets_nothing_where_tls_is_asked_for(catcher: Catcher) -> None:
    with pytest.raises(Later, match="SMTPNotSupportedError"):
        over_tls(catcher, "starttls", None).send(LETTER, NOW)
    assert catcher.raw == []


# looking


def test_a_look_finds_a_server_and_sends_nothing(post: SmtpPost, catcher: Catcher) -> None:
    assert post.look() == f"127.0.0.1:{catcher.port} answers (none)"
    assert catcher.raw == []


# a folder


def test_a_folder_keeps_each_letter_where_only_we_read(tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "mail"
    post = FolderPost(folder, SENDER)
    post.send(LETTER, NOW)
    post.send(replace(LETTER, message_id="other@weerwoord.example"), NOW)
    first, second = sorted(folder.iterdir())
    assert first.name.startswith("20260301T120000.000000Z-")
    assert {path.suffix for path in (first, second)} == {".eml"}
    assert {path.stat().st_mode & 0o777 for path in (first, second)} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert text_of(as_read(first.read_bytes())) == LETTER.text


def test_a_letter_that_is_written_again_stands_there_once(tmp_path: Path) -> None:
    post = FolderPost(tmp_path, SENDER)
    for _ in range(2):
        post.send(LETTER, NOW)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_keeps_a_letter_to_an_address_that_is_not_ascii(tmp_path: Path) -> None:
    FolderPost(tmp_path, SENDER).send(replace(LETTER, to="müller@bücher.example"), NOW)
    (file,) = tmp_path.iterdir()
    assert as_read(file.read_bytes())["To"] == "müller@xn--bcher-kva.example"


def test_a_folder_that_cannot_be_written_is_for_later(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("no folder")
    post = FolderPost(tmp_path / "mail", SENDER)
    for ask in (lambda: post.send(LETTER, NOW), post.look):
        with pytest.raises(
            Later, match=r"letters cannot be written to .*/mail \(FileExistsError\)"
        ):
            ask()


def test_a_look_at_a_folder_leaves_nothing_there(tmp_path: Path) -> None:
    says = FolderPost(tmp_path / "mail", SENDER).look()
    assert says == f"letters are written to {tmp_path}/mail and reach nobody: no MAIL_URL is set"
    assert list((tmp_path / "mail").iterdir()) == []
