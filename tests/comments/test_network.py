"""Of an address only its network is kept, and one household shares one brake."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comments.network import household, network

KEPT = {
    "192.0.2.77": "192.0.2.0",
    "  192.0.2.77 ": "192.0.2.0",
    "2001:db8:1:2:3:4:5:6": "2001:db8:1::",
    "::ffff:192.0.2.77": "192.0.2.0",
    "fe80::1%eth0": "fe80::",
    "::1": "::",
    "127.0.0.1": "127.0.0.0",
}
SHARED = {
    "192.0.2.77": "192.0.2.77/32",
    "::ffff:192.0.2.77": "192.0.2.77/32",
    "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
    "fe80::1%eth0": "fe80::/64",
}
JUNK = ["", "unix:", "localhost", "192.0.2", "192.0.2.256", "2001:db8::1::2", "192.0.2.1:80", "é"]


@pytest.mark.parametrize(("address", "kept"), KEPT.items())
def test_the_network_of_an_address_is_kept(address: str, kept: str) -> None:
    assert network(address) == kept


@pytest.mark.parametrize(("address", "shared"), SHARED.items())
def test_a_household_shares_one_brake(address: str, shared: str) -> None:
    assert household(address) == shared


@pytest.mark.parametrize("junk", JUNK)
def test_what_is_no_address_has_neither(junk: str) -> None:
    assert (network(junk), household(junk)) == ("", "")


@given(st.ip_addresses(v=4))
def test_of_an_old_address_three_bytes_are_kept(address: IPv4Address) -> None:
    assert ip_address(network(str(address))).packed == address.packed[:3] + bytes(1)


@given(st.ip_addresses(v=6))
def test_of_a_new_address_six_bytes_are_kept(address: IPv6Address) -> None:
    assume(address.ipv4_mapped is None)
    assert ip_address(network(str(address))).packed == address.packed[:6] + bytes(10)


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    assert isinstance(network(text), str)
    assert isinstance(household(text), str)
