"""Who a reader is to the votes of one discussion, told by no more than his request tells anyway."""

from flask import request

from .. import reader
from ..host import Person
from ..network import household
from ..site import Site
from .voting import Voter, by_address


def voter(site: Site, key: str, person: Person | None) -> str:
    """A keyed hash: of the person who is signed in, else of the address that this browser has proved,
    else of its network and name. In another discussion the same reader has another one."""
    proved = reader.vouched(site).proved
    origin = reader.origin()
    if person:
        said = f"person\0{person.key}"
    elif proved:
        return by_address(site, key, proved)
    else:
        said = f"browser\0{household(origin.address)}\0{origin.agent}"
    return site.keys.digest("vote", f"{key}\0{said}")


def voter_of(site: Site, key: str, person: Person | None) -> Voter:
    """All that a vote may depend on; a receipt comes along in the form."""
    known = reader.vouched(site)
    given = request.form.get("receipt", "")
    just = site.tokens.receipt_of(given, site.clock(), site.settings.receipt_days)
    return Voter(
        who=voter(site, key, person),
        home=site.keys.digest("vote", household(reader.origin().address)),
        mine=frozenset({*known.comments, *([just] if just else [])}),
        proved=known.proved,
        person_key=person.key if person else "",
    )
