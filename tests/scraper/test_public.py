"""Which addresses are public ones, on every supported Python alike."""

import socket

import pytest

from scraper.public import PrivateAddressError, connect_publicly, is_public, open_public_socket
from tests.servers.names import PRIVATE_HOSTS
from tests.servers.web import WebServer


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_a_private_host_is_private_in_every_notation(host: str) -> None:
    name = host.strip("[]")
    for place in socket.getaddrinfo(name, 443, type=socket.SOCK_STREAM):
        assert not is_public(str(place[4][0]))
    with pytest.raises(PrivateAddressError):
        connect_publicly(name, 443, 1.0)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "51.140.1.1",
        "2a00:1450:4009:81f::200e",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::",
    ],
)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["192.0.0.8", "240.0.0.1", "255.255.255.255", "64:ff9b:1::1", "fe80::1%lo"]
)
def test_what_nobody_may_serve_from_is_not(address: str) -> None:
    assert not is_public(address)


def test_a_socket_is_refused_before_anything_leaves(web: WebServer) -> None:
    [place] = socket.getaddrinfo("127.0.0.1", web.port, type=socket.SOCK_STREAM)
    with pytest.raises(PrivateAddressError):
        open_public_socket(place)
    assert web.connections == 0
