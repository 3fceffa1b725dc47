"""The demo server speaks the protocol as its documents have it, and starts and ends cleanly."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest

from examples.akismet_server import AkismetServer, main

ROOT = Path(__file__).parents[2]
WHO = {"api_key": "k", "blog": "https://weerwoord.example/", "user_ip": "203.0.113.0"}


@pytest.fixture
def server() -> Iterator[AkismetServer]:
    with AkismetServer() as running:
        yield running


def asked(server: AkismetServer, endpoint: str, **fields: str) -> httpx.Response:
    return httpx.post(f"{server.url}/{endpoint}", data=WHO | fields, trust_env=False)


def checked(server: AkismetServer, **fields: str) -> str:
    return asked(server, "1.1/comment-check", **fields).text


@pytest.mark.parametrize(
    "fields",
    [
        {"comment_author": "akismet-guaranteed-spam"},
        {"comment_author_email": "akismet-guaranteed-spam@example.com"},
        {"comment_author": "viagra-test-123"},
        {"comment_content": "viagra-test-123"},
        {"comment_content": "Play at our casino"},
        {"comment_content": "http://a.example http://b.example https://c.example"},
        {"comment_content": "Mooi stuk", "honeypot_field_name": "trap", "trap": "filled"},
    ],
)
def test_spam_is_true(server, fields):
    assert checked(server, **fields) == "true"


@pytest.mark.parametrize(
    "fields",
    [
        {"comment_content": "Mooi stuk, zie https://a.example en https://b.example"},
        {"comment_content": "Mooi stuk", "honeypot_field_name": "trap", "trap": ""},
        {"comment_content": "casino", "user_role": "administrator"},
        {"comment_author": "akismet-guaranteed-spam", "user_role": "administrator"},
    ],
)
def test_the_rest_is_false(server, fields):
    assert checked(server, **fields) == "false"


@pytest.mark.parametrize("content", ["https://a.example " * 10, "casino " + "http://b.nl " * 3])
def test_the_blatant_is_marked_for_discarding(server, content):
    answer = asked(server, "1.1/comment-check", comment_content=content)
    assert (answer.text, answer.headers.get("X-akismet-pro-tip")) == ("true", "discard")


def test_plain_spam_is_not_marked_for_discarding(server):
    answer = asked(server, "1.1/comment-check", comment_content="casino")
    assert "X-akismet-pro-tip" not in answer.headers


@pytest.mark.parametrize("name", ["api_key", "blog", "user_ip"])
def test_a_missing_field_is_invalid_and_named(server, name):
    answer = asked(server, "1.1/comment-check", **{name: ""})
    assert (answer.text, name in answer.headers["X-akismet-debug-help"]) == ("invalid", True)


def test_every_answer_has_a_guid_of_its_own(server):
    guids = {asked(server, "1.1/comment-check").headers["X-akismet-guid"] for _ in range(3)}
    assert guids == {call.guid for call in server.requests}
    assert len(guids) == 3


def test_reported_spam_is_spam_the_next_time(server):
    thanks = asked(server, "1.1/submit-spam", comment_content="Mooi  stuk").text
    assert thanks == "Thanks for making the web a better place."
    assert checked(server, comment_content="mooi stuk ") == "true"


def test_a_reported_false_alarm_is_ham_the_next_time(server):
    asked(server, "1.1/submit-ham", comment_content="De casino in Gent sluit")
    assert checked(server, comment_content="De casino in Gent sluit") == "false"


def test_a_report_made_during_a_fault_is_not_remembered(server):
    server.behave("500")
    asked(server, "1.1/submit-spam", comment_content="Mooi stuk")
    server.behave("normal")
    assert checked(server, comment_content="Mooi stuk") == "false"


def test_a_key_is_verified_against_the_one_given():
    with AkismetServer(key="right") as server:
        right, wrong = (asked(server, "1.1/verify-key", key=key).text for key in ("right", "no"))
    assert (right, wrong) == ("valid", "invalid")


def test_usage_counts_checks_but_no_tests(server):
    checked(server, comment_content="Mooi stuk")
    checked(server, comment_content="Mooi stuk", is_test="1")
    found = httpx.get(f"{server.url}/1.2/usage-limit?api_key=k", trust_env=False).json()
    assert found == {"limit": 10000, "usage": 1, "percentage": "0.01", "throttled": False}


def test_sites_are_counted_each_on_its_own(server):
    checked(server, comment_content="casino")
    checked(server, blog="https://gent.example/")
    asked(server, "1.1/submit-ham", comment_content="casino")
    found = httpx.get(f"{server.url}/1.2/key-sites?api_key=k", trust_env=False).json()
    assert (found["total"], found[server.memory.month]) == (
        2,
        [
            row("https://gent.example/", api_calls=1, ham=1),
            row("https://weerwoord.example/", api_calls=1, spam=1, false_positives=1),
        ],
    )


def row(site: str, **counts: int) -> dict[str, object]:
    none = dict.fromkeys(("api_calls", "spam", "ham", "missed_spam", "false_positives"), 0)
    return {"site": site, **none, **counts, "is_revoked": False}


def test_sites_come_as_csv_when_asked_for(server):
    checked(server)
    address = f"{server.url}/1.2/key-sites?api_key=k&format=csv"
    lines = httpx.get(address, trust_env=False).text.splitlines()
    assert lines[2] == "https://weerwoord.example/,1,0,1,0,0,false"


def test_stats_tell_how_often_it_was_right(server):
    for number in range(4):
        checked(server, comment_content=f"Mooi {number}")
    asked(server, "1.1/submit-spam", comment_content="Mooi 3")
    found = json.loads(asked(server, "1.1/get-stats", key="k").text)
    assert (found["ham"], found["missed_spam"], found["accuracy"]) == (4, 1, "75.00")


def test_an_address_that_the_protocol_does_not_have_is_not_found(server):
    assert asked(server, "1.1/nothing").status_code == 404


@pytest.mark.parametrize("length", ["-1", "ten", str(1 << 21)])
def test_a_length_that_cannot_be_is_refused(server, length):
    with closing(HTTPConnection("127.0.0.1", httpx.URL(server.url).port)) as connection:
        connection.request("POST", "/1.1/comment-check", headers={"Content-Length": length})
        status = connection.getresponse().status
    assert (status, list(server.requests)) == (400, [])


def test_a_thousand_fields_are_too_many(server):
    fields = {f"field{n}": "x" for n in range(1001)}
    assert asked(server, "1.1/comment-check", **fields).status_code == 400


def test_an_unknown_mode_is_refused_with_those_that_exist(server):
    with pytest.raises(ValueError, match="suspended"):
        server.behave("cheerful")


def test_it_listens_on_this_machine_only(server):
    assert server.url.startswith("http://127.0.0.1:")


def test_a_port_in_use_is_told_in_one_line(server):
    with pytest.raises(SystemExit, match=r"Port \d+ cannot be used: Address already in use$"):
        main(["--port", str(httpx.URL(server.url).port)])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_says_one_line_serves_and_ends_cleanly(number):
    command = [sys.executable, "-W", "error", "-m", "examples.akismet_server", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout
        line = program.stdout.readline()
        url = next(word for word in line.split() if word.startswith("http://"))
        with httpx.Client(trust_env=False) as client:  # its open connection must not hold the end
            answer = client.post(f"{url}/1.1/comment-check", data=WHO).text
            program.send_signal(number)
            rest, errors = program.communicate(timeout=10)
    assert (answer, rest, errors, program.returncode) == ("false", "", "", 0)
