"""SIGINT and SIGTERM as one exception, once: what is being tidied up then is not interrupted again."""

import signal

BOTH = (signal.SIGINT, signal.SIGTERM)


def becomes_an_exception() -> None:
    for number in BOTH:
        signal.signal(number, interrupted)


def interrupted(*_: object) -> None:
    for number in BOTH:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
