"""A host name → the addresses that a page may be fetched from. Refuses this machine, private networks and reserved addresses.

The name is looked up once and the connection goes to the address that was checked, so that a name server which answers differently
the second time gains nothing. Addresses that hold an IPv4 address inside are judged by that one.
"""
from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from rawabit.model import InputError


class PrivateAddress(InputError):
    """An address on this machine or a private or reserved network."""


Resolve = Callable[[str, int], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Public IPv4 addresses as networks without IPv4 see them."""


def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system gives them. Raises OSError or UnicodeError."""
    return list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def check_address(host: str, address: str) -> None:
    """Raises PrivateAddress for an address that is not open to the public."""
    if not is_public(address):
        raise PrivateAddress(f"refused: {host} is at {address}, on this machine or a private or reserved network. Give a public address, "
                             "or allow private ones if the server is your own (--allow-private).")


def is_public(address: str) -> bool:
    """Whether an address, with any that it holds inside, is open to the public."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if found in NAT64:
        found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in (found, *_inner(found)))


def _inner(address: Address) -> list[Address]:
    """IPv4 addresses inside an IPv6 one: mapped, 6to4, Teredo."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    inner: list[Address | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    return [one for one in inner if one is not None]
