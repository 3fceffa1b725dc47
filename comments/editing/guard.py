"""Who may change or withdraw a comment: whoever shows in this request that it is his own."""

from flask import request

from .. import reader
from ..models import Comment
from ..site import Site


def may_handle(site: Site, comment: Comment) -> bool:
    """By its receipt, by what his browser was asked to keep, or as the one of the house who wrote it.

    What a browser sends along by itself counts only where this site asked for it.
    """
    if shown(site) == comment.id:
        return True
    return reader.asked_here() and (kept_by_browser(site, comment) or of_house(site, comment))


def shown(site: Site) -> int | None:
    """The comment that the receipt in the address or in the form is for."""
    receipt, days = request.values.get("receipt", ""), site.settings.receipt_days
    return site.tokens.receipt_of(receipt, site.clock(), days)


def kept_by_browser(site: Site, comment: Comment) -> bool:
    return comment.id in reader.remembered(site).comments


def of_house(site: Site, comment: Comment) -> bool:
    if not comment.person_key:
        return False
    person = site.host.person()
    return person is not None and person.key == comment.person_key
