"""Where questions to Akismet may go, and that nothing else is ever tried."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from time import monotonic

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from comments.settings import SettingError
from examples.akismet_server import AkismetServer
from moderation.screening.akismet import Akismet
from moderation.screening.akismet_road import BODY_LIMIT, base_address, beginning

from .akismet_cast import HAM, KEY, SITE

SHORT, SOON = 0.2, 2.0


@pytest.mark.parametrize(
    "text",
    [
        "https://rest.akismet.com",
        "https://rest.akismet.com/",
        "https://rest.akismet.com:8443",
        "http://127.0.0.1:8901",
        "http://localhost:8901",
        "http://[::1]:8901",
    ],
)
def test_an_address_with_tls_or_on_this_machine_is_taken(text):
    assert str(base_address(text)).rstrip("/") == text.rstrip("/")


@pytest.mark.parametrize(
    "text",
    [
        "http://rest.akismet.com",
        "http://127.0.0.1.nip.example",
        "http://localhost.example",
        "http://192.168.1.4:8901",
        "http://0.0.0.0:8901",
        "http://2130706433",
        "ftp://rest.akismet.com",
        "rest.akismet.com",
        "https://",
        "",
    ],
)
def test_a_plain_address_beyond_this_machine_is_refused(text):
    with pytest.raises(SettingError, match="AKISMET_URL"):
        base_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://rest.akismet.com/1.1",
        "https://rest.akismet.com/?x=1",
        "https://rest.akismet.com/#x",
        "https://user:secret@rest.akismet.com",
    ],
)
def test_an_address_with_more_than_an_origin_is_refused_without_repeating_it(text):
    with pytest.raises(SettingError, match="nothing more") as refused:
        base_address(text)
    assert text not in str(refused.value)


def test_a_text_that_is_no_address_is_refused():
    with pytest.raises(SettingError, match="no address"):
        base_address("https://rest.akismet.com:port")


def test_where_tls_fails_nothing_is_sent_in_the_clear():
    with AkismetServer() as server:
        address = server.url.replace("http:", "https:")
        with closing(Akismet(KEY, SITE, address)) as service:
            problem = service.check(HAM).problem
        assert (problem, list(server.requests)) == ("down", [])


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A fresh key and a certificate for 127.0.0.1 that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Akismet demo")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = tmp_path / "akismet.pem"
    path.write_bytes(secret + signed.public_bytes(Encoding.PEM))
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[AkismetServer]:
    tls = SSLContext(PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with AkismetServer(tls=tls) as server:
        yield server


def test_over_tls_with_a_known_certificate_all_works(secure, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with closing(Akismet(KEY, SITE, secure.url)) as service:
        assert (service.check(HAM).trusted, service.usage().used) == ("ham", 1)


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(secure):
    with closing(Akismet(KEY, SITE, secure.url)) as service:
        problem = service.check(HAM).problem
    assert (problem, list(secure.requests)) == ("down", [])


@pytest.fixture
def silent() -> Iterator[str]:
    """An address at which the system lets nobody in, nor turns anybody away: its queue is full."""
    with ExitStack() as opened:
        listener = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_name_with_many_dead_addresses_takes_no_longer_than_one(silent, monkeypatch):
    known = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: known(*a, **k) * 20)
    with closing(Akismet(KEY, SITE, silent, seconds=SHORT)) as service:
        began = monotonic()
        problem = service.check(HAM).problem
    assert (problem, monotonic() - began < SOON) == ("timeout", True)


def test_of_a_flood_only_the_beginning_is_read():
    flood = (b"x" * 65_536 for _ in range(64))
    assert BODY_LIMIT < len(beginning(httpx.Response(200, content=flood))) <= BODY_LIMIT + 65_536


def test_a_proxy_in_the_environment_is_not_asked(monkeypatch):
    with AkismetServer() as proxy, AkismetServer() as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        with closing(Akismet(KEY, SITE, server.url)) as service:
            service.check(HAM)
        assert (len(proxy.requests), len(server.requests)) == (0, 1)
