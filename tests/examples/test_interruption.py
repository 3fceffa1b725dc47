"""A signal ends a program once; what is tidied up after it is left in peace."""

import signal
from collections.abc import Iterator

import pytest

from examples import interruption


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in interruption.BOTH}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_is_an_exception_and_the_next_is_nothing(number: signal.Signals) -> None:
    interruption.becomes_an_exception()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)
    for again in interruption.BOTH:
        signal.raise_signal(again)
