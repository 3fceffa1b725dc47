"""Asks Akismet and reports to it: one long-lived client; decides nothing and never raises for its trouble."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

import akismet
import httpx

from comments.settings import SettingError

from .akismet_answer import Answer, Problem, Usage, Verdict, answer, trouble, usage
from .akismet_road import Call, base_address, call, client
from .akismet_submission import MINIMISED, Fields, Submission, checked, feedback, fields

ADDRESS = "https://rest.akismet.com"
AGENT = f"Weerwoord | {akismet.USER_AGENT}"
VERDICTS: Mapping[akismet.CheckResponse, Verdict] = {
    akismet.CheckResponse.HAM: "ham",
    akismet.CheckResponse.SPAM: "spam",
    akismet.CheckResponse.DISCARD: "discard",
}

T = TypeVar("T")


class SpamService(Protocol):
    """What the background jobs and the doctor need of a service; Akismet and Off both have it."""

    def check(self, submission: Submission) -> Answer: ...

    def submit_spam(
        self, submission: Submission, reporter: str = "", first_verdict: Verdict = "unknown"
    ) -> Answer: ...

    def submit_ham(
        self, submission: Submission, reporter: str = "", first_verdict: Verdict = "unknown"
    ) -> Answer: ...

    def verify(self) -> Answer: ...

    def usage(self) -> Usage: ...

    def close(self) -> None: ...


class Akismet:
    """Safe to share between threads; a feedback or a check of the key went well without `problem`.

    `seconds` bounds a whole question from connecting to the last byte; `minimise` names the
    fields of the protocol that are left out (`user_ip`: cut to its network).
    """

    def __init__(
        self,
        key: str,
        site: str,
        address: str = ADDRESS,
        *,
        minimise: frozenset[str] = MINIMISED,
        seconds: float = 5.0,
    ) -> None:
        if not key:
            raise SettingError("Akismet needs a key")
        self._minimise, self._seconds = checked(minimise), seconds
        self._http = client(base_address(address), key, seconds, AGENT)
        self._client = Client(akismet.Config(key, site), self._http)

    def check(self, submission: Submission) -> Answer:
        said, found = self._ask(self._client.comment_check, fields(submission, self._minimise))
        return found if said is None else replace(found, verdict=VERDICTS[said])

    def submit_spam(
        self, submission: Submission, reporter: str = "", first_verdict: Verdict = "unknown"
    ) -> Answer:
        told = feedback(submission, reporter, first_verdict, self._minimise)
        return self._ask(self._client.submit_spam, told)[1]

    def submit_ham(
        self, submission: Submission, reporter: str = "", first_verdict: Verdict = "unknown"
    ) -> Answer:
        told = feedback(submission, reporter, first_verdict, self._minimise)
        return self._ask(self._client.submit_ham, told)[1]

    def verify(self) -> Answer:
        return self._ask(self._client.verify_key, {})[1]

    def usage(self) -> Usage:
        said, found = self._ask(self._client.usage_limit, {})
        return usage(said, found.problem)

    def close(self) -> None:
        self._http.close()

    def _ask(self, question: Callable[..., T], told: Fields) -> tuple[T | None, Answer]:
        """What the package read, None where it could not, and all that the reply says."""
        with call(self._seconds) as under_way:
            try:
                said = question(**told)
            except (akismet.AkismetError, ValueError) as error:
                return None, failed(under_way, error)
        return said, answered(under_way)


class Client(akismet.SyncClient):
    """The package's client, which may say and hear all that the protocol has."""

    def _request(self, method: Any, version: str, endpoint: str, data: Any) -> httpx.Response:
        """Also a check of the key that says `invalid` is an error, like every other call's."""
        response = super()._request(method, version, endpoint, data)
        if response.text == "invalid":
            raise akismet.APIKeyError("Akismet says that the key or the request is invalid")
        return response

    def _post_request(
        self, version: str, endpoint: str, user_ip: str, **told: Any
    ) -> httpx.Response:
        """Any field is sent, but none in place of key and site."""
        own = {"api_key": self._config.key, "blog": self._config.url, "user_ip": user_ip}
        return self._request("POST", version, endpoint, told | own)

    def _get_request(
        self, version: str, endpoint: str, params: Mapping[str, Any]
    ) -> httpx.Response:
        """Without the key: the road adds it, out of sight of httpx's log."""
        told = {name: value for name, value in params.items() if name != "api_key"}
        return super()._get_request(version, endpoint, told)


def failed(under_way: Call, error: Exception) -> Answer:
    """The package's exceptions hold addresses and texts; only their kind gets out of here."""
    if under_way.reply is not None:
        return answer(under_way.reply, problem=trouble(under_way.reply))
    late = isinstance(error.__cause__, httpx.TimeoutException)
    return Answer(problem="timeout" if late else "down")


def answered(under_way: Call) -> Answer:
    return answer(under_way.reply) if under_way.reply else Answer(problem="down")


class Off:
    """Stands where Akismet would, when there is no key: knows nothing and calls nobody."""

    problem: Problem = "off"

    def check(self, submission: Submission) -> Answer:
        return Answer(problem=self.problem)

    def submit_spam(
        self, submission: Submission, reporter: str = "", first_verdict: Verdict = "unknown"
    ) -> Answer:
        return Answer(problem=self.problem)

    def submit_ham(
        self, submission: Submission, reporter: str = "", first_verdict: Verdict = "unknown"
    ) -> Answer:
        return Answer(problem=self.problem)

    def verify(self) -> Answer:
        return Answer(problem=self.problem)

    def usage(self) -> Usage:
        return Usage(problem=self.problem)

    def close(self) -> None:
        """There is nothing to close."""
