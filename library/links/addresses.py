"""Which addresses of the net may be asked: public ones, and none of our own house.

A link is what somebody typed. Without this a link to ``http://127.0.0.1/`` or to the school's router would
make the server ask them for her (server-side request forgery). The name is resolved once, each address is
checked, and the connection goes to the very address that was checked, so that a name which changes its mind
between two questions gains nothing.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address
Allow = Callable[[Address], bool]

_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_LOW_32_BITS = 0xFFFFFFFF


def is_public(address: Address) -> bool:
    """Whether an address stands in the open net; what wraps an address of version 4 is judged by that one."""
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64):
        return IPv4Address(int(address) & _LOW_32_BITS)
    return None


def resolve(host: str, port: int) -> list[Address]:
    """The addresses of a host, each once, in the order of preference.

    Raises:
        OSError: the name is not known, or cannot be one.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(str(error)) from error
    return list(dict.fromkeys(ip_address(str(one[4][0]).partition("%")[0]) for one in found))
