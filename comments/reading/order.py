"""The orders in which the top of a discussion is read; replies stay a conversation, in time; pure."""

from enum import StrEnum


class Order(StrEnum):
    OLDEST = "oldest"
    NEWEST = "newest"
    USEFUL = "useful"


def order_of(asked: str, usual: str) -> Order:
    """The order that was asked for; an unknown one is the usual."""
    return Order(asked) if asked in list(Order) else Order(usual)
