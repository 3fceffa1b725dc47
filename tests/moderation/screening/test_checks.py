"""What each check of screening says, alone and in the row."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from comments.draft import Draft, Origin, Outcome, verdict
from comments.facts import Facts
from comments.host import Person, Subject
from comments.settings import Settings
from comments.states import State
from moderation.screening.akismet_answer import Alert, Answer
from moderation.screening.checks import ASK_AKISMET, akismet, house_rules, known_author, unhurried
from moderation.screening.facts import ScreeningFacts
from moderation.screening.pipeline import screen
from moderation.screening.rules import Rule

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SUBJECT = Subject("naaf", "De naaf", "/naaf/", "bob", "utrecht")
BOB = Person("bob", "Bob", "bob@weerwoord.example")
GUEST = Draft(
    "naaf", "Wij doen het al jaren.", NOW, "Dia", "dia@lezers.example", origin=Origin("10.0.0.1")
)
STAFF = replace(GUEST, person=BOB)
FACTS = ScreeningFacts(NOW, Settings(), SUBJECT, links_held=2)
CASINO = Rule(7, "phrase", "casino", "spam")
COMPETITOR = Rule(8, "phrase", "wij", "hold")


def said(draft: Draft) -> list[tuple[str, str, str]]:
    return [(f.check, f.outcome.value, f.code) for f in draft.findings]


def test_screening_refuses_facts_that_it_did_not_gather():
    with pytest.raises(TypeError):
        screen(GUEST, Facts(NOW, Settings(), SUBJECT))


def test_the_brake_refuses_and_says_how_long():
    braked = unhurried(GUEST, replace(FACTS, wait=61))
    assert said(braked) == [("unhurried", "refuse", "too_fast")]
    assert braked.findings[0].values == {"seconds": 61, "minutes": 2}


@pytest.mark.parametrize(("wait", "minutes"), [(1, 1), (60, 1), (89, 2), (600, 10)])
def test_whoever_waits_the_minutes_that_he_was_told_has_waited_long_enough(wait, minutes):
    assert unhurried(GUEST, replace(FACTS, wait=wait)).findings[0].values["minutes"] == minutes


def test_without_a_wait_the_brake_says_nothing():
    assert unhurried(GUEST, FACTS).findings == ()


def test_staff_are_not_braked():
    assert unhurried(STAFF, replace(FACTS, wait=600)).findings == ()


def test_every_rule_that_is_met_is_found():
    text = replace(GUEST, text="Wij houden van casino.")
    judged = house_rules(text, replace(FACTS, rules=(CASINO, COMPETITOR)))
    assert said(judged) == [
        ("house_rules", "spam", "rule_phrase"),
        ("house_rules", "hold", "rule_phrase"),
    ]
    assert [dict(f.values) for f in judged.findings] == [
        {"rule": 7, "what": "casino"},
        {"rule": 8, "what": "wij"},
    ]


@pytest.mark.parametrize(
    ("links", "held", "expected"),
    [(1, 2, []), (2, 2, ["many_links"]), (3, 2, ["many_links"]), (9, 0, [])],
)
def test_from_so_many_links_on_a_comment_is_held(links, held, expected):
    judged = house_rules(replace(GUEST, links=links), replace(FACTS, links_held=held))
    assert [f.code for f in judged.findings] == expected


def test_rules_are_not_for_staff():
    everything = replace(STAFF, text="casino", links=9)
    assert house_rules(everything, replace(FACTS, rules=(CASINO,))).findings == ()


def test_trust_is_for_who_is_signed_in():
    assert said(known_author(STAFF, FACTS)) == [("known_author", "allow", "signed_in")]


def test_a_guest_waits_for_a_person():
    assert said(known_author(GUEST, FACTS)) == [("known_author", "hold", "waits_for_person")]


def test_a_proved_address_with_too_little_behind_it_waits_for_just_that():
    known = replace(FACTS, trusted_after=3, approved_before=2)
    guest = replace(GUEST, proved=True)
    assert said(known_author(guest, known)) == [("known_author", "hold", "known_too_little")]


SPAM_BY_RULE = GUEST.found("house_rules", Outcome.SPAM, "rule_phrase")
ALLOWED = GUEST.found("known_author", Outcome.ALLOW, "signed_in")
REFUSED = GUEST.found("clean", Outcome.REFUSE, "text_empty")


@pytest.mark.parametrize(
    ("mode", "draft", "asked"),
    [
        ("off", GUEST, False),
        ("unsure", GUEST, True),
        ("always", GUEST, True),
        ("unsure", SPAM_BY_RULE, False),
        ("always", SPAM_BY_RULE, True),
        ("always", ALLOWED, False),
        ("always", REFUSED, False),
    ],
)
def test_akismet_is_asked_about_what_its_mode_says(mode, draft, asked):
    judged = akismet(draft, replace(FACTS, akismet_mode=mode))
    assert judged.owed == ((ASK_AKISMET,) if asked else ())
    assert ("akismet", "hold", "akismet_not_asked") in said(judged) or not asked


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer("spam"), [("akismet", "spam", "akismet_spam")]),
        (Answer("discard"), [("akismet", "spam", "akismet_discard")]),
        (Answer("ham"), []),
        (Answer(problem="down"), [("akismet", "hold", "akismet_silent")]),
        (Answer("spam", recheck_after=120), [("akismet", "hold", "akismet_silent")]),
        (Answer("ham", alert=Alert(10009, "")), [("akismet", "hold", "akismet_silent")]),
    ],
)
def test_what_akismet_said_is_a_finding_like_the_others(answer, expected):
    judged = akismet(GUEST, replace(FACTS, akismet_mode="unsure", answer=answer))
    assert (said(judged), judged.owed) == (expected, ())


def test_what_akismet_said_counts_even_where_the_door_is_closed_by_now():
    judged = akismet(REFUSED, replace(FACTS, akismet_mode="unsure", answer=Answer("spam")))
    assert said(judged)[-1] == ("akismet", "spam", "akismet_spam")


@pytest.mark.parametrize(
    ("answer", "why"),
    [(Answer(problem="down"), "down"), (Answer("ham", recheck_after=9), "provisional")],
)
def test_an_answer_that_is_none_says_why(answer, why):
    assert akismet(GUEST, replace(FACTS, answer=answer)).findings[0].values == {"problem": why}


def test_a_first_comment_waits_for_a_person():
    assert verdict(screen(GUEST, FACTS)) is State.PENDING


def test_staff_pass():
    assert verdict(screen(STAFF, FACTS)) is State.APPROVED


def test_a_rule_puts_a_guest_into_the_spam_folder():
    judged = screen(replace(GUEST, text="Casino!"), replace(FACTS, rules=(CASINO,)))
    assert verdict(judged) is State.SPAM


def test_the_findings_of_the_whole_row_add_up():
    text = replace(GUEST, text="Casino! https://a.example/ https://b.example/")
    judged = screen(text, replace(FACTS, rules=(CASINO, COMPETITOR), akismet_mode="always"))
    assert [f.code for f in judged.findings] == [
        "rule_phrase",
        "many_links",
        "waits_for_person",
        "akismet_not_asked",
    ]


def test_a_refusal_says_everything_that_is_wrong_at_once():
    judged = screen(replace(GUEST, name="", text=""), replace(FACTS, wait=5))
    refused = [f.code for f in judged.of(Outcome.REFUSE)]
    assert refused == ["name_missing", "text_empty", "too_fast"]


def test_a_comment_that_is_refused_is_not_stored_whatever_speaks_for_it():
    assert verdict(screen(replace(STAFF, text=""), FACTS)) is None


def test_nobody_is_asked_about_a_comment_that_is_refused():
    assert screen(replace(GUEST, text=""), replace(FACTS, akismet_mode="always")).owed == ()


def test_without_a_subject_everything_is_refused():
    assert verdict(screen(STAFF, replace(FACTS, subject=None))) is None
