"""A resolver whose names lead where the test says, and the ways to write a private host."""

import socket
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

PRIVATE_HOSTS = (
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "localhost", "10.0.0.8",
    "172.16.0.1", "192.168.0.1", "100.64.0.1", "169.254.169.254", "198.18.0.1", "224.0.0.1", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[::7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "[fe80::1]", "[fc00::1]", "[fec0::1]", "[fd00:ec2::254]", "[ff02::1]",
)  # fmt: skip
"""Loopback, private and carrier networks, link-local, metadata services, multicast: in every notation."""


class Turncoat:
    """In place of `socket.getaddrinfo`: each look-up of a name gets its next address, the last one stays.

    Numbers are resolved as ever; other names are unknown.
    """

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._names = {name: list(addresses) for name, addresses in names.items()}
        self._resolve = socket.getaddrinfo
        self.asked: list[str] = []

    def __call__(self, host: Any, port: Any, *arguments: Any, **options: Any) -> list[Any]:
        if host not in self._names:
            flags = {"flags": socket.AI_NUMERICHOST, "type": socket.SOCK_STREAM}
            return list(self._resolve(host, port, **flags))  # type: ignore[arg-type]
        self.asked.append(host)
        addresses = self._names[host]
        address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        return list(self._resolve(address, port, type=socket.SOCK_STREAM))


def name_proxy(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """An environment that names a proxy for everything."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, url)
        monkeypatch.setenv(name.upper(), url)
