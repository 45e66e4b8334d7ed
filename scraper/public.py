"""Public addresses, and sockets that lead to no others, whatever a look-up said before."""

import socket
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

_CARRIERS = (ip_network("64:ff9b::/96"), ip_network("::/96"))  # NAT64; IPv4 as IPv6 once wrote it
_CLOSED = (ip_network("192.0.0.0/24"), ip_network("64:ff9b:1::/48"))  # what older Pythons hold to be global

Place = tuple[int, int, int, str, tuple[Any, ...]]
"""Family, type, protocol, canonical name and address, as `getaddrinfo` tells them."""


class PrivateAddressError(OSError):
    """A connection that was not opened; always in the same words: to a client, many of them are one."""

    def __init__(self) -> None:
        super().__init__("the host's address is not a public one")


def is_public(address: str) -> bool:
    """Whether an IP address lies on the public internet; one that carries another is judged by that."""
    place = ip_address(address.partition("%")[0])
    if place.version == 6:
        carried = place.ipv4_mapped or place.sixtofour
        if any(place in network for network in _CARRIERS):
            carried = IPv4Address(int(place) & 0xFFFF_FFFF)
        if carried is None and place.is_site_local:
            return False
        place = carried or place
    closed = place.is_multicast or place.is_reserved or any(place in network for network in _CLOSED)
    return place.is_global and not closed


def open_public_socket(place: Place) -> socket.socket:
    """A socket, not yet connected, for a place that `getaddrinfo` told; raises PrivateAddressError."""
    family, kind, protocol, _, address = place
    if not is_public(str(address[0])):
        raise PrivateAddressError
    return socket.socket(family, kind, protocol)


def connect_publicly(host: str, port: int, timeout: float | None) -> socket.socket:
    """A connection to a host, looked up here and now; raises PrivateAddressError or another OSError."""
    error = OSError("the name leads to no address")
    for place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            connection = open_public_socket(place)
        except PrivateAddressError as refused:
            error = refused
            continue
        try:
            connection.settimeout(timeout)
            connection.connect(place[4])
        except OSError as failed:
            connection.close()
            error = failed
        else:
            return connection
    raise error
