"""What a reply means and how far it is trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.screening.akismet_answer import (
    LONGEST_WAIT,
    NOTICES,
    RECHECK_SECONDS,
    Alert,
    Answer,
    Reply,
    Usage,
    answer,
    trouble,
    usage,
)

SUSPENDING = (10001, 10003, 10005, 10006, 10009, 10010, 10402, 10403, 10404)


def reply(status: int = 200, text: str = "false", **headers: str) -> Reply:
    return Reply(status, {name.replace("_", "-"): v for name, v in headers.items()}, text)


@pytest.mark.parametrize("verdict", ["ham", "spam", "discard"])
def test_a_plain_verdict_is_trusted(verdict):
    assert Answer(verdict).trusted == verdict


@pytest.mark.parametrize("code", SUSPENDING)
@pytest.mark.parametrize("verdict", ["ham", "spam", "discard"])
def test_a_verdict_of_a_suspended_key_is_not_trusted(verdict, code):
    assert Answer(verdict, alert=Alert(code, "")).trusted == "unknown"


@pytest.mark.parametrize("code", sorted(NOTICES))
def test_a_notice_about_use_does_not_touch_the_verdict(code):
    assert Answer("spam", alert=Alert(code, "")).trusted == "spam"


@given(st.integers().filter(lambda code: code not in NOTICES))
def test_an_alert_that_nobody_knows_takes_the_verdicts_power(code):
    assert Answer("ham", alert=Alert(code, "")).trusted == "unknown"


def test_a_verdict_with_a_problem_is_not_trusted():
    assert Answer("ham", problem="server_error").trusted == "unknown"


def test_a_provisional_verdict_is_not_trusted_yet():
    provisional = Answer("ham", recheck_after=120)
    assert (provisional.provisional, provisional.trusted) == (True, "unknown")


def test_a_suspending_alert_is_a_problem():
    found = answer(reply(x_akismet_alert_code="10006", x_akismet_alert_msg="No."))
    assert (found.problem, found.alert) == ("suspended", Alert(10006, "No."))


def test_an_alert_code_that_is_no_number_suspends():
    found = answer(reply(x_akismet_alert_code="soon"))
    assert (found.problem, found.alert) == ("suspended", Alert(0, ""))


def test_an_error_beside_a_verdict_is_a_problem_and_its_text_is_kept():
    found = answer(reply(x_akismet_error="Overloaded"))
    assert (found.problem, found.debug_help) == ("server_error", "Overloaded")


def test_a_problem_that_is_known_already_stays_the_problem():
    found = answer(reply(x_akismet_alert_code="10006"), problem="invalid_key")
    assert found.problem == "invalid_key"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("0", 0), ("-5", 0), ("soon", RECHECK_SECONDS), ("9" * 30, LONGEST_WAIT)],
)
def test_recheck_after_is_read_however_odd(header, seconds):
    assert answer(reply(x_akismet_recheck_after=header)).recheck_after == seconds


def test_retry_after_may_be_a_date_measured_by_the_servers_own_clock():
    late = reply(
        429, retry_after="Sun, 01 Mar 2026 12:01:30 GMT", date="Sun, 01 Mar 2026 12:00:00 GMT"
    )
    assert answer(late).retry_after == 90


@pytest.mark.parametrize("header", ["", "later", "9" * 5000, "Sun, 01 Mar 2026 12:01:30 GMT"])
def test_a_retry_after_that_cannot_be_measured_is_none(header):
    assert answer(reply(429, retry_after=header)).retry_after is None


@given(st.dictionaries(st.sampled_from(["retry-after", "date"]), st.text()), st.text())
def test_no_header_can_make_reading_fail(waits, odd):
    headers = {"x-akismet-alert-code": odd, "x-akismet-recheck-after": odd} | waits
    assert answer(Reply(200, headers, "true")).trusted == "unknown"


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (reply(429), "rate_limited"),
        (reply(500), "server_error"),
        (reply(503), "server_error"),
        (reply(403), "refused"),
        (reply(404), "refused"),
        (reply(301), "redirect"),
        (reply(302), "redirect"),
        (reply(text="<html>"), "garbage"),
        (reply(text=""), "garbage"),
        (reply(text="invalid"), "invalid_key"),
        (reply(text="invalid", x_akismet_debug_help="Invalid key"), "invalid_key"),
        (reply(text="invalid", x_akismet_debug_help='Empty "user_ip" value'), "invalid_request"),
    ],
)
def test_each_trouble_has_its_own_name(found, problem):
    assert trouble(found) == problem


def test_usage_reads_numbers_that_come_as_texts():
    said = {"limit": "500", "usage": "250", "percentage": "50.5", "throttled": True}
    assert usage(said, None) == Usage(500, 250, 50.5, throttled=True)


def test_a_key_without_limit_has_none():
    said = {"limit": "none", "usage": 12, "percentage": "0", "throttled": False}
    assert usage(said, None) == Usage(None, 12, 0.0, throttled=False)


def test_a_usage_with_holes_is_read_as_far_as_it_goes():
    assert usage({"usage": 3, "percentage": None}, None) == Usage(used=3)


@pytest.mark.parametrize("said", [[], "none", None, 5])
def test_a_usage_that_is_no_document_is_garbage(said):
    assert usage(said, None).problem == "garbage"


def test_a_usage_that_never_came_has_the_problem_of_the_call():
    assert usage(None, "timeout") == Usage(problem="timeout")
