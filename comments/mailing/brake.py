"""Letters that anybody causes who types an address: so many to each address, and from each household."""

from dataclasses import dataclass

from ..keys import address_key
from ..network import household
from ..site import Site


@dataclass(frozen=True)
class Letters:
    """What is counted together, under a name of its own; the limits are like `3/day`."""

    name: str
    to_address: str
    from_household: str


def one_too_many(site: Site, letters: Letters, email: str, address: str) -> bool:
    """Counts one letter more. `address` is the network's; never within a transaction that writes."""
    who = site.keys.digest("brake", address_key(email))
    where = site.keys.digest("brake", household(address))
    waits = (
        site.brakes.wait(f"{letters.name} to", who, letters.to_address),
        site.brakes.wait(f"{letters.name} from", where, letters.from_household),
    )
    return any(wait is not None for wait in waits)
