"""The client against a server that fails in every way that the demo server knows."""

import logging
from contextlib import closing
from time import monotonic

import pytest

from examples.akismet_modes import MODES
from examples.akismet_server import UNANSWERED, AkismetServer
from moderation.screening.akismet import Akismet
from moderation.screening.akismet_answer import Alert, Answer, Usage
from moderation.screening.akismet_road import TEXT_KEPT

from .akismet_cast import HAM, KEY, SITE, SPAM

SHORT, LONG, SOON = 0.2, 20.0, 5.0

EXPECTED = {
    "500": Answer(problem="server_error"),
    "429": Answer(problem="rate_limited", retry_after=30),
    "garbage": Answer(problem="garbage"),
    "redirect": Answer(problem="redirect"),
    "invalid_key": Answer(problem="invalid_key", debug_help="Invalid key"),
    "suspended": Answer(
        "ham", "suspended", alert=Alert(10009, "Your key is suspended for overuse.")
    ),
    "over_quota": Answer("ham", alert=Alert(10508, "You are over your plan's limit again.")),
    "recheck": Answer("ham", recheck_after=120),
    "discard": Answer("discard"),
    "unsure": Answer("ham", "server_error", debug_help="Could not judge"),
    "newline": Answer("ham"),
    "odd_headers": Answer("ham"),
    "flood": Answer(problem="garbage", debug_help=("help " * 2000)[:TEXT_KEPT]),
    "normal": Answer("ham"),
    "down": Answer(problem="down"),
}


@pytest.mark.parametrize("mode", EXPECTED)
def test_a_check_in_each_mode_gets_its_own_answer(service, server, mode):
    server.behave(mode)
    answer = service.check(HAM)
    guid = "" if mode == "down" else server.requests[0].guid
    assert answer == Answer(**(vars(EXPECTED[mode]) | {"guid": guid}))


def test_every_mode_of_the_server_is_tried_here():
    assert EXPECTED.keys() | {"slow", "trickle", "indiscreet"} == MODES.keys() | UNANSWERED.keys()


@pytest.mark.parametrize("mode", ["suspended", "recheck", "unsure", "500", "garbage", "down"])
def test_what_cannot_be_trusted_neither_passes_nor_bins(service, server, mode):
    server.behave(mode)
    assert (service.check(HAM).trusted, service.check(SPAM).trusted) == ("unknown", "unknown")


TROUBLES = {
    "500": "server_error",
    "429": "rate_limited",
    "garbage": "garbage",
    "redirect": "redirect",
    "invalid_key": "invalid_key",
    "suspended": "suspended",
    "down": "down",
}


@pytest.mark.parametrize("mode", TROUBLES)
def test_every_other_call_tells_the_same_trouble(service, server, mode):
    server.behave(mode)
    told = [
        service.submit_spam(HAM).problem,
        service.submit_ham(HAM).problem,
        service.verify().problem,
        service.usage().problem,
    ]
    assert told == [TROUBLES[mode]] * 4


def test_a_newline_at_the_end_changes_nothing(service, server):
    server.behave("newline")
    told = [service.submit_spam(HAM).problem, service.verify().problem, service.usage().problem]
    assert told == [None, None, None]


def test_over_quota_is_told_in_the_usage(service, server):
    server.behave("over_quota")
    assert service.usage() == Usage(limit=10000, used=12000, percentage=120.0, throttled=True)


def test_a_redirect_is_not_followed(service, server):
    server.behave("redirect")
    service.check(HAM)
    assert len(server.requests) == 1


def test_a_cookie_is_not_brought_back(service, server):
    server.behave("odd_headers")
    service.check(HAM)
    service.check(HAM)
    assert ["cookie" in call.headers for call in server.requests] == [False, False]


@pytest.mark.parametrize("mode", ["slow", "trickle"])
def test_a_slow_answer_is_given_up_in_time_however_it_is_slow(server, mode):
    server.behave(mode, LONG)
    with closing(Akismet(KEY, SITE, server.url, seconds=SHORT)) as service:
        began = monotonic()
        problem = service.check(HAM).problem
    assert (problem, monotonic() - began < SOON) == ("timeout", True)


def test_where_nobody_listens_the_service_is_down():
    with AkismetServer() as server:
        gone = server.url
    with closing(Akismet(KEY, SITE, gone)) as service:
        assert service.check(HAM).problem == "down"


def test_after_trouble_the_same_client_works_again(service, server):
    for mode in ("down", "garbage", "500"):
        server.behave(mode)
        service.check(HAM)
    server.behave("normal")
    assert service.check(HAM).trusted == "ham"


@pytest.mark.parametrize("mode", sorted(EXPECTED))
def test_the_key_is_in_no_answer_and_in_no_log(service, server, caplog, mode):
    caplog.set_level(logging.DEBUG)
    server.behave(mode)
    told = everything_told(service)
    assert caplog.records
    assert KEY not in told + caplog.text


def test_a_key_that_the_server_repeats_is_in_no_answer(service, server, caplog):
    caplog.set_level(logging.INFO)
    server.behave("indiscreet")
    told = everything_told(service)
    assert "is expired" in told
    assert KEY not in told + caplog.text


def everything_told(service: Akismet) -> str:
    return repr(
        [
            service.check(HAM),
            service.submit_ham(HAM, "ada", "spam"),
            service.verify(),
            service.usage(),
            service,
        ]
    )
