"""The part of an address that may be kept: its network; pure."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

V4_KEPT, V6_KEPT = 24, 48


def parsed(address: str) -> IPv4Address | IPv6Address | None:
    """IPv4 also where it is written within IPv6."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def network(address: str) -> str:
    """The network as text, `192.0.2.0` or `2001:db8:1::`; empty where this is no address."""
    found = parsed(address)
    if found is None:
        return ""
    kept = V4_KEPT if found.version == 4 else V6_KEPT
    return str(ip_network(f"{found}/{kept}", strict=False).network_address)


def household(address: str) -> str:
    """Who shares one brake: an IPv4 address, or the /64 that one IPv6 line has."""
    found = parsed(address)
    if found is None:
        return ""
    return str(ip_network(f"{found}/{32 if found.version == 4 else 64}", strict=False))
