"""What somebody does with a letter: waits until it is sent, and opens the link in it."""

import re
from email.message import EmailMessage

from ..comments.mailing.catcher import Catcher, text_of
from .visitor import Visitor

DIA = "dia@lezers.example"


def newest(visitor: Visitor, catcher: Catcher, address: str = DIA) -> EmailMessage:
    """The last letter to this address, once the worker has done what is due."""
    visitor.site.work()
    found = catcher.to(address)
    assert found, f"no letter came for {address}"
    return found[-1]


def link_in(visitor: Visitor, letter: EmailMessage) -> str:
    """The path of the first link that leads to somebody's own affairs."""
    found = re.search(rf"{visitor.site.url}(/me/\S+)", text_of(letter))
    assert found, text_of(letter)
    return found[1]


def follow_link(visitor: Visitor, catcher: Catcher, address: str = DIA) -> str:
    link = link_in(visitor, newest(visitor, catcher, address))
    visitor.go(link)
    return link
