"""The client against a real server on loopback in good health: what is asked, sent and read."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from comments.settings import SettingError
from examples.akismet_server import AkismetServer
from moderation.screening.akismet import Akismet, Off, SpamService
from moderation.screening.akismet_answer import Answer, Usage
from moderation.screening.akismet_submission import Submission

from .akismet_cast import HAM, KEY, SITE, SPAM


def test_a_decent_comment_is_ham(service):
    assert service.check(HAM).trusted == "ham"


def test_spam_is_spam(service):
    assert service.check(SPAM).trusted == "spam"


def test_the_answer_has_the_guid_of_its_reply(service, server):
    answer = service.check(HAM)
    assert answer.guid == server.requests[0].guid


def test_a_check_is_one_request_with_these_fields_and_no_other(service, server):
    service.check(HAM)
    [call] = server.requests
    assert (call.method, call.endpoint) == ("POST", "1.1/comment-check")
    assert call.fields == {
        "api_key": [KEY],
        "blog": [SITE],
        "user_ip": ["203.0.113.0"],
        "permalink": ["https://weerwoord.example/spaken/"],
        "comment_type": ["comment"],
        "comment_author": ["Dia"],
        "comment_content": ["Wij doen dit al jaren zo."],
        "blog_charset": ["UTF-8"],
    }


def test_no_byte_of_a_request_holds_the_e_mail_or_the_whole_address(service, server):
    service.check(HAM)
    service.submit_spam(HAM, "ada", "ham")
    sent = repr(list(server.requests))
    assert "dia@post.example" not in sent
    assert "203.0.113.77" not in sent


def test_a_request_carries_no_header_beyond_these(service, server):
    service.check(HAM)
    assert server.requests[0].headers.keys() == {
        "host",
        "user-agent",
        "accept",
        "accept-encoding",
        "connection",
        "content-type",
        "content-length",
    }


def test_what_the_site_lets_out_is_sent(server):
    with closing(Akismet(KEY, SITE, server.url, minimise=frozenset())) as service:
        service.check(HAM)
    call = server.requests[0]
    assert (call.one("comment_author_email"), call.one("user_ip")) == (
        "dia@post.example",
        "203.0.113.77",
    )


def test_the_honeypots_own_field_and_each_context_arrive(service, server):
    service.check(Submission("Hoi", honeypot_name="trap", honeypot_value="x", context=("a", "b")))
    fields = server.requests[0].fields
    assert (fields["trap"], fields["comment_context"]) == (["x"], ["a", "b"])


@pytest.mark.parametrize("name", ["api_key", "blog", "user_ip"])
def test_a_honeypot_cannot_take_the_place_of_key_site_or_address(service, server, name):
    service.check(Submission("Hoi", honeypot_name=name, honeypot_value="forged"))
    assert "forged" not in server.requests[0].fields[name]


def test_text_arrives_as_it_was_typed(service, server):
    typed = "“1 < 2 & 3” 😀 é שלום \\ 'a'\r\n+%41"
    service.check(Submission(typed))
    assert server.requests[0].one("comment_content") == typed


def test_a_lone_surrogate_does_not_stop_a_check(service):
    assert service.check(Submission("half \ud83d")).verdict == "ham"


def test_missed_spam_is_reported_with_reporter_and_first_verdict(service, server):
    assert service.submit_spam(HAM, "ada", "ham").problem is None
    call = server.requests[0]
    assert (call.endpoint, call.one("reporter"), call.one("comment_check_response")) == (
        "1.1/submit-spam",
        "ada",
        "false",
    )


def test_a_false_alarm_is_reported_with_reporter_and_first_verdict(service, server):
    assert service.submit_ham(SPAM, "bob", "spam").problem is None
    call = server.requests[0]
    assert (call.endpoint, call.one("reporter"), call.one("comment_check_response")) == (
        "1.1/submit-ham",
        "bob",
        "true",
    )


def test_a_correction_changes_the_next_verdict(service):
    service.submit_spam(HAM)
    assert service.check(HAM).trusted == "spam"


def test_a_valid_key_has_no_problem(service, server):
    assert service.verify().problem is None
    assert server.requests[0].fields == {"key": [KEY], "blog": [SITE]}


def test_a_wrong_key_is_told_by_every_call():
    with AkismetServer(key="another") as strict, closing(Akismet(KEY, SITE, strict.url)) as service:
        told = [service.verify().problem, service.check(HAM).problem, service.usage().problem]
    assert told == ["invalid_key"] * 3


def test_a_missing_field_is_told_with_akismets_own_help(server):
    with closing(Akismet(KEY, "", server.url)) as service:
        answer = service.check(HAM)
    assert (answer.problem, answer.debug_help) == ("invalid_request", 'Empty "blog" value')


def test_usage_tells_what_was_asked_this_month(service):
    service.check(HAM)
    assert service.usage() == Usage(limit=10000, used=1, percentage=0.01)


def test_many_calls_share_one_connection(service, server):
    for _ in range(5):
        service.check(HAM)
    service.usage()
    assert (server.connections, len(server.requests)) == (1, 6)


def test_threads_that_share_the_client_get_each_their_own_headers(service, server):
    texts = [f"{'casino' if n % 2 else 'beste'} {n}" for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: service.check(Submission(text)), texts))
    made = {call.one("comment_content"): call.guid for call in server.requests}
    assert [a.guid for a in answers] == [made[text] for text in texts]
    assert [a.verdict for a in answers] == ["spam" if n % 2 else "ham" for n in range(200)]


def test_an_empty_key_is_refused():
    with pytest.raises(SettingError, match="key"):
        Akismet("", SITE)


def test_a_field_that_does_not_exist_cannot_be_minimised():
    with pytest.raises(SettingError, match="email"):
        Akismet(KEY, SITE, minimise=frozenset({"email"}))


def test_off_knows_nothing_and_has_one_reason():
    off: SpamService = Off()
    told = [off.check(HAM), off.submit_spam(HAM), off.submit_ham(HAM), off.verify()]
    assert told == [Answer(problem="off")] * 4
    assert off.usage() == Usage(problem="off")
    off.close()
