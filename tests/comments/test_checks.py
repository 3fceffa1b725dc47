"""The checks that always hold: each finding with its field, and none that breaks on odd input."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comments import checks
from comments.draft import Draft, Outcome
from comments.facts import Facts, Parent
from comments.host import Subject
from comments.states import State

from .host import BOB, DECK, SETTINGS, START

DRAFT = Draft(
    thread_key="dekschuit",
    text="Een *goed* stuk.",
    created_at=START,
    name="Dia Okonkwo",
    email="dia@lezers.example",
    url="https://dia.example/",
)
FACTS = Facts(now=START, settings=SETTINGS, subject=DECK)
PARENT = Parent(9, "dekschuit", State.APPROVED, "Eve")
ODD = ["\0", "a\0b", "regel\nregel", "\x7f", "\x85", "\ud800", "a\udfffb", "\x1b[31m"]


def codes(draft: Draft) -> list[tuple[str, str]]:
    return [(f.code, f.field) for f in draft.of(Outcome.REFUSE)]


def formed(**typed: object) -> list[tuple[str, str]]:
    return codes(checks.well_formed(replace(DRAFT, **typed), FACTS))  # type: ignore[arg-type]


def opened(subject: Subject | None = DECK, parent: Parent | None = None, **typed: object) -> Draft:
    draft = replace(DRAFT, **typed)  # type: ignore[arg-type]
    return checks.open_for_it(draft, replace(FACTS, subject=subject, parent=parent))


def cleaned(text: str) -> Draft:
    return checks.clean(replace(DRAFT, text=text), FACTS)


# well formed


def test_a_comment_as_it_should_be_is_well_formed() -> None:
    assert formed() == []


def test_a_website_may_be_left_out() -> None:
    assert formed(url="") == []


def test_a_name_is_asked_for() -> None:
    assert formed(name="") == [("name_missing", "name")]


def test_a_name_may_be_as_long_as_its_limit_and_no_longer() -> None:
    assert formed(name="é" * SETTINGS.name_limit) == []
    assert formed(name="é" * (SETTINGS.name_limit + 1)) == [("name_long", "name")]


@pytest.mark.parametrize("odd", ODD)
def test_odd_characters_are_refused_where_they_stand(odd: str) -> None:
    assert formed(name=odd) == [("odd_characters", "name")]
    assert formed(email=f"dia{odd}@lezers.example") == [("email_wrong", "email")]
    assert formed(url=f"https://dia.example/{odd}") == [("url_wrong", "url")]


def test_an_email_address_is_asked_for() -> None:
    assert formed(email="") == [("email_missing", "email")]


@pytest.mark.parametrize(
    "email",
    ["dia", "dia@", "@lezers.example", "dia@lezers", "dia lezers@a.example", "a@b..nl", "<"],
)
def test_what_is_no_email_address_is_refused(email: str) -> None:
    assert formed(email=email) == [("email_wrong", "email")]


def test_an_email_address_may_be_as_long_as_its_limit_and_no_longer() -> None:
    longest = "dia@" + ".".join(["l" * 62, "l" * 62, "l" * 62, "l" * 61])
    assert len(longest) == checks.EMAIL_LIMIT
    assert formed(email=longest) == []
    assert formed(email="d" + longest) == [("email_wrong", "email")]


def test_the_domain_of_an_address_is_made_uniform() -> None:
    draft = checks.well_formed(replace(DRAFT, email="Dia@LEZERS.example"), FACTS)
    assert draft.email == "Dia@lezers.example"


@pytest.mark.parametrize(
    "url", ["http://dia.example", "https://dia.example:8080/a?b=c#d", "https://bücher.example/ü"]
)
def test_a_web_address_is_taken(url: str) -> None:
    assert formed(url=url) == []


@pytest.mark.parametrize(
    "url",
    [
        "dia.example",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "ftp://dia.example",
        "https://",
        "https://localhost/",
        "https://dia@dia.example/",
        "https://dia:geheim@dia.example/",
        "https://dia.example:port/",
        "https://[dia.example/",
        "https://dia.example/ x",
        'https://dia.example/"onmouseover="',
        "https://dia.example/<b>",
        "https:\\\\dia.example",
        "//dia.example/",
        "data:text/html,x",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    assert formed(url=url) == [("url_wrong", "url")]


def test_a_web_address_may_be_as_long_as_its_limit_and_no_longer() -> None:
    longest = "https://dia.example/".ljust(checks.URL_LIMIT, "a")
    assert formed(url=longest) == []
    assert formed(url=longest + "a") == [("url_wrong", "url")]


def test_every_fault_of_the_form_is_said_at_once() -> None:
    assert formed(name="", email="", url="x") == [
        ("name_missing", "name"),
        ("email_missing", "email"),
        ("url_wrong", "url"),
    ]


def test_staff_bring_name_and_address_from_their_account() -> None:
    assert formed(name="", email="", url="", person=BOB) == []


@given(st.text(st.characters()), st.text(st.characters()), st.text(st.characters()))
@example("", "a@[", "https://[")
@example("a", "x@" + "\u3002" * 9, "http://a.b:99999")
@example("a", "\ud800@a.nl", "http://\ud800.nl")
@example("a", "a@xn--.example", "http://xn--a.nl")
def test_the_form_may_hold_any_text(name: str, email: str, url: str) -> None:
    found = checks.well_formed(replace(DRAFT, name=name, email=email, url=url), FACTS)
    assert {f.field for f in found.findings} <= {"name", "email", "url"}


# open for it


def test_an_open_discussion_takes_a_comment() -> None:
    assert codes(opened()) == []


def test_without_a_subject_there_is_nothing_here() -> None:
    assert codes(opened(None)) == [("nothing_here", "")]


def test_a_closed_discussion_takes_nothing() -> None:
    assert codes(opened(replace(DECK, open=False))) == [("closed", "")]


@pytest.mark.parametrize(
    ("seconds", "said"), [(1, []), (0, [("closed", "")]), (-1, [("closed", "")])]
)
def test_a_discussion_closes_at_its_time(seconds: int, said: list[tuple[str, str]]) -> None:
    closing = replace(DECK, open_until=START + timedelta(seconds=seconds))
    assert codes(opened(closing)) == said


def test_an_approved_comment_of_this_discussion_may_be_answered() -> None:
    assert codes(opened(parent=PARENT, parent_id=9)) == []


@pytest.mark.parametrize("state", [s for s in State if s is not State.APPROVED])
def test_a_comment_that_is_not_public_cannot_be_answered(state: State) -> None:
    hidden = replace(PARENT, state=state)
    assert codes(opened(parent=hidden, parent_id=9)) == [("parent_gone", "parent")]


def test_a_comment_of_another_discussion_cannot_be_answered() -> None:
    foreign = replace(PARENT, thread_key="spaak")
    assert codes(opened(parent=foreign, parent_id=9)) == [("parent_gone", "parent")]


@pytest.mark.parametrize("parent_id", [0, 9])
def test_a_comment_that_does_not_exist_cannot_be_answered(parent_id: int) -> None:
    assert codes(opened(parent=None, parent_id=parent_id)) == [("parent_gone", "parent")]


# not said before, clean


def test_what_was_said_a_moment_ago_is_refused_with_its_id() -> None:
    draft = checks.not_said_before(DRAFT, replace(FACTS, twin=17))
    assert codes(draft) == [("said_before", "")]
    assert draft.findings[0].values == {"id": 17}


def test_what_was_not_said_before_passes() -> None:
    assert checks.not_said_before(DRAFT, FACTS) == DRAFT


def test_text_becomes_html_once() -> None:
    draft = cleaned("Een *goed* stuk,\r\nzie https://a.example/ en https://b.example/.")
    assert "<em>goed</em>" in draft.html
    assert draft.links == 2
    assert draft.text == "Een *goed* stuk,\nzie https://a.example/ en https://b.example/."


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u200b"])
def test_an_empty_text_is_refused(text: str) -> None:
    assert codes(cleaned(text)) == [("text_empty", "text")]


def test_a_text_may_be_as_long_as_its_limit_and_no_longer() -> None:
    assert codes(cleaned("a" * SETTINGS.text_limit)) == []
    longer = cleaned("a" * (SETTINGS.text_limit + 1))
    assert codes(longer) == [("text_too_long", "text")]
    assert longer.findings[0].values == {"limit": SETTINGS.text_limit}


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\x1b[31m"])
def test_odd_characters_in_the_text_are_refused(text: str) -> None:
    assert codes(cleaned(text)) == [("odd_characters", "text")]


def test_a_text_that_is_tangled_is_refused() -> None:
    assert codes(cleaned("> " * 40 + "diep")) == [("text_tangled", "text")]


# the row


def test_the_row_says_everything_at_once() -> None:
    draft = replace(DRAFT, name="", text="", parent_id=3)
    judged = checks.run(draft, replace(FACTS, twin=1), checks.ALWAYS)
    assert [code for code, _ in codes(judged)] == [
        "name_missing",
        "parent_gone",
        "said_before",
        "text_empty",
    ]


def test_without_moderation_a_guest_waits_for_a_person() -> None:
    assert checks.hold_all(DRAFT, FACTS).findings[-1].outcome is Outcome.HOLD


def test_without_moderation_staff_pass() -> None:
    judged = checks.hold_all(replace(DRAFT, person=BOB), FACTS)
    assert judged.findings[-1].outcome is Outcome.ALLOW
