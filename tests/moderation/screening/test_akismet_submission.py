"""What leaves the house: the form sent to Akismet, field by field."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.settings import SettingError
from moderation.screening.akismet_submission import (
    FEEDBACK,
    FIELDS,
    NO_ADDRESS,
    Submission,
    checked,
    feedback,
    fields,
)

FULL = Submission(
    content="Wij doen dit al jaren zo.",
    user_ip="203.0.113.77",
    user_agent="Mozilla/5.0",
    referrer="https://weerwoord.example/",
    permalink="https://weerwoord.example/spaken/",
    kind="reply",
    author="Dia",
    author_email="dia@post.example",
    author_url="https://dia.example/",
    created_at=datetime(2026, 3, 1, 12, 30, tzinfo=timezone(timedelta(hours=1))),
    article_modified_at=datetime(2026, 2, 1, 8, 0, tzinfo=UTC),
    language="nl",
    user_role="subscriber",
    context=("strategie", "spaken"),
    honeypot_name="website2",
    honeypot_value="gotcha",
    recheck_reason="edit",
    is_test=True,
)


def test_by_default_all_is_told_but_the_e_mail_and_the_whole_address():
    assert fields(FULL) == {
        "user_ip": "203.0.113.0",
        "user_agent": "Mozilla/5.0",
        "referrer": "https://weerwoord.example/",
        "permalink": "https://weerwoord.example/spaken/",
        "comment_type": "reply",
        "comment_author": "Dia",
        "comment_author_url": "https://dia.example/",
        "comment_content": "Wij doen dit al jaren zo.",
        "comment_date_gmt": "2026-03-01T11:30:00+00:00",
        "comment_post_modified_gmt": "2026-02-01T08:00:00+00:00",
        "blog_lang": "nl",
        "blog_charset": "UTF-8",
        "user_role": "subscriber",
        "comment_context": ["strategie", "spaken"],
        "honeypot_field_name": "website2",
        "website2": "gotcha",
        "recheck_reason": "edit",
        "is_test": "1",
    }


def test_with_nothing_minimised_address_and_e_mail_are_told_whole():
    told = fields(FULL, frozenset())
    assert (told["user_ip"], told["comment_author_email"]) == ("203.0.113.77", "dia@post.example")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.200", "198.51.100.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("::ffff:198.51.100.200", "198.51.100.0"),
        ("fe80::1%eth0", "fe80::"),
        ("198.51.100.0", "198.51.100.0"),
        ("", NO_ADDRESS),
        ("unix:/run/web.sock", NO_ADDRESS),
    ],
)
def test_an_address_is_cut_to_its_network(address, network):
    assert fields(Submission("Hallo", user_ip=address))["user_ip"] == network


def test_a_text_that_is_no_address_is_not_told_even_whole():
    told = fields(Submission("Hallo", user_ip="dia@post.example"), frozenset())
    assert told["user_ip"] == NO_ADDRESS


@pytest.mark.parametrize("name", sorted(FIELDS.keys() - {"comment_content", "user_ip"}))
def test_each_field_can_be_left_out(name):
    assert name not in fields(FULL, frozenset({name}))


def test_without_the_honeypots_name_its_field_is_left_out_as_well():
    assert "website2" not in fields(FULL, frozenset({"honeypot_field_name"}))


def test_the_content_is_told_whatever_is_minimised():
    told = fields(FULL, frozenset(FIELDS))
    assert told == {"comment_content": FULL.content, "user_ip": "203.0.113.0"}


def test_what_is_empty_is_not_told():
    told = fields(Submission("Hallo"))
    assert told == {
        "user_ip": NO_ADDRESS,
        "comment_type": "comment",
        "comment_content": "Hallo",
        "blog_charset": "UTF-8",
    }


def test_an_empty_content_is_told_as_empty():
    assert fields(Submission(""))["comment_content"] == ""


def test_an_untouched_honeypot_is_told_as_empty():
    assert fields(Submission("Hallo", honeypot_name="trap"))["trap"] == ""


def test_a_honeypot_cannot_take_the_place_of_a_field():
    told = fields(Submission("Echt", honeypot_name="comment_content", honeypot_value="vals"))
    assert told["comment_content"] == "Echt"


def test_a_time_without_zone_is_utc():
    told = fields(Submission("Hallo", created_at=datetime(2026, 3, 1, 12)))  # noqa: DTZ001
    assert told["comment_date_gmt"] == "2026-03-01T12:00:00+00:00"


def test_feedback_names_reporter_and_first_verdict():
    told = feedback(FULL, "ada", "discard")
    assert told == fields(FULL) | {"reporter": "ada", "comment_check_response": "true"}


@pytest.mark.parametrize(("verdict", "said"), [("ham", "false"), ("spam", "true")])
def test_a_first_verdict_is_told_in_the_words_of_the_protocol(verdict, said):
    assert feedback(FULL, "ada", verdict)["comment_check_response"] == said


def test_a_verdict_that_was_never_given_is_not_told():
    assert "comment_check_response" not in feedback(FULL, "ada", "unknown")


def test_feedback_can_leave_out_who_reports():
    assert not FEEDBACK & feedback(FULL, "ada", "ham", FEEDBACK).keys()


def test_minimising_an_unknown_field_is_refused_since_it_would_leave_nothing_out():
    with pytest.raises(SettingError, match="comment_author_emial"):
        checked(frozenset({"comment_author_emial"}))


def test_minimising_the_content_is_refused():
    with pytest.raises(SettingError, match="comment_content"):
        checked(frozenset({"comment_content"}))


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_whatever_was_typed_can_be_sent(content, author):
    for value in fields(Submission(content, author=author)).values():
        "".join(value).encode("utf-8")


@given(st.builds(Submission, content=st.text(), author_email=st.just("eve@spam.example")))
def test_an_e_mail_is_never_among_the_values_by_default(submission):
    assert "eve@spam.example" not in fields(submission).values()
