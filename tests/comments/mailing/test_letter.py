"""Whatever stands in a letter, it becomes one message to one person, and nothing gets into its head."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.utils import parseaddr, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.mailing.letter import (
    NAME_LIMIT,
    SUBJECT_LIMIT,
    BadAddress,
    Letter,
    Sender,
    address,
    as_message,
    body,
    one_line,
    sender_of,
)
from comments.settings import SettingError

from .catcher import as_read, html_of, text_of

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SENDER = Sender("Weerwoord", "post@weerwoord.example")
LETTER = Letter(
    to="dia@lezers.example",
    subject="Er is geantwoord",
    text="Dag Dia,\n\nEr is geantwoord.\n",
    html="<p>Er is geantwoord.</p>\n",
    message_id="abc@weerwoord.example",
    language="nl",
    references=("thread-12@weerwoord.example",),
    list_id="thread-12.weerwoord.example",
    list_unsubscribe="https://weerwoord.example/stop/abc",
)
ALWAYS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"]
ALL = [
    *(*ALWAYS, "Content-Language", "In-Reply-To", "References"),
    *("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type", "MIME-Version"),
]
NASTY = st.sampled_from(
    ["\r\n", "\n", "\r", "\x00", "\u2028", "\u0085", "\ud800", "\u202e", "Bcc: eve@spam.example"]
)
ANY = st.lists(st.text(st.characters()) | NASTY, max_size=8).map("".join)
LONG = ANY | st.text("aé漢😀 ", min_size=100, max_size=600)


def sent(letter: Letter, sender: Sender = SENDER) -> bytes:
    return as_message(letter, sender, NOW).as_bytes()


def from_of(raw: bytes) -> tuple[str, str]:
    """Name and address; read by RFC 2047, which the parser of Python 3.11 does not in long names."""
    line = re.search(rb"^From: (.*(?:\r\n .*)*)\r\n", raw, re.MULTILINE)
    assert line
    name, found = parseaddr(line[1].decode("ascii").replace("\r\n", ""))
    return str(make_header(decode_header(name))), found


# what always holds


@given(LONG, LONG, LONG, ANY)
def test_no_text_gets_into_the_head(subject: str, name: str, text: str, language: str) -> None:
    letter = replace(LETTER, subject=subject, text=text, html=text, language=f"nl{language}")
    raw = sent(letter, Sender(name, SENDER.address))
    found = as_read(raw)
    assert sorted(found.keys()) == sorted(ALL)
    assert found["Subject"] == one_line(subject, SUBJECT_LIMIT)
    assert from_of(raw)[1] == SENDER.address
    (reader,) = found["To"].addresses
    assert reader.addr_spec == LETTER.to
    assert text_of(found) == html_of(found) == body(text)


@given(ANY, ANY, ANY)
def test_no_id_and_no_address_of_a_page_gets_into_the_head(
    id_: str, list_id: str, url: str
) -> None:
    letter = replace(
        LETTER,
        message_id=f"a{id_}@weerwoord.example",
        references=(f"r{id_}@weerwoord.example",),
        list_id=f"l{list_id}",
        list_unsubscribe=f"https://weerwoord.example/{url}",
    )
    found = as_read(sent(letter))
    assert sorted(found.keys()) == sorted(ALL)
    assert re.fullmatch(r"<[^<>\s]+>", found["Message-ID"])
    assert re.fullmatch(r"<https://weerwoord\.example/[!-;=?-~]*>", found["List-Unsubscribe"])


@given(LONG, LONG, LONG)
def test_every_line_can_travel(subject: str, name: str, text: str) -> None:
    """ASCII, ended by CR LF, and no longer than a mail server takes."""
    url = "https://weerwoord.example/stop/" + "x" * 700
    letter = replace(LETTER, subject=subject, text=text, html=text, list_unsubscribe=url)
    raw = sent(letter, Sender(name, SENDER.address))
    raw.decode("ascii")
    lines = raw.split(b"\r\n")
    assert not [line for line in lines if b"\r" in line or b"\n" in line or len(line) > 998]
    assert not [
        line for line in lines if b"=?utf-8?b?" in line and b"<" not in line and len(line) > 76
    ]


@given(ANY, ANY)
def test_an_odd_address_is_refused_or_the_only_one_that_the_letter_goes_to(
    local: str, domain: str
) -> None:
    try:
        message = as_message(replace(LETTER, to=f"{local}@{domain}"), SENDER, NOW)
    except BadAddress:
        return
    found = as_read(message.as_bytes())
    assert len(found.get_all("To", [])) == 1
    assert re.fullmatch(r"[^\s<>,;]+@[a-z0-9.-]+", str(message["To"]))


@given(st.emails())
def test_every_common_address_is_reached(email: str) -> None:
    found = as_read(sent(replace(LETTER, to=email)))
    (reader,) = found["To"].addresses
    assert reader.username == email.rpartition("@")[0]
    assert reader.domain.casefold() == email.rpartition("@")[2].casefold()


# what it says


def test_a_letter_says_who_when_what_and_how_to_stop_it() -> None:
    found = as_read(sent(LETTER))
    assert found["From"].addresses == (Address("Weerwoord", "post", "weerwoord.example"),)
    assert parsedate_to_datetime(found["Date"]) == NOW
    assert found["Message-ID"] == "<abc@weerwoord.example>"
    assert found["In-Reply-To"] == found["References"] == "<thread-12@weerwoord.example>"
    assert found["List-Id"] == "<thread-12.weerwoord.example>"
    assert found["List-Unsubscribe"] == "<https://weerwoord.example/stop/abc>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Content-Language"] == "nl"
    assert found.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    assert {part.get_content_charset() for part in found.iter_parts()} == {"utf-8"}
    assert text_of(found) == LETTER.text


def test_what_a_letter_has_not_is_not_in_its_head() -> None:
    plain = Letter(LETTER.to, "Dag", "Dag\n", "<p>Dag</p>\n", "abc@weerwoord.example")
    assert sorted(as_read(sent(plain)).keys()) == sorted([*ALWAYS, "Content-Type", "MIME-Version"])


def test_the_address_that_stops_it_is_never_folded_nor_encoded() -> None:
    """A program that finds it in pieces cannot stop anything."""
    url = "https://weerwoord.example/stop/" + "x" * 300
    line = f"List-Unsubscribe: <{url}>\r\n".encode()
    assert line in sent(replace(LETTER, list_unsubscribe=url))


@pytest.mark.parametrize(
    ("given", "travels"),
    [
        ("dia@lezers.example", "dia@lezers.example"),
        (" Dia@Lezers.EXAMPLE ", "Dia@lezers.example"),
        ("dia@faß.example", "dia@xn--fa-hia.example"),
        ("dia@bücher.example", "dia@xn--bcher-kva.example"),
        ("d'ia+{weer}/woord=1@lezers.example", "d'ia+{weer}/woord=1@lezers.example"),
        ("müller@lezers.example", "müller@lezers.example"),
        ("dia@\u212aranten.example", "dia@kranten.example"),
        ("post@localhost", "post@localhost"),
    ],
)
def test_an_address_travels_with_its_domain_in_ascii(given: str, travels: str) -> None:
    assert address(given) == travels
    assert str(as_message(replace(LETTER, to=given), SENDER, NOW)["To"]) == travels


@pytest.mark.parametrize(
    "odd",
    [
        *("", "@", "dia", "dia@", "@lezers.example", "dia@@lezers.example", "dia@-.example"),
        *(
            "dia okonkwo@lezers.example",
            '"dia"@lezers.example',
            "dia@lezers.example, eve@x.example",
        ),
        *(
            "dia@lezers.example\nBcc: eve@x.example",
            "dia\r\n@lezers.example",
            "di\ud800a@x.example",
        ),
        *("Dia <dia@lezers.example>", ".dia@lezers.example", "di..a@lezers.example"),
        *(
            "d" * 65 + "@lezers.example",
            "dia@" + "d" * 254,
            "dia@[127.0.0.1]",
            "dia@lezers..example",
        ),
    ],
)
def test_an_address_that_could_mean_more_than_one_thing_is_refused(odd: str) -> None:
    with pytest.raises(BadAddress) as refused:
        as_message(replace(LETTER, to=odd), SENDER, NOW)
    assert "lezers" not in str(refused.value)


def test_a_word_that_looks_encoded_is_not_decoded_by_anybody() -> None:
    """Else somebody's name could hold what nobody saw in it."""
    odd = "=?utf-8?q?Bcc=0D=0A?= antwoordt"
    assert as_read(sent(replace(LETTER, subject=odd)))["Subject"] == odd


def test_a_subject_that_is_too_long_ends_in_dots() -> None:
    assert one_line("woord " * 100, 20) == "woord woord woord w…"


# the sender, as it is set


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("post@weerwoord.example", Sender("", "post@weerwoord.example")),
        ("weerwoord@localhost", Sender("", "weerwoord@localhost")),
        ("<post@weerwoord.example>", Sender("", "post@weerwoord.example")),
        (
            "Het Weerwoord <post@weerwoord.example>",
            Sender("Het Weerwoord", "post@weerwoord.example"),
        ),
        ('"Woord, Weer" <post@weer.example>', Sender("Woord, Weer", "post@weer.example")),
        ("Café <post@bücher.example>", Sender("Café", "post@xn--bcher-kva.example")),
    ],
)
def test_a_sender_is_a_name_and_an_address_or_an_address(text: str, sender: Sender) -> None:
    assert sender_of(text) == sender


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Weerwoord",
        "Weerwoord post@weerwoord.example",
        "a <b@c.example",
        "b@c.example>",
        "ü@c.example",
    ],
)
def test_a_sender_that_does_not_fit_is_told_what_would(text: str) -> None:
    with pytest.raises(SettingError, match=r"WEERWOORD_MAIL_FROM takes an address or `Name <"):
        sender_of(text)


@pytest.mark.parametrize("name", ['Woord, "Weer"', "Café", "漢" * 200, "a\\b", "x" * 200, ""])
def test_a_senders_name_arrives_as_it_is_at_most_cut(name: str) -> None:
    said, address_ = from_of(sent(LETTER, Sender(name, SENDER.address)))
    assert address_ == SENDER.address
    assert said == one_line(name, NAME_LIMIT).replace("\\", "").replace('"', "’")
