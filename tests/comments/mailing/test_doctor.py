"""What the doctor says of the mail; it sends none."""

from pathlib import Path

from comments.extension import Comments
from comments.mailing.settings import MailSettings
from comments.upkeep.doctor import Check, Status, mail

from ..host import Clock, SmallHost
from ..small_site import small_site
from .catcher import USER, Catcher, catching
from .conftest import SITE_URL


def told(host: SmallHost, clock: Clock, settings: MailSettings | None) -> list[Check]:
    app = small_site(host, clock, site_url=SITE_URL, mail=settings)
    return list(mail(app.extensions["comments"].site))


def test_a_server_that_answers_is_well(comments: Comments, catcher: Catcher) -> None:
    says = f"127.0.0.1:{catcher.port} answers (none)"
    assert list(mail(comments.site)) == [Check("mail", Status.OK, says)]
    assert catcher.raw == []


def test_a_server_that_does_not_answer_is_bad(host: SmallHost, clock: Clock) -> None:
    with catching() as gone:
        settings = MailSettings(gone.url)
    assert told(host, clock, settings) == [
        Check("mail", Status.BAD, "the mail server cannot be used (ConnectionRefusedError)")
    ]


def test_a_password_that_is_not_taken_is_bad_and_is_not_told(
    host: SmallHost, clock: Clock, catcher: Catcher
) -> None:
    url = catcher.url.replace("//", f"//{USER}:verkeerd@")
    assert told(host, clock, MailSettings(url)) == [
        Check("mail", Status.BAD, "the mail server says 535")
    ]


def test_letters_that_are_only_written_are_told_of(
    host: SmallHost, clock: Clock, tmp_path: Path
) -> None:
    (check,) = told(host, clock, MailSettings(folder=tmp_path / "mail"))
    assert check.status is Status.WARN
    assert check.says.startswith(f"letters are written to {tmp_path}/mail and reach nobody")


def test_a_folder_that_cannot_be_written_is_bad(
    host: SmallHost, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "mail").write_text("no folder")
    (check,) = told(host, clock, MailSettings(folder=tmp_path / "mail"))
    assert check.status is Status.BAD


def test_of_a_site_without_mail_nothing_is_said(host: SmallHost, clock: Clock) -> None:
    assert told(host, clock, None) == []
